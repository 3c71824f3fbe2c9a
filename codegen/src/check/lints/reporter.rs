//! Reports what lints find, at the levels that the project sets.

use std::ops::Range;

use crate::check::allowed_lints::AllowedLints;
use crate::check::findings::Findings;
use crate::findings::{Finding, Level, Lint, Severity};
use crate::settings::Levels;

/// Reports what lints find, at the level that the project sets for each.
pub(in crate::check) struct LintReporter<'a> {
    findings: &'a Findings,
    levels: &'a Levels,
}

/// Something that a lint found. Whether it is reported depends on its level.
pub(super) struct LintMatch<'a> {
    pub(super) lint: Lint,
    pub(super) span: &'a Range<usize>,
    pub(super) title: String,
    pub(super) label: &'a str,
    pub(super) help: String,
}

impl<'a> LintReporter<'a> {
    pub(in crate::check) fn new(findings: &'a Findings, levels: &'a Levels) -> Self {
        Self { findings, levels }
    }

    pub(super) fn report(&self, allowed: &AllowedLints, found: LintMatch<'_>) {
        self.report_beside(allowed, found, None);
    }

    /// As [`report`](Self::report), with the place of what was said already.
    pub(super) fn report_beside(
        &self,
        allowed: &AllowedLints,
        found: LintMatch<'_>,
        said: Option<&Range<usize>>,
    ) {
        let severity = match self.levels.of(found.lint) {
            _ if allowed.uses(found.lint) => return,
            Level::Allow => return,
            Level::Warn => Severity::Warning,
            Level::Deny => Severity::Error,
        };
        let finding = Finding::lint(found.lint, severity, found.title)
            .at(self.findings.location(found.span), found.label)
            .help(found.help);
        self.findings.push(match said {
            Some(said) => finding.with(self.findings.location(said), "said here"),
            None => finding,
        });
    }

    /// Reports the lints that an entry allows and that found nothing. Called after all other lints.
    pub(in crate::check) fn unused(&self, allowed: &AllowedLints) {
        for (lint, place) in &allowed.lints {
            if !allowed.used.borrow().contains(lint) {
                self.report(
                    &AllowedLints::default(),
                    LintMatch {
                        lint: Lint::UnusedAllow,
                        span: &place.span,
                        title: format!("`{}` has nothing to say here", lint.name()),
                        label: "allows nothing",
                        help: match lint {
                            Lint::UnusedAllow | Lint::UnusedType => {
                                "delete it: only errbook.toml sets this lint".to_owned()
                            }
                            _ => "delete it".to_owned(),
                        },
                    },
                );
            }
        }
    }
}
