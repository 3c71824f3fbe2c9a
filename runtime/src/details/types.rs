//! Types of details that are not structs.

use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serde_json::Number;

use crate::details::details_error::DetailsError;
use crate::details::duplicates::LastMembers;
use crate::details::structs::{close, found, one_level_less, push_member, unexpected};
use crate::details::visit::{
    DetailsValue, Leaf, Node, NodeMut, PlainValue, Visit, VisitMut, Visitor, VisitorMut,
};
use crate::json::scanner::{Quoted, Scanner};
use crate::json::write::{push_number, push_serialized, push_text};
use crate::json::{Any, Optional};

/// Implements [`DetailsValue`] for types that implement [`Leaf`], each with its item type and blank value.
macro_rules! leaves {
    ($($leaf:ty $(, $item:ident)? = $blank:expr;)*) => {
        $(
            impl $(<$item: DetailsValue>)? Visit for $leaf {
                fn visit(&self, visitor: &mut Visitor<'_>) {
                    visitor(Node::Leaf(self));
                }
            }

            impl $(<$item: DetailsValue>)? VisitMut for $leaf {
                fn visit_mut(&mut self, visitor: &mut VisitorMut<'_>) {
                    visitor(NodeMut::Leaf(self));
                }

                fn clear(&mut self) {
                    *self = $blank;
                }
            }

            impl $(<$item: DetailsValue>)? DetailsValue for $leaf {
                fn blank() -> Self {
                    $blank
                }
            }
        )*
    };
}

leaves! {
    bool = false;
    u32 = 0;
    u64 = 0;
    i64 = 0;
    f64 = 0.0;
    String = Self::new();
    Any = Self::Null;
    Vec<T>, T = Self::new();
    BTreeMap<String, T>, T = Self::new();
    Option<T>, T = None;
    Optional<T>, T = Self::Absent;
}

/// A box is its content.
impl<T: DetailsValue> Visit for Box<T> {
    fn visit(&self, visitor: &mut Visitor<'_>) {
        (**self).visit(visitor);
    }
}

impl<T: DetailsValue> VisitMut for Box<T> {
    fn visit_mut(&mut self, visitor: &mut VisitorMut<'_>) {
        (**self).visit_mut(visitor);
    }

    fn clear(&mut self) {
        (**self).clear();
    }
}

impl<T: DetailsValue> DetailsValue for Box<T> {
    fn blank() -> Self {
        Self::new(T::blank())
    }
}

impl Leaf for bool {
    fn read(&mut self, json: &mut Scanner<'_>, _: u8) -> Result<(), DetailsError> {
        *self = match json.value()? {
            "true" => true,
            "false" => false,
            other => return Err(found("true or false", other)),
        };
        Ok(())
    }

    fn fits(&self, json: &mut Scanner<'_>, _: u8) -> bool {
        matches!(json.value(), Ok("true" | "false"))
    }

    fn write(&self, out: &mut String) {
        out.push_str(if *self { "true" } else { "false" });
    }

    fn plain(&self) -> PlainValue<'_> {
        PlainValue::Bool(*self)
    }

    fn text(&self) -> Option<Cow<'_, str>> {
        Some(if *self { "true" } else { "false" }.into())
    }
}

macro_rules! integers {
    ($($integer:ident = $plain:ident)*) => {
        $(
            impl Leaf for $integer {
                fn read(&mut self, json: &mut Scanner<'_>, _: u8) -> Result<(), DetailsError> {
                    let text = json.value()?;
                    *self = text.parse().map_err(|_| found(stringify!($integer), text))?;
                    Ok(())
                }

                fn fits(&self, json: &mut Scanner<'_>, _: u8) -> bool {
                    json.value().is_ok_and(|text| text.parse::<Self>().is_ok())
                }

                fn write(&self, out: &mut String) {
                    push_number(out, (*self).into());
                }

                fn plain(&self) -> PlainValue<'_> {
                    PlainValue::$plain((*self).into())
                }

                fn text(&self) -> Option<Cow<'_, str>> {
                    Some(self.to_string().into())
                }
            }
        )*
    };
}

