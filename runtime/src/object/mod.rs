//! Typed details: structs with known members, read from JSON text and written to it.
//!
//! A derive gives each struct a visitor of its own, which costs rustc ten milliseconds and more, and
//! so does generic code that is made anew for each struct. Here a struct says what its members are
//! called and hands each out as a trait object; everything else is written once. What is read is put
//! into members that are there already, blank: of one that comes twice, the last counts.

mod types;

use alloc::borrow::Cow;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serde::de::{Deserialize, Deserializer, Error};
use serde::ser::{SerializeMap, Serializer};

use crate::details::{Misfit, Raw};
use crate::envelope::Envelope;
use crate::json::Any;
use crate::scan::{Quoted, Scanner, excerpt};
use crate::write::push_text;

/// How deep details may nest to be typed: reading them recurses.
const MOST_LEVELS: u8 = 64;

/// A type that details are made of.
pub trait Member: Sized {
    /// The value before anything was read into it, and what stands for a member that need not be
    /// there.
    fn blank() -> Self;

    /// The value, whatever its type.
    fn value(&self) -> Value<'_>;

    /// The same, to be read into.
    fn value_mut(&mut self) -> ValueMut<'_>;
}

/// A value of details.
#[derive(Clone, Copy)]
pub enum Value<'v> {
    /// A struct.
    Object(&'v dyn Object),
    /// Anything else.
    Other(&'v dyn Other),
}

/// A value of details, to be read into.
pub enum ValueMut<'v> {
    /// A struct.
    Object(&'v mut dyn Object),
    /// Anything else.
    Other(&'v mut dyn Other),
}

/// A struct that stands for a JSON object. For each of them rustc makes no more than this.
pub trait Object {
    /// The names of the members, in order; at most 64.
    fn members(&self) -> &'static [&'static str];

    /// The member at a place in that order.
    fn member(&self, index: usize) -> Value<'_>;

    /// The same, to be read into.
    fn member_mut(&mut self, index: usize) -> ValueMut<'_>;
}

/// A value that is no struct of its own.
pub trait Other {
    /// Whether a member of this type need not be there.
    fn is_optional(&self) -> bool {
        false
    }

    /// Whether a member of this value is left out.
    fn is_absent(&self) -> bool {
        false
    }

    /// Reads the value that comes next, of at most so many levels. What was there is replaced.
    ///
    /// # Errors
    ///
    /// Where it is not of this type.
    fn read(&mut self, json: &mut Scanner<'_>, levels: u8) -> Result<(), Misfit>;

    /// Whether the value that comes next is of this type. Keeps nothing of it.
    fn fits(&self, json: &mut Scanner<'_>, levels: u8) -> bool;

    /// Appends the JSON text.
    fn write(&self, out: &mut String);

    /// The value's text in a message; `None` for what has none.
    fn text(&self) -> Option<Cow<'_, str>> {
        None
    }

    /// Makes it blank.
    fn clear(&mut self);
}

impl<'v> Value<'v> {
    fn is_optional(self) -> bool {
        matches!(self, Self::Other(value) if value.is_optional())
    }

    fn is_absent(self) -> bool {
        matches!(self, Self::Other(value) if value.is_absent())
    }

    fn fits(self, json: &mut Scanner<'_>, levels: u8) -> bool {
        match self {
            Self::Object(object) => fits_object(object, json, levels),
            Self::Other(value) => value.fits(json, levels),
        }
    }

    /// Appends the JSON text.
    pub(crate) fn write(self, out: &mut String) {
        match self {
            Self::Object(object) => write_object(object, out),
            Self::Other(value) => value.write(out),
        }
    }

    /// The text of a member in a message; `None` where it has none.
    pub(crate) fn text_of(self, name: &str) -> Option<Cow<'v, str>> {
        let Self::Object(object) = self else {
            return None;
        };
        let index = object.members().iter().position(|member| *member == name)?;
        match object.member(index) {
            Value::Object(_) => None,
            Value::Other(value) => value.text(),
        }
    }
}

impl ValueMut<'_> {
    fn read(self, json: &mut Scanner<'_>, levels: u8) -> Result<(), Misfit> {
        match self {
            Self::Object(object) => read_object(object, json, levels),
            Self::Other(value) => value.read(json, levels),
        }
    }

    fn clear(self) {
        match self {
            Self::Object(object) => clear_object(object),
            Self::Other(value) => value.clear(),
        }
    }
}

