//! A catalog that was read, as far as that was possible.

use crate::check::error_spans::ErrorSpans;
use crate::line_index::Location;
use crate::model::Catalog;

/// A catalog, as far as it could be read.
pub(super) struct CheckedCatalog {
    pub(super) catalog: Catalog,
    /// Where its errors stand, in their order.
    pub(super) spans: Vec<ErrorSpans>,
    /// The index of its source.
    pub(super) source: usize,
    /// Whether it keeps every rule.
    pub(super) good: bool,
}

impl CheckedCatalog {
    /// Where the code of an error stands.
    pub(super) fn code_location(&self, error: usize) -> Location {
        Location::new(self.source, self.spans[error].code.clone())
    }
}
