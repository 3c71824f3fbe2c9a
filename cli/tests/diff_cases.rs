//! Each kind of change that `cargo errbook diff` knows: a case of it, and its row in the guide.
//!
//! `diff/cases/KIND.txt` and `KIND.WHAT.txt` hold an old catalog, a new one, and what is told of them:
//! each change with the text that its places lead to. `SNAPSHOTS=overwrite` writes what is told.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::Path;

use serde_json::Value;
use snapbox::{Assert, Data};

use crate::diff::cases::{CATALOGS, PARTS, cases, diff, root, write_side};
use crate::support::{empty_folder, read};

/// What is told of a case: the document.
fn compare(old: &str, new: &str) -> (Value, tempfile::TempDir) {
    let folder = empty_folder();
    let several = [old, new].iter().any(|side| side.contains(CATALOGS));
    let [mut old, mut new] =
        [("old", old), ("new", new)].map(|(side, text)| write_side(folder.path(), side, text));
    if several {
        [old, new] = ["old".to_owned(), "new".to_owned()];
    }
    let told = diff(&folder, &old, &new);
    // Whatever it is, it can be said the other way round, and nothing is its own change.
    diff(&folder, &new, &old);
    for side in [&old, &new] {
        let same = diff(&folder, side, side);
        assert_eq!(same["changes"], serde_json::json!([]), "{side}");
        assert_eq!(same["step"], Value::Null);
    }
    (told, folder)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or("-")
}

fn breaks(change: &Value) -> String {
    let breaks = change["breaks"].as_array().expect("it is a list");
    let breaks: Vec<&str> = breaks.iter().map(text).collect();
    breaks.join(", ")
}

/// The changes, each with what is at its places.
fn shown(told: &Value, folder: &Path) -> String {
    let mut shown = String::new();
    for change in told["changes"].as_array().expect("it is a list") {
        let breaks = match breaks(change) {
            none if none.is_empty() => none,
            breaks => format!(", breaks {breaks}"),
        };
        let line = writeln!(
            shown,
            "{}: {}{breaks}\n  {} {}: {}",
            text(&change["kind"]),
            text(&change["step"]),
            text(&change["table"]),
            text(&change["name"]),
            text(&change["title"]),
        );
        line.expect("a text takes everything");
        for side in ["old", "new"] {
            let there = &change[side];
            if there.is_null() {
                continue;
            }
            let place = &there["place"];
            let file = read(folder, text(&place["file"]));
            let at = |end: &str| {
                place[end]["byte"]
                    .as_u64()
                    .and_then(|at| usize::try_from(at).ok())
            };
            let here = at("start")
                .zip(at("end"))
                .map(|(start, end)| &file[start..end]);
            let here = here.unwrap_or("the file");
            writeln!(shown, "  {side}: {} << {here}", text(&there["value"])).expect("as before");
        }
    }
    shown
}

#[test]
fn each_case_has_its_expected_changes() {
    for (kind, path) in cases() {
        let case = fs::read_to_string(&path).expect("it can be read");
        let parts: Vec<&str> = case.splitn(3, PARTS).collect();
        let [old, new, _] = parts.as_slice() else {
            panic!("{}: not three parts", path.display());
        };
        let (told, folder) = compare(old, new);
        let kinds: Vec<&str> = told["changes"]
            .as_array()
            .expect("it is a list")
            .iter()
            .map(|change| text(&change["kind"]))
            .collect();
        assert!(
            kinds.contains(&kind.as_str()),
            "{}: {kinds:?}",
            path.display()
        );
        let worked = [old, new, shown(&told, folder.path()).as_str()].join(PARTS);
        Assert::new()
            .action_env("SNAPSHOTS")
            .eq(worked, Data::read_from(&path, None).raw());
    }
}

/// The kinds as the schema lists them.
fn kinds() -> Vec<String> {
    let schema = read(root(), "schema/diff.schema.json");
    let schema: Value = serde_json::from_str(&schema).expect("it is JSON");
    let kinds = schema["definitions"]["kind"]["enum"].as_array();
    let kinds = kinds.expect("it lists them").iter().map(text);
    kinds.map(str::to_owned).collect()
}

/// The guide's table and the cases have each kind, with the verdict and the reason that are told.
#[test]
fn each_kind_has_a_case_and_a_row_in_the_guide() {
    let kinds = kinds();
    let with_a_case: BTreeSet<String> = cases().into_iter().map(|(kind, _)| kind).collect();
    let all: BTreeSet<String> = kinds.iter().cloned().collect();
    assert_eq!(with_a_case, all, "a case for each kind, and no other");
    let mut rows: BTreeMap<String, String> = BTreeMap::new();
    for (_, path) in cases() {
        let case = fs::read_to_string(&path).expect("it can be read");
        let mut parts = case.splitn(3, PARTS);
        let mut part = || parts.next().expect("there are three");
        let (told, _folder) = compare(part(), part());
        for change in told["changes"].as_array().expect("it is a list") {
            let verdict = match breaks(change) {
                none if none.is_empty() => text(&change["step"]).to_owned(),
                breaks => format!("major: {breaks}"),
            };
            let kind = text(&change["kind"]);
            let row = format!("| `{kind}` | {verdict} | {} |\n", text(&change["reason"]));
            rows.insert(kind.to_owned(), row);
        }
    }
    let expected: String = kinds
        .iter()
        .filter_map(|kind| rows.get(kind))
        .cloned()
        .collect();
    let guide = root().join("../docs/guide/diff.md");
    let page = fs::read_to_string(&guide).expect("there is a guide");
    let head = "| kind | verdict | why |\n| --- | --- | --- |\n";
    let (before, table) = page.split_once(head).expect("it has the table");
    let (_, after) = table.split_once("\n\n").expect("something follows it");
    let worked = format!("{before}{head}{expected}\n{after}");
    Assert::new()
        .action_env("SNAPSHOTS")
        .eq(worked, Data::read_from(&guide, None).raw());
}
