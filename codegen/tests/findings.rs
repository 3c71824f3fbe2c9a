//! Wrong catalogs, and what is said about them: `findings/NAME.toml` and, beside it, `NAME.txt`. The
//! settings of its project, where it needs some, are `NAME.errbook.toml`, and the lock beside it is
//! `NAME.errbook.lock`.
//!
//! After a change that is meant, `SNAPSHOTS=overwrite cargo test -p errbook-codegen --test codegen findings`
//! writes the texts anew; the difference is there to be read.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use errbook_codegen::__private::{LOCK, SETTINGS};
use errbook_codegen::{Cause, Finding, Input, Lint, Report, RuleId, Severity, Source, generate};
use snapbox::{Data, assert_data_eq};

use crate::support::{EMPTY_SHOP, entries, generated, path, read, write};

const FOLDER: &str = "tests/findings";

/// The names of the files with an ending, without it; those of settings are no catalogs'.
fn names(ending: &str) -> BTreeSet<String> {
    entries(FOLDER)
        .filter_map(|(name, _)| Some(name.strip_suffix(ending)?.to_owned()))
        .filter(|name| !name.ends_with(".errbook"))
        .collect()
}

/// A catalog, with the settings and the lock beside it where there are some.
fn input(name: &str) -> Input {
    let read = |file: &str| fs::read_to_string(path(FOLDER).join(file));
    let file = format!("{name}.toml");
    let text = read(&file).expect("the catalog can be read");
    let mut input = Input::new([Source::new(file, text)]);
    if let Ok(lock) = read(&format!("{name}.{LOCK}")) {
        input = input.with_lock(Source::new(LOCK, lock));
    }
    match read(&format!("{name}.errbook.toml")) {
        Ok(settings) => input.with_settings(Source::new(SETTINGS, settings)),
        Err(_) => input,
    }
}

#[test]
fn each_wrong_catalog_has_its_expected_report() {
    for name in names(".toml") {
        let (refused, report) = match generate(input(&name)) {
            Ok(output) => (false, output.warnings),
            Err(report) => (true, report),
        };
        assert!(!report.is_empty(), "{name}: nothing is said");
        assert_eq!(refused, report.count(Severity::Error) > 0, "{name}");
        assert_data_eq!(
            report.to_string(),
            Data::read_from(&path(FOLDER).join(format!("{name}.txt")), None).raw()
        );
        assert!(
            report
                .findings()
                .iter()
                .all(|finding| finding.location().is_some()),
            "{name}: a finding without a place"
        );
    }
    assert_eq!(names(".toml"), names(".txt"), "a text without its catalog");
    for ending in [".errbook.toml", ".errbook.lock"] {
        assert!(
            names(ending).is_subset(&names(".toml")),
            "a file {ending} without its catalog"
        );
    }
}

#[test]
fn findings_of_all_catalogs_are_reported_together_in_order() {
    let sources = [
        Source::new("c.toml", EMPTY_SHOP),
        Source::new("b.toml", "[api]\nid = \"B\"\n[envelope]\n"),
        Source::new("a.toml", "[api\n"),
        Source::new("d.toml", EMPTY_SHOP),
    ];
    let report = generate(&sources).expect_err("three are wrong");
    let places: Vec<&str> = report
        .findings()
        .iter()
        .map(|finding| place_name(&report, finding))
        .collect();
    assert_eq!(places, ["a.toml", "b.toml", "b.toml", "d.toml"], "{report}");
    let two_ids = &report.findings()[3];
    assert_eq!(two_ids.title(), "two catalogs have the id `shop`");
    assert_eq!(
        two_ids
            .other_locations()
            .map(|(place, label)| (report.source(place).name(), label))
            .collect::<Vec<_>>(),
        [("c.toml", "first here")]
    );
}

fn place_name<'a>(report: &'a Report, finding: &'a Finding) -> &'a str {
    finding
        .location()
        .map(|place| report.source(place).name())
        .expect("it has a place")
}

#[test]
fn file_name_is_printed_on_one_line() {
    #[track_caller]
    fn check(name: &str, expected: &str) {
        assert_eq!(Source::new(name, "").name(), expected);
    }
    check("catalog\\shop.toml", "catalog/shop.toml");
    check("a\nb\u{1b}.toml", "a\u{fffd}b\u{fffd}.toml");
    // rustc takes none of these in a comment.
    check("a\u{202e}b\u{2066}.toml", "a\u{fffd}b\u{fffd}.toml");
}

