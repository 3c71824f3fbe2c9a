//! Writes JSON text.

use alloc::string::{String, ToString};
use core::fmt::Write;

use serde::ser::Serialize;

use crate::json::scanner::plain_length;
use crate::json::value::Any;

/// Appends a text as a JSON string (RFC 8259, 7).
pub(crate) fn push_text(out: &mut String, text: &str) {
    out.push('"');
    push_inner(out, text);
    out.push('"');
}

/// Appends a text without the quotes of a JSON string.
#[inline]
pub(crate) fn push_inner(out: &mut String, text: &str) {
    let length = plain_length(text.as_bytes());
    if length == text.len() {
        out.push_str(text);
    } else {
        push_with_escapes(out, text, length);
    }
}

/// As [`push_inner`], for a text whose byte at `length` is the first one to escape.
#[cold]
fn push_with_escapes(out: &mut String, text: &str, length: usize) {
    let (mut before, mut rest) = text.split_at(length);
    loop {
        out.push_str(before);
        let Some(&byte) = rest.as_bytes().first() else {
            break;
        };
        push_escaped(out, byte);
        rest = &rest[1..];
        (before, rest) = rest.split_at(plain_length(rest.as_bytes()));
    }
}

#[cold]
fn push_escaped(out: &mut String, byte: u8) {
    match byte {
        b'"' => out.push_str("\\\""),
        b'\\' => out.push_str("\\\\"),
        b'\n' => out.push_str("\\n"),
        b'\r' => out.push_str("\\r"),
        b'\t' => out.push_str("\\t"),
        control => {
            let written = write!(out, "\\u{control:04x}");
            written.expect("writing to a string does not fail");
        }
    }
}

/// Appends a number of a type with at most 64 bits.
#[expect(
    clippy::cast_possible_truncation,
    reason = "a digit, and a number of at most 64 bits"
)]
pub(crate) fn push_number(out: &mut String, number: i128) {
    if number < 0 {
        out.push('-');
    }
    let mut left = number.unsigned_abs() as u64;
    let mut digits = [0; 20];
    let mut at = digits.len();
    loop {
        at -= 1;
        digits[at] = b'0' + (left % 10) as u8;
        left /= 10;
        if left == 0 {
            break;
        }
    }
    for digit in &digits[at..] {
        out.push(char::from(*digit));
    }
}

/// Appends the JSON text that `serde_json` writes; `null` for a value that JSON cannot express, such as NaN.
pub(crate) fn push_serialized(out: &mut String, value: &impl Serialize) {
    match serde_json::to_string(value) {
        Ok(json) => out.push_str(&json),
        Err(_) => out.push_str("null"),
    }
}

/// The JSON text of a value.
pub(crate) fn value_json(value: &Any) -> String {
    match value {
        Any::String(text) => text_json(text),
        value => value.to_string(),
    }
}

/// A text as a JSON string.
pub(crate) fn text_json(text: &str) -> String {
    let mut json = String::with_capacity(text.len() + 2);
    push_text(&mut json, text);
    json
}

#[cfg(test)]
mod tests {
    use alloc::string::{String, ToString};

    use super::{push_number, push_text};

    #[test]
    fn number_is_written_as_displayed() {
        let (least, most) = (i64::MIN.into(), u64::MAX.into());
        for number in [0, 7, 10, -1, 422, -1000, i128::from(i64::MAX), least, most] {
            let mut out = String::new();
            push_number(&mut out, number);
            assert_eq!(out, number.to_string());
        }
    }

    #[test]
    fn text_is_written_as_by_serde_json() {
        for text in [
            "",
            "a",
            "größer",
            "\"",
            "a\\",
            "\n\r\t\u{1}\u{1f}\u{7f}",
            "12345678\"9\\",
        ] {
            let mut out = String::new();
            push_text(&mut out, text);
            let read: String = serde_json::from_str(&out).expect("it is JSON");
            assert_eq!(read, text, "{out}");
        }
    }
}
