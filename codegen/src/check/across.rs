//! What no error can be judged for alone: names, codes, messages and references across a catalog.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;

use crate::check::fields::At;
use crate::check::findings::Findings;
use crate::check::lints::Allowed;
use crate::check::names::Scope;
use crate::check::rules::unknown_error;
use crate::finding::Finding;
use crate::model::{Details, Error};
use crate::rule::Rule;

/// Where the parts of an error stand that are compared with those of others.
pub(super) struct Places {
    pub(super) key: Range<usize>,
    pub(super) code: Range<usize>,
    pub(super) aliases: Vec<Range<usize>>,
    pub(super) messages: Vec<Range<usize>>,
    pub(super) examples: Vec<Range<usize>>,
    pub(super) allowed: Allowed,
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
        let mut keys: HashMap<&str, &Places> = HashMap::with_capacity(self.errors.len());
        let mut names = Scope::with_capacity(self.errors.len());
        for (_, error, places) in self.iter() {
            if let Some(first) = keys.insert(&error.key, places) {
                let finding = Finding::error(
                    Rule::DuplicateError,
                    format!("the error `{}` stands here twice", error.key),
                )
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
                    format_args!("Code::{}", error.rust_name),
                );
            }
            let declared = types.get(&error.rust_name);
            if let (Some(Details::Object(_)), Some(declared)) = (&error.details, declared) {
                let finding = Finding::error(
                    Rule::NameTaken,
                    format!(
                        "a type and the details of an error become `details::{}`",
                        error.rust_name
                    ),
                )
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
        let mut by_code: HashMap<&str, Holders<'_>> = HashMap::with_capacity(self.errors.len());
        for (_, error, places) in self.iter() {
            let Some(code) = &error.code else { continue };
            let holders = by_code.entry(&code.text).or_default();
            if let Some(first) = holders.take(error, &places.code) {
                let title = format!(
                    "two errors have the code `{}`, and nothing else tells them apart",
                    code.text
                );
                let finding = Finding::error(Rule::DuplicateCode, title)
                    .at(self.findings.place(&places.code), "the same code")
                    .with(self.findings.place(first), "first here")
                    .help("a body could mean either: make them one error, or give them different codes or statuses");
                self.findings.push(finding);
            }
        }
        let mut aliases: HashMap<&str, (usize, &Range<usize>)> = HashMap::new();
        for (index, error, places) in self.iter() {
            for (alias, span) in error.aliases.iter().zip(&places.aliases) {
                let own = error
                    .code
                    .as_ref()
                    .is_some_and(|code| code.text == alias.text);
                let code = by_code.get(alias.text.as_str()).and_then(|code| code.first);
                let alias_of = aliases.get(alias.text.as_str()).copied();
                let title = format!("the alias `{}` is a code already", alias.text);
                let finding = Finding::error(Rule::AliasTaken, title);
                let place = self.findings.place(span);
                if own {
                    let help = "delete it: an alias is a code that it had before";
                    self.findings
                        .push(finding.at(place, "the error's own code").help(help));
                } else if let Some((_, first)) = alias_of.filter(|(holder, _)| *holder == index) {
                    let title = format!("the alias `{}` stands here twice", alias.text);
                    let finding = Finding::error(Rule::Twice, title).at(place, "again");
                    let first = self.findings.place(first);
                    self.findings
                        .push(finding.with(first, "first here").help("delete it"));
                } else if let Some(first) = code.or(alias_of.map(|(_, first)| first)) {
                    let finding = finding
                        .at(place, "cannot mean this error, too")
                        .with(self.findings.place(first), "has it")
                        .help("an alias is a code that nothing else has");
                    self.findings.push(finding);
                } else {
                    aliases.insert(&alias.text, (index, span));
                }
            }
        }
    }

    /// Errors without a code are told apart by their messages.
    pub(super) fn messages(&self) {
        let mut by_message: HashMap<String, Holders<'_>> = HashMap::new();
        for (_, error, places) in self.iter().filter(|(_, error, _)| error.code.is_none()) {
            let mut own = HashSet::new();
            for (template, span) in error.messages.iter().zip(&places.messages) {
                let shape = template.shape();
                // Two forms of one error may well be the same but for the names of their values.
                if !own.insert(shape.clone()) {
                    continue;
                }
                if let Some(first) = by_message.entry(shape).or_default().take(error, span) {
                    let title = "two errors without a code have this message, and nothing else tells them apart";
                    let finding = Finding::error(Rule::SameMessage, title)
                        .at(self.findings.place(span), "the same message")
                        .with(self.findings.place(first), "first here")
                        .help("a body could mean either: make them one error, or give them different messages or statuses");
                    self.findings.push(finding);
                }
            }
        }
    }

    /// The index of the error that takes the place of each.
    pub(super) fn replacements(&self) -> Vec<Option<usize>> {
        if self
            .places
            .iter()
            .all(|places| places.replaced_by.is_none())
        {
            return vec![None; self.errors.len()];
        }
        let by_key: HashMap<&str, usize> = self
            .iter()
            .map(|(index, error, _)| (error.key.as_str(), index))
            .collect();
        let one = |(index, _, places): (usize, &Error, &Places)| {
            let key = places.replaced_by.as_ref()?;
            let Some(&other) = by_key.get(key.value.as_str()) else {
                unknown_error(self.findings, key, self.errors);
                return None;
            };
            let on_its_way_out =
                self.errors[other].deprecated.is_some() || self.errors[other].retired.is_some();
            let place = self.findings.place(&key.span);
            if other == index {
                let title = format!("`{}` cannot replace itself", key.value);
                let finding = Finding::error(Rule::BadReplacement, title)
                    .at(place, "the same error")
                    .help("name the error to use instead, or delete it");
                self.findings.push(finding);
            } else if on_its_way_out {
                let title = format!("`{}` is on its way out itself", key.value);
                let finding = Finding::error(Rule::BadReplacement, title)
                    .at(place, "deprecated or retired")
                    .with(self.findings.place(&self.places[other].key), "this one")
                    .help("name the error that is to be used today");
                self.findings.push(finding);
            }
            Some(other)
        };
        self.iter().map(one).collect()
    }
}

/// Where the errors of one code, or of one message, stand, by what they come with.
#[derive(Default)]
struct Holders<'a> {
    first: Option<&'a Range<usize>>,
    /// One of which no status is known: it comes with any, and as an event, too.
    anyhow: Option<&'a Range<usize>>,
    event: Option<&'a Range<usize>>,
    /// There are 500 of them at the most.
    statuses: Vec<(u16, &'a Range<usize>)>,
}

impl<'a> Holders<'a> {
    /// Adds an error; another one, where a response could mean either.
    fn take(&mut self, error: &Error, span: &'a Range<usize>) -> Option<&'a Range<usize>> {
        let anyhow = error.statuses.is_empty() && !error.event;
        let holder = |status: &u16| {
            let mut holders = self.statuses.iter();
            holders
                .find(|(other, _)| other == status)
                .map(|(_, span)| *span)
        };
        let of_status = error.statuses.iter().find_map(holder);
        let other = of_status
            .or(self.anyhow)
            .or_else(|| self.event.filter(|_| error.event))
            .or_else(|| self.first.filter(|_| anyhow));
        self.first.get_or_insert(span);
        if anyhow {
            self.anyhow.get_or_insert(span);
        }
        if error.event {
            self.event.get_or_insert(span);
        }
        for status in &error.statuses {
            if self.statuses.iter().all(|(other, _)| other != status) {
                self.statuses.push((*status, span));
            }
        }
        other
    }
}
