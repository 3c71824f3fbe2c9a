//! Whether whom no change breaks is not broken: the catalogs of each case of `diff_cases.rs` are compiled,
//! and what the one side sends is read by the other.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use errbook_codegen::__private::model::{Catalog, Error};
use errbook_codegen::__private::{Bodies, Sample, SampleOrigin};
use errbook_codegen::{OutputKind, Source, generate};
use serde_json::Value;

use crate::diff::cases::{PARTS, cases, catalog, diff, root, write_side};
use crate::support::{empty_folder, write};

/// The program, but for what the cases add: each error that is read otherwise than as itself.
const PROGRAM: &str = r#"
use errbook::{Error, ErrorCode};

/// A body, the status that it comes with, the error that its sender means, and the one that it is here.
type Sent = (&'static str, Option<u16>, &'static str, Option<&'static str>);

/// The error that a body is, and whether its details are not what they should be.
fn read<C: ErrorCode>(body: &'static str, status: Option<u16>) -> (Option<&'static str>, bool) {
    let error: Error<C> = match status {
        Some(status) => Error::decode(status, &(), body),
        None => Error::from_event(body),
    };
    let misfit = error.code().is_some_and(|code| code.requires_details() && error.details().is_none());
    (error.code().map(ErrorCode::key), misfit)
}

fn check<S: ErrorCode, R: ErrorCode>(case: &str, sent: &[Sent]) {
    for (body, status, meant, expected) in sent {
        // What its own side does not know, no change can take away.
        let known = read::<S>(body, *status) == (Some(meant), false);
        let found = read::<R>(body, *status);
        if known && found != (*expected, false) {
            println!("{case}: {status:?} {body} is {found:?}, not {expected:?}");
        }
    }
}
"#;

/// The catalog of a side, and its module and tables in Rust.
fn side(text: &str) -> (Catalog, [String; 2]) {
    let output = generate(&[Source::new("shop.toml", catalog(text))]);
    let mut output = output.unwrap_or_else(|report| panic!("{report}"));
    let catalog = output.catalogs.remove(0);
    let id = &catalog.api.id;
    let rust = [format!("{id}.rs"), format!("{id}/tables.rs")].map(|path| {
        let text = output.files.get(OutputKind::Rust, &path);
        text.expect("it is generated").to_owned()
    });
    (catalog, rust)
}

/// The statuses that a body of an error comes with; `None` for an event.
fn statuses(error: &Error, sample: &Sample) -> Vec<Option<u16>> {
    if error.event {
        return vec![None];
    }
    match (sample.origin, error.statuses.as_slice()) {
        (_, []) => vec![Some(400), Some(503)],
        (SampleOrigin::Example, _) => vec![sample.status],
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
                let key = &error.key;
                let item = writeln!(
                    list,
                    "({:?}, {status:?}, {key:?}, {expected:?}),",
                    sample.body
                );
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

/// Adds a pair: its modules, and what is read where nobody is said to break.
fn add(folder: &Path, main: &mut String, index: usize, pair: &Pair) {
    let [(old, old_rust), (new, new_rust)] = [&pair.old, &pair.new].map(|text| side(text));
    let files = empty_folder();
    let names = [("old", &pair.old), ("new", &pair.new)];
    let [old_file, new_file] = names.map(|(side, text)| write_side(files.path(), side, text));
    let told = diff(&files, &old_file, &new_file);
    let renamed = renamed(&told);
    let back: Vec<[String; 2]> = renamed
        .iter()
        .cloned()
        .map(|[old, new]| [new, old])
        .collect();
    for (side, [module, tables]) in [("old", old_rust), ("new", new_rust)] {
        write(folder, &format!("{side}{index}.rs"), module);
        write(folder, &format!("{side}{index}/tables.rs"), tables);
        writeln!(main, "#[allow(dead_code)] mod {side}{index};").expect("as before");
    }
    writeln!(main, "fn case{index}() {{").expect("as before");
    for (who, sender, reader, sent) in [
        ("callers", "new", "old", sent(&new, &old, &back)),
        ("servers", "old", "new", sent(&old, &new, &renamed)),
    ] {
        if told["counts"][who] == 0 {
            let read = format!(
                "check::<{sender}{index}::Code, {reader}{index}::Code>({:?}, &[{sent}]);",
                format!("{}, {who}", pair.name)
            );
            writeln!(main, "{read}").expect("as before");
        }
    }
    main.push_str("}\n");
}

/// Two catalogs that are compared.
struct Pair {
    name: String,
    old: String,
    new: String,
}

/// Compiles pairs as one program, and runs it.
#[track_caller]
fn check(package: &str, pairs: &[Pair]) {
    let root = root().join("..");
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(package);
    let source = folder.join("src");
    let manifest = format!(
        "[package]\nname = \"{package}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
         [dependencies]\nerrbook = {{ path = '{}', features = [\"json\"] }}\n\n\
         [profile.dev]\ndebug = false\n",
        root.join("runtime").display()
    );
    write(&folder, "Cargo.toml", manifest);
    fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock")).expect("it can be copied");
    let mut main = PROGRAM.to_owned();
    for (index, pair) in pairs.iter().enumerate() {
        add(&source, &mut main, index, pair);
    }
    let calls: Vec<String> = (0..pairs.len())
        .map(|index| format!("case{index}();"))
        .collect();
    let calls = calls.join("\n");
    writeln!(main, "fn main() {{\n{calls}\n}}").expect("a text takes everything");
    write(&source, "main.rs", main);
    let run = Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--offline"])
        .current_dir(&folder)
        .env("CARGO_TARGET_DIR", folder.join("../verdicts-target"))
        .output()
        .expect("cargo runs");
    assert!(
        run.status.success(),
        "{}",
        String::from_utf8_lossy(&run.stderr)
    );
    let told = String::from_utf8_lossy(&run.stdout);
    assert!(told.is_empty(), "{told}");
}

#[test]
fn readers_without_a_breaking_change_read_every_body() {
    let paired =
        |(kind, _): &(String, PathBuf)| !["api-added", "api-removed"].contains(&kind.as_str());
    let pairs = cases().into_iter().filter(paired).map(|(_, path)| {
        let case = fs::read_to_string(&path).expect("it can be read");
        let mut parts = case.splitn(3, PARTS).map(str::to_owned);
        let mut part = || parts.next().expect("there are three");
        Pair {
            name: path.display().to_string(),
            old: part(),
            new: part(),
        }
    });
    check("verdicts-of-cases", &pairs.collect::<Vec<_>>());
}

/// Pairs of catalogs that nobody thought of; the same ones at each run, unless `ERRBOOK_SEED` is another.
#[test]
fn random_changes_have_the_right_verdict() {
    const PAIRS: usize = 40;
    let seed = std::env::var("ERRBOOK_SEED").map_or(1, |seed| seed.parse().expect("a number"));
    let mut dice = Dice(seed);
    let mut pairs = Vec::new();
    while pairs.len() < PAIRS {
        let old = dice.shop();
        let mut new = old.clone();
        for _ in 0..=dice.throw(3) {
            dice.change(&mut new);
        }
        let texts = [&old, &new].map(Shop::text);
        let good = |text: &String| generate(&[Source::new("shop.toml", text.clone())]).is_ok();
        if old != new && texts.iter().all(good) {
            let [old, new] = texts;
            let name = format!("--- old\n{old}\n--- new\n{new}\n---");
            pairs.push(Pair { name, old, new });
        }
    }
    check("verdicts-by-chance", &pairs);
}

/// An API with an envelope, and up to four errors.
#[derive(Clone, PartialEq)]
struct Shop {
    envelope: [&'static str; 4],
    errors: [Option<Entry>; 4],
}

/// Lines of an error, one of each list below; what stands first says nothing.
type Entry = [&'static str; 6];

const ENVELOPE: [&[&str]; 4] = [
    &[
        "",
        "code = \"/code\"",
        "code = [\"/code\", \"/error\"]",
        "code = \"/error\"",
    ],
    &["details = \"/details\"", "details = \"\""],
    &["", "reference = \"/id\"", "reference = \"/details/id\""],
    &["", "constants = { \"/ok\" = false }"],
];

const LINES: [&[&str]; 6] = [
    &["", "code = 1", "code = 2", "code = false", "code = \"A\""],
    &[
        "",
        "status = 400",
        "status = 503",
        "status = [503, 400]",
        "event = true",
    ],
    &[
        "",
        "message = \"It is full\"",
        "message = [\"It is full\", \"It is full of {what}\"]\nparams = { what = \"string\" }",
        "message = \"{left} are left\"\nparams = { left = \"u32\" }",
        "message = \"Another\"",
    ],
    &[
        "",
        "details = { left = \"u32\" }",
        "details = { left = \"u64?\", of = \"string?\" }",
        "details = \"{[string]}\"",
        "details = \"{any}\"",
        "details = \"any\"",
        "details = \"Item\"",
        "details = \"Item?\"",
        "details = { item = \"Item\" }",
    ],
    &[
        "",
        "",
        "aliases = [1]",
        "aliases = [2, \"A\"]",
        "aliases = [\"B\"]",
    ],
    &["", "", "", "retired = \"2\""],
];

impl Shop {
    fn text(&self) -> String {
        let mut text =
            "[api]\nid = \"shop\"\ntitle = \"Shop API\"\n\n[envelope]\nmessage = \"/message\"\n"
                .to_owned();
        text.push_str(&self.envelope.join("\n"));
        text.push_str("\n\n[type.Item]\nleft = \"u32?\"\n");
        for (key, lines) in ["A", "B", "C", "D"].iter().zip(&self.errors) {
            if let Some(lines) = lines {
                let lines = lines.join("\n");
                let error = write!(text, "\n[error.{key}]\ndescription = \"x\"\n{lines}\n");
                error.expect("a text takes everything");
            }
        }
        text
    }
}

/// Numbers that look as if they were by chance.
struct Dice(u64);

impl Dice {
    /// A number below `sides`.
    fn throw(&mut self, sides: usize) -> usize {
        // SplitMix64.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let sides = u64::try_from(sides).expect("it is small");
        usize::try_from((mixed ^ (mixed >> 31)) % sides).expect("it is small")
    }

    fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.throw(all.len())]
    }

    fn shop(&mut self) -> Shop {
        Shop {
            envelope: ENVELOPE.map(|all| self.one_of(all)),
            errors: [(); 4].map(|()| self.error()),
        }
    }

    fn error(&mut self) -> Option<Entry> {
        let there = self.throw(3) > 0;
        there.then(|| LINES.map(|all| self.one_of(all)))
    }

    fn change(&mut self, shop: &mut Shop) {
        let error = self.throw(6);
        match shop.errors.get_mut(error) {
            // One is new, or is gone, or has another name.
            Some(_) if self.throw(3) == 0 => {
                let other = self.throw(4);
                shop.errors.swap(error, other);
            }
            Some(Some(_)) if self.throw(4) == 0 => shop.errors[error] = None,
            Some(Some(lines)) => {
                let line = self.throw(LINES.len());
                lines[line] = self.one_of(LINES[line]);
            }
            Some(none) => *none = self.error(),
            None => {
                let line = self.throw(ENVELOPE.len());
                shop.envelope[line] = self.one_of(ENVELOPE[line]);
            }
        }
    }
}
