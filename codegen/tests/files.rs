//! Writing to disk, and saying what is stale.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use errbook_codegen::__private::check;
use errbook_codegen::{Files, OutputKind, Source};
use tempfile::TempDir;

use crate::support::{EMPTY_SHOP, generated, read, write};

fn files(error: &str) -> Files {
    files_of("shop", error)
}

/// Not one file of them is called as those of [`files`] are, but for the indices.
fn other_files() -> Files {
    files_of("other", "C")
}

fn files_of(id: &str, error: &str) -> Files {
    let text = format!(
        "[api]\nid = \"{id}\"\ntitle = \"Shop\"\n[envelope]\ncode = \"/code\"\n[error.{error}]\ndescription = \"x\"\n"
    );
    generated(Source::new(format!("catalog/{id}.toml"), text)).files
}

fn folder() -> TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

const ALL: [&str; 8] = [
    "docs/README.md",
    "docs/shop.md",
    "fixtures/shop/A.json",
    "rust/mod.rs",
    "rust/shop.rs",
    "rust/shop/tables.rs",
    "schema/catalog.schema.json",
    "schema/errbook.schema.json",
];

#[test]
fn files_with_cr_lf_are_fresh() {
    let (files, folder) = (files("A"), folder());
    files.write_to(folder.path()).expect("it can be written");
    for (output, path, text) in files.iter() {
        let path = format!("{}/{path}", output.name());
        write(folder.path(), &path, text.replace('\n', "\r\n"));
    }
    assert!(
        files
            .stale(folder.path())
            .expect("it can be read")
            .is_fresh()
    );
    let path = "docs/shop.md";
    let text = files.at(path).expect("it is generated");
    let other = text.replacen("Shop", "Ship", 1).replace('\n', "\r\n");
    write(folder.path(), path, &other);
    let stale = files.stale(folder.path()).expect("it can be read");
    assert_eq!(stale.changed, [path]);
}

