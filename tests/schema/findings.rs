//! Whether what `cargo errbook check` prints for programs keeps to its schemas, our own and that of
//! SARIF 2.1.0, and whether places are where they are said to be in the files on disk.

use std::fs;
use std::path::Path;

use jsonschema::Validator;
use serde_json::Value;
use tempfile::TempDir;

use crate::command::{cargo, errbook, json, printed};
use crate::root;

/// The JSON Schema of SARIF, from the package that holds it.
fn sarif_schema() -> Value {
    let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
    let metadata = [
        "metadata",
        "--format-version=1",
        "--locked",
        "--manifest-path",
    ];
    let metadata = json(&cargo(&[&metadata[..], &[manifest]].concat()));
    let packages = metadata["packages"].as_array().expect("it is a list");
    let package = packages
        .iter()
        .find(|package| package["name"] == "serde-sarif");
    let manifest = package.and_then(|package| package["manifest_path"].as_str());
    let folder = Path::new(manifest.expect("it is a dependency")).parent();
    let file = folder.expect("it is in a folder").join("src/schema.json");
    let mut schema = json(&fs::read_to_string(file).expect("it can be read"));
    // The patterns of languages are no regular expressions to this validator, and we name no language.
    for of in ["run", "toolComponent"] {
        let language = &mut schema["definitions"][of]["properties"]["language"];
        let pattern = language.as_object_mut().and_then(|it| it.remove("pattern"));
        assert!(pattern.is_some(), "{language}");
    }
    schema
}

/// What the documents are held to.
struct Schemas {
    findings: Validator,
    sarif: Validator,
}

impl Schemas {
    fn new() -> Self {
        let validator = |schema: &Value| {
            let options = jsonschema::draft7::options().should_validate_formats(true);
            options.build(schema).expect("it is a schema")
        };
        let ours = printed(&errbook(&root(), &["schema", "findings"]));
        Self {
            findings: validator(&json(&ours)),
            sarif: validator(&sarif_schema()),
        }
    }

    /// Checks both documents about a project.
    #[track_caller]
    fn check(&self, folder: &Path) {
        let findings = document(folder, "json");
        assert_valid(&self.findings, &findings);
        let errors = findings["errors"].as_u64().expect("it is a number");
        let run = errbook(folder, &["check"]);
        assert_eq!(run.status.code(), Some(i32::from(errors > 0)));
        check_findings(folder, &findings);
        let sarif = document(folder, "sarif");
        assert_valid(&self.sarif, &sarif);
        check_sarif(folder, &sarif, &findings);
    }
}

/// The document that is printed, with nothing beside it.
#[track_caller]
fn document(folder: &Path, format: &str) -> Value {
    let run = errbook(folder, &["check", "--format", format]);
    let told = String::from_utf8_lossy(&run.stderr);
    assert!(run.status.code() < Some(2) && told.is_empty(), "{told}");
    let text = String::from_utf8(run.stdout).expect("it is UTF-8");
    let hidden = |c: char| c != '\n' && (c.is_control() || c == '\u{202e}');
    assert!(text.ends_with("}\n") && !text.contains(hidden), "{text}");
    json(&text)
}

#[track_caller]
fn assert_valid(validator: &Validator, document: &Value) {
    if let Err(error) = validator.validate(document) {
        panic!("{error} at {}\n{document:#}", error.instance_path());
    }
}

/// A file as an editor shows it: lines of characters, without a byte order mark; and how many bytes are
/// before each line.
struct File {
    bytes: Vec<u8>,
    lines: Vec<(usize, String)>,
}

impl File {
    fn read(folder: &Path, path: &str) -> Self {
        let bytes = fs::read(folder.join(path)).expect("it can be read");
        let mut at = if bytes.starts_with(b"\xef\xbb\xbf") {
            3
        } else {
            0
        };
        let lines = bytes[at..].split(|byte| *byte == b'\n').map(|line| {
            let start = at;
            at += line.len() + 1;
            let text = String::from_utf8_lossy(line);
            (start, text.strip_suffix('\r').unwrap_or(&text).to_owned())
        });
        Self {
            lines: lines.collect(),
            bytes: bytes.clone(),
        }
    }

