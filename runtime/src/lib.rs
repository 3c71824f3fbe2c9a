//! The runtime of code that errbook generates.
//!
//! A catalog is a TOML file that transcribes the error tables of an API's documentation. `errbook-codegen` generates
//! a module from it, with an enum `Code`, an enum `Category` and static tables. This crate has the code that all
//! such modules share:
//!
//! - [`ErrorCode`] and [`ErrorCategory`], the traits of the generated enums, for code that works with any catalog;
//! - [`Catalog`], the documentation of one API, accessible without its enum;
//! - [`StatusRow`], [`Rule`], [`Header`], [`Retry`], [`Deprecated`], [`Inferred`] and [`WireCode`], the values of a
//!   catalog;
//! - with the feature `json`, [`Error`] and [`ErrorRef`], errors that a program raises, sends and receives.
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
//! - `json`: errors as values, their JSON bodies, and typed details. Uses `alloc`, not `std`.
//! - `http`: the types of the crate [`http`], which most clients and servers use, and dates in `Retry-After`. Uses
//!   `std`, as do the features below it.
//! - `axum`: handlers of axum return errors.
//! - `actix-web`: handlers of Actix Web return errors.
//! - `serde`: `Code` is serialised as its key, and [`MaybeKnown`] deserialises one that may be newer than the program.
//!   Part of `json`. Uses `alloc`, not `std`.
//!
//! [`http`]: https://docs.rs/http
//! [`MaybeKnown`]: https://docs.rs/errbook/latest/errbook/enum.MaybeKnown.html

#![no_std]

#[cfg(any(feature = "serde", doc))]
extern crate alloc;
#[cfg(feature = "http")]
extern crate std;

// Each module imports only modules above it.

// JSON text.
#[cfg(feature = "json")]
mod one_line;
#[cfg(feature = "json")]
mod byte_search;
#[cfg(feature = "json")]
pub mod json;

// Catalogs: the tables that generated code fills in.
mod retry;
mod catalog;

// Message templates, and the texts that match them.
#[cfg(feature = "json")]
#[doc(hidden)]
mod message;

// Bodies of errors, and the typed details in them.
#[cfg(feature = "json")]
#[doc(hidden)]
mod body;
#[cfg(feature = "json")]
mod details;

// The traits of generated enums.
mod code;
#[cfg(feature = "serde")]
mod maybe_known;

// Errors, raised and received.
#[cfg(feature = "json")]
mod response;
#[cfg(feature = "json")]
mod identify;
#[cfg(feature = "json")]
mod error;

// Errors in other crates' types.
mod integrations;

// Macros that generated code calls.
mod macros;

pub use catalog::Catalog;
pub use catalog::rows::{
    CategoryRow, Deprecated, Header, Inferred, MessageForms, Rule, StatusRow, WireCode,
};
pub use code::{ErrorCategory, ErrorCode, ErrorDetails, UnknownKey};
#[cfg(feature = "serde")]
pub use maybe_known::MaybeKnown;
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
    /// The version of what generated code uses of this crate. [`__interface`](crate::__interface) checks it.
    pub const INTERFACE: u32 = 1;

    pub use crate::catalog::envelope::{
        BodyFormat, Envelope, EnvelopeNode, MOST_NODES, NodeStep, Role,
    };
    pub use crate::catalog::perfect_hash::PerfectHash;
    pub use crate::catalog::string_table::StringTable;
    pub use crate::catalog::tables::{
        ACCESSOR_NAMES, CatalogTables, CodeKind, Facts, Param, ParamKind, SharedText,
    };
    #[cfg(feature = "serde")]
    pub use serde;

    #[cfg(feature = "json")]
    pub use crate::{
        body::parsed::{ParsedBody, RawDetails},
        body::write::{BodySource, status_in_body, write},
        details::structs::{deserialize, fits_details, serialize},
        details::types::EmptyContainer,
        details::visit::{DetailsValue, Node, NodeMut, Visit, VisitMut, Visitor, VisitorMut},
        identify::{Evidence, candidates, identify},
        message::matcher::{TemplateMatch, matches},
        message::render::MessageTexts,
        message::template::{
            TemplateError, TemplateErrorKind, TemplatePart, check, parts, placeholders,
            text_around_braces,
        },
    };
    #[cfg(feature = "json")]
    pub use alloc::{borrow::Cow, boxed::Box, collections::BTreeMap, string::String, vec::Vec};
}

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
mod readme {}
