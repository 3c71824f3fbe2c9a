//! What a body says: from what stands at each place to what it means.

use alloc::borrow::Cow;

use crate::details::Raw;
use crate::envelope::{Envelope, Role};
use crate::read::{Found, NOWHERE, Piece, Span, is_same};
use crate::scan::{is_number, string};

/// The parts of a body, as places in its text, which whoever keeps them keeps, too. The generator reads
/// with it what it wrote.
#[doc(hidden)]
#[derive(Clone, Default)]
pub struct Reading {
    pub is_json: bool,
    pub is_object: bool,
    /// Whether there are members that are the same in every error body, and all are there.
    pub constants_hold: bool,
    /// A text, or the JSON text of a number.
    code: Option<Piece>,
    message: Option<Piece>,
    details: Details,
    reference: Span,
    /// The HTTP status, where the body repeats it.
    status: Span,
}

/// Where details are.
#[derive(Clone, Copy, Default)]
struct Details {
    span: Span,
    /// The place of the envelope that they are at.
    at: usize,
    /// Where the first of their members is, if they stand behind others.
    first: Option<usize>,
}

impl Reading {
    pub fn new(envelope: &Envelope<'_>, text: &str) -> Self {
        let mut reading = Self::default();
        reading.read(envelope, text);
        reading
    }

    /// Reads a body into nothing, where it stays.
    pub(crate) fn read(&mut self, envelope: &Envelope<'_>, text: &str) {
        // RFC 8259, 8.1: a parser may pass over a byte order mark.
        let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
        let mut found = Found::nothing();
        found.read(envelope, text, start);
        (self.is_json, self.is_object) = (found.is_json, found.is_object);
        if found.is_json {
            self.take(envelope, &found);
        }
    }

    /// The code; of a number, its JSON text.
    #[inline]
    pub fn code<'t>(&'t self, text: &'t str) -> Option<&'t str> {
        self.code.as_ref()?.of(text)
    }

    #[inline]
    pub fn message<'t>(&'t self, text: &'t str) -> Option<&'t str> {
        self.message.as_ref()?.of(text)
    }

    #[inline]
    pub fn details<'t>(&self, text: &'t str) -> Option<Raw<'t>> {
        let Details { span, at, first } = self.details;
        let json = part(text, span)?;
        let first = first.and_then(|first| first.checked_sub(span.0));
        Some(Raw { json, at, first })
    }

    /// The text, or what else it is as JSON text.
    pub(crate) fn reference<'t>(&self, text: &'t str) -> Option<Cow<'t, str>> {
        let json = part(text, self.reference)?;
        Some(string(json).unwrap_or(Cow::Borrowed(json)))
    }

    /// JSON text.
    pub(crate) fn status<'t>(&self, text: &'t str) -> Option<&'t str> {
        part(text, self.status)
    }

    /// Takes what stands at each place; of those for one thing, the first that has it.
    // Inlined, each field would be moved to the stack and back.
    #[inline(never)]
    fn take(&mut self, envelope: &Envelope<'_>, found: &Found<'_>) {
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
                Role::Details if self.details.span == NOWHERE => {
                    self.details = Details::found(envelope, found, at);
                }
                Role::Reference if self.reference == NOWHERE => self.reference = found.span(at),
                Role::Status if self.status == NOWHERE => self.status = found.span(at),
                _ => {}
            }
        }
        self.constants_hold = constants > 0 && hold == constants;
    }
}

impl Details {
    // Inlined, what it needs would be at hand for all other roles, too.
    #[inline(never)]
    fn found(envelope: &Envelope<'_>, found: &Found<'_>, at: usize) -> Self {
        let span = if at == 0 { found.whole } else { found.span(at) };
        let first = found
            .unnamed
            .filter(|(place, _)| *place == at && envelope.has_unnamed_details(at))
            .map(|(_, first)| first);
        Self { span, at, first }
    }
}

/// What is from somewhere to somewhere in a text, if anything is.
#[inline]
fn part(text: &str, (start, end): Span) -> Option<&str> {
    text.get(start..end).filter(|part| !part.is_empty())
}

/// The code at a place: a text that is not empty, or a number.
fn code(envelope: &Envelope<'_>, found: &Found<'_>, at: usize) -> Option<Piece> {
    let text = found.text(at).filter(|piece| !piece.is_empty());
    if envelope.is_problem_type(at) {
        // RFC 9457, 4.2.1: no meaning beyond that of the status. And 3.1: what is not of the type
        // that it should be is passed over.
        return text.filter(|piece| piece.of(found.text) != Some("about:blank"));
    }
    let is_number = || found.get(at).is_some_and(is_number);
    text.or_else(|| is_number().then(|| Piece::Part(found.span(at))))
}

#[cfg(test)]
mod tests {
    use super::Reading;
    use crate::envelope::{Envelope, Format, Place, Role, Step};

    #[test]
    fn members_of_details_are_not_passed_over() {
        const fn place(step: Step<'_>, end: u8) -> Place<'_> {
            Place {
                step,
                key: "",
                end,
                written: None,
                looked_at: true,
            }
        }
        #[track_caller]
        fn check(read: &[(Role<'_>, u8)], text: &str, expected: Option<&str>) {
            let envelope = Envelope {
                places: &[
                    place(Step::Member(""), 4),
                    place(Step::Member("code"), 2),
                    place(Step::Member("data"), 3),
                    place(Step::Beside, 4),
                ],
                read,
                format: Format::Json,
            };
            let reading = Reading::new(&envelope, text);
            let raw = reading.details(text).expect("there are details");
            assert_eq!(raw.json, text);
            assert_eq!(raw.first.map(|first| &text[first..]), expected);
        }
        let (code, details) = ((Role::Code, 1), (Role::Details, 0));
        let text = r#"{"code":"A","data":1,"b":2}"#;
        check(&[code, details], text, Some(r#""b":2}"#));
        check(&[code, details], r#"{"code":"A"}"#, None);
        // Of an error whose details have such a member, it is one of them.
        check(&[code, details, (Role::Details, 2)], text, None);
    }
}
