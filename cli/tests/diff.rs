//! `cargo errbook diff`, end to end: what it tells in each format, what can be compared, and how it ends.

pub(crate) mod cases;

use std::path::Path;

use snapbox::cmd::Command;
use snapbox::{Data, file, str};
use tempfile::TempDir;

#[cfg(target_os = "linux")]
use crate::support::terminal::in_terminal;
use crate::support::{BUSY_SHOP, MAIL, errbook, folder_with, run, write};

fn diff(folder: impl AsRef<Path>, args: &[&str]) -> Command {
    errbook(folder, &["diff"]).args(args)
}

/// Two versions with changes of all steps.
fn versions() -> TempDir {
    folder_with(&[
        ("old.toml", include_str!("diff/old.toml")),
        ("catalog/shop.toml", include_str!("diff/new.toml")),
    ])
}

#[test]
fn each_format_prints_every_change() {
    #[track_caller]
    fn check(format: &str, expected: Data) {
        let versions = versions();
        let args = ["old.toml", "--format", format];
        let run = diff(&versions, &args).assert().success().stderr_eq("");
        run.stdout_eq(expected.raw());
    }
    check("human", file!["diff/human.txt"]);
    check("json", file!["diff/document.json"]);
    check("markdown", file!["diff/changelog.md"]);
    check("github", file!["diff/annotations.txt"]);
}

#[cfg(target_os = "linux")]
#[test]
fn terminal_output_has_colours_and_fits_the_width() {
    let versions = versions();
    let shown = in_terminal(versions.path(), 60, &["diff", "old.toml"]);
    for line in shown.lines() {
        let letters = anstream::adapter::strip_str(&line.replace('␛', "\u{1b}")).to_string();
        assert!(letters.chars().count() <= 60, "{letters}");
    }
    shown.eq_to(file!["diff/terminal.txt"]);
}

#[test]
fn fail_on_exits_with_1_from_its_step() {
    #[track_caller]
    fn check(old: &str, new: &str, fails_on: &[&str]) {
        let folder = folder_with(&[("old.toml", old), ("new.toml", new)]);
        for format in ["human", "json", "markdown", "github"] {
            let args = ["old.toml", "new.toml", "--format", format];
            diff(&folder, &args).assert().success();
            for step in ["patch", "minor", "major"] {
                let args = [&args[..], &["--fail-on", step]].concat();
                let status = i32::from(fails_on.contains(&step));
                diff(&folder, &args).assert().code(status).stderr_eq("");
            }
        }
    }
    check(BUSY_SHOP, BUSY_SHOP, &[]);
    check(BUSY_SHOP, &format!("# a comment\n{BUSY_SHOP}"), &[]);
    check(
        BUSY_SHOP,
        &BUSY_SHOP.replace("Too much", "Much"),
        &["patch"],
    );
    let minor = BUSY_SHOP.to_owned() + "retry = \"backoff\"\n";
    check(BUSY_SHOP, &minor, &["patch", "minor"]);
    let major = BUSY_SHOP.replace("503", "500");
    check(BUSY_SHOP, &major, &["patch", "minor", "major"]);
}

