//! The lints. Each has a page among those of the findings, which gives its reason.

mod reporter;
mod status;
mod markdown;
mod error;
mod catalog;

pub(super) use catalog::catalog;
pub(super) use error::LintSubject;
pub(super) use markdown::MarkdownLinter;
pub(super) use reporter::LintReporter;
