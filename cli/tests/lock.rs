//! `cargo errbook lock`, end to end: the life of a code, and what becomes of a lock that people touch.

use std::fs;
use std::path::Path;

use errbook_codegen::__private::LOCK;
use snapbox::str;
use tempfile::TempDir;

#[cfg(unix)]
use crate::support::errbook_with_read_only;
use crate::support::{MAIL, empty_folder, read, run, stderr, write};

const HEAD: &str = r#"[api]
id = "shop"
title = "Shop API"
version = "1.0"

[envelope]
code = "/code"
message = "/message"
"#;

const OUT_OF_STOCK: &str = r#"
[error.OUT_OF_STOCK]
status = 409
description = "The shop has none left"
"#;

const BUSY: &str = r#"
[error.BUSY]
status = 503
description = "Too many orders come in at once"
"#;

/// A folder with a shop of these errors in it.
fn project(errors: &[&str]) -> TempDir {
    let folder = empty_folder();
    shop(folder.path(), errors);
    folder
}

/// Makes these the errors of the shop.
fn shop(folder: impl AsRef<Path>, errors: &[&str]) {
    write(
        folder,
        "catalog/shop.toml",
        HEAD.to_owned() + &errors.concat(),
    );
}

/// Locks, which goes well.
#[track_caller]
fn lock(folder: impl AsRef<Path>) {
    run(folder, &["lock", "--quiet"])
        .success()
        .stdout_eq("")
        .stderr_eq("");
}

/// The rows of the lock, without what it says of itself.
fn rows(folder: impl AsRef<Path>) -> String {
    let text = read(folder, &format!("catalog/{LOCK}"));
    let (_, rows) = text.split_once("\n\n").expect("a line is left free");
    rows.to_owned()
}

