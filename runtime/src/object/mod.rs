//! Typed details: structs with known members, read from JSON text and written to it.
//!
//! A derive gives each struct a visitor of its own, which costs rustc ten milliseconds and more, and
//! so does generic code that is made anew for each struct. Here a struct shows its members, by their
//! names and as trait objects; everything else is written once. What is read is put into members that
//! are there already, blank: of one that comes twice, the last counts.

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

/// A type that details are made of. For each struct rustc makes no more than this.
pub trait Member: Sized + 'static {
    /// The value before anything was read into it, and what stands for a member that need not be
    /// there.
    fn blank() -> Self;

    /// Shows the value, whatever its type, once.
    fn view(&self, see: &mut See<'_>);

    /// The same, to be read into.
    fn view_mut(&mut self, see: &mut SeeMut<'_>);
}

/// Sees a value.
pub struct See<'s>(&'s mut dyn FnMut(Value<'_>));

impl See<'_> {
    /// A struct, by its members.
    pub fn object(&mut self, members: &[Named<'_>]) {
        (self.0)(Value::Object(members));
    }

    /// Any other value.
    pub fn other(&mut self, value: &dyn Other) {
        (self.0)(Value::Other(value));
    }
}

/// Sees a value that is read into.
pub struct SeeMut<'s>(pub(crate) &'s mut dyn FnMut(ValueMut<'_, '_>));

impl SeeMut<'_> {
    /// A struct, by its members.
    pub fn object(&mut self, members: &mut [NamedMut<'_>]) {
        (self.0)(ValueMut::Object(members));
    }

    /// Any other value.
    pub fn other(&mut self, value: &mut dyn Other) {
        (self.0)(ValueMut::Other(value));
    }
}

/// A member of a JSON object, at most 64 of which have a name here.
pub(crate) type Named<'v> = (&'static str, &'v dyn View);

/// The same, to be read into.
pub(crate) type NamedMut<'v> = (&'static str, &'v mut dyn Part);

/// A value of details.
#[derive(Clone, Copy)]
pub(crate) enum Value<'v> {
    /// A struct that stands for a JSON object.
    Object(&'v [Named<'v>]),
    /// Anything else.
    Other(&'v dyn Other),
}

/// A value of details, to be read into.
pub(crate) enum ValueMut<'s, 'v> {
    /// A struct.
    Object(&'s mut [NamedMut<'v>]),
    /// Anything else.
    Other(&'s mut dyn Other),
}

/// What shows a value: a [`Member`] of whatever type, or the details of any error.
pub trait View {
    /// Shows the value, once.
    fn view(&self, see: &mut See<'_>);
}

impl dyn View + '_ {
    /// What a look at the value finds.
    pub(crate) fn seen<T: Default>(&self, mut look: impl FnMut(Value<'_>) -> T) -> T {
        let mut seen = T::default();
        self.view(&mut See(&mut |value| seen = look(value)));
        seen
    }

    /// Appends the JSON text.
    pub(crate) fn write(&self, out: &mut String) {
        self.seen(|value| match value {
            Value::Object(members) => write_object(members, out),
            Value::Other(value) => value.write(out),
        });
    }

    /// The text of a member in a message; `None` where it has none.
    pub(crate) fn text_of(&self, name: &str) -> Option<String> {
        self.seen(|value| match value {
            Value::Object(members) => {
                let (_, member) = members.iter().find(|(other, _)| *other == name)?;
                member.text()
            }
            Value::Other(_) => None,
        })
    }

    /// Whether it is a struct, which has certain members. Anything else may have any.
    pub(crate) fn is_object(&self) -> bool {
        self.seen(|value| matches!(value, Value::Object(_)))
    }

    /// The names of a struct's members.
    pub(crate) fn names(&self) -> Vec<&'static str> {
        self.seen(|value| match value {
            Value::Object(members) => members.iter().map(|(name, _)| *name).collect(),
            Value::Other(_) => Vec::new(),
        })
    }

    fn is_optional(&self) -> bool {
        self.seen(|value| matches!(value, Value::Other(value) if value.is_optional()))
    }

