//! A catalog with what later checks need to know about it.

use crate::check::error_spans::ErrorSpans;
use crate::line_index::Location;
use crate::model::Catalog;

/// A catalog, as far as it could be read.
pub(super) struct CheckedCatalog {
    pub(super) catalog: Catalog,
    /// The spans of its errors, in their order.
    pub(super) spans: Vec<ErrorSpans>,
    /// The index of its source.
    pub(super) source: usize,
    /// Whether it keeps every rule.
    pub(super) good: bool,
}

impl CheckedCatalog {
    /// The location of the code of an error.
    pub(super) fn code_location(&self, error: usize) -> Location {
        Location::new(self.source, self.spans[error].code.clone())
    }
}
