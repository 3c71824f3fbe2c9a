//! Whether what `cargo errbook explain --json` and `list --json` print is as their schema says.

use jsonschema::Validator;
use serde_json::{Value, json};

use crate::command;
use crate::root;

fn validator() -> Validator {
    let schema = command::printed(&command::errbook(&root(), &["schema", "errors"]));
    let schema = command::json(&schema);
    if let Err(error) = jsonschema::draft7::meta::validate(&schema) {
        panic!("{error} at {}", error.instance_path());
    }
    jsonschema::draft7::new(&schema).expect("it is a schema")
}

/// The document that a command prints in the folder of the workspace, whatever it exits with.
fn printed(arguments: &[&str]) -> Value {
    let run = command::errbook(&root(), arguments);
    command::json(&String::from_utf8_lossy(&run.stdout))
}

#[test]
fn what_is_printed_is_as_the_schema_says() {
    #[track_caller]
    fn check(validator: &Validator, arguments: &[&str], errors: usize) {
        let document = printed(arguments);
        if let Err(error) = validator.validate(&document) {
            panic!("{arguments:?}: {error} at {}", error.instance_path());
        }
        let found = document["errors"].as_array().expect("it is a list").len();
        assert_eq!(found, errors, "{arguments:?}");
    }
    let validator = validator();
    check(&validator, &["list", "--json"], 85);
    check(&validator, &["list", "--json", "no such word"], 0);
    check(&validator, &["explain", "--json", "UNAUTHORIZED"], 2);
    check(&validator, &["explain", "--json", "NO_SUCH_ERROR"], 0);
    check(&validator, &["explain", "--json", "E0510"], 0);
    check(&validator, &["explain", "--json", "unused-type"], 0);
    // Every key of the format.
    for (catalog, errors) in [("everything", 15), ("problem", 3)] {
        let path = format!("codegen/tests/catalogs/{catalog}.toml");
        check(&validator, &["list", "--json", "--catalogs", &path], errors);
    }
}

#[test]
fn the_schema_takes_nothing_else() {
    let validator = validator();
    let document = printed(&["explain", "--json", "INSUFFICIENT_CREDITS"]);
    assert!(validator.is_valid(&document));
    let error = document["errors"][0].as_object().expect("it is an object");
    for key in error.keys() {
        let mut without = document.clone();
        let error = without["errors"][0].as_object_mut().expect("as before");
        error.remove(key);
        assert!(!validator.is_valid(&without), "without {key}");
        let mut wrong = document.clone();
        wrong["errors"][0][key] = json!(1.5);
        assert!(!validator.is_valid(&wrong), "{key} is a number");
    }
    let mut more = document.clone();
    more["errors"][0]["more"] = json!(null);
    assert!(!validator.is_valid(&more));
    let mut newer = document;
    newer["version"] = json!(2);
    assert!(!validator.is_valid(&newer));
}
