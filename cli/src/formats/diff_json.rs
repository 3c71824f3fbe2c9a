//! Changes as a JSON document, described by `cli/schema/diff.schema.json`.

use serde::Serialize;

use crate::diff::Comparison;
use crate::diff::change::{ApiChanges, Change, ChangeValue, NEW, OLD};
use crate::diff::input::KeyPositions;
use crate::diff::kind::{Breaks, VersionBump};
use crate::diff::verdict::VerdictCounts;
use crate::formats::json::{self, LocationJson};

/// Returns the document.
pub(crate) fn document(comparison: &Comparison<'_>) -> String {
    let positions = comparison.sides.map(KeyPositions::new);
    let changes = comparison.changed().flat_map(|api| {
        let changes = api.changes.iter();
        changes.map(|change| change_json(comparison, &positions, api, change))
    });
    json::document(&DiffDocument {
        version: 1,
        old: &comparison.sides[OLD].name,
        new: &comparison.sides[NEW].name,
        step: comparison.counts.bump(),
        counts: comparison.counts,
        changes: changes.collect(),
    })
}

#[derive(Serialize)]
struct DiffDocument<'a> {
    version: u32,
    old: &'a str,
    new: &'a str,
    step: Option<VersionBump>,
    counts: VerdictCounts,
    changes: Vec<ChangeJson<'a>>,
}

#[derive(Serialize)]
struct ChangeJson<'a> {
    kind: &'a str,
    step: VersionBump,
    breaks: &'a [Breaks],
    reason: &'a str,
    api: &'a str,
    table: &'a str,
    name: Option<String>,
    title: String,
    old: Option<SideValueJson<'a>>,
    new: Option<SideValueJson<'a>>,
}

/// The value on one side, and its place.
#[derive(Serialize)]
struct SideValueJson<'a> {
    value: Option<&'a str>,
    place: LocationJson<'a>,
}

fn change_json<'a>(
    comparison: &'a Comparison<'a>,
    positions: &[KeyPositions<'a>; 2],
    api: &ApiChanges<'a>,
    change: &'a Change,
) -> ChangeJson<'a> {
    let kind = change.kind;
    // A change without values, such as an order, has a place on both sides.
    let has_values = change.values.iter().any(Option::is_some);
    let side = |side: usize| {
        let (index, _) = api.catalogs[side]?;
        let keys = change.keys[side].as_ref()?;
        let value = change.values[side].as_ref().map(ChangeValue::as_str);
        if has_values && value.is_none() {
            return None;
        }
        let range = positions[side].find(index, keys);
        let file = comparison.sides[side].sources[index].name();
        let place = LocationJson::new(file, range, "");
        Some(SideValueJson { value, place })
    };
    ChangeJson {
        kind: kind.name(),
        step: kind.bump(),
        breaks: kind.breaks(),
        reason: kind.reason(),
        api: &api.catalog().api.id,
        table: change.subject.table(),
        name: change.subject.name(),
        title: change.title.to_string(),
        old: side(OLD),
        new: side(NEW),
    }
}
