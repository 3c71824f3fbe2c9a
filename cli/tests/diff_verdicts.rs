//! Whether whom no change breaks is not broken: the catalogs of each case of `diff_cases.rs` are compiled,
//! and what the one side sends is read by the other.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use errbook_codegen::model::{Catalog, Error};
use errbook_codegen::{Bodies, Origin, Sample, Source, generate};
use serde_json::Value;

use crate::cases::{PARTS, SHOP, cases, diff, root, write};

#[path = "diff/cases.rs"]
mod cases;

/// The program, but for what the cases add: each error that is read otherwise than as itself.
const PROGRAM: &str = r#"
use errbook::{Error, ErrorCode};

/// A body, the status that it comes with, and the error that it is.
type Sent = (&'static str, Option<u16>, Option<&'static str>);

fn read<C: ErrorCode>(case: &str, sent: &[Sent]) {
    for (body, status, expected) in sent {
        let error: Error<C> = match status {
            Some(status) => Error::decode(*status, &(), *body),
            None => Error::from_event(*body),
        };
        let found = error.code().map(ErrorCode::key);
        let misfit = error.code().is_some_and(|code| code.requires_details() && error.details().is_none());
        if found != *expected || misfit {
            println!("{case}: {status:?} {body} is {found:?}, misfit: {misfit}");
        }
    }
}
"#;

/// The catalog of a side, and the Rust that is made of it.
fn side(text: &str) -> (Catalog, String) {
    let start = if text.contains("[api]") { "" } else { SHOP };
    let output = generate(&[Source::new("shop.toml", format!("{start}{text}\n"))]);
    let mut output = output.unwrap_or_else(|report| panic!("{report}"));
    let catalog = output.catalogs.remove(0);
    let module = format!("rust/{}.rs", catalog.api.id);
    let module = output.files.get(&module).expect("it is generated");
    (catalog, module.to_owned())
}

/// The statuses that a body of an error comes with; `None` for an event.
fn statuses(error: &Error, sample: &Sample) -> Vec<Option<u16>> {
    if error.event {
        return vec![None];
    }
    match (sample.origin, error.statuses.as_slice()) {
        (_, []) => vec![Some(400), Some(503)],
        (Origin::Example, _) => vec![sample.status],
        (_, statuses) => statuses.iter().copied().map(Some).collect(),
    }
}

/// The key by which the other side knows an error: its own, the one that it has there, or that of the error
/// that its code is an alias of.
fn known<'a>(error: &'a Error, reader: &'a Catalog, renamed: &'a [[String; 2]]) -> Option<&'a str> {
    let name = renamed.iter().find(|[from, _]| *from == error.key);
    let name = name.map_or(error.key.as_str(), |[_, to]| to);
    let mut errors = reader.errors.iter();
    if errors.any(|error| error.key == name) {
        return Some(name);
    }
    let code = error.code.as_ref()?;
    let has_it = |error: &&Error| error.aliases.iter().any(|alias| alias.text == code.text);
    Some(&reader.errors.iter().find(has_it)?.key)
}

/// What one side sends and the other reads; `renamed` has keys of the sender and of the reader.
fn sent(sender: &Catalog, reader: &Catalog, renamed: &[[String; 2]]) -> String {
    let bodies = Bodies::new(sender);
    let mut list = String::new();
    for error in &sender.errors {
        let expected = known(error, reader, renamed);
        for sample in bodies.of(error) {
            for status in statuses(error, &sample) {
                let item = writeln!(list, "({:?}, {status:?}, {expected:?}),", sample.body);
                item.expect("a text takes everything");
            }
        }
    }
    list
}

/// The errors that have another key on the new side.
fn renamed(told: &Value) -> Vec<[String; 2]> {
    let changes = told["changes"].as_array().expect("it is a list").iter();
    let renamed = changes.filter(|change| change["kind"] == "error-renamed");
    let key = |change: &Value, side| change[side]["value"].as_str().map(str::to_owned);
    renamed
        .filter_map(|change| Some([key(change, "old")?, key(change, "new")?]))
        .collect()
}

/// Adds a case: its modules, and what is read where nobody is said to break.
fn add(folder: &Path, main: &mut String, index: usize, path: &Path) {
    let case = fs::read_to_string(path).expect("it can be read");
    let parts: Vec<&str> = case.splitn(3, PARTS).collect();
    let [(old, old_rust), (new, new_rust)] = [side(parts[0]), side(parts[1])];
    let files = tempfile::tempdir().expect("a temporary folder");
    let names = [("old", parts[0]), ("new", parts[1])];
    let [old_file, new_file] = names.map(|(side, text)| write(files.path(), side, text));
    let told = diff(files.path(), &old_file, &new_file);
    let renamed = renamed(&told);
    let back: Vec<[String; 2]> = renamed
        .iter()
        .cloned()
        .map(|[old, new]| [new, old])
        .collect();
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    for (side, rust) in [("old", old_rust), ("new", new_rust)] {
        fs::write(folder.join(format!("{side}{index}.rs")), rust).expect("it can be written");
        writeln!(main, "#[allow(dead_code)] mod {side}{index};").expect("as before");
    }
    writeln!(main, "fn case{index}() {{").expect("as before");
    for (who, reader, sent) in [
        ("callers", "old", sent(&new, &old, &back)),
        ("servers", "new", sent(&old, &new, &renamed)),
    ] {
        if told["counts"][who] == 0 {
            let read = format!(
                "read::<{reader}{index}::Code>({:?}, &[{sent}]);",
                format!("{name}, {who}")
            );
            writeln!(main, "{read}").expect("as before");
        }
    }
    main.push_str("}\n");
}

#[test]
fn whom_no_change_breaks_is_not_broken() {
    let root = root().join("..");
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("diff-verdicts");
    let source = folder.join("src");
    fs::create_dir_all(&source).expect("it can be made");
    let manifest = format!(
        "[package]\nname = \"verdicts\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
         [dependencies]\nerrbook = {{ path = {:?}, features = [\"json\"] }}\n",
        root.join("runtime")
    );
    fs::write(folder.join("Cargo.toml"), manifest).expect("it can be written");
    fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock")).expect("it can be copied");
    let mut main = PROGRAM.to_owned();
    let paired =
        |(kind, _): &(String, PathBuf)| !["api-added", "api-removed"].contains(&kind.as_str());
    let cases: Vec<(String, PathBuf)> = cases().into_iter().filter(paired).collect();
    for (index, (_, path)) in cases.iter().enumerate() {
        add(&source, &mut main, index, path);
    }
    let calls: Vec<String> = (0..cases.len())
        .map(|index| format!("case{index}();"))
        .collect();
    let calls = calls.join("\n");
    writeln!(main, "fn main() {{\n{calls}\n}}").expect("a text takes everything");
    fs::write(source.join("main.rs"), main).expect("it can be written");
    let run = Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--offline"])
        .current_dir(&folder)
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .output()
        .expect("cargo runs");
    assert!(
        run.status.success(),
        "{}",
        String::from_utf8_lossy(&run.stderr)
    );
    assert_eq!(String::from_utf8_lossy(&run.stdout), "");
}
