//! What no error can be judged for alone: names, codes, messages and references across a catalog.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use crate::check::fields::{At, Findings};
use crate::check::names::Scope;
use crate::check::suggest;
use crate::finding::Finding;
use crate::model::{Details, Error};

/// Where the parts of an error stand that are compared with those of others.
pub(super) struct Places {
    pub(super) key: Range<usize>,
    pub(super) code: Range<usize>,
    pub(super) aliases: Vec<Range<usize>>,
    pub(super) messages: Vec<Range<usize>>,
    pub(super) replaced_by: Option<At<String>>,
}

/// The errors of a catalog and where they stand.
pub(super) struct Across<'a> {
    pub(super) findings: &'a Findings,
    pub(super) errors: &'a [Error],
    pub(super) places: &'a [Places],
}

impl<'a> Across<'a> {
    fn iter(&self) -> impl Iterator<Item = (usize, &'a Error, &'a Places)> {
        self.errors
            .iter()
            .zip(self.places)
            .enumerate()
            .map(|(index, (error, places))| (index, error, places))
    }

    /// Keys in two sections, names that fold into one, and types of the same name as details.
    pub(super) fn names(&self, types: &BTreeMap<String, Range<usize>>) {
        let (mut keys, mut names): (HashMap<&str, &Places>, Scope) =
            (HashMap::new(), Scope::default());
        for (_, error, places) in self.iter() {
            if let Some(first) = keys.insert(&error.key, places) {
                let finding = Finding::error(format!(
                    "the error `{}` stands here twice",
                    error.key
                ))
                .at(self.findings.place(&places.key), "the second time")
                .with(self.findings.place(&first.key), "first here")
                .help(
                    "errors of one code that differ in status need keys of their own, and `code`",
                );
                self.findings.push(finding);
            } else if !error.rust_name.is_empty() {
                names.take(
                    self.findings,
                    &error.rust_name,
                    &places.key,
                    &format!("Code::{}", error.rust_name),
                );
            }
            let declared = types.get(&error.rust_name);
            if let (Some(Details::Object(_)), Some(declared)) = (&error.details, declared) {
                let finding = Finding::error(format!(
                    "a type and the details of an error become `details::{}`",
                    error.rust_name
                ))
                .at(
                    self.findings.place(&places.key),
                    "its details get this name",
                )
                .with(self.findings.place(declared), "the type has it")
                .help("give the type another name, or the error a `rust-name`");
                self.findings.push(finding);
            }
        }
    }

    /// One code may stand for two errors where their statuses tell them apart; an alias may not.
    pub(super) fn codes(&self) {
        let mut by_code: HashMap<&str, Vec<(usize, &Range<usize>)>> = HashMap::new();
        for (index, error, places) in self.iter() {
            let Some(code) = &error.code else { continue };
            let others = by_code.entry(&code.text).or_default();
            let same = |other: &&(usize, &Range<usize>)| overlap(error, &self.errors[other.0]);
            if let Some((_, first)) = others.iter().find(same) {
                let finding = Finding::error(format!("two errors have the code `{}` at the same status", code.text))
                    .at(self.findings.place(&places.code), "the same code")
                    .with(self.findings.place(first), "first here")
                    .help("a body could mean either: give them different statuses, or make them one error");
                self.findings.push(finding);
            }
            others.push((index, &places.code));
        }
        for (_, error, places) in self.iter() {
            for (alias, span) in error.aliases.iter().zip(&places.aliases) {
                let others = by_code.entry(&alias.text).or_default();
                if let Some((_, first)) = others.first() {
                    let finding =
                        Finding::error(format!("the alias `{}` is a code already", alias.text))
                            .at(self.findings.place(span), "cannot mean this error, too")
                            .with(self.findings.place(first), "has it")
                            .help("an alias is a code that nothing else has");
                    self.findings.push(finding);
                } else {
                    others.push((usize::MAX, span));
                }
            }
        }
    }

    /// Errors without a code are told apart by their messages.
    pub(super) fn messages(&self) {
        let mut by_message: HashMap<String, Vec<(usize, &Range<usize>)>> = HashMap::new();
        for (index, error, places) in self.iter().filter(|(_, error, _)| error.code.is_none()) {
            for (template, span) in error.messages.iter().zip(&places.messages) {
                let others = by_message.entry(template.shape()).or_default();
                let same = |other: &&(usize, &Range<usize>)| {
                    other.0 != index && overlap(error, &self.errors[other.0])
                };
                if let Some((_, first)) = others.iter().find(same) {
                    let finding = Finding::error(
                        "two errors without a code have this message at the same status",
                    )
                    .at(self.findings.place(span), "the same message")
                    .with(self.findings.place(first), "first here")
                    .help("nothing in a body tells them apart: make them one error");
                    self.findings.push(finding);
                }
                others.push((index, span));
            }
        }
    }

    /// An error that neither code nor message nor details tell of is known by its status alone.
    pub(super) fn silent(&self) {
        let mut by_status: HashMap<u16, &Range<usize>> = HashMap::new();
        let silent = |error: &Error| {
            error.code.is_none() && error.messages.is_empty() && error.details.is_none()
        };
        for (_, error, places) in self.iter().filter(|(_, error, _)| silent(error)) {
            for status in &error.statuses {
                if let Some(first) = by_status.insert(*status, &places.key) {
                    let finding = Finding::error(format!(
                        "two errors of status {status} have neither code nor message nor details"
                    ))
                    .at(self.findings.place(&places.key), "the second of them")
                    .with(self.findings.place(first), "first here")
                    .help("nothing in a body tells them apart: make them one error");
                    self.findings.push(finding);
                }
            }
        }
    }

    /// The index of the error that takes the place of each.
    pub(super) fn replacements(&self) -> Vec<Option<usize>> {
        let by_key: HashMap<&str, usize> = self
            .iter()
            .map(|(index, error, _)| (error.key.as_str(), index))
            .collect();
        let one = |(index, _, places): (usize, &Error, &Places)| {
            let key = places.replaced_by.as_ref()?;
            let report = |title: String, label: &str, help: Option<String>| {
                let finding = Finding::error(title).at(self.findings.place(&key.span), label);
                self.findings.push(finding.maybe_help(help));
            };
            let Some(&other) = by_key.get(key.value.as_str()) else {
                let near = suggest::did_you_mean(&key.value, by_key.keys().copied());
                report(
                    format!("there is no error `{}`", key.value),
                    "unknown key",
                    near,
                );
                return None;
            };
            if other == index {
                report(
                    format!("`{}` cannot replace itself", key.value),
                    "the same error",
                    None,
                );
            } else if self.errors[other].deprecated.is_some()
                || self.errors[other].retired.is_some()
            {
                let help = "name the error that is to be used today".to_owned();
                report(
                    format!("`{}` is on its way out itself", key.value),
                    "deprecated or retired",
                    Some(help),
                );
            }
            Some(other)
        };
        self.iter().map(one).collect()
    }
}

/// Whether a response could mean either: they share a status, or one comes with any.
fn overlap(a: &Error, b: &Error) -> bool {
    if a.event != b.event {
        return false;
    }
    a.statuses.is_empty()
        || b.statuses.is_empty()
        || a.statuses.iter().any(|status| b.statuses.contains(status))
}
