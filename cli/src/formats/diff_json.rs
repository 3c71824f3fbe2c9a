//! Changes as a JSON document, described by `cli/schema/diff.schema.json`.

use std::ops::Range;

use errbook_codegen::Position;
use serde::Serialize;

use crate::diff::Comparison;
use crate::diff::change::{ApiChanges, Change, ChangeValue, Keys};
use crate::diff::input::DiffSide;
use crate::diff::kind::{Breaks, VersionBump};
use crate::diff::positions::KeyPositions;
use crate::diff::verdict::VerdictCounts;
use crate::formats::json::{self, PositionJson};

/// Returns the document.
pub(crate) fn document(comparison: &Comparison<'_>) -> String {
    let Comparison {
        old, new, counts, ..
    } = comparison;
    let positions = [*old, *new].map(KeyPositions::new);
    let changes = comparison.changed().flat_map(|api| {
        let changes = api.changes.iter();
        changes.map(|change| change_json(comparison, &positions, api, change))
    });
    json::document(&DiffDocument {
        version: 1,
        old: &old.name,
        new: &new.name,
        step: counts.bump(),
        counts: CountsJson::new(counts),
        changes: changes.collect(),
    })
}

#[derive(Serialize)]
struct DiffDocument<'a> {
    version: u32,
    old: &'a str,
    new: &'a str,
    step: Option<VersionBump>,
    counts: CountsJson,
    changes: Vec<ChangeJson<'a>>,
}

#[derive(Serialize)]
struct CountsJson {
    major: usize,
    minor: usize,
    patch: usize,
    callers: usize,
    servers: usize,
    source: usize,
}

impl CountsJson {
    fn new(counts: &VerdictCounts) -> Self {
        let VerdictCounts {
            major,
            minor,
            patch,
            breaks: [callers, servers, source],
        } = *counts;
        Self {
            major,
            minor,
            patch,
            callers,
            servers,
            source,
        }
    }
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
    place: SourceLocationJson<'a>,
}

#[derive(Serialize)]
struct SourceLocationJson<'a> {
    file: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    start: Option<PositionJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<PositionJson>,
}

fn change_json<'a>(
    comparison: &Comparison<'a>,
    [old_positions, new_positions]: &[KeyPositions<'a>; 2],
    api: &ApiChanges<'a>,
    change: &'a Change,
) -> ChangeJson<'a> {
    let kind = change.kind;
    // A change without values, such as an order, has a place on both sides.
    let neither = change.old.is_none() && change.new.is_none();
    let there = |side: &'a DiffSide,
                 positions: &KeyPositions<'_>,
                 index,
                 value: Option<&'a ChangeValue>,
                 keys| {
        if value.is_none() && !neither {
            return None;
        }
        let range = positions.find(index, keys);
        Some(SideValueJson {
            value: value.map(ChangeValue::as_str),
            place: location(side.sources[index].name(), range),
        })
    };
    let side =
        |catalog: Option<(usize, _)>, keys: &'a Option<Keys>| Some((catalog?.0, keys.as_ref()?));
    let old = side(api.old, &change.old_keys);
    let new = side(api.new, &change.new_keys);
    ChangeJson {
        kind: kind.name(),
        step: kind.bump(),
        breaks: kind.breaks(),
        reason: kind.reason(),
        api: &api.catalog().api.id,
        table: change.subject.table(),
        name: change.subject.name(),
        title: change.title.to_string(),
        old: old.and_then(|(index, keys)| {
            there(
                comparison.old,
                old_positions,
                index,
                change.old.as_ref(),
                keys,
            )
        }),
        new: new.and_then(|(index, keys)| {
            there(
                comparison.new,
                new_positions,
                index,
                change.new.as_ref(),
                keys,
            )
        }),
    }
}

fn location(file: &str, range: Option<Range<Position>>) -> SourceLocationJson<'_> {
    let (start, end) = range
        .map(|range| (range.start.into(), range.end.into()))
        .unzip();
    SourceLocationJson { file, start, end }
}
