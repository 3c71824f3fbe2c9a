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
  added      generated/docs/README.md
  added      generated/docs/shop.md
  added      generated/fixtures/shop/OUT_OF_STOCK.json
  added      generated/rust/mod.rs
  added      generated/rust/shop.rs
  added      generated/schema/catalog.schema.json
  added      generated/schema/errbook.schema.json
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
Nothing is stale in generated: 7 files are as generated

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
    check
        .stdout_eq(str![[r#"
Read 1 catalog with 1 error from catalog
--- generated/docs/shop.md
+++ as generated
@@ -14,14 +14,14 @@
 
 | Code | Status | Description | Suggested action |
 | --- | --- | --- | --- |
-| [`OUT_OF_STOCK`](#OUT_OF_STOCK) | 409 | The shop has none left | Order less |
+| [`OUT_OF_STOCK`](#OUT_OF_STOCK) | 409 | The shop has none left | Order more |
 
 ### <a id="OUT_OF_STOCK"></a>`OUT_OF_STOCK`
 
 The shop has none left
 
 - Status: 409
-- Suggested action: Order less
+- Suggested action: Order more
 
 Body:
 
--- generated/rust/shop.rs
+++ as generated
@@ -18,7 +18,7 @@
 pub enum Code {
     /// `OUT_OF_STOCK`, status 409: The shop has none left
     ///
-    /// Suggested action: Order less
+    /// Suggested action: Order more
     OutOfStock,
 }
 
@@ -132,7 +132,7 @@
 
 #[rustfmt::skip]
 static ACTIONS: ::errbook::__private::StringTable<'static> = ::errbook::__private::StringTable {
-    text: ::core::concat!("Order less"),
+    text: ::core::concat!("Order more"),
     bounds: &::errbook::__private::StringTable::bounds([0, 10]),
 };
 
  missing    generated/rust/mod.rs
  changed    generated/docs/shop.md
  changed    generated/rust/shop.rs
  orphaned   generated/docs/old.md
  foreign    generated/docs/notes.txt

"#]])
        .stderr_eq(str![[r#"
error: 4 files are stale in generated: run `cargo errbook generate`
error: 1 file is not errbook's in generated: move what it did not write elsewhere

"#]]);
    assert!(!folder.join("generated/rust/mod.rs").exists());
    errbook(folder, &["generate"])
        .assert()
        .success()
        .stdout_eq(str![[r#"
Read 1 catalog with 1 error from catalog
  added      generated/rust/mod.rs
  changed    generated/docs/shop.md
  changed    generated/rust/shop.rs
  removed    generated/docs/old.md
  left alone generated/docs/notes.txt
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
  added      out/docs/README.md
  added      out/docs/shop.md
  added      out/fixtures/shop/OUT_OF_STOCK.json
  added      out/rust/mod.rs
  added      out/rust/shop.rs
  added      out/schema/catalog.schema.json
  added      out/schema/errbook.schema.json
Wrote out: 7 added, 0 changed, 0 removed, 0 unchanged

"#]]);
    let page = fs::read_to_string(folder.join("out/docs/shop.md")).expect("it is there");
    assert!(
        page.starts_with("<!-- @generated by errbook from errors.toml."),
        "{page}"
    );
}

#[test]
fn other_catalogs_do_not_take_the_place_of_the_project_s_own() {
    let project = project();
    let folder = project.path();
    errbook(folder, &["generate"]).assert().success();
    write(folder, "other/other.toml", &SHOP.replace("shop", "other"));
    errbook(folder, &["generate", "--catalogs", "other"])
        .assert()
        .code(2)
        .stdout_eq("")
        .stderr_eq(str![[r#"
error: --catalogs names other catalogs than those of the project, from which its outputs are made; name a folder for what is made of these: --output DIR

"#]]);
    errbook(folder, &["generate", "--catalogs", "catalog", "--check"])
        .assert()
        .success();
    let elsewhere = ["generate", "--catalogs", "other", "--output", "site"];
    errbook(folder, &elsewhere).assert().success();
    assert!(folder.join("site/docs/other.md").is_file());
    assert!(folder.join("generated/docs/shop.md").is_file());
}

#[test]
fn the_project_itself_can_be_the_folder() {
    let project = project();
    errbook(project.path(), &["generate", "--output", "."])
        .assert()
        .success()
        .stdout_eq(str![[r#"
Read 1 catalog with 1 error from catalog
  added      ./docs/README.md
...
Wrote .: 7 added, 0 changed, 0 removed, 0 unchanged

"#]]);
}

#[test]
fn of_very_many_files_the_first_are_listed_and_the_rest_is_counted() {
    let project = project();
    let errors = (0..260).fold(SHOP.to_owned(), |text, error| {
        text + &format!("[error.E{error:03}]\nstatus = 400\ndescription = \"x\"\n")
    });
    write(project.path(), "catalog/shop.toml", &errors);
    let check = errbook(project.path(), &["generate", "--check"]).assert();
    check
        .code(1)
        .stdout_eq(str![[r#"
Read 1 catalog with 261 errors from catalog
  missing    generated/docs/README.md
...
  missing    generated/fixtures/shop/E197.json
  missing    67 more, not listed

"#]])
        .stderr_eq(str![[r#"
error: 267 files are stale in generated: run `cargo errbook generate`

"#]]);
}

#[test]
fn settings_name_the_catalogs_and_the_outputs() {
    let project = project();
    let folder = project.path();
    fs::rename(folder.join("catalog"), folder.join("errors")).expect("it can be moved");
    write(
        folder,
        "errbook.toml",
        "catalogs = \"errors\"\n[output]\nrust = \"src/errors\"\ndocs = \"docs/errors\"\n",
    );
    write(folder, "docs/guide.md", "# Ours\n");
    let below = folder.join("docs");
    let first = errbook(&below, &["generate"]).assert().success();
    first.stdout_eq(str![[r#"
Read 1 catalog with 1 error from errors
  added      docs/errors/README.md
  added      docs/errors/shop.md
  added      src/errors/mod.rs
  added      src/errors/shop.rs
Wrote docs/errors, src/errors: 4 added, 0 changed, 0 removed, 0 unchanged

"#]]);
    write(folder, "docs/errors/mine.md", "# Mine\n");
    fs::remove_file(folder.join("src/errors/mod.rs")).expect("it is there");
    let check = errbook(folder, &["generate", "--check"]).assert().code(1);
    check
        .stdout_eq(str![[r#"
Read 1 catalog with 1 error from errors
  missing    src/errors/mod.rs
  foreign    docs/errors/mine.md

"#]])
        .stderr_eq(str![[r#"
error: 1 file is stale in docs/errors, src/errors: run `cargo errbook generate`
error: 1 file is not errbook's in docs/errors, src/errors: move what it did not write elsewhere

"#]]);
    assert!(!folder.join("generated").exists());

    // What is said on the command line holds.
    write(
        folder,
        "other/other.toml",
        &SHOP.replace("\"shop\"", "\"other\""),
    );
    let args = ["generate", "--catalogs", "other", "--output", "out"];
    let other = errbook(folder, &args).assert().success();
    other.stdout_eq(str![[r#"
Read 1 catalog with 1 error from other
  added      out/docs/README.md
  added      out/docs/other.md
  added      out/fixtures/other/OUT_OF_STOCK.json
  added      out/rust/mod.rs
  added      out/rust/other.rs
  added      out/schema/catalog.schema.json
  added      out/schema/errbook.schema.json
Wrote out: 7 added, 0 changed, 0 removed, 0 unchanged

"#]]);
}

#[test]
fn nothing_is_written_where_one_of_the_outputs_meets_what_errbook_did_not_write() {
    let project = project();
    let folder = project.path();
    write(
        folder,
        "errbook.toml",
        "[output]\ndocs = \"docs\"\nrust = \"src\"\n",
    );
    write(folder, "src/mod.rs", "mod mine;\n");
    errbook(folder, &["generate"])
        .assert()
        .code(2)
        .stderr_eq(str![[r#"
error: [..]/src/mod.rs: errbook did not write this file, and would write over it; move it away

"#]]);
    assert!(!folder.join("docs").exists());
}

#[test]
fn where_settings_are_not_understood_nothing_is_said_of_catalogs_that_may_be_elsewhere() {
    let project = project();
    let folder = project.path();
    fs::rename(folder.join("catalog"), folder.join("errors")).expect("it can be moved");
    for (settings, expected) in [
        ("catalogs = errors\n", "error[E0104]"),
        ("catalogs = \"../errors\"\n", "error[E1101]"),
        ("catalogs = [\"errors\"]\n", "error[E0203]"),
    ] {
        write(folder, "errbook.toml", settings);
        let refused = errbook(folder, &["generate"]).assert().code(1);
        let told = String::from_utf8_lossy(&refused.get_output().stderr).into_owned();
        assert!(told.starts_with(expected), "{told}");
        assert!(told.contains("\nerror: 1 error; "), "{told}");
    }
    // Those that are where they mostly are, are read beside it.
    write(folder, "catalog/other.toml", "[api\n");
    let refused = errbook(folder, &["generate"]).assert().code(1);
    let told = String::from_utf8_lossy(&refused.get_output().stderr).into_owned();
    assert!(told.contains(" --> catalog/other.toml:1:"), "{told}");
    assert!(told.contains(" --> errbook.toml:1:"), "{told}");
}

#[test]
fn the_quiet_are_told_what_is_stale_and_nothing_else() {
    let project = project();
    let folder = project.path();
    let quiet = |args: &[&str]| errbook(folder, args).arg("--quiet").assert();
    quiet(&["generate"]).success().stdout_eq("").stderr_eq("");
    quiet(&["generate", "--check"])
        .success()
        .stdout_eq("")
        .stderr_eq("");
    fs::remove_file(folder.join("generated/rust/mod.rs")).expect("it is there");
    quiet(&["generate", "--check"])
        .code(1)
        .stdout_eq(str![[r#"
  missing    generated/rust/mod.rs

"#]])
        .stderr_eq(str![[r#"
error: 1 file is stale in generated: run `cargo errbook generate`

"#]]);
}

#[test]
fn differences_have_colours_where_these_are_wanted() {
    let project = project();
    let folder = project.path();
    errbook(folder, &["generate"]).assert().success();
    let page = folder.join("generated/docs/shop.md");
    let text = fs::read_to_string(&page).expect("it is there");
    fs::write(&page, text.replace("Order less", "Order nothing")).expect("it can be written");
    let shown = |color: &str| {
        let args = ["generate", "--check", "--color", color];
        let output = errbook(folder, &args).output().expect("it runs");
        String::from_utf8(output.stdout).expect("it is a text")
    };
    let line = "-- Suggested action: Order nothing";
    assert!(shown("always").contains(&format!("\x1b[31m{line}\x1b[0m\n")));
    let plain = shown("never");
    assert!(plain.contains(&format!("\n{line}\n")) && !plain.contains('\x1b'));
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