    /// The text from one line and column, from 1, to another.
    fn text(&self, [start_line, start, end_line, end]: [usize; 4]) -> String {
        let cut = |line: usize| {
            let characters = self.lines[line - 1].1.chars();
            let last = if line == end_line {
                end - 1
            } else {
                usize::MAX
            };
            let first = if line == start_line { start - 1 } else { 0 };
            assert!(
                last == usize::MAX || last <= characters.clone().count(),
                "past the end"
            );
            characters.take(last).skip(first).collect::<String>()
        };
        let lines: Vec<String> = (start_line..=end_line).map(cut).collect();
        lines.join("\n")
    }

    /// The text of some bytes, with line ends as in `text`.
    fn at(&self, start: usize, end: usize) -> String {
        let text = String::from_utf8_lossy(&self.bytes[start..end]);
        text.replace("\r\n", "\n")
    }

    /// How many bytes are before a column of a line.
    fn byte(&self, line: usize, column: usize) -> usize {
        let (start, text) = &self.lines[line - 1];
        let before = text.chars().take(column - 1);
        start + before.map(char::len_utf8).sum::<usize>()
    }
}

fn number(value: &Value) -> usize {
    let number = value.as_u64().expect("it is a number");
    number.try_into().expect("it is small")
}

fn list(value: &Value) -> &[Value] {
    value.as_array().expect("it is a list")
}

/// Each place is in its file, at its bytes as at its lines and columns, and each id has its page.
#[track_caller]
fn check_findings(folder: &Path, document: &Value) {
    let findings = list(&document["findings"]);
    let count = |severity: &str| {
        findings
            .iter()
            .filter(|it| it["severity"] == severity)
            .count()
    };
    assert_eq!(number(&document["errors"]), count("error"));
    assert_eq!(number(&document["warnings"]), count("warning"));
    for finding in findings {
        let id = finding["id"].as_str().expect("it is a text");
        let page = document["pages"][id].as_str().expect("it has a page");
        assert!(page.starts_with(&format!("# {id}: ")), "{page}");
        for place in finding
            .get("place")
            .into_iter()
            .chain(list(&finding["other-places"]))
        {
            let (Some(start), Some(end)) = (place.get("start"), place.get("end")) else {
                continue;
            };
            let file = File::read(folder, place["file"].as_str().expect("it is a text"));
            let [from, to] = [start, end].map(|at| {
                let (line, column) = (number(&at["line"]), number(&at["column"]));
                (number(&at["byte"]), line, column)
            });
            assert_eq!(file.byte(from.1, from.2), from.0, "{finding:#}");
            assert_eq!(
                file.text([from.1, from.2, to.1, to.2]),
                file.at(from.0, to.0),
                "{finding:#}"
            );
        }
    }
}

/// Each result is of its rule, each region holds its snippet, and there is one for each finding.
#[track_caller]
fn check_sarif(folder: &Path, log: &Value, findings: &Value) {
    let run = &log["runs"][0];
    let rules = list(&run["tool"]["driver"]["rules"]);
    let results = list(&run["results"]);
    let findings = list(&findings["findings"]);
    assert_eq!(results.len(), findings.len());
    let mut used = vec![false; rules.len()];
    for (result, finding) in results.iter().zip(findings) {
        let index = number(&result["ruleIndex"]);
        used[index] = true;
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert_eq!(result["ruleId"], finding["id"]);
        assert_eq!(result["level"], finding["severity"]);
        // GitHub takes no result without a location.
        let locations = list(&result["locations"]);
        assert_eq!(locations.len(), 1, "{result:#}");
        for location in locations.iter().chain(list(&result["relatedLocations"])) {
            check_location(folder, &location["physicalLocation"]);
        }
    }
    assert!(used.iter().all(|used| *used), "a rule without a result");
}

#[track_caller]
fn check_location(folder: &Path, location: &Value) {
    let uri = &location["artifactLocation"]["uri"];
    let path = decoded(uri.as_str().expect("it is a text"));
    let Some(region) = location.get("region") else {
        // What is missing has no place in it.
        assert!(!path.is_empty());
        return;
    };
    let text = File::read(folder, &path)
        .text(["startLine", "startColumn", "endLine", "endColumn"].map(|key| number(&region[key])));
    match region.get("snippet") {
        Some(snippet) => assert_eq!(snippet["text"], text.as_str()),
        None => assert!(text.len() > 1000, "{region:#}"),
    }
}

