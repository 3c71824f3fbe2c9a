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
//! typed `details`, the enum `Details` over them, and `Error` and `ErrorRef`, which are raised,
//! sent and received:
//!
//! ```
//! use errbook_apis::markdown_anything::{Code, Details, Error, details::InsufficientCredits};
//!
//! let raised = Error::from(InsufficientCredits { credits_required: 2, credits_available: 1 });
//! let response = raised.to_response();
//! assert_eq!(response.status, 402);
//!
//! let received = Error::decode(response.status, &response.headers, &response.body);
//! assert_eq!(received.code(), Some(Code::InsufficientCredits));
//! let Some(Details::InsufficientCredits(details)) = received.details() else { unreachable!() };
//! assert_eq!(details.credits_required, 2);
//! ```

#![no_std]

errbook::include_catalogs!();

#[cfg(doctest)]
#[doc = include_str!("README.md")]
mod readme {}
