//! Locates the nodes of the envelope in the text of a body.
//!
//! It makes one pass over the text, recurses no deeper than the envelope, and allocates only for escapes in names
//! and for very deep values.

use alloc::string::String;

use crate::catalog::envelope::{Envelope, EnvelopeNode, MOST_NODES, NodeStep};
use crate::json::scanner::{NotJson, Quoted, Scanner, string};

/// The span of a missing value: no JSON text is empty.
pub(crate) const NOWHERE: Span = (0, 0);

/// The JSON text of a value that an API declares to be absent.
pub(crate) const NULL: &str = "null";

/// The start and end of a value in a text.
pub(crate) type Span = (usize, usize);

/// The text of a JSON string: a part of the body, or a copy without escapes.
#[derive(Clone)]
pub(crate) enum TextSlice {
    InBody(Span),
    Unescaped(String),
}

impl TextSlice {
    /// The text, given that of the body.
    #[inline]
    pub(crate) fn of<'t>(&'t self, text: &'t str) -> Option<&'t str> {
        match self {
            Self::InBody((start, end)) => text.get(*start..*end),
            Self::Unescaped(text) => Some(text),
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        match self {
            Self::InBody((start, end)) => start == end,
            Self::Unescaped(text) => text.is_empty(),
        }
    }
}

/// The positions of the envelope's nodes in a body.
pub(crate) struct NodeSpans<'a> {
    pub(crate) text: &'a str,
    /// The span of each node that is looked at, or [`NOWHERE`]. The last of duplicate members counts.
    spans: [Span; MOST_NODES],
    /// A bit for each node, set for strings without escapes.
    unescaped: u32,
    /// The span of the body without white space around it.
    pub(crate) whole: Span,
    /// The index of a node, and the offset of the first member of its object that the envelope does not name.
    pub(crate) unnamed: Option<(usize, usize)>,
    /// Whether the body is a JSON object.
    pub(crate) is_object: bool,
    /// Whether the body is JSON.
    pub(crate) is_json: bool,
}

impl<'a> NodeSpans<'a> {
    /// The positions in a body that is not JSON.
    // Not a constant: rustc would copy it.
    #[inline]
    pub(crate) fn nothing() -> Self {
        Self {
            text: "",
            spans: [NOWHERE; MOST_NODES],
            unescaped: 0,
            whole: NOWHERE,
            unnamed: None,
            is_object: false,
            is_json: false,
        }
    }

    /// Scans a body that starts at an offset of a text. Takes `self`, which must be [`nothing`](Self::nothing),
    /// by reference so that the result is not moved.
    pub(crate) fn read(&mut self, envelope: &Envelope<'_>, text: &'a str, start: usize) {
        let mut scanner = Scanner::from(text, start);
        self.text = text;
        self.is_object = scanner.peek() == b'{';
        let start = scanner.at();
        let read = self.locate_children(envelope, 0, &mut scanner);
        self.whole = (start, scanner.at());
        self.is_json = read.and_then(|()| scanner.end()).is_ok();
        if !self.is_json {
            *self = Self::nothing();
        }
    }

    /// The span of a node's JSON text.
    #[inline]
    pub(crate) fn span(&self, at: usize) -> Span {
        self.spans.get(at).copied().unwrap_or(NOWHERE)
    }

