//! The common parts of JSON documents: locations, and escapes.

use std::fmt::Write;
use std::ops::Range;

use errbook_codegen::Position;
use serde::Serialize;

/// A range in a file.
#[derive(Serialize)]
pub(crate) struct LocationJson<'a> {
    file: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    start: Option<PositionJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<PositionJson>,
    #[serde(skip_serializing_if = "str::is_empty")]
    label: &'a str,
}

#[derive(Serialize)]
struct PositionJson {
    byte: usize,
    line: usize,
    column: usize,
}

impl<'a> LocationJson<'a> {
    /// Creates a location, which is a whole file without a range.
    pub(crate) fn new(file: &'a str, range: Option<Range<Position>>, label: &'a str) -> Self {
        let position = |Position {
                            byte, line, column, ..
                        }| PositionJson { byte, line, column };
        let range = range.map(|range| (position(range.start), position(range.end)));
        let (start, end) = range.unzip();
        Self {
            file,
            start,
            end,
            label,
        }
    }
}

/// Returns an indented document that ends in a newline. Invisible characters are escaped, because a terminal
/// would hide or interpret them.
pub(crate) fn document(value: &impl Serialize) -> String {
    let text = serde_json::to_string_pretty(value).expect("keys are texts");
    let mut out = String::with_capacity(text.len() + 1);
    for c in text.chars() {
        // Outside of strings, JSON contains visible ASCII and line ends only.
        let visible = if c.is_ascii() {
            !c.is_ascii_control() || c == '\n'
        } else {
            c.escape_debug().len() == 1
        };
        if visible {
            out.push(c);
            continue;
        }
        for unit in c.encode_utf16(&mut [0; 2]) {
            write!(out, "\\u{unit:04x}").expect("writing to a string does not fail");
        }
    }
    out.push('\n');
    out
}

#[cfg(test)]
mod tests {
    use super::document;

    #[test]
    fn document_escapes_invisible_characters() {
        #[track_caller]
        fn check(text: &str, expected: &str) {
            let written = document(&text);
            assert_eq!(written, format!("\"{expected}\"\n"));
            let read: String = serde_json::from_str(&written).expect("it is JSON");
            assert_eq!(read, text);
        }
        check("a é 漢 😀", "a é 漢 😀");
        check("\"\\\n\t", r#"\"\\\n\t"#);
        check("\0\u{1b}\u{7f}", r"\u0000\u001b\u007f");
        check(
            "\u{9b}\u{202e}\u{2066}\u{feff}\u{200b}",
            r"\u009b\u202e\u2066\ufeff\u200b",
        );
        // A tag character, which takes two UTF-16 units.
        check("\u{e0041}", r"\udb40\udc41");
    }
}
