//! Objects with known members, read and written without serde's derives.
//!
//! A derive gives each struct a visitor of its own, which rustc checks and stores for each anew: ten
//! milliseconds and more. Here a struct says what its members are, as a list of pairs that ends in
//! `()`, and the visitor is written once, for any list. Like derived code, it reads as the text comes
//! and keeps nothing aside; unlike it, it takes the last of a member that comes twice, as JSON parsers
//! do, and no sequence for an object.
//!
//! Bodies are read and written by [`Member`] instead, from JSON text and to it: code for serde's
//! generic traits would be made anew for each struct that a program holds.

use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;
use core::marker::PhantomData;

use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor,
};
use serde::ser::{Serialize, SerializeStruct, Serializer};
use serde_json::value::RawValue;

use crate::details::Misfit;
use crate::json::{Any, Optional};
use crate::read::string;
use crate::write::{WriteJson, push_number, push_text};

/// How deep details may nest to be typed: each level of them is gone through once more.
const MOST_LEVELS: u8 = 64;

/// How many members an object may have; the generator holds catalogs to it.
const MOST_MEMBERS: usize = 64;

/// A struct that stands for a JSON object.
pub trait Object: Sized {
    /// The struct's name.
    const NAME: &'static str;

    /// The names of the members, in order.
    const MEMBERS: &'static [&'static str];

    /// The values of the members: `(A, (B, ()))`.
    type Values;

    /// The struct with these values.
    fn from_values(values: Self::Values) -> Self;

    /// The values, borrowed, in a list of the same shape.
    fn values(&self) -> impl WriteMembers<'_>;
}

/// What can be the value of a member.
pub trait Member: Sized {
    /// What stands for a member that is not there, if it need not be.
    fn absent() -> Option<Self> {
        None
    }

    /// Whether the member is left out.
    fn is_absent(&self) -> bool {
        false
    }

    /// Reads a value from its JSON text, of at most so many levels.
    ///
    /// # Errors
    ///
    /// Where the text is another value.
    fn read_json(json: &str, levels: u8) -> Result<Self, Misfit>;

    /// Appends the JSON text.
    fn write_json(&self, out: &mut String);

    /// The value's text in a message; `None` for what has none.
    fn text(&self) -> Option<Cow<'_, str>> {
        None
    }

    /// The text of a member of the value in a message.
    fn text_of(&self, _member: &str) -> Option<Cow<'_, str>> {
        None
    }
}

impl<T: Member> WriteJson for T {
    fn write_json(&self, out: &mut String) {
        Member::write_json(self, out);
    }
}

/// Reads details from the JSON text that holds them, if any does.
///
/// # Errors
///
/// Where the text is another value, or there is none.
pub fn read_details<T: Member>(json: Option<&str>) -> Result<T, Misfit> {
    match json {
        Some(json) => T::read_json(json, MOST_LEVELS),
        None => T::absent().ok_or_else(Misfit::missing),
    }
}

/// Reads an object from its JSON text; the `Member` of every [`Object`].
///
/// # Errors
///
/// Where the text is another value.
pub fn read_object<O>(json: &str, levels: u8) -> Result<O, Misfit>
where
    O: Object<Values: ReadMembersJson>,
{
    let mut texts = [None; MOST_MEMBERS];
    let levels = read_members(O::MEMBERS, json, levels, &mut texts)?;
    let values = O::Values::read_json(&texts[..O::MEMBERS.len()], O::MEMBERS, levels)?;
    Ok(O::from_values(values))
}

/// The text of a member of an object in a message; the `Member` of every [`Object`].
pub fn text_of<'v, O: Object>(object: &'v O, name: &str) -> Option<Cow<'v, str>> {
    object.values().text_of(O::MEMBERS, name)
}

/// Appends the JSON text of an object; the `Member` of every [`Object`].
pub fn write_object<O: Object>(object: &O, out: &mut String) {
    let start = out.len();
    object.values().write_json(O::MEMBERS, out);
    close(out, start, ['{', '}']);
}

impl Member for bool {
    fn read_json(json: &str, _: u8) -> Result<Self, Misfit> {
        match json {
            "true" => Ok(true),
            "false" => Ok(false),
            other => Err(unexpected("true or false", other)),
        }
    }

    fn write_json(&self, out: &mut String) {
        out.push_str(if *self { "true" } else { "false" });
    }

    fn text(&self) -> Option<Cow<'_, str>> {
        Some(if *self { "true" } else { "false" }.into())
    }
}

