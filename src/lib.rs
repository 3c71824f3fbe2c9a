//! The errors of five real APIs, typed: one module for each catalog in `catalog/`.
//!
//! ```
//! use errbook_apis::converso::Code;
//!
//! let code = Code::from_wire("QUEUE_FULL", 503).unwrap();
//! assert_eq!(code, Code::QueueFull);
//! assert_eq!(code.action(), Some("Retry after a few seconds"));
//! assert_eq!(code.retry(), Some(errbook::Retry::Backoff));
//! ```
//!
//! What a module holds is the same for each: the enum `Code` with its accessors, the enum
//! `Category`, the tables `STATUSES` and `RULES`, and, with the feature `json` (on by default), the
//! typed `details` and the enum `Details` over them.

#![no_std]

errbook::include_catalogs!();
