//! What holds for any text that is taken for a catalog.

use std::collections::BTreeSet;

use errbook_codegen::__private::{Checked, LOCK, Lock};
use errbook_codegen::{Files, Input, Output, OutputKind, Report, Severity, Source, generate};

use crate::page;

/// Generates from a text, twice, and checks what comes of it: findings, or files.
///
/// # Panics
///
/// Where something does not hold.
pub fn check(text: &str) {
    let sources = [Source::new("catalog/fuzz.toml", text)];
    match (generate(&sources), generate(&sources)) {
        (Ok(output), Ok(again)) => {
            assert_eq!(output.files, again.files, "another output");
            check_shown_well(&output.warnings);
            check_output(&output);
            check_lock(&sources[0], &Lock::default().updated(&output.catalogs));
        }
        (Err(report), Err(again)) => {
            assert_eq!(report.findings(), again.findings(), "other findings");
            check_report(&report);
        }
        (first, _) => panic!("accepted at first: {}, and then not", first.is_ok()),
    }
}

/// Takes a text for a lock, of a catalog that is good.
///
/// # Panics
///
/// Where something does not hold.
pub fn check_as_lock(text: &str) {
    const GOOD: &str = "[api]\nid = \"shop\"\ntitle = \"Shop\"\n[envelope]\ncode = \"/code\"\n[error.A]\nstatus = 400\ndescription = \"x\"\n";
    let good = Source::new("catalog/shop.toml", GOOD);
    let input = Input::from(good.clone()).with_lock(Source::new(LOCK, text));
    match errbook_codegen::__private::check(input).into_result() {
        Ok(Checked { catalogs, lock, .. }) => {
            let lock = lock.expect("there is one").updated(&catalogs);
            check_lock(&good, &lock);
        }
        Err(report) => check_report(&report),
    }
}

/// A lock that is up to date is read as it was written, goes with its catalog, and has nothing to add.
fn check_lock(catalog: &Source, lock: &Lock) {
    let input = Input::from(catalog.clone()).with_lock(Source::new(LOCK, lock.to_string()));
    let checked = errbook_codegen::__private::check(input);
    let Checked {
        catalogs,
        lock: read,
        ..
    } = checked
        .into_result()
        .unwrap_or_else(|report| panic!("{report}\n{lock}"));
    assert_eq!(read.as_ref(), Some(lock), "{lock}");
    assert_eq!(lock.updated(&catalogs), *lock);
}

/// A catalog is refused for a reason. Findings have a place, and are shown without anything that would change how the rest is shown.
fn check_report(report: &Report) {
    let errors = report.count(Severity::Error);
    assert!(errors > 0, "refused without an error");
    check_shown_well(report);
}

fn check_shown_well(report: &Report) {
    for finding in report.findings() {
        let place = finding.location().expect("a finding in a text has a place");
        let others = finding.other_locations().map(|(place, _)| place);
        for place in others.chain([place]) {
            let text = report.source(place).text();
            assert!(
                text.get(place.span.clone()).is_some(),
                "{:?} is no part of the text: {finding:?}",
                place.span
            );
        }
        assert!(!finding.title().is_empty(), "{finding:?}");
    }
    let plain = report.to_string();
    check_shown(&plain, &['\n']);
    // Colours are sequences that begin with an escape.
    let colours = ['\n', '\u{1b}'];
    check_shown(&report.styled(), &colours);
    let lines = report.cargo_lines();
    check_shown(&lines, &colours);
    for line in lines.lines() {
        assert!(line.starts_with("cargo::"), "{line:?} is no directive");
    }
}

/// No control character but these, and none that changes the direction of text.
#[track_caller]
fn check_shown(text: &str, allowed: &[char]) {
    let hidden = text
        .chars()
        .find(|char| page::is_hidden(*char) && !allowed.contains(char));
    assert_eq!(hidden, None, "in {text:?}");
}

fn check_output(output: &Output) {
    check_paths(&output.files);
    for (kind, path, text) in output.files.iter() {
        match kind {
            OutputKind::Rust => check_rust(path, text),
            OutputKind::Docs => page::check(text, &output.catalogs),
            OutputKind::Fixtures => {
                let json = serde_json::from_str::<serde_json::Value>(text);
                assert!(json.is_ok(), "{path} is no JSON: {json:?}\n{text}");
            }
            OutputKind::Schema => {}
            other => panic!("there is no check of {}", other.name()),
        }
    }
}

/// It is Rust, and holds nothing for which rustc refuses it nevertheless.
fn check_rust(path: &str, text: &str) {
    if let Err(error) = syn::parse_file(text) {
        panic!("{path} is no Rust: {error}\n{text}");
    }
    let hidden = text
        .chars()
        .find(|char| page::is_hidden(*char) && *char != '\n');
    assert_eq!(hidden, None, "in {path}: {text:?}");
}

/// Names of files that every system takes, and takes for different ones.
fn check_paths(files: &Files) {
    let mut seen = BTreeSet::new();
    for (output, path, _) in files.iter() {
        assert!(
            seen.insert((output, path.to_lowercase())),
            "{path} is there in another case"
        );
        for part in path.split('/') {
            let forbidden = |char: char| {
                char.is_control() || matches!(char, '\\' | ':' | '<' | '>' | '"' | '|' | '?' | '*')
            };
            let bad = part.is_empty()
                || part.starts_with('.')
                || part.ends_with(['.', ' '])
                || part.contains(forbidden)
                || is_device(part);
            assert!(!bad, "{path:?} is no good path");
        }
    }
}

/// Whether Windows keeps the name for a device, whatever its ending.
fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().to_lowercase();
    let numbered = |device: &str| {
        stem.strip_prefix(device)
            .is_some_and(|rest| rest.len() == 1 && rest.bytes().all(|byte| byte.is_ascii_digit()))
    };
    ["aux", "con", "nul", "prn"].contains(&stem.as_str()) || numbered("com") || numbered("lpt")
}