#[test]
fn every_line_for_cargo_is_a_directive() {
    let report = generate(&[Source::new("a.toml", "[api\n")]).expect_err("it is no TOML");
    let lines = report.cargo_lines();
    assert!(lines.lines().count() > 3, "{lines}");
    assert!(
        lines.lines().all(|line| line.starts_with("cargo::error=")),
        "{lines}"
    );
}

#[test]
fn unreadable_input_is_a_finding() {
    #[track_caller]
    fn check(root: &Path, path: &str, expected: &str) {
        let report = generate(Input::read(root, Path::new(path))).expect_err("nothing to read");
        assert!(report.to_string().starts_with(expected), "{report}");
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    let root = folder.path();
    check(root, "catalog", "error[E0101]: `catalog` cannot be read: ");
    write(root, "catalog/README.md", "no catalog");
    check(root, "catalog", "error[E0102]: no catalog in `catalog`\n");
    check(
        root,
        root.to_str().expect("the path is text"),
        "error[E0102]: no catalog in `",
    );
    write(root, "catalog/a.toml", b"[api]\nid = \"\xff\"\n");
    check(
        root,
        "catalog",
        "error[E0103]: this file is not UTF-8\n --> catalog/a.toml:2:7\n",
    );
    fs::create_dir(root.join("catalog/folder.toml")).expect("it can be written");
    write(root, "catalog/.hidden.toml", "");
    write(root, "catalog/a.toml", EMPTY_SHOP);
    for path in ["catalog", "./catalog/a.toml"] {
        let output = generated(Input::read(root, Path::new(path)));
        let sources: Vec<&str> = output
            .catalogs
            .iter()
            .map(|catalog| catalog.source.as_str())
            .collect();
        assert_eq!(sources, ["catalog/a.toml"]);
    }
}

#[test]
fn errors_without_code_above_the_limit_are_a_finding() {
    const HEAD: &str = "[api]\nid = \"shop\"\ntitle = \"Shop\"\n[envelope]\nmessage = \"/message\"\ndetails = \"/details\"\n";
    const MOST: usize = 1024;
    #[track_caller]
    fn check(source: Source, expected: Option<usize>) {
        let report = errbook_codegen::__private::check(source).report;
        let told: Vec<(&str, usize)> = report
            .findings()
            .iter()
            .map(|finding| (finding.cause().id(), line(&report, finding)))
            .collect();
        let expected = expected.map(|line| (RuleId::TooManyWithoutCode.id(), line));
        assert_eq!(told, Vec::from_iter(expected));
    }
    let catalog = |count: usize, error: fn(usize) -> String| {
        let errors =
            (0..count).map(|index| format!("[error.E{index}]\nstatus = 400\n{}\n", error(index)));
        Source::new("a.toml", HEAD.to_owned() + &errors.collect::<String>())
    };
    let of_message = |index| {
        format!("message = \"Plan {index} has room for {{seats}}\"\nparams = {{ seats = \"u32\" }}")
    };
    let of_details = |index| format!("description = \"x\"\ndetails = {{ plan_{index} = \"u32\" }}");
    // The head has six lines, each error four.
    let line_of_the_last = 6 + 4 * MOST + 1;
    for error in [of_message, of_details] {
        check(catalog(MOST, error), None);
        check(catalog(MOST + 1, error), Some(line_of_the_last));
    }
}

/// The line of the text that a finding is about, from 1.
fn line(report: &Report, finding: &Finding) -> usize {
    let place = finding.location().expect("it has a place");
    let before = &report.source(place).text()[..place.span.start];
    before.matches('\n').count() + 1
}

#[test]
fn every_rule_and_lint_has_a_case() {
    let told: String = names(".txt")
        .iter()
        .map(|name| read(format!("{FOLDER}/{name}.txt")))
        .collect();
    // Those about files and very large catalogs have none; `explained.rs` lists them. Their cases are in
    // here, in `files.rs` and `hostile.rs`, and in the tests of the command.
    let shown = |rule: &&RuleId| rule.page().contains("```toml wrong");
    let rules = RuleId::ALL.iter().filter(shown);
    let ids = rules
        .map(|rule| rule.id())
        .chain(Lint::ALL.iter().map(|lint| lint.name()));
    let without: Vec<&str> = ids
        .filter(|id| !told.contains(&format!("[{id}]: ")))
        .collect();
    assert!(without.is_empty(), "no wrong catalog for {without:?}");
}

#[test]
fn findings_above_the_limit_are_counted_only() {
    let many = |id: &str, errors: usize| {
        let head =
            format!("[api]\nid = \"{id}\"\ntitle = \"Many\"\n[envelope]\ncode = \"/code\"\n");
        let error = |number| format!("[error.E{number}]\nstatus = 4000\ndescription = \"x\"\n");
        let errors: String = (0..errors).map(error).collect();
        Source::new(format!("{id}.toml"), head + &errors)
    };
    let report = generate(&[many("a", 1010), many("b", 1007)]).expect_err("all are wrong");
    let unlisted = [Severity::Error, Severity::Warning].map(|severity| report.unlisted(severity));
    assert_eq!((report.findings().len(), unlisted), (2000, [17, 0]));
    let rest = "\n\nand 17 more, which are not listed\n\n";
    assert!(report.to_string().ends_with(rest));
    let lines = report.cargo_lines();
    assert!(lines.ends_with("cargo::error=and 17 more, which are not listed\n"));

    // Warnings neither refuse a catalog by their number, nor keep an error from being told.
    let text = many("c", 1003).text().replace("4000", "419");
    let settings = Source::new(SETTINGS, "[lints]\nmisused-status = \"warn\"\n");
    let input = Input::from(Source::new("c.toml", &text)).with_settings(settings.clone());
    let report = generate(input).expect("it has warnings alone").warnings;
    assert_eq!(
        (report.findings().len(), report.unlisted(Severity::Warning)),
        (1000, 3)
    );
    assert!(!report.cargo_lines().contains("cargo::error="));
    let text = text + "[error.LAST]\nstatus = 700\ndescription = \"x\"\n";
    let input = Input::from(Source::new("c.toml", text)).with_settings(settings);
    let report = generate(input).expect_err("one is an error");
    assert_eq!(report.count(Severity::Error), 1, "{report}");
}

/// At its limit a catalog is taken, and past it refused.
#[test]
fn values_at_the_limits_are_accepted_and_beyond_refused() {
    #[track_caller]
    fn check(at: usize, of: impl Fn(usize) -> String, expected: RuleId) {
        let catalog = |number| {
            let head = "[api]\nid = \"shop\"\ntitle = \"Shop\"\n[envelope]\ncode = \"/code\"\ndetails = \"/details\"\n[error.A]\nstatus = 400\ndescription = \"x\"\n";
            head.to_owned() + &of(number)
        };
        check_rules(&catalog(at), &[]);
        check_rules(&catalog(at + 1), &[expected]);
    }
    let members = |number| {
        let members = (0..number).map(|member| format!("m{member} = \"u32\"\n"));
        format!("[error.A.details]\n{}", members.collect::<String>())
    };
    check(64, members, RuleId::TooManyMembers);
    for (open, close) in [("[", "]"), ("{", "}")] {
        let nested = |levels| {
            format!(
                "details = {{ a = \"{}u32{}\" }}\n",
                open.repeat(levels),
                close.repeat(levels)
            )
        };
        check(15, nested, RuleId::TypeTooDeep);
    }
    // Each level of these is one of the type, too.
    let optional = |levels| {
        format!(
            "details = {{ a = \"{}u32?{}\" }}\n",
            "[".repeat(levels),
            "]".repeat(levels)
        )
    };
    check(14, optional, RuleId::TypeTooDeep);
    let chain = |levels: usize| {
        let types = (1..levels).map(|level| format!("[type.T{level}]\na = \"T{}\"\n", level + 1));
        format!(
            "details = \"T1\"\n{}[type.T{levels}]\na = \"u32\"\n",
            types.collect::<String>()
        )
    };
    check(64, chain, RuleId::LargeType);
    let status = |status| format!("[error.B]\nstatus = {status}\ndescription = \"x\"\n");
    check(599, status, RuleId::BadStatus);
    let columns = |number| {
        let columns = (0..number).map(|column| format!("[column.c{column}]\ntype = \"bool?\"\n"));
        columns.collect::<String>()
    };
    check(64, columns, RuleId::TooManyColumns);
    // The body itself, its code and its details are places, too.
    let constants = |number| {
        let constants = (0..number).map(|constant| format!("\"/c{constant}\" = 1\n"));
        format!("[envelope.constants]\n{}", constants.collect::<String>())
    };
    check(29, constants, RuleId::TooManyPlaces);
}

/// Whether a value is of a type.
#[test]
fn values_of_another_type_are_findings() {
    #[track_caller]
    fn check(ty: &str, value: &str, expected: &[RuleId]) {
        let catalog = format!(
            "[api]\nid = \"shop\"\ntitle = \"Shop\"\n[envelope]\ncode = \"/code\"\ndetails = \"/details\"\n\
             [error.A]\nstatus = 400\ndescription = \"x\"\ndetails = {{ first = \"Pair?\", a = \"{ty}\" }}\n\
             example = {{ details = {{ a = {value} }} }}\n\
             [type.Pair]\nx = \"u32\"\ny = \"string?\"\n"
        );
        check_rules(&catalog, expected);
    }
    let wrong = &[RuleId::WrongType];
    for (ty, good, bad) in [
        ("string", "\"a\"", "1"),
        ("bool", "false", "\"false\""),
        ("u32", "4294967295", "4294967296"),
        ("u64", "4294967296", "-1"),
        ("i64", "-1", "1.0"),
        ("f64", "1", "\"1\""),
        ("[u32]", "[1, 2]", "[1, -2]"),
        ("{bool}", "{ k = true }", "{ k = 0 }"),
        ("u64?", "1", "-1"),
    ] {
        check(ty, good, &[]);
        check(ty, bad, wrong);
    }
    check("any", "{ k = [1, \"a\"] }", &[]);
    check(
        "[bool]",
        "[1, true, 2]",
        &[RuleId::WrongType, RuleId::WrongType],
    );
    check("Pair", "{ x = 1 }", &[]);
    check("Pair", "{ x = 1, y = \"a\" }", &[]);
    check(
        "Pair",
        "{ x = \"1\", y = 2 }",
        &[RuleId::WrongType, RuleId::WrongType],
    );
    check("Pair", "{ y = \"a\" }", &[RuleId::MissingMember]);
    check("Pair", "{ x = 1, z = 2 }", &[RuleId::UnknownMember]);
    check("Pair", "[1]", &[RuleId::WrongKind]);
}

/// The values of a message may be among the details of an example.
#[test]
fn example_without_the_values_of_its_message_is_a_finding() {
    #[track_caller]
    fn check(example: &str, expected: &[RuleId]) {
        let catalog = format!(
            "[api]\nid = \"shop\"\ntitle = \"Shop\"\n[envelope]\nmessage = \"/message\"\ndetails = \"/details\"\n\
             [error.A]\nstatus = 400\nmessage = \"{{left}} of {{item}} left\"\n\
             params = {{ item = \"string\" }}\ndetails = {{ left = \"u32?\", other = \"u32?\" }}\nexample = {example}\n"
        );
        check_rules(&catalog, expected);
    }
    check(
        "{ details = { left = 1 }, params = { item = \"tea\" } }",
        &[],
    );
    check(
        "{ details = { other = 1 }, params = { item = \"tea\" } }",
        &[RuleId::ExampleValues],
    );
    check("{ details = { left = 1 } }", &[RuleId::ExampleValues]);
    check("{ message = \"3 of tea left\" }", &[]);
    check("{ message = \"No tea left\" }", &[RuleId::ExampleMessage]);
}

/// Asserts that the findings of a catalog are of these rules.
#[track_caller]
fn check_rules(catalog: &str, expected: &[RuleId]) {
    let report = generate(&[Source::new("shop.toml", catalog)]).err();
    let report = report.unwrap_or_default();
    let causes: Vec<Cause> = report.findings().iter().map(Finding::cause).collect();
    let expected: Vec<Cause> = expected.iter().map(|rule| Cause::Rule(*rule)).collect();
    assert_eq!(causes, expected, "{catalog}\n{report}");
}

/// What is said of a catalog to which lines are added: before its envelope, and at its end.
#[track_caller]
fn check_lines(api: &str, end: &str, expected: &[RuleId]) {
    let catalog = format!(
        "[api]\ntitle = \"Shop\"\n{api}\n[envelope]\ncode = \"/code\"\nmessage = \"/message\"\ndetails = \"/details\"\n{end}\n"
    );
    check_rules(&catalog, expected);
}

#[test]
fn malformed_api_keys_are_findings() {
    let long = "a".repeat(64);
    let longer = "a".repeat(65);
    for (key, rule, good, bad) in [
        (
            "id",
            RuleId::BadId,
            &["a", "a1-b2", "com", "comx", "com10", &long] as &[_],
            &[
                "", "A", "1a", "a--b", "a-", "-a", "a_b", "../../x", "/etc", &longer,
            ] as &[_],
        ),
        (
            "id",
            RuleId::ReservedId,
            &["console"],
            &["con", "com1", "lpt9", "aux", "readme", "core", "self"],
        ),
        (
            "language",
            RuleId::BadLanguage,
            &["en", "pt-BR", "zh-Hant-TW", "x-klingon", "abcdefgh"],
            &[
                "e",
                "x",
                "en-",
                "en-toolonglong",
                "12",
                "en_US",
                "abcdefghi",
                "english please",
                "en--US",
            ],
        ),
        (
            "homepage",
            RuleId::BadUrl,
            &[
                "https://a.example",
                "http://a",
                "https://a.example/b?c=d&e#f",
            ],
            &[
                "a.example",
                "https://",
                "https:///x",
                "ftp://a",
                "https://a b",
                "https://a<b",
                "https://a\\\\b",
                "https://a`b",
            ],
        ),
        (
            "version",
            RuleId::BadVersion,
            &["1", "v1", "1.4.0-rc.1+5", "2026-11-24", "2024-10-28.acacia"],
            &["v", "next", "1 0", "V1", "1,0", ".1"],
        ),
    ] {
        let id = if key == "id" { "" } else { "id = \"shop\"\n" };
        for text in good {
            check_lines(&format!("{id}{key} = \"{text}\""), "", &[]);
        }
        for text in bad {
            let rule = if text.is_empty() {
                RuleId::EmptyText
            } else {
                rule
            };
            check_lines(&format!("{id}{key} = \"{text}\""), "", &[rule]);
        }
    }
}

#[test]
fn rust_names_in_the_wrong_case_are_findings() {
    let of_error = |name: &str| {
        format!("[error.A]\nstatus = 400\ndescription = \"x\"\nrust-name = \"{name}\"")
    };
    let of_member = |name: &str| {
        format!(
            "[error.A]\nstatus = 400\ndescription = \"x\"\ndetails = {{ a = {{ type = \"u32\", rust-name = \"{name}\" }} }}"
        )
    };
    let id = "id = \"shop\"";
    for name in ["Good", "GoodName", "E10001Legacy", "V2Ray"] {
        check_lines(id, &of_error(name), &[]);
    }
    for name in [
        "bad_name", "Bad_Name", "badName", "Größe", "Self", "_X", "1A", "A B", "A-B",
    ] {
        check_lines(id, &of_error(name), &[RuleId::BadRustName]);
    }
    for name in ["good", "good_name", "type", "v2"] {
        check_lines(id, &of_member(name), &[]);
    }
    for name in [
        "badName",
        "bad__name",
        "_x",
        "x_",
        "1x",
        "self",
        "größe",
        "a-b",
    ] {
        check_lines(id, &of_member(name), &[RuleId::BadRustName]);
    }
    let of_column = |name: &str| format!("[column.level]\ntype = [\"{name}\"]\noptional = true");
    check_lines(id, &of_column("good-name"), &[]);
    check_lines(id, &of_column("1"), &[RuleId::BadName]);
}

#[test]
fn invisible_characters_in_texts_are_findings() {
    let id = "id = \"shop\"";
    let error = |line: &str| format!("[error.A]\nstatus = 400\ndescription = \"x\"\n{line}");
    // What scripts and emoji need: joiners, selectors, fillers, tags.
    for good in [
        "\\t",
        "\\n",
        "é",
        "\\u00AD",
        "\\u200C",
        "\\u200D",
        "👩‍🚀",
        "❤\\uFE0F",
        "\\u180B",
        "\\u115F",
        "\\u034F",
        "\\u0600",
        "\\U000E0067",
        "\\uE000",
        "\\U0010FFFF",
    ] {
        check_lines(id, &error(&format!("action = \"a{good}b\"")), &[]);
    }
    let wrong = &[RuleId::ForbiddenCharacter];
    for bad in [
        "\\u0000",
        "\\r",
        "\\u007F",
        "\\u0085",
        "\\u061C",
        "\\u200B",
        "\\u200F",
        "\\u2028",
        "\\u202E",
        "\\u2060",
        "\\u2062",
        "\\u2069",
        "\\u206A",
        "\\uFEFF",
        "\\uFFF9",
        "\\U0001D173",
        "\\U000E0001",
    ] {
        check_lines(id, &error(&format!("action = \"a{bad}b\"")), wrong);
        check_lines(
            id,
            &error(&format!("message = [\"a\", \"a{bad}b\"]")),
            wrong,
        );
        check_lines(
            id,
            &error(&format!(
                "details = {{ \"a{bad}b\" = {{ type = \"u32\", rust-name = \"a\" }} }}"
            )),
            wrong,
        );
    }
    let hidden = [
        "\\u00AD",
        "\\u034F",
        "\\u115F",
        "\\u1160",
        "\\u17B4",
        "\\u180E",
        "\\u200C",
        "\\u200D",
        "\\u2062",
        "\\u206A",
        "\\u3164",
        "\\uFE0F",
        "\\uFFA0",
        "\\uFFF9",
        "\\U000E0041",
        "\\U0001D173",
        "\\uE000",
        "\\U0010FFFF",
    ];
    for hidden in hidden {
        for line in [
            format!("details = {{ \"a{hidden}b\" = {{ type = \"u32\", rust-name = \"a\" }} }}"),
            format!("code = \"a{hidden}b\""),
            format!("aliases = [\"a{hidden}b\"]"),
            format!("[error.\"B{hidden}\"]\nrust-name = \"B\"\nstatus = 400\ndescription = \"x\""),
        ] {
            check_lines(id, &error(&line), wrong);
        }
    }
}

#[test]
fn unusual_valid_errors_have_no_finding() {
    let id = "id = \"shop\"";
    let error = |lines: &str| format!("[error.A]\nstatus = 400\n{lines}");
    // The members of a named type are values of a message, too.
    check_lines(
        id,
        &error("message = \"{left} left\"\ndetails = \"Rest\"\n[type.Rest]\nleft = \"u32\""),
        &[],
    );
    // Beside nothing else, details may be any value.
    check_lines(
        id,
        &error("description = \"x\"\ndetails = \"[string]\""),
        &[],
    );
    // A code that stands at `/type` is no type of a problem for that.
    let catalog = "[api]\nid = \"shop\"\ntitle = \"Shop\"\n[envelope]\ncode = \"/type\"\n[error.A]\nstatus = 400\ndescription = \"x\"\n";
    assert!(generate(&[Source::new("shop.toml", catalog)]).is_ok());
    // What is misspelt beyond recognition is not what says something.
    check_lines(
        id,
        &error("wrong = \"x\""),
        &[RuleId::NothingSaid, RuleId::UnknownKey],
    );
    check_lines(id, &error("descriptio = \"x\""), &[RuleId::UnknownKey]);
    check_lines(
        id,
        &error("message = []\ndescription = \"x\""),
        &[RuleId::Empty],
    );
}

#[test]
fn type_names_of_other_languages_get_a_suggestion() {
    for (theirs, ours) in [
        ("int", "i64"),
        ("number", "f64"),
        ("boolean", "bool"),
        ("str", "string"),
        ("String", "string"),
        ("object", "any"),
    ] {
        let catalog = format!(
            "[api]\nid = \"shop\"\ntitle = \"Shop\"\n[envelope]\ndetails = \"\"\n\
             [error.A]\nstatus = 400\ndescription = \"x\"\ndetails = {{ a = \"[{theirs}]\" }}\n"
        );
        let report = generate(&[Source::new("shop.toml", catalog)]).expect_err("it is unknown");
        let [finding] = report.findings() else {
            panic!("{report}");
        };
        assert_eq!(finding.remedies(), [format!("here it is called `{ours}`")]);
    }
    let any = "[error.A]\nstatus = 400\nmessage = \"{a} left\"\ndetails = { a = \"any\" }";
    check_lines("id = \"shop\"", any, &[RuleId::NoPlainText]);
}

/// A style is the catalog's where more than half of at least three codes have it.
#[test]
fn code_in_a_minority_style_is_a_warning() {
    #[track_caller]
    fn check(codes: &[&str], expected: &[&str]) {
        let error = |code: &&str| {
            format!(
                "[error.\"{code}\"]\nstatus = 400\ndescription = \"x\"\nrust-name = \"E{}\"\n",
                code.len()
            )
        };
        let errors: String = codes.iter().map(error).collect();
        let catalog = format!(
            "[api]\nid = \"shop\"\ntitle = \"Shop\"\n[envelope]\ncode = \"/code\"\n{errors}"
        );
        let settings = Source::new(SETTINGS, "[lints]\nmixed-code-styles = \"warn\"\n");
        let input = Input::from(Source::new("shop.toml", catalog)).with_settings(settings);
        let warnings = generate(input).expect("it has warnings alone").warnings;
        let told: Vec<&str> = warnings.findings().iter().map(Finding::title).collect();
        let expected: Vec<String> = expected
            .iter()
            .map(|code| format!("the code `{code}` is not written as the others are"))
            .collect();
        assert_eq!(told, expected, "{codes:?}");
    }
    check(&["A_B", "a-bc"], &[]);
    check(&["A_B", "AB_C", "a-bcd"], &["a-bcd"]);
    check(&["A_B", "AB_C", "a-bcd", "a-bcde"], &[]);
    check(&["a:b", "ab:c", "abc:d", "AB_CDE"], &[]);
}

#[test]
fn missing_catalogs_are_reported_at_the_setting_that_names_them() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let root = folder.path();
    let settings = "# Here.\ncatalogs = \"errors\"\n";
    write(root, "errbook.toml", settings);
    let check = |input: Input, expected: &str| {
        let report = generate(input).expect_err("nothing to read");
        let first: Vec<String> = report
            .to_string()
            .lines()
            .take(2)
            .map(str::to_owned)
            .collect();
        let first = first.join("\n");
        assert!(first.contains(expected), "{report}");
    };
    check(Input::read_project(root), "\n --> errbook.toml:2:12");
    // The command line named it.
    check(Input::read(root, Path::new("errors")), "\n |");
    fs::create_dir(root.join("errors")).expect("it can be made");
    check(
        Input::read_project(root),
        "error[E0102]: no catalog in `errors`\n --> errbook.toml:2:12",
    );
    fs::remove_file(root.join("errbook.toml")).expect("it can be removed");
    check(
        Input::read_project(root),
        "error[E0101]: `catalog` cannot be read",
    );
}