/// Reads details from the JSON text that holds them, if any does.
///
/// # Errors
///
/// Where the text is another value, or there is none where one must be.
pub(crate) fn read_details(
    envelope: &Envelope<'_>,
    details: ValueMut<'_>,
    raw: Option<Raw<'_>>,
) -> Result<(), Misfit> {
    match (details, raw) {
        (ValueMut::Object(object), Some(raw)) => match raw.first {
            Some(first) => {
                let json = &mut Scanner::from(raw.json, first);
                read_members(object, json, MOST_LEVELS - 1, true)
            }
            None => read_object(object, &mut Scanner::new(raw.json), MOST_LEVELS),
        },
        (ValueMut::Other(value), Some(raw)) => {
            let json = envelope.without_its_members(raw.at, raw.json);
            value.read(&mut Scanner::new(&json), MOST_LEVELS)
        }
        (ValueMut::Other(value), None) if value.is_optional() => Ok(()),
        (_, None) => Err(Misfit::missing()),
    }
}

/// Whether a JSON text holds these details.
pub(crate) fn fits_details(envelope: &Envelope<'_>, details: Value<'_>, raw: Raw<'_>) -> bool {
    match details {
        Value::Object(object) => match raw.first {
            Some(first) => {
                let json = &mut Scanner::from(raw.json, first);
                fits_members(object, json, MOST_LEVELS - 1, true)
            }
            None => fits_object(object, &mut Scanner::new(raw.json), MOST_LEVELS),
        },
        Value::Other(value) => {
            let json = envelope.without_its_members(raw.at, raw.json);
            value.fits(&mut Scanner::new(&json), MOST_LEVELS)
        }
    }
}

/// Reads a blank object; members that it does not know are passed over.
///
/// # Errors
///
/// Where the text is another value, or a member is, or one is missing.
fn read_object(object: &mut dyn Object, json: &mut Scanner<'_>, levels: u8) -> Result<(), Misfit> {
    let levels = one_level_less(levels)?;
    if json.peek() != b'{' {
        return Err(unexpected("an object", json));
    }
    let more = json.open(b'}');
    read_members(object, json, levels, more)
}

/// The same, from a member on, if there is one more.
fn read_members(
    object: &mut dyn Object,
    json: &mut Scanner<'_>,
    levels: u8,
    mut more: bool,
) -> Result<(), Misfit> {
    let members = object.members();
    let mut expected = 0;
    let mut seen = 0_u64;
    while more {
        let name = json.name()?;
        if let Some(index) = position(members, expected, name) {
            expected = index + 1;
            if seen & (1 << index) != 0 {
                object.member_mut(index).clear();
            }
            seen |= 1 << index;
            let read = object.member_mut(index).read(json, levels);
            read.map_err(|misfit| misfit.within(members[index]))?;
        } else {
            json.pass()?;
        }
        more = json.more(b'}')?;
    }
    match missing(object, seen) {
        Some(member) => Err(Misfit::missing().within(member)),
        None => Ok(()),
    }
}

/// Whether an object with all that it must have comes next.
fn fits_object(object: &dyn Object, json: &mut Scanner<'_>, levels: u8) -> bool {
    let Ok(levels) = one_level_less(levels) else {
        return false;
    };
    if json.peek() != b'{' {
        return false;
    }
    let more = json.open(b'}');
    fits_members(object, json, levels, more)
}