#[test]
fn new_folder_gets_every_file_once() {
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
        (0, 0, 8)
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
fn change_writes_only_the_files_that_contain_it() {
    let folder = folder();
    files("A")
        .write_to(folder.path())
        .expect("it can be written");
    let written = files("B")
        .write_to(folder.path())
        .expect("it can be written");
    assert_eq!(
        written.changed,
        ["docs/shop.md", "rust/shop.rs", "rust/shop/tables.rs"]
    );
    // Each error has a fixture of its own.
    assert_eq!(written.added, ["fixtures/shop/B.json"]);
    assert_eq!(written.removed, ["fixtures/shop/A.json"]);
    assert_eq!(written.unchanged, 4);
}

#[test]
fn edited_missing_and_orphaned_files_are_stale_and_restored() {
    let (files, folder) = (files("A"), folder());
    let out = folder.path();
    files.write_to(out).expect("it can be written");
    let page = read(out.join("docs/shop.md"));
    write(out, "docs/shop.md", page.replace("Shop", "Shoppe"));
    fs::remove_file(out.join("docs/README.md")).expect("it is there");
    write(out, "docs/old.md", &page);
    write(
        out,
        "rust/deep/old.rs",
        files.get(OutputKind::Rust, "shop.rs").expect("it is there"),
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
fn foreign_files_are_reported_and_left_alone() {
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
    assert_eq!(read(out.join("docs/notes.md")), "# My notes\n");
    let stale = files.stale(out).expect("it can be read");
    assert_eq!(
        (stale.foreign.len(), stale.fresh, stale.is_fresh()),
        (3, 8, false)
    );
}

#[test]
fn files_outside_of_the_output_folders_are_ignored() {
    let (files, folder) = (files("A"), folder());
    let (out, other) = (folder.path(), folder.path().join("other/generated"));
    files.write_to(&other).expect("it can be written");
    write(
        out,
        "README.md",
        files.get(OutputKind::Docs, "shop.md").expect("it is there"),
    );
    let written = files.write_to(out).expect("it can be written");
    assert_eq!((written.removed.len(), written.foreign.len()), (0, 0));
    assert!(files.stale(&other).expect("it can be read").is_fresh());

    // A folder for one output is searched at any depth, and what is beside it is left alone.
    let module = files.get(OutputKind::Rust, "shop.rs").expect("it is there");
    for path in ["code/old.rs", "code/old/tables.rs", "old.rs"] {
        write(out, path, module);
    }
    let written = files.write_output_to(OutputKind::Rust, out, "code");
    let written = written.expect("it can be written");
    assert_eq!(written.removed, ["code/old.rs", "code/old/tables.rs"]);
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

#[cfg(unix)]
#[test]
fn link_in_place_of_a_file_is_stale_and_replaced() {
    let (files, folder) = (files("A"), folder());
    let [out, elsewhere] = ["out", "elsewhere"].map(|name| folder.path().join(name));
    files.write_to(&out).expect("it can be written");
    fs::create_dir(&elsewhere).expect("it can be made");
    // One link leads to the very text, one to another, one nowhere.
    let links = ["docs/shop.md", "rust/mod.rs", "rust/shop.rs"];
    let texts = [
        fs::read(out.join(links[0])).expect("it is there"),
        b"mine".into(),
    ];
    for (number, link) in links.iter().enumerate() {
        let target = elsewhere.join(number.to_string());
        if let Some(text) = texts.get(number) {
            fs::write(&target, text).expect("it can be written");
        }
        fs::remove_file(out.join(link)).expect("it is there");
        std::os::unix::fs::symlink(&target, out.join(link)).expect("it can be made");
    }
    let stale = files.stale(&out).expect("it can be read");
    assert_eq!(
        (&stale.changed[..], &stale.links[..]),
        (&links.map(String::from)[..], &links.map(String::from)[..])
    );
    let written = files.write_to(&out).expect("it can be written");
    assert_eq!(written.changed, links);
    assert_eq!(written.replaced_links, links);
    assert!(links.iter().all(|link| !out.join(link).is_symlink()));
    assert!(files.stale(&out).expect("it can be read").is_fresh());
    for (number, text) in texts.iter().enumerate() {
        let target = elsewhere.join(number.to_string());
        assert_eq!(&fs::read(target).expect("it is there"), text);
    }
    assert!(!elsewhere.join("2").exists());
}

#[cfg(unix)]
#[test]
fn output_folder_may_be_a_link_to_a_folder() {
    let (files, folder) = (files("A"), folder());
    let [out, elsewhere] = ["out", "elsewhere"].map(|name| folder.path().join(name));
    for folder in [&out, &elsewhere] {
        fs::create_dir(folder).expect("it can be made");
    }
    std::os::unix::fs::symlink(&elsewhere, out.join("docs")).expect("it can be made");
    files.write_to(&out).expect("it can be written");
    assert!(elsewhere.join("shop.md").is_file() && out.join("docs").is_symlink());
    assert!(files.stale(&out).expect("it can be read").is_fresh());
}

#[cfg(unix)]
#[test]
fn rewritten_file_keeps_its_mode() {
    use std::os::unix::fs::PermissionsExt;

    let folder = folder();
    let out = folder.path();
    files("A").write_to(out).expect("it can be written");
    let modes = [
        ("docs/shop.md", 0o664),
        ("rust/shop.rs", 0o600),
        ("rust/mod.rs", 0o444),
    ];
    for (path, mode) in modes {
        let mode = fs::Permissions::from_mode(mode);
        fs::set_permissions(out.join(path), mode).expect("it can be set");
    }
    files("B").write_to(out).expect("it can be written");
    for (path, mode) in modes {
        let metadata = fs::metadata(out.join(path)).expect("it is there");
        assert_eq!(metadata.permissions().mode() & 0o777, mode, "{path}");
    }
}

#[test]
fn long_file_is_not_read_whole() {
    let (files, folder) = (files("A"), folder());
    let out = folder.path();
    files.write_to(out).expect("it can be written");
    let file = fs::File::options()
        .append(true)
        .open(out.join("docs/shop.md"));
    // More than the machine has memory; no disk holds it, as nothing is written.
    let file = file.expect("it is there");
    file.set_len(1 << 36).expect("it can be set");
    drop(file);
    assert_eq!(
        files.stale(out).expect("it can be read").changed,
        ["docs/shop.md"]
    );
    files.write_to(out).expect("it can be written");
    assert!(files.stale(out).expect("it can be read").is_fresh());
}

#[test]
fn temporary_files_of_a_killed_run_are_removed() {
    let (files, folder) = (files("A"), folder());
    let out = folder.path();
    // Process numbers end below this one on every system.
    let gone = "docs/.4294967295-0.errbook-tmp";
    let running = format!("docs/.{}-x.errbook-tmp", std::process::id());
    let [old, unknown] = ["docs/.0-0.errbook-tmp", "docs/.unknown.errbook-tmp"];
    for path in [gone, &running, old, unknown] {
        write(out, path, "half a pa");
    }
    let long_ago = std::time::SystemTime::now() - std::time::Duration::from_hours(1);
    let file = fs::File::options()
        .write(true)
        .open(out.join(old))
        .expect("it is there");
    file.set_modified(long_ago).expect("its time can be set");
    files.write_to(out).expect("it can be written");
    let left = [gone, &running, old, unknown].map(|path| out.join(path).exists());
    // Where the system does not show which processes there are, age tells.
    assert_eq!(left, [!cfg!(target_os = "linux"), true, false, true]);
    assert!(files.stale(out).expect("it can be read").is_fresh());
}

/// Nothing is lost and nothing is written where something else stands in the way.
#[test]
fn obstacle_is_named_in_the_error() {
    #[track_caller]
    fn check(set_up: impl Fn(&Path), named: &str, what: &str) {
        let (files, folder) = (files("A"), folder());
        let out = folder.path().join("out");
        set_up(&out);
        let before = list(&out);
        let error = files.write_to(&out).expect_err("something is in the way");
        let named = folder.path().join(named).display().to_string();
        assert_eq!(error.to_string(), format!("{named}: {what}; move it away"));
        assert_eq!(list(&out), before);
    }
    let foreign = "errbook did not write this file, and would write over it";
    let own = |out: &Path| write(out, "docs/README.md", "# My documentation\n");
    check(own, "out/docs/README.md", foreign);
    let folder_for_file = |out: &Path| write(out, "rust/shop.rs/mine", "x");
    let what = "this is a folder where a file should be";
    check(folder_for_file, "out/rust/shop.rs", what);
    let what = "this is a file where a folder should be";
    check(|out| write(out, "docs", "x"), "out/docs", what);
    check(
        |out| write(out, "fixtures/shop", "x"),
        "out/fixtures/shop",
        what,
    );
    #[cfg(unix)]
    {
        let what = "this link leads nowhere, and a folder should be here";
        let link = |target: &'static str, name: &'static str| {
            move |out: &Path| {
                fs::create_dir_all(out).expect("it can be made");
                std::os::unix::fs::symlink(target, out.join(name)).expect("it can be made");
            }
        };
        check(link("nowhere", "docs"), "out/docs", what);
        check(link("docs", "docs"), "out/docs", what);
        check(link("../out/rust", "rust"), "out/rust", what);
        // The names in a message are on its line.
        let (files, folder) = (files("A"), folder());
        let out = folder.path().join("a\n::error::b\u{1b}[31m");
        link("nowhere", "docs")(&out);
        let error = files.write_to(&out).expect_err("a link is in the way");
        let named = r"/a\n::error::b\u{1b}[31m/docs: this link leads nowhere";
        assert!(error.to_string().contains(named), "{error}");
    }
    let not_even_a_folder = |out: &Path| write(out.parent().expect("a folder"), "out", "x");
    check(not_even_a_folder, "out", what);
    #[cfg(unix)]
    {
        let socket = |out: &Path| {
            fs::create_dir_all(out.join("docs")).expect("it can be made");
            // What a socket is at, nothing can be read from; from a pipe, reading would not end.
            std::os::unix::net::UnixListener::bind(out.join("docs/shop.md"))
                .expect("it can be made");
        };
        let what = "this is no file, and one should be here";
        check(socket, "out/docs/shop.md", what);
    }
}

/// Every path below a folder and what it holds.
fn list(folder: &Path) -> Vec<(String, Option<String>)> {
    let mut found = vec![(
        folder.display().to_string(),
        fs::read_to_string(folder).ok(),
    )];
    for entry in fs::read_dir(folder).into_iter().flatten() {
        found.extend(list(&entry.expect("it can be read").path()));
    }
    found.sort();
    found
}

/// Another run removes folders as soon as nothing is in them.
#[test]
fn folders_removed_during_a_run_are_made_again() {
    let (files, folder) = (files("A"), folder());
    let out = folder.path().join("out");
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !done.load(Ordering::Relaxed) {
                for path in ["fixtures/shop", "fixtures", "rust", "docs"] {
                    // A folder that holds something stays.
                    let _ = fs::remove_dir(out.join(path));
                }
                // Without a pause it would hold the folder's lock nearly all of the time, as no run does.
                std::thread::sleep(std::time::Duration::from_micros(200));
            }
        });
        let run = || -> std::io::Result<()> {
            for _ in 0..15 {
                files.write_to(&out)?;
                let _ = fs::remove_dir_all(&out);
            }
            Ok(())
        };
        let result = run();
        done.store(true, Ordering::Relaxed);
        result.expect("the folder is made again");
    });
}

