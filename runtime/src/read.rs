//! Reads bodies: finds what stands at the places that the envelope names.
//!
//! One pass over the text, without recursion but for the envelope's own depth, and without an
//! allocation but for escapes in names and where what is passed over nests very deep.

use alloc::borrow::Cow;

use crate::envelope::{Envelope, MOST_PLACES, Step};
use crate::scan::{NotJson, Quoted, Scanner, is_number, string};

/// What a body is, as far as the envelope can say.
pub(crate) struct Found<'a> {
    /// The JSON text at each place that is looked at; of a member that comes twice, the last.
    at: [Option<&'a str>; MOST_PLACES],
    /// Which of these are strings without an escape: a bit for each place.
    plain: u32,
    /// Whether the body is a JSON object.
    pub(crate) is_object: bool,
    /// Whether the body is JSON.
    pub(crate) is_json: bool,
}

impl<'a> Found<'a> {
    /// Of a body that is no JSON.
    pub(crate) const NOTHING: Self = Self {
        at: [None; MOST_PLACES],
        plain: 0,
        is_object: false,
        is_json: false,
    };

    /// Reads a whole body, into [`NOTHING`](Self::NOTHING): what it finds is not to be moved.
    pub(crate) fn read(&mut self, envelope: &Envelope<'_>, body: &'a str) {
        let mut scanner = Scanner::new(body);
        self.is_object = scanner.peek() == b'{';
        let read = self.inside(envelope, 0, &mut scanner);
        self.is_json = read.and_then(|()| scanner.end()).is_ok();
        if !self.is_json {
            *self = Self::NOTHING;
        }
    }

    /// The JSON text at a place.
    pub(crate) fn get(&self, at: usize) -> Option<&'a str> {
        self.at.get(at).copied().flatten()
    }

    /// The text of the string at a place.
    pub(crate) fn text(&self, at: usize) -> Option<Cow<'a, str>> {
        let json = self.get(at)?;
        if self.plain & (1 << at) == 0 {
            return string(json);
        }
        let end = json.len().checked_sub(1)?;
        json.get(1..end).map(Cow::Borrowed)
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
                let mut more = scanner.open(b'}');
                while more {
                    let name = scanner.name()?;
                    match member(envelope, at, name) {
                        Some(index) => self.place(envelope, index, scanner)?,
                        None => {
                            scanner.value()?;
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
                        Some((index, _)) => self.place(envelope, index, scanner)?,
                        None => {
                            scanner.value()?;
                        }
                    }
                    more = scanner.more(b']')?;
                }
            }
            _ => {
                scanner.value()?;
            }
        }
        Ok(())
    }

    /// Reads the value at a place.
    fn place(
        &mut self,
        envelope: &Envelope<'_>,
        index: usize,
        scanner: &mut Scanner<'a>,
    ) -> Result<(), NotJson> {
        let Some(place) = envelope.places.get(index) else {
            return scanner.value().map(|_| ());
        };
        let end = usize::from(place.end);
        let is_leaf = end == index + 1;
        if !is_leaf && let Some(before) = self.at.get_mut(index..end) {
            // This value takes the place of one that came before it, and of all that was inside.
            before.fill(None);
        }
        self.plain &= !(1 << index);
        if !is_leaf && matches!(scanner.peek(), b'{' | b'[') {
            let text = scanner.text_from(|scanner| self.inside(envelope, index, scanner))?;
            if place.looked_at {
                self.at[index] = Some(text);
            }
            return Ok(());
        }
        let (text, is_plain) = scanner.text_of_value()?;
        self.at[index] = Some(text).filter(|_| place.looked_at);
        self.plain |= u32::from(is_plain) << index;
        Ok(())
    }
}

/// The place that a member's name leads to, if the envelope names it.
#[inline]
fn member(envelope: &Envelope<'_>, at: usize, name: Quoted<'_>) -> Option<usize> {
    let mut inside = envelope.inside(at);
    let found = inside.find(|(_, place)| match place.step {
        Step::Member(member) => name.is(member),
        // RFC 6901, 4: of an object, the token is a member's name.
        Step::First => name.is("0"),
        Step::Beside => false,
    });
    found.map(|(index, _)| index)
}

/// Whether two JSON texts are the same value; of numbers, however they are written.
pub(crate) fn is_same(one: &str, other: &str) -> bool {
    if let (true, Ok(one), Ok(other)) = (is_number(one), one.parse::<f64>(), other.parse::<f64>()) {
        return one.total_cmp(&other).is_eq();
    }
    let value = |json| serde_json::from_str::<serde_json::Value>(json);
    one == other || matches!((value(one), value(other)), (Ok(one), Ok(other)) if one == other)
}
