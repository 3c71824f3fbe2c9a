//! Columns that a catalog declares.

use crate::model::types::Type;

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
