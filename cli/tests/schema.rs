//! `cargo errbook schema`: the schemas of what is read, and of what is printed. With `SNAPSHOTS=overwrite`, the schema
//! of errors gets the keys that it lacks.

use std::fs;
use std::path::Path;

use errbook_codegen::__private::{catalog_schema, settings_schema};
use serde_json::{Value, json};
use snapbox::cmd::OutputAssert;
use snapbox::{Assert, Data, str};

use crate::support::{WORKSPACE, empty_folder, errbook, stdout};

/// A run in a folder without a project.
fn schema(args: &[&str]) -> OutputAssert {
    let empty = empty_folder();
    errbook(&empty, &["schema"]).args(args).assert()
}

#[track_caller]
fn check(args: &[&str], expected: &str) {
    let run = schema(args).success().stderr_eq("");
    let printed = stdout(&run);
    assert!(printed == expected, "{args:?}: {printed}");
}

#[test]
fn schemas_of_inputs_equal_the_generated_ones() {
    check(&[], &catalog_schema());
    check(&["catalog"], &catalog_schema());
    check(&["errbook"], &settings_schema());
    check(&["--quiet"], &catalog_schema());
}

#[test]
fn each_schema_of_an_output_is_printed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema");
    for entry in fs::read_dir(folder).expect("it can be read") {
        let path = entry.expect("it can be read").path();
        let name = path.file_name().expect("it has a name").to_string_lossy();
        let name = name.strip_suffix(".schema.json").expect("it is a schema");
        let text = fs::read_to_string(&path).expect("it can be read");
        check(&[name], &text);
    }
}

/// The schema of a key that is printed as catalogs have it; an absent one is null or an empty list.
fn printed_like(of_catalogs: &Value) -> Value {
    let docs = &of_catalogs["description"];
    let kinds = of_catalogs["anyOf"].as_array();
    let mut kinds = kinds.into_iter().flatten().chain([of_catalogs]);
    let has_lists = |kind: &Value| {
        let types = kind["type"].as_array();
        kind["type"] == "array" || types.is_some_and(|types| types.contains(&json!("array")))
    };
    if kinds.any(has_lists) {
        json!({ "description": docs, "type": "array", "items": { "type": "string" } })
    } else {
        json!({ "description": docs, "type": ["string", "null"] })
    }
}

/// The schema of printed errors, with these keys: one that it lacks is described as in the schema of catalogs.
fn with_keys(schema: &str, keys: &[&str]) -> String {
    let of_catalogs: Value = serde_json::from_str(&catalog_schema()).expect("it is JSON");
    let of_catalogs = &of_catalogs["definitions"]["error"]["properties"];
    let (others, error) = schema
        .split_once("\n    \"error\": {\n")
        .expect("it is defined");
    let mut error = error.to_owned();
    // The last key is there.
    for pair in keys.windows(2).rev() {
        let [key, next] = [pair[0], pair[1]];
        if error.contains(&format!("\n        \"{key}\": {{\n")) {
            continue;
        }
        let property = serde_json::to_string_pretty(&printed_like(&of_catalogs[key]));
        let property = property.expect("it is JSON").replace('\n', "\n        ");
        let place = format!("\n        \"{next}\"");
        error = error.replacen(
            &place,
            &format!("\n        \"{key}\": {property},{place}"),
            1,
        );
        let (properties, required) = error
            .split_once("\"required\": [\n        \"api\"")
            .expect("it is the list of the error");
        let required = required.replacen(&place, &format!("\n        \"{key}\",{place}"), 1);
        error = format!("{properties}\"required\": [\n        \"api\"{required}");
    }
    format!("{others}\n    \"error\": {{\n{error}")
}

#[test]
fn schema_of_errors_has_each_printed_key() {
    let catalog = ["--catalogs", "codegen/tests/catalogs/everything.toml"];
    let run = errbook(WORKSPACE, &["explain", "EXPIRED", "--json"])
        .args(catalog)
        .assert();
    let printed = stdout(&run.success());
    let lines = printed.lines();
    let keys = lines.filter_map(|line| line.strip_prefix("      \"")?.split('"').next());
    let keys: Vec<&str> = keys.collect();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/schema/errors.schema.json");
    let schema = fs::read_to_string(path).expect("it can be read");
    let expected = Data::read_from(Path::new(path), None).raw();
    Assert::new()
        .action_env("SNAPSHOTS")
        .eq(with_keys(&schema, &keys), expected);
}

#[test]
fn unknown_schema_exits_with_2() {
    schema(&["finding"])
        .code(2)
        .stdout_eq("")
        .stderr_eq(str![[r#"
error: invalid value 'finding' for '[NAME]'
  [possible values: catalog, errbook, findings[..]]

  tip: a similar value exists: 'findings'

For more information, try '--help'.

"#]]);
}