integers! { u32 = Unsigned u64 = Unsigned i64 = Signed }

impl Leaf for f64 {
    fn read(&mut self, json: &mut Scanner<'_>, _: u8) -> Result<(), DetailsError> {
        let text = json.value()?;
        *self = serde_json::from_str(text).map_err(|_| found("f64", text))?;
        Ok(())
    }

    fn fits(&self, json: &mut Scanner<'_>, _: u8) -> bool {
        json.value()
            .is_ok_and(|text| serde_json::from_str::<Self>(text).is_ok())
    }

    fn write(&self, out: &mut String) {
        push_serialized(out, self);
    }

    fn plain(&self) -> PlainValue<'_> {
        PlainValue::Float(*self)
    }

    /// As in JSON.
    fn text(&self) -> Option<Cow<'_, str>> {
        serde_json::to_string(self).ok().map(Cow::Owned)
    }
}

impl Leaf for String {
    fn read(&mut self, json: &mut Scanner<'_>, _: u8) -> Result<(), DetailsError> {
        if json.peek() != b'"' {
            return Err(unexpected("a string", json));
        }
        let quoted = json.string()?;
        let text = quoted
            .text()
            .ok_or_else(|| found("a string", &quoted.json()))?;
        *self = text.into_owned();
        Ok(())
    }

    fn fits(&self, json: &mut Scanner<'_>, _: u8) -> bool {
        json.string().is_ok_and(|quoted| quoted.text().is_some())
    }

    fn write(&self, out: &mut String) {
        push_text(out, self);
    }

    fn plain(&self) -> PlainValue<'_> {
        PlainValue::Text(self)
    }

    fn text(&self) -> Option<Cow<'_, str>> {
        Some(self.into())
    }
}

impl Leaf for Any {
    fn read(&mut self, json: &mut Scanner<'_>, _: u8) -> Result<(), DetailsError> {
        let read = serde_json::from_str(json.value()?);
        *self = read.map_err(|error| DetailsError::new(error.to_string()))?;
        Ok(())
    }

    /// Whether the value can be read: it has no half of a surrogate pair, no number that is out of range, and does not
    /// nest too deep.
    fn fits(&self, json: &mut Scanner<'_>, _: u8) -> bool {
        json.value()
            .is_ok_and(|text| serde_json::from_str::<Self>(text).is_ok())
    }

    fn write(&self, out: &mut String) {
        push_serialized(out, self);
    }

    fn plain(&self) -> PlainValue<'_> {
        match self {
            Self::Null => PlainValue::Null,
            Self::Bool(value) => PlainValue::Bool(*value),
            Self::Number(number) => plain_number(number),
            Self::String(text) => PlainValue::Text(text),
            Self::Array(items) => PlainValue::List(items.iter().map(visit).collect()),
            Self::Object(members) => {
                let members = members.iter();
                let members = members.map(|(name, value)| (name.as_str(), visit(value)));
                PlainValue::Map(members.collect())
            }
        }
    }
}

impl<T: DetailsValue> Leaf for Vec<T> {
    fn read(&mut self, json: &mut Scanner<'_>, levels: u8) -> Result<(), DetailsError> {
        let levels = one_level_less(levels)?;
        if json.peek() != b'[' {
            return Err(unexpected("a list", json));
        }
        self.clear();
        let mut more = json.open(b']');
        while more {
            let mut item = T::blank();
            let read = visit_mut(&mut item).read(json, levels);
            read.map_err(|error| error.within(self.len()))?;
            self.push(item);
            more = json.more(b']')?;
        }
        Ok(())
    }

    fn fits(&self, json: &mut Scanner<'_>, levels: u8) -> bool {
        fits_list(&T::blank(), json, levels)
    }

