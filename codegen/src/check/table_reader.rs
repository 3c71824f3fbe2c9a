//! Reads a table key by key. Reports keys that are unknown, missing or of the wrong kind.

use std::collections::HashSet;
use std::ops::Range;
use std::slice;

use crate::check::did_you_mean;
use crate::check::findings::Findings;
use crate::findings::RuleId;
use crate::keys::{self, Flag, Key, ReadAs, Table, TableSpec, Tables, Text, TextTable, Texts};
use crate::model::{self, Retry, WireCode};
use crate::toml::{KeyValue, TomlKind, TomlTable, TomlValue};

/// RFC 3986, 2: none of these stands in a URL unescaped.
pub(super) fn is_no_part_of_a_url(c: char) -> bool {
    c.is_whitespace() || c.is_control() || "<>\"{}|\\^`".contains(c)
}

/// A value and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Spanned<T> {
    pub(super) value: T,
    pub(super) span: Range<usize>,
}

impl Spanned<String> {
    /// The key of an entry.
    pub(super) fn key(entry: &KeyValue) -> Self {
        Self {
            value: entry.key.clone(),
            span: entry.key_span.clone(),
        }
    }
}

/// A table of which every key is known by name.
#[derive(Clone, Copy)]
pub(super) struct TableReader<'a> {
    pub(super) table: &'a TomlTable,
    pub(super) findings: &'a Findings,
    spec: &'static TableSpec,
    /// Keys that the catalog adds to those of the format.
    column_keys: Option<&'a ColumnKeys<'a>>,
}

/// Keys of declared columns, in the catalog's order.
pub(super) struct ColumnKeys<'a> {
    in_order: Vec<&'a str>,
    by_key: HashSet<&'a str>,
}

impl<'a> ColumnKeys<'a> {
    pub(super) fn new(keys: impl Iterator<Item = &'a str>) -> Self {
        let in_order: Vec<&str> = keys.collect();
        let by_key = in_order.iter().copied().collect();
        Self { in_order, by_key }
    }
}

impl<'a> TableReader<'a> {
    /// Reports every key that the format does not have in this table.
    pub(super) fn new(
        findings: &'a Findings,
        table: &'a TomlTable,
        spec: &'static TableSpec,
    ) -> Self {
        Self::with_keys(findings, table, spec, None)
    }

    /// As [`new`](Self::new), where declared columns are keys, too.
    pub(super) fn with_columns(
        findings: &'a Findings,
        table: &'a TomlTable,
        spec: &'static TableSpec,
        column_keys: &'a ColumnKeys<'a>,
    ) -> Self {
        Self::with_keys(findings, table, spec, Some(column_keys))
    }

    fn with_keys(
        findings: &'a Findings,
        table: &'a TomlTable,
        spec: &'static TableSpec,
        column_keys: Option<&'a ColumnKeys<'a>>,
    ) -> Self {
        let fields = Self {
            table,
            findings,
            spec,
            column_keys,
        };
        for entry in &table.entries {
            if !fields.has_key(&entry.key) {
                fields.report_unknown(entry);
            }
        }
        fields
    }

    fn report_unknown(&self, KeyValue { key, key_span, .. }: &KeyValue) {
        let column_keys = self.column_keys.map_or(&[] as &[_], |keys| &keys.in_order);
        let known = || self.spec.names().chain(column_keys.iter().copied());
        // What the headings of columns are called is the keys of an error once more.
        let others = keys::CATALOG_TABLE.all().into_iter();
        let others = others.filter(|spec| spec.id != keys::HEADINGS_TABLE.id);
        let has_it = |spec: &&TableSpec| spec.key(key).is_some();
        let elsewhere: Vec<&str> = others.filter(has_it).map(|spec| spec.what).collect();
        let help = match self.findings.nearest(key, known()) {
            Some(near) => format!("did you mean `{near}`?"),
            None if elsewhere.is_empty() => {
                format!("its keys are {}", did_you_mean::list(known()))
            }
            None => {
                let elsewhere = elsewhere.join(" or ");
                format!("`{key}` is a key of {elsewhere}: write it there")
            }
        };
        let title = format!("{} has no key `{key}`", self.spec.what);
        let rule = RuleId::UnknownKey;
        let label = "unknown key";
        self.findings.report(rule, key_span, title, label, &help);
    }

    /// The same table with other keys, of which nothing more is to be told.
    pub(super) fn of(self, table: &'a TomlTable) -> Self {
        Self { table, ..self }
    }

    /// Whether this table may have a key.
    pub(super) fn has_key(&self, key: &str) -> bool {
        let column = self
            .column_keys
            .is_some_and(|keys| keys.by_key.contains(key));
        column || self.spec.key(key).is_some()
    }