#[test]
fn first_lock_contains_every_code_and_second_changes_nothing() {
    let folder = &project(&[OUT_OF_STOCK, BUSY]);
    run(folder, &["lock", "--check"])
        .code(1)
        .stdout_eq("")
        .stderr_eq(str![[r#"
error: there is no catalog/errbook.lock yet; run `cargo errbook lock`

"#]]);
    run(folder, &["lock"])
        .success()
        .stderr_eq("")
        .stdout_eq(str![[r#"
Wrote catalog/errbook.lock: 2 added; 2 codes

"#]]);
    snapbox::assert_data_eq!(
        read(folder, "catalog/errbook.lock"),
        str![[r##"
# Every code that was ever released, so that none is lost and none gets another meaning.
# `cargo errbook lock` writes this file. Commit it, and edit it by hand only to merge, or where a finding says so:
# of two branches, keep the rows of both.

shop = [
  { code = "BUSY", since = "1.0" },
  { code = "OUT_OF_STOCK", since = "1.0" },
]

"##]]
    );
    run(folder, &["lock"])
        .success()
        .stderr_eq("")
        .stdout_eq(str![[r#"
Nothing to do in catalog/errbook.lock: 2 codes

"#]]);
    run(folder, &["lock", "--check"])
        .success()
        .stderr_eq("")
        .stdout_eq(str![[r#"
catalog/errbook.lock is up to date: 2 codes

"#]]);
    for args in [
        &["lock", "--quiet"][..],
        &["lock", "--check", "--quiet"],
        &["check", "--quiet"],
    ] {
        run(folder, args).success().stdout_eq("").stderr_eq("");
    }
}

#[test]
fn new_code_is_missed_by_lock_check_alone() {
    let folder = &project(&[OUT_OF_STOCK]);
    lock(folder);
    let before = read(folder, "catalog/errbook.lock");
    let later = BUSY.replace("503", "503\nsince = \"1.1\"");
    shop(folder, &[OUT_OF_STOCK, &later]);
    run(folder, &["check"]).success();
    run(folder, &["generate"]).success();
    run(folder, &["lock", "--check", "--quiet"])
        .code(1)
        .stdout_eq(str![[r#"
--- catalog/errbook.lock
+++ as generated
@@ -3,5 +3,6 @@
 # of two branches, keep the rows of both.
 
 shop = [
+  { code = "BUSY", since = "1.1" },
   { code = "OUT_OF_STOCK", since = "1.0" },
 ]

"#]])
        .stderr_eq(str![[r#"
error: catalog/errbook.lock is behind the catalogs: 1 added; run `cargo errbook lock`

"#]]);
    assert_eq!(read(folder, "catalog/errbook.lock"), before);
    run(folder, &["lock"]).success().stdout_eq(str![[r#"
Wrote catalog/errbook.lock: 1 added; 2 codes

"#]]);
}

#[test]
fn retired_code_comes_back_only_with_its_meaning() {
    let folder = &project(&[OUT_OF_STOCK, BUSY]);
    lock(folder);
    let retired = BUSY.to_owned() + "retired = \"2.0\"\n";
    shop(folder, &[OUT_OF_STOCK, &retired]);
    run(folder, &["check"]).success();

    // Deleted too early, it is gone without a trace.
    shop(folder, &[OUT_OF_STOCK]);
    for args in [
        &["check"][..],
        &["generate"],
        &["lock"],
        &["lock", "--check"],
    ] {
        run(folder, args).code(1).stdout_eq("");
    }

    shop(folder, &[OUT_OF_STOCK, &retired]);
    run(folder, &["lock", "--check"]).code(1);
    run(folder, &["lock"]).success().stdout_eq(str![[r#"
Wrote catalog/errbook.lock: 1 retired; 2 codes, 1 of them retired

"#]]);
    // That a text of what is retired is mended changes nothing.
    shop(folder, &[OUT_OF_STOCK, &retired.replace("orders", "order")]);
    run(folder, &["lock", "--check"]).success();
    shop(folder, &[OUT_OF_STOCK]);
    for args in [&["check"][..], &["generate"], &["lock", "--check"]] {
        run(folder, args).success();
    }
    assert_eq!(
        rows(folder),
        r#"shop = [
  { code = "BUSY", since = "1.0", retired = "2.0", meaning = "Too many orders come in at once" },
  { code = "OUT_OF_STOCK", since = "1.0" },
]
"#
    );

    let another = BUSY.replace("Too many orders come in at once", "The line is busy");
    shop(folder, &[OUT_OF_STOCK, &another]);
    run(folder, &["lock"])
        .code(1)
        .stdout_eq("")
        .stderr_eq(str![[r#"
error[E1203]: the retired code `BUSY` comes back with another meaning
  --> catalog/shop.toml:14:8
   |
14 | [error.BUSY]
   |        ^^^^ means something else
   |
  ::: catalog/errbook.lock:6:12
   |
 6 |   { code = "BUSY", since = "1.0", retired = "2.0", meaning = "Too many orders come in at once" },
   |            ------ not sent since 2.0
   |
   = help: who knows it from before would take one for the other: give the error a code of its own
   = help: or, where it means what it meant, say so in the same words: description = "Too many orders come in at once"

error: 1 error; nothing was written
For more about a finding: cargo errbook explain E1203

"#]]);
    shop(folder, &[OUT_OF_STOCK, BUSY]);
    run(folder, &["check"]).success();
    run(folder, &["lock"]).success().stdout_eq(str![[r#"
Wrote catalog/errbook.lock: 1 back in use; 2 codes

"#]]);
}

#[test]
fn removed_code_is_refused_and_the_lock_is_kept() {
    let folder = &project(&[OUT_OF_STOCK, BUSY]);
    lock(folder);
    let before = read(folder, "catalog/errbook.lock");
    shop(folder, &[OUT_OF_STOCK]);
    let expected = str![[r#"
error[E1202]: the released code `BUSY` of `shop` is gone
 --> catalog/errbook.lock:6:12
  |
6 |   { code = "BUSY", since = "1.0" },
  |            ^^^^^^ no error has it, and no alias
  |
  = help: keep its error, with retired = "1.0"; when `cargo errbook lock` has noted that, it may go
  = help: or let the error that replaces it answer to it: aliases = ["BUSY"]

error: 1 error; nothing was written
For more about a finding: cargo errbook explain E1202

"#]];
    for args in [&["lock"][..], &["generate"]] {
        run(folder, args)
            .code(1)
            .stdout_eq("")
            .stderr_eq(expected.clone());
    }
    run(folder, &["lock", "--check"]).code(1);
    assert_eq!(read(folder, "catalog/errbook.lock"), before);
    assert!(!folder.path().join("generated").exists());
    // Whoever gave the lock up has none.
    fs::remove_file(folder.path().join("catalog/errbook.lock")).expect("it is there");
    run(folder, &["check"]).success();
}

#[test]
fn aliases_and_numbers_are_locked_and_errors_without_code_are_not() {
    let folder = &project(&[
        "[error.LIMIT]\ncode = 10001\naliases = [-7, \"FULL \\\"2\\\"\"]\nsince = \"0.9\"\nstatus = 429\ndescription = \"x\"\n",
        "[error.OLD]\ncode = 900\naliases = [\"OLDER\"]\nstatus = 400\nmessage = \"It is old\"\nretired = \"0.5\"\n",
        "[error.NONE]\ncode = false\nstatus = 400\nmessage = \"Nothing tells it\"\n",
    ]);
    lock(folder);
    assert_eq!(
        rows(folder),
        r#"shop = [
  { code = -7, meaning = "x" },
  { code = 900, retired = "0.5", meaning = "It is old" },
  { code = 10001, since = "0.9" },
  { code = "FULL \"2\"", meaning = "x" },
  { code = "OLDER", retired = "0.5", meaning = "It is old" },
]
"#
    );
    run(folder, &["lock", "--check"]).success();
    // A number and its digits are one code; an alias that is a code again was never gone.
    shop(
        folder,
        &[
            "[error.\"10001\"]\nrust-name = \"Limit\"\naliases = [\"FULL \\\"2\\\"\"]\nstatus = 429\ndescription = \"x\"\n",
            "[error.MINUS]\ncode = -7\nstatus = 429\ndescription = \"x\"\n",
            "[error.NEW]\naliases = [\"OLDER\"]\nstatus = 400\ndescription = \"z\"\n",
        ],
    );
    lock(folder);
    assert_eq!(
        rows(folder),
        r#"shop = [
  { code = -7 },
  { code = 900, retired = "0.5", meaning = "It is old" },
  { code = "10001", since = "0.9" },
  { code = "FULL \"2\"", meaning = "x" },
  { code = "NEW", since = "1.0" },
  { code = "OLDER", retired = "0.5", meaning = "It is old" },
]
"#
    );
    shop(
        folder,
        &["[error.NEW]\nstatus = 400\ndescription = \"z\"\n"],
    );
    run(folder, &["check"]).code(1).stderr_eq(str![[r#"
error[E1202]: the released code `-7` of `shop` is gone
...
  = help: or let the error that replaces it answer to it: aliases = [-7]
...
error: 3 errors
For more about a finding: cargo errbook explain E1202

"#]]);
}

#[test]
fn alias_cannot_become_the_code_of_another_error() {
    let folder = &project(&[BUSY]);
    lock(folder);
    let renamed = BUSY.replace("[error.BUSY]", "[error.OVERLOADED]\naliases = [\"BUSY\"]");
    shop(folder, &[&renamed]);
    run(folder, &["check"]).success();
    lock(folder);
    let locked = r#"shop = [
  { code = "BUSY", since = "1.0", meaning = "Too many orders come in at once" },
  { code = "OVERLOADED", since = "1.0" },
]
"#;
    assert_eq!(rows(folder), locked);
    shop(
        folder,
        &[
            &BUSY.replace("BUSY", "OVERLOADED"),
            &BUSY.replace("Too many orders come in at once", "The line is busy"),
        ],
    );
    run(folder, &["lock"]).code(1).stderr_eq(str![[r#"
error[E1203]: the former code `BUSY` comes back with another meaning
  --> catalog/shop.toml:14:8
   |
14 | [error.BUSY]
   |        ^^^^ means something else
   |
  ::: catalog/errbook.lock:6:12
   |
 6 |   { code = "BUSY", since = "1.0", meaning = "Too many orders come in at once" },
   |            ------ an alias until now
   |
...
"#]]);
    // Renamed back, it is what it was.
    shop(
        folder,
        &[&BUSY.replace("[error.BUSY]", "[error.BUSY]\naliases = [\"OVERLOADED\"]")],
    );
    lock(folder);
    assert!(rows(folder).contains("{ code = \"BUSY\", since = \"1.0\" }"));
    // Retired with its error, an alias is retired, too.
    shop(folder, &[&(renamed + "retired = \"3\"\n")]);
    lock(folder);
    shop(folder, &[]);
    run(folder, &["lock", "--check"]).success();
}

#[test]
fn code_of_two_errors_is_retired_with_the_last_one() {
    let held = |key: &str, status: u16, rest: &str| {
        format!(
            "[error.{key}]\ncode = \"HELD\"\nstatus = {status}\ndescription = \"{key}\"\n{rest}"
        )
    };
    let gone = "retired = \"2.0\"\n";
    let folder = &project(&[&held("A", 401, ""), &held("B", 403, "")]);
    lock(folder);
    shop(folder, &[&held("A", 401, gone), &held("B", 403, "")]);
    run(folder, &["lock", "--check"]).success();
    shop(folder, &[&held("A", 401, gone), &held("B", 403, gone)]);
    lock(folder);
    assert_eq!(
        rows(folder),
        "shop = [\n  { code = \"HELD\", since = \"1.0\", retired = \"2.0\", meaning = [\"A\", \"B\"] },\n]\n"
    );
    shop(folder, &[&held("B", 403, "")]);
    run(folder, &["check"]).success();
    shop(folder, &[&held("C", 403, "")]);
    run(folder, &["check"]).code(1);
}

#[test]
fn each_api_has_its_own_rows() {
    let folder = &project(&[BUSY]);
    write(folder, "catalog/mail.toml", MAIL);
    lock(folder);
    assert_eq!(
        rows(folder),
        "mail = [\n  { code = \"NO_SUCH_ADDRESS\" },\n]\n\nshop = [\n  { code = \"BUSY\", since = \"1.0\" },\n]\n"
    );

    // The file of one of them says nothing of the other.
    let alone = ["--catalogs", "catalog/shop.toml"];
    shop(folder, &[BUSY, OUT_OF_STOCK]);
    run(folder, &[&["lock"][..], &alone].concat())
        .success()
        .stdout_eq(str![[r#"
Wrote catalog/errbook.lock: 1 added; 3 codes

"#]]);
    shop(folder, &[OUT_OF_STOCK]);
    run(folder, &[&["check"][..], &alone].concat()).code(1);
    shop(folder, &[BUSY, OUT_OF_STOCK]);

    fs::remove_file(folder.path().join("catalog/mail.toml")).expect("it is there");
    run(folder, &[&["check"][..], &alone].concat()).success();
    run(folder, &["lock"])
        .code(1)
        .stdout_eq("")
        .stderr_eq(str![[r#"
error[E1204]: the released API `mail` is gone
 --> catalog/errbook.lock:5:1
  |
5 | mail = [
  | ^^^^ 1 code is in use
  |
  = help: bring its catalog back; or, when nobody calls it any more, delete this list of its codes

error: 1 error; nothing was written
For more about a finding: cargo errbook explain E1204

"#]]);
    write(
        folder,
        "catalog/mail.toml",
        MAIL.replace("\"mail\"", "\"post\""),
    );
    run(folder, &["check"]).code(1).stderr_eq(str![[r#"
error[E1204]: the released API `mail` is gone
...
  = help: if its id is `post` now, write that here
...
"#]]);
    let renamed = read(folder, "catalog/errbook.lock").replace("mail = [", "post = [");
    write(folder, "catalog/errbook.lock", &renamed);
    run(folder, &["lock", "--check"]).success();

    // All of it retired, an API may go with its catalog.
    let retired = MAIL.replace("\"mail\"", "\"post\"") + "retired = \"3\"\n";
    write(folder, "catalog/mail.toml", &retired);
    lock(folder);
    fs::remove_file(folder.path().join("catalog/mail.toml")).expect("it is there");
    run(folder, &["lock", "--check"]).success();
    assert!(rows(folder).contains("Nobody has this address"));
}

#[test]
fn merge_conflict_is_reported_and_merged_rows_are_rewritten() {
    let folder = &project(&[BUSY, OUT_OF_STOCK]);
    write(
        folder,
        "catalog/errbook.lock",
        "shop = [\n<<<<<<< HEAD\n  { code = \"OUT_OF_STOCK\" },\n=======\n  { code = \"BUSY\", since = \"0.9\" },\n>>>>>>> busy\n]\n",
    );
    run(folder, &["lock"])
        .code(1)
        .stdout_eq("")
        .stderr_eq(str![[r#"
error[E1201]: the lock has not been merged
 --> catalog/errbook.lock:2:1
  |
2 | <<<<<<< HEAD
  | ^^^^^^^^^^^^ a mark of git's
...
6 | >>>>>>> busy
  | ------------ up to here
  |
  = help: keep the rows of both sides, delete git's marks, and run `cargo errbook lock`

error: 1 error; nothing was written
For more about a finding: cargo errbook explain E1201

"#]]);
    let merged = "shop = [\r\n  { code = \"OUT_OF_STOCK\" },\r\n  { code = \"BUSY\", since = \"0.9\" },\r\n]\r\n";
    write(folder, "catalog/errbook.lock", merged);
    run(folder, &["check"]).success();
    run(folder, &["lock"]).success().stdout_eq(str![[r#"
Wrote catalog/errbook.lock: rows put in order; 2 codes

"#]]);
    assert_eq!(
        rows(folder),
        "shop = [\n  { code = \"BUSY\", since = \"0.9\" },\n  { code = \"OUT_OF_STOCK\" },\n]\n"
    );
    // A checkout that changes the ends of lines changes no row.
    let checked_out = read(folder, "catalog/errbook.lock").replace('\n', "\r\n");
    write(folder, "catalog/errbook.lock", &checked_out);
    run(folder, &["lock", "--check"]).success();
    run(folder, &["lock"]).success();
    assert_eq!(read(folder, "catalog/errbook.lock"), checked_out);
}

#[test]
fn edited_lock_is_rewritten_with_the_reason() {
    let folder = &project(&[BUSY]);
    lock(folder);
    let locked = read(folder, "catalog/errbook.lock");
    let check = |text: String, wrote: &str| {
        write(folder, "catalog/errbook.lock", &text);
        let told = format!("Wrote catalog/errbook.lock: {wrote}; 1 code\n");
        run(folder, &["lock"]).success().stdout_eq(told);
        assert_eq!(read(folder, "catalog/errbook.lock"), locked);
    };
    check(
        locked.replace("# of two", "# Of two"),
        "the same rows, written anew",
    );
    check(locked.replace("  {", "{"), "the same rows, written anew");
    let later = BUSY.replace("503", "503\nsince = \"1.0\"");
    shop(folder, &[&later]);
    check(locked.replace(", since = \"1.0\"", ""), "1 amended");
    write(folder, "catalog/errbook.lock", locked.replace("  {", "{"));
    run(folder, &["lock", "--check", "--quiet"]).code(1).stderr_eq(str![[r#"
error: catalog/errbook.lock is not as `cargo errbook lock` writes it: the same rows, written anew; run `cargo errbook lock`

"#]]);
}

#[cfg(unix)]
#[test]
fn symbolic_link_is_kept() {
    let folder = &project(&[BUSY]);
    lock(folder);
    let [link, file] =
        ["catalog/errbook.lock", "errbook.lock"].map(|path| folder.path().join(path));
    fs::rename(&link, &file).expect("it can be moved");
    std::os::unix::fs::symlink("../errbook.lock", &link).expect("it can be made");
    shop(folder, &[BUSY, OUT_OF_STOCK]);
    lock(folder);
    assert!(link.is_symlink());
    let locked = fs::read_to_string(file).expect("it is there");
    assert!(locked.contains("OUT_OF_STOCK"), "{locked}");
    run(folder, &["lock", "--check"]).success();
}

#[test]
fn wrong_catalog_leaves_the_lock_unchanged() {
    let folder = &project(&[BUSY, OUT_OF_STOCK]);
    write(folder, "catalog/mail.toml", MAIL);
    lock(folder);
    let before = read(folder, "catalog/errbook.lock");
    shop(
        folder,
        &[&BUSY.replace("BUSY", "FULL").replace("503", "5030")],
    );
    write(folder, "catalog/mail.toml", "[api\n");
    for (args, end) in [
        (&["lock"][..], "error: 2 errors; nothing was written\n"),
        (&["lock", "--check"], "error: 2 errors\n"),
    ] {
        let told = run(folder, args).code(1).stdout_eq("");
        let told = stderr(&told);
        assert!(told.contains(end), "{told}");
        assert!(!told.contains(LOCK), "{told}");
    }
    assert_eq!(read(folder, "catalog/errbook.lock"), before);
}

#[test]
fn unreadable_lock_is_a_finding() {
    let folder = &project(&[BUSY]);
    fs::create_dir(folder.path().join("catalog/errbook.lock")).expect("it can be made");
    run(folder, &["lock"])
        .code(1)
        .stdout_eq("")
        .stderr_eq(str![[r#"
error[E0101]: `catalog/errbook.lock` is no file
 |
 = help: what is read is a plain file: call this something else

error: 1 error; nothing was written
For more about a finding: cargo errbook explain E0101

"#]]);
}

#[cfg(unix)]
#[test]
fn read_only_folder_exits_with_2() {
    let project = project(&[BUSY]);
    let catalog = project.path().join("catalog");
    let refused = errbook_with_read_only(&catalog, project.path(), &["lock"]).code(2);
    let told = stderr(&refused);
    assert!(
        told.ends_with("Permission denied (os error 13); give yourself the right to it\n"),
        "{told}"
    );
    let files = fs::read_dir(&catalog).expect("it can be read").count();
    assert_eq!(files, 1, "nothing but the catalog");
}

/// A name that no process has, and of which the system shows that.
#[cfg(target_os = "linux")]
#[test]
fn temporary_file_of_a_killed_run_is_removed() {
    let folder = &project(&[BUSY]);
    write(folder, "catalog/.99999999-0.errbook-tmp", "# Every");
    run(folder, &["check"]).success();
    lock(folder);
    assert!(
        !folder
            .path()
            .join("catalog/.99999999-0.errbook-tmp")
            .exists()
    );
}

#[test]
fn lock_of_a_single_catalog_is_beside_its_file() {
    let folder = &empty_folder();
    write(folder, "errbook.toml", "catalogs = \"api/errors.toml\"\n");
    write(folder, "api/errors.toml", HEAD.to_owned() + BUSY);
    run(folder, &["lock"]).success().stdout_eq(str![[r#"
Wrote api/errbook.lock: 1 added; 1 code

"#]]);
    write(folder, "api/errors.toml", HEAD);
    run(folder, &["check"]).code(1).stderr_eq(str![[r#"
error[E1202]: the released code `BUSY` of `shop` is gone
 --> api/errbook.lock:6:12
...
"#]]);
}

#[test]
fn lock_is_neither_a_catalog_nor_an_orphan() {
    let folder = &empty_folder();
    write(folder, "docs/shop.toml", HEAD.to_owned() + BUSY);
    run(folder, &["lock", "--catalogs", "docs"]).success();
    // Pages are written where the catalogs are.
    let args = ["generate", "--catalogs", "docs", "--output", "."];
    run(folder, &args).success();
    run(folder, &args).success().stdout_eq(str![[r#"
Read 1 catalog with 1 error from docs
  left alone ./docs/errbook.lock
  left alone ./docs/shop.toml
Nothing to do in .: 8 files are up to date
What errbook did not write is left alone; it belongs outside of .

"#]]);
    run(folder, &["lock", "--catalogs", "docs", "--check"]).success();
}