    /// The JSON text of a node.
    pub(crate) fn get(&self, at: usize) -> Option<&'a str> {
        let (start, end) = self.span(at);
        self.text.get(start..end).filter(|json| !json.is_empty())
    }

    /// Whether a span is that of `null`, or of a missing value.
    #[inline]
    pub(crate) fn is_null_or_nowhere(&self, (start, end): Span) -> bool {
        (start, end) == NOWHERE || self.text.get(start..end) == Some(NULL)
    }

    /// The text of a node that is a string.
    #[inline]
    pub(crate) fn text(&self, at: usize) -> Option<TextSlice> {
        let (start, end) = self.span(at);
        if (start, end) == NOWHERE {
            return None;
        }
        if self.unescaped & (1 << at) == 0 {
            return self.unescaped_text(start, end);
        }
        Some(TextSlice::InBody((start + 1, end.checked_sub(1)?)))
    }

    #[cold]
    fn unescaped_text(&self, start: usize, end: usize) -> Option<TextSlice> {
        let text = string(self.text.get(start..end)?)?;
        Some(TextSlice::Unescaped(text.into_owned()))
    }

    /// Scans a value and locates the nodes inside it.
    fn locate_children(
        &mut self,
        envelope: &Envelope<'_>,
        at: usize,
        scanner: &mut Scanner<'a>,
    ) -> Result<(), NotJson> {
        match scanner.peek() {
            b'{' => {
                // This object may replace an earlier duplicate.
                self.unnamed = self.unnamed.filter(|(node, _)| *node != at);
                let mut expected = at + 1;
                let mut more = scanner.open(b'}');
                while more {
                    let start = scanner.at();
                    let name = scanner.name()?;
                    match member(envelope, at, expected, name) {
                        Some((index, node)) => {
                            expected = usize::from(node.end);
                            self.node(envelope, index, node, scanner)?;
                        }
                        None => {
                            self.unnamed.get_or_insert((at, start));
                            scanner.pass()?;
                        }
                    }
                    more = scanner.more(b'}')?;
                }
            }
            b'[' => {
                let mut first = envelope
                    .children(at)
                    .find(|(_, node)| matches!(node.step, NodeStep::First));
                let mut more = scanner.open(b']');
                while more {
                    match first.take() {
                        Some((index, node)) => self.node(envelope, index, node, scanner)?,
                        None => {
                            scanner.pass()?;
                        }
                    }
                    more = scanner.more(b']')?;
                }
            }
            _ => {
                scanner.pass()?;
            }
        }
        Ok(())
    }

    /// Scans the value of a node.
    #[inline]
    fn node(
        &mut self,
        envelope: &Envelope<'_>,
        index: usize,
        node: &EnvelopeNode<'_>,
        scanner: &mut Scanner<'a>,
    ) -> Result<(), NotJson> {
        let end = usize::from(node.end);
        let is_leaf = end == index + 1;
        if !is_leaf && let Some(before) = self.spans.get_mut(index..end) {
            // This value replaces an earlier duplicate and all nodes inside it.
            before.fill(NOWHERE);
        }
        self.unescaped &= !(1 << index);
        let start = if !is_leaf && matches!(scanner.peek(), b'{' | b'[') {
            let start = scanner.at();
            self.locate_children(envelope, index, scanner)?;
            start
        } else {
            let (start, is_unescaped) = scanner.pass()?;
            self.unescaped |= u32::from(is_unescaped && node.looked_at) << index;
            start
        };
        self.spans[index] = if node.looked_at {
            (start, scanner.at())
        } else {
            NOWHERE
        };
        Ok(())
    }
}

/// The node of a member, if the envelope names it. The search starts at the expected node: most bodies have the
/// envelope's order.
#[inline]
fn member<'e>(
    envelope: &Envelope<'e>,
    at: usize,
    expected: usize,
    name: Quoted<'_>,
) -> Option<(usize, &'e EnvelopeNode<'e>)> {
    let Some(name) = name.if_unescaped() else {
        return escaped_member(envelope, at, name);
    };
    let is_it = |(_, node): &(usize, &EnvelopeNode<'_>)| node.step.token() == Some(name);
    let end = usize::from(envelope.nodes.get(at)?.end);
    let mut behind = envelope.between(expected, end);
    behind
        .find(is_it)
        .or_else(|| envelope.between(at + 1, expected).find(is_it))
}

/// As [`member`], for a name with an escape.
#[cold]
fn escaped_member<'e>(
    envelope: &Envelope<'e>,
    at: usize,
    name: Quoted<'_>,
) -> Option<(usize, &'e EnvelopeNode<'e>)> {
    let name = name.text()?;
    let mut nodes = envelope.children(at);
    nodes.find(|(_, node)| node.step.token() == Some(&*name))
}
