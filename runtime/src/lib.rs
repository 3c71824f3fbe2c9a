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
//!   values in them;
//! - with the feature `json`, [`Error`] and [`ErrorRef`]: errors as they are raised, sent and received.
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
//! [`Error`]: https://docs.rs/errbook/latest/errbook/struct.Error.html
//! [`ErrorRef`]: https://docs.rs/errbook/latest/errbook/struct.ErrorRef.html
//!
//! # Features
//!
//! - `json`: errors as values that are written to JSON bodies and read from them, with typed details.
//!   `no_std` still, with `alloc`.
//! - `http`: the types of the crate [`http`], which most clients and servers use, and dates in
//!   `Retry-After`. With `std`, as those below.
//! - `axum`: errors are responses of axum handlers.
//! - `actix-web`: errors are error responses of Actix Web handlers.
//! - `serde`: `Code` is serialised as its key, and [`MaybeKnown`] reads one that may be newer. Part of
//!   `json`.
//!
//! [`http`]: https://docs.rs/http
//! [`MaybeKnown`]: https://docs.rs/errbook/latest/errbook/enum.MaybeKnown.html

#![no_std]

#[cfg(any(feature = "serde", doc))]
extern crate alloc;
#[cfg(feature = "http")]
extern crate std;

// What a catalog is.
mod catalog;
mod code;
mod lookup;
mod macros;
mod rows;
mod texts;

// What its errors look like on the wire.
mod details;
mod envelope;
#[cfg(feature = "json")]
mod identify;
#[cfg(feature = "json")]
pub mod json;
#[cfg(feature = "json")]
mod message;
#[cfg(feature = "json")]
mod object;
#[cfg(feature = "json")]
mod read;
#[cfg(feature = "json")]
mod reading;
#[cfg(feature = "json")]
mod scan;
#[cfg(feature = "json")]
mod set;
#[cfg(feature = "json")]
mod write;

// Errors, raised and received.
#[cfg(feature = "json")]
mod any;
#[cfg(feature = "json")]
mod error;
#[cfg(feature = "json")]
mod error_ref;
#[cfg(feature = "serde")]
mod known;
#[cfg(feature = "json")]
mod or_code;
#[cfg(feature = "json")]
mod response;
#[cfg(feature = "json")]
mod retry;

// Where they are sent from.
#[cfg(feature = "actix-web")]
mod actix;
#[cfg(feature = "axum")]
mod axum;
#[cfg(feature = "http")]
mod http;

#[cfg(feature = "json")]
pub use any::AnyError;
pub use catalog::{Catalog, MessageForms};
#[doc(hidden)]
pub use catalog::{CodeKind, Facts, Param, ParamKind, Shared};
pub use code::{ErrorCategory, ErrorCode, UnknownKey};
pub use details::ErrorDetails;
#[cfg(feature = "json")]
pub use details::Misfit;
#[doc(hidden)]
pub use envelope::{Envelope, Format, Place, Role, Step};
#[cfg(feature = "json")]
pub use error::Error;
#[cfg(feature = "json")]
pub use error_ref::ErrorRef;
#[cfg(feature = "json")]
pub use identify::IdentifiedBy;
#[cfg(feature = "serde")]
pub use known::MaybeKnown;
#[doc(hidden)]
pub use lookup::Lookup;
#[cfg(feature = "json")]
pub use or_code::OrCode;
#[cfg(feature = "json")]
pub use response::{Headers, Response, Status};
#[cfg(feature = "json")]
pub use retry::{Advice, AdviceFrom};
pub use rows::{CategoryRow, Deprecated, Header, Inferred, Retry, Rule, StatusRow, Wire};
#[doc(hidden)]
pub use texts::Texts;

/// For generated code and its generator; not part of the public API.
#[doc(hidden)]
pub mod __private {
    pub use crate::envelope::MOST_PLACES;
    #[cfg(feature = "json")]
    pub use crate::message::{Words, matches};
    #[cfg(feature = "json")]
    pub use crate::object::{Member, See, SeeMut, View, deserialize, serialize};
    #[cfg(feature = "json")]
    pub use crate::reading::Reading;
    #[cfg(feature = "json")]
    pub use crate::write::{Says, write};
    #[cfg(feature = "json")]
    pub use alloc::{borrow::Cow, boxed::Box, collections::BTreeMap, string::String, vec::Vec};
    #[cfg(feature = "serde")]
    pub use serde;
}
