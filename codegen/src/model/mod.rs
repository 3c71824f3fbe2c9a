//! The model of a checked catalog. It is valid, and everything in it has its final order.

mod value;
mod types;
mod envelope;
mod api;
mod error;
mod catalog;

pub use api::{Api, Headings};
pub use catalog::{Catalog, Category, Column, ColumnKind, Note, Rule, StatusRow, Variant};
pub use envelope::{BODY_FORMATS, Envelope, EnvelopeMember, Pointer, Role};
pub use errbook::__private::BodyFormat;
pub use errbook::Retry;
pub use error::{Deprecated, Details, Error, Example, Template, WireCode};
pub(crate) use error::{anchor, docs_url};
pub use types::{Field, NamedType, Type};
pub use value::{Inferred, Value};
