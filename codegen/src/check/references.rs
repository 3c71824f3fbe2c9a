//! References from one error to another.

use std::collections::HashMap;

use crate::check::error_spans::ErrorSpans;
use crate::check::findings::Findings;
use crate::check::table_reader::Spanned;
use crate::findings::{Finding, RuleId};
use crate::model::Error;

/// The errors of a catalog by key.
pub(super) struct ErrorKeys<'a> {
    findings: &'a Findings,
    errors: &'a [Error],
    by_key: HashMap<&'a str, usize>,
}

impl<'a> ErrorKeys<'a> {
    pub(super) fn new(findings: &'a Findings, errors: &'a [Error]) -> Self {
        let keys = errors.iter().enumerate();
        Self {
            findings,
            errors,
            by_key: keys
                .map(|(index, error)| (error.key.as_str(), index))
                .collect(),
        }
    }

    /// The index of the error that a key refers to. Reports a key that no error has.
    pub(super) fn find(&self, key: &Spanned<String>) -> Option<usize> {
        let index = self.by_key.get(key.value.as_str()).copied();
        if index.is_none() {
            let keys = self.errors.iter().map(|error| error.key.as_str());
            let help = self
                .findings
                .did_you_mean(&key.value, keys)
                .unwrap_or_else(|| "write the key of an error, as in [error.KEY]".to_owned());
            let title = format!("there is no error `{}`", key.value);
            self.findings
                .report(RuleId::UnknownError, &key.span, title, "unknown key", &help);
        }
        index
    }
}

/// The index of the error that replaces each error.
pub(super) fn replacements(
    findings: &Findings,
    errors: &[Error],
    spans: &[ErrorSpans],
) -> Vec<Option<usize>> {
    if spans.iter().all(|spans| spans.replaced_by.is_none()) {
        return vec![None; errors.len()];
    }
    let keys = ErrorKeys::new(findings, errors);
    let one = |(index, own): (usize, &ErrorSpans)| {
        let key = own.replaced_by.as_ref()?;
        let other = keys.find(key)?;
        let location = findings.location(&key.span);
        if other == index {
            let title = format!("`{}` cannot replace itself", key.value);
            let finding = Finding::error(RuleId::BadReplacement, title)
                .at(location, "the same error")
                .help("name the error to use instead, or delete it");
            findings.push(finding);
        } else if errors[other].deprecated.is_some() || errors[other].retired.is_some() {
            let title = format!("`{}` is on its way out itself", key.value);
            let finding = Finding::error(RuleId::BadReplacement, title)
                .at(location, "deprecated or retired")
                .with(findings.location(&spans[other].key), "this one")
                .help("name the error that is to be used today");
            findings.push(finding);
        }
        Some(other)
    };
    spans.iter().enumerate().map(one).collect()
}
