//! Wrong catalogs, and what is said about them: `findings/NAME.toml` and, beside it, `NAME.txt`.
//!
//! After a change that is meant, `SNAPSHOTS=overwrite cargo test -p errbook-codegen --test findings`
//! writes the texts anew; the difference is there to be read.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use errbook_codegen::{Report, Source, generate, read};
use snapbox::{Data, assert_data_eq};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/findings")
}

/// The names of the files with an ending, without it.
fn names(ending: &str) -> BTreeSet<String> {
    let files = fs::read_dir(folder()).expect("the folder can be read");
    let names = files.map(|file| {
        file.expect("the folder can be read")
            .file_name()
            .to_string_lossy()
            .into_owned()
    });
    names
        .filter_map(|name| Some(name.strip_suffix(ending)?.to_owned()))
        .collect()
}

#[test]
fn each_wrong_catalog_is_refused_with_these_words() {
    for name in names(".toml") {
        let file = format!("{name}.toml");
        let text = fs::read_to_string(folder().join(&file)).expect("the catalog can be read");
        let report = generate(&[Source::new(file, text)]).expect_err(&name);
        assert_data_eq!(
            report.to_string(),
            Data::read_from(&folder().join(format!("{name}.txt")), None).raw()
        );
        assert!(
            report
                .findings()
                .iter()
                .all(|finding| finding.place().is_some()),
            "{name}: a finding without a place"
        );
    }
    assert_eq!(names(".toml"), names(".txt"), "a text without its catalog");
}

#[test]
fn all_findings_of_all_catalogs_come_at_once_and_in_order() {
    let good = "[api]\nid = \"shop\"\ntitle = \"Shop\"\n[envelope]\n";
    let sources = [
        Source::new("c.toml", good),
        Source::new("b.toml", "[api]\nid = \"B\"\n[envelope]\n"),
        Source::new("a.toml", "[api\n"),
        Source::new("d.toml", good),
    ];
    let report = generate(&sources).expect_err("three are wrong");
    let places: Vec<&str> = report
        .findings()
        .iter()
        .map(|finding| place_name(&report, finding))
        .collect();
    assert_eq!(places, ["a.toml", "b.toml", "b.toml", "d.toml"], "{report}");
    let two_ids = &report.findings()[3];
    assert_eq!(two_ids.title(), "two catalogs have the id `shop`");
    assert_eq!(
        two_ids
            .other_places()
            .map(|place| report.source(place).name())
            .collect::<Vec<_>>(),
        ["c.toml"]
    );
}

fn place_name<'a>(report: &'a Report, finding: &'a errbook_codegen::Finding) -> &'a str {
    finding
        .place()
        .map(|place| report.source(place).name())
        .expect("it has a place")
}

#[test]
fn names_of_files_are_shown_on_one_line() {
    #[track_caller]
    fn check(name: &str, expected: &str) {
        assert_eq!(Source::new(name, "").name(), expected);
    }
    check("catalog\\shop.toml", "catalog/shop.toml");
    check("a\nb\u{1b}.toml", "a\u{fffd}b\u{fffd}.toml");
    // rustc takes none of these in a comment.
    check("a\u{202e}b\u{2066}.toml", "a\u{fffd}b\u{fffd}.toml");
}

#[test]
fn every_line_for_cargo_is_a_directive() {
    let report = generate(&[Source::new("a.toml", "[api\n")]).expect_err("it is no TOML");
    let lines = report.cargo_lines();
    assert!(lines.lines().count() > 3, "{lines}");
    assert!(
        lines.lines().all(|line| line.starts_with("cargo::error=")),
        "{lines}"
    );
}

#[test]
fn what_cannot_be_read_is_a_finding() {
    #[track_caller]
    fn check(root: &Path, path: &str, expected: &str) {
        let report = read(root, Path::new(path)).expect_err("nothing to read");
        assert!(report.to_string().starts_with(expected), "{report}");
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    let root = folder.path();
    check(root, "catalog", "error: `catalog` cannot be read: ");
    fs::create_dir(root.join("catalog")).expect("it can be written");
    fs::write(root.join("catalog/README.md"), "no catalog").expect("it can be written");
    check(root, "catalog", "error: no catalog in `catalog`\n");
    check(
        root,
        root.to_str().expect("the path is text"),
        "error: no catalog in `",
    );
    fs::write(root.join("catalog/a.toml"), b"[api]\nid = \"\xff\"\n").expect("it can be written");
    check(
        root,
        "catalog",
        "error: a catalog is UTF-8, and this file is not\n --> catalog/a.toml:2:7\n",
    );
    fs::create_dir(root.join("catalog/folder.toml")).expect("it can be written");
    fs::write(root.join("catalog/.hidden.toml"), "").expect("it can be written");
    fs::write(root.join("catalog/a.toml"), "").expect("it can be written");
    let sources = read(root, Path::new("catalog")).expect("one catalog");
    assert_eq!(
        sources.iter().map(Source::name).collect::<Vec<_>>(),
        ["catalog/a.toml"]
    );
    let single = read(root, Path::new("./catalog/a.toml")).expect("one catalog");
    assert_eq!(single[0].name(), "catalog/a.toml");
}
