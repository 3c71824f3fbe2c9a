//! Reads and writes structs of details.

use alloc::borrow::Cow;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serde::de::{Deserialize, Deserializer, Error as _};
use serde::ser::{Error as _, Serialize, SerializeMap, Serializer};

use crate::body::parsed::RawDetails;
use crate::catalog::envelope::Envelope;
use crate::details::details_error::DetailsError;
use crate::details::duplicates::LastMembers;
use crate::details::visit::{DetailsValue, Node, NodeMut, PlainValue, Visit, VisitMut};
use crate::json::Any;
use crate::json::scanner::{Quoted, Scanner, excerpt};
use crate::json::write::push_text;

/// The maximum depth of typed details: the reader recurses.
const MOST_LEVELS: u8 = 64;

impl dyn Visit + '_ {
    /// Calls `look` with the value and returns its result.
    fn with_node<T: Default>(&self, mut look: impl FnMut(Node<'_>) -> T) -> T {
        let mut result = T::default();
        self.visit(&mut |value| result = look(value));
        result
    }

    /// The JSON text.
    pub(crate) fn json(&self) -> String {
        let mut json = String::new();
        self.write(&mut json);
        json
    }

    /// Appends the JSON text.
    pub(crate) fn write(&self, out: &mut String) {
        self.with_node(|value| match value {
            Node::Object(members) => write_object(members, out),
            Node::Leaf(value) => value.write(out),
        });
    }

    /// The text of a member in a message, if it has one.
    pub(crate) fn text_of(&self, name: &str) -> Option<String> {
        self.with_node(|value| match value {
            Node::Object(members) => {
                let (_, member) = members.iter().find(|(other, _)| *other == name)?;
                member.text()
            }
            Node::Leaf(_) => None,
        })
    }

    /// Whether the value is a struct.
    pub(crate) fn is_object(&self) -> bool {
        self.with_node(|value| matches!(value, Node::Object(_)))
    }

    /// The names of a struct's members.
    pub(crate) fn names(&self) -> Vec<String> {
        self.with_node(|value| match value {
            Node::Object(members) => members.iter().map(|(name, _)| (*name).into()).collect(),
            Node::Leaf(_) => Vec::new(),
        })
    }

    /// Whether a member of this type is optional.
    fn is_optional(&self) -> bool {
        self.with_node(|value| matches!(value, Node::Leaf(value) if value.is_optional()))
    }

    /// Whether a member with this value is left out.
    fn is_absent(&self) -> bool {
        self.with_node(|value| matches!(value, Node::Leaf(value) if value.is_absent()))
    }

    /// Whether the next value of the text is of this type.
    pub(super) fn fits(&self, json: &mut Scanner<'_>, levels: u8) -> bool {
        self.with_node(|value| match value {
            Node::Object(members) => fits_object(members, json, levels),
            Node::Leaf(value) => value.fits(json, levels),
        })
    }

    /// The value's text in a message, if it has one.
    pub(super) fn text(&self) -> Option<String> {
        self.with_node(|value| match value {
            Node::Object(_) => None,
            Node::Leaf(value) => value.text().map(Cow::into_owned),
        })
    }
}

impl dyn VisitMut + '_ {
    /// Replaces the value with the next one of the text.
    pub(super) fn read(&mut self, json: &mut Scanner<'_>, levels: u8) -> Result<(), DetailsError> {
        let mut read = Ok(());
        self.visit_mut(&mut |value| {
            read = match value {
                NodeMut::Object(members) => read_object(members, json, levels),
                NodeMut::Leaf(value) => value.read(json, levels),
            };
        });
        read
    }
}

/// Reads details from a body.
///
/// # Errors
///
/// Fails if the details of the body are of another type, or are required and missing.
pub(crate) fn read_details(
    envelope: &Envelope<'_>,
    details: NodeMut<'_, '_>,
    raw: Option<RawDetails<'_>>,
) -> Result<(), DetailsError> {
    match (details, raw) {
        (NodeMut::Object(members), Some(raw)) => match raw.first {
            Some(first) => {
                let json = &mut Scanner::from(raw.json, first);
                read_members(members, json, MOST_LEVELS - 1, true)
            }
            None => read_object(members, &mut Scanner::new(raw.json), MOST_LEVELS),
        },
        (NodeMut::Leaf(value), Some(raw)) => {
            let json = envelope.without_own_members(raw.at, raw.json);
            value.read(&mut Scanner::new(&json), MOST_LEVELS)
        }
        (NodeMut::Leaf(value), None) if value.is_optional() => Ok(()),
        (_, None) => Err(DetailsError::new("missing")),
    }
}

