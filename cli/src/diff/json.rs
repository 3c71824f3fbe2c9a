//! What changed as a JSON document, which `cli/schema/diff.schema.json` describes.

use std::ops::Range;

use errbook_codegen::Position;
use serde::Serialize;

use crate::diff::Compared;
use crate::diff::change::{ApiChanges, Change, Counts, Keys, Shown};
use crate::diff::kind::{Breaks, Step};
use crate::diff::places::Places;
use crate::diff::side::Side;
use crate::json::Point;

/// The document.
pub(super) fn document(compared: &Compared<'_>) -> String {
    let Compared {
        old, new, counts, ..
    } = compared;
    let places = [Places::new(old), Places::new(new)];
    let changes = compared.changed().flat_map(|api| {
        let changes = api.changes.iter();
        changes.map(|change| told(compared, &places, api, change))
    });
    crate::json::document(&Document {
        version: 1,
        old: &old.name,
        new: &new.name,
        step: counts.step(),
        counts: Counted::new(counts),
        changes: changes.collect(),
    })
}

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    old: &'a str,
    new: &'a str,
    step: Option<Step>,
    counts: Counted,
    changes: Vec<Told<'a>>,
}

#[derive(Serialize)]
struct Counted {
    major: usize,
    minor: usize,
    patch: usize,
    callers: usize,
    servers: usize,
    source: usize,
}

impl Counted {
    fn new(counts: &Counts) -> Self {
        let Counts {
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
struct Told<'a> {
    kind: &'a str,
    step: Step,
    breaks: &'a [Breaks],
    reason: &'a str,
    api: &'a str,
    table: &'a str,
    name: Option<String>,
    title: String,
    old: Option<There<'a>>,
    new: Option<There<'a>>,
}

/// What is on one side.
#[derive(Serialize)]
struct There<'a> {
    value: Option<&'a str>,
    place: At<'a>,
}

#[derive(Serialize)]
struct At<'a> {
    file: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    start: Option<Point>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<Point>,
}

fn told<'a>(
    compared: &Compared<'a>,
    [old_places, new_places]: &[Places<'a>; 2],
    api: &ApiChanges<'a>,
    change: &'a Change,
) -> Told<'a> {
    let kind = change.kind;
    // What has no value on either side, such as an order, is on both.
    let neither = change.old.is_none() && change.new.is_none();
    let there = |side: &'a Side, places: &Places<'_>, index, value: Option<&'a Shown>, keys| {
        if value.is_none() && !neither {
            return None;
        }
        let range = places.of(index, keys);
        Some(There {
            value: value.map(Shown::as_str),
            place: at(side.sources[index].name(), range),
        })
    };
    let side =
        |catalog: Option<(usize, _)>, keys: &'a Option<Keys>| Some((catalog?.0, keys.as_ref()?));
    let old = side(api.old, &change.old_keys);
    let new = side(api.new, &change.new_keys);
    Told {
        kind: kind.name(),
        step: kind.step(),
        breaks: kind.breaks(),
        reason: kind.reason(),
        api: &api.catalog().api.id,
        table: change.subject.table(),
        name: change.subject.name(),
        title: change.title.to_string(),
        old: old.and_then(|(index, keys)| {
            there(compared.old, old_places, index, change.old.as_ref(), keys)
        }),
        new: new.and_then(|(index, keys)| {
            there(compared.new, new_places, index, change.new.as_ref(), keys)
        }),
    }
}

fn at(file: &str, range: Option<Range<Position>>) -> At<'_> {
    let (start, end) = range
        .map(|range| (range.start.into(), range.end.into()))
        .unzip();
    At { file, start, end }
}
