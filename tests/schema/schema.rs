//! Whether the JSON Schema of catalogs and `check` say the same, as a validator that others wrote
//! reads the schema. Where they differ, `differences.toml` says why.

#![cfg(test)]

mod command;
mod diff;
mod errors;
mod findings;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use errbook_codegen::__private::check;
use errbook_codegen::{Input, Level, Lint, OutputKind, Source};
use jsonschema::Validator;
use serde_json::{Map, Value};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A schema, as it is generated.
fn schema(of: &str) -> Value {
    let input = Input::read(&root(), Path::new("catalog"));
    let output = errbook_codegen::generate(input).unwrap_or_else(|report| panic!("{report}"));
    let text = output
        .files
        .get(OutputKind::Schema, &format!("{of}.schema.json"));
    serde_json::from_str(text.expect("it is generated")).expect("it is JSON")
}

fn validator(of: &str) -> Validator {
    jsonschema::draft7::new(&schema(of)).expect("it is a schema")
}

/// The catalogs of a folder, by the names of their files without `.toml`; `NAME.errbook.toml` is no
/// catalog.
fn catalogs(folder: &str) -> BTreeMap<String, String> {
    let files = fs::read_dir(root().join(folder)).expect("the folder can be read");
    let catalogs = files.filter_map(|file| {
        let path = file.expect("the folder can be read").path();
        let name = path.file_name()?.to_str()?.strip_suffix(".toml")?;
        if name.ends_with(".errbook") {
            return None;
        }
        let text = fs::read_to_string(&path).expect("the catalog can be read");
        Some((name.to_owned(), text))
    });
    catalogs.collect()
}

/// A catalog as editors show it to a schema; `None` where it is no TOML.
fn json(text: &str) -> Option<Value> {
    Some(json_of(toml::Value::Table(text.parse().ok()?)))
}

fn json_of(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => Value::String(text),
        toml::Value::Integer(integer) => Value::from(integer),
        // What is not finite becomes null.
        toml::Value::Float(float) => Value::from(float),
        toml::Value::Boolean(bool) => Value::Bool(bool),
        toml::Value::Datetime(datetime) => Value::String(datetime.to_string()),
        toml::Value::Array(items) => items.into_iter().map(json_of).collect(),
        toml::Value::Table(table) => {
            let members = table.into_iter().map(|(key, value)| (key, json_of(value)));
            Value::Object(members.collect::<Map<_, _>>())
        }
    }
}

#[test]
fn both_are_draft_07_schemas() {
    for of in ["catalog", "errbook"] {
        let schema = schema(of);
        assert_eq!(schema["$schema"], "http://json-schema.org/draft-07/schema#");
        if let Err(error) = jsonschema::draft7::meta::validate(&schema) {
            panic!("{of}: {error} at {}", error.instance_path());
        }
    }
}

