//! `cargo errbook generate`, end to end: what it prints, what it writes, how it ends.

use std::fs;
use std::path::Path;

use snapbox::cmd::{Command, cargo_bin};
use snapbox::str;
use tempfile::TempDir;

const SHOP: &str = r#"[api]
id = "shop"
title = "Shop API"

[envelope]
code = "/code"
message = "/message"

[error.OUT_OF_STOCK]
status = 409
description = "The shop has none left"
action = "Order less"
"#;

/// A folder with a catalog in it.
fn project() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    write(folder.path(), "catalog/shop.toml", SHOP);
    folder
}

fn write(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().expect("it is in a folder")).expect("it can be made");
    fs::write(path, text).expect("it can be written");
}

fn errbook(folder: &Path, args: &[&str]) -> Command {
    Command::new(cargo_bin!("cargo-errbook"))
        .current_dir(folder)
        .args(args)
}

#[test]
fn the_first_run_writes_and_the_second_finds_nothing_to_do() {
    let project = project();
    errbook(project.path(), &["generate"])
        .assert()
        .success()
        .stdout_eq(str![[r#"
Read 1 catalog with 1 error from catalog
  added      docs/README.md
  added      docs/shop.md
  added      fixtures/shop/OUT_OF_STOCK.json
  added      rust/mod.rs
  added      rust/shop.rs
  added      schema/catalog.schema.json
  added      schema/errbook.schema.json
Wrote generated: 7 added, 0 changed, 0 removed, 0 unchanged

"#]]);
    errbook(project.path(), &["generate"])
        .assert()
        .success()
        .stdout_eq(str![[r#"
Read 1 catalog with 1 error from catalog
Nothing to do in generated: 7 files are up to date

"#]]);
    errbook(project.path(), &["generate", "--check"])
        .assert()
        .success()
        .stdout_eq(str![[r#"
Read 1 catalog with 1 error from catalog
generated is fresh: 7 files are as generated

"#]]);
}

#[test]
fn check_lists_what_is_stale_and_writes_nothing() {
    let project = project();
    let folder = project.path();
    errbook(folder, &["generate"]).assert().success();
    write(
        folder,
        "catalog/shop.toml",
        &SHOP.replace("Order less", "Order more"),
    );
    fs::remove_file(folder.join("generated/rust/mod.rs")).expect("it is there");
    fs::copy(
        folder.join("generated/docs/shop.md"),
        folder.join("generated/docs/old.md"),
    )
    .expect("it is there");
    write(folder, "generated/docs/notes.txt", "mine");
    let check = errbook(folder, &["generate", "--check"]).assert().code(1);
    check.stdout_eq(str![[r#"
Read 1 catalog with 1 error from catalog
  missing    rust/mod.rs
  changed    docs/shop.md
  changed    rust/shop.rs
  orphaned   docs/old.md
  foreign    docs/notes.txt

"#]])
    .stderr_eq(str![[r#"
error: generated is stale: run `cargo errbook generate`, and move what errbook did not write out of generated

"#]]);
    assert!(!folder.join("generated/rust/mod.rs").exists());
    errbook(folder, &["generate"])
        .assert()
        .success()
        .stdout_eq(str![[r#"
Read 1 catalog with 1 error from catalog
  added      rust/mod.rs
  changed    docs/shop.md
  changed    rust/shop.rs
  removed    docs/old.md
  left alone docs/notes.txt
Wrote generated: 1 added, 2 changed, 1 removed, 4 unchanged
What errbook did not write is left alone; it belongs outside of generated

"#]]);
}

#[test]
fn findings_are_shown_and_nothing_is_written() {
    let project = project();
    let folder = project.path();
    write(
        folder,
        "catalog/shop.toml",
        &SHOP.replace("status = 409", "status = 4090"),
    );
    errbook(folder, &["generate"])
        .assert()
        .code(1)
        .stdout_eq("")
        .stderr_eq(str![[r#"
error[E0502]: this is no HTTP status
  --> catalog/shop.toml:10:10
   |
10 | status = 4090
   |          ^^^^ not from 100 to 599
   |
   = help: write the status of the response; a number in its body may be the error's `code`

error: 1 error; nothing was written
For more about a finding: cargo errbook explain E0502

"#]]);
    assert!(!folder.join("generated").exists());
}

#[test]
fn cargo_names_the_subcommand_first() {
    let project = project();
    errbook(project.path(), &["errbook", "generate"])
        .assert()
        .success();
}

#[test]
fn the_project_is_found_from_below() {
    let project = project();
    let below = project.path().join("src/deep");
    fs::create_dir_all(&below).expect("it can be made");
    errbook(&below, &["generate"]).assert().success();
    assert!(project.path().join("generated/docs/shop.md").exists());
}

#[test]
fn other_folders_can_be_named() {
    let project = project();
    let folder = project.path();
    fs::rename(folder.join("catalog/shop.toml"), folder.join("errors.toml"))
        .expect("it can be moved");
    fs::remove_dir(folder.join("catalog")).expect("it is empty");
    let out = errbook(
        folder,
        &["generate", "--catalogs", "errors.toml", "--output", "out"],
    )
    .assert()
    .success();
    out.stdout_eq(str![[r#"
Read 1 catalog with 1 error from errors.toml
  added      docs/README.md
  added      docs/shop.md
  added      fixtures/shop/OUT_OF_STOCK.json
  added      rust/mod.rs
  added      rust/shop.rs
  added      schema/catalog.schema.json
  added      schema/errbook.schema.json
Wrote out: 7 added, 0 changed, 0 removed, 0 unchanged

"#]]);
    let page = fs::read_to_string(folder.join("out/docs/shop.md")).expect("it is there");
    assert!(
        page.starts_with("<!-- @generated by errbook from errors.toml."),
        "{page}"
    );
}

#[test]
fn wrong_use_ends_with_2() {
    let empty = tempfile::tempdir().expect("a temporary folder");
    errbook(empty.path(), &["generate"])
        .assert()
        .code(2)
        .stderr_eq(str![[r#"
error: no folder `catalog` and no errbook.toml here or above; name the catalogs with --catalogs, or make a first one: cargo errbook new

"#]]);
    errbook(empty.path(), &["genrate"])
        .assert()
        .code(2)
        .stderr_eq(str![[r#"
error: unrecognized subcommand 'genrate'

  tip: a similar subcommand exists: 'generate'

Usage: cargo errbook [OPTIONS] <COMMAND>

For more information, try '--help'.

"#]]);
    let project = project();
    write(
        project.path(),
        "generated/rust",
        "a file where a folder should be",
    );
    let refused = errbook(project.path(), &["generate"]).assert().code(2);
    let told = String::from_utf8_lossy(&refused.get_output().stderr).into_owned();
    assert!(
        told.starts_with("error: ") && told.contains("generated/rust"),
        "{told}"
    );
}

#[test]
fn lints_warn_are_denied_or_allowed() {
    let project = project();
    let folder = project.path();
    write(
        folder,
        "catalog/shop.toml",
        &SHOP.replace("status = 409", "status = 200"),
    );
    write(
        folder,
        "errbook.toml",
        "[lints]\nmisused-status = \"warn\"\n",
    );
    errbook(folder, &["generate"])
        .assert()
        .success()
        .stderr_eq(str![[r#"
warning[misused-status]: 200 says that the request succeeded
  --> catalog/shop.toml:10:10
   |
10 | status = 200
   |          ^^^ RFC 9110, 15.3
   |
   = help: send another, or allow it, and say who decided so

warning: 1 warning
For more about a finding: cargo errbook explain misused-status

"#]]);
    write(
        folder,
        "errbook.toml",
        "[lints]\nmisused-status = \"deny\"\n",
    );
    errbook(folder, &["generate"])
        .assert()
        .code(1)
        .stderr_eq(str![[r#"
error[misused-status]: 200 says that the request succeeded
  --> catalog/shop.toml:10:10
   |
10 | status = 200
   |          ^^^ RFC 9110, 15.3
   |
   = help: send another, or allow it, and say who decided so

error: 1 error; nothing was written
For more about a finding: cargo errbook explain misused-status

"#]]);
    write(
        folder,
        "errbook.toml",
        "[lints]\nmisused-status = \"allow\"\n",
    );
    errbook(folder, &["generate"])
        .assert()
        .success()
        .stderr_eq(str![]);
}

#[test]
fn settings_have_findings_of_their_own_beside_those_of_catalogs() {
    let project = project();
    write(
        project.path(),
        "errbook.toml",
        "[lints]\nmissing-acton = \"warn\"\nunused-type = \"forbid\"\n\n[lint]\n",
    );
    write(project.path(), "catalog/other.toml", "[api]\n");
    errbook(project.path(), &["generate"])
        .assert()
        .code(1)
        .stderr_eq(str![[r#"
error[E0202]: [api] needs `id`
 --> catalog/other.toml:1:1
  |
1 | [api]
  | ^^^^^ `id` is missing here
  |
  = help: add id = "…"

error[E0202]: [api] needs `title`
 --> catalog/other.toml:1:1
  |
1 | [api]
  | ^^^^^ `title` is missing here
  |
  = help: add title = "…"

error[E0202]: a catalog says what an error body looks like
 --> catalog/other.toml:1:1
  |
1 | [api]
  | ^^^^^ there is no [envelope] beside it
  |
  = help: add [envelope], code = "/code" and message = "/message", or wherever they stand; an empty [envelope] where bodies hold neither

error[E1001]: there is no lint `missing-acton`
 --> errbook.toml:2:1
  |
2 | missing-acton = "warn"
  | ^^^^^^^^^^^^^ unknown lint
  |
  = help: did you mean `missing-action`?

error[E0210]: `forbid` is no level of a lint
 --> errbook.toml:3:15
  |
3 | unused-type = "forbid"
  |               ^^^^^^^^ unknown word
  |
  = help: it is one of `allow`, `warn`, `deny`

error[E0201]: errbook.toml has no key `lint`
 --> errbook.toml:5:2
  |
5 | [lint]
  |  ^^^^ unknown key
  |
  = help: did you mean `lints`?

error: 6 errors; nothing was written
For more about a finding: cargo errbook explain E0202

"#]]);
}

#[test]
fn a_finding_is_explained() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for id in ["E0502", "e0502"] {
        let page = errbook_codegen::Rule::BadStatus.page();
        errbook(folder.path(), &["explain", id])
            .assert()
            .success()
            .stdout_eq(page);
    }
    errbook(folder.path(), &["explain", "E9999"])
        .assert()
        .code(2)
        .stderr_eq(str![[r#"
error: there is no finding `E9999`; rules are E0101 to E1001, lints are [..]

"#]]);
}