#[test]
fn empty_file_is_overwritten() {
    let (files, folder) = (files("A"), folder());
    write(folder.path(), "docs/shop.md", "");
    let written = files.write_to(folder.path()).expect("it can be written");
    assert_eq!(written.changed, ["docs/shop.md"]);
}

/// Each removes what the others add, down to the folders.
#[test]
fn concurrent_runs_succeed() {
    const ROUNDS: usize = 20;
    let folder = folder();
    let out = folder.path();
    let outputs = [files("A"), files("B"), other_files(), files("A")];
    std::thread::scope(|scope| {
        for first in 0..outputs.len() {
            let outputs = &outputs;
            scope.spawn(move || {
                for round in 0..ROUNDS {
                    let files = &outputs[(first + round) % outputs.len()];
                    files.write_to(out).expect("another run does not matter");
                    files.stale(out).expect("another run does not matter");
                }
            });
        }
    });
    for files in &outputs {
        files.write_to(out).expect("it can be written");
        assert!(files.stale(out).expect("it can be read").is_fresh());
    }
    let left = list(out).into_iter().map(|(path, _)| path);
    assert_eq!(left.filter(|path| path.ends_with("-tmp")).count(), 0);
}

#[test]
fn files_are_listed_by_output() {
    let files = files("A");
    let rust: Vec<_> = files.of(OutputKind::Rust).collect();
    let paths: Vec<_> = rust.iter().map(|(path, _)| *path).collect();
    assert_eq!(paths, ["mod.rs", "shop.rs", "shop/tables.rs"]);
    for (path, text) in rust {
        assert_eq!(files.get(OutputKind::Rust, path), Some(text));
        assert_eq!(files.get(OutputKind::Docs, path), None);
        assert_eq!(files.at(&format!("rust/{path}")), Some(text));
    }
}

