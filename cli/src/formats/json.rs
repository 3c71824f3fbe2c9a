//! What all JSON documents have in common: positions, and escapes.

use std::fmt::Write;

use errbook_codegen::Position;
use serde::Serialize;

/// A position in a text.
#[derive(Serialize)]
pub(crate) struct PositionJson {
    byte: usize,
    line: usize,
    column: usize,
}

impl From<Position> for PositionJson {
    fn from(position: Position) -> Self {
        let Position {
            byte, line, column, ..
        } = position;
        Self { byte, line, column }
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
    fn what_is_not_seen_is_escaped() {
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
        // Beyond 16 bits: a tag, which nobody sees.
        check("\u{e0041}", r"\udb40\udc41");
    }
}
