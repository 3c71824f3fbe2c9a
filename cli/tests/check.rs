//! `cargo errbook check`, end to end: what it tells in each format, and how it ends.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use errbook_codegen::__private::{LOCK, SETTINGS};
use errbook_codegen::{Finding, Input, Location, Report, Severity};
use snapbox::cmd::Command;
use snapbox::str;

use crate::support::{SHOP, empty_folder, errbook, project, run, stdout, write};

/// Settings by which the shop has a warning.
const WARN: &str = "[lints]\nmissing-action = \"warn\"\n";

/// What is on standard output, where nothing else is printed.
#[track_caller]
fn printed(command: Command, status: i32) -> String {
    stdout(&command.assert().code(status).stderr_eq(""))
}

#[test]
fn check_prints_findings_and_writes_nothing() {
    let folder = &project(SHOP);
    let good = run(folder, &["check"]).success();
    good.stdout_eq(str![[r#"
1 catalog with 1 error: nothing to say

"#]])
        .stderr_eq("");
    run(folder, &["check", "--quiet"])
        .success()
        .stdout_eq("")
        .stderr_eq("");
    write(
        folder,
        "catalog/shop.toml",
        SHOP.replace("status = 409", "status = 4090"),
    );
    run(folder, &["check", "--quiet"])
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

error: 1 error
For more about a finding: cargo errbook explain E0502

"#]]);
    let entries = fs::read_dir(folder).expect("it can be read").count();
    assert_eq!(entries, 1, "nothing but the folder of the catalogs");
}

#[test]
fn denied_warnings_exit_with_1() {
    let project = project(SHOP);
    write(&project, SETTINGS, WARN);
    run(&project, &["check"])
        .success()
        .stdout_eq(str![[r#"
1 catalog with 1 error: 1 warning

"#]])
        .stderr_eq(str![[r#"
warning[missing-action]: nothing says what to do about `OUT_OF_STOCK`
 --> catalog/shop.toml:9:8
  |
9 | [error.OUT_OF_STOCK]
  |        ^^^^^^^^^^^^ no `action`
  |
  = help: say what the caller should do: action = "…"

warning: 1 warning
For more about a finding: cargo errbook explain missing-action

"#]]);
    run(&project, &["check", "-D", "warnings"])
        .code(1)
        .stdout_eq("")
        .stderr_eq(str![[r#"
warning[missing-action]: nothing says what to do about `OUT_OF_STOCK`
 --> catalog/shop.toml:9:8
  |
9 | [error.OUT_OF_STOCK]
  |        ^^^^^^^^^^^^ no `action`
  |
  = help: say what the caller should do: action = "…"

error: 1 warning; warnings are denied
For more about a finding: cargo errbook explain missing-action

"#]]);
    for format in ["json", "github", "sarif"] {
        let check = ["check", "--format", format];
        let told = printed(errbook(&project, &check), 0);
        let denied = [&check[..], &["--deny", "warnings"]].concat();
        assert_eq!(printed(errbook(&project, &denied), 1), told);
    }
}

#[test]
fn wrong_usage_exits_with_2() {
    let empty = empty_folder();
    run(&empty, &["check", "--format", "json"])
        .code(2)
        .stdout_eq("")
        .stderr_eq(str![[r#"
error: no folder `catalog` and no errbook.toml here or above; name the catalogs with --catalogs, or make a first one: cargo errbook new

"#]]);
    run(&empty, &["check", "--format", "yaml"])
        .code(2)
        .stdout_eq("")
        .stderr_eq(str![[r#"
error: invalid value 'yaml' for '--format <FORMAT>'
  [possible values: human, json, github, sarif]

For more information, try '--help'.

"#]]);
}

/// What is told of one wrong row.
fn told(format: &str) -> snapbox::cmd::OutputAssert {
    let project = project(&SHOP.replace("status = 409", "status = 4090"));
    run(&project, &["check", "--format", format])
}

#[test]
fn json_format_lists_the_findings() {
    told("json").code(1).stderr_eq("").stdout_eq(str![[r##"
{
  "version": 1,
  "errors": 1,
  "warnings": 0,
  "unlisted": {
    "errors": 0,
    "warnings": 0
  },
  "findings": [
    {
      "id": "E0502",
      "kind": "rule",
      "severity": "error",
      "title": "this is no HTTP status",
      "place": {
        "file": "catalog/shop.toml",
        "start": {
          "byte": 116,
          "line": 10,
          "column": 10
        },
        "end": {
          "byte": 120,
          "line": 10,
          "column": 14
        },
        "label": "not from 100 to 599"
      },
      "other-places": [],
      "remedies": [
        "write the status of the response; a number in its body may be the error's `code`"
      ]
    }
  ],
  "pages": {
    "E0502": "# E0502: [..]"
  }
}

"##]]);
}

#[test]
fn github_format_prints_workflow_commands() {
    told("github")
        .code(1)
        .stderr_eq("")
        .stdout_eq(str![[r#"
::error file=catalog/shop.toml,line=10,endLine=10,col=10,endColumn=14,title=errbook E0502::this is no HTTP status%0A--> catalog/shop.toml:10:10: not from 100 to 599%0Ahelp: write the status of the response; a number in its body may be the error's `code`

"#]]);
}

#[test]
fn sarif_format_prints_a_log() {
    told("sarif")
        .code(1)
        .stderr_eq("")
        .stdout_eq(str![[r##"
{
  "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
  "runs": [
    {
      "columnKind": "unicodeCodePoints",
      "invocations": [
        {
          "executionSuccessful": true,
          "toolExecutionNotifications": []
        }
      ],
      "originalUriBaseIds": {
        "%SRCROOT%": {
          "description": {
            "text": "The folder of the repository."
          }
        }
      },
      "results": [
        {
          "level": "error",
          "locations": [
            {
              "message": {
                "text": "not from 100 to 599"
              },
              "physicalLocation": {
                "artifactLocation": {
                  "uri": "catalog/shop.toml",
                  "uriBaseId": "%SRCROOT%"
                },
                "region": {
                  "endColumn": 14,
                  "endLine": 10,
                  "snippet": {
                    "text": "4090"
                  },
                  "startColumn": 10,
                  "startLine": 10
                }
              }
            }
          ],
          "message": {
            "text": "this is no HTTP status/nnot from 100 to 599/nhelp: write the status of the response; a number in its body may be the error's `code`"
          },
          "partialFingerprints": {
            "errbook/v1": "968d612fdbf3145f:1"
          },
          "relatedLocations": [],
          "ruleId": "E0502",
          "ruleIndex": 0
        }
      ],
      "tool": {
        "driver": {
          "name": "errbook",
          "rules": [
            {
              "defaultConfiguration": {
                "level": "error"
              },
              "fullDescription": {
                "text": "Status codes have three digits, and the first is 1 to 5 (RFC 9110, 15). No other can be sent as a response, so no error could ever come with it. It is told of an error, of an example and of a row of `[status]`. Some APIs have numbers of their own that look like statuses: they are codes."
              },
              "help": {
                "markdown": "# E0502: [..]",
                "text": "# E0502: [..]"
              },
              "id": "E0502",
              "name": "BadStatus",
              "shortDescription": {
                "text": "a status is an HTTP status code, from 100 to 599"
              }
            }
          ],
          "semanticVersion": "[..]"
        }
      }
    }
  ],
  "version": "2.1.0"
}

"##]]);
}

#[test]
fn documents_without_findings_are_complete() {
    let project = project(SHOP);
    let check = |format| run(&project, &["check", "--format", format]);
    check("json").success().stderr_eq("").stdout_eq(str![[r#"
{
  "version": 1,
  "errors": 0,
  "warnings": 0,
  "unlisted": {
    "errors": 0,
    "warnings": 0
  },
  "findings": [],
  "pages": {}
}

"#]]);
    check("github").success().stderr_eq("").stdout_eq("");
    check("sarif")
        .success()
        .stderr_eq("")
        .stdout_eq(str![[r#"
{
  "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
  "runs": [
    {
      "columnKind": "unicodeCodePoints",
      "invocations": [
        {
          "executionSuccessful": true,
          "toolExecutionNotifications": []
        }
      ],
      "originalUriBaseIds": {
        "%SRCROOT%": {
          "description": {
            "text": "The folder of the repository."
          }
        }
      },
      "results": [],
      "tool": {
        "driver": {
          "name": "errbook",
          "rules": [],
          "semanticVersion": "[..]"
        }
      }
    }
  ],
  "version": "2.1.0"
}

"#]]);
}

/// A workflow command, taken apart as the documentation says:
/// `::name key=value,key=value::message`.
#[derive(Debug, PartialEq)]
struct Annotation {
    command: String,
    properties: BTreeMap<String, String>,
    message: String,
}

impl Annotation {
    fn parse(line: &str) -> Self {
        let rest = line.strip_prefix("::").expect("it begins with `::`");
        let (head, message) = rest.split_once("::").expect("a message follows `::`");
        let (command, properties) = head.split_once(' ').expect("it has properties");
        let properties = properties.split(',').map(|property| {
            let (key, value) = property.split_once('=').expect("it has a value");
            assert!(!value.is_empty(), "{line}");
            (key.to_owned(), unescaped(value, "%\r\n:,"))
        });
        Self {
            command: command.to_owned(),
            properties: properties.collect(),
            message: unescaped(message, "%\r\n"),
        }
    }

    fn property(&self, key: &str) -> Option<&str> {
        self.properties.get(key).map(String::as_str)
    }
}

/// A text in which just these characters are escaped, each as `%` and two digits.
fn unescaped(text: &str, escaped: &str) -> String {
    let mut parts = text.split('%');
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (digits, rest) = part.split_at(2);
        let c = u8::from_str_radix(digits, 16).expect("two digits follow `%`");
        assert!(
            escaped.contains(char::from(c)),
            "{digits} is no escape here"
        );
        plain.push(char::from(c));
        plain.push_str(rest);
    }
    let left = |c: char| c != '%' && escaped.contains(c) && text.contains(c);
    assert!(!escaped.contains(left), "{text} is not escaped");
    plain
}

/// What a finding is as an annotation, in a repository that begins where the project does.
fn annotation(report: &Report, finding: &Finding) -> Annotation {
    let mut properties = BTreeMap::from([(
        "title".to_owned(),
        format!("errbook {}", finding.cause().id()),
    )]);
    let mut set = |key: &str, value: &dyn ToString| {
        properties.insert(key.to_owned(), value.to_string());
    };
    if let Some(file) = report.file(finding) {
        set("file", &file);
    }
    if let Some(place) = finding.location() {
        let range = report.positions().of(place);
        set("line", &range.start.line);
        set("endLine", &range.end.line);
        if range.start.line == range.end.line {
            set("col", &range.start.column);
            set("endColumn", &range.end.column);
        }
    }
    let at = |(place, label): (&Location, &str)| {
        let start = report.positions().of(place).start;
        let at = format!(
            "{}:{}:{}",
            report.source(place).name(),
            start.line,
            start.column
        );
        format!(
            "--> {at}{}{label}",
            if label.is_empty() { "" } else { ": " }
        )
    };
    let own = finding.location().map(|place| (place, finding.label()));
    let places = own.into_iter().chain(finding.other_locations()).map(at);
    let remedies = finding
        .remedies()
        .iter()
        .map(|help| format!("help: {help}"));
    let lines = [finding.title().to_owned()].into_iter();
    Annotation {
        command: match finding.severity() {
            Severity::Error => "error".to_owned(),
            Severity::Warning => "warning".to_owned(),
        },
        properties,
        message: lines
            .chain(places)
            .chain(remedies)
            .collect::<Vec<_>>()
            .join("\n"),
    }
}

/// The annotations of a folder's catalogs are all that is found in them.
#[track_caller]
fn check_annotations(folder: &Path) {
    let input = Input::read_project(folder);
    let checked = errbook_codegen::__private::check(input);
    let status = i32::from(checked.is_refused());
    let report = checked.report;
    assert!(!report.is_empty());
    let told = printed(errbook(folder, &["check", "--format", "github"]), status);
    let told: Vec<Annotation> = told.lines().map(Annotation::parse).collect();
    let findings = report.findings().iter();
    let expected: Vec<_> = findings
        .map(|finding| annotation(&report, finding))
        .collect();
    assert_eq!(told, expected);
}

#[test]
fn every_wrong_catalog_has_its_annotations() {
    let findings = Path::new(env!("CARGO_MANIFEST_DIR")).join("../codegen/tests/findings");
    let mut checked = 0;
    for entry in fs::read_dir(&findings).expect("it can be read") {
        let path = entry.expect("it can be read").path();
        let name = path.file_name().expect("it has a name").to_string_lossy();
        let Some(name) = name
            .strip_suffix(".toml")
            .filter(|name| !name.contains('.'))
        else {
            continue;
        };
        let folder = empty_folder();
        let text = fs::read(&path).expect("it can be read");
        write(&folder, "catalog/a:b,c%=.toml", text);
        if let Ok(settings) = fs::read(findings.join(format!("{name}.errbook.toml"))) {
            write(&folder, SETTINGS, settings);
        }
        if let Ok(lock) = fs::read(findings.join(format!("{name}.{LOCK}"))) {
            write(&folder, &format!("catalog/{LOCK}"), lock);
        }
        check_annotations(folder.path());
        checked += 1;
    }
    assert!(checked > 100, "{checked}");
}

#[test]
fn texts_of_a_catalog_are_escaped_in_annotations() {
    #[track_caller]
    fn check(catalog: impl AsRef<[u8]>) {
        let folder = empty_folder();
        write(&folder, "catalog/shop.toml", catalog);
        check_annotations(folder.path());
    }
    check(SHOP.replace("OUT_OF_STOCK]", "\"::error::%0A,:%\"]\nwrong = 1"));
    check(SHOP.replace("status", "\"\\r\\n::error file=a::b\""));
    check(SHOP.replace("The shop", "\\u0000\\u001B[31m\\u202E\\u009B"));
    check(
        SHOP.replace("status", "\"é😀\\t%25\"")
            .replace('\n', "\r\n"),
    );
    check(SHOP.replace("409", "\"\"\"\n4\n\"\"\""));
    check(b"# \xff");
    check("\u{feff}a");
    check("");
}

#[test]
fn finding_without_a_span_is_annotated() {
    let folder = empty_folder();
    fs::create_dir(folder.path().join("catalog")).expect("it can be made");
    check_annotations(folder.path());
    let told = printed(errbook(&folder, &["check", "--format", "github"]), 1);
    snapbox::assert_data_eq!(
        told,
        str![[r#"
::error file=catalog,title=errbook E0102::no catalog in `catalog`%0Ahelp: a catalog is a file that ends in `.toml`

"#]]
    );
}

/// What is not listed is counted, in each format.
#[test]
fn findings_above_the_limit_are_counted_in_each_format() {
    #[track_caller]
    fn check(of_each: &str, ends: i32, severity: &str) {
        let error = |number| format!("[error.E{number}]\n{of_each}\ndescription = \"x\"\n");
        let errors: String = (0..1002).map(error).collect();
        let project = project(&SHOP.replace("description", "action = \"x\"\ndescription"));
        let catalog = "catalog/shop.toml";
        let shop = fs::read_to_string(project.path().join(catalog)).expect("it is there");
        write(&project, catalog, shop + &errors);
        write(&project, SETTINGS, WARN);
        let check = |format| printed(errbook(&project, &["check", "--format", format]), ends);
        let document = |format| -> serde_json::Value {
            serde_json::from_str(&check(format)).expect("it is JSON")
        };
        let many = format!("{severity}s");
        let json = document("json");
        assert_eq!(json["findings"].as_array().map(Vec::len), Some(1000));
        assert_eq!(
            (&json[&many], &json["unlisted"][&many]),
            (&1002.into(), &2.into())
        );
        let last = check("github").lines().last().map(Annotation::parse);
        let expected = Annotation {
            command: severity.to_owned(),
            properties: BTreeMap::from([("title".to_owned(), "errbook".to_owned())]),
            message: format!("and 2 more {many}, which are not listed"),
        };
        assert_eq!(last, Some(expected));
        let run = &document("sarif")["runs"][0];
        assert_eq!(run["results"].as_array().map(Vec::len), Some(1000));
        let text = format!("2 more {many} are not listed");
        assert_eq!(
            run["invocations"][0]["toolExecutionNotifications"],
            serde_json::json!([{ "level": severity, "message": { "text": text } }])
        );
    }
    check("status = 4000", 1, "error");
    check("status = 400", 0, "warning");
}

/// A forge knows a file by its path in the repository.
#[test]
fn paths_in_annotations_are_relative_to_the_repository() {
    #[track_caller]
    fn check(command: Command, expected: &str) {
        let told = printed(command, 1);
        let annotation = Annotation::parse(told.lines().next().expect("there is a line"));
        assert_eq!(annotation.property("file"), Some(expected));
        let place = format!("--> {expected}:1:1");
        assert!(annotation.message.contains(&place), "{annotation:?}");
    }
    const CHECK: [&str; 3] = ["check", "--format", "github"];
    let repository = empty_folder();
    let root = repository.path();
    write(root, "work/apis/catalog/shop.toml", "wrong = 1");
    write(root, "work/other/mail.toml", "wrong = 1");
    let project = root.join("work/apis");
    let with = |args: &[&str]| errbook(&project, &[&CHECK[..], args].concat());
    // No repository: the project is all that there is.
    check(with(&[]), "catalog/shop.toml");
    check(with(&["--catalogs", "../other"]), "../other/mail.toml");
    // The runner's folder, where a repository was put without its `.git`.
    let workspace = |folder: &Path| with(&[]).env("GITHUB_WORKSPACE", folder);
    check(workspace(root), "work/apis/catalog/shop.toml");
    check(workspace(&root.join("work/other")), "catalog/shop.toml");
    // A repository: it is a folder of the runner's where that holds several.
    fs::create_dir(root.join("work/.git")).expect("it can be made");
    check(with(&[]), "apis/catalog/shop.toml");
    check(workspace(root), "apis/catalog/shop.toml");
    check(with(&["--catalogs", "../other"]), "other/mail.toml");
    check(
        with(&["--catalogs", "../other/mail.toml"]),
        "other/mail.toml",
    );
    let absolute = root.join("work/other");
    let absolute = absolute.to_str().expect("it is a text");
    check(with(&["--catalogs", absolute]), "other/mail.toml");
    check(
        errbook(root.join("work"), &CHECK).args(["--project", "apis"]),
        "apis/catalog/shop.toml",
    );
    // A worktree and a submodule have a file of that name.
    write(root, "work/apis/.git", "gitdir: ../.git/modules/apis");
    check(with(&[]), "catalog/shop.toml");
    // What is in no part of the repository has the name that findings have for it.
    check(with(&["--catalogs", absolute]), "other/mail.toml");
}

#[test]
fn fingerprints_are_stable_when_lines_move() {
    let fingerprints = |catalog: &str| -> Vec<String> {
        let project = project(catalog);
        let told = printed(errbook(&project, &["check", "--format", "sarif"]), 1);
        let log: serde_json::Value = serde_json::from_str(&told).expect("it is JSON");
        let results = log["runs"][0]["results"].as_array().expect("it is a list");
        let fingerprint = |result: &serde_json::Value| {
            let fingerprint = &result["partialFingerprints"]["errbook/v1"];
            fingerprint.as_str().expect("it is a text").to_owned()
        };
        results.iter().map(fingerprint).collect()
    };
    let wrong = SHOP.replace("409", "4090");
    let error = |key: &str, status| {
        format!("\n[error.{key}]\nstatus = {status}\ndescription = \"{key}\"\n")
    };
    let before = fingerprints(&wrong);
    let moved = fingerprints(&wrong.replace("[error", "\n# Another line\n\n[error"));
    assert_eq!(moved, before);
    let [one] = &before[..] else {
        panic!("{before:?}");
    };
    // The same again is another, and so is something else.
    let more = fingerprints(&(wrong + &error("A", 4090) + &error("B", 4091)));
    assert_eq!(&more[0], one);
    let (hash, time) = one.split_once(':').expect("it ends in which one it is");
    assert_eq!(
        (time, more[1].as_str()),
        ("1", format!("{hash}:2").as_str())
    );
    assert!(more[2].ends_with(":1") && more[2] != *one, "{more:?}");
}

#[test]
fn missing_catalogs_argument_exits_with_2() {
    let project = project(SHOP);
    let folder = project.path();
    for command in ["check", "list", "generate"] {
        run(folder, &[command, "--catalogs", "../nope"])
            .code(2)
            .stdout_eq("")
            .stderr_eq(str![[r#"
error: there is no file or folder `../nope`; --catalogs starts at the current folder

"#]]);
    }
    // Not at the project, which may be above.
    let below = folder.join("catalog");
    let args = ["check", "--catalogs", "catalog/shop.toml"];
    run(&below, &args).code(2);
    run(&below, &["check", "--catalogs", "shop.toml"]).success();
}