/// Whether the details of a body are of a type.
pub fn fits_details(envelope: &Envelope<'_>, details: &dyn Visit, raw: RawDetails<'_>) -> bool {
    details.with_node(|node| match node {
        Node::Object(members) => match raw.first {
            Some(first) => {
                let json = &mut Scanner::from(raw.json, first);
                fits_members(members, json, MOST_LEVELS - 1, true)
            }
            None => fits_object(members, &mut Scanner::new(raw.json), MOST_LEVELS),
        },
        Node::Leaf(value) => {
            let json = envelope.without_own_members(raw.at, raw.json);
            value.fits(&mut Scanner::new(&json), MOST_LEVELS)
        }
    })
}

/// Reads the next value into a blank struct. Ignores unknown members; the last of duplicate members counts.
///
/// # Errors
///
/// Fails if the value or a member is of another type, or a required member is missing.
fn read_object(
    members: &mut [(&'static str, &mut dyn VisitMut)],
    json: &mut Scanner<'_>,
    levels: u8,
) -> Result<(), DetailsError> {
    let levels = one_level_less(levels)?;
    if json.peek() != b'{' {
        return Err(unexpected("an object", json));
    }
    let more = json.open(b'}');
    read_members(members, json, levels, more)
}

/// As [`read_object`], from a member on, if there is one more.
fn read_members(
    members: &mut [(&'static str, &mut dyn VisitMut)],
    json: &mut Scanner<'_>,
    levels: u8,
    mut more: bool,
) -> Result<(), DetailsError> {
    let mut expected = 0;
    let mut seen = 0_u64;
    let mut last = LastMembers::default();
    while more {
        let name = json.name()?;
        if let Some(index) = position(members, expected, name) {
            expected = index + 1;
            let (name, member) = &mut members[index];
            if seen & (1 << index) != 0 {
                member.clear();
            }
            seen |= 1 << index;
            let start = json.at();
            if let Err(error) = member.read(json, levels)
                && !last.replace(json, start, name)
            {
                return Err(error.within(name));
            }
        } else {
            json.pass()?;
        }
        more = json.more(b'}')?;
    }
    let is_optional = |member: &&mut dyn VisitMut| (&**member as &dyn Visit).is_optional();
    match missing(members, seen, is_optional) {
        Some(member) => Err(DetailsError::new("missing").within(member)),
        None => Ok(()),
    }
}

/// Whether the next value is an object with the members of a struct.
fn fits_object(members: &[(&str, &dyn Visit)], json: &mut Scanner<'_>, levels: u8) -> bool {
    let Ok(levels) = one_level_less(levels) else {
        return false;
    };
    if json.peek() != b'{' {
        return false;
    }
    let more = json.open(b'}');
    fits_members(members, json, levels, more)
}

/// As [`fits_object`], from a member on, if there is one more.
fn fits_members(
    members: &[(&str, &dyn Visit)],
    json: &mut Scanner<'_>,
    levels: u8,
    mut more: bool,
) -> bool {
    let mut expected = 0;
    let mut seen = 0_u64;
    let mut last = LastMembers::default();
    while more {
        let Ok(name) = json.name() else { return false };
        let fits = match position(members, expected, name) {
            Some(index) => {
                expected = index + 1;
                seen |= 1 << index;
                let (name, member) = members[index];
                let start = json.at();
                member.fits(json, levels) || last.replace(json, start, name)
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

/// The index of the member of this name. Tries the expected index first: most bodies have the order of the type.
#[inline]
fn position<T>(members: &[(&str, T)], expected: usize, name: Quoted<'_>) -> Option<usize> {
    let name = name.text()?;
    let is_it = |(member, _): &(&str, T)| name == *member;
    if members.get(expected).is_some_and(is_it) {
        return Some(expected);
    }
    members.iter().position(is_it)
}

/// The name of the first required member that is not among the seen ones.
fn missing<'n, T>(
    members: &[(&'n str, T)],
    seen: u64,
    is_optional: impl Fn(&T) -> bool,
) -> Option<&'n str> {
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

/// Appends a struct as a JSON object, without absent members.
fn write_object(members: &[(&str, &dyn Visit)], out: &mut String) {
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

/// The `Serialize` of every struct, and of each value inside one.
///
/// Uses only the data model of serde. The values of `serde_json` contain types of its own if a program turns on
/// certain features of that crate, and other formats write those as they are.
///
/// # Errors
///
/// Returns the errors of the serializer.
pub fn serialize<S: Serializer>(value: &dyn Visit, serializer: S) -> Result<S::Ok, S::Error> {
    let mut serializer = Some(serializer);
    let mut result = None;
    value.visit(&mut |node| {
        if let Some(serializer) = serializer.take() {
            result = Some(match node {
                Node::Object(members) => {
                    let present = || members.iter().filter(|(_, member)| !member.is_absent());
                    let members = present().map(|(name, member)| (*name, Serialized(*member)));
                    serialize_members(present().count(), members, serializer)
                }
                Node::Leaf(value) => serialize_plain(value.plain(), serializer),
            });
        }
    });
    result.unwrap_or_else(|| Err(S::Error::custom("not a value")))
}

fn serialize_plain<S: Serializer>(value: PlainValue<'_>, serializer: S) -> Result<S::Ok, S::Error> {
    match value {
        PlainValue::Null => serializer.serialize_none(),
        PlainValue::Bool(value) => serializer.serialize_bool(value),
        PlainValue::Unsigned(value) => serializer.serialize_u64(value),
        PlainValue::Signed(value) => serializer.serialize_i64(value),
        PlainValue::Float(value) => serializer.serialize_f64(value),
        PlainValue::Text(text) => serializer.serialize_str(text),
        PlainValue::List(items) => serializer.collect_seq(items.into_iter().map(Serialized)),
        PlainValue::Map(members) => {
            let length = members.len();
            let members = members.into_iter();
            let members = members.map(|(name, member)| (name, Serialized(member)));
            serialize_members(length, members, serializer)
        }
        PlainValue::Same(value) => serialize(value, serializer),
    }
}

fn serialize_members<'v, S: Serializer>(
    length: usize,
    members: impl Iterator<Item = (&'v str, Serialized<'v>)>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(length))?;
    for (name, member) in members {
        map.serialize_entry(name, &member)?;
    }
    map.end()
}

/// A value for serde.
struct Serialized<'v>(&'v dyn Visit);

impl Serialize for Serialized<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize(self.0, serializer)
    }
}

/// The `Deserialize` of every struct.
///
/// # Errors
///
/// Returns the errors of the deserializer, and fails if the value is of another type.
pub fn deserialize<'de, O: DetailsValue, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<O, D::Error> {
    let mut object = O::blank();
    read_into(&mut object, deserializer)?;
    Ok(object)
}

fn read_into<'de, D: Deserializer<'de>>(
    object: &mut dyn VisitMut,
    deserializer: D,
) -> Result<(), D::Error> {
    let json = Any::deserialize(deserializer)?.to_string();
    let read = object.read(&mut Scanner::new(&json), MOST_LEVELS);
    read.map_err(D::Error::custom)
}

/// The error for a next value that is not the expected one.
pub(super) fn unexpected(expected: &str, json: &mut Scanner<'_>) -> DetailsError {
    match json.value() {
        Ok(value) => found(expected, value),
        Err(error) => error.into(),
    }
}

/// The error for a value that is not the expected one, with its beginning.
pub(super) fn found(expected: &str, value: &str) -> DetailsError {
    DetailsError::new(alloc::format!(
        "expected {expected}, found {}",
        excerpt(value)
    ))
}

/// The levels that may nest inside an object or a list.
///
/// # Errors
///
/// Fails if the value nests too deep.
pub(super) fn one_level_less(levels: u8) -> Result<u8, DetailsError> {
    levels
        .checked_sub(1)
        .ok_or_else(|| DetailsError::new("nested too deep"))
}

/// Appends a member.
pub(super) fn push_member(out: &mut String, name: &str, value: &dyn Visit) {
    push_text(out, name);
    out.push(':');
    value.write(out);
}

/// Appends the closing bracket of an object or a list. `before` is the character to put before the next member or
/// item; if it is still the opening bracket, appends that first.
pub(super) fn close(out: &mut String, before: char, [open, close]: [char; 2]) {
    if before == open {
        out.push(open);
    }
    out.push(close);
}
