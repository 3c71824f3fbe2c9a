//! Fixtures: a JSON file with the body of each error and each example, for tests of clients.

use std::collections::HashSet;
use std::fmt::Write;
use std::slice;

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
    let mut taken = HashSet::with_capacity(catalog.errors.len());
    let mut files = Vec::with_capacity(catalog.errors.len());
    for error in &catalog.errors {
        let mut name = shortened(file_name(&error.key));
        // On a disk that takes two cases for one, the names would be the same.
        while !taken.insert(name.to_ascii_lowercase()) {
            name.push('=');
        }
        for (index, sample) in bodies.of(error).iter().enumerate() {
            let path = match index {
                0 => format!("{}/{name}.json", catalog.api.id),
                example => format!("{}/{name}.example-{example}.json", catalog.api.id),
            };
            files.push((path, fixture(catalog, error, sample, media_type)));
        }
    }
    files
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

/// A name that disks take: most have 255 bytes for it, and those that encrypt names have fewer.
fn shortened(name: String) -> String {
    const LONGEST: usize = 120;
    const KEPT: usize = 96;
    if name.len() <= LONGEST {
        return name;
    }
    format!("{}=={:016x}", &name[..KEPT], PerfectHash::hash(0, &name))
}

#[cfg(test)]
mod tests {
    use super::{file_name, shortened};

    #[test]
    fn long_keys_are_names_too() {
        let same = "a".repeat(120);
        assert_eq!(shortened(same.clone()), same);
        let [one, other] = ["a", "b"].map(|last| shortened("a".repeat(120) + last));
        assert_eq!(one.len(), 96 + 2 + 16);
        assert_ne!(one, other);
        assert_eq!(shortened(file_name(&"寸".repeat(1000))).len(), one.len());
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