#[test]
fn valid_catalogs_are_returned_beside_refused_ones() {
    let catalog = |id: &str, body: &str| {
        let text = format!("[api]\nid = \"{id}\"\ntitle = \"API\"\n[envelope]\n{body}");
        Source::new(format!("catalog/{id}.toml"), text)
    };
    let sources = [
        catalog("a", ""),
        catalog("b", "unknown = 1\n"),
        catalog("c", ""),
        Source::new("catalog/d.toml", "["),
    ];
    let checked = errbook_codegen::__private::check(&sources);
    let ids: Vec<&str> = checked
        .catalogs
        .iter()
        .map(|it| it.api.id.as_str())
        .collect();
    assert_eq!(ids, ["a", "c"]);
    assert_eq!(checked.left_out, ["catalog/b.toml", "catalog/d.toml"]);
    assert!(checked.is_refused());
    let report = checked.into_result().expect_err("two catalogs are wrong");
    assert_eq!(report.findings().len(), 2, "{report}");
}

/// With a step that takes the square of the number of findings, this would take minutes.
#[test]
fn ten_thousand_findings_of_one_kind_are_reported() {
    const MANY: usize = 10_000;
    #[track_caller]
    fn check(end: &str, each: impl Fn(usize) -> String, rule: RuleId) {
        let each: String = (0..MANY).map(each).collect();
        let catalog = format!(
            "[api]\nid = \"shop\"\ntitle = \"Shop\"\n[envelope]\ncode = \"/code\"\ndetails = \"/details\"\n{each}{end}"
        );
        let report = generate(&[Source::new("shop.toml", catalog)]).expect_err("all are wrong");
        assert_eq!(report.findings().len(), 1000, "{rule:?}");
        assert_eq!(report.unlisted(Severity::Error), MANY - 1000, "{rule:?}");
        for finding in report.findings() {
            assert_eq!(finding.cause(), Cause::Rule(rule), "{finding:?}");
            assert!(finding.remedies()[0].len() < 1000, "{finding:?}");
        }
    }
    let error = |index: usize, key: &str| {
        format!("[error.E{index}]\nstatus = 400\ndescription = \"x\"\n{key}\n")
    };
    // Names that are near to each other, and names that are near to nothing.
    for name in ["Tipe", "Other"] {
        let unknown = |index| {
            let details = format!("details = \"{name}{index}\"\n[type.Type{index}]\na = \"u32\"");
            error(index, &details)
        };
        check("", unknown, RuleId::UnknownType);
        let unknown = |index| error(index, &format!("see-also = [\"{name}{index}\"]"));
        check("", unknown, RuleId::UnknownError);
        let unknown = |index| {
            let column = if index == 0 {
                let names = (0..MANY).map(|name| format!("\"type{name}\", "));
                format!("[column.level]\ntype = [{}]\n", names.collect::<String>())
            } else {
                String::new()
            };
            column + &error(index, &format!("level = \"{name}{index}\""))
        };
        check("", unknown, RuleId::UnknownColumnName);
        let unknown = |index| error(index, &format!("{name}{index} = 1"));
        check("", unknown, RuleId::UnknownKey);
    }
    let same = |index| error(index, "code = \"SAME\"");
    check(&error(MANY, "code = \"SAME\""), same, RuleId::DuplicateCode);
    let in_case = |index: usize| {
        let letter = |bit: usize| if index >> bit & 1 == 0 { 'a' } else { 'A' };
        let key: String = (0..14).map(letter).collect();
        format!("[error.\"x{key}\"]\nrust-name = \"Same\"\nstatus = 400\ndescription = \"x\"\n")
    };
    let last = "[error.LAST]\nrust-name = \"Same\"\nstatus = 400\ndescription = \"x\"\n";
    check(last, in_case, RuleId::SameName);
}

