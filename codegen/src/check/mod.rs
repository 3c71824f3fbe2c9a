//! Stage three: from the tree to a [`Catalog`]. Every rule of the format lives here, and every
//! finding but those of TOML's own syntax. After it a catalog is valid and nothing can fail.

mod across;
mod api;
mod columns;
mod envelope;
mod errors;
mod example;
mod fields;
mod message;
mod names;
mod rules;
mod suggest;
mod types;

pub(crate) use names::identifier;

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};

use crate::check::fields::{At, Fields, Findings};
use crate::check::types::Types;
use crate::draft::{self, Kind, Table};
use crate::finding::{Finding, Place, Report};
use crate::format::{self, OWN_WORDS};
use crate::model::{Catalog, Inferred, Note, Retry, StatusRow};
use crate::source::Source;

/// Checks every catalog, and that they go together.
///
/// # Errors
///
/// Every finding of every catalog, in the order of the texts.
pub fn check(sources: &[Source]) -> Result<Vec<Catalog>, Report> {
    let mut catalogs = Vec::new();
    let mut findings = Vec::new();
    let mut ids: HashMap<String, Place> = HashMap::new();
    for (index, source) in sources.iter().enumerate() {
        let table = match draft::parse(source, index) {
            Ok(table) => table,
            Err(syntax) => {
                findings.extend(syntax);
                continue;
            }
        };
        let own = Findings::new(index);
        for finding in draft::newer_toml(source, index, &table) {
            own.push(finding);
        }
        let id = table
            .get("api")
            .and_then(|api| api.value.as_table())
            .and_then(|api| api.get("id"));
        if let Some((Kind::Text(text), span)) = id.map(|id| (&id.value.kind, &id.value.span)) {
            let place = own.place(span);
            if let Some(first) = ids.get(text) {
                let finding = Finding::error(format!("two catalogs have the id `{text}`"))
                    .at(place, "the same id")
                    .with(first.clone(), "first here")
                    .help("modules and pages are named by id: give each catalog its own");
                own.push(finding);
            } else {
                ids.insert(text.clone(), place);
            }
        }
        catalogs.extend(check_one(&own, source, &table));
        findings.extend(own.into_list());
    }
    if findings.is_empty() {
        Ok(catalogs)
    } else {
        Err(Report::new(sources.to_vec(), findings))
    }
}

/// What holds for a whole catalog while its parts are read.
struct Context<'a> {
    findings: &'a Findings,
    reasons: Reasons,
    types: Types<'a>,
}

/// The catalog, as far as it could be read: whoever asks looks at the findings first.
fn check_one(findings: &Findings, source: &Source, root: &Table) -> Option<Catalog> {
    let fields = Fields::new(findings, root, &format::CATALOG);
    let (types, named_types) = Types::read(findings, fields.table("type"));
    let context = Context {
        findings,
        reasons: Reasons::read(&fields),
        types,
    };
    let api = match fields.table("api") {
        Some(table) => api::read(&context, table),
        None => {
            if fields.entry("api").is_none() {
                let finding = Finding::error("a catalog says which API it is about")
                    .at(findings.place(&(0..0)), "");
                findings
                    .push(finding.help("begin with [api], id = \"my-api\" and title = \"My API\""));
            }
            None
        }
    };
    let envelope = match fields.table("envelope") {
        Some(table) => Some(envelope::read(&context, table)),
        None => {
            if fields.entry("envelope").is_none() {
                let finding = Finding::error("a catalog says what an error body looks like");
                let start = fields.value("api").map_or(0..0, |api| api.span.clone());
                let finding =
                    finding.at(findings.place(&start), "there is no [envelope] beside it");
                findings.push(finding.help("add [envelope], code = \"/code\" and message = \"/message\", or wherever they stand; an empty [envelope] where bodies hold neither"));
            }
            None
        }
    };
    let envelope = envelope.unwrap_or_default();
    let statuses = statuses(&context, &fields);
    let columns = columns::read(&context, &fields);
    let docs_url = api.as_ref().and_then(|api| api.docs_url.as_deref());
    let (categories, errors) = errors::read(&context, &fields, &envelope, docs_url, &columns);
    let rules = rules::read(&context, &fields, &errors);
    let notes = notes(findings, &fields);
    context.reasons.report_unused(findings);
    Some(Catalog {
        source: source.name().to_owned(),
        api: api?,
        envelope,
        statuses,
        types: named_types,
        columns,
        categories,
        errors,
        rules,
        notes,
    })
}

