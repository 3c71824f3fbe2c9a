//! Reads bodies: finds what stands at the places that the envelope names.
//!
//! One pass over the text, without recursion but for the envelope's own depth, and without an
//! allocation but for escapes in names and where what is passed over nests very deep.

use alloc::string::String;

use crate::envelope::{Envelope, MOST_PLACES, Place, Step};
use crate::scan::{NotJson, Quoted, Scanner, is_number, string};

/// Where nothing is: no JSON text is empty.
pub(crate) const NOWHERE: Span = (0, 0);

/// From where to where in a text something is.
pub(crate) type Span = (usize, usize);

/// A text: a part of the body, or with its escapes undone one of its own.
#[derive(Clone)]
pub(crate) enum Piece {
    Part(Span),
    Own(String),
}

impl Piece {
    /// The text, in the one that it was found in.
    #[inline]
    pub(crate) fn of<'t>(&'t self, text: &'t str) -> Option<&'t str> {
        match self {
            Self::Part((start, end)) => text.get(*start..*end),
            Self::Own(own) => Some(own),
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        match self {
            Self::Part((start, end)) => start == end,
            Self::Own(own) => own.is_empty(),
        }
    }
}

/// What a body is, as far as the envelope can say.
pub(crate) struct Found<'a> {
    pub(crate) text: &'a str,
    /// From where to where there is JSON text at each place that is looked at, to nowhere where there is
    /// none; of a member that comes twice, the last.
    at: [Span; MOST_PLACES],
    /// Which of these are strings without an escape: a bit for each place.
    plain: u32,
    /// The body without white space.
    pub(crate) whole: Span,
    /// A place, and where in the object there the first member is that the envelope does not name.
    pub(crate) unnamed: Option<(usize, usize)>,
    /// Whether the body is a JSON object.
    pub(crate) is_object: bool,
    /// Whether the body is JSON.
    pub(crate) is_json: bool,
}

impl<'a> Found<'a> {
    /// Of a body that is no JSON.
    // Not a constant, which would be copied.
    #[inline]
    pub(crate) fn nothing() -> Self {
        Self {
            text: "",
            at: [NOWHERE; MOST_PLACES],
            plain: 0,
            whole: NOWHERE,
            unnamed: None,
            is_object: false,
            is_json: false,
        }
    }

    /// Reads a whole body, which begins at some place of a text, into [`nothing`](Self::nothing): what it
    /// finds is not to be moved.
    pub(crate) fn read(&mut self, envelope: &Envelope<'_>, text: &'a str, start: usize) {
        let mut scanner = Scanner::from(text, start);
        self.text = text;
        self.is_object = scanner.peek() == b'{';
        let start = scanner.at();
        let read = self.inside(envelope, 0, &mut scanner);
        self.whole = (start, scanner.at());
        self.is_json = read.and_then(|()| scanner.end()).is_ok();
        if !self.is_json {
            *self = Self::nothing();
        }
    }

    /// Where the JSON text at a place is.
    #[inline]
    pub(crate) fn span(&self, at: usize) -> Span {
        self.at.get(at).copied().unwrap_or(NOWHERE)
    }

