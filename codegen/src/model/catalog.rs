//! A checked catalog: valid by construction, in its final order.

use errbook::Retry;

use crate::model::api::Api;
use crate::model::envelope::Envelope;
use crate::model::error::Error;
use crate::model::types::{NamedType, Type};
use crate::model::value::Inferred;

/// Everything that one catalog says.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Catalog {
    /// The name of the source, such as `catalog/converso.toml`.
    pub source: String,
    /// The API.
    pub api: Api,
    /// Where things stand in the JSON error body.
    pub envelope: Envelope,
    /// The table of HTTP statuses, in the text's order.
    pub statuses: Vec<StatusRow>,
    /// The named types.
    pub types: Vec<NamedType>,
    /// The columns that the catalog declares.
    pub columns: Vec<Column>,
    /// The sections, in the text's order.
    pub categories: Vec<Category>,
    /// The errors: those without a section first, then section by section, in the text's order.
    pub errors: Vec<Error>,
    /// The table of field validation rules.
    pub rules: Vec<Rule>,
    /// Prose that belongs to no section.
    pub notes: Vec<Note>,
}

/// A row of the table of HTTP statuses.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct StatusRow {
    /// The status code, 100 to 599.
    pub status: u16,
    /// The document's name for it.
    pub name: Option<String>,
    /// What it means for this API.
    pub meaning: Option<String>,
    /// What to do about it.
    pub retry: Option<Retry>,
    /// Values that the document does not give.
    pub inferred: Vec<Inferred>,
}

/// A column that the catalog declares.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Column {
    /// The key at each error.
    pub key: String,
    /// The accessor's name.
    pub rust_name: String,
    /// The heading on the page.
    pub title: String,
    /// What it says, as plain text.
    pub description: Option<String>,
    /// What its values are.
    pub kind: ColumnKind,
    /// Whether an error may lack it.
    pub optional: bool,
}

/// What the values of a column are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ColumnKind {
    /// Values of a type, without `any` and named types.
    Type(Type),
    /// One of these names.
    Names {
        /// The name of the enum.
        rust_name: String,
        /// The names, each with its variant.
        variants: Vec<Variant>,
    },
}

/// One name of a column and its variant.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Variant {
    /// In the catalog.
    pub name: String,
    /// In Rust.
    pub rust_name: String,
}

/// A section of the document.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Category {
    /// Its id: small letters, digits and single hyphens.
    pub id: String,
    /// The variant of `Category`.
    pub rust_name: String,
    /// The heading.
    pub title: String,
    /// Prose of the section.
    pub notes: Vec<Note>,
}

/// A row of the table of field validation rules.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rule {
    /// The index of the error that answers a breach.
    pub error: Option<usize>,
    /// The request's field.
    pub field: String,
    /// What is demanded.
    pub rule: String,
    /// The text that tells of a breach.
    pub message: Option<String>,
}

/// Prose that is not a row.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Note {
    /// Its heading.
    pub title: String,
    /// Its text, in Markdown.
    pub text: String,
}
