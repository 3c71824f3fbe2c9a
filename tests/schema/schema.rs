//! Whether the JSON Schema of catalogs and `check` say the same, as a validator that others wrote
//! reads the schema. Where they differ, `differences.toml` says why.

#![cfg(test)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use jsonschema::Validator;
use serde_json::{Map, Value};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The schema, as it is generated.
fn schema() -> Value {
    let sources =
        errbook_codegen::read(&root(), Path::new("catalog")).expect("the catalogs can be read");
    let output = errbook_codegen::generate(&sources).unwrap_or_else(|report| panic!("{report}"));
    let text = output.files.get("schema/catalog.schema.json");
    serde_json::from_str(text.expect("it is generated")).expect("it is JSON")
}

fn validator() -> Validator {
    jsonschema::draft7::new(&schema()).expect("it is a schema")
}

/// The catalogs of a folder, by the names of their files without `.toml`.
fn catalogs(folder: &str) -> BTreeMap<String, String> {
    let files = fs::read_dir(root().join(folder)).expect("the folder can be read");
    let catalogs = files.filter_map(|file| {
        let path = file.expect("the folder can be read").path();
        let name = path.file_name()?.to_str()?.strip_suffix(".toml")?;
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
fn it_is_a_draft_07_schema() {
    let schema = schema();
    assert_eq!(schema["$schema"], "http://json-schema.org/draft-07/schema#");
    if let Err(error) = jsonschema::draft7::meta::validate(&schema) {
        panic!("{error} at {}", error.instance_path());
    }
}

#[test]
fn it_takes_every_good_catalog() {
    let validator = validator();
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
    let validator = validator();
    let taken = catalogs("codegen/tests/findings").into_iter();
    let taken = taken.filter(|(_, text)| json(text).is_some_and(|it| validator.is_valid(&it)));
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