fn statuses(context: &Context<'_>, root: &Fields<'_>) -> Vec<StatusRow> {
    let findings = context.findings;
    let mut rows: Vec<StatusRow> = Vec::new();
    for entry in root
        .table("status")
        .map_or(&[] as &[_], |table| &table.entries)
    {
        let number = (entry.key.len() == 3)
            .then(|| entry.key.parse().ok())
            .flatten();
        let Some(status) = number.filter(|status| (100..=599).contains(status)) else {
            let title = format!("`{}` is no HTTP status", entry.key);
            findings.report(&entry.key_span, title, "not from 100 to 599", "");
            continue;
        };
        let Some(table) = entry.value.as_table() else {
            findings.wrong_kind(
                &entry.value,
                "a status row",
                "a table, { name = \"…\", meaning = \"…\" }",
            );
            continue;
        };
        let fields = Fields::new(findings, table, &format::STATUS);
        rows.push(StatusRow {
            status,
            name: fields.text("name"),
            meaning: fields.text("meaning"),
            retry: retry(findings, &fields),
            inferred: context.reasons.inferred(findings, &fields),
        });
    }
    rows
}

fn retry(findings: &Findings, fields: &Fields<'_>) -> Option<Retry> {
    let word = fields.text_at("retry")?;
    let known = Retry::ALL.iter().find(|(name, _)| *name == word.value);
    if known.is_none() {
        let names: Vec<&str> = Retry::ALL.iter().map(|(name, _)| *name).collect();
        let help = suggest::did_you_mean(&word.value, names.iter().copied());
        let finding = Finding::error(format!("`{}` is no retry advice", word.value))
            .at(findings.place(&word.span), "unknown word")
            .help(help.unwrap_or_else(|| format!("it is one of {}", suggest::list(&names))));
        findings.push(finding);
    }
    known.map(|(_, retry)| *retry)
}

fn notes(findings: &Findings, fields: &Fields<'_>) -> Vec<Note> {
    let note = |table| {
        let fields = Fields::new(findings, table, &format::NOTE);
        let (title, text) = (fields.required("title"), fields.required("text"));
        Some(Note {
            title: title?.value,
            text: text?.value,
        })
    };
    fields.tables("note").into_iter().filter_map(note).collect()
}

/// The reasons of `[inferred]`, kept once for many entries.
struct Reasons {
    reasons: Vec<(At<String>, String)>,
    used: RefCell<BTreeSet<String>>,
}

impl Reasons {
    fn read(root: &Fields<'_>) -> Self {
        Self {
            reasons: root.text_table("inferred"),
            used: RefCell::default(),
        }
    }

    /// What an entry says is inferred: a table from key to reason, or a list of keys whose reasons
    /// stand in `[inferred]`.
    fn inferred(&self, findings: &Findings, fields: &Fields<'_>) -> Vec<Inferred> {
        let Some(value) = fields.value("inferred") else {
            return Vec::new();
        };
        let inferred = match &value.kind {
            Kind::Table(_) => fields.text_table("inferred"),
            Kind::Text(_) | Kind::List(_) => fields
                .texts("inferred")
                .into_iter()
                .filter_map(|key| self.named(findings, key))
                .collect(),
            _ => {
                findings.wrong_kind(
                    value,
                    "`inferred`",
                    "a table of reasons, or an array of keys",
                );
                Vec::new()
            }
        };
        let present = inferred.into_iter().filter(|(key, _)| {
            if OWN_WORDS.contains(&key.value.as_str()) {
                let help = "mark what the document could have said and did not";
                let title = format!("`{}` is never the document's word", key.value);
                findings.report(&key.span, title, "nothing to be inferred", help);
                return false;
            }
            let present = fields.table.get(&key.value).is_some();
            if !present {
                let keys = fields.table.entries.iter().map(|entry| entry.key.as_str());
                let help =
                    suggest::did_you_mean(&key.value, keys.filter(|key| !OWN_WORDS.contains(key)));
                let finding = Finding::error(format!(
                    "there is no `{}` here that could be inferred",
                    key.value
                ))
                .at(findings.place(&key.span), "names an absent key");
                findings.push(finding.maybe_help(help));
            }
            present
        });
        present
            .map(|(key, reason)| Inferred {
                key: key.value,
                reason,
            })
            .collect()
    }

    fn named(&self, findings: &Findings, key: At<String>) -> Option<(At<String>, String)> {
        let reason = self
            .reasons
            .iter()
            .find(|(name, _)| name.value == key.value);
        let Some((_, reason)) = reason else {
            let finding = Finding::error(format!(
                "no reason is given for the inferred `{}`",
                key.value
            ))
            .at(findings.place(&key.span), "has no reason")
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

    fn report_unused(&self, findings: &Findings) {
        for (key, _) in &self.reasons {
            if !self.used.borrow().contains(&key.value) {
                let title = format!("no entry is marked with the reason `{}`", key.value);
                let help = format!(
                    "mark those it is for with inferred = [\"{}\"], or delete it",
                    key.value
                );
                findings.report(&key.span, title, "unused", &help);
            }
        }
    }
}

/// Small letters, digits and single hyphens between them, a letter first.
fn is_id(text: &str) -> bool {
    let part = |part: &str| {
        !part.is_empty()
            && part
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
    };
    text.starts_with(|c: char| c.is_ascii_lowercase()) && text.split('-').all(part)
}
