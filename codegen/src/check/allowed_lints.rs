//! The key `allow`: the lints that an entry allows, with the reasons.

use std::cell::RefCell;
use std::collections::HashSet;
use std::ops::Range;

use crate::check::did_you_mean;
use crate::check::findings::Findings;
use crate::check::table_reader::{Spanned, TableReader};
use crate::findings::{Finding, Lint, RuleId};
use crate::keys::{Key, TextTable};

/// The lints that an entry allows itself, with the reasons.
#[derive(Default)]
pub(super) struct AllowedLints {
    pub(super) lints: Vec<(Lint, Spanned<String>)>,
    pub(super) used: RefCell<HashSet<Lint>>,
}

impl AllowedLints {
    /// The key `allow` of an entry.
    pub(super) fn read(
        findings: &Findings,
        fields: &TableReader<'_>,
        key: &Key<TextTable>,
    ) -> (Self, Vec<(String, String)>) {
        let mut allowed = Self::default();
        let mut reasons = Vec::new();
        for (name, reason) in fields.text_table(key) {
            match Lint::from_name(&name.value) {
                Some(lint) => {
                    reasons.push((name.value.clone(), reason));
                    allowed.lints.push((lint, name));
                }
                None => unknown_lint(findings, &name.value, &name.span),
            }
        }
        (allowed, reasons)
    }

    pub(super) fn uses(&self, lint: Lint) -> bool {
        let allowed = self.lints.iter().any(|(other, _)| *other == lint);
        if allowed {
            self.used.borrow_mut().insert(lint);
        }
        allowed
    }
}

pub(super) fn unknown_lint(findings: &Findings, name: &str, span: &Range<usize>) {
    let lints = Lint::ALL.iter().map(|lint| lint.name());
    let finding = Finding::error(RuleId::UnknownLint, format!("there is no lint `{name}`"))
        .at(findings.location(span), "unknown lint")
        .help(
            findings
                .did_you_mean(name, lints.clone())
                .unwrap_or_else(|| {
                    let lints: Vec<&str> = lints.collect();
                    format!(
                        "lints are {}; rules, whose ids begin with E, cannot be allowed",
                        did_you_mean::list(&lints)
                    )
                }),
        );
    findings.push(finding);
}
