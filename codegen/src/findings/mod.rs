//! Findings: the ids of rules and lints, findings, reports, and how they are shown.

mod rule_id;
mod lint_id;
mod finding;
mod report;
mod render;

pub use finding::{Cause, Finding, Severity};
pub use lint_id::{Level, Lint};
pub(crate) use report::FindingCounts;
pub use report::Report;
pub use rule_id::RuleId;