    /// The JSON text at a place.
    pub(crate) fn get(&self, at: usize) -> Option<&'a str> {
        let (start, end) = self.span(at);
        self.text.get(start..end).filter(|json| !json.is_empty())
    }

    /// The text of the string at a place.
    #[inline]
    pub(crate) fn text(&self, at: usize) -> Option<Piece> {
        let (start, end) = self.span(at);
        if (start, end) == NOWHERE {
            return None;
        }
        if self.plain & (1 << at) == 0 {
            return self.own_text(start, end);
        }
        Some(Piece::Part((start + 1, end.checked_sub(1)?)))
    }

    #[cold]
    fn own_text(&self, start: usize, end: usize) -> Option<Piece> {
        let text = string(self.text.get(start..end)?)?;
        Some(Piece::Own(text.into_owned()))
    }

    /// Reads a value, and what the envelope looks for inside of it.
    fn inside(
        &mut self,
        envelope: &Envelope<'_>,
        at: usize,
        scanner: &mut Scanner<'a>,
    ) -> Result<(), NotJson> {
        match scanner.peek() {
            b'{' => {
                // An object that takes the place of one that came before it.
                self.unnamed = self.unnamed.filter(|(place, _)| *place != at);
                let mut expected = at + 1;
                let mut more = scanner.open(b'}');
                while more {
                    let start = scanner.at();
                    let name = scanner.name()?;
                    match member(envelope, at, expected, name) {
                        Some((index, place)) => {
                            expected = usize::from(place.end);
                            self.place(envelope, index, place, scanner)?;
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
                    .inside(at)
                    .find(|(_, place)| place.step == Step::First);
                let mut more = scanner.open(b']');
                while more {
                    match first.take() {
                        Some((index, place)) => self.place(envelope, index, place, scanner)?,
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

    /// Reads the value at a place.
    #[inline]
    fn place(
        &mut self,
        envelope: &Envelope<'_>,
        index: usize,
        place: &Place<'_>,
        scanner: &mut Scanner<'a>,
    ) -> Result<(), NotJson> {
        let end = usize::from(place.end);
        let is_leaf = end == index + 1;
        if !is_leaf && let Some(before) = self.at.get_mut(index..end) {
            // This value takes the place of one that came before it, and of all that was inside.
            before.fill(NOWHERE);
        }
        self.plain &= !(1 << index);
        let start = if !is_leaf && matches!(scanner.peek(), b'{' | b'[') {
            let start = scanner.at();
            self.inside(envelope, index, scanner)?;
            start
        } else {
            let (start, is_plain) = scanner.pass()?;
            self.plain |= u32::from(is_plain && place.looked_at) << index;
            start
        };
        self.at[index] = if place.looked_at {
            (start, scanner.at())
        } else {
            NOWHERE
        };
        Ok(())
    }
}

/// The place that a member's name leads to, if the envelope names it. It is looked for from the one
/// that is expected on: most bodies have the envelope's order.
#[inline]
fn member<'e>(
    envelope: &Envelope<'e>,
    at: usize,
    expected: usize,
    name: Quoted<'_>,
) -> Option<(usize, &'e Place<'e>)> {
    let Some(name) = name.plain() else {
        return escaped_member(envelope, at, name);
    };
    let is_it = |(_, place): &(usize, &Place<'_>)| is_named(place, name);
    let end = usize::from(envelope.places.get(at)?.end);
    let mut behind = envelope.between(expected, end);
    behind
        .find(is_it)
        .or_else(|| envelope.between(at + 1, expected).find(is_it))
}

/// The same for a name with an escape.
#[cold]
fn escaped_member<'e>(
    envelope: &Envelope<'e>,
    at: usize,
    name: Quoted<'_>,
) -> Option<(usize, &'e Place<'e>)> {
    let name = name.text()?;
    envelope
        .inside(at)
        .find(|(_, place)| is_named(place, &name))
}

#[inline]
fn is_named(place: &Place<'_>, name: &str) -> bool {
    match place.step {
        Step::Member(member) => name == member,
        // RFC 6901, 4: of an object, the token is a member's name.
        Step::First => name == "0",
        Step::Beside => false,
    }
}

/// Whether two JSON texts are the same value; of numbers, however they are written.
pub(crate) fn is_same(one: &str, other: &str) -> bool {
    if one == other {
        return true;
    }
    if is_number(one)
        && let (Ok(one), Ok(other)) = (one.parse::<f64>(), other.parse::<f64>())
    {
        return one.total_cmp(&other).is_eq();
    }
    let value = |json| serde_json::from_str::<serde_json::Value>(json);
    matches!((value(one), value(other)), (Ok(one), Ok(other)) if one == other)
}