#[test]
fn outputs_are_written_to_their_own_folders() {
    let folder = folder();
    let out = folder.path();
    let outputs = [
        (OutputKind::Docs, "site/errors"),
        (OutputKind::Rust, "src/errors"),
        (OutputKind::Fixtures, "bodies"),
    ];
    let outputs = outputs.map(|(output, folder)| (output, folder.to_owned()));
    let outputs = BTreeMap::from(outputs);
    let placed = |error: &str| files(error).in_folders(&outputs);
    write(out, "site/index.md", "# Mine\n");
    write(out, "src/lib.rs", "mod errors;\n");
    let written = placed("A").write_to(out).expect("it can be written");
    let expected = [
        "bodies/shop/A.json",
        "site/errors/README.md",
        "site/errors/shop.md",
        "src/errors/mod.rs",
        "src/errors/shop.rs",
        "src/errors/shop/tables.rs",
    ];
    assert_eq!(written.added, expected);
    assert_eq!((written.removed.len(), written.foreign.len()), (0, 0));

    let written = placed("B").write_to(out).expect("it can be written");
    assert_eq!(written.added, ["bodies/shop/B.json"]);
    assert_eq!(written.removed, ["bodies/shop/A.json"]);
    write(out, "src/errors/mine.rs", "mod mine;\n");
    let stale = placed("B").stale(out).expect("it can be read");
    assert_eq!(stale.foreign, ["src/errors/mine.rs"]);

    // What stands in the way in one folder keeps all others as they are.
    let before = read(out.join("bodies/shop/B.json"));
    write(out, "src/errors/shop.rs", "mod mine;\n");
    let refused = placed("C").write_to(out).expect_err("a file is in the way");
    assert!(refused.to_string().contains("src/errors/shop.rs: "));
    assert!(!out.join("bodies/shop/C.json").exists());
    let after = read(out.join("bodies/shop/B.json"));
    assert_eq!(before, after);
}

/// The last error is gone, and with it the last file of its output.
#[test]
fn output_that_became_empty_removes_its_files() {
    let folder = folder();
    files("A")
        .write_to(folder.path())
        .expect("it can be written");
    let output = generated(Source::new("catalog/shop.toml", EMPTY_SHOP));
    let written = output
        .files
        .write_to(folder.path())
        .expect("it can be written");
    assert_eq!(written.removed, ["fixtures/shop/A.json"]);
}

#[test]
fn only_requested_outputs_are_generated() {
    let checked = check(Source::new("catalog/shop.toml", EMPTY_SHOP));
    assert!(!checked.is_refused(), "the catalog is good");
    let all = checked.files(OutputKind::ALL.iter().copied());
    for &output in OutputKind::ALL {
        let files = checked.files([output, output]);
        assert!(files.of(output).eq(all.of(output)));
        assert!(files.iter().all(|(other, _, _)| other == output));
    }
    // What is not made is not missed.
    let folder = folder();
    all.write_to(folder.path()).expect("it can be written");
    let written = checked
        .files([OutputKind::Docs])
        .write_to(folder.path())
        .expect("it can be written");
    assert_eq!((written.unchanged, written.removed), (2, vec![]));
}