/// The same, from a member on, if there is one more.
fn fits_members(object: &dyn Object, json: &mut Scanner<'_>, levels: u8, mut more: bool) -> bool {
    let members = object.members();
    let mut expected = 0;
    let mut seen = 0_u64;
    while more {
        let Ok(name) = json.name() else { return false };
        let fits = match position(members, expected, name) {
            Some(index) => {
                expected = index + 1;
                seen |= 1 << index;
                object.member(index).fits(json, levels)
            }
            None => json.pass().is_ok(),
        };
        if !fits {
            return false;
        }
        more = matches!(json.more(b'}'), Ok(true));
    }
    missing(object, seen).is_none()
}

/// The place of the member of this name. It is looked for from the one that is expected on: most bodies
/// have the order of the type.
#[inline]
fn position(members: &[&str], expected: usize, name: Quoted<'_>) -> Option<usize> {
    let is_it = |member: &&str| name.is(member);
    if members.get(expected).is_some_and(is_it) {
        return Some(expected);
    }
    members.iter().position(is_it)
}

/// The first member that must be there and is not among those that were seen.
fn missing(object: &dyn Object, seen: u64) -> Option<&'static str> {
    if seen.count_ones() as usize == object.members().len() {
        return None;
    }
    let members = object.members().iter().enumerate();
    let mut missing = members
        .filter(|(index, _)| seen & (1 << index) == 0 && !object.member(*index).is_optional());
    missing.next().map(|(_, member)| *member)
}

/// Appends the JSON text of an object, without absent members.
fn write_object(object: &dyn Object, out: &mut String) {
    let mut before = '{';
    for (index, name) in object.members().iter().enumerate() {
        let member = object.member(index);
        if !member.is_absent() {
            out.push(before);
            push_member(out, name, member);
            before = ',';
        }
    }
    close(out, before, ['{', '}']);
}

fn clear_object(object: &mut dyn Object) {
    for index in 0..object.members().len() {
        object.member_mut(index).clear();
    }
}

/// The `Serialize` of every [`Object`].
///
/// # Errors
///
/// What the serializer says.
pub fn serialize<S: Serializer>(object: &dyn Object, serializer: S) -> Result<S::Ok, S::Error> {
    let members = object.members().iter().enumerate();
    let present: Vec<_> = members
        .map(|(index, name)| (*name, object.member(index)))
        .filter(|(_, member)| !member.is_absent())
        .collect();
    let mut map = serializer.serialize_map(Some(present.len()))?;
    for (name, member) in present {
        let mut json = String::new();
        member.write(&mut json);
        let value: Any = serde_json::from_str(&json).unwrap_or_default();
        map.serialize_entry(name, &value)?;
    }
    map.end()
}

/// The `Deserialize` of every [`Object`].
///
/// # Errors
///
/// What the deserializer says, and where the value is another.
pub fn deserialize<'de, O: Member, D: Deserializer<'de>>(deserializer: D) -> Result<O, D::Error> {
    let json = Any::deserialize(deserializer)?.to_string();
    let raw = Raw {
        json: &json,
        at: 0,
        first: None,
    };
    let mut object = O::blank();
    match read_details(&Envelope::EMPTY, object.value_mut(), Some(raw)) {
        Ok(()) => Ok(object),
        Err(misfit) => Err(D::Error::custom(misfit)),
    }
}

/// That something else than was expected comes next.
fn unexpected(expected: &str, json: &mut Scanner<'_>) -> Misfit {
    match json.value() {
        Ok(value) => found(expected, value),
        Err(error) => error.into(),
    }
}

/// That a value is not what was expected, with its beginning.
fn found(expected: &str, value: &str) -> Misfit {
    Misfit::new(alloc::format!(
        "expected {expected}, found {}",
        excerpt(value)
    ))
}

fn one_level_less(levels: u8) -> Result<u8, Misfit> {
    levels
        .checked_sub(1)
        .ok_or_else(|| Misfit::new("nested too deep"))
}

/// Appends a member.
fn push_member(out: &mut String, name: &str, value: Value<'_>) {
    push_text(out, name);
    out.push(':');
    value.write(out);
}

/// Appends the end of an object or a list, and its beginning, if that is what stands before the next
/// member or item.
fn close(out: &mut String, before: char, [open, close]: [char; 2]) {
    if before == open {
        out.push(open);
    }
    out.push(close);
}
