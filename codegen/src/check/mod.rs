//! Stage three: from the tree to a [`Catalog`]. Every rule of the format lives here, and every
//! finding but those of TOML's own syntax. After it a catalog is valid and nothing can fail.

mod across;
mod api;
mod characters;
mod columns;
mod cycles;
mod envelope;
mod errors;
mod example;
mod fields;
mod findings;
mod inferred;
mod lints;
mod lock;
mod message;
mod names;
mod rules;
mod settings;
mod suggest;
mod told;
mod types;

pub(crate) use names::identifier;
pub use suggest::near;

use std::collections::HashMap;

use crate::check::across::Places;
use crate::check::fields::Fields;
use crate::check::findings::Findings;
use crate::check::inferred::Reasons;
use crate::check::lints::{Allowed, Lints};
use crate::check::types::Types;
use crate::draft::{self, Kind, Table};
use crate::finding::{Counts, Finding, Place, Report};
use crate::format;
use crate::lint::Levels;
use crate::lock::Lock;
use crate::model::{Api, Catalog, Envelope, Note, Retry, StatusRow};
use crate::rule::Rule;
use crate::settings::Settings;
use crate::source::{Input, Source};
use crate::threads::{side_by_side, worth};

/// Catalogs that may be generated from.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Checked {
    /// The catalogs, in the order of their sources.
    pub catalogs: Vec<Catalog>,
    /// What lints have found, and the project only wants to be told.
    pub warnings: Report,
    /// What the project says.
    pub settings: Settings,
    /// What the lock says, if there is one.
    pub lock: Option<Lock>,
}

/// Checks every catalog, and that they go together.
///
/// # Errors
///
/// Every finding of every catalog, in the order of the texts, where there is one that is more than a
/// warning.
pub fn check(input: impl Into<Input>) -> Result<Checked, Report> {
    let Input {
        catalogs: mut sources,
        settings,
        lock,
        alone,
        mut unread,
        nothing_there,
    } = input.into();
    let settings_at = sources.len();
    unread.extend(nothing_there.map(|finding| match &settings {
        Some(settings) => settings::pointed_at(finding, settings, settings_at),
        None => finding,
    }));
    let all_read = unread.is_empty();
    let mut run = Run::new(unread);
    let own = Findings::new(settings_at);
    let read = settings
        .as_ref()
        .map(|settings| settings::read(&own, settings, settings_at));
    run.take(own);
    let project = read.unwrap_or_default();
    let numbered: Vec<(usize, &Source)> = sources.iter().enumerate().collect();
    let bytes = sources.iter().map(|source| source.text().len()).sum();
    let read = side_by_side(worth(bytes, 256 << 10), &numbered, |(index, source)| {
        let own = Findings::new(*index);
        let table = tree(&own, source, *index);
        let id = table.as_ref().and_then(|table| id(&own, table));
        let catalog = table.and_then(|table| check_one(&own, &project.levels, source, &table));
        (own, id, catalog)
    });
    let mut ids: HashMap<String, Place> = HashMap::new();
    let mut catalogs = Vec::new();
    for (own, id, catalog) in read {
        if let Some((id, place)) = id {
            same_id(&own, &mut ids, id, place);
        }
        catalogs.extend(catalog);
        run.take(own);
    }
    let complete = all_read && !alone && catalogs.len() == sources.len();
    sources.extend(settings);
    let own = Findings::new(sources.len());
    let locked = lock
        .as_ref()
        .and_then(|lock| lock::read(&own, lock, sources.len()));
    if let Some(locked) = &locked {
        let catalogs = lock::Catalogs::new(&catalogs, complete);
        lock::compare(&own, locked, &catalogs);
    }
    run.take(own);
    sources.extend(lock);
    let report = Report::new(sources, run.findings, run.unlisted);
    if run.refused {
        return Err(report);
    }
    Ok(Checked {
        catalogs: catalogs.into_iter().map(|read| read.catalog).collect(),
        warnings: report,
        settings: project,
        lock: locked.map(lock::Located::into_lock),
    })
}