#[test]
fn fail_on_makes_annotations_errors() {
    let folder = folder_with(&[
        ("old.toml", BUSY_SHOP),
        (
            "new.toml",
            &BUSY_SHOP.replace("503", "500").replace("Too much", "Much"),
        ),
    ]);
    let args = ["old.toml", "new.toml", "--format", "github"];
    let run = diff(&folder, &args).args(["--fail-on", "major"]);
    run.assert().code(1).stdout_eq(str![[r#"
::error file=new.toml,line=10,endLine=10,col=10,endColumn=13,title=errbook major%3A status-sent::BUSY: status that is sent: 503 → 500%0Abreaks callers%0ACallers that go by the status get another one than the catalog said.%0A--> old.toml:10:10 in old.toml
::notice file=new.toml,line=11,endLine=11,col=15,endColumn=27,title=errbook patch%3A error-text::BUSY: description: Too much to do → Much to do%0AA text for people, also where it is sent: no program knows an error by it.%0A--> old.toml:11:15 in old.toml
::error title=errbook diff::major: 1 change breaks callers; 1 is patch

"#]]);
}

#[test]
fn apis_are_paired_by_their_ids() {
    #[track_caller]
    fn check(folder: impl AsRef<Path>, args: &[&str], expected: impl snapbox::IntoData) {
        let run = diff(folder, args).assert().success().stderr_eq("");
        run.stdout_eq(expected);
    }
    let two = folder_with(&[
        ("old/a.toml", BUSY_SHOP),
        ("old/b.toml", MAIL),
        ("new/shop.toml", BUSY_SHOP),
        ("new/post.toml", &MAIL.replace("\"mail\"", "\"post\"")),
        ("mail.toml", MAIL),
    ]);
    check(
        two.path(),
        &["old", "new"],
        str![[r#"
post

  the API
    minor  API added: Mail API

mail

  the API
    major  API removed: Mail API (breaks servers, source)

major: 1 change breaks servers, 1 breaks source; 1 is minor

"#]],
    );
    // A file is compared with its own API alone.
    let same = "Nothing has changed in 1 API with 1 error\n";
    check(two.path(), &["mail.toml", "old"], same);
    check(two.path(), &["old", "mail.toml"], same);
    // And with another file, whatever that is.
    check(
        two.path(),
        &["mail.toml", "new/post.toml"],
        str![[r#"
mail → post

  the API
    major  id: mail → post (breaks source)

major: 1 change breaks source

"#]],
    );
    let none = diff(&two, &["mail.toml", "new"]).assert().code(2);
    none.stdout_eq("").stderr_eq(str![[r#"
error: `mail.toml` is the catalog of `mail`, and there is none of that id in `new`; name the file to compare it with

"#]]);
}

#[test]
fn project_is_compared_by_its_configured_catalogs() {
    let folder = folder_with(&[
        ("old/errbook.toml", "catalogs = \"errors\"\n"),
        ("old/errors/shop.toml", BUSY_SHOP),
        ("old/catalog/shop.toml", MAIL),
        // What a project denies is no matter here.
        ("new/errbook.toml", "[lints]\nmissing-action = \"deny\"\n"),
        ("new/catalog/shop.toml", BUSY_SHOP),
    ]);
    let same = "Nothing has changed in 1 API with 1 error\n";
    let run = diff(&folder, &["old", "new"]).assert().success();
    run.stdout_eq(same).stderr_eq("");
    let run = diff(folder.path().join("new"), &["../old"]).assert();
    run.success().stdout_eq(same).stderr_eq("");
    let run = diff(&folder, &["old", "--project", "new"]).assert();
    run.success().stdout_eq(same).stderr_eq("");
    let args = ["old", "--catalogs", "new/catalog/shop.toml"];
    let run = diff(&folder, &args).assert();
    run.success().stdout_eq(same).stderr_eq("");
}

#[test]
fn removed_error_is_reported_despite_a_lock() {
    let folder = folder_with(&[
        ("catalog/shop.toml", BUSY_SHOP),
        ("old/shop.toml", BUSY_SHOP),
    ]);
    run(&folder, &["lock"]).success();
    let full = BUSY_SHOP.replace("BUSY", "FULL");
    write(&folder, "catalog/shop.toml", &full);
    let run = diff(&folder, &["old"]).assert().success();
    run.stderr_eq("").stdout_eq(str![[r#"
shop

  BUSY
    major  error removed: Too much to do (breaks servers, source)

  FULL
    minor  error added: Too much to do

major: 1 change breaks servers, 1 breaks source; 1 is minor

"#]]);
}

#[test]
fn incomparable_sides_exit_with_2() {
    #[track_caller]
    fn check(folder: impl AsRef<Path>, args: &[&str], expected: impl snapbox::IntoData) {
        let run = diff(folder, args).assert().code(2).stdout_eq("");
        run.stderr_eq(expected);
    }
    let folder = folder_with(&[
        ("good.toml", BUSY_SHOP),
        ("bad.toml", &BUSY_SHOP.replace("503", "5030")),
        (
            "worse.toml",
            &BUSY_SHOP.replace("description", "descriptoin"),
        ),
        ("empty/README.md", ""),
    ]);
    check(
        folder.path(),
        &["bad.toml", "good.toml"],
        str![[r#"
error[E0502]: this is no HTTP status
  --> bad.toml:10:10
   |
10 | status = 5030
   |          ^^^^ not from 100 to 599
   |
   = help: write the status of the response; a number in its body may be the error's `code`

error: 1 error in OLD, `bad.toml`: there is nothing to compare
For more about a finding: cargo errbook explain E0502

"#]],
    );
    check(
        folder.path(),
        &["bad.toml", "worse.toml"],
        str![[r#"
...
error: 1 error in OLD, `bad.toml`, and 1 error in NEW, `worse.toml`: there is nothing to compare
For more about a finding: cargo errbook explain E0502

"#]],
    );
    check(
        folder.path(),
        &["good.toml", "empty"],
        str![[r#"
error[E0102]: no catalog in `empty`
...
error: 1 error in NEW, `empty`: there is nothing to compare
For more about a finding: cargo errbook explain E0102

"#]],
    );
    check(
        folder.path(),
        &["v1.0", "good.toml"],
        str![[r#"
error: there is no file or folder `v1.0`; a revision of git is written git:v1.0

"#]],
    );
    check(
        folder.path(),
        &["good.toml"],
        str![[r#"
error: no folder `catalog` and no errbook.toml here or above; name the catalogs with --catalogs, or make a first one: cargo errbook new

"#]],
    );
}

#[test]
fn white_space_change_is_summarized() {
    let wrapped = BUSY_SHOP.replace("\"Too much to do\"", "\"\"\"\nToo much\nto do\"\"\"");
    let folder = folder_with(&[("old.toml", BUSY_SHOP), ("new.toml", &wrapped)]);
    let check = |format: &str, expected: snapbox::data::Inline| {
        let run = diff(&folder, &["--format", format, "old.toml", "new.toml"]);
        run.assert().success().stdout_eq(expected);
    };
    check(
        "human",
        str![[r#"
shop

  BUSY
    patch  description (white space alone)

patch: 1 change is of texts and pages alone

"#]],
    );
    check(
        "markdown",
        str![[r#"
## Shop API

### Texts

- `BUSY`
  - description (white space alone)

"#]],
    );
    check(
        "github",
        str![[r#"
::notice file=new.toml,line=11,endLine=13,title=errbook patch%3A error-text::BUSY: description (white space alone)%0A[..]
::notice title=errbook diff::[..]

"#]],
    );
}
