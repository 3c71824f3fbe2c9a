//! `cargo errbook generate`, end to end: what it prints, what it writes, how it ends.

use std::fs;

use snapbox::str;

use crate::support::{catalog, empty_folder, errbook, project, read, run, stderr, stdout, write};

const SHOP: &str = catalog!(
    r#"
[error.OUT_OF_STOCK]
status = 409
description = "The shop has none left"
action = "Order less"
"#
);

#[test]
fn second_run_writes_nothing() {
    let project = project(SHOP);
    run(&project, &["generate"]).success().stdout_eq(str![[r#"
Read 1 catalog with 1 error from catalog
  added      generated/docs/README.md
  added      generated/docs/shop.md
  added      generated/fixtures/shop/OUT_OF_STOCK.json
  added      generated/rust/mod.rs
  added      generated/rust/shop.rs
  added      generated/rust/shop/tables.rs
  added      generated/schema/catalog.schema.json
  added      generated/schema/errbook.schema.json
Wrote generated: 8 added, 0 changed, 0 removed, 0 unchanged

"#]]);
    run(&project, &["generate"]).success().stdout_eq(str![[r#"
Read 1 catalog with 1 error from catalog
Nothing to do in generated: 8 files are up to date

"#]]);
    run(&project, &["generate", "--check"])
        .success()
        .stdout_eq(str![[r#"
Read 1 catalog with 1 error from catalog
Nothing is stale in generated: 8 files are as generated

"#]]);
}

#[test]
fn check_lists_stale_files_and_writes_nothing() {
    let folder = &project(SHOP);
    run(folder, &["generate"]).success();
    write(
        folder,
        "catalog/shop.toml",
        SHOP.replace("Order less", "Order more"),
    );
    fs::remove_file(folder.path().join("generated/rust/mod.rs")).expect("it is there");
    fs::copy(
        folder.path().join("generated/docs/shop.md"),
        folder.path().join("generated/docs/old.md"),
    )
    .expect("it is there");
    write(folder, "generated/docs/notes.txt", "mine");
    let check = run(folder, &["generate", "--check"]).code(1);
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
@@ -23,7 +23,7 @@
 pub enum Code {
     /// `OUT_OF_STOCK`, status 409: The shop has none left
     ///
-    /// Suggested action: Order less
+    /// Suggested action: Order more
     OutOfStock,
 }
 
--- generated/rust/shop/tables.rs
+++ as generated
@@ -54,7 +54,7 @@
 };
 
 static ACTIONS: StringTable<'static> = ::errbook::__string_table! {
-    10 "Order less"
+    10 "Order more"
 };
 
 static FACTS_OF: [u32; 1] = [0];
  missing    generated/rust/mod.rs
  changed    generated/docs/shop.md
  changed    generated/rust/shop.rs
  changed    generated/rust/shop/tables.rs
  orphaned   generated/docs/old.md
  foreign    generated/docs/notes.txt

"#]])
        .stderr_eq(str![[r#"
error: 5 files are stale in generated: run `cargo errbook generate`
error: 1 file is not errbook's in generated: move what it did not write elsewhere

"#]]);
    assert!(!folder.path().join("generated/rust/mod.rs").exists());
    run(folder, &["generate"]).success().stdout_eq(str![[r#"
Read 1 catalog with 1 error from catalog
  added      generated/rust/mod.rs
  changed    generated/docs/shop.md
  changed    generated/rust/shop.rs
  changed    generated/rust/shop/tables.rs
  removed    generated/docs/old.md
  left alone generated/docs/notes.txt
Wrote generated: 1 added, 3 changed, 1 removed, 4 unchanged
What errbook did not write is left alone; it belongs outside of generated

"#]]);
}

#[test]
fn findings_are_printed_and_nothing_is_written() {
    let folder = &project(&SHOP.replace("status = 409", "status = 4090"));
    run(folder, &["generate"])
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
    assert!(!folder.path().join("generated").exists());
}

#[test]
fn subcommand_name_passed_by_cargo_is_ignored() {
    let project = project(SHOP);
    run(&project, &["errbook", "generate"]).success();
}

#[test]
fn project_is_found_from_a_folder_below() {
    let project = project(SHOP);
    let below = project.path().join("src/deep");
    fs::create_dir_all(&below).expect("it can be made");
    run(&below, &["generate"]).success();
    assert!(project.path().join("generated/docs/shop.md").exists());
}

#[test]
fn catalogs_and_output_options_name_other_folders() {
    let folder = &project(SHOP);
    fs::rename(
        folder.path().join("catalog/shop.toml"),
        folder.path().join("errors.toml"),
    )
    .expect("it can be moved");
    fs::remove_dir(folder.path().join("catalog")).expect("it is empty");
    let out = run(
        folder,
        &["generate", "--catalogs", "errors.toml", "--output", "out"],
    )
    .success();
    out.stdout_eq(str![[r#"
Read 1 catalog with 1 error from errors.toml
  added      out/docs/README.md
  added      out/docs/shop.md
  added      out/fixtures/shop/OUT_OF_STOCK.json
  added      out/rust/mod.rs
  added      out/rust/shop.rs
  added      out/rust/shop/tables.rs
  added      out/schema/catalog.schema.json
  added      out/schema/errbook.schema.json
Wrote out: 8 added, 0 changed, 0 removed, 0 unchanged

"#]]);
    let page = read(folder, "out/docs/shop.md");
    assert!(
        page.starts_with("<!-- @generated by errbook from errors.toml."),
        "{page}"
    );
}

#[test]
fn other_catalogs_need_another_output_folder() {
    let folder = &project(SHOP);
    run(folder, &["generate"]).success();
    write(folder, "other/other.toml", SHOP.replace("shop", "other"));
    run(folder, &["generate", "--catalogs", "other"])
        .code(2)
        .stdout_eq("")
        .stderr_eq(str![[r#"
error: --catalogs names other catalogs than those of the project, from which its outputs are made; name a folder for what is made of these: --output DIR

"#]]);
    run(folder, &["generate", "--catalogs", "catalog", "--check"]).success();
    let elsewhere = ["generate", "--catalogs", "other", "--output", "site"];
    run(folder, &elsewhere).success();
    assert!(folder.path().join("site/docs/other.md").is_file());
    assert!(folder.path().join("generated/docs/shop.md").is_file());
}

#[test]
fn output_folder_can_be_the_project() {
    let project = project(SHOP);
    run(&project, &["generate", "--output", "."])
        .success()
        .stdout_eq(str![[r#"
Read 1 catalog with 1 error from catalog
  added      ./docs/README.md
...
Wrote .: 8 added, 0 changed, 0 removed, 0 unchanged

"#]]);
}

#[test]
fn files_above_the_limit_are_counted_only() {
    let errors = (0..260).fold(SHOP.to_owned(), |text, error| {
        text + &format!("[error.E{error:03}]\nstatus = 400\ndescription = \"x\"\n")
    });
    let project = project(&errors);
    let check = run(&project, &["generate", "--check"]);
    check
        .code(1)
        .stdout_eq(str![[r#"
Read 1 catalog with 261 errors from catalog
  missing    generated/docs/README.md
...
  missing    generated/fixtures/shop/E197.json
  missing    68 more, not listed

"#]])
        .stderr_eq(str![[r#"
error: 268 files are stale in generated: run `cargo errbook generate`

"#]]);
}

#[test]
fn settings_name_the_catalogs_and_the_outputs() {
    let folder = &project(SHOP);
    fs::rename(folder.path().join("catalog"), folder.path().join("errors"))
        .expect("it can be moved");
    write(
        folder,
        "errbook.toml",
        "catalogs = \"errors\"\n[output]\nrust = \"src/errors\"\ndocs = \"docs/errors\"\n",
    );
    write(folder, "docs/guide.md", "# Ours\n");
    let below = folder.path().join("docs");
    let first = run(&below, &["generate"]).success();
    first.stdout_eq(str![[r#"
Read 1 catalog with 1 error from errors
  added      docs/errors/README.md
  added      docs/errors/shop.md
  added      src/errors/mod.rs
  added      src/errors/shop.rs
  added      src/errors/shop/tables.rs
Wrote docs/errors, src/errors: 5 added, 0 changed, 0 removed, 0 unchanged

"#]]);
    write(folder, "docs/errors/mine.md", "# Mine\n");
    fs::remove_file(folder.path().join("src/errors/mod.rs")).expect("it is there");
    let check = run(folder, &["generate", "--check"]).code(1);
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
    assert!(!folder.path().join("generated").exists());

    // What is said on the command line holds.
    write(
        folder,
        "other/other.toml",
        SHOP.replace("\"shop\"", "\"other\""),
    );
    let args = ["generate", "--catalogs", "other", "--output", "out"];
    let other = run(folder, &args).success();
    other.stdout_eq(str![[r#"
Read 1 catalog with 1 error from other
  added      out/docs/README.md
  added      out/docs/other.md
  added      out/fixtures/other/OUT_OF_STOCK.json
  added      out/rust/mod.rs
  added      out/rust/other.rs
  added      out/rust/other/tables.rs
  added      out/schema/catalog.schema.json
  added      out/schema/errbook.schema.json
Wrote out: 8 added, 0 changed, 0 removed, 0 unchanged

"#]]);
}

#[test]
fn foreign_file_in_one_output_prevents_all_writes() {
    let folder = &project(SHOP);
    write(
        folder,
        "errbook.toml",
        "[output]\ndocs = \"docs\"\nrust = \"src\"\n",
    );
    write(folder, "src/mod.rs", "mod mine;\n");
    run(folder, &["generate"]).code(2).stderr_eq(str![[r#"
error: [..]/src/mod.rs: errbook did not write this file, and would write over it; move it away

"#]]);
    assert!(!folder.path().join("docs").exists());
}

#[test]
fn wrong_settings_report_no_missing_catalogs() {
    let folder = &project(SHOP);
    fs::rename(folder.path().join("catalog"), folder.path().join("errors"))
        .expect("it can be moved");
    for (settings, expected) in [
        ("catalogs = errors\n", "error[E0104]"),
        ("catalogs = \"../errors\"\n", "error[E1101]"),
        ("catalogs = [\"errors\"]\n", "error[E0203]"),
    ] {
        write(folder, "errbook.toml", settings);
        let refused = run(folder, &["generate"]).code(1);
        let told = stderr(&refused);
        assert!(told.starts_with(expected), "{told}");
        assert!(told.contains("\nerror: 1 error; "), "{told}");
    }
    // Those that are where they mostly are, are read beside it.
    write(folder, "catalog/other.toml", "[api\n");
    let refused = run(folder, &["generate"]).code(1);
    let told = stderr(&refused);
    assert!(told.contains(" --> catalog/other.toml:1:"), "{told}");
    assert!(told.contains(" --> errbook.toml:1:"), "{told}");
}

#[test]
fn quiet_prints_stale_files_only() {
    let folder = &project(SHOP);
    let quiet = |args: &[&str]| errbook(folder, args).arg("--quiet").assert();
    quiet(&["generate"]).success().stdout_eq("").stderr_eq("");
    quiet(&["generate", "--check"])
        .success()
        .stdout_eq("")
        .stderr_eq("");
    fs::remove_file(folder.path().join("generated/rust/mod.rs")).expect("it is there");
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
fn color_option_controls_colours_of_differences() {
    let folder = &project(SHOP);
    run(folder, &["generate"]).success();
    let page = "generated/docs/shop.md";
    let text = read(folder, page);
    write(folder, page, text.replace("Order less", "Order nothing"));
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
fn wrong_usage_exits_with_2() {
    let empty = empty_folder();
    run(&empty, &["generate"])
        .code(2)
        .stderr_eq(str![[r#"
error: no folder `catalog` and no errbook.toml here or above; name the catalogs with --catalogs, or make a first one: cargo errbook new

"#]]);
    run(&empty, &["genrate"]).code(2).stderr_eq(str![[r#"
error: unrecognized subcommand 'genrate'

  tip: a similar subcommand exists: 'generate'

Usage: cargo errbook [OPTIONS] <COMMAND>

For more information, try '--help'.

"#]]);
    let project = project(SHOP);
    write(
        &project,
        "generated/rust",
        "a file where a folder should be",
    );
    let refused = run(&project, &["generate"]).code(2);
    let told = stderr(&refused);
    assert!(
        told.starts_with("error: ") && told.contains("generated/rust"),
        "{told}"
    );
}

#[test]
fn lint_levels_warn_deny_and_allow() {
    let folder = &project(&SHOP.replace("status = 409", "status = 200"));
    let set_level = |level: &str| {
        let settings = format!("[lints]\nmisused-status = \"{level}\"\n");
        write(folder, "errbook.toml", settings);
    };
    set_level("warn");
    run(folder, &["generate"]).success().stderr_eq(str![[r#"
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
    set_level("deny");
    run(folder, &["generate"]).code(1).stderr_eq(str![[r#"
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
    set_level("allow");
    run(folder, &["generate"]).success().stderr_eq(str![]);
}

#[test]
fn findings_of_settings_and_catalogs_are_reported_together() {
    let project = project(SHOP);
    write(
        &project,
        "errbook.toml",
        "[lints]\nmissing-acton = \"warn\"\nunused-type = \"forbid\"\n\n[lint]\n",
    );
    write(&project, "catalog/other.toml", "[api]\n");
    run(&project, &["generate"])
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

#[cfg(unix)]
#[test]
fn names_of_files_and_arguments_are_printed_on_one_line() {
    let project = project(SHOP);
    run(&project, &["generate"]).success();
    let name = "a\n::error::b\u{1b}[31m\u{202e}.md";
    write(&project, &format!("generated/docs/{name}"), "mine");
    let shown = r"a\n::error::b\u{1b}[31m\u{202e}.md";
    let check = run(&project, &["generate", "--check"]).code(1);
    assert!(stdout(&check).contains(&format!("  foreign    generated/docs/{shown}\n")));
    let written = run(&project, &["generate"]).success();
    assert!(stdout(&written).contains(&format!("  left alone generated/docs/{shown}\n")));
    for arguments in [
        &["explain", name][..],
        &["explain", "--finding", name],
        &["explain", "--api", name, "A"],
        &["list", "--api", name],
        &["list", "--section", name],
        &["diff", name],
        &["diff", &format!("git:HEAD:{name}")],
        &["check", "--project", name],
        &["check", "--catalogs", name],
        &[name],
        &["list", "--status", name],
        &["list", &format!("--{name}")],
        &["new", "shop", "--api", name],
    ] {
        let run = run(&project, arguments);
        let text = stdout(&run) + &stderr(&run);
        assert!(!text.contains("\n::error::"), "{arguments:?}: {text}");
        assert!(
            !text.contains(['\u{1b}', '\u{202e}']),
            "{arguments:?}: {text}"
        );
    }
}

#[test]
fn much_longer_file_is_stale_and_not_shown() {
    let project = project(SHOP);
    run(&project, &["generate"]).success();
    let file = project.path().join("generated/docs/shop.md");
    let file = fs::File::options().append(true).open(file);
    file.and_then(|file| file.set_len(1 << 36))
        .expect("it can be set");
    run(&project, &["generate", "--check"])
        .code(1)
        .stdout_eq(str![[r#"
Read 1 catalog with 1 error from catalog
--- generated/docs/shop.md
+++ as generated
@@ 68719476736 bytes instead of 666 bytes @@
  changed    generated/docs/shop.md

"#]]);
    run(&project, &["generate"]).success();
    run(&project, &["generate", "--check"]).success();
}

#[cfg(unix)]
#[test]
fn replaced_link_is_noted() {
    let project = project(SHOP);
    run(&project, &["generate"]).success();
    let page = project.path().join("generated/docs/shop.md");
    let target = project.path().join("page.md");
    fs::rename(&page, &target).expect("it is there");
    std::os::unix::fs::symlink(&target, &page).expect("it can be made");
    run(&project, &["generate", "--check"])
        .code(1)
        .stdout_eq(str![[r#"
Read 1 catalog with 1 error from catalog
--- generated/docs/shop.md
+++ as generated
@@ a symbolic link @@
  changed    generated/docs/shop.md

"#]]);
    run(&project, &["generate"]).success().stderr_eq(str![[r#"
note: generated/docs/shop.md was a symbolic link, and is a file now; what it led to is unchanged

"#]]);
    assert!(target.is_file() && !page.is_symlink());
}
