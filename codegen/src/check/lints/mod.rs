//! The lints. Each has a page among those of the findings, which gives its reason.

mod reporter;
mod status;
mod types;
mod error;
mod code_style;

pub(super) use error::LintSubject;
pub(super) use reporter::LintReporter;

use crate::check::error_spans::ErrorSpans;
use crate::check::types::NamedTypes;
use crate::model::Catalog;

/// Lints a catalog as a whole. Called last, because it reports the allowed lints that found nothing.
pub(super) fn catalog(
    lints: &LintReporter<'_>,
    types: &NamedTypes<'_>,
    catalog: &Catalog,
    spans: &[ErrorSpans],
) {
    lints.unused_types(types, catalog);
    lints.code_styles(&catalog.errors, spans);
    for spans in spans {
        lints.unused(&spans.allowed);
    }
}
