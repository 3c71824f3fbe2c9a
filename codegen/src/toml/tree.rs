//! A TOML document as a tree: tables in the order of the text, each value with its span.
//!
//! The tree is converted by hand, not through serde: serde loses the spans of values that are a text or
//! a list of texts, and of columns that a catalog declares itself. `toml` loses the order of the text.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A TOML table in the order of its text.
#[derive(Clone, Debug)]
pub(crate) struct TomlTable {
    pub(crate) span: Range<usize>,
    pub(crate) entries: Vec<KeyValue>,
    /// The indexes of the entries in the order of their keys; empty where there are few.
    by_key: Vec<u32>,
}

/// A key and its value.
#[derive(Clone, Debug)]
pub(crate) struct KeyValue {
    pub(crate) key: String,
    pub(crate) key_span: Range<usize>,
    pub(crate) value: TomlValue,
}

/// A value and its place.
#[derive(Clone, Debug)]
pub(crate) struct TomlValue {
    pub(crate) span: Range<usize>,
    pub(crate) kind: TomlKind,
}

/// What a value is.
#[derive(Clone, Debug)]
pub(crate) enum TomlKind {
    Text(String),
    /// `None` where it does not fit 64 bits.
    Integer(Option<i64>),
    Float(f64),
    Bool(bool),
    Datetime,
    List(Vec<TomlValue>),
    Table(TomlTable),
}

impl TomlKind {
    /// What TOML calls it, with an article.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Text(_) => "a string",
            Self::Integer(_) => "an integer",
            Self::Float(_) => "a float",
            Self::Bool(_) => "a boolean",
            Self::Datetime => "a date or time",
            Self::List(_) => "an array",
            Self::Table(_) => "a table",
        }
    }
}

impl TomlTable {
    /// Up to so many entries, to look through them takes less than any order would.
    const FEW: usize = 8;

    fn new(span: Range<usize>, entries: Vec<KeyValue>) -> Self {
        let mut by_key: Vec<u32> = Vec::new();
        if entries.len() > Self::FEW {
            by_key.extend((0..).zip(&entries).map(|(index, _)| index));
            by_key.sort_by(|a, b| entries[*a as usize].key.cmp(&entries[*b as usize].key));
        }
        Self {
            span,
            entries,
            by_key,
        }
    }

    /// The same table, with other keys where `meant` gives some.
    pub(crate) fn renamed(&self, meant: impl Fn(&str) -> Option<String>) -> Self {
        let rename = |entry: &KeyValue| KeyValue {
            key: meant(&entry.key).unwrap_or_else(|| entry.key.clone()),
            ..entry.clone()
        };
        Self::new(self.span.clone(), self.entries.iter().map(rename).collect())
    }

    pub(crate) fn get(&self, key: &str) -> Option<&KeyValue> {
        if self.entries.len() <= Self::FEW {
            return self.entries.iter().find(|entry| entry.key == key);
        }
        let entry = |index: &u32| &self.entries[*index as usize];
        let found = self
            .by_key
            .binary_search_by(|index| entry(index).key.as_str().cmp(key));
        found.ok().map(|found| entry(&self.by_key[found]))
    }

    /// Whether it stands in braces: its keys are inside of its span. The span of a table under a
    /// header is the header.
    pub(super) fn is_inline(&self) -> bool {
        self.entries
            .first()
            .is_some_and(|entry| self.span.contains(&entry.key_span.start))
    }
}

impl TomlValue {
    pub(crate) fn as_table(&self) -> Option<&TomlTable> {
        match &self.kind {
            TomlKind::Table(table) => Some(table),
            _ => None,
        }
    }
}

pub(super) fn convert_table(span: Range<usize>, table: DeTable<'_>) -> TomlTable {
    let mut entries: Vec<KeyValue> = table
        .into_iter()
        .map(|(key, value)| KeyValue {
            key_span: key.span(),
            key: key.into_inner().into_owned(),
            value: convert(value),
        })
        .collect();
    entries.sort_by_key(|entry| entry.key_span.start);
    TomlTable::new(span, entries)
}

fn convert(value: Spanned<DeValue<'_>>) -> TomlValue {
    let span = value.span();
    let kind = match value.into_inner() {
        DeValue::String(text) => TomlKind::Text(text.into_owned()),
        DeValue::Integer(integer) => {
            TomlKind::Integer(i64::from_str_radix(integer.as_str(), integer.radix()).ok())
        }
        DeValue::Float(float) => TomlKind::Float(float.as_str().parse().unwrap_or(f64::NAN)),
        DeValue::Boolean(bool) => TomlKind::Bool(bool),
        DeValue::Datetime(_) => TomlKind::Datetime,
        DeValue::Array(array) => TomlKind::List(array.into_iter().map(convert).collect()),
        DeValue::Table(table) => TomlKind::Table(convert_table(span.clone(), table)),
    };
    TomlValue { span, kind }
}