/// A path without percent-encoding (RFC 3986, 2.1).
fn decoded(uri: &str) -> String {
    let mut parts = uri.split('%');
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        let (digits, rest) = part.split_at(2);
        bytes.push(u8::from_str_radix(digits, 16).expect("two digits follow `%`"));
        bytes.extend(rest.as_bytes());
    }
    String::from_utf8(bytes).expect("it is UTF-8")
}

/// A project with one catalog, and settings where there are some.
fn project(name: &str, catalog: &[u8], settings: Option<&str>) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::create_dir(folder.path().join("catalog")).expect("it can be made");
    fs::write(folder.path().join("catalog").join(name), catalog).expect("it can be written");
    if let Some(settings) = settings {
        fs::write(folder.path().join("errbook.toml"), settings).expect("it can be written");
    }
    folder
}

const SHOP: &str = "[api]\nid = \"shop\"\ntitle = \"Shop\"\n\n[envelope]\ncode = \"/code\"\n\n[error.A]\nstatus = 400\ndescription = \"x\"\n";

#[test]
fn ours_is_a_draft_07_schema() {
    let schema = json(&printed(&errbook(&root(), &["schema", "findings"])));
    assert_eq!(schema["$schema"], "http://json-schema.org/draft-07/schema#");
    if let Err(error) = jsonschema::draft7::meta::validate(&schema) {
        panic!("{error} at {}", error.instance_path());
    }
}

#[test]
fn schemas_of_catalogs_and_settings_are_printed_as_they_are_generated() {
    for name in ["catalog", "errbook"] {
        let printed = printed(&errbook(&root(), &["schema", name]));
        assert_eq!(json(&printed), crate::schema(name));
    }
}

#[test]
fn documents_about_nothing_and_about_every_wrong_catalog_are_valid() {
    let schemas = Schemas::new();
    schemas.check(project("shop.toml", SHOP.as_bytes(), None).path());
    let wrong = crate::catalogs("codegen/tests/findings");
    assert!(wrong.len() > 100, "{}", wrong.len());
    for (name, text) in wrong {
        let settings = format!("codegen/tests/findings/{name}.errbook.toml");
        let settings = fs::read_to_string(root().join(settings)).ok();
        let lock =
            fs::read(root().join(format!("codegen/tests/findings/{name}.errbook.lock"))).ok();
        let check = |text: &str| {
            let file = format!("{name}.toml");
            let project = project(&file, text.as_bytes(), settings.as_deref());
            if let Some(lock) = &lock {
                let place = project.path().join("catalog/errbook.lock");
                fs::write(place, lock).expect("it can be written");
            }
            schemas.check(project.path());
        };
        check(&text);
        // As Windows has it.
        let text = format!(
            "\u{feff}{}",
            text.replace("\r\n", "\n").replace('\n', "\r\n")
        );
        check(&text);
    }
}

#[test]
fn documents_about_hostile_names_and_texts_are_valid() {
    let schemas = Schemas::new();
    let check = |name: &str, text: &[u8]| schemas.check(project(name, text, None).path());
    for name in [
        "a:b,c%.toml",
        "%41 b?c#d&e=f.toml",
        "é漢😀.toml",
        "\"<[](x)>'.toml",
    ] {
        check(name, b"wrong = 1\n");
    }
    for text in [
        "",
        "\n",
        "\u{feff}",
        "\t\twrong = 1",
        "api = { title = '😀\t', é = 1 }",
        "api = { title = '😀\t', wrong = '😀' }\r\n",
        "[api]\nid = [",
        "[api]\r\nid = [\r\n",
        "a = '''\n\n",
        "a = '\u{9b}\u{202e}'",
        "a = \"\\u202E\\u001B[31m\"\na = 2",
        "a = '\0'",
    ] {
        check("shop.toml", text.as_bytes());
    }
    let long = format!(
        "{SHOP}wrong = '''\n{}'''\ntitle = [ '{0}' ]\n",
        "é\n".repeat(2000)
    );
    check("shop.toml", long.as_bytes());
    for bytes in [
        &b"\xff"[..],
        b"# a\r\n\xf0\x9f\x98",
        b"\xef\xbb\xbf# \xe9 a\n",
    ] {
        check("shop.toml", bytes);
    }
}

#[test]
fn documents_about_what_cannot_be_read_are_valid() {
    let schemas = Schemas::new();
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::create_dir(folder.path().join("catalog")).expect("it can be made");
    schemas.check(folder.path());
    fs::create_dir(folder.path().join("errbook.toml")).expect("it can be made");
    schemas.check(folder.path());
}