    fn write(&self, out: &mut String) {
        let mut before = '[';
        for item in self {
            out.push(before);
            visit(item).write(out);
            before = ',';
        }
        close(out, before, ['[', ']']);
    }

    fn plain(&self) -> PlainValue<'_> {
        PlainValue::List(self.iter().map(visit).collect())
    }
}

impl<T: DetailsValue> Leaf for BTreeMap<String, T> {
    fn read(&mut self, json: &mut Scanner<'_>, levels: u8) -> Result<(), DetailsError> {
        let levels = one_level_less(levels)?;
        if json.peek() != b'{' {
            return Err(unexpected("an object", json));
        }
        self.clear();
        let mut last = LastMembers::default();
        let mut more = json.open(b'}');
        while more {
            let name = json.name()?;
            let name = name.text().ok_or_else(|| found("a name", &name.json()))?;
            let mut value = T::blank();
            let start = json.at();
            match visit_mut(&mut value).read(json, levels) {
                Ok(()) => {
                    self.insert(name.into_owned(), value);
                }
                Err(_) if last.replace(json, start, &name) => {}
                Err(error) => return Err(error.within(&name)),
            }
            more = json.more(b'}')?;
        }
        Ok(())
    }

    fn fits(&self, json: &mut Scanner<'_>, levels: u8) -> bool {
        fits_map(&T::blank(), json, levels)
    }

    fn write(&self, out: &mut String) {
        let mut before = '{';
        for (name, value) in self {
            out.push(before);
            push_member(out, name, value);
            before = ',';
        }
        close(out, before, ['{', '}']);
    }

    fn plain(&self) -> PlainValue<'_> {
        let members = self.iter();
        let members = members.map(|(name, value)| (name.as_str(), visit(value)));
        PlainValue::Map(members.collect())
    }
}

impl<T: DetailsValue> Leaf for Option<T> {
    fn read(&mut self, json: &mut Scanner<'_>, levels: u8) -> Result<(), DetailsError> {
        *self = if is_null(json) {
            None
        } else {
            let mut value = T::blank();
            visit_mut(&mut value).read(json, levels)?;
            Some(value)
        };
        Ok(())
    }

    fn fits(&self, json: &mut Scanner<'_>, levels: u8) -> bool {
        is_null(json) || visit(&T::blank()).fits(json, levels)
    }

    fn write(&self, out: &mut String) {
        match self {
            Some(value) => visit(value).write(out),
            None => out.push_str("null"),
        }
    }

    fn plain(&self) -> PlainValue<'_> {
        self.as_ref()
            .map_or(PlainValue::Null, |value| PlainValue::Same(visit(value)))
    }
}

impl<T: DetailsValue> Leaf for Optional<T> {
    fn is_optional(&self) -> bool {
        true
    }

    fn is_absent(&self) -> bool {
        self.is_absent()
    }

    fn read(&mut self, json: &mut Scanner<'_>, levels: u8) -> Result<(), DetailsError> {
        let mut value = None;
        Option::<T>::read(&mut value, json, levels)?;
        *self = value.map_or(Self::Null, Self::Value);
        Ok(())
    }

    fn fits(&self, json: &mut Scanner<'_>, levels: u8) -> bool {
        is_null(json) || visit(&T::blank()).fits(json, levels)
    }

    fn write(&self, out: &mut String) {
        match self {
            Self::Value(value) => visit(value).write(out),
            Self::Absent | Self::Null => out.push_str("null"),
        }
    }

    fn plain(&self) -> PlainValue<'_> {
        self.as_ref()
            .map_or(PlainValue::Null, |value| PlainValue::Same(visit(value)))
    }

    fn text(&self) -> Option<Cow<'_, str>> {
        visit(self.as_ref()?).text().map(Cow::Owned)
    }
}

