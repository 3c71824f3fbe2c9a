//! The cases of what can change: `cases/KIND.txt` and `cases/KIND.WHAT.txt`.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use snapbox::cmd::{Command, cargo_bin};

/// Between the parts of a case.
pub(crate) const PARTS: &str = "\n=====\n";

/// Between the catalogs of one side.
pub(crate) const CATALOGS: &str = "\n-----\n";

/// What a case begins with that does not say otherwise.
pub(crate) const SHOP: &str = r#"[api]
id = "shop"
title = "Shop API"

[envelope]
code = "/code"
message = "/message"

"#;

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

/// A side as it is written to a folder: what is to be named, a file or a folder of several.
pub(crate) fn write(folder: &Path, side: &str, catalogs: &str) -> String {
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

pub(crate) fn diff(folder: &Path, old: &str, new: &str) -> Value {
    let run = Command::new(cargo_bin!("cargo-errbook"))
        .current_dir(folder)
        .args(["diff", "--format", "json", old, new])
        .output()
        .expect("it runs");
    let told = String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success(), "{told}");
    serde_json::from_slice(&run.stdout).expect("it is JSON")
}
