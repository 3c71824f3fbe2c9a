//! Writing to disk, and saying what is stale.

use std::fs;
use std::path::Path;

use errbook_codegen::{Files, Source, generate};
use tempfile::TempDir;

fn files(error: &str) -> Files {
    let text = format!(
        "[api]\nid = \"shop\"\ntitle = \"Shop\"\n[envelope]\ncode = \"/code\"\n[error.{error}]\ndescription = \"x\"\n"
    );
    generate(&[Source::new("catalog/shop.toml", text)])
        .expect("the catalog is good")
        .files
}

fn folder() -> TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

fn write(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().expect("it is in a folder")).expect("it can be made");
    fs::write(path, text).expect("it can be written");
}

const ALL: [&str; 7] = [
    "docs/README.md",
    "docs/shop.md",
    "fixtures/shop/A.json",
    "rust/mod.rs",
    "rust/shop.rs",
    "schema/catalog.schema.json",
    "schema/errbook.schema.json",
];

#[test]
fn a_new_folder_gets_every_file_and_then_nothing() {
    let (files, folder) = (files("A"), folder());
    let out = folder.path().join("not/there/yet");
    assert_eq!(files.stale(&out).expect("it can be read").missing, ALL);
    let written = files.write_to(&out).expect("it can be written");
    assert_eq!(
        (written.added.as_slice(), written.unchanged),
        (&ALL.map(str::to_owned)[..], 0)
    );
    assert!(files.stale(&out).expect("it can be read").is_fresh());
    let before = fs::metadata(out.join("rust/shop.rs"))
        .and_then(|file| file.modified())
        .expect("it is there");
    let written = files.write_to(&out).expect("it can be written");
    assert_eq!(
        (
            written.added.len(),
            written.changed.len(),
            written.unchanged
        ),
        (0, 0, 7)
    );
    let after = fs::metadata(out.join("rust/shop.rs"))
        .and_then(|file| file.modified())
        .expect("it is there");
    assert_eq!(
        before, after,
        "a file that is as it should be is not written"
    );
}

#[test]
fn a_change_touches_the_files_that_hold_it() {
    let folder = folder();
    files("A")
        .write_to(folder.path())
        .expect("it can be written");
    let written = files("B")
        .write_to(folder.path())
        .expect("it can be written");
    assert_eq!(written.changed, ["docs/shop.md", "rust/shop.rs"]);
    // Each error has a fixture of its own.
    assert_eq!(written.added, ["fixtures/shop/B.json"]);
    assert_eq!(written.removed, ["fixtures/shop/A.json"]);
    assert_eq!(written.unchanged, 4);
}

#[test]
fn hand_edits_missing_and_orphaned_files_are_stale_and_mended() {
    let (files, folder) = (files("A"), folder());
    let out = folder.path();
    files.write_to(out).expect("it can be written");
    let page = fs::read_to_string(out.join("docs/shop.md")).expect("it is there");
    write(out, "docs/shop.md", &page.replace("Shop", "Shoppe"));
    fs::remove_file(out.join("docs/README.md")).expect("it is there");
    write(out, "docs/old.md", &page);
    write(
        out,
        "rust/deep/old.rs",
        files.get("rust/shop.rs").expect("it is there"),
    );

    let stale = files.stale(out).expect("it can be read");
    assert_eq!(stale.missing, ["docs/README.md"]);
    assert_eq!(stale.changed, ["docs/shop.md"]);
    assert_eq!(stale.orphaned, ["docs/old.md", "rust/deep/old.rs"]);
    assert!(!stale.is_fresh());

    let written = files.write_to(out).expect("it can be written");
    assert_eq!(written.removed, stale.orphaned);
    assert!(files.stale(out).expect("it can be read").is_fresh());
    assert!(
        !out.join("rust/deep").exists(),
        "a folder that got empty goes, too"
    );
}