/// The settings of a project, as far as they can be understood.
pub(crate) fn settings(source: &Source) -> Settings {
    settings::read(&Findings::new(0), source, 0)
}

/// What has been found so far.
struct Run {
    findings: Vec<Finding>,
    unlisted: Counts,
    refused: bool,
}

impl Run {
    fn new(unread: Vec<Finding>) -> Self {
        Self {
            refused: !unread.is_empty(),
            findings: unread,
            unlisted: Counts::default(),
        }
    }

    fn take(&mut self, own: Findings) {
        self.refused |= own.refused();
        let (findings, unlisted) = own.into_list();
        self.findings.extend(findings);
        self.unlisted.errors += unlisted.errors;
        self.unlisted.warnings += unlisted.warnings;
    }
}

/// The text as a tree, if it is TOML.
fn tree(findings: &Findings, source: &Source, index: usize) -> Option<Table> {
    if let Some(span) = source.not_utf8() {
        findings.report(
            Rule::NotUtf8,
            &span,
            "this file is not UTF-8",
            "the first bytes that are not UTF-8",
            "save the file as UTF-8",
        );
        return None;
    }
    match draft::parse(source, index) {
        Ok(table) => {
            let newer = draft::newer_toml(source, index, &table);
            findings.extend(newer);
            characters::check(findings, &table);
            Some(table)
        }
        Err(syntax) => {
            findings.extend(syntax);
            None
        }
    }
}

/// The id that a catalog says is its own, and where.
fn id(findings: &Findings, table: &Table) -> Option<(String, Place)> {
    let id = table.get("api")?.value.as_table()?.get("id")?;
    let Kind::Text(text) = &id.value.kind else {
        return None;
    };
    Some((text.clone(), findings.place(&id.value.span)))
}

/// No two catalogs are of one id.
fn same_id(findings: &Findings, ids: &mut HashMap<String, Place>, id: String, place: Place) {
    if let Some(first) = ids.get(&id) {
        let finding = Finding::error(
            Rule::DuplicateId,
            format!("two catalogs have the id `{id}`"),
        )
        .at(place, "the same id")
        .with(first.clone(), "first here")
        .help("modules and pages are named by id: give each catalog its own");
        findings.push(finding);
    } else {
        ids.insert(id, place);
    }
}

/// What holds for a whole catalog while its parts are read.
struct Context<'a> {
    findings: &'a Findings,
    reasons: Reasons,
    types: Types<'a>,
    lints: Lints<'a>,
}

/// A catalog, as far as it could be read.
struct Read {
    catalog: Catalog,
    /// Where its errors stand, in their order.
    places: Vec<Places>,
    /// The index of its source.
    source: usize,
    /// Whether it keeps every rule.
    good: bool,
}

impl Read {
    /// Where the code of an error stands.
    fn code_place(&self, error: usize) -> Place {
        Place::new(self.source, self.places[error].code.clone())
    }
}

/// The catalog, as far as it could be read: whoever asks looks at the findings first.
fn check_one(findings: &Findings, levels: &Levels, source: &Source, root: &Table) -> Option<Read> {
    let fields = Fields::new(findings, root, &format::CATALOG);
    // What stands under a misspelt header is read all the same: the mistake is told, and is one.
    let renamed = meant(root);
    let fields = renamed.as_ref().map_or(fields, |table| fields.of(table));
    let (types, named_types) = Types::read(findings, fields.table("type"));
    let context = Context {
        findings,
        reasons: Reasons::read(&fields),
        types,
        lints: Lints::new(findings, levels),
    };
    let api = api_of(&context, &fields);
    let envelope_table = fields.table("envelope");
    let envelope = envelope_of(&context, &fields, envelope_table);
    let statuses = statuses(&context, &fields);
    let columns = columns::read(&context, &fields);
    let docs_url = api.as_ref().and_then(|api| api.docs_url.as_deref());
    let on = errors::On {
        envelope: &envelope,
        envelope_table,
        docs_url,
        columns: &columns,
        statuses: &statuses,
    };
    let (categories, errors, places) = errors::read(&context, &fields, on);
    let rules = rules::read(&context, &fields, &errors);
    let notes = notes(findings, &fields);
    context.reasons.report_unused(findings);
    let catalog = Catalog {
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
    };
    // Only what is valid has bodies, and what is wrong, lints would only misread.
    if findings.errors() == 0 {
        lints::catalog(&context, &catalog, &places);
        told::check(findings, &catalog, &places);
    }
    Some(Read {
        catalog,
        places,
        source: findings.source(),
        good: findings.errors() == 0,
    })
}

