//! What is generated, compared whole with what is committed under `golden/`, and then compiled.
//!
//! After a change that is meant, `SNAPSHOTS=overwrite cargo test -p errbook-codegen --test goldens`
//! writes them anew; the difference is there to be read.

use std::path::{Path, PathBuf};

use errbook_codegen::{Files, Input, Source, generate};
use snapbox::{Data, assert_data_eq};

fn tests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}

fn sources() -> Vec<Source> {
    let folder = std::fs::read_dir(tests().join("catalogs")).expect("the folder can be read");
    let source = |file: std::io::Result<std::fs::DirEntry>| {
        let path = file.expect("the folder can be read").path();
        let name = path
            .file_name()
            .expect("a file has a name")
            .to_string_lossy();
        let text = std::fs::read_to_string(&path).expect("the catalog can be read");
        Source::new(format!("catalogs/{name}"), text)
    };
    folder.map(source).collect()
}

fn files(input: impl Into<Input>) -> Files {
    generate(input)
        .unwrap_or_else(|report| panic!("{report}"))
        .files
}

#[test]
fn golden_files_are_what_is_generated() {
    let files = files(Input::read(&tests(), Path::new("catalogs")));
    let golden = tests().join("golden");
    for (path, text) in files.iter() {
        assert_data_eq!(text, Data::read_from(&golden.join(path), None).raw());
    }
    let stale = files.stale(&golden).expect("the folder can be read");
    assert!(stale.is_fresh(), "{stale:?}");
}

#[test]
fn generated_rust_is_as_rustfmt_leaves_it() {
    let rust = tests().join("golden/rust");
    let files = std::fs::read_dir(rust).expect("the folder can be read");
    let mut command = std::process::Command::new("rustfmt");
    command.args(["--check", "--edition", "2024"]);
    command.args(files.map(|file| file.expect("the folder can be read").path()));
    let output = command.output().expect("rustfmt runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stdout)
    );
}

#[test]
fn output_depends_on_nothing_but_the_texts() {
    let sources = sources();
    let expected = files(Input::new(sources.clone()));

    let again = files(Input::read(&tests(), Path::new("catalogs")));
    assert_eq!(again, expected, "a second run");

    let reversed = Input::new(sources.iter().rev().cloned());
    assert_eq!(files(reversed), expected, "files listed in reverse");

    let dos = |source: &Source| {
        Source::new(
            source.name(),
            format!("\u{feff}{}", source.text().replace('\n', "\r\n")),
        )
    };
    let dos = Input::new(sources.iter().map(dos));
    assert_eq!(files(dos), expected, "CRLF and a byte order mark");
}
