//! `cargo errbook schema`: the schemas of what is read, and of what is printed.

use std::fs;
use std::path::Path;

use errbook_codegen::__private::{catalog_schema, settings_schema};
use snapbox::cmd::OutputAssert;
use snapbox::str;

use crate::support::{empty_folder, errbook, stdout};

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
