//! Checks one catalog, table by table.

use std::cell::Cell;

use crate::check::context::{Context, ErrorReader, ErrorSpans};
use crate::check::did_you_mean;
use crate::check::findings::Findings;
use crate::check::reasons::Reasons;
use crate::check::rules_and_notes::{notes, rules};
use crate::check::table_reader::{ColumnKeys, TableReader};
use crate::check::types::NamedTypes;
use crate::check::{api, columns, envelope, errors, lints, round_trip, statuses};
use crate::findings::{Finding, RuleId};
use crate::keys;
use crate::line_index::Location;
use crate::model::{Api, Catalog, Envelope};
use crate::settings::Levels;
use crate::source::Source;
use crate::toml::TomlTable;

/// A catalog, as far as it could be read, with what later checks need to know about it.
pub(super) struct CheckedCatalog {
    pub(super) catalog: Catalog,
    /// The spans of its errors, in their order.
    pub(super) spans: Vec<ErrorSpans>,
    /// The index of its source.
    pub(super) source: usize,
    /// Whether it keeps every rule.
    pub(super) good: bool,
}

impl CheckedCatalog {
    /// The location of the code of an error.
    pub(super) fn code_location(&self, error: usize) -> Location {
        Location::new(self.source, self.spans[error].code.clone())
    }
}

/// The catalog, as far as it could be read: whoever asks looks at the findings first.
pub(super) fn check_one(
    findings: &Findings,
    levels: &Levels,
    source: &Source,
    root: &TomlTable,
) -> Option<CheckedCatalog> {
    let fields = TableReader::new(findings, root, &keys::CATALOG_TABLE);
    // What stands under a misspelt header is read all the same: the mistake is told, and is one.
    let renamed = meant(root);
    let fields = renamed.as_ref().map_or(fields, |table| fields.of(table));
    let (types, named_types) = NamedTypes::read(findings, fields.entries(&keys::root::TYPE));
    let context = Context {
        text: source.text(),
        findings,
        reasons: Reasons::read(&fields),
        types,
        levels,
    };
    let api = api_of(&context, &fields);
    let envelope_table = fields.table(&keys::root::ENVELOPE);
    let envelope = envelope_of(&context, &fields, envelope_table);
    let statuses = statuses::rows(&context, &fields);
    let columns = columns::read(&context, &fields);
    let reader = ErrorReader {
        context: &context,
        findings,
        envelope: &envelope,
        envelope_table,
        docs_url: api.as_ref().and_then(|api| api.docs_url.as_deref()),
        columns: &columns,
        column_keys: ColumnKeys::new(columns::keys(&fields)),
        column_names: columns::names(&columns),
        statuses: &statuses,
        untyped: Cell::new(false),
    };
    let (categories, errors, spans) = errors::read(&reader, &fields);
    let rules = rules(&fields, &errors);
    let notes = notes(&context, &fields, &keys::root::NOTE);
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
        lints::catalog(&context, &catalog, &spans);
        round_trip::check(findings, &catalog, &spans);
    }
    Some(CheckedCatalog {
        catalog,
        spans,
        source: findings.source(),
        good: findings.errors() == 0,
    })
}

/// The catalog's own table with the names of its headers mended, where some are misspelt.
fn meant(root: &TomlTable) -> Option<TomlTable> {
    let names: Vec<&str> = keys::CATALOG_TABLE.names().collect();
    let near = |key: &str| {
        if names.contains(&key) {
            return None;
        }
        let names = names.iter().copied();
        let near = did_you_mean::near(key, names.filter(|name| root.get(name).is_none()));
        near.into_iter().next()
    };
    let misspelt = root.entries.iter().any(|entry| near(&entry.key).is_some());
    misspelt.then(|| root.renamed(|key| near(key).map(str::to_owned)))
}

fn api_of(context: &Context<'_>, fields: &TableReader<'_>) -> Option<Api> {
    if fields.entry(&keys::root::API).is_none() {
        let finding = Finding::error(RuleId::MissingKey, "a catalog says which API it is about")
            .at(context.findings.location(&(0..0)), "")
            .help("begin with [api], id = \"my-api\" and title = \"My API\"");
        context.findings.push(finding);
    }
    api::read(context, fields.table(&keys::root::API)?)
}

fn envelope_of(
    context: &Context<'_>,
    fields: &TableReader<'_>,
    table: Option<&TomlTable>,
) -> Envelope {
    if fields.entry(&keys::root::ENVELOPE).is_none() {
        let start = fields
            .value(&keys::root::API)
            .map_or(0..0, |api| api.span.clone());
        let title = "a catalog says what an error body looks like";
        let finding = Finding::error(RuleId::MissingKey, title)
            .at(context.findings.location(&start), "there is no [envelope] beside it")
            .help("add [envelope], code = \"/code\" and message = \"/message\", or wherever they stand; an empty [envelope] where bodies hold neither");
        context.findings.push(finding);
    }
    table
        .map(|table| envelope::read(context, table))
        .unwrap_or_default()
}
