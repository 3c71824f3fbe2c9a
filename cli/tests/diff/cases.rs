//! The cases of what can change: `cases/KIND.txt` and `cases/KIND.WHAT.txt`.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::support::{EMPTY_SHOP, errbook, write};

/// Between the parts of a case.
pub(crate) const PARTS: &str = "\n=====\n";

/// Between the catalogs of one side.
pub(crate) const CATALOGS: &str = "\n-----\n";

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf()
}

/// The cases, each with the kind that it is about.
pub(crate) fn cases() -> Vec<(String, PathBuf)> {
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

/// The catalog that a text of a case stands for: what does not begin one continues an empty one.
pub(crate) fn catalog(text: &str) -> String {
    let start = if text.contains("[api]") {
        ""
    } else {
        EMPTY_SHOP
    };
    let blank = if start.is_empty() { "" } else { "\n" };
    format!("{start}{blank}{text}\n")
}

/// Writes a side to a folder, and returns what names it: a file, or a folder of several.
pub(crate) fn write_side(folder: &Path, side: &str, catalogs: &str) -> String {
    let catalogs: Vec<&str> = catalogs.split(CATALOGS).collect();
    for (index, text) in catalogs.iter().enumerate() {
        write(folder, &format!("{side}/{index}.toml"), catalog(text));
    }
    match catalogs.len() {
        1 => format!("{side}/0.toml"),
        _ => side.to_owned(),
    }
}

pub(crate) fn diff(folder: impl AsRef<Path>, old: &str, new: &str) -> Value {
    let run = errbook(folder, &["diff", "--format", "json", old, new]);
    let run = run.output().expect("it runs");
    let told = String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success(), "{told}");
    serde_json::from_slice(&run.stdout).expect("it is JSON")
}
