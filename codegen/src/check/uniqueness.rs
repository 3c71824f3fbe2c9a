//! Names, codes and messages that must be unique in a catalog.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;

use crate::check::context::ErrorSpans;
use crate::check::findings::Findings;
use crate::check::rust_names::Scope;
use crate::findings::{Finding, RuleId};
use crate::model::{Details, Error};

/// The errors of a catalog and where they stand.
pub(super) struct CrossChecks<'a> {
    pub(super) findings: &'a Findings,
    pub(super) errors: &'a [Error],
    pub(super) spans: &'a [ErrorSpans],
}

impl<'a> CrossChecks<'a> {
    fn iter(&self) -> impl Iterator<Item = (usize, &'a Error, &'a ErrorSpans)> {
        let errors = self.errors.iter().zip(self.spans).enumerate();
        errors.map(|(index, (error, spans))| (index, error, spans))
    }

    /// Keys in two sections, names that fold into one, and types of the same name as details.
    pub(super) fn names(&self, types: &BTreeMap<String, Range<usize>>) {
        let mut keys: HashMap<&str, &ErrorSpans> = HashMap::with_capacity(self.errors.len());
        let mut names = Scope::with_capacity(self.errors.len());
        for (_, error, spans) in self.iter() {
            let name = &error.rust_name;
            let place = self.findings.location(&spans.key);
            if let Some(first) = keys.insert(&error.key, spans) {
                let title = format!("the error `{}` stands here twice", error.key);
                let help =
                    "errors of one code that differ in status need keys of their own, and `code`";
                let finding = Finding::error(RuleId::DuplicateError, title)
                    .at(place.clone(), "the second time")
                    .with(self.findings.location(&first.key), "first here")
                    .help(help);
                self.findings.push(finding);
            } else if !name.is_empty() {
                let shown = format_args!("Code::{name}");
                names.take(self.findings, name, &spans.key, shown);
            }
            let declared = types.get(name);
            if let (Some(Details::Object(_)), Some(declared)) = (&error.details, declared) {
                let title = format!("a type and the details of an error become `details::{name}`");
                let finding = Finding::error(RuleId::NameTaken, title)
                    .at(place, "its details get this name")
                    .with(self.findings.location(declared), "the type has it")
                    .help("give the type another name, or the error a `rust-name`");
                self.findings.push(finding);
            }
        }
    }

    /// One code may stand for two errors where their statuses tell them apart; an alias may not.
    pub(super) fn codes(&self) {
        let mut by_code: HashMap<&str, CodeHolders<'_>> = HashMap::with_capacity(self.errors.len());
        for (_, error, spans) in self.iter() {
            let Some(code) = &error.code else { continue };
            let holders = by_code.entry(&code.text).or_default();
            if let Some(first) = holders.take(error, &spans.code) {
                let title = format!(
                    "two errors have the code `{}`, and nothing else tells them apart",
                    code.text
                );
                let finding = Finding::error(RuleId::DuplicateCode, title)
                    .at(self.findings.location(&spans.code), "the same code")
                    .with(self.findings.location(first), "first here")
                    .help("a body could mean either: make them one error, or give them different codes or statuses");
                self.findings.push(finding);
            }
        }
        let mut aliases: HashMap<&str, (usize, &Range<usize>)> = HashMap::new();
        for (index, error, spans) in self.iter() {
            for (alias, span) in error.aliases.iter().zip(&spans.aliases) {
                let own_code = error.code.as_ref();
                let own = own_code.is_some_and(|code| code.text == alias.text);
                let code = by_code.get(alias.text.as_str()).and_then(|code| code.first);
                let alias_of = aliases.get(alias.text.as_str()).copied();
                let title = format!("the alias `{}` is a code already", alias.text);
                let finding = Finding::error(RuleId::AliasTaken, title);
                let place = self.findings.location(span);
                if own {
                    let help = "delete it: an alias is a code that it had before";
                    self.findings
                        .push(finding.at(place, "the error's own code").help(help));
                } else if let Some((_, first)) = alias_of.filter(|(holder, _)| *holder == index) {
                    let title = format!("the alias `{}` stands here twice", alias.text);
                    let finding = Finding::error(RuleId::Twice, title).at(place, "again");
                    let first = self.findings.location(first);
                    self.findings
                        .push(finding.with(first, "first here").help("delete it"));
                } else if let Some(first) = code.or(alias_of.map(|(_, first)| first)) {
                    let finding = finding
                        .at(place, "cannot mean this error, too")
                        .with(self.findings.location(first), "has it")
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
        let mut by_message: HashMap<String, CodeHolders<'_>> = HashMap::new();
        for (_, error, spans) in self.iter().filter(|(_, error, _)| error.code.is_none()) {
            let mut own = HashSet::new();
            for (template, span) in error.messages.iter().zip(&spans.messages) {
                let shape = template.shape();
                // Two forms of one error may well be the same but for the names of their values.
                if !own.insert(shape.clone()) {
                    continue;
                }
                if let Some(first) = by_message.entry(shape).or_default().take(error, span) {
                    let title = "two errors without a code have this message, and nothing else tells them apart";
                    let finding = Finding::error(RuleId::SameMessage, title)
                        .at(self.findings.location(span), "the same message")
                        .with(self.findings.location(first), "first here")
                        .help("a body could mean either: make them one error, or give them different messages or statuses");
                    self.findings.push(finding);
                }
            }
        }
    }
}

/// Where the errors of one code, or of one message, stand, by what they come with.
#[derive(Default)]
struct CodeHolders<'a> {
    first: Option<&'a Range<usize>>,
    /// One of which no status is known: it comes with any, and as an event, too.
    anyhow: Option<&'a Range<usize>>,
    event: Option<&'a Range<usize>>,
    /// There are 500 of them at the most.
    statuses: Vec<(u16, &'a Range<usize>)>,
}

impl<'a> CodeHolders<'a> {
    /// Adds an error; another one, where a response could mean either.
    fn take(&mut self, error: &Error, span: &'a Range<usize>) -> Option<&'a Range<usize>> {
        let anyhow = error.statuses.is_empty() && !error.event;
        let holder = |status: &u16| {
            let mut holders = self.statuses.iter();
            let holder = holders.find(|(other, _)| other == status);
            holder.map(|(_, span)| *span)
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
