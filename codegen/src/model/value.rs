//! Constants of a catalog, and where the author supplied a value.

use std::fmt;

/// A constant of the catalog: of a column, an example or the envelope.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A text.
    Text(String),
    /// An integer.
    Integer(i64),
    /// A finite number.
    Float(f64),
    /// True or false.
    Bool(bool),
    /// An array.
    List(Vec<Value>),
    /// An object, in the order of the text.
    Map(Vec<(String, Value)>),
}

/// As JSON, members in order.
impl serde::Serialize for Value {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => serializer.serialize_str(text),
            Self::Integer(integer) => serializer.serialize_i64(*integer),
            Self::Float(float) => serializer.serialize_f64(*float),
            Self::Bool(bool) => serializer.serialize_bool(*bool),
            Self::List(values) => serializer.collect_seq(values),
            Self::Map(entries) => {
                serializer.collect_map(entries.iter().map(|(key, value)| (key, value)))
            }
        }
    }
}

/// As JSON, on one line.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&serde_json::to_string(self).map_err(|_| fmt::Error)?)
    }
}

/// A value that the author supplied, and why.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Inferred {
    /// The key of the value, beside it in the catalog.
    pub key: String,
    /// The author's reason.
    pub reason: String,
}

impl Inferred {
    /// Returns the entry of a key.
    pub fn of_key<'a>(entries: &'a [Self], key: &str) -> Option<&'a Self> {
        entries.iter().find(|inferred| inferred.key == key)
    }
}
