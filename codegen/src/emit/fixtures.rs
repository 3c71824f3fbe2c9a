//! Fixtures: a JSON file with the body of each error and each example, for tests of clients.

use std::collections::HashSet;
use std::fmt::Write;
use std::{iter, slice};

use errbook::__private::PerfectHash;

use crate::derive::{Bodies, EnvelopeLayout, Sample};
use crate::model::{Catalog, Error};
use crate::output_kind::header;
use crate::util::json_text::{json_string, push_indented};
use crate::util::names::is_reserved;

/// `API/KEY.json` for each error, and `API/KEY.example-1.json` for each example.
pub(super) fn emit(catalog: &Catalog) -> Vec<(String, String)> {
    let layout = EnvelopeLayout::new(&catalog.envelope);
    let media_type = layout.format().media_type();
    let bodies = Bodies::new(catalog);
    let mut names = FileNames::default();
    let mut files = Vec::with_capacity(catalog.errors.len());
    for error in &catalog.errors {
        let samples = bodies.of(error);
        let own = names.take(&error.key, samples.len());
        for (name, sample) in own.into_iter().zip(&samples) {
            let path = format!("{}/{name}.json", catalog.api.id);
            files.push((path, fixture(catalog, error, sample, media_type)));
        }
    }
    files
}

/// The names of a catalog's files, without their extension.
#[derive(Default)]
struct FileNames {
    /// In lower case: some disks take two names that differ in case alone for one.
    taken: HashSet<String>,
}

impl FileNames {
    /// Takes the names of an error's files: one for its key, and one for each example. If another error has one of
    /// these names, all of them get a hash of the key, and a number where that is not enough.
    fn take(&mut self, key: &str, count: usize) -> Vec<String> {
        let plain = file_name(key);
        let hashed = with_hash(&plain);
        let short = (plain.len() <= LONGEST).then_some(plain);
        let numbered = (2..).map(|number| format!("{hashed}={number}"));
        let candidates = short.into_iter().chain([hashed.clone()]).chain(numbered);
        let mut candidates = candidates.map(|name| names_of_files(name, count));
        let is_free = |name: &String| !self.taken.contains(&name.to_ascii_lowercase());
        let names = candidates.find(|names| names.iter().all(is_free));
        let names = names.unwrap_or_default();
        let folded = names.iter().map(|name| name.to_ascii_lowercase());
        self.taken.extend(folded);
        names
    }
}

/// The name for the error itself, then one for each of its examples.
fn names_of_files(name: String, count: usize) -> Vec<String> {
    let examples = (1..count).map(|example| format!("{name}.example-{example}"));
    let examples: Vec<String> = examples.collect();
    iter::once(name).chain(examples).collect()
}

fn fixture(catalog: &Catalog, error: &Error, sample: &Sample, media_type: &str) -> String {
    let [made, _] = header(slice::from_ref(catalog));
    let mut out = String::with_capacity(256 + 2 * sample.body.len());
    let mut separator = '{';
    let status = sample.status.map(|status| status.to_string());
    for (name, value) in [
        ("$comment", json_string(&made)),
        ("api", json_string(&catalog.api.id)),
        ("error", json_string(&error.key)),
        ("values", json_string(sample.origin.as_str())),
        ("event", error.event.to_string()),
        ("status", status.unwrap_or_else(|| "null".to_owned())),
    ] {
        let _ = write!(out, "{separator}\n  \"{name}\": {value}");
        separator = ',';
    }
    out.push_str(",\n  \"headers\": {");
    if !error.event {
        let _ = write!(out, "\n    \"Content-Type\": \"{media_type}\"\n  ");
    }
    out.push_str("},\n  \"body\": ");
    push_indented(&mut out, &sample.body, 1);
    out + "\n}\n"
}

/// A key as the name of a file on any disk: what is no letter, digit, `_`, `-` or `.` as `=` and its
/// bytes in hexadecimal digits, and so the first letter of what Windows keeps for devices.
fn file_name(key: &str) -> String {
    let reserved = is_reserved(key);
    let mut name = String::new();
    for (index, byte) in key.bytes().enumerate() {
        let plain = byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
        // Neither hidden nor a step to another folder.
        let plain = plain || (byte == b'.' && index > 0);
        if plain && !(reserved && index == 0) {
            name.push(char::from(byte));
        } else {
            let _ = write!(name, "={byte:02x}");
        }
    }
    name
}