macro_rules! integers {
    ($($integer:ident)*) => {
        $(
            impl Member for $integer {
                fn read_json(json: &str, _: u8) -> Result<Self, Misfit> {
                    json.parse().map_err(|_| unexpected(stringify!($integer), json))
                }

                fn write_json(&self, out: &mut String) {
                    push_number(out, self);
                }

                fn text(&self) -> Option<Cow<'_, str>> {
                    Some(self.to_string().into())
                }
            }
        )*
    };
}

integers! { u32 u64 i64 }

impl Member for f64 {
    fn read_json(json: &str, _: u8) -> Result<Self, Misfit> {
        serde_json::from_str(json).map_err(|_| unexpected("f64", json))
    }

    fn write_json(&self, out: &mut String) {
        push_serialized(out, self);
    }

    /// As in JSON.
    fn text(&self) -> Option<Cow<'_, str>> {
        serde_json::to_string(self).ok().map(Cow::Owned)
    }
}

impl Member for String {
    fn read_json(json: &str, _: u8) -> Result<Self, Misfit> {
        match string(json) {
            Some(text) => Ok(text.into_owned()),
            None => Err(unexpected("a string", json)),
        }
    }

    fn write_json(&self, out: &mut String) {
        push_text(out, self);
    }

    fn text(&self) -> Option<Cow<'_, str>> {
        Some(self.into())
    }
}

impl Member for Any {
    fn read_json(json: &str, _: u8) -> Result<Self, Misfit> {
        serde_json::from_str(json).map_err(|error| Misfit::new(alloc::format!("{error}")))
    }

    fn write_json(&self, out: &mut String) {
        push_serialized(out, self);
    }
}

impl<T: Member> Member for Vec<T> {
    fn read_json(json: &str, levels: u8) -> Result<Self, Misfit> {
        let levels = one_level_less(levels)?;
        let items: Vec<&RawValue> =
            serde_json::from_str(json).map_err(|_| unexpected("a list", json))?;
        let read = |(index, item): (usize, &RawValue)| {
            T::read_json(item.get(), levels).map_err(|misfit| misfit.within(index))
        };
        items.into_iter().enumerate().map(read).collect()
    }

    fn write_json(&self, out: &mut String) {
        let start = out.len();
        for item in self {
            out.push(',');
            item.write_json(out);
        }
        close(out, start, ['[', ']']);
    }
}

impl<T: Member> Member for BTreeMap<String, T> {
    fn read_json(json: &str, levels: u8) -> Result<Self, Misfit> {
        let levels = one_level_less(levels)?;
        let members: BTreeMap<String, &RawValue> =
            serde_json::from_str(json).map_err(|_| unexpected("an object", json))?;
        let read = |(name, value): (String, &RawValue)| {
            let value = T::read_json(value.get(), levels).map_err(|misfit| misfit.within(&name))?;
            Ok((name, value))
        };
        members.into_iter().map(read).collect()
    }

    fn write_json(&self, out: &mut String) {
        let start = out.len();
        for (name, value) in self {
            push_member(out, name, value);
        }
        close(out, start, ['{', '}']);
    }
}

impl<T: Member> Member for Option<T> {
    fn read_json(json: &str, levels: u8) -> Result<Self, Misfit> {
        if json == "null" {
            Ok(None)
        } else {
            T::read_json(json, levels).map(Some)
        }
    }

    fn write_json(&self, out: &mut String) {
        match self {
            Some(value) => value.write_json(out),
            None => out.push_str("null"),
        }
    }
}

impl<T: Member> Member for Box<T> {
    fn read_json(json: &str, levels: u8) -> Result<Self, Misfit> {
        T::read_json(json, levels).map(Self::new)
    }

    fn write_json(&self, out: &mut String) {
        T::write_json(self, out);
    }
}

impl<T: Member> Member for Optional<T> {
    fn absent() -> Option<Self> {
        Some(Self::Absent)
    }

    fn is_absent(&self) -> bool {
        self.is_absent()
    }

    fn read_json(json: &str, levels: u8) -> Result<Self, Misfit> {
        Option::read_json(json, levels).map(|value| value.map_or(Self::Null, Self::Value))
    }

    fn write_json(&self, out: &mut String) {
        match self {
            Self::Value(value) => value.write_json(out),
            Self::Absent | Self::Null => out.push_str("null"),
        }
    }

    fn text(&self) -> Option<Cow<'_, str>> {
        self.as_ref()?.text()
    }
}

/// That a JSON text is not what was expected, with its beginning.
fn unexpected(expected: &str, json: &str) -> Misfit {
    const SHOWN: usize = 40;
    let end = json.char_indices().nth(SHOWN);
    let (shown, more) = match end {
        Some((end, _)) => (&json[..end], "…"),
        None => (json, ""),
    };
    Misfit::new(alloc::format!("expected {expected}, found {shown}{more}"))
}

