//! Writes bodies: what an error says, at the places that the envelope names.
//!
//! Written by hand rather than through serde, so that no code is made for each struct of details,
//! and so that details can stand among the members of the envelope.

use alloc::string::String;
use core::fmt::Write;

use crate::envelope::{Envelope, Role, Step};
use crate::scan::plain;

/// What an error says, as far as it says anything.
#[doc(hidden)]
pub trait Says {
    /// Appends what has a role as JSON text; `false`, with nothing appended, where there is nothing.
    fn push(&self, role: Role<'_>, out: &mut String) -> bool;

    /// Whether the details are no struct, whose members differ from the envelope's.
    fn has_details_of_any_members(&self) -> bool;
}

/// The body as JSON text, without a space, its members in the envelope's order.
#[doc(hidden)]
pub fn write(envelope: &Envelope<'_>, says: &dyn Says) -> String {
    // Most bodies fit.
    let mut out = String::with_capacity(256);
    let is_written = match envelope.places.first().and_then(|place| place.written) {
        Some(role) => push(says, role, &mut out),
        None => push_container(envelope, says, 0, &mut out),
    };
    if !is_written {
        out.push_str("{}");
    }
    out
}

/// Appends an object or a list, if anything is inside.
fn push_container(envelope: &Envelope<'_>, says: &dyn Says, at: usize, out: &mut String) -> bool {
    let start = out.len();
    let mut close = '}';
    out.push('{');
    for (index, place) in envelope.inside(at) {
        let before = out.len();
        if before > start + 1 {
            out.push(',');
        }
        out.push_str(place.key);
        let is_written = match (place.step, place.written) {
            (Step::Beside, _) => push_members_of_details(envelope, says, at, out),
            (_, Some(role)) => push(says, role, out),
            (_, None) => push_container(envelope, says, index, out),
        };
        if !is_written {
            out.truncate(before);
        } else if place.step == Step::First {
            // The one item of a list: what else is inside is only read.
            out.replace_range(start..=start, "[");
            close = ']';
        }
    }
    if out.len() == start + 1 {
        out.truncate(start);
        return false;
    }
    out.push(close);
    true
}

#[inline]
fn push(says: &dyn Says, role: Role<'_>, out: &mut String) -> bool {
    if let Role::Constant(json) = role {
        out.push_str(json);
        return true;
    }
    says.push(role, out)
}

/// Appends the members of the details without the object that they are in; what is no object has no
/// place among members.
fn push_members_of_details(
    envelope: &Envelope<'_>,
    says: &dyn Says,
    at: usize,
    out: &mut String,
) -> bool {
    let start = out.len();
    if !says.push(Role::Details, out) {
        return false;
    }
    if says.has_details_of_any_members() {
        // A map may have a name that the envelope has.
        let own = envelope.without_its_members(at, &out[start..]).into_owned();
        out.truncate(start);
        out.push_str(&own);
    }
    let inner = out[start..]
        .strip_prefix('{')
        .and_then(|rest| rest.strip_suffix('}'))
        .map_or(0, |inner| inner.trim().len());
    if inner == 0 {
        return false;
    }
    out.remove(start);
    out.pop();
    true
}

/// Appends a text as a JSON string (RFC 8259, 7).
pub(crate) fn push_text(out: &mut String, text: &str) {
    out.push('"');
    push_inner(out, text);
    out.push('"');
}

/// Appends a text as it stands in a JSON string.
#[inline]
pub(crate) fn push_inner(out: &mut String, text: &str) {
    let length = plain(text.as_bytes());
    if length == text.len() {
        out.push_str(text);
    } else {
        push_with_escapes(out, text, length);
    }
}

/// The same for a text of which so many bytes stand before the first that is escaped.
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
        (before, rest) = rest.split_at(plain(rest.as_bytes()));
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

/// Appends a number that has a type of at most 64 bits.
#[expect(
    clippy::cast_possible_truncation,
    reason = "a digit, and what is said of the number"
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

#[cfg(test)]
mod tests {
    use alloc::string::{String, ToString};

    use super::{push_number, push_text};

    #[test]
    fn numbers_are_written_as_they_are_displayed() {
        let (least, most) = (i64::MIN.into(), u64::MAX.into());
        for number in [0, 7, 10, -1, 422, -1000, i128::from(i64::MAX), least, most] {
            let mut out = String::new();
            push_number(&mut out, number);
            assert_eq!(out, number.to_string());
        }
    }

    #[test]
    fn texts_are_written_as_serde_json_writes_them() {
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