/// The longest name that is not shortened. Most disks have 255 bytes for a name, and those that encrypt names
/// have 143.
const LONGEST: usize = 120;

/// The start of a name, and a hash of all of it.
fn with_hash(name: &str) -> String {
    const KEPT: usize = 96;
    let start = &name[..name.len().min(KEPT)];
    format!("{start}=={:016x}", PerfectHash::hash(0, name))
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeSet, HashSet};

    use super::{FileNames, file_name};

    fn names(keys: &[&str], count: usize) -> Vec<String> {
        let mut names = FileNames::default();
        let names = keys.iter().flat_map(|key| names.take(key, count));
        names.collect()
    }

    #[test]
    fn long_keys_are_names_too() {
        let same = "a".repeat(120);
        assert_eq!(names(&[&same], 1).concat(), same);
        let longer = ["a", "b"].map(|last| "a".repeat(120) + last);
        let longer = names(&longer.each_ref().map(String::as_str), 1);
        assert!(longer.iter().all(|name| name.len() == 96 + 2 + 16));
        assert_ne!(longer[0], longer[1]);
        let wide = names(&[&"寸".repeat(1000)], 1);
        assert_eq!(wide[0].len(), longer[0].len());
    }

    #[test]
    fn examples_do_not_get_the_name_of_another_error() {
        let expected = ["A", "A.example-1", "A.example-1==", "A.example-1=="];
        let found = names(&["A", "A.example-1"], 2);
        for (found, expected) in found.iter().zip(expected) {
            assert!(found.starts_with(expected), "{found}");
        }
        // The key that comes first keeps its plain name.
        let found = names(&["a.EXAMPLE-1", "A"], 2);
        assert_eq!(found[..2], ["a.EXAMPLE-1", "a.EXAMPLE-1.example-1"]);
        assert!(found[2].starts_with("A=="), "{found:?}");
        assert!(found[3].ends_with(".example-1"), "{found:?}");
    }

    /// Keys of up to four parts that are like the ends of names, and like each other in lower case.
    #[test]
    fn names_of_files_are_unique_and_short() {
        let long = "long".repeat(29);
        let parts = [
            "",
            "a",
            "A",
            ".example-1",
            ".Example-2",
            "=",
            "2e",
            "é",
            "É",
            &long,
        ];
        let mut keys = vec![String::new()];
        for _ in 0..4 {
            let longer = keys
                .iter()
                .flat_map(|key| parts.map(|part| key.clone() + part));
            keys = longer.collect();
        }
        let keys: BTreeSet<String> = keys.into_iter().collect();
        let (mut names, mut seen) = (FileNames::default(), HashSet::new());
        for (index, key) in keys.iter().enumerate() {
            for name in names.take(key, 1 + index % 3) {
                assert!(name.len() + ".json".len() <= 143, "{name}");
                assert!(seen.insert(name.to_lowercase()), "{name}");
            }
            let alone = FileNames::default().take(key, 1);
            let plain = file_name(key);
            assert!(alone == [plain.as_str()] || plain.len() > 120, "{key}");
        }
    }

    #[test]
    fn ten_thousand_keys_that_differ_in_case_have_short_names() {
        let keys = (0_u32..10_000).map(|bits| {
            let letter = |bit: u32| if bits >> bit & 1 == 0 { 'a' } else { 'A' };
            (0..14).map(letter).collect::<String>()
        });
        let keys: Vec<String> = keys.collect();
        let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        let names = names(&keys, 1);
        assert!(names.iter().all(|name| name.len() <= 14 + 2 + 16));
        let folded: HashSet<String> = names.iter().map(|name| name.to_lowercase()).collect();
        assert_eq!(folded.len(), keys.len());
    }

    #[test]
    fn keys_are_names_of_files_on_any_disk() {
        for (key, name) in [
            ("NOT_FOUND", "NOT_FOUND"),
            ("card.declined", "card.declined"),
            ("../../x", "=2e.=2f..=2fx"),
            ("CON", "=43ON"),
            ("com1.x", "=63om1.x"),
            ("größe", "gr=c3=b6=c3=9fe"),
            ("a b|c", "a=20b=7cc"),
        ] {
            assert_eq!(file_name(key), name);
        }
    }
}
