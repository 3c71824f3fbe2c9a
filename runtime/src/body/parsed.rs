//! The code, message, details and other parts of a body.

use alloc::borrow::Cow;

use crate::body::locate::{NOWHERE, NULL, NodeSpans, Span, TextSlice};
use crate::catalog::envelope::{Envelope, Role};
use crate::json::equality::is_same;
use crate::json::scanner::{is_number, string};

/// The parts of a body, as positions in its text. The owner keeps the text and passes it to each accessor.
#[derive(Clone, Default)]
pub struct ParsedBody {
    pub is_json: bool,
    pub is_object: bool,
    /// Whether the envelope has constants, and the body has all of them.
    pub constants_hold: bool,
    /// A text, or the JSON text of a number.
    code: Option<TextSlice>,
    message: Option<TextSlice>,
    details: DetailsSpan,
    reference: Span,
    /// The HTTP status, if the body repeats it.
    status: Span,
}

/// The details of a body.
#[derive(Clone, Copy)]
pub struct RawDetails<'a> {
    /// JSON text. If the details are flattened, that of the object that holds them.
    pub json: &'a str,
    /// The index of their node.
    pub at: usize,
    /// The offset of their first member, if members of the envelope come before it.
    pub first: Option<usize>,
}

/// The position of details.
#[derive(Clone, Copy, Default)]
struct DetailsSpan {
    span: Span,
    /// The index of their node.
    at: usize,
    /// The offset of their first member, if members of the envelope come before it.
    first: Option<usize>,
}

impl ParsedBody {
    pub fn new(envelope: &Envelope<'_>, text: &str) -> Self {
        let mut parsed = Self::default();
        parsed.parse(envelope, text);
        parsed
    }

    /// Parses a body. Takes `self`, which must be empty, by reference so that the result is not moved.
    pub(crate) fn parse(&mut self, envelope: &Envelope<'_>, text: &str) {
        let mut spans = NodeSpans::nothing();
        spans.read(envelope, text, start_of_json(text));
        (self.is_json, self.is_object) = (spans.is_json, spans.is_object);
        if spans.is_json {
            self.take(envelope, &spans);
        }
    }

    /// The JSON text of a body without a byte order mark and white space around it; `None` if the body is not JSON.
    pub(crate) fn json<'t>(&self, text: &'t str) -> Option<&'t str> {
        self.is_json.then(|| text[start_of_json(text)..].trim())
    }

    /// The code: the text of a string, or the JSON text of a number.
    #[inline]
    pub fn code<'t>(&'t self, text: &'t str) -> Option<&'t str> {
        self.code.as_ref()?.of(text)
    }

    #[inline]
    pub fn message<'t>(&'t self, text: &'t str) -> Option<&'t str> {
        self.message.as_ref()?.of(text)
    }

    #[inline]
    pub fn details<'t>(&self, text: &'t str) -> Option<RawDetails<'t>> {
        let DetailsSpan { span, at, first } = self.details;
        let json = part(text, span)?;
        let first = first.and_then(|first| first.checked_sub(span.0));
        Some(RawDetails { json, at, first })
    }

    /// The text of a string, or the JSON text of another value. `null` is none.
    pub(crate) fn reference<'t>(&self, text: &'t str) -> Option<Cow<'t, str>> {
        let json = part(text, self.reference).filter(|json| *json != NULL)?;
        Some(string(json).unwrap_or(Cow::Borrowed(json)))
    }

    /// The JSON text of a number.
    pub(crate) fn status<'t>(&self, text: &'t str) -> Option<&'t str> {
        part(text, self.status)
    }

    /// Takes the parts from their nodes. For each role, the first node that has a value counts: a text for the message,
    /// a number for the status, and anything but `null` for the others. Only `null` for details is kept if no node
    /// has another value, since it may be of their type.
    // If this were inlined, each field would be moved to the stack and back.
    #[inline(never)]
    fn take(&mut self, envelope: &Envelope<'_>, spans: &NodeSpans<'_>) {
        let (mut constants, mut hold) = (0, 0);
        for &(role, at) in envelope.read {
            let at = usize::from(at);
            match role {
                Role::Constant(expected) => {
                    constants += 1;
                    let holds = spans.get(at).is_some_and(|json| is_same(json, expected));
                    hold += usize::from(holds);
                }
                Role::Code if self.code.is_none() => self.code = code(envelope, spans, at),
                Role::Message if self.message.is_none() => self.message = spans.text(at),
                Role::Details if spans.is_null_or_nowhere(self.details.span) => {
                    let details = DetailsSpan::new(envelope, spans, at);
                    if self.details.span == NOWHERE || !spans.is_null_or_nowhere(details.span) {
                        self.details = details;
                    }
                }
                Role::Reference if spans.is_null_or_nowhere(self.reference) => {
                    self.reference = spans.span(at);
                }
                Role::Status if self.status == NOWHERE && spans.get(at).is_some_and(is_number) => {
                    self.status = spans.span(at);
                }
                _ => {}
            }
        }
        self.constants_hold = constants > 0 && hold == constants;
    }
}

