//! References from one error to another.

use std::collections::{HashMap, HashSet};

use crate::check::context::ErrorSpans;
use crate::check::findings::Findings;
use crate::check::table_reader::{Spanned, TableReader};
use crate::findings::{Finding, RuleId};
use crate::keys;
use crate::model::{Deprecated, Error};

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
            let help = self.findings.did_you_mean(&key.value, keys, || {
                "write the key of an error, as in [error.KEY]".to_owned()
            });
            let title = format!("there is no error `{}`", key.value);
            self.findings
                .report(RuleId::UnknownError, &key.span, title, "unknown key", &help);
        }
        index
    }
}

/// The keys of other errors that an error names.
pub(super) struct References {
    replaced_by: Option<Spanned<String>>,
    see_also: Vec<Spanned<String>>,
}

impl References {
    /// Reads the keys that name other errors, and the deprecation that contains one of them.
    pub(super) fn read(fields: &TableReader<'_>) -> (Self, Option<Deprecated>) {
        let table = fields.filled(&keys::error::DEPRECATED);
        let of_deprecated =
            table.map(|table| TableReader::new(fields.findings, table, &keys::DEPRECATED_TABLE));
        let deprecated = of_deprecated.as_ref().map(|fields| Deprecated {
            since: fields.version(&keys::deprecated::SINCE),
            replaced_by: None,
            note: fields.text(&keys::deprecated::NOTE),
        });
        let references = Self {
            replaced_by: of_deprecated.and_then(|it| it.text_at(&keys::deprecated::REPLACED_BY)),
            see_also: fields.texts(&keys::error::SEE_ALSO),
        };
        (references, deprecated)
    }
}

/// Adds the errors that each error names to the model.
pub(super) fn resolve(
    findings: &Findings,
    errors: &mut [Error],
    spans: &[ErrorSpans],
    references: &[References],
) {
    let is_empty = |own: &References| own.replaced_by.is_none() && own.see_also.is_empty();
    if references.iter().all(is_empty) {
        return;
    }
    let keys = ErrorKeys::new(findings, errors);
    let found = references.iter().enumerate().map(|(index, own)| {
        let replaced_by = keys.replacement(index, own, spans);
        (replaced_by, keys.related(index, own))
    });
    let found: Vec<_> = found.collect();
    for (error, (replaced_by, see_also)) in errors.iter_mut().zip(found) {
        if let Some(deprecated) = &mut error.deprecated {
            deprecated.replaced_by = replaced_by;
        }
        error.see_also = see_also;
    }
}

impl ErrorKeys<'_> {
    /// Returns the index of the error that replaces the one at `index`.
    fn replacement(&self, index: usize, own: &References, spans: &[ErrorSpans]) -> Option<usize> {
        let key = own.replaced_by.as_ref()?;
        let other = self.find(key)?;
        let location = self.findings.location(&key.span);
        if other == index {
            let title = format!("`{}` cannot replace itself", key.value);
            let finding = Finding::error(RuleId::BadReplacement, title)
                .at(location, "the same error")
                .help("name the error to use instead, or delete it");
            self.findings.push(finding);
        } else if self.errors[other].deprecated.is_some() || self.errors[other].retired.is_some() {
            let title = format!("`{}` is on its way out itself", key.value);
            let finding = Finding::error(RuleId::BadReplacement, title)
                .at(location, "deprecated or retired")
                .with(self.findings.location(&spans[other].key), "this one")
                .help("name the error that is to be used today");
            self.findings.push(finding);
        }
        Some(other)
    }

    /// Returns the indexes of the errors that are related to the one at `index`.
    fn related(&self, index: usize, own: &References) -> Vec<usize> {
        let (mut related, mut seen) = (Vec::new(), HashSet::new());
        for key in &own.see_also {
            let Some(other) = self.find(key) else {
                continue;
            };
            if other == index {
                let title = format!("`{}` is related to itself", key.value);
                let help = "name another error, or delete it";
                let rule = RuleId::UnknownError;
                let label = "the same error";
                self.findings.report(rule, &key.span, title, label, help);
            } else if !seen.insert(other) {
                let title = format!("`see-also` lists `{}` twice", key.value);
                self.findings.repeated(&key.span, title);
            } else {
                related.push(other);
            }
        }
        related
    }
}
