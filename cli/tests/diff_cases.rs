//! Each kind of change that `cargo errbook diff` knows: a case of it, and its row in the guide.
//!
//! `diff/cases/KIND.txt` and `KIND.WHAT.txt` hold an old catalog, a new one, and what is told of them:
//! each change with the text that its places lead to. `SNAPSHOTS=overwrite` writes what is told.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use snapbox::cmd::{Command, cargo_bin};
use snapbox::{Assert, Data};

/// Between the parts of a case.
const PARTS: &str = "\n=====\n";

/// Between the catalogs of one side.
const CATALOGS: &str = "\n-----\n";

/// What a case begins with that does not say otherwise.
const SHOP: &str = r#"[api]
id = "shop"
title = "Shop API"

[envelope]
code = "/code"
message = "/message"

"#;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf()
}

/// The cases, each with the kind that it is about.
fn cases() -> Vec<(String, PathBuf)> {
    let folder = fs::read_dir(root().join("tests/diff/cases")).expect("it is a folder");
    let mut cases: Vec<(String, PathBuf)> = folder
        .map(|entry| {
            let path = entry.expect("it can be read").path();
            let name = path.file_name().expect("it has a name").to_string_lossy();
            let (kind, _) = name.split_once('.').expect("it is a text");
            (kind.to_owned(), path.clone())
        })
        .collect();
    cases.sort();
    cases
}

/// A side as it is written to a folder: what is to be named, a file or a folder of several.
fn write(folder: &Path, side: &str, catalogs: &str) -> String {
    let place = folder.join(side);
    fs::create_dir(&place).expect("it can be made");
    let catalogs: Vec<&str> = catalogs.split(CATALOGS).collect();
    for (index, catalog) in catalogs.iter().enumerate() {
        let start = if catalog.contains("[api]") { "" } else { SHOP };
        let file = place.join(format!("{index}.toml"));
        fs::write(file, format!("{start}{catalog}\n")).expect("it can be written");
    }
    match catalogs.len() {
        1 => format!("{side}/0.toml"),
        _ => side.to_owned(),
    }
}

fn diff(folder: &Path, old: &str, new: &str) -> Value {
    let run = Command::new(cargo_bin!("cargo-errbook"))
        .current_dir(folder)
        .args(["diff", "--format", "json", old, new])
        .output()
        .expect("it runs");
    let told = String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success(), "{told}");
    serde_json::from_slice(&run.stdout).expect("it is JSON")
}

/// What is told of a case: the document.
fn compare(old: &str, new: &str) -> (Value, tempfile::TempDir) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let several = [old, new].iter().any(|side| side.contains(CATALOGS));
    let [mut old, mut new] =
        [("old", old), ("new", new)].map(|(side, catalogs)| write(folder.path(), side, catalogs));
    if several {
        [old, new] = ["old".to_owned(), "new".to_owned()];
    }
    let told = diff(folder.path(), &old, &new);
    // Whatever it is, it can be said the other way round, and nothing is its own change.
    diff(folder.path(), &new, &old);
    for side in [&old, &new] {
        let same = diff(folder.path(), side, side);
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
            let file = fs::read_to_string(folder.join(text(&place["file"]))).expect("it is there");
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
fn each_case_is_told_as_it_says() {
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
    let schema = fs::read_to_string(root().join("schema/diff.schema.json"));
    let schema: Value = serde_json::from_str(&schema.expect("it is there")).expect("it is JSON");
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