#[test]
fn what_errbook_did_not_write_is_told_and_left_alone() {
    let (files, folder) = (files("A"), folder());
    let out = folder.path();
    write(out, "docs/notes.md", "# My notes\n");
    write(out, "docs/deep/empty", "");
    write(out, "rust/binary", "\u{fffd}\0");
    write(out, "docs/.keep", "");
    let written = files.write_to(out).expect("it can be written");
    assert_eq!(
        written.foreign,
        ["docs/deep/empty", "docs/notes.md", "rust/binary"]
    );
    assert_eq!(
        fs::read_to_string(out.join("docs/notes.md")).expect("it is there"),
        "# My notes\n"
    );
    let stale = files.stale(out).expect("it can be read");
    assert_eq!(
        (stale.foreign.len(), stale.fresh, stale.is_fresh()),
        (3, 7, false)
    );
}

#[test]
fn what_stands_beside_our_folders_is_none_of_our_business() {
    let (files, folder) = (files("A"), folder());
    let (out, other) = (folder.path(), folder.path().join("other/generated"));
    files.write_to(&other).expect("it can be written");
    write(
        out,
        "README.md",
        files.get("docs/shop.md").expect("it is there"),
    );
    let written = files.write_to(out).expect("it can be written");
    assert_eq!((written.removed.len(), written.foreign.len()), (0, 0));
    assert!(files.stale(&other).expect("it can be read").is_fresh());

    // Where files stand in the folder itself, its own files are ours to look at, and no deeper.
    let rust = files.under("rust");
    write(
        out,
        "old.rs",
        files.get("rust/shop.rs").expect("it is there"),
    );
    let written = rust.write_to(out).expect("it can be written");
    assert_eq!(written.removed, ["README.md", "old.rs"]);
    assert!(files.stale(&other).expect("it can be read").is_fresh());
}

#[cfg(unix)]
#[test]
fn links_are_left_alone() {
    let (files, folder) = (files("A"), folder());
    let (out, elsewhere) = (folder.path().join("out"), folder.path().join("elsewhere"));
    files.write_to(&elsewhere).expect("it can be written");
    files.write_to(&out).expect("it can be written");
    for (link, target) in [("docs/folder", "docs"), ("docs/file.md", "docs/shop.md")] {
        std::os::unix::fs::symlink(elsewhere.join(target), out.join(link)).expect("it can be made");
    }
    let written = files.write_to(&out).expect("it can be written");
    assert_eq!(written.foreign, ["docs/file.md", "docs/folder"]);
    assert!(files.stale(&elsewhere).expect("it can be read").is_fresh());
}

#[test]
fn what_a_killed_run_left_is_no_orphan_and_goes_when_it_is_old() {
    let (files, folder) = (files("A"), folder());
    let out = folder.path();
    let [young, old] = ["docs/.shop.md.1.errbook-tmp", "docs/.shop.md.2.errbook-tmp"];
    write(out, young, "half a pa");
    write(out, old, "half a pa");
    let long_ago = std::time::SystemTime::now() - std::time::Duration::from_secs(3600);
    let file = fs::File::options()
        .write(true)
        .open(out.join(old))
        .expect("it is there");
    file.set_modified(long_ago).expect("its time can be set");
    files.write_to(out).expect("it can be written");
    assert!(out.join(young).exists() && !out.join(old).exists());
    assert!(files.stale(out).expect("it can be read").is_fresh());
}

#[test]
fn what_cannot_be_written_is_named() {
    let (files, folder) = (files("A"), folder());
    fs::create_dir_all(folder.path().join("rust/shop.rs")).expect("it can be made");
    let error = files
        .write_to(folder.path())
        .expect_err("a folder is where a file should be");
    assert!(error.to_string().contains("rust/shop.rs"), "{error}");
}

#[test]
fn a_part_of_the_files_can_be_taken() {
    let rust = files("A").under("rust");
    assert_eq!(
        rust.iter().map(|(path, _)| path).collect::<Vec<_>>(),
        ["mod.rs", "shop.rs"]
    );
    assert_eq!((rust.len(), rust.under("docs").is_empty()), (2, true));
}
