//! Findings: the ids of rules and lints, findings, reports, and how they are shown.

mod cause;
mod finding;
mod report;
mod render;

pub use cause::{Cause, Level, Lint, RuleId};
pub use finding::{Finding, Severity};
pub(crate) use report::FindingCounts;
pub use report::Report;