    /// Returns the entry of a key.
    pub(super) fn entry<S, const REQUIRED: bool>(
        &self,
        key: &Key<S, REQUIRED>,
    ) -> Option<&'a KeyValue> {
        self.entry_named(key.spec.name)
    }

    /// Returns the entry of a key by its name. Its value is of any shape.
    pub(super) fn entry_named(&self, name: &str) -> Option<&'a KeyValue> {
        self.table.get(name)
    }

    /// Returns the value of a key.
    pub(super) fn value<S, const REQUIRED: bool>(
        &self,
        key: &Key<S, REQUIRED>,
    ) -> Option<&'a TomlValue> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// Returns the text of a key that may be absent.
    pub(super) fn text<S: ReadAs<Text>>(&self, key: &Key<S>) -> Option<String> {
        self.text_at(key).map(|text| text.value)
    }

    pub(super) fn text_at<S: ReadAs<Text>, const REQUIRED: bool>(
        &self,
        key: &Key<S, REQUIRED>,
    ) -> Option<Spanned<String>> {
        text_of(self.findings, self.entry(key)?)
    }

    /// One of the words that a key takes.
    pub(super) fn word<T: Copy>(
        &self,
        key: &Key<Text>,
        what: &str,
        known: &[(&str, T)],
    ) -> Option<T> {
        self.findings.word(&self.text_at(key)?, what, known)
    }

    /// A version: digits, perhaps after a `v`, and what versions have beside them.
    pub(super) fn version(&self, key: &Key<Text>) -> Option<String> {
        let text = self.text_at(key)?;
        let digits = text.value.strip_prefix('v').unwrap_or(&text.value);
        let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '+' | '_');
        if digits.starts_with(|c: char| c.is_ascii_digit()) && digits.chars().all(allowed) {
            return Some(text.value);
        }
        let title = format!("`{}` is no version", text.value);
        let help = "versions start with a digit, perhaps after a `v`, and hold letters, digits, `.`, `-`, `+` and `_`: 2, v1.4, 2026-11-24";
        self.findings
            .report(RuleId::BadVersion, &text.span, title, "not a version", help);
        None
    }

    /// The address of a page.
    pub(super) fn url(&self, key: &Key<Text>) -> Option<Spanned<String>> {
        let text = self.text_at(key)?;
        let rest = ["https://", "http://"]
            .iter()
            .find_map(|scheme| text.value.strip_prefix(scheme));
        if rest.is_some_and(|rest| {
            !rest.is_empty() && !rest.starts_with('/') && !rest.contains(is_no_part_of_a_url)
        }) {
            return Some(text);
        }
        let title = format!("`{}` is no URL of a page", text.value);
        let help = "write all of it, from `https://` on, and what URLs do not hold as `%` and two hexadecimal digits";
        self.findings
            .report(RuleId::BadUrl, &text.span, title, "not a URL", help);
        None
    }

    /// Returns the text of a required key. Reports a finding if the key is absent.
    pub(super) fn required(&self, key: &Key<Text, true>) -> Option<Spanned<String>> {
        if self.entry(key).is_none() {
            self.missing(key);
        }
        self.text_at(key)
    }

    /// Reports that a required key is absent.
    pub(super) fn missing<S>(&self, key: &Key<S, true>) {
        let name = key.spec.name;
        self.lacks(name, &format!("add {name} = \"…\""));
    }

    /// Reports that a key is absent, with what to do about it.
    pub(super) fn lacks(&self, name: &str, help: &str) {
        let title = format!("{} needs `{name}`", self.spec.what);
        let label = format!("`{name}` is missing here");
        self.findings
            .report(RuleId::MissingKey, &self.table.span, title, &label, help);
    }

    /// A text, or a list of them.
    pub(super) fn texts<S: ReadAs<Texts>>(&self, key: &Key<S>) -> Vec<Spanned<String>> {
        self.each_text(key, text)
    }

    /// Returns the JSON pointers of a key. The empty one is not an empty text: it points at the whole body.
    pub(super) fn pointers<S: ReadAs<Texts>>(&self, key: &Key<S>) -> Vec<Spanned<String>> {
        self.each_text(key, |findings, value, what| match &value.kind {
            TomlKind::Text(text) if text.is_empty() => Some(Spanned {
                value: String::new(),
                span: value.span.clone(),
            }),
            _ => text(findings, value, what),
        })
    }

    fn each_text<S: ReadAs<Texts>>(
        &self,
        key: &Key<S>,
        text: fn(&Findings, &TomlValue, &str) -> Option<Spanned<String>>,
    ) -> Vec<Spanned<String>> {
        let Some(KeyValue { key, value, .. }) = self.entry(key) else {
            return Vec::new();
        };
        let items = match &value.kind {
            TomlKind::List(items) => items.as_slice(),
            TomlKind::Text(_) => slice::from_ref(value),
            _ => {
                let wanted = "a string or an array of strings";
                self.findings.wrong_kind(value, &format!("`{key}`"), wanted);
                return Vec::new();
            }
        };
        if items.is_empty() {
            self.findings.empty_list(key, value, "leave the key out");
        }
        let what = format!("`{key}`");
        let texts = items.iter().map(|item| text(self.findings, item, &what));
        texts.flatten().collect()
    }

    /// Returns whether a key is `true`.
    pub(super) fn flag(&self, key: &Key<Flag>) -> bool {
        let Some(KeyValue { key, value, .. }) = self.entry(key) else {
            return false;
        };
        let TomlKind::Bool(flag) = value.kind else {
            self.findings
                .wrong_kind(value, &format!("`{key}`"), "true or false");
            return false;
        };
        flag
    }

    /// Returns the table of a key.
    pub(super) fn table<S: ReadAs<Table>, const REQUIRED: bool>(
        &self,
        key: &Key<S, REQUIRED>,
    ) -> Option<&'a TomlTable> {
        let KeyValue { key, value, .. } = self.entry(key)?;
        if value.as_table().is_none() {
            self.findings
                .wrong_kind(value, &format!("`{key}`"), "a table");
        }
        value.as_table()
    }

    /// A table that has something in it.
    pub(super) fn filled<S: ReadAs<Table>>(&self, key: &Key<S>) -> Option<&'a TomlTable> {
        let (key, table) = (key.spec.name, self.table(key)?);
        if table.entries.is_empty() {
            let title = format!("`{key}` is empty");
            let help = match key {
                "deprecated" => DEPRECATED,
                _ => "leave the key out",
            };
            self.findings
                .report(RuleId::Empty, &table.span, title, "nothing in it", help);
        }
        Some(table)
    }

    /// The entries of the table of a key; none where it is absent.
    pub(super) fn entries<S: ReadAs<Table>>(&self, key: &Key<S>) -> &'a [KeyValue] {
        self.table(key).map_or(&[], |table| &table.entries)
    }

    /// As [`entries`](Self::entries), of a table that has something in it.
    pub(super) fn filled_entries<S: ReadAs<Table>>(&self, key: &Key<S>) -> &'a [KeyValue] {
        self.filled(key).map_or(&[], |table| &table.entries)
    }

    /// An array of tables, `[[key]]`.
    pub(super) fn tables<S: ReadAs<Tables>>(&self, key: &Key<S>) -> Vec<&'a TomlTable> {
        let Some(KeyValue { key, value, .. }) = self.entry(key) else {
            return Vec::new();
        };
        let TomlKind::List(items) = &value.kind else {
            let title = format!("`{key}` is a list: its header has two brackets");
            let table = value.as_table();
            // A section that nothing began.
            let unbegun = table
                .is_some_and(|table| table.get("error").is_some() && table.get("id").is_none());
            let (label, help) = if key == "category" && unbegun {
                let help = "begin the section with [[category]], `id` and `title`, above it; an error of no section is [error.KEY]";
                ("no section begins before it", help.to_owned())
            } else {
                ("one bracket too few", format!("write `[[{key}]]`"))
            };
            self.findings
                .report(RuleId::OneBracket, &value.span, title, label, &help);
            return Vec::new();
        };
        let tables = items.iter().filter_map(|item| {
            if item.as_table().is_none() {
                self.findings
                    .wrong_kind(item, &format!("each of `{key}`"), "a table");
            }
            item.as_table()
        });
        tables.collect()
    }

    /// A table of texts.
    pub(super) fn text_table<S: ReadAs<TextTable> + ReadAs<Table>>(
        &self,
        key: &Key<S>,
    ) -> Vec<(Spanned<String>, String)> {
        let entry = |entry| {
            let text = text_of(self.findings, entry)?;
            Some((Spanned::key(entry), text.value))
        };
        self.filled_entries(key).iter().filter_map(entry).collect()
    }
}

