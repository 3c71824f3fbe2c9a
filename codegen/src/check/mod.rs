//! Checks files: from their trees to valid catalogs. Every rule of the format is here, and every finding
//! except those of TOML's own syntax.

mod did_you_mean;
mod findings;
mod table_reader;
mod forbidden_characters;
mod syntax;
mod rust_names;
mod ids;
mod type_graph;
mod types;
mod inferred;
mod allowed_lints;
mod error_spans;
mod lints;
mod context;
mod retry;
mod notes;
mod api;
mod envelope;
mod statuses;
mod columns;
mod messages;
mod examples;
mod error_reader;
mod codes;
mod details;
mod headers;
mod uniqueness;
mod references;
mod errors;
mod validation_rules;
mod round_trip;
mod checked_catalog;
mod catalog;
mod lock;
mod settings;

pub use did_you_mean::near;

use std::collections::HashMap;

use crate::check::catalog::check_one;
use crate::check::findings::Findings;
use crate::check::syntax::tree;
use crate::findings::{Finding, FindingCounts, Report, RuleId};
use crate::input::Input;
use crate::line_index::Location;
use crate::lock::Lock;
use crate::model::Catalog;
use crate::settings::Settings;
use crate::source::Source;
use crate::toml::{TomlKind, TomlTable};
use crate::util::parallel::{side_by_side, worth};

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
    let mut run = FindingCollection::new(unread);
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
    let mut ids: HashMap<String, Location> = HashMap::new();
    let mut catalogs = Vec::new();
    for (own, id, catalog) in read {
        if let Some((id, location)) = id {
            same_id(&own, &mut ids, id, location);
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
        let catalogs = lock::LockedCatalogs::new(&catalogs, complete);
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
        lock: locked.map(lock::LockWithSpans::into_lock),
    })
}

/// The settings of a project, as far as they can be understood.
pub(crate) fn settings(source: &Source) -> Settings {
    settings::read(&Findings::new(0), source, 0)
}

/// What has been found so far.
struct FindingCollection {
    findings: Vec<Finding>,
    unlisted: FindingCounts,
    refused: bool,
}

impl FindingCollection {
    fn new(unread: Vec<Finding>) -> Self {
        Self {
            refused: !unread.is_empty(),
            findings: unread,
            unlisted: FindingCounts::default(),
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

/// The id that a catalog says is its own, and where.
fn id(findings: &Findings, table: &TomlTable) -> Option<(String, Location)> {
    let id = table.get("api")?.value.as_table()?.get("id")?;
    let TomlKind::Text(text) = &id.value.kind else {
        return None;
    };
    Some((text.clone(), findings.location(&id.value.span)))
}

/// No two catalogs are of one id.
fn same_id(
    findings: &Findings,
    ids: &mut HashMap<String, Location>,
    id: String,
    location: Location,
) {
    if let Some(first) = ids.get(&id) {
        let finding = Finding::error(
            RuleId::DuplicateId,
            format!("two catalogs have the id `{id}`"),
        )
        .at(location, "the same id")
        .with(first.clone(), "first here")
        .help("modules and pages are named by id: give each catalog its own");
        findings.push(finding);
    } else {
        ids.insert(id, location);
    }
}
