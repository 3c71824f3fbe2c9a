//! What code generated from an errbook catalog stands on.
//!
//! A catalog is a TOML file that transcribes the error tables of an API's documentation.
//! `errbook-codegen` turns it into a module with an enum `Code`, an enum `Category` and static
//! tables; this crate holds everything that such modules have in common:
//!
//! - [`ErrorCode`] and [`ErrorCategory`], the traits that generated enums implement, for code that
//!   works with any catalog;
//! - [`Catalog`], the tables of one API, reachable without knowing its enum;
//! - [`StatusRow`], [`Rule`], [`Header`], [`Retry`], [`Deprecated`], [`Inferred`] and [`WireCode`], the
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

// Each module imports only modules above it.

#[cfg(feature = "json")]
mod byte_search;
#[cfg(feature = "json")]
pub mod json;
#[cfg(feature = "json")]
#[doc(hidden)]
mod message;

mod retry;

mod catalog;

#[cfg(feature = "json")]
#[doc(hidden)]
mod body;
#[cfg(feature = "json")]
mod details;

mod code;

#[cfg(feature = "json")]
mod response;

#[cfg(feature = "json")]
mod identify;

#[cfg(feature = "json")]
mod error;

mod integrations;

mod macros;

pub use catalog::Catalog;
pub use catalog::rows::{
    CategoryRow, Deprecated, Header, Inferred, MessageForms, Rule, StatusRow, WireCode,
};
#[cfg(feature = "serde")]
pub use code::maybe_known::MaybeKnown;
pub use code::{ErrorCategory, ErrorCode, ErrorDetails, UnknownKey};
pub use retry::Retry;

#[cfg(feature = "json")]
pub use crate::{
    details::details_error::DetailsError,
    error::{AdviceSource, AnyError, Error, ErrorRef, OrCode, RetryAdvice},
    identify::IdentifiedBy,
    response::{Headers, Response, Status},
};

/// For generated code and its generator; not part of the public API.
#[doc(hidden)]
pub mod __private {
    pub use crate::catalog::envelope::{
        BodyFormat, Envelope, EnvelopeNode, MOST_NODES, NodeStep, Role,
    };
    pub use crate::catalog::facts::{CodeKind, Facts, Param, ParamKind, SharedText};
    pub use crate::catalog::perfect_hash::PerfectHash;
    pub use crate::catalog::string_table::StringTable;
    pub use crate::catalog::tables::CatalogTables;
    pub use crate::code::accessors::ACCESSOR_NAMES;
    #[cfg(feature = "serde")]
    pub use serde;

    #[cfg(feature = "json")]
    pub use crate::{
        body::parsed::{ParsedBody, RawDetails},
        body::write::{BodySource, write},
        details::structs::{deserialize, fits_details, serialize},
        details::types::EmptyContainer,
        details::visit::{DetailsValue, Visit, Visitor, VisitorMut},
        identify::{Evidence, candidates, identify},
        message::matcher::matches,
        message::render::MessageTexts,
        message::template::{
            TemplateError, TemplateErrorKind, TemplatePart, check, parts, placeholders,
            text_around_braces,
        },
    };
    #[cfg(feature = "json")]
    pub use alloc::{borrow::Cow, boxed::Box, collections::BTreeMap, string::String, vec::Vec};
}