/// The text of an entry.
pub(super) fn text_of(findings: &Findings, entry: &KeyValue) -> Option<Spanned<String>> {
    text(findings, &entry.value, &format!("`{}`", entry.key))
}

/// A text that says something.
pub(super) fn text(findings: &Findings, value: &TomlValue, what: &str) -> Option<Spanned<String>> {
    match &value.kind {
        TomlKind::Text(text) if text.trim().is_empty() => {
            findings.report(
                RuleId::EmptyText,
                &value.span,
                format!("{what} is empty"),
                "says nothing",
                "leave the key out, or say it",
            );
            None
        }
        TomlKind::Text(text) => Some(Spanned {
            value: text.clone(),
            span: value.span.clone(),
        }),
        _ => {
            findings.wrong_kind(value, what, "a string");
            None
        }
    }
}

/// A constant; dates and numbers without a JSON form are findings.
pub(super) fn constant(findings: &Findings, value: &TomlValue) -> Option<model::Value> {
    let (title, label, help) = match &value.kind {
        TomlKind::Text(text) => return Some(model::Value::Text(text.clone())),
        TomlKind::Bool(bool) => return Some(model::Value::Bool(*bool)),
        TomlKind::Integer(Some(integer)) => return Some(model::Value::Integer(*integer)),
        TomlKind::Float(float) if float.is_finite() => return Some(model::Value::Float(*float)),
        TomlKind::List(items) => {
            let items = items.iter().filter_map(|item| constant(findings, item));
            return Some(model::Value::List(items.collect()));
        }
        TomlKind::Table(table) => {
            let member =
                |entry: &KeyValue| Some((entry.key.clone(), constant(findings, &entry.value)?));
            let members = table.entries.iter().filter_map(member);
            return Some(model::Value::Map(members.collect()));
        }
        TomlKind::Integer(None) => (
            "this integer is too large for TOML, which has 64 bits and a sign",
            "too large",
            "write it as a string, in quotes",
        ),
        TomlKind::Float(_) => (
            "JSON has no such number",
            "neither infinite nor NaN",
            "write a finite one, or a string, in quotes",
        ),
        TomlKind::Datetime => (
            "JSON has no dates",
            "a date or time",
            "write it as a string, in quotes",
        ),
    };
    findings.report(RuleId::NotJson, &value.span, title, label, help);
    None
}