    fn is_absent(&self) -> bool {
        self.seen(|value| matches!(value, Value::Other(value) if value.is_absent()))
    }

    fn fits(&self, json: &mut Scanner<'_>, levels: u8) -> bool {
        self.seen(|value| match value {
            Value::Object(members) => fits_object(members, json, levels),
            Value::Other(value) => value.fits(json, levels),
        })
    }

    /// The value's text in a message; `None` for what has none.
    fn text(&self) -> Option<String> {
        self.seen(|value| match value {
            Value::Object(_) => None,
            Value::Other(value) => value.text().map(Cow::into_owned),
        })
    }
}

/// A [`Member`] of whatever type, to be read into as well.
pub trait Part: View {
    /// Shows the value, once, to be read into.
    fn view_mut(&mut self, see: &mut SeeMut<'_>);

    /// Makes it blank.
    fn clear(&mut self);
}

impl<T: Member> View for T {
    fn view(&self, see: &mut See<'_>) {
        Member::view(self, see);
    }
}

impl<T: Member> Part for T {
    fn view_mut(&mut self, see: &mut SeeMut<'_>) {
        Member::view_mut(self, see);
    }

    fn clear(&mut self) {
        *self = T::blank();
    }
}

/// A type that is no struct of its own.
pub trait Other {
    /// As [`Member::blank`].
    fn blank() -> Self
    where
        Self: Sized;

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
}

impl<T: Other + 'static> Member for T {
    fn blank() -> Self {
        Other::blank()
    }

    fn view(&self, see: &mut See<'_>) {
        see.other(self);
    }

    fn view_mut(&mut self, see: &mut SeeMut<'_>) {
        see.other(self);
    }
}

impl dyn Part + '_ {
    fn read(&mut self, json: &mut Scanner<'_>, levels: u8) -> Result<(), Misfit> {
        let mut read = Ok(());
        self.view_mut(&mut SeeMut(&mut |value| {
            read = match value {
                ValueMut::Object(members) => read_object(members, json, levels),
                ValueMut::Other(value) => value.read(json, levels),
            };
        }));
        read
    }
}

