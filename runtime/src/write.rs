//! Writes bodies: what an error says, at the places that the envelope names.
//!
//! Written by hand rather than through serde, so that no code is made for each struct of details,
//! and so that details can stand among the members of the envelope.

use alloc::string::String;
use core::fmt::Write;

use crate::envelope::{Envelope, Role, Step};
use crate::scan::plain;

/// What stands in a body; what is `None` is left out.
#[doc(hidden)]
#[derive(Clone, Copy, Default)]
pub struct Body<'a> {
    /// The code, and whether it is a number.
    pub code: Option<(&'a str, bool)>,
    /// Appends it as JSON text; `false`, with nothing appended, where there is none.
    pub message: Option<&'a dyn Fn(&mut String) -> bool>,
    pub status: Option<u16>,
    pub title: Option<&'a str>,
    pub docs_url: Option<&'a str>,
    /// Appends them as JSON text.
    pub details: Option<&'a dyn Fn(&mut String)>,
    /// Whether they are no struct, whose members differ from the envelope's.
    pub details_have_any_members: bool,
    /// JSON text.
    pub reference: Option<&'a str>,
}

impl Body<'_> {
    /// The body as JSON text, without a space, its members in the envelope's order.
    #[doc(hidden)]
    pub fn write(&self, envelope: &Envelope<'_>) -> String {
        // Most bodies fit.
        let mut out = String::with_capacity(256);
        if !self.place(envelope, 0, &mut out) {
            out.push_str("{}");
        }
        out
    }

    /// Writes what stands at a place; `false`, with nothing written, where nothing does.
    fn place(&self, envelope: &Envelope<'_>, at: usize, out: &mut String) -> bool {
        match envelope.places.get(at).and_then(|place| place.written) {
            Some(role) => self.role(role, out),
            None => self.container(envelope, at, out),
        }
    }

    /// An object or a list, if anything is inside.
    fn container(&self, envelope: &Envelope<'_>, at: usize, out: &mut String) -> bool {
        let start = out.len();
        let mut close = '}';
        out.push('{');
        for (index, place) in envelope.inside(at) {
            let before = out.len();
            if before > start + 1 {
                out.push(',');
            }
            let written = match place.step {
                Step::Member(_) | Step::First => {
                    out.push_str(place.key);
                    self.place(envelope, index, out)
                }
                Step::Beside => self.members_of_details(envelope, at, out),
            };
            if !written {
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

    fn role(&self, role: Role<'_>, out: &mut String) -> bool {
        let text = |out: &mut String, text: Option<&str>| {
            text.inspect(|text| push_text(out, text)).is_some()
        };
        match role {
            Role::Constant(json) => out.push_str(json),
            Role::Code => match self.code {
                Some((digits, true)) => out.push_str(digits),
                Some((code, false)) => push_text(out, code),
                None => return false,
            },
            Role::Message => return self.message.is_some_and(|message| message(out)),
            Role::Title => return text(out, self.title),
            Role::DocsUrl => return text(out, self.docs_url),
            Role::Status => match self.status {
                Some(status) => push_number(out, status),
                None => return false,
            },
            Role::Details => match self.details {
                Some(details) => details(out),
                None => return false,
            },
            Role::Reference => match self.reference {
                Some(json) => out.push_str(json),
                None => return false,
            },
        }
        true
    }

    /// The members of the details without the object that they are in; what is no object has no
    /// place among members.
    fn members_of_details(&self, envelope: &Envelope<'_>, at: usize, out: &mut String) -> bool {
        let Some(details) = self.details else {
            return false;
        };
        let start = out.len();
        details(out);
        if self.details_have_any_members {
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
        control => push_formatted(out, format_args!("\\u{control:04x}")),
    }
}

/// Appends a number as it is displayed: an integer, that is.
pub(crate) fn push_number(out: &mut String, number: impl core::fmt::Display) {
    push_formatted(out, format_args!("{number}"));
}

fn push_formatted(out: &mut String, formatted: core::fmt::Arguments<'_>) {
    out.write_fmt(formatted)
        .expect("writing to a string does not fail");
}
