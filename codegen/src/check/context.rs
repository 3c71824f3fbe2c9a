//! What every check of a catalog has access to.

use crate::check::findings::Findings;
use crate::check::inferred::Reasons;
use crate::check::lints::LintReporter;
use crate::check::types::NamedTypes;

/// What holds for a whole catalog while its parts are read.
pub(super) struct Context<'a> {
    pub(super) findings: &'a Findings,
    pub(super) reasons: Reasons,
    pub(super) types: NamedTypes<'a>,
    pub(super) lints: LintReporter<'a>,
}