/// A code on the wire: a text, or an integer that fits 64 bits.
pub(super) fn wire_code(value: &TomlValue) -> Option<WireCode> {
    let (text, number) = match &value.kind {
        TomlKind::Text(text) if !text.is_empty() => (text.clone(), false),
        TomlKind::Integer(Some(number)) => (number.to_string(), true),
        _ => return None,
    };
    Some(WireCode { text, number })
}

impl Findings {
    /// One of the words that the format has for something.
    pub(super) fn word<T: Copy>(
        &self,
        word: &Spanned<String>,
        what: &str,
        known: &[(&str, T)],
    ) -> Option<T> {
        if let Some((_, value)) = known.iter().find(|(name, _)| *name == word.value) {
            return Some(*value);
        }
        let names = known.iter().map(|(name, _)| *name);
        let help = self.one_of(&word.value, names);
        let title = format!("`{}` is no {what}", word.value);
        let rule = RuleId::UnknownWord;
        let label = "unknown word";
        self.report(rule, &word.span, title, label, &help);
        None
    }

    /// A value of another kind than the key takes.
    pub(super) fn wrong_kind(&self, value: &TomlValue, what: &str, wanted: &str) {
        let title = format!("{what} is {wanted}, not {}", value.kind.name());
        let help = match (&value.kind, wanted) {
            (TomlKind::Bool(_), "a string") if what == "`retry`" => {
                let words = Retry::ALL.iter().map(|(word, _)| *word);
                format!("it is one of {}", did_you_mean::list(words))
            }
            (TomlKind::Bool(true), "a table") if what == "`deprecated`" => DEPRECATED.to_owned(),
            (TomlKind::Bool(false), "a table") if what == "`deprecated`" => {
                "leave the key out".to_owned()
            }
            (TomlKind::Integer(Some(number)), "a string") => {
                format!("put it in quotes: \"{number}\"")
            }
            (TomlKind::Float(_) | TomlKind::Datetime, "a string") => "put it in quotes".to_owned(),
            (TomlKind::List(_), "a string") => "write one text, without brackets".to_owned(),
            (TomlKind::Text(text), "an array of codes") => format!("write [\"{text}\"]"),
            (TomlKind::Bool(flag), "a string") => format!("put it in quotes: \"{flag}\""),
            (TomlKind::Text(text), "an integer") if text.parse::<u32>().is_ok() => {
                format!("write it without quotes: {text}")
            }
            (TomlKind::Text(text), "an integer") if is_number(text.get(..3)) => {
                format!("write the number alone: {}", &text[..3])
            }
            (TomlKind::Text(_), "true or false") => "write true, or leave the key out".to_owned(),
            _ => String::new(),
        };
        let label = format!("this is {}", value.kind.name());
        self.report(RuleId::WrongKind, &value.span, title, &label, &help);
    }
}

/// What to say of an error that is on its way out.
pub(super) const DEPRECATED: &str = "say what is known of it, at least one of { since = \"1.2\", replaced-by = \"KEY\", note = \"…\" }";

fn is_number(text: Option<&str>) -> bool {
    text.is_some_and(|text| text.bytes().all(|byte| byte.is_ascii_digit()))
}