/// rustc compiles the catalog `deep`, in which each chain of types is as deep as chains may be.
#[test]
fn chains_of_types_deeper_than_the_compiled_ones_are_refused() {
    let deep = read("tests/catalogs/deep.toml");
    check_rules(&deep, &[]);
    let wrong = &[RuleId::TypeTooDeep];
    let firsts: Vec<&str> = deep
        .lines()
        .filter_map(|line| line.strip_prefix("details = \"")?.strip_suffix('"'))
        .filter(|name| !name.starts_with('/'))
        .collect();
    assert_eq!(firsts.len(), 9, "{firsts:?}");
    for first in firsts {
        let details = format!("details = \"{first}\"");
        let optional = deep.replace(&details, &format!("details = \"{first}?\""));
        check_rules(&optional, wrong);
        let over = deep.replace(&details, "details = \"Over\"");
        check_rules(
            &format!("{over}\n[type.Over]\nnext = \"[{first}]\"\n"),
            wrong,
        );
    }
    let object = deep.replace("next = \"Plain3?\"", "next = \"Plain2?\"");
    assert_ne!(object, deep);
    check_rules(&object, wrong);
    // The types of a circle are told of once, and what holds them not at all.
    let circle = deep.replace("[type.Cycle16]", "[type.Cycle16]\nmore = \"Cycle1?\"");
    check_rules(&circle, &[]);
    let circle = deep.replace(
        "[type.Cycle16]\nnext = \"Cycle1?\"",
        "[type.Cycle16]\nnext = \"Cycle17?\"\n[type.Cycle17]\nnext = \"Cycle1?\"",
    );
    assert_ne!(circle, deep);
    check_rules(&circle, wrong);
}
