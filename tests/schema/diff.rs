//! Whether what `cargo errbook diff --format json` prints is as its schema says.

use std::fs;
use std::path::Path;

use jsonschema::Validator;
use serde_json::{Value, json};

use crate::command::{errbook, json as parsed, printed};
use crate::root;

fn validator() -> Validator {
    let schema = parsed(&printed(&errbook(&root(), &["schema", "diff"])));
    if let Err(error) = jsonschema::draft7::meta::validate(&schema) {
        panic!("{error} at {}", error.instance_path());
    }
    jsonschema::draft7::new(&schema).expect("it is a schema")
}

fn diff(folder: &Path, old: &str, new: &str) -> Value {
    let args = ["diff", "--format", "json", old, new];
    parsed(&printed(&errbook(folder, &args)))
}

#[test]
fn what_is_printed_is_as_the_schema_says() {
    let validator = validator();
    #[track_caller]
    fn check(validator: &Validator, old: &str, new: &str, changes: usize) {
        let document = diff(&root(), old, new);
        if let Err(error) = validator.validate(&document) {
            panic!("{old}, {new}: {error} at {}", error.instance_path());
        }
        let told = document["changes"].as_array().expect("it is a list").len();
        assert!(told >= changes, "{old}, {new}: {told}");
    }
    check(&validator, "catalog", "catalog", 0);
    let catalogs = fs::read_dir(root().join("catalog")).expect("it is a folder");
    let mut catalogs: Vec<String> = catalogs
        .map(|entry| entry.expect("it can be read").path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "toml")
        })
        .map(|path| path.display().to_string())
        .collect();
    for name in [
        "everything",
        "hell",
        "problem",
        "problem-code",
        "wire",
        "empty",
    ] {
        catalogs.push(format!("codegen/tests/catalogs/{name}.toml"));
    }
    // Each with the next.
    for (old, new) in catalogs.iter().zip(catalogs.iter().cycle().skip(1)) {
        check(&validator, old, new, 2);
    }
    check(&validator, "catalog", "codegen/tests/catalogs", 10);
}

#[test]
fn the_schema_takes_nothing_else() {
    let validator = validator();
    let folder = root().join("cli/tests/diff");
    let document = diff(&folder, "old.toml", "new.toml");
    assert!(validator.is_valid(&document));
    let change = document["changes"][0].as_object().expect("it is an object");
    for key in change.keys() {
        let mut without = document.clone();
        let change = without["changes"][0].as_object_mut().expect("as before");
        change.remove(key);
        assert!(!validator.is_valid(&without), "without {key}");
        let mut wrong = document.clone();
        wrong["changes"][0][key] = json!(1.5);
        assert!(!validator.is_valid(&wrong), "{key} is a number");
    }
    let mut more = document.clone();
    more["changes"][0]["more"] = json!(null);
    assert!(!validator.is_valid(&more));
    let mut newer = document;
    newer["version"] = json!(2);
    assert!(!validator.is_valid(&newer));
}
