//! `cargo errbook explain`, end to end: what an error is found by, and what is shown of it.

use std::fmt::Write;
use std::path::Path;

use snapbox::cmd::OutputAssert;
use snapbox::{Assert, Data, IntoData, str};
use tempfile::TempDir;

#[cfg(target_os = "linux")]
use crate::support::terminal::in_terminal;
use crate::support::{
    EMPTY_SHOP, WORKSPACE, empty_folder, errbook, folder_with, project, shop, stdout,
};

fn explain(project: impl AsRef<Path>, args: &[&str]) -> OutputAssert {
    errbook(project, &["explain"]).args(args).assert()
}

/// Of the five catalogs.
fn real(args: &[&str]) -> OutputAssert {
    explain(Path::new(WORKSPACE), args)
}

/// Of the catalog with every key of the format.
fn everything(args: &[&str]) -> OutputAssert {
    let catalog = ["--catalogs", "codegen/tests/catalogs/everything.toml"];
    real(&[&catalog, args].concat())
}

/// Whether a command prints what `tests/explain/NAME` holds.
#[track_caller]
fn is_as_in(name: &str, asserted: &OutputAssert) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/explain");
    Assert::new().action_env("SNAPSHOTS").eq(
        stdout(asserted),
        Data::read_from(&path.join(name), None).raw(),
    );
}

#[test]
fn error_is_printed_with_every_fact_of_its_catalog() {
    #[track_caller]
    fn check(name: &str, code: &str) {
        is_as_in(name, &real(&[code]).success().stderr_eq(""));
    }
    check("as-its-table-says.txt", "QUEUE_FULL");
    check("example-with-values.txt", "DOMAIN_NOT_AUTHORIZED");
    check("two-statuses.txt", "EXTRACTION_FAILED");
    check("event.txt", "WEBHOOK_FAILED");
    check("inferred-details.txt", "INSUFFICIENT_CREDITS");
    check("two-apis.txt", "VALIDATION_FAILED");
}

#[test]
fn every_key_of_the_format_is_printed() {
    #[track_caller]
    fn check(name: &str, code: &str) {
        is_as_in(name, &everything(&[code]).success().stderr_eq(""));
    }
    check("all-columns.txt", "EXPIRED");
    check("named-types.txt", "VALIDATION");
    check("deprecated.txt", "OLD");
    check("retired.txt", "GONE");
    check("details-of-a-type.txt", "RAW");
    check("one-code-of-two.txt", "slow_down");
    check("older-code.txt", "token_old");
    check("older-number.txt", "1234");
}

/// What is shown, in its order: the first line of each page.
#[track_caller]
fn names(asserted: OutputAssert) -> Vec<String> {
    let out = stdout(&asserted.success());
    let pages = out.split("\n────────────────────\n\n");
    let first = pages.map(|page| page.lines().next().expect("it has a line").to_owned());
    first.collect()
}

#[test]
fn error_is_found_by_each_of_its_names() {
    #[track_caller]
    fn check(args: &[&str], expected: &[&str]) {
        assert_eq!(names(real(args)), expected, "{args:?}");
    }
    for name in [
        "QUEUE_FULL",
        "queue_full",
        "Queue_Full",
        "QueueFull",
        "queuefull",
        "Code::QueueFull",
        "converso::Code::QueueFull",
        "errbook_apis::converso::Code::QueueFull",
        "crate::Code::QueueFull",
        "converso::QueueFull",
        "converso/QUEUE_FULL",
        "Converso/queue_full",
        "converso/QueueFull",
    ] {
        check(&[name], &["converso/QUEUE_FULL"]);
    }
    let both = ["audio-segments/UNAUTHORIZED", "converso/UNAUTHORIZED"];
    check(&["UNAUTHORIZED"], &both);
    check(&["unauthorized"], &both);
    check(&["Code::Unauthorized"], &both);
    check(&["audio-segments/UNAUTHORIZED"], &both[..1]);
    check(&["audio_segments::Code::Unauthorized"], &both[..1]);
    check(&["--api", "converso", "UNAUTHORIZED"], &both[1..]);
    check(&["--api", "CONVERSO", "UNAUTHORIZED"], &both[1..]);
    // A key without a code of its own, and a code that is not the key.
    check(&["RATE_LIMITED"], &["markdown-anything/RATE_LIMITED"]);
    check(
        &["insufficient_credits"],
        &["markdown-anything/INSUFFICIENT_CREDITS"],
    );
    check(
        &["markdown_anything::details::InsufficientCredits"],
        &["markdown-anything/INSUFFICIENT_CREDITS"],
    );
}

