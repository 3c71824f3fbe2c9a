//! The lock, as it is written and read again, and where it is looked for.

use std::path::Path;

use errbook_codegen::__private::{Checked, LOCK, Lock, check};
use errbook_codegen::{Input, Source};

use crate::support::{entries, read, write};

const HEAD: &str = "[api]\nid = \"shop\"\ntitle = \"Shop\"\n[envelope]\ncode = \"/code\"\n";

#[track_caller]
fn good(input: impl Into<Input>) -> Checked {
    check(input)
        .into_result()
        .unwrap_or_else(|report| panic!("{report}"))
}

/// The lock of a catalog is read as it was written, goes with the catalog, and has nothing to add.
#[track_caller]
fn check_catalog(text: &str) -> Lock {
    let source = Source::new("catalog.toml", text);
    let lock = Lock::default().updated(&good(source.clone()).catalogs);
    let input = Input::from(source).with_lock(Source::new(LOCK, lock.to_string()));
    let Checked {
        catalogs,
        lock: read,
        ..
    } = good(input);
    assert_eq!(read.as_ref(), Some(&lock), "{lock}");
    assert_eq!(lock.updated(&catalogs), lock);
    lock
}

#[test]
fn lock_of_each_catalog_is_read_back() {
    let mut checked = 0;
    for (_, file) in entries("tests/catalogs") {
        check_catalog(&read(file));
        checked += 1;
    }
    assert!(checked > 5, "{checked}");
}

#[test]
fn lock_with_hostile_texts_is_read_back() {
    // As TOML writes them.
    const HOSTILE: [&str; 9] = [
        r#"\"\\"#,
        r"a\nb\tc",
        "'''#,]}",
        " ",
        r"\u0301\u00A0",
        r"\U0001F600é",
        "[shop]",
        "<<<<<<< HEAD",
        "10001",
    ];
    let error = |(index, text): (usize, &&str)| {
        let meaning = if text.trim().is_empty() { "x" } else { text };
        format!(
            "[error.E{index}]\ncode = \"{text}\"\nstatus = 400\ndescription = \"{meaning}\"\nretired = \"1\"\n"
        )
    };
    let errors: String = HOSTILE.iter().enumerate().map(error).collect();
    let lock = check_catalog(&(HEAD.to_owned() + &errors));
    assert_eq!(lock.released().count(), HOSTILE.len());
}

#[test]
fn order_of_rows_is_stable_when_rows_are_added() {
    let order = |codes: &[&str]| -> Vec<String> {
        let error = |(index, code): (usize, &&str)| {
            format!("[error.E{index}]\ncode = {code}\nstatus = 400\ndescription = \"x\"\n")
        };
        let errors: String = codes.iter().enumerate().map(error).collect();
        let lock = check_catalog(&(HEAD.to_owned() + &errors));
        lock.released()
            .map(|(_, row)| row.code.text.clone())
            .collect()
    };
    let expected = ["-5", "2", "10", "100", "1000", "A", "B", "a"];
    let codes = [
        "\"a\"", "10", "\"B\"", "2", "\"1000\"", "\"A\"", "-5", "\"100\"",
    ];
    assert_eq!(
        order(&codes),
        ["-5", "2", "10", "100", "1000", "A", "B", "a"]
    );
    for left_out in 0..codes.len() {
        let mut fewer = codes.to_vec();
        let gone = fewer.remove(left_out).trim_matches('"');
        let expected = expected.iter().filter(|code| **code != gone);
        assert_eq!(order(&fewer), expected.copied().collect::<Vec<_>>());
    }
}

#[test]
fn lock_is_found_beside_the_catalogs() {
    #[track_caller]
    fn check(root: &Path, catalogs: impl AsRef<Path>, expected: Option<&str>) {
        let input = Input::read(root, catalogs.as_ref());
        assert_eq!(input.lock().map(Source::name), expected);
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    let root = folder.path();
    write(root, "catalog/shop.toml", HEAD);
    check(root, "catalog", None);
    check(root, "catalog/shop.toml", None);
    write(root, "catalog/errbook.lock", "");
    check(root, "catalog", Some("catalog/errbook.lock"));
    check(root, "./catalog/", Some("catalog/errbook.lock"));
    check(root, "catalog/shop.toml", Some("catalog/errbook.lock"));
    check(root, root.join("catalog"), Some("catalog/errbook.lock"));
    let elsewhere = root.join("elsewhere");
    check(
        &elsewhere,
        root.join("catalog"),
        Some("catalog/errbook.lock"),
    );
    check(
        &elsewhere,
        root.join("catalog/shop.toml"),
        Some("errbook.lock"),
    );
    check(&root.join("catalog"), "shop.toml", Some("errbook.lock"));
    check(&root.join("catalog"), ".", Some("errbook.lock"));
    let input = Input::read_project(root);
    assert!(input.lock().is_some());
    assert_eq!(good(input).lock, Some(Lock::default()));
    assert_eq!(good(Source::new("shop.toml", HEAD)).lock, None);
}