/// A list, a map or an optional value of a type, without content. The generator checks bodies with it.
pub enum EmptyContainer<'t> {
    List(&'t dyn Visit),
    Map(&'t dyn Visit),
    Optional(&'t dyn Visit),
}

impl Leaf for EmptyContainer<'_> {
    fn is_optional(&self) -> bool {
        matches!(self, Self::Optional(_))
    }

    /// Checks the type of the next value and drops it.
    fn read(&mut self, json: &mut Scanner<'_>, levels: u8) -> Result<(), DetailsError> {
        if self.fits(json, levels) {
            return Ok(());
        }
        Err(DetailsError::new("a value of another type"))
    }

    fn fits(&self, json: &mut Scanner<'_>, levels: u8) -> bool {
        match *self {
            Self::List(item) => fits_list(item, json, levels),
            Self::Map(value) => fits_map(value, json, levels),
            Self::Optional(value) => is_null(json) || value.fits(json, levels),
        }
    }

    fn write(&self, out: &mut String) {
        out.push_str(match self {
            Self::List(_) => "[]",
            Self::Map(_) => "{}",
            Self::Optional(_) => "null",
        });
    }

    fn plain(&self) -> PlainValue<'_> {
        match self {
            Self::List(_) => PlainValue::List(Vec::new()),
            Self::Map(_) => PlainValue::Map(Vec::new()),
            Self::Optional(_) => PlainValue::Null,
        }
    }
}

/// Whether the next value is a list of items of a type.
fn fits_list(item: &dyn Visit, json: &mut Scanner<'_>, levels: u8) -> bool {
    let Ok(levels) = one_level_less(levels) else {
        return false;
    };
    if json.peek() != b'[' {
        return false;
    }
    let mut more = json.open(b']');
    while more {
        if !item.fits(json, levels) {
            return false;
        }
        more = matches!(json.more(b']'), Ok(true));
    }
    true
}

/// Whether the next value is an object whose members are of a type.
fn fits_map(value: &dyn Visit, json: &mut Scanner<'_>, levels: u8) -> bool {
    let Ok(levels) = one_level_less(levels) else {
        return false;
    };
    if json.peek() != b'{' {
        return false;
    }
    let mut last = LastMembers::default();
    let mut more = json.open(b'}');
    while more {
        let Some(name) = json.name().ok().and_then(Quoted::text) else {
            return false;
        };
        let start = json.at();
        if !value.fits(json, levels) && !last.replace(json, start, &name) {
            return false;
        }
        more = matches!(json.more(b'}'), Ok(true));
    }
    true
}

