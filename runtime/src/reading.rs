//! What a body says: from what stands at each place to what it means.

use alloc::borrow::Cow;

use crate::details::Raw;
use crate::envelope::{Envelope, Role};
use crate::read::{Found, is_same};
use crate::scan::is_number;

/// The parts of a body. The generator reads with it what it wrote.
#[doc(hidden)]
#[derive(Clone, Default)]
pub struct Reading<'a> {
    /// The body, if it is a text.
    pub text: Option<&'a str>,
    pub is_json: bool,
    pub is_object: bool,
    /// Whether there are members that are the same in every error body, and all are there.
    pub constants_hold: bool,
    /// The code; of a number, its JSON text.
    pub code: Option<Cow<'a, str>>,
    pub message: Option<Cow<'a, str>>,
    pub details: Option<Raw<'a>>,
    /// JSON text.
    pub reference: Option<&'a str>,
    /// The HTTP status, where the body repeats it, as JSON text.
    pub status: Option<&'a str>,
}

impl<'a> Reading<'a> {
    pub fn new(envelope: &Envelope<'_>, body: &'a [u8]) -> Self {
        let Ok(text) = core::str::from_utf8(body) else {
            return Self::default();
        };
        // RFC 8259, 8.1: a parser may pass over a byte order mark.
        let json = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut found = Found::nothing();
        found.read(envelope, json);
        let mut reading = Self {
            text: Some(text),
            is_json: found.is_json,
            is_object: found.is_object,
            ..Self::default()
        };
        if found.is_json {
            reading.take(envelope, &found, json);
        }
        reading
    }

    /// Takes what stands at each place; of those for one thing, the first that has it.
    fn take(&mut self, envelope: &Envelope<'_>, found: &Found<'a>, json: &'a str) {
        let (mut constants, mut hold) = (0, 0);
        for &(role, at) in envelope.read {
            let at = usize::from(at);
            match role {
                Role::Constant(expected) => {
                    constants += 1;
                    let holds = found.get(at).is_some_and(|json| is_same(json, expected));
                    hold += usize::from(holds);
                }
                Role::Code if self.code.is_none() => self.code = code(envelope, found, at),
                Role::Message if self.message.is_none() => self.message = found.text(at),
                Role::Details if self.details.is_none() => {
                    let json = if at == 0 {
                        Some(json.trim())
                    } else {
                        found.get(at)
                    };
                    self.details = json.map(|json| Raw { json, at });
                }
                Role::Reference if self.reference.is_none() => self.reference = found.get(at),
                Role::Status if self.status.is_none() => self.status = found.get(at),
                _ => {}
            }
        }
        self.constants_hold = constants > 0 && hold == constants;
    }
}

/// The code at a place: a text that is not empty, or a number.
fn code<'a>(envelope: &Envelope<'_>, found: &Found<'a>, at: usize) -> Option<Cow<'a, str>> {
    let text = found.text(at).filter(|text| !text.is_empty());
    if envelope.is_problem_type(at) {
        // RFC 9457, 4.2.1: no meaning beyond that of the status. And 3.1: what is not of the type
        // that it should be is passed over.
        return text.filter(|text| text != "about:blank");
    }
    let number = || found.get(at).filter(|json| is_number(json));
    text.or_else(|| number().map(Cow::Borrowed))
}
