//! Objects with known members, read and written without serde's derives.
//!
//! A derive gives each struct a visitor of its own, which rustc checks and stores for each anew: ten
//! milliseconds and more. Here a struct says what its members are, as a list of pairs that ends in
//! `()`, and the visitor is written once, for any list. Like derived code, it reads as the text comes
//! and keeps nothing aside; unlike it, it takes the last of a member that comes twice, as JSON parsers
//! do, and no sequence for an object.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::marker::PhantomData;

use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor,
};
use serde::ser::{Serialize, SerializeStruct, Serializer};

use crate::json::{Any, Optional};

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
    fn values(&self) -> impl WriteMembers;
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
}

impl<T: Object> Member for T {}
impl Member for bool {}
impl Member for u32 {}
impl Member for u64 {}
impl Member for i64 {}
impl Member for f64 {}
impl Member for String {}
impl Member for Any {}
impl<T> Member for Vec<T> {}
impl<T> Member for BTreeMap<String, T> {}

impl<T> Member for Optional<T> {
    fn absent() -> Option<Self> {
        Some(Self::Absent)
    }

    fn is_absent(&self) -> bool {
        self.is_absent()
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

/// A list of borrowed values that can be written as the members of an object.
pub trait WriteMembers {
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
}

impl WriteMembers for () {
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
}

impl<T: Member + Serialize, Rest: WriteMembers> WriteMembers for (&T, Rest) {
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
}