fn one_level_less(levels: u8) -> Result<u8, Misfit> {
    levels
        .checked_sub(1)
        .ok_or_else(|| Misfit::new("nested too deep"))
}

/// Finds the texts of an object's members by their names; says how many levels are left in them.
fn read_members<'a>(
    members: &'static [&'static str],
    json: &'a str,
    levels: u8,
    texts: &mut [Option<&'a str>; MOST_MEMBERS],
) -> Result<u8, Misfit> {
    let levels = one_level_less(levels)?;
    let visitor = Texts { members, texts };
    let mut deserializer = serde_json::Deserializer::from_str(json);
    match deserializer.deserialize_map(visitor) {
        Ok(()) => Ok(levels),
        Err(_) => Err(unexpected("an object", json)),
    }
}

/// Puts the text of each known member in its place.
struct Texts<'t, 'a> {
    members: &'static [&'static str],
    texts: &'t mut [Option<&'a str>; MOST_MEMBERS],
}

impl<'a> Visitor<'a> for Texts<'_, 'a> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'a>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(position) = map.next_key_seed(Position(self.members))? {
            let text: &'a RawValue = map.next_value()?;
            if position < self.members.len()
                && let Some(place) = self.texts.get_mut(position)
            {
                *place = Some(text.get());
            }
        }
        Ok(())
    }
}

/// Appends a member behind a comma.
fn push_member<T: Member>(out: &mut String, name: &str, value: &T) {
    out.push(',');
    push_text(out, name);
    out.push(':');
    value.write_json(out);
}

/// Makes an object or a list of what was appended, each part behind a comma.
fn close(out: &mut String, start: usize, [open, close]: [char; 2]) {
    if out.len() > start {
        // Both are one byte long.
        out.replace_range(start..=start, open.encode_utf8(&mut [0; 4]));
    } else {
        out.push(open);
    }
    out.push(close);
}

/// Appends what `serde_json` makes of a value; of what has no JSON text, such as NaN, `null`.
fn push_serialized(out: &mut String, value: &impl Serialize) {
    match serde_json::to_string(value) {
        Ok(json) => out.push_str(&json),
        Err(_) => out.push_str("null"),
    }
}

/// Reads an object; members that it does not know are passed over, and of one that comes twice, the
/// last counts.
///
/// # Errors
///
/// What the deserializer says, and a member that is missing.
pub fn read<'de, O, D>(deserializer: D) -> Result<O, D::Error>
where
    O: Object<Values: ReadMembers<'de>>,
    D: Deserializer<'de>,
{
    deserializer.deserialize_struct(O::NAME, O::MEMBERS, ObjectVisitor(PhantomData))
}

/// Writes an object, but for absent members.
///
/// # Errors
///
/// What the serializer says.
pub fn write<O: Object, S: Serializer>(object: &O, serializer: S) -> Result<S::Ok, S::Error> {
    let values = object.values();
    let mut out = serializer.serialize_struct(O::NAME, values.present())?;
    values.write(O::MEMBERS, &mut out)?;
    out.end()
}

struct ObjectVisitor<O>(PhantomData<O>);

impl<'de, O: Object<Values: ReadMembers<'de>>> Visitor<'de> for ObjectVisitor<O> {
    type Value = O;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object, {}", O::NAME)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<O, A::Error> {
        let mut read = <O::Values as ReadMembers<'de>>::Read::default();
        while let Some(position) = map.next_key_seed(Position(O::MEMBERS))? {
            O::Values::read(&mut read, position, &mut map)?;
        }
        Ok(O::from_values(O::Values::finish(read, O::MEMBERS)?))
    }
}

/// From a member's name to its position; past the end for one that is not known.
struct Position(&'static [&'static str]);

impl<'de> DeserializeSeed<'de> for Position {
    type Value = usize;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<usize, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for Position {
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a member")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<usize, E> {
        let position = self.0.iter().position(|member| *member == name);
        Ok(position.unwrap_or(self.0.len()))
    }
}

/// A list of values that can be read from the members of an object.
pub trait ReadMembers<'de>: Sized {
    /// What has been read of it.
    type Read: Default;

    /// Reads the value of the member at a position.
    fn read<A: MapAccess<'de>>(
        read: &mut Self::Read,
        position: usize,
        map: &mut A,
    ) -> Result<(), A::Error>;

    /// The values, if none is missing.
    fn finish<E: Error>(read: Self::Read, members: &'static [&'static str]) -> Result<Self, E>;
}

impl<'de> ReadMembers<'de> for () {
    type Read = ();