impl DetailsSpan {
    // If this were inlined, its variables would be live for all other roles, too.
    #[inline(never)]
    fn new(envelope: &Envelope<'_>, spans: &NodeSpans<'_>, at: usize) -> Self {
        let span = if at == 0 { spans.whole } else { spans.span(at) };
        let first = spans
            .unnamed
            .filter(|(place, _)| *place == at && envelope.has_unnamed_details(at))
            .map(|(_, first)| first);
        Self { span, at, first }
    }
}

/// The offset of the JSON text of a body. A parser may ignore a byte order mark before it (RFC 8259, 8.1).
#[inline]
fn start_of_json(text: &str) -> usize {
    const MARK: char = '\u{feff}';
    if text.starts_with(MARK) {
        MARK.len_utf8()
    } else {
        0
    }
}

/// The part of a text at a span, if it is not empty.
#[inline]
fn part(text: &str, (start, end): Span) -> Option<&str> {
    text.get(start..end).filter(|part| !part.is_empty())
}

/// The code at a node: a text that is not empty, or a number.
fn code(envelope: &Envelope<'_>, spans: &NodeSpans<'_>, at: usize) -> Option<TextSlice> {
    let text = spans.text(at).filter(|piece| !piece.is_empty());
    if envelope.is_problem_type(at) {
        // RFC 9457, 4.2.1: `about:blank` means no more than the status. RFC 9457, 3.1: a client ignores values
        // of the wrong type.
        return text.filter(|piece| piece.of(spans.text) != Some("about:blank"));
    }
    let is_number = || spans.get(at).is_some_and(is_number);
    text.or_else(|| is_number().then(|| TextSlice::InBody(spans.span(at))))
}

#[cfg(test)]
mod tests {
    use super::ParsedBody;
    use crate::catalog::envelope::{BodyFormat, Envelope, EnvelopeNode, NodeStep, Role};

    #[test]
    fn one_byte_order_mark_is_ignored() {
        let json = |text| ParsedBody::new(&Envelope::EMPTY, text).json(text);
        assert_eq!(json("\u{feff} {\"a\": 1}\n"), Some(r#"{"a": 1}"#));
        assert_eq!(json("\u{feff}\u{feff}{}"), None);
        assert_eq!(json("\u{feff}"), None);
        assert_eq!(json("{}\u{feff}"), None);
    }

    #[test]
    fn flattened_details_start_at_first_unnamed_member() {
        const fn node(step: NodeStep<'_>, end: u8) -> EnvelopeNode<'_> {
            EnvelopeNode {
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
                nodes: &[
                    node(NodeStep::Root, 4),
                    node(NodeStep::Member("code"), 2),
                    node(NodeStep::Member("data"), 3),
                    node(NodeStep::Flattened, 4),
                ],
                read,
                format: BodyFormat::Json,
            };
            let parsed = ParsedBody::new(&envelope, text);
            let raw = parsed.details(text).expect("there are details");
            assert_eq!(raw.json, text);
            assert_eq!(raw.first.map(|first| &text[first..]), expected);
        }
        let (code, details) = ((Role::Code, 1), (Role::Details, 0));
        let text = r#"{"code":"A","data":1,"b":2}"#;
        check(&[code, details], text, Some(r#""b":2}"#));
        check(&[code, details], r#"{"code":"A"}"#, None);
        // The details of some error have the member `data`.
        check(&[code, details, (Role::Details, 2)], text, None);
    }
}
