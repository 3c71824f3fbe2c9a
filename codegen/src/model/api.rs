//! The API that a catalog is about.

use crate::model::value::Inferred;

/// The API that a catalog is about: its table `[api]`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Api {
    /// The name of module and page: small letters, digits and single hyphens.
    pub id: String,
    /// The name of the module in Rust: the id with underscores, raw (`r#type`) where it is a keyword.
    pub rust_name: String,
    /// The API's name.
    pub title: String,
    /// What it does, in Markdown.
    pub summary: Option<String>,
    /// The URL of its own pages.
    pub homepage: Option<String>,
    /// The document that the catalog transcribes.
    pub source: Option<String>,
    /// The language of the texts, a BCP 47 tag.
    pub language: Option<String>,
    /// The version of the API.
    pub version: Option<String>,
    /// The URL that the page of this API is published at.
    pub docs_url: Option<String>,
    /// What the document calls its columns.
    pub headings: Headings,
    /// Values that the document does not give.
    pub inferred: Vec<Inferred>,
}

/// The headings of the columns of a page's tables.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
#[expect(
    missing_docs,
    reason = "named after the key of an error that the column shows"
)]
pub struct Headings {
    pub code: String,
    pub status: String,
    pub title: String,
    pub message: String,
    pub description: String,
    pub action: String,
    pub retry: String,
}