#[test]
fn settings_are_refused_by_both_or_by_neither() {
    const SHOP: &str = "[api]\nid = \"shop\"\ntitle = \"Shop\"\n[envelope]\n";
    let validator = validator("errbook");
    let differs = |text: &str, expected: bool, by_schema: bool| {
        let shop = Input::from(Source::new("shop.toml", SHOP));
        let input = shop.with_settings(Source::new(errbook_codegen::__private::SETTINGS, text));
        assert_eq!(!check(input).is_refused(), expected, "check: {text}");
        let settings = json(text).expect("it is TOML");
        assert_eq!(
            validator.is_valid(&settings),
            by_schema,
            "the schema: {text}"
        );
    };
    let check = |text: &str, expected: bool| differs(text, expected, expected);
    check("", true);
    check("[lints]", true);
    for lint in Lint::ALL {
        for (level, _) in Level::ALL {
            check(&format!("[lints]\n{} = \"{level}\"", lint.name()), true);
        }
        check(&format!("[lints]\n{} = \"forbid\"", lint.name()), false);
        check(&format!("[lints]\n{} = true", lint.name()), false);
    }
    check("[lints]\nmising-action = \"warn\"", false);
    check("[lint]\nmissing-action = \"warn\"", false);
    check("lints = []", false);
    for path in GOOD_PATHS {
        check(&format!("catalogs = '{path}'"), true);
        check(&format!("[output]\nrust = '{path}'"), true);
    }
    let wrong: toml::Table = WRONG_PATHS.parse().expect("it is TOML");
    for path in wrong["paths"].as_array().expect("it is a list") {
        check(&format!("catalogs = {path}"), false);
        check(&format!("[output]\nrust = {path}"), false);
    }
    for output in OutputKind::ALL {
        check(&format!("[output]\n{} = 'x'", output.name()), true);
        check(&format!("[output]\n{} = '/x'", output.name()), false);
    }
    check("[output]", false);
    check("output = 'docs'", false);
    check("[output]\ndoc = 'docs'", false);
    check("[output]\ndocs = 'x/y'\nrust = 'x/z'", true);
    // A schema cannot compare what stands under two keys.
    for together in [
        "[output]\ndocs = 'x'\nrust = 'x'",
        "[output]\ndocs = 'x'\nrust = 'X/y'",
        "[output]\ndocs = 'catalog/docs'",
        "catalogs = 'x/y'\n[output]\ndocs = 'x'",
        "catalogs = 'generated'",
        "catalogs = 'generated/docs/x'",
    ] {
        differs(together, false, true);
    }
}

/// Paths from the project's folder to something in it.
const GOOD_PATHS: [&str; 8] = [
    "a",
    "a/b/c",
    "generates",
    "Ungenerated/größe x",
    ".hidden/..a",
    "a.b/c-d_e",
    "...a/b c",
    "errors.toml",
];

/// Values that are none.
const WRONG_PATHS: &str = r#"
paths = [
  1, [], ['a'], '', ' ', '.', '..', '...', './a', 'a/.', 'a/./b', '../a', 'a/..', 'a/../b', '/', '/a', 'a/', 'a//b',
  '~', '~/a', 'C:', 'C:/a', 'C:a', '\\host\a', 'a\b', 'a./b', 'a ', ' a', 'a/ b', '*.toml', 'a|b', "a\u0000", "a\nb",
]
"#;

#[test]
fn it_takes_every_good_catalog() {
    let validator = validator("catalog");
    for folder in ["catalog", "codegen/tests/catalogs", "examples/shop/catalog"] {
        let catalogs = catalogs(folder);
        assert!(!catalogs.is_empty(), "no catalog in {folder}");
        for (name, text) in catalogs {
            let catalog = json(&text).expect("it is TOML");
            if let Err(error) = validator.validate(&catalog) {
                panic!("{folder}/{name}: {error} at {}", error.instance_path());
            }
        }
    }
}

#[test]
fn it_refuses_every_wrong_catalog_but_those_of_the_list() {
    let list = fs::read_to_string(root().join("tests/schema/differences.toml"));
    let list: toml::Table = list.expect("it can be read").parse().expect("it is TOML");
    let mut listed = BTreeSet::new();
    for difference in list["difference"].as_array().expect("it is a list") {
        assert!(
            difference["why"]
                .as_str()
                .is_some_and(|why| !why.is_empty())
        );
        for name in difference["catalogs"].as_array().expect("it is a list") {
            let name = name.as_str().expect("it is a text").to_owned();
            assert!(listed.insert(name.clone()), "{name} is listed twice");
        }
    }
    let validator = validator("catalog");
    let wrong = catalogs("codegen/tests/findings").into_iter();
    // What only lints have something to say of is a good catalog.
    let wrong = wrong.filter(|(name, text)| check(Source::new(name, text)).is_refused());
    let taken = wrong.filter(|(_, text)| json(text).is_some_and(|it| validator.is_valid(&it)));
    let taken: BTreeSet<String> = taken.map(|(name, _)| name).collect();
    let missing: Vec<_> = taken.difference(&listed).collect();
    let refused: Vec<_> = listed.difference(&taken).collect();
    assert!(
        missing.is_empty(),
        "the schema takes these, and no reason is given: {missing:?}"
    );
    assert!(
        refused.is_empty(),
        "the schema does not take these: {refused:?}"
    );
}

