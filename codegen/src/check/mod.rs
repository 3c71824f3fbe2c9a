//! Checks files: from their trees to valid catalogs. Every rule of the format is here, and every finding
//! except those of TOML's own syntax.

mod did_you_mean;
mod findings;
mod table_reader;
mod syntax;
mod rust_names;
mod ids;
mod type_graph;
mod types;
mod reasons;
mod context;
mod lints;
mod api;
mod envelope;
mod statuses;
mod columns;
mod messages;
mod examples;
mod codes;
mod details;
mod uniqueness;
mod references;
mod rules_and_notes;
mod errors;
mod round_trip;
mod catalog;
mod lock;
mod settings;

pub use did_you_mean::near;

use std::collections::HashMap;

use crate::check::catalog::{CheckedCatalog, check_one};
use crate::check::findings::Findings;
use crate::check::syntax::tree;
use crate::findings::{Finding, FindingCounts, Report, RuleId};
use crate::input::Input;
use crate::line_index::Location;
use crate::lock::Lock;
use crate::model::Catalog;
use crate::settings::{Levels, Settings};
use crate::source::Source;
use crate::toml::{TomlKind, TomlTable};
use crate::util::parallel::{side_by_side, worth};

/// What [`check()`] returns: the valid catalogs, and every finding.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Checked {
    /// The catalogs that keep every rule, in the order of their sources.
    pub catalogs: Vec<Catalog>,
    /// The names of the other sources of catalogs.
    pub left_out: Vec<String>,
    /// Every finding, in the order of the texts.
    pub report: Report,
    /// The settings of the project, as far as they can be understood.
    pub settings: Settings,
    /// The lock, if there is one and it can be understood.
    pub lock: Option<Lock>,
}

impl Checked {
    /// Whether a finding is an error. Then nothing is generated, whichever catalogs are valid.
    pub fn is_refused(&self) -> bool {
        self.report.has_errors()
    }

    /// Everything that was checked, with a report of warnings only.
    ///
    /// # Errors
    ///
    /// The report, if a finding is an error.
    pub fn into_result(self) -> Result<Self, Report> {
        if self.is_refused() {
            Err(self.report)
        } else {
            Ok(self)
        }
    }
}

/// Checks each catalog, that the catalogs go together, the settings and the lock.
pub fn check(input: impl Into<Input>) -> Checked {
    let Input {
        catalogs: mut sources,
        settings,
        lock,
        alone,
        unread: mut list,
        nothing_there,
    } = input.into();
    let settings_at = sources.len();
    list.extend(nothing_there.map(|finding| match &settings {
        Some(settings) => settings::pointed_at(finding, settings, settings_at),
        None => finding,
    }));
    let all_read = list.is_empty();
    let of_settings = Findings::new(settings_at);
    let project = settings
        .as_ref()
        .map(|source| settings::read(&of_settings, source, settings_at))
        .unwrap_or_default();
    let mut collected = vec![of_settings];
    let mut catalogs = Vec::new();
    let mut ids: HashMap<String, Location> = HashMap::new();
    let mut left_out = Vec::new();
    for (source, one) in sources.iter().zip(check_each(&sources, &project.levels)) {
        if let Some((id, location)) = one.id {
            same_id(&one.findings, &mut ids, id, location);
        }
        if !one.catalog.as_ref().is_some_and(|catalog| catalog.good) {
            left_out.push(source.name().to_owned());
        }
        catalogs.extend(one.catalog);
        collected.push(one.findings);
    }
    let complete = all_read && !alone && catalogs.len() == sources.len();
    sources.extend(settings);
    let of_lock = Findings::new(sources.len());
    let locked = lock.as_ref();
    let locked = locked.and_then(|lock| lock::read(&of_lock, lock, sources.len()));
    if let Some(locked) = &locked {
        let catalogs = lock::LockedCatalogs::new(&catalogs, complete);
        lock::compare(&of_lock, locked, &catalogs);
    }
    collected.push(of_lock);
    sources.extend(lock);
    let mut unlisted = FindingCounts::default();
    for own in collected {
        let (own, more) = own.into_list();
        list.extend(own);
        unlisted.errors += more.errors;
        unlisted.warnings += more.warnings;
    }
    let good = catalogs.into_iter().filter(|catalog| catalog.good);
    Checked {
        catalogs: good.map(|good| good.catalog).collect(),
        left_out,
        report: Report::new(sources, list, unlisted),
        settings: project,
        lock: locked.map(lock::LockWithSpans::into_lock),
    }
}

/// What the check of one catalog by itself finds.
struct CatalogCheck {
    findings: Findings,
    id: Option<(String, Location)>,
    catalog: Option<CheckedCatalog>,
}

/// Checks each catalog by itself, several at a time.
fn check_each(sources: &[Source], levels: &Levels) -> Vec<CatalogCheck> {
    let numbered: Vec<(usize, &Source)> = sources.iter().enumerate().collect();
    let bytes = sources.iter().map(|source| source.text().len()).sum();
    side_by_side(worth(bytes, 256 << 10), &numbered, |(index, source)| {
        let findings = Findings::new(*index);
        let table = tree(&findings, source, *index);
        let id = table.as_ref().and_then(|table| id(&findings, table));
        let catalog = table.and_then(|table| check_one(&findings, levels, source, &table));
        CatalogCheck {
            findings,
            id,
            catalog,
        }
    })
}

/// The settings of a project, as far as they can be understood.
pub(crate) fn settings(source: &Source) -> Settings {
    settings::read(&Findings::new(0), source, 0)
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
        let title = format!("two catalogs have the id `{id}`");
        let finding = Finding::error(RuleId::DuplicateId, title)
            .at(location, "the same id")
            .with(first.clone(), "first here")
            .help("modules and pages are named by id: give each catalog its own");
        findings.push(finding);
    } else {
        ids.insert(id, location);
    }
}
