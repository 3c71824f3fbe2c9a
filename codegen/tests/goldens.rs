//! What is generated, compared whole with what is committed under `golden/`, and then compiled.
//!
//! After a change that is meant, `SNAPSHOTS=overwrite cargo test -p errbook-codegen --test codegen goldens`
//! writes them anew; the difference is there to be read.

use std::fmt::Write;
use std::path::Path;

use errbook_codegen::{Files, Input, Source};
use snapbox::{Data, assert_data_eq};

use crate::support::{entries, generated, path, read};

/// The catalogs, as they are on disk.
fn catalogs() -> Input {
    Input::read(&path("tests"), Path::new("catalogs"))
}

fn sources() -> Vec<Source> {
    entries("tests/catalogs")
        .map(|(name, file)| Source::new(format!("catalogs/{name}"), read(file)))
        .collect()
}

fn files(input: impl Into<Input>) -> Files {
    generated(input).files
}

#[test]
fn generated_files_equal_the_golden_files() {
    let files = files(catalogs());
    let golden = path("tests/golden");
    for (output, path, text) in files.iter() {
        let file = golden.join(output.name()).join(path);
        assert_data_eq!(text, Data::read_from(&file, None).raw());
    }
    let stale = files.stale(&golden).expect("the folder can be read");
    assert!(stale.is_fresh(), "{stale:?}");
}

#[test]
fn generated_rust_is_formatted() {
    is_formatted(&path("tests/golden/rust"));
}

/// rustfmt breaks lines of more than 100 columns: of each width around that, there is a line.
#[test]
fn lines_of_any_width_are_formatted() {
    let mut catalog =
        "[api]\nid = \"wide\"\ntitle = \"Wide\"\n[envelope]\ncode = \"/code\"\n".to_owned();
    for width in 0..60 {
        let (letters, note) = ("a".repeat(width), "寸".repeat(width / 2));
        let _ = write!(
            catalog,
            "[error.ASCII_{width}]\ndescription = \"a\"\n\
             deprecated = {{ note = \"{letters}, and forty columns before its end\" }}\n\
             [error.WIDE_{width}]\ndescription = \"a\"\n\
             deprecated = {{ note = \"{note}, and forty columns before its end\" }}\n"
        );
    }
    let words: Vec<String> = (0..60).map(|width| "b".repeat(10 + width)).collect();
    let _ = write!(
        catalog,
        "[column.words]\noptional = true\ntype = {words:?}\n"
    );
    for width in 0..60 {
        let letters = "a".repeat(width);
        let _ = write!(catalog, "[column.{letters}b]\ntype = \"[[{{string}}]]?\"\n");
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    let output = generated(Source::new("wide.toml", catalog));
    let written = output.files.write_to(folder.path());
    written.expect("it can be written");
    is_formatted(&folder.path().join("rust"));
}

/// Runs rustfmt on each file of a folder by itself.
#[track_caller]
fn is_formatted(folder: &Path) {
    let mut command = std::process::Command::new("rustfmt");
    command.args(["--check", "--edition", "2024"]);
    for (_, file) in entries(folder) {
        if file.is_dir() {
            is_formatted(&file);
        } else {
            command.arg(file);
        }
    }
    let output = command.output().expect("rustfmt runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stdout)
    );
}

#[test]
fn output_depends_only_on_the_texts() {
    let sources = sources();
    let expected = files(Input::new(sources.clone()));

    let again = files(catalogs());
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