/// Values that are something in some places and nothing in others.
const VALUES: &str = r#"
values = [
  "", " ", "\uFEFF", "\u0085", "\u00A0x", "a", "A", "a-b", "a_b", "a--b", "Self", "self", "con", "com1", "gen",
  "/", "/0", "/1", "/01", "/a/0", "/a/12x", "/~0~1", "/~", "x#", "{a}", "404", "about:blank", "http://a",
  "string", " bool ", "u32?", "any", "{[u32?]}?", "string??", "Node", "[[[[[[[[[[[[[[[f64]]]]]]]]]]]]]]]",
  "never", "json", "problem+json", "v1.2", "2026-11-24", "en", "pt-BR", "x-", "http:///", "https://a/#b", "https://a b",
  "an-id-of-sixty-five-letters-which-is-one-more-than-a-name-may-have",
  -1, 0, 99, 100, 404, 599, 600, 9223372036854775807, 1.5, 404.0, inf, true, false, 1979-05-27,
  [], ["a"], ["a", "a"], ["/a", "/b"], ["status"], ["description", "status"], [404], [404, 409], [404, 404], [""],
  ["a", 1], [{}], [{ status = 404 }],
  {}, { a = "string" }, { a = "a" }, { "/a" = [] }, { a = { type = "u32" } }, { status = "Known." }, { status = 404 },
]
"#;

/// Keys that are names in some places and nothing in others.
const KEYS: [&str; 13] = [
    "",
    " a",
    "a",
    "A",
    "404",
    "a b",
    "Retry-After",
    "größe",
    "Self",
    "self",
    "/a",
    "status",
    "type",
];

/// A value with one thing in it changed, in every way.
fn changed(value: &toml::Value, values: &[toml::Value]) -> Vec<toml::Value> {
    let mut all = values.to_vec();
    match value {
        toml::Value::Table(table) => {
            for (key, inner) in table {
                let mut rest = table.clone();
                rest.remove(key);
                let with = |key: &str, inner: toml::Value| {
                    let mut table = rest.clone();
                    table.insert(key.to_owned(), inner);
                    toml::Value::Table(table)
                };
                all.extend(
                    changed(inner, values)
                        .into_iter()
                        .map(|inner| with(key, inner)),
                );
                all.extend(KEYS.map(|other| with(other, inner.clone())));
                all.push(toml::Value::Table(rest.clone()));
            }
        }
        toml::Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                all.extend(changed(item, values).into_iter().map(|item| {
                    let mut items = items.clone();
                    items[index] = item;
                    toml::Value::Array(items)
                }));
            }
        }
        _ => {}
    }
    all
}

#[test]
fn it_refuses_nothing_that_is_accepted() {
    let values: toml::Table = VALUES.parse().expect("it is TOML");
    let values = values["values"].as_array().expect("it is a list");
    let validator = validator("catalog");
    let mut accepted = 0;
    for (name, text) in catalogs("codegen/tests/catalogs") {
        let catalog: toml::Table = text.parse().expect("it is TOML");
        let changed = changed(&toml::Value::Table(catalog), values);
        // All of them are minutes; no value comes to one place alone.
        for changed in changed.into_iter().step_by(23) {
            let toml::Value::Table(table) = &changed else {
                continue;
            };
            let text = table.to_string();
            if !check(Source::new(name.as_str(), &text)).is_refused() {
                accepted += 1;
                if let Err(error) = validator.validate(&json_of(changed)) {
                    panic!("{name}: {error} at {}\n{text}", error.instance_path());
                }
            }
        }
    }
    assert!(accepted > 300, "{accepted} were accepted");
}
