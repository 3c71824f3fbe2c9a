//! The common parts of JSON documents: objects, locations, and escapes.

use std::fmt::Write;
use std::ops::Range;

use errbook_codegen::__private::indented;
use errbook_codegen::Position;
use serde::{Serialize, Serializer};
use serde_json::value::{RawValue, to_raw_value};

/// An object whose members keep their order.
pub(crate) struct OrderedMap<K, V>(pub(crate) Vec<(K, V)>);

impl<K: Serialize, V: Serialize> Serialize for OrderedMap<K, V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}

/// An object whose members have different types.
pub(crate) type Object = OrderedMap<&'static str, Box<RawValue>>;

/// Creates an [`Object`]: `object! { "id": cause.id(), "line": 3 }`. The values implement `Serialize`.
macro_rules! object {
    ($($name:literal: $value:expr),* $(,)?) => {
        $crate::formats::json::OrderedMap(vec![$(($name, $crate::formats::json::json(&$value))),*])
    };
}
pub(crate) use object;

impl Object {
    /// Adds a member, if it has a value.
    pub(crate) fn with(mut self, name: &'static str, value: Option<impl Serialize>) -> Self {
        self.0.extend(value.map(|value| (name, json(&value))));
        self
    }
}

/// Returns a value as a member of an object.
pub(crate) fn json(value: &(impl Serialize + ?Sized)) -> Box<RawValue> {
    to_raw_value(value).expect("keys are texts, and numbers are finite")
}

/// Returns an array of what a function makes of each item.
pub(crate) fn array<T, J: Serialize>(
    items: impl IntoIterator<Item = T>,
    item: impl Fn(T) -> J,
) -> Vec<J> {
    items.into_iter().map(item).collect()
}

/// Returns a range in a file, or the whole file without a range.
pub(crate) fn location(file: &str, range: Option<Range<Position>>, label: &str) -> Object {
    let position = |at: Position| object! { "byte": at.byte, "line": at.line, "column": at.column };
    let range = range.map(|range| (position(range.start), position(range.end)));
    let (start, end) = range.unzip();
    object! { "file": file }
        .with("start", start)
        .with("end", end)
        .with("label", Some(label).filter(|label| !label.is_empty()))
}

/// Returns an indented document that ends in a newline. Invisible characters are escaped, because a terminal
/// would hide or interpret them.
pub(crate) fn document(value: &impl Serialize) -> String {
    let text = indented(json(value).get());
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