#[test]
fn module_named_like_a_keyword_is_shown_as_a_raw_identifier() {
    let api = EMPTY_SHOP.replace("id = \"shop\"", "id = \"type\"");
    let project = project(&format!("{api}\n[error.OUT]\ndescription = \"None left\""));
    for name in ["OUT", "r#type::Code::Out", "type::Code::Out"] {
        let page = stdout(&explain(project.path(), &[name]).success());
        assert!(page.contains("\nRust     r#type::Code::Out\n"), "{page}");
    }
}

#[test]
fn number_finds_the_error_with_that_code() {
    #[track_caller]
    fn check(code: &str, expected: &str) {
        assert_eq!(names(everything(&[code])), [expected]);
    }
    check("10001", "everything/NUMBERED");
    check("-1", "everything/NEGATIVE");
    check("1234", "everything/EXPIRED");
}

#[test]
fn exact_case_wins_over_another_case() {
    #[track_caller]
    fn check(folder: &TempDir, code: &str, expected: &[&str]) {
        assert_eq!(names(explain(folder, &[code])), expected, "{code}");
    }
    let folder = folder_with(&[
        (
            "catalog/a.toml",
            "[api]\nid = \"a\"\ntitle = \"A\"\n[envelope]\ncode = \"/code\"\nmessage = \"/message\"\n[error.NOT_FOUND]\nstatus = 404\nmessage = \"No\"\n[error.OTHER]\ncode = \"Not_Found\"\nstatus = 410\nmessage = \"No\"\n",
        ),
        (
            "catalog/b.toml",
            "[api]\nid = \"b\"\ntitle = \"B\"\n[envelope]\ncode = \"/code\"\nmessage = \"/message\"\n[error.MISSING]\ncode = \"not_found\"\nstatus = 404\nmessage = \"No\"\n[error.OLD]\naliases = [\"NOT_FOUND\"]\nstatus = 404\nmessage = \"No\"\n[error.\"größe\"]\nrust-name = \"Size\"\nstatus = 400\nmessage = \"No\"\n",
        ),
    ]);
    check(&folder, "NOT_FOUND", &["a/NOT_FOUND", "b/OLD"]);
    check(&folder, "not_found", &["b/MISSING"]);
    // In no case of theirs: all of them, those with the code first.
    check(
        &folder,
        "not_FOUND",
        &["a/NOT_FOUND", "a/OTHER", "b/MISSING", "b/OLD"],
    );
    check(&folder, "GRÖßE", &["b/größe"]);
    explain(&folder, &["not_found"])
        .success()
        .stdout_eq(str![[r#"
b/MISSING

Status   404
Code     not_found
Message  No
API      B (b)
Rust     b::Code::Missing
Catalog  catalog/b.toml

Body
  {
    "code": "not_found",
    "message": "No"
  }

In another case: a/NOT_FOUND, a/OTHER, b/OLD

"#]]);
    explain(&folder, &["not_found", "--quiet"])
        .success()
        .stdout_eq(str![[r#"
b/MISSING

Status   404
Code     not_found
Message  No
API      B (b)
Rust     b::Code::Missing
Catalog  catalog/b.toml

Body
  {
    "code": "not_found",
    "message": "No"
  }

"#]]);
}

#[test]
fn json_contains_every_fact() {
    is_as_in(
        "real.json",
        &real(&["--json", "INSUFFICIENT_CREDITS"]).success(),
    );
    let all = everything(&["--json", "EXPIRED"]).success();
    is_as_in("all-columns.json", &all);
    let types = everything(&["--json", "VALIDATION"]).success();
    is_as_in("named-types.json", &types);
    is_as_in("finding.json", &real(&["--json", "E0909"]).success());
}

#[test]
fn unknown_name_lists_similar_names() {
    #[track_caller]
    fn check(args: &[&str], expected: impl IntoData) {
        real(args).code(1).stdout_eq("").stderr_eq(expected);
    }
    check(
        &["QUEUE_FUL"],
        str![[r#"
error: there is no error `QUEUE_FUL` in 5 APIs, and no finding
Did you mean:
  converso/QUEUE_FULL  Processing queue is temporarily full
To search all texts: cargo errbook list WORD

"#]],
    );
    check(
        &["token"],
        str![[r#"
error: there is no error `token` in 5 APIs, and no finding
Did you mean:
  audio-segments/TOKEN_EXPIRED       JWT has expired
  enconvert/TOKEN_EXPIRED            The JWT access token has expired. Request a new token or us…
  enconvert/INVALID_TOKEN            The JWT token is malformed, tampered with, or otherwise inv…
  enconvert/REFRESH_TOKEN_EXPIRED    The refresh token has expired. Re-authenticate using your A…
  enconvert/REFRESH_TOKEN_NOT_FOUND  The refresh token provided does not exist or has already be…
To search all texts: cargo errbook list WORD

"#]],
    );
    check(
        &["MissingFile"],
        str![[r#"
error: there is no error `MissingFile` in 5 APIs, and no finding
Did you mean:
  audio-segments/CORRUPT_FILE     File could not be decoded
  converso/FILE_EXPIRED           Extracted file no longer available
  audio-segments/FILE_TOO_LARGE   File exceeds plan's max file size
  enconvert/FILE_TOO_LARGE        The uploaded file exceeds the maximum size allowed for your…
  orders/ORDER_FILE_NOT_UPLOADED  Order file has not been uploaded
To search all texts: cargo errbook list WORD

"#]],
    );
    check(
        &["404"],
        str![[r#"
error: there is no error `404` in 5 APIs, and no finding
7 errors come with this status: cargo errbook list --status 404
To search all texts: cargo errbook list WORD

"#]],
    );
    check(
        &["misssing-action"],
        str![[r#"
error: there is no error `misssing-action` in 5 APIs, and no finding
Or the finding missing-action: an error without an `action`
To search all texts: cargo errbook list WORD

"#]],
    );
    check(
        &["xyzzy"],
        str![[r#"
error: there is no error `xyzzy` in 5 APIs, and no finding
To search all texts: cargo errbook list WORD

"#]],
    );
    check(
        &[""],
        str![[r#"
error: there is no error `` in 5 APIs, and no finding
To search all texts: cargo errbook list WORD

"#]],
    );
}

#[test]
fn unknown_name_explains_matches_by_another_name() {
    let errors = r#"[error.PAYMENT]
code = "card/declined"
status = 402
message = "No money"
aliases = ["INSUFFICIENT"]

[error.OUT_OF_STOCK]
code = "https://api.example.com/errors#OUT_OF_STOCK"
status = 409
message = "None left"

[error.LATE]
code = "https://api.example.com/errors#LATE"
status = 410
message = "Too late"
"#;
    let folder = shop(errors);
    let check = |word: &str, expected: &str| {
        let told = format!(
            "error: there is no error `{word}` in 1 API, and no finding\nDid you mean:\n  {expected}\nTo search all texts: cargo errbook list WORD\n"
        );
        explain(&folder, &[word]).code(1).stderr_eq(told);
    };
    check(
        "crd/declined",
        "shop/PAYMENT (code card/declined)  No money",
    );
    check("decline", "shop/PAYMENT (code card/declined)  No money");
    check("INSUFICIENT", "shop/PAYMENT (alias INSUFFICIENT)  No money");
    check("payments", "shop/PAYMENT  No money");
    // All addresses are alike but for their ends.
    let address = "https://api.example.com/errors#OUT_OF_STOK";
    check(address, "shop/OUT_OF_STOCK  None left");
    check("OUT_OF_STOK", "shop/OUT_OF_STOCK  None left");
}

#[test]
fn similar_names_are_found_among_many_errors() {
    let mut errors = String::new();
    for index in 10_000..15_000 {
        let _ = writeln!(errors, "[error.E_{index}]\nstatus = 400\nmessage = \"E\"");
    }
    errors.push_str("[error.ZZ_ABCD]\nstatus = 400\ndescription = \"The last\"\n");
    let folder = shop(&errors);
    let run = explain(&folder, &["ZZ_ABDC"]).code(1);
    run.stderr_eq(str![[r#"
...
Did you mean:
  shop/ZZ_ABCD  The last
...
"#]]);
}

#[test]
fn unknown_name_lists_the_error_of_another_api() {
    #[track_caller]
    fn check(args: &[&str], expected: impl IntoData) {
        real(args).code(1).stdout_eq("").stderr_eq(expected);
    }
    check(
        &["--api", "orders", "QUEUE_FULL"],
        str![[r#"
error: the API `orders` has no error `QUEUE_FULL`
Did you mean:
  converso/QUEUE_FULL  Processing queue is temporarily full
To search all texts: cargo errbook list WORD

"#]],
    );
    check(
        &["orders/QUEUE_FULL"],
        str![[r#"
error: there is no error `orders/QUEUE_FULL` in 5 APIs, and no finding
Did you mean:
  converso/QUEUE_FULL  Processing queue is temporarily full
To search all texts: cargo errbook list WORD

"#]],
    );
    check(
        &["E9999"],
        str![[r#"
error: there is no error `E9999` in 5 APIs, and no finding
To search all texts: cargo errbook list WORD

"#]],
    );
    let json = real(&["--json", "QUEUE_FUL"]).code(1);
    json.stdout_eq(str![[r#"
{
  "version": 1,
  "errors": []
}

"#]]);
}

#[test]
fn wrong_usage_exits_with_2() {
    real(&["--api", "oders", "QUEUE_FULL"])
        .code(2)
        .stderr_eq(str![[r#"
error: there is no API `oders`; did you mean `orders`?

"#]]);
    let empty = empty_folder();
    explain(&empty, &["QUEUE_FULL"])
        .code(2)
        .stderr_eq(str![[r#"
error: no folder `catalog` and no errbook.toml here or above; name the catalogs with --catalogs, or make a first one: cargo errbook new

"#]]);
    explain(&empty, &[]).code(2).stderr_eq(str![[r#"
error: the following required arguments were not provided:
  <CODE>

Usage: cargo errbook explain <CODE>

For more information, try '--help'.

"#]]);
    explain(&empty, &["--finding", "--api", "shop", "E0502"]).code(2);
}

#[test]
fn help_lists_the_names_of_an_error() {
    real(&["--help"]).success().stdout_eq(str![[r#"
Show an error of the catalogs, or say what a finding means

Usage: cargo errbook explain [OPTIONS] <CODE>

Arguments:
  <CODE>
          A code, also an older one, a key or a Rust name of an error, in whatever case; or the id
          of a finding, such as `E0201`, or the name of a lint
          
          What is written so to the letter goes before what is written in another case, and an error
          before a finding. Where several errors have the code, all are shown: API/CODE is that of
          one API.

Options:
      --api <ID>
          Look in the API of this id alone

      --finding
          Take CODE for a finding or a lint, also where an error is called so

      --json
          Print all of it as JSON, for scripts

  -h, --help
...
Examples:
  cargo errbook explain QUEUE_FULL            by its code
  cargo errbook explain orders/QUEUE_FULL     that of one API alone
  cargo errbook explain Code::QueueFull       by its name in Rust
  cargo errbook explain QUEUE_FULL --json     for scripts
  cargo errbook explain E0510                 what a finding means

Exits with 1 where nothing is called so, or where catalogs have findings.

"#]]);
}

#[test]
fn finding_is_explained_by_its_page() {
    let folder = empty_folder();
    for id in ["E0502", "e0502"] {
        let page = errbook_codegen::RuleId::BadStatus.page();
        explain(&folder, &[id]).success().stdout_eq(page);
    }
    let page = errbook_codegen::Lint::UnusedType.page();
    for args in [["unused-type"].as_slice(), &["--finding", "unused-type"]] {
        explain(&folder, args).success().stdout_eq(page);
        real(args).success().stdout_eq(page);
    }
    real(&["--finding", "E9999"]).code(1).stderr_eq(str![[r#"
error: there is no finding `E9999`

"#]]);
    real(&["--finding", "unsed-type"])
        .code(1)
        .stderr_eq(str![[r#"
error: there is no finding `unsed-type`
Did you mean unused-type: a `[type.Name]` that nothing uses

"#]]);
}

#[test]
fn error_wins_over_a_finding_of_that_name() {
    let folder = shop("[error.E0502]\nstatus = 502\nmessage = \"No\"\n");
    explain(&folder, &["e0502"]).success().stdout_eq(str![[r#"
shop/E0502

Status   502
Code     E0502
Message  No
API      Shop API (shop)
Rust     shop::Code::E0502
Catalog  catalog/shop.toml

Body
  {
    "code": "E0502",
    "message": "No"
  }

There is also a finding E0502: cargo errbook explain --finding E0502

"#]]);
    let page = errbook_codegen::RuleId::BadStatus.page();
    let finding = explain(&folder, &["--finding", "E0502"]);
    finding.success().stdout_eq(page);
}

#[test]
fn catalog_with_findings_hides_no_other() {
    let orders = "[api]\nid = \"orders\"\ntitle = \"Orders\"\n[envelope]\ncode = \"/code\"\nmessage = \"/message\"\n[error.LOST]\nstatus = 404\nmessage = \"Lost\"\n";
    let wrong = orders.replace("orders", "plans").replace("404", "4040");
    let folder = folder_with(&[
        ("catalog/orders.toml", orders),
        ("catalog/plans.toml", &wrong),
    ]);
    explain(&folder, &["LOST"])
        .code(1)
        .stdout_eq(str![[r#"
orders/LOST

Status   404
Code     LOST
Message  Lost
API      Orders (orders)
Rust     orders::Code::Lost
Catalog  catalog/orders.toml

Body
  {
    "code": "LOST",
    "message": "Lost"
  }

"#]])
        .stderr_eq(str![[r#"
error: 1 error in the catalogs; catalog/plans.toml is left out
To see what is wrong: cargo errbook check

"#]]);
    explain(&folder, &["GONE"])
        .code(1)
        .stdout_eq("")
        .stderr_eq(str![[r#"
error: 1 error in the catalogs; catalog/plans.toml is left out
To see what is wrong: cargo errbook check
error: there is no error `GONE` in 1 API, and no finding
To search all texts: cargo errbook list WORD

"#]]);
    explain(&folder, &["--api", "plans", "LOST"])
        .code(1)
        .stdout_eq("")
        .stderr_eq(str![[r#"
error: 1 error in the catalogs; catalog/plans.toml is left out
To see what is wrong: cargo errbook check
error: in the others there is no API `plans`; known are orders

"#]]);
    // What is wrong can be asked for.
    let page = errbook_codegen::RuleId::BadStatus.page();
    explain(&folder, &["E0502"])
        .success()
        .stdout_eq(page)
        .stderr_eq("");
    let folder = folder_with(&[("catalog/plans.toml", &wrong)]);
    explain(&folder, &["LOST"])
        .code(1)
        .stdout_eq("")
        .stderr_eq(str![[r#"
error[E0502]: this is no HTTP status
 --> catalog/plans.toml:8:10
  |
8 | status = 4040
  |          ^^^^ not from 100 to 599
  |
  = help: write the status of the response; a number in its body may be the error's `code`

error: 1 error; there is nothing to show
For more about a finding: cargo errbook explain E0502

"#]]);
    // Each is good by itself.
    let folder = folder_with(&[
        ("catalog/orders.toml", orders),
        ("catalog/other.toml", orders),
    ]);
    explain(&folder, &["LOST"])
        .code(1)
        .stdout_eq(str![[r#"
orders/LOST

Status   404
Code     LOST
Message  Lost
API      Orders (orders)
Rust     orders::Code::Lost
Catalog  catalog/orders.toml

Body
  {
    "code": "LOST",
    "message": "Lost"
  }

────────────────────

orders/LOST

Status   404
Code     LOST
Message  Lost
API      Orders (orders)
Rust     orders::Code::Lost
Catalog  catalog/other.toml

Body
  {
    "code": "LOST",
    "message": "Lost"
  }

"#]])
        .stderr_eq(str![[r#"
error: 1 error in the catalogs; all can be shown
To see what is wrong: cargo errbook check

"#]]);
}

/// Texts of all kinds.
const TEXTS: &str = r##"
[error."カード.拒否"]
rust-name = "CardDeclined"
code = "カード/拒否 (declined)"
status = 402
title = "  Card\tdeclined  "
message = "カードが拒否されました {{ {reason} }} 🚚👨‍👩‍👧"
params = { reason = "string" }
description = "הכרטיס נדחה | `not` <b>code</b>\nA second line\n\n  and a third"
action = "Use another card, one that is neither expired nor blocked, and whose limit is high enough for what the cart holds, taxes and shipping included; or pay by other means, of which the page of the account lists all that can be had in the country"
docs = "# Heading\n\n&#27;[31mred&#x202e; and **bold *both* `code`** in a [link](https://shop.example/a?b=c&d=&#27;), <b>html</b>.\n\n> A quote\n> - of a list\n>   1. in a list\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n\n```json\n{\n  \"a\": \"b\"\n}\n```\n\n![An image](x.png)\n\n---\nThe end"

[error."a/b::c"]
rust-name = "Abc"
status = 400
message = "No"
"##;

#[test]
fn unusual_texts_are_printed_unchanged() {
    let folder = shop(TEXTS);
    let shown = explain(&folder, &["CardDeclined"]).success();
    is_as_in("texts.txt", &shown);
    for code in ["カード.拒否", "カード/拒否 (DECLINED)", "shop/カード.拒否"] {
        let found = names(explain(&folder, &[code]));
        assert_eq!(found, ["shop/カード.拒否"]);
    }
    for code in ["a/b::c", "shop/a/b::c", "A/B::C"] {
        assert_eq!(names(explain(&folder, &[code])), ["shop/a/b::c"]);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn terminal_output_has_colours_and_fits_the_width() {
    #[track_caller]
    fn check(name: &str, folder: &Path, columns: usize, args: &[&str]) {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/explain");
        let shown = in_terminal(folder, columns, &[&["explain"], args].concat());
        shown.eq_to(Data::read_from(&path.join(name), None));
    }
    let folder = shop(TEXTS);
    let (folder, root) = (folder.path(), Path::new(WORKSPACE));
    let plain = ["--color", "never"];
    check("terminal-texts.txt", folder, 50, &["CardDeclined"]);
    let narrow = [&["CardDeclined"], plain.as_slice()].concat();
    check("terminal-narrow.txt", folder, 24, &narrow);
    check("terminal-finding.txt", folder, 60, &["E0503"]);
    let finding = [&["E0503"], plain.as_slice()].concat();
    check("terminal-plain-finding.txt", folder, 60, &finding);
    check("terminal-two-apis.txt", root, 60, &["VALIDATION_FAILED"]);
}

#[test]
fn html_in_a_text_is_printed_and_hides_no_markdown() {
    let folder = shop(
        "[error.A]\nstatus = 400\ndescription = \"a\"\ndocs = \"A <b>tag</b>.\\n\\n<!--\\n**strong** <https://shop.example>\\n- item `<i>`\"\n",
    );
    let docs = |color| {
        let out = stdout(&explain(&folder, &["A", "--color", color]).success());
        let start = out.find("A <b>tag</b>.").expect("the tags are shown");
        out[start..]
            .lines()
            .take(6)
            .collect::<Vec<_>>()
            .join("\n")
            .trim_end()
            .to_owned()
    };
    let source = "A <b>tag</b>.\n\n<!--\n**strong** <https://shop.example>\n- item `<i>`";
    assert_eq!(docs("never"), source);
    assert_eq!(
        docs("always"),
        "A <b>tag</b>.\n\n<!-- \u{1b}[1mstrong\u{1b}[0m https://shop.example\n\n• item \u{1b}[36m<i>\u{1b}[0m"
    );
}

#[test]
fn very_long_error_is_printed() {
    let long = "word ".repeat(20_000);
    let code = "x".repeat(5_000);
    let quotes = "> ".repeat(2_000);
    let mut errors = format!(
        "details = \"/details\"\n[error.LONG]\ncode = \"{code}\"\nstatus = 400\nmessage = \"{long}\"\ndocs = \"{quotes}\"\ndetails = {{ first = \"T0\" }}\n"
    );
    for index in 0..301 {
        // A tree of types, none of them deep; those at its end hold themselves.
        let next = match 2 * index + 2 {
            last @ ..301 => last,
            _ => index,
        };
        writeln!(errors, "[type.T{index}]\nnext = \"T{next}?\"").expect("a string takes all");
        if next > index {
            writeln!(errors, "other = \"T{}?\"", next - 1).expect("a string takes all");
        }
    }
    let folder = shop(&errors);
    let out = explain(&folder, &["LONG"]).success();
    let out = stdout(&out);
    for shown in [long.trim(), &code, "Type T300\n  next  T300?"] {
        assert!(out.contains(shown));
    }
    explain(&folder, &["LONG", "--color", "always"]).success();
    explain(&folder, &["LONG", "--json"]).success();
    explain(&folder, &[&code]).success();
    explain(&folder, &[&code[1..]]).code(1);
}