fn visit<'a>(value: &'a (impl DetailsValue + 'a)) -> &'a dyn Visit {
    value
}

fn visit_mut<'a>(value: &'a mut (impl DetailsValue + 'a)) -> &'a mut dyn VisitMut {
    value
}

/// A number of serde. One of more than 64 bits, which `serde_json` holds if a program turns on its feature
/// `arbitrary_precision`, is rounded.
fn plain_number(number: &Number) -> PlainValue<'static> {
    if let Some(number) = number.as_u64() {
        return PlainValue::Unsigned(number);
    }
    if let Some(number) = number.as_i64() {
        return PlainValue::Signed(number);
    }
    // `as_f64` refuses what it rounds to infinity.
    let float = number.as_f64().or_else(|| number.to_string().parse().ok());
    float.map_or(PlainValue::Null, PlainValue::Float)
}

/// Skips `null`, if it is the next value.
fn is_null(json: &mut Scanner<'_>) -> bool {
    json.peek() == b'n' && json.pass().is_ok()
}

#[cfg(test)]
mod tests {
    use alloc::boxed::Box;
    use alloc::collections::BTreeMap;
    use alloc::string::String;
    use alloc::vec::Vec;

    use super::EmptyContainer;
    use crate::body::parsed::RawDetails;
    use crate::catalog::envelope::Envelope;
    use crate::details::structs::{fits_details, read_details};
    use crate::details::visit::{
        DetailsValue, Node, NodeMut, Visit, VisitMut, Visitor, VisitorMut,
    };
    use crate::json::{Any, Optional};

    /// A type of a model, such as the generator's.
    enum ModelType {
        Text,
        List(&'static Self),
        Optional(&'static Self),
        /// A node with a name and optional children.
        Tree,
    }

    impl Visit for ModelType {
        fn visit(&self, visitor: &mut Visitor<'_>) {
            match *self {
                Self::Text => visitor(Node::Leaf(&String::new())),
                Self::List(item) => visitor(Node::Leaf(&EmptyContainer::List(item))),
                Self::Optional(value) => visitor(Node::Leaf(&EmptyContainer::Optional(value))),
                Self::Tree => visitor(Node::Object(&[
                    ("name", &Self::Text),
                    ("children", &Self::Optional(&Self::List(&Self::Tree))),
                ])),
            }
        }
    }

    #[test]
    fn type_without_value_fits_as_its_values_do() {
        let fits = |json| {
            let raw = RawDetails {
                json,
                at: 0,
                first: None,
            };
            fits_details(&Envelope::EMPTY, &ModelType::Tree, raw)
        };
        assert!(fits(
            r#"{"name":"a","children":[{"name":"b","children":null}]}"#
        ));
        assert!(fits(r#"{"name":"a","other":1}"#));
        assert!(!fits(r#"{"name":"a","children":[{}]}"#));
        assert!(!fits(r#"{"name":"a","children":{}}"#));
        assert!(!fits("[]"));
    }

    fn raw(json: &str) -> RawDetails<'_> {
        RawDetails {
            json,
            at: 0,
            first: None,
        }
    }

    /// Reads details, and asserts that they fit if and only if they can be read.
    #[track_caller]
    fn read<T: DetailsValue>(json: &str) -> Option<T> {
        let mut value = T::blank();
        let fits = fits_details(&Envelope::EMPTY, &value, raw(json));
        let mut result = None;
        value.visit_mut(&mut |node| {
            result = Some(read_details(&Envelope::EMPTY, node, Some(raw(json))));
        });
        let is_read = result.is_some_and(|read| read.is_ok());
        assert_eq!(fits, is_read, "{} {json}", core::any::type_name::<T>());
        is_read.then_some(value)
    }

    /// A struct of details.
    #[derive(Debug, PartialEq)]
    struct Object {
        any: Any,
        list: Optional<Vec<u32>>,
        map: Optional<BTreeMap<String, f64>>,
        inner: Optional<Box<Self>>,
    }

    impl Visit for Object {
        fn visit(&self, visitor: &mut Visitor<'_>) {
            visitor(Node::Object(&[
                ("any", &self.any),
                ("list", &self.list),
                ("map", &self.map),
                ("inner", &self.inner),
            ]));
        }
    }

    impl VisitMut for Object {
        fn visit_mut(&mut self, visitor: &mut VisitorMut<'_>) {
            visitor(NodeMut::Object(&mut [
                ("any", &mut self.any),
                ("list", &mut self.list),
                ("map", &mut self.map),
                ("inner", &mut self.inner),
            ]));
        }

        fn clear(&mut self) {
            *self = Self::blank();
        }
    }

    impl DetailsValue for Object {
        fn blank() -> Self {
            Self {
                any: Any::Null,
                list: Optional::Absent,
                map: Optional::Absent,
                inner: Optional::Absent,
            }
        }
    }

    #[test]
    fn details_fit_if_they_can_be_read() {
        let deep = |levels| ["[".repeat(levels), "]".repeat(levels)].concat();
        let (shallow, deep) = (deep(63), deep(200));
        let values = [
            "null",
            "true",
            "0",
            "-0",
            "-0.0",
            "1.0",
            "1e0",
            "-1",
            "4294967295",
            "4294967296",
            "18446744073709551615",
            "18446744073709551616",
            "1e308",
            "1e400",
            "-1e400",
            "1e-400",
            r#""a""#,
            r#""\ud800""#,
            r#""\ud83d\ude00""#,
            "[]",
            "[1]",
            "[1e400]",
            r#"["\udc00"]"#,
            "{}",
            r#"{"a":1}"#,
            r#"{"\ud800":1}"#,
            r#"{"a":1e400,"a":1}"#,
            r#"{"a":"x","a":1}"#,
            &shallow,
            &deep,
        ];
        for value in values {
            read::<bool>(value);
            read::<u32>(value);
            read::<u64>(value);
            read::<i64>(value);
            read::<f64>(value);
            read::<String>(value);
            read::<Any>(value);
            read::<Option<Any>>(value);
            read::<Vec<Any>>(value);
            read::<Vec<u32>>(value);
            read::<Option<Vec<Vec<f64>>>>(value);
            read::<BTreeMap<String, Any>>(value);
            read::<BTreeMap<String, f64>>(value);
            read::<Object>(value);
            for name in ["any", "list", "map", "inner", "other"] {
                let json = alloc::format!(r#"{{"any":1,"{name}":{value}}}"#);
                read::<Object>(&json);
                read::<Object>(&alloc::format!(r#"{{"{name}":{value},"any":1}}"#));
                read::<Object>(&alloc::format!(r#"{{"any":1,"inner":{json}}}"#));
            }
        }
        assert_eq!(read::<Any>(r#""\ud800""#), None);
        assert_eq!(read::<Any>("1e400"), None);
    }

    #[test]
    fn last_of_duplicate_members_counts() {
        fn map(json: &str) -> Option<Vec<(String, u32)>> {
            Some(read::<BTreeMap<String, u32>>(json)?.into_iter().collect())
        }
        assert_eq!(map(r#"{"a":"x","a":1}"#), Some([("a".into(), 1)].into()));
        assert_eq!(
            map(r#"{"a":[{}],"\u0061":"y","a":1}"#),
            Some([("a".into(), 1)].into())
        );
        assert_eq!(map(r#"{"a":1,"a":"x"}"#), None);
        assert_eq!(map(r#"{"a":"x","b":1}"#), None);
        assert_eq!(map(r#"{"a":"x","b":"y","a":1}"#), None);

        let object = |json| read::<Object>(json);
        let plain = object(r#"{"any":1,"list":[2]}"#);
        assert!(plain.is_some());
        assert_eq!(
            object(r#"{"list":5,"any":1e400,"x":{},"list":[2],"any":1}"#),
            plain
        );
        assert_eq!(object(r#"{"list":[1,"x"],"any":1,"list":[2]}"#), plain);
        assert_eq!(object(r#"{"inner":{"list":1},"any":1,"inner":1}"#), None);
        let nested =
            object(r#"{"inner":{"list":1,"list":null,"any":0},"inner":1,"any":1,"inner":null}"#);
        assert_eq!(nested.map(|object| object.inner), Some(Optional::Null));
        // A part of a value that is replaced is not kept.
        let list = object(r#"{"any":1,"map":{"a":1,"b":"x"},"map":{"c":2}}"#);
        let list = list.and_then(|object| object.map.into_option());
        assert_eq!(list, Some(BTreeMap::from([("c".into(), 2.0)])));
    }

    /// Each failing member would scan the rest of the object, which takes the square of its length.
    #[test]
    fn many_duplicates_take_time_in_proportion() {
        use core::fmt::Write;
        let mut json = String::from("{");
        for value in ["\"x\"", "1"] {
            for name in 0..50_000 {
                write!(json, "\"{name}\":{value},").expect("writing to a string does not fail");
            }
        }
        json.push_str("\"end\":0}");
        let read = read::<BTreeMap<String, u32>>(&json);
        assert_eq!(read.map(|map| map.len()), Some(50_001));
    }
}
