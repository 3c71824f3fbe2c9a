//! The key `inferred`: values that the author supplied, with the reasons.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

use crate::check::did_you_mean;
use crate::check::findings::Findings;
use crate::check::table_reader::{Spanned, TableReader};
use crate::findings::Finding;
use crate::findings::RuleId;
use crate::keys::{self, Key, OWN_WORDS, TextsOrTextTable};
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
        findings: &Findings,
        fields: &TableReader<'_>,
        key: &Key<TextsOrTextTable>,
    ) -> Vec<Inferred> {
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
                findings.wrong_kind(
                    value,
                    "`inferred`",
                    "a table of reasons, or an array of keys",
                );
                Vec::new()
            }
        };
        let present = inferred
            .into_iter()
            .filter(|(key, _)| self.may_be_inferred(findings, fields, key));
        let reasoned = present.filter_map(|(key, reason)| match reason {
            Some(reason) => Some((key, reason)),
            None => self.named(findings, key),
        });
        let inferred = reasoned.map(|(key, reason)| Inferred {
            key: key.value,
            reason,
        });
        inferred.collect()
    }

    /// Whether the entry has the key, and it is one that the document could have said.
    fn may_be_inferred(
        &self,
        findings: &Findings,
        fields: &TableReader<'_>,
        key: &Spanned<String>,
    ) -> bool {
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
        let near = did_you_mean::nearest(&key.value, keys.filter(|key| !OWN_WORDS.contains(key)));
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

    fn named(
        &self,
        findings: &Findings,
        key: Spanned<String>,
    ) -> Option<(Spanned<String>, String)> {
        let Some(reason) = self.by_key.get(&key.value) else {
            let finding = Finding::error(
                RuleId::InferredWithoutReason,
                format!("no reason is given for the inferred `{}`", key.value),
            )
            .at(findings.location(&key.span), "has no reason")
            .help(format!(
                "write inferred = {{ {} = \"why\" }}, or put the reason into [inferred]",
                key.value
            ));
            findings.push(finding);
            return None;
        };
        self.used.borrow_mut().insert(key.value.clone());
        Some((key, reason.clone()))
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
