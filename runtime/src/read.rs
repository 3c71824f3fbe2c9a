//! Reads bodies: finds what stands at the places that the envelope names.
//!
//! One pass over the text, without recursion but for the envelope's own depth, and without an
//! allocation but for escapes in names and where what is passed over nests.

use alloc::borrow::Cow;
use alloc::string::String;
use core::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use crate::envelope::{Envelope, MOST_PLACES, Step};

/// What a body is, as far as the envelope can say.
#[derive(Clone, Copy)]
pub(crate) struct Found<'a> {
    /// What stands at each place that is looked at; of a member that comes twice, the last.
    at: [Option<&'a RawValue>; MOST_PLACES],
    /// Whether the body is a JSON object.
    pub(crate) is_object: bool,
    /// Whether the body is JSON.
    pub(crate) is_json: bool,
}

impl<'a> Found<'a> {
    /// Of a body that is no JSON.
    const NOTHING: Self = Self {
        at: [None; MOST_PLACES],
        is_object: false,
        is_json: false,
    };

    /// Reads a whole body.
    pub(crate) fn read(envelope: &Envelope<'_>, body: &'a str) -> Self {
        let mut found = Self::NOTHING;
        found.is_object = body.trim_start().starts_with('{');
        let inside = Inside {
            envelope,
            at: 0,
            found: &mut found.at,
        };
        let mut deserializer = serde_json::Deserializer::from_str(body);
        let read = inside.deserialize(&mut deserializer);
        if read.and_then(|()| deserializer.end()).is_err() {
            return Self::NOTHING;
        }
        found.is_json = true;
        found
    }

    /// The JSON text at a place.
    pub(crate) fn get(&self, at: usize) -> Option<&'a str> {
        self.at.get(at).copied().flatten().map(RawValue::get)
    }
}

/// Everything inside of a place.
struct Inside<'e, 'f, 'a> {
    envelope: &'e Envelope<'e>,
    at: usize,
    found: &'f mut [Option<&'a RawValue>; MOST_PLACES],
}

impl<'a> Inside<'_, '_, 'a> {
    fn member<A: MapAccess<'a>>(&mut self, index: usize, map: &mut A) -> Result<(), A::Error> {
        let place = &self.envelope.places[index];
        let end = usize::from(place.end);
        if place.looked_at {
            let value: &'a RawValue = map.next_value()?;
            self.found[index] = Some(value);
            self.whole(index, value).map_err(A::Error::custom)?;
        } else {
            self.found[index..end].fill(None);
            map.next_value_seed(self.at(index))?;
        }
        Ok(())
    }

    /// What is inside of a value that was taken as a whole.
    fn whole(&mut self, index: usize, value: &'a RawValue) -> serde_json::Result<()> {
        let end = usize::from(self.envelope.places[index].end);
        if end == index + 1 {
            return Ok(());
        }
        self.found[index + 1..end].fill(None);
        self.at(index)
            .deserialize(&mut serde_json::Deserializer::from_str(value.get()))
    }

    fn at(&mut self, index: usize) -> Inside<'_, '_, 'a> {
        Inside {
            envelope: self.envelope,
            at: index,
            found: self.found,
        }
    }
}

impl<'a> DeserializeSeed<'a> for Inside<'_, '_, 'a> {
    type Value = ();

    fn deserialize<D: Deserializer<'a>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'a> Visitor<'a> for Inside<'_, '_, 'a> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON value")
    }

    fn visit_map<A: MapAccess<'a>>(mut self, mut map: A) -> Result<(), A::Error> {
        let name = Name {
            envelope: self.envelope,
            at: self.at,
        };
        while let Some(index) = map.next_key_seed(name)? {
            match index {
                Some(index) => self.member(index, &mut map)?,
                None => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'a>>(mut self, mut items: A) -> Result<(), A::Error> {
        let first = self
            .envelope
            .inside(self.at)
            .find(|(_, place)| place.step == Step::First);
        if let Some((index, _)) = first
            && let Some(value) = items.next_element::<&'a RawValue>()?
        {
            self.found[index] = Some(value);
            self.whole(index, value).map_err(A::Error::custom)?;
        }
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
}

/// From a member's name to its place, if the envelope names one.
#[derive(Clone, Copy)]
struct Name<'e> {
    envelope: &'e Envelope<'e>,
    at: usize,
}

impl<'a> DeserializeSeed<'a> for Name<'_> {
    type Value = Option<usize>;

    fn deserialize<D: Deserializer<'a>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for Name<'_> {
    type Value = Option<usize>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a member")
    }

    fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
        let mut inside = self.envelope.inside(self.at);
        let found = inside.find(|(_, place)| match place.step {
            Step::Member(member) => member == name,
            // RFC 6901, 4: of an object, the token is a member's name.
            Step::First => name == "0",
            Step::Beside => false,
        });
        Ok(found.map(|(index, _)| index))
    }
}

/// The text that a JSON string is; `None` where the JSON text is no string, or one that no text can
/// be, with half of a surrogate pair.
pub(crate) fn string(json: &str) -> Option<Cow<'_, str>> {
    let inner = json.strip_prefix('"')?.strip_suffix('"')?;
    if inner.contains('\\') {
        serde_json::from_str::<String>(json).ok().map(Cow::Owned)
    } else {
        Some(Cow::Borrowed(inner))
    }
}

/// Whether a JSON text is a number.
pub(crate) fn is_number(json: &str) -> bool {
    json.starts_with(|first: char| first == '-' || first.is_ascii_digit())
}

/// Whether two JSON texts are the same value; of numbers, however they are written.
pub(crate) fn is_same(one: &str, other: &str) -> bool {
    if let (true, Ok(one), Ok(other)) = (is_number(one), one.parse::<f64>(), other.parse::<f64>()) {
        return one.total_cmp(&other).is_eq();
    }
    let value = |json| serde_json::from_str::<serde_json::Value>(json);
    one == other || matches!((value(one), value(other)), (Ok(one), Ok(other)) if one == other)
}
