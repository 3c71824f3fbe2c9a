//! Reports what lints find, at the levels that the project sets.

use std::ops::Range;

use crate::check::context::Context;
use crate::check::findings::Findings;
use crate::check::reasons::AllowedLints;
use crate::findings::{Finding, Level, Lint, Severity};
use crate::settings::Levels;

/// Reports what lints find about an entry and the entry does not allow, at the level that the project sets for each.
pub(in crate::check) struct LintReporter<'a> {
    pub(super) findings: &'a Findings,
    levels: &'a Levels,
    allowed: &'a AllowedLints,
}

impl<'a> LintReporter<'a> {
    pub(in crate::check) fn new(context: &Context<'a>, allowed: &'a AllowedLints) -> Self {
        Self {
            findings: context.findings,
            levels: context.levels,
            allowed,
        }
    }

    pub(super) fn report(
        &self,
        lint: Lint,
        span: &Range<usize>,
        title: String,
        label: &str,
        help: &str,
    ) {
        let finding = self.finding(lint, title);
        let finding = finding.map(|it| it.at(self.findings.location(span), label).help(help));
        self.findings.extend(finding);
    }

    /// The finding of a lint, without a place yet; `None` where the lint is allowed.
    pub(super) fn finding(&self, lint: Lint, title: String) -> Option<Finding> {
        let severity = match self.levels.of(lint) {
            _ if self.allowed.uses(lint) => return None,
            Level::Allow => return None,
            Level::Warn => Severity::Warning,
            Level::Deny => Severity::Error,
        };
        Some(Finding::lint(lint, severity, title))
    }

    /// Reports the lints that the entry allows and that found nothing. Called after all other lints.
    pub(in crate::check) fn unused(&self) {
        // No entry can allow this lint itself.
        let allowed = &AllowedLints::default();
        let lints = LintReporter { allowed, ..*self };
        for (lint, place) in &self.allowed.lints {
            if !self.allowed.used.borrow().contains(lint) {
                let title = format!("`{}` has nothing to say here", lint.name());
                let help = match lint {
                    Lint::UnusedAllow | Lint::UnusedType => {
                        "delete it: only errbook.toml sets this lint"
                    }
                    _ => "delete it",
                };
                let lint = Lint::UnusedAllow;
                let label = "allows nothing";
                lints.report(lint, &place.span, title, label, help);
            }
        }
    }
}
