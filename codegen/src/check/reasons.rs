//! The keys `inferred` and `allow`: values that the author supplied and lints that do not apply, each with the
//! author's reason.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

use crate::check::did_you_mean;
use crate::check::findings::Findings;
use crate::check::table_reader::{Spanned, TableReader};
use crate::findings::{Lint, RuleId};
use crate::keys::{self, Key, OWN_WORDS, TextTable, TextsOrTextTable};
use crate::model::Inferred;
use crate::toml::TomlKind;

/// The reasons of `[inferred]`, kept once for many entries.
pub(super) struct Reasons {
    keys: Vec<Spanned<String>>,
    by_key: HashMap<String, String>,
    used: RefCell<HashSet<String>>,
}

impl Reasons {
    pub(super) fn read(root: &TableReader<'_>) -> Self {
        let reasons = root.text_table(&keys::root::INFERRED);
        Self {
            keys: reasons.iter().map(|(key, _)| key.clone()).collect(),
            by_key: reasons
                .into_iter()
                .map(|(key, reason)| (key.value, reason))
                .collect(),
            used: RefCell::default(),
        }
    }

    /// What an entry says is inferred: a table from key to reason, or a list of keys whose reasons
    /// stand in `[inferred]`.
    pub(super) fn inferred(
        &self,
        fields: &TableReader<'_>,
        key: &Key<TextsOrTextTable>,
    ) -> Vec<Inferred> {
        let findings = fields.findings;
        let Some(value) = fields.value(key) else {
            return Vec::new();
        };
        let inferred: Vec<(Spanned<String>, Option<String>)> = match &value.kind {
            TomlKind::Table(_) => {
                let own = fields.text_table(key).into_iter();
                own.map(|(key, reason)| (key, Some(reason))).collect()
            }
            TomlKind::Text(_) | TomlKind::List(_) => {
                let shared = fields.texts(key).into_iter();
                shared.map(|key| (key, None)).collect()
            }
            _ => {
                let wanted = "a table of reasons, or an array of keys";
                findings.wrong_kind(value, "`inferred`", wanted);
                return Vec::new();
            }
        };
        let inferred = inferred.into_iter();
        let present = inferred.filter(|(key, _)| self.may_be_inferred(fields, key));
        let reasoned = present.filter_map(|(key, reason)| {
            let reason = reason.or_else(|| self.shared_reason(findings, &key))?;
            Some(Inferred {
                key: key.value,
                reason,
            })
        });
        reasoned.collect()
    }

    /// Whether the entry has the key, and it is one that the document could have said.
    fn may_be_inferred(&self, fields: &TableReader<'_>, key: &Spanned<String>) -> bool {
        let findings = fields.findings;
        if OWN_WORDS.contains(&key.value.as_str()) {
            let help = "mark what the document could have said and did not";
            let title = format!("`{}` is never the document's word", key.value);
            let label = "nothing to be inferred";
            findings.report(RuleId::InferredOwnWord, &key.span, title, label, help);
            return false;
        }
        if fields.table.get(&key.value).is_some() {
            return true;
        }
        let keys = fields.table.entries.iter().map(|entry| entry.key.as_str());
        let near = findings.nearest(&key.value, keys.filter(|key| !OWN_WORDS.contains(key)));
        // A reason that was given for it has nothing to do with the mistake.
        let meant = near.into_iter().chain([key.value.as_str()]);
        self.used.borrow_mut().extend(meant.map(str::to_owned));
        let help = near.map_or_else(
            || "supply the value, or delete the mark".to_owned(),
            |near| format!("did you mean `{near}`?"),
        );
        let title = format!("there is no `{}` here that could be inferred", key.value);
        let label = "names an absent key";
        findings.report(RuleId::InferredAbsent, &key.span, title, label, &help);
        false
    }

    /// The reason that `[inferred]` gives for a key. Reports a key without one.
    fn shared_reason(&self, findings: &Findings, key: &Spanned<String>) -> Option<String> {
        let reason = self.by_key.get(&key.value);
        if reason.is_some() {
            self.used.borrow_mut().insert(key.value.clone());
        } else {
            let title = format!("no reason is given for the inferred `{}`", key.value);
            let help = format!(
                "write inferred = {{ {} = \"why\" }}, or put the reason into [inferred]",
                key.value
            );
            let rule = RuleId::InferredWithoutReason;
            let label = "has no reason";
            findings.report(rule, &key.span, title, label, &help);
        }
        reason.cloned()
    }

    pub(super) fn report_unused(&self, findings: &Findings) {
        for key in &self.keys {
            if !self.used.borrow().contains(&key.value) {
                let title = format!("no entry is marked with the reason `{}`", key.value);
                let help = format!(
                    "mark those it is for with inferred = [\"{}\"], or delete it",
                    key.value
                );
                findings.report(RuleId::InferredUnused, &key.span, title, "unused", &help);
            }
        }
    }
}

/// The lints that an entry allows itself, with the reasons.
#[derive(Default)]
pub(super) struct AllowedLints {
    pub(super) lints: Vec<(Lint, Spanned<String>)>,
    pub(super) used: RefCell<HashSet<Lint>>,
}

impl AllowedLints {
    /// The key `allow` of an entry.
    pub(super) fn read(
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
                None => unknown_lint(fields.findings, &name),
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

/// Reports a name that no lint has.
pub(super) fn unknown_lint(findings: &Findings, name: &Spanned<String>) {
    let lints: Vec<&str> = Lint::ALL.iter().map(|lint| lint.name()).collect();
    let help = findings.did_you_mean(&name.value, lints.iter().copied(), || {
        let lints = did_you_mean::list(lints.iter().copied());
        format!("lints are {lints}; rules, whose ids begin with E, cannot be allowed")
    });
    let title = format!("there is no lint `{}`", name.value);
    let rule = RuleId::UnknownLint;
    let label = "unknown lint";
    findings.report(rule, &name.span, title, label, &help);
}
