//! What code generated from an errbook catalog stands on.
//!
//! A catalog is a TOML file that transcribes the error tables of an API's documentation.
//! `errbook-codegen` turns it into a module with an enum `Code`, an enum `Category` and static
//! tables; this crate holds everything that such modules have in common:
//!
//! - [`ErrorCode`] and [`ErrorCategory`], the traits that generated enums implement, for code that
//!   works with any catalog;
//! - [`Catalog`], the tables of one API, reachable without knowing its enum;
//! - [`StatusRow`], [`Rule`], [`Header`], [`Retry`], [`Deprecated`], [`Inferred`] and [`Wire`], the
//!   values in them.
//!
//! ```
//! use errbook::ErrorCode;
//!
//! /// Works with every catalog.
//! fn advice<C: ErrorCode>(code: C) -> &'static str {
//!     code.action().or(code.description()).unwrap_or("nothing is documented")
//! }
//! ```
//!
//! The crate is `no_std` and has no dependency by default.
//!
//! # Features
//!
//! - `json`: the typed details of errors as serde types, with `any` as [`serde_json::Value`]. Uses
//!   `alloc`.
//!
//! [`serde_json::Value`]: https://docs.rs/serde_json/latest/serde_json/enum.Value.html

#![no_std]

#[cfg(any(feature = "json", doc))]
extern crate alloc;

mod catalog;
mod code;
#[cfg(feature = "json")]
pub mod json;
mod lookup;
mod macros;
#[cfg(feature = "json")]
mod object;
mod rows;

pub use catalog::{Catalog, MessageForms};
#[doc(hidden)]
pub use catalog::{CodeKind, Facts, SharedCode};
pub use code::{ErrorCategory, ErrorCode, UnknownKey};
#[doc(hidden)]
pub use lookup::Lookup;
pub use rows::{CategoryRow, Deprecated, Header, Inferred, Retry, Rule, StatusRow, Wire};

/// For macros of this crate that expand in generated code; not part of the public API.
#[doc(hidden)]
pub mod __private {
    #[cfg(feature = "json")]
    pub use crate::object::{Member, Object, WriteMembers, read, write};
    #[cfg(feature = "json")]
    pub use alloc::{boxed::Box, collections::BTreeMap, string::String, vec::Vec};
    #[cfg(feature = "json")]
    pub use serde;
}