/// The catalog's own table with the names of its headers mended, where some are misspelt.
fn meant(root: &Table) -> Option<Table> {
    let names: Vec<&str> = format::CATALOG.names().collect();
    let near = |key: &str| {
        let absent = names
            .iter()
            .copied()
            .filter(|name| root.get(name).is_none());
        let unknown = !names.contains(&key);
        unknown.then(|| suggest::nearest(key, absent)).flatten()
    };
    let misspelt = root.entries.iter().any(|entry| near(&entry.key).is_some());
    misspelt.then(|| root.renamed(|key| near(key).map(str::to_owned)))
}

fn api_of(context: &Context<'_>, fields: &Fields<'_>) -> Option<Api> {
    if fields.entry("api").is_none() {
        let finding = Finding::error(Rule::MissingKey, "a catalog says which API it is about")
            .at(context.findings.place(&(0..0)), "")
            .help("begin with [api], id = \"my-api\" and title = \"My API\"");
        context.findings.push(finding);
    }
    api::read(context, fields.table("api")?)
}

fn envelope_of(context: &Context<'_>, fields: &Fields<'_>, table: Option<&Table>) -> Envelope {
    if fields.entry("envelope").is_none() {
        let start = fields.value("api").map_or(0..0, |api| api.span.clone());
        let title = "a catalog says what an error body looks like";
        let finding = Finding::error(Rule::MissingKey, title)
            .at(context.findings.place(&start), "there is no [envelope] beside it")
            .help("add [envelope], code = \"/code\" and message = \"/message\", or wherever they stand; an empty [envelope] where bodies hold neither");
        context.findings.push(finding);
    }
    table
        .map(|table| envelope::read(context, table))
        .unwrap_or_default()
}

fn statuses(context: &Context<'_>, root: &Fields<'_>) -> Vec<StatusRow> {
    let findings = context.findings;
    let mut rows: Vec<StatusRow> = Vec::new();
    for entry in root
        .filled("status")
        .map_or(&[] as &[_], |table| &table.entries)
    {
        let number = (entry.key.len() == 3)
            .then(|| entry.key.parse().ok())
            .flatten();
        let Some(status) = number.filter(|status| (100..=599).contains(status)) else {
            let title = format!("`{}` is no HTTP status", entry.key);
            findings.report(
                Rule::BadStatus,
                &entry.key_span,
                title,
                "not from 100 to 599",
                "rows are named by one status each, such as 404",
            );
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
        let before = findings.errors();
        let fields = Fields::new(findings, table, &format::STATUS);
        let (allowed, _) = Allowed::read(findings, &fields);
        let row = StatusRow {
            status,
            name: fields.text("name"),
            meaning: fields.text("meaning"),
            retry: retry(findings, &fields),
            inferred: context.reasons.inferred(findings, &fields),
        };
        let name = fields
            .value("name")
            .map_or(&entry.key_span, |name| &name.span);
        if findings.errors() == before {
            context.lints.row(&allowed, &entry.key_span, name, &row);
            context.lints.unused(&allowed);
        }
        rows.push(row);
    }
    rows
}

fn retry(findings: &Findings, fields: &Fields<'_>) -> Option<Retry> {
    findings.word(&fields.text_at("retry")?, "retry advice", Retry::ALL)
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