    fn read<A: MapAccess<'de>>((): &mut (), _: usize, map: &mut A) -> Result<(), A::Error> {
        map.next_value::<IgnoredAny>().map(|_| ())
    }

    fn finish<E: Error>((): (), _: &'static [&'static str]) -> Result<(), E> {
        Ok(())
    }
}

impl<'de, T, Rest> ReadMembers<'de> for (T, Rest)
where
    T: Member + Deserialize<'de>,
    Rest: ReadMembers<'de>,
{
    type Read = (Option<T>, Rest::Read);

    fn read<A: MapAccess<'de>>(
        (value, rest): &mut Self::Read,
        position: usize,
        map: &mut A,
    ) -> Result<(), A::Error> {
        match position.checked_sub(1) {
            None => {
                *value = Some(map.next_value()?);
                Ok(())
            }
            Some(position) => Rest::read(rest, position, map),
        }
    }

    fn finish<E: Error>(
        (value, rest): Self::Read,
        members: &'static [&'static str],
    ) -> Result<Self, E> {
        let value = value.or_else(T::absent);
        let value = value.ok_or_else(|| E::missing_field(members[0]))?;
        Ok((value, Rest::finish(rest, &members[1..])?))
    }
}

/// A list of values that can be read from the JSON texts of the members of an object.
pub trait ReadMembersJson: Sized {
    /// The values, if none is missing; `texts` and `members` are as long as the list.
    ///
    /// # Errors
    ///
    /// Where a value is another, or missing.
    fn read_json(
        texts: &[Option<&str>],
        members: &'static [&'static str],
        levels: u8,
    ) -> Result<Self, Misfit>;
}

impl ReadMembersJson for () {
    fn read_json(_: &[Option<&str>], _: &'static [&'static str], _: u8) -> Result<(), Misfit> {
        Ok(())
    }
}

impl<T: Member, Rest: ReadMembersJson> ReadMembersJson for (T, Rest) {
    fn read_json(
        texts: &[Option<&str>],
        members: &'static [&'static str],
        levels: u8,
    ) -> Result<Self, Misfit> {
        let value = match texts[0] {
            Some(json) => T::read_json(json, levels),
            None => T::absent().ok_or_else(Misfit::missing),
        };
        let value = value.map_err(|misfit| misfit.within(members[0]))?;
        Ok((value, Rest::read_json(&texts[1..], &members[1..], levels)?))
    }
}

/// A list of borrowed values that can be written as the members of an object.
pub trait WriteMembers<'v> {
    /// How many of them are not absent.
    fn present(&self) -> usize;

    /// Writes those that are not absent, under these names.
    ///
    /// # Errors
    ///
    /// What the serializer says.
    fn write<S: SerializeStruct>(
        &self,
        members: &'static [&'static str],
        out: &mut S,
    ) -> Result<(), S::Error>;

    /// Appends those that are not absent as JSON text, each behind a comma.
    fn write_json(&self, members: &'static [&'static str], out: &mut String);

    /// The text of the member of this name in a message.
    fn text_of(&self, members: &'static [&'static str], name: &str) -> Option<Cow<'v, str>>;
}

impl<'v> WriteMembers<'v> for () {
    fn present(&self) -> usize {
        0
    }

    fn write<S: SerializeStruct>(
        &self,
        _: &'static [&'static str],
        _: &mut S,
    ) -> Result<(), S::Error> {
        Ok(())
    }

    fn write_json(&self, _: &'static [&'static str], _: &mut String) {}

    fn text_of(&self, _: &'static [&'static str], _: &str) -> Option<Cow<'v, str>> {
        None
    }
}

impl<'v, T: Member + Serialize, Rest: WriteMembers<'v>> WriteMembers<'v> for (&'v T, Rest) {
    fn present(&self) -> usize {
        usize::from(!self.0.is_absent()) + self.1.present()
    }

    fn write<S: SerializeStruct>(
        &self,
        members: &'static [&'static str],
        out: &mut S,
    ) -> Result<(), S::Error> {
        if self.0.is_absent() {
            out.skip_field(members[0])?;
        } else {
            out.serialize_field(members[0], self.0)?;
        }
        self.1.write(&members[1..], out)
    }

    fn write_json(&self, members: &'static [&'static str], out: &mut String) {
        if !self.0.is_absent() {
            push_member(out, members[0], self.0);
        }
        self.1.write_json(&members[1..], out);
    }

    fn text_of(&self, members: &'static [&'static str], name: &str) -> Option<Cow<'v, str>> {
        if members[0] == name {
            self.0.text()
        } else {
            self.1.text_of(&members[1..], name)
        }
    }
}
