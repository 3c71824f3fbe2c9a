//! Changes as a JSON document, described by `cli/schema/diff.schema.json`.

use crate::diff::Comparison;
use crate::diff::change::{ApiChanges, Change, ChangeValue, NEW, OLD};
use crate::diff::input::KeyPositions;
use crate::formats::json::{self, Object, location, object};

/// Returns the document.
pub(crate) fn document(comparison: &Comparison<'_>) -> String {
    let positions = comparison.sides.map(KeyPositions::new);
    let changes = comparison.changed().flat_map(|api| {
        let changes = api.changes.iter();
        changes.map(|change| change_json(comparison, &positions, api, change))
    });
    json::document(&object! {
        "version": 1,
        "old": comparison.sides[OLD].name,
        "new": comparison.sides[NEW].name,
        "step": comparison.counts.bump(),
        "counts": comparison.counts,
        "changes": changes.collect::<Vec<_>>(),
    })
}

fn change_json(
    comparison: &Comparison<'_>,
    positions: &[KeyPositions<'_>; 2],
    api: &ApiChanges<'_>,
    change: &Change,
) -> Object {
    let kind = change.kind;
    // A change without values, such as an order, has a place on both sides.
    let has_values = change.values.iter().any(Option::is_some);
    // The value on one side, and its place.
    let side = |side: usize| {
        let (index, _) = api.catalogs[side]?;
        let keys = change.keys[side].as_ref()?;
        let value = change.values[side].as_ref().map(ChangeValue::as_str);
        if has_values && value.is_none() {
            return None;
        }
        let range = positions[side].find(index, keys);
        let file = comparison.sides[side].sources[index].name();
        Some(object! { "value": value, "place": location(file, range, "") })
    };
    object! {
        "kind": kind.name(),
        "step": kind.bump(),
        "breaks": kind.breaks(),
        "reason": kind.reason(),
        "api": api.catalog().api.id,
        "table": change.subject.table(),
        "name": change.subject.name(),
        "title": change.title.to_string(),
        "old": side(OLD),
        "new": side(NEW),
    }
}