/// Reads details from the JSON text that holds them, if any does.
///
/// # Errors
///
/// Where the text is another value, or there is none where one must be.
pub(crate) fn read_details(
    envelope: &Envelope<'_>,
    details: ValueMut<'_, '_>,
    raw: Option<Raw<'_>>,
) -> Result<(), Misfit> {
    match (details, raw) {
        (ValueMut::Object(members), Some(raw)) => match raw.first {
            Some(first) => {
                let json = &mut Scanner::from(raw.json, first);
                read_members(members, json, MOST_LEVELS - 1, true)
            }
            None => read_object(members, &mut Scanner::new(raw.json), MOST_LEVELS),
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
        Value::Object(members) => match raw.first {
            Some(first) => {
                let json = &mut Scanner::from(raw.json, first);
                fits_members(members, json, MOST_LEVELS - 1, true)
            }
            None => fits_object(members, &mut Scanner::new(raw.json), MOST_LEVELS),
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
fn read_object(
    members: &mut [NamedMut<'_>],
    json: &mut Scanner<'_>,
    levels: u8,
) -> Result<(), Misfit> {
    let levels = one_level_less(levels)?;
    if json.peek() != b'{' {
        return Err(unexpected("an object", json));
    }
    let more = json.open(b'}');
    read_members(members, json, levels, more)
}

/// The same, from a member on, if there is one more.
fn read_members(
    members: &mut [NamedMut<'_>],
    json: &mut Scanner<'_>,
    levels: u8,
    mut more: bool,
) -> Result<(), Misfit> {
    let mut expected = 0;
    let mut seen = 0_u64;
    while more {
        let name = json.name()?;
        if let Some(index) = position(members, expected, name) {
            expected = index + 1;
            let (name, member) = &mut members[index];
            if seen & (1 << index) != 0 {
                member.clear();
            }
            seen |= 1 << index;
            let read = member.read(json, levels);
            read.map_err(|misfit| misfit.within(name))?;
        } else {
            json.pass()?;
        }
        more = json.more(b'}')?;
    }
    let is_optional = |member: &&mut dyn Part| {
        let member: &dyn View = &**member;
        member.is_optional()
    };
    match missing(members, seen, is_optional) {
        Some(member) => Err(Misfit::missing().within(member)),
        None => Ok(()),
    }
}

/// Whether an object with all that it must have comes next.
fn fits_object(members: &[Named<'_>], json: &mut Scanner<'_>, levels: u8) -> bool {
    let Ok(levels) = one_level_less(levels) else {
        return false;
    };
    if json.peek() != b'{' {
        return false;
    }
    let more = json.open(b'}');
    fits_members(members, json, levels, more)
}

/// The same, from a member on, if there is one more.
fn fits_members(members: &[Named<'_>], json: &mut Scanner<'_>, levels: u8, mut more: bool) -> bool {
    let mut expected = 0;
    let mut seen = 0_u64;
    while more {
        let Ok(name) = json.name() else { return false };
        let fits = match position(members, expected, name) {
            Some(index) => {
                expected = index + 1;
                seen |= 1 << index;
                members[index].1.fits(json, levels)
            }
            None => json.pass().is_ok(),
        };
        if !fits {
            return false;
        }
        more = matches!(json.more(b'}'), Ok(true));
    }
    missing(members, seen, |member| member.is_optional()).is_none()
}

/// The place of the member of this name. It is looked for from the one that is expected on: most bodies
/// have the order of the type.
#[inline]
fn position<T>(members: &[(&str, T)], expected: usize, name: Quoted<'_>) -> Option<usize> {
    let name = name.text()?;
    let is_it = |(member, _): &(&str, T)| name == *member;
    if members.get(expected).is_some_and(is_it) {
        return Some(expected);
    }
    members.iter().position(is_it)
}

/// The first member that must be there and is not among those that were seen.
fn missing<T>(
    members: &[(&'static str, T)],
    seen: u64,
    is_optional: impl Fn(&T) -> bool,
) -> Option<&'static str> {
    if seen.count_ones() as usize == members.len() {
        return None;
    }
    let mut unseen = members
        .iter()
        .enumerate()
        .filter(|(index, _)| seen & (1 << index) == 0);
    let (_, (name, _)) = unseen.find(|(_, (_, member))| !is_optional(member))?;
    Some(name)
}

/// Appends the JSON text of an object, without absent members.
fn write_object(members: &[Named<'_>], out: &mut String) {
    let mut before = '{';
    for (name, member) in members {
        if !member.is_absent() {
            out.push(before);
            push_member(out, name, *member);
            before = ',';
        }
    }
    close(out, before, ['{', '}']);
}

/// The `Serialize` of every struct.
///
/// # Errors
///
/// What the serializer says.
pub fn serialize<S: Serializer>(object: &dyn View, serializer: S) -> Result<S::Ok, S::Error> {
    let members: Vec<(&str, String)> = object.seen(|value| match value {
        Value::Object(members) => {
            let present = members.iter().filter(|(_, member)| !member.is_absent());
            let with_json = present.map(|(name, member)| {
                let mut json = String::new();
                member.write(&mut json);
                (*name, json)
            });
            with_json.collect()
        }
        Value::Other(_) => Vec::new(),
    });
    let mut map = serializer.serialize_map(Some(members.len()))?;
    for (name, json) in members {
        let value: Any = serde_json::from_str(&json).unwrap_or_default();
        map.serialize_entry(name, &value)?;
    }
    map.end()
}

/// The `Deserialize` of every struct.
///
/// # Errors
///
/// What the deserializer says, and where the value is another.
pub fn deserialize<'de, O: Member, D: Deserializer<'de>>(deserializer: D) -> Result<O, D::Error> {
    let mut object = O::blank();
    read_into(&mut object, deserializer)?;
    Ok(object)
}

fn read_into<'de, D: Deserializer<'de>>(
    object: &mut dyn Part,
    deserializer: D,
) -> Result<(), D::Error> {
    let json = Any::deserialize(deserializer)?.to_string();
    let read = object.read(&mut Scanner::new(&json), MOST_LEVELS);
    read.map_err(D::Error::custom)
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
fn push_member(out: &mut String, name: &str, value: &dyn View) {
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
