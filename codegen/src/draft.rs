//! Stage two: a catalog's text as a tree of TOML values, each with its place.
//!
//! The tree is read by hand, not through serde: values that are a text or a list of texts, and
//! columns that a catalog declares itself, cannot carry places through serde. It keeps the order of
//! the text, which `toml` does not.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::finding::{Finding, Place};
use crate::rule::Rule;
use crate::source::Source;

/// A TOML table in the order of its text.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    pub(crate) span: Range<usize>,
    pub(crate) entries: Vec<Entry>,
    /// The indexes of the entries in the order of their keys; empty where there are few.
    by_key: Vec<u32>,
}

/// A key and its value.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) key: String,
    pub(crate) key_span: Range<usize>,
    pub(crate) value: Value,
}

/// A value and its place.
#[derive(Clone, Debug)]
pub(crate) struct Value {
    pub(crate) span: Range<usize>,
    pub(crate) kind: Kind,
}

/// What a value is.
#[derive(Clone, Debug)]
pub(crate) enum Kind {
    Text(String),
    /// `None` where it does not fit 64 bits.
    Integer(Option<i64>),
    Float(f64),
    Bool(bool),
    Datetime,
    List(Vec<Value>),
    Table(Table),
}

impl Kind {
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

impl Table {
    /// Up to so many entries, to look through them takes less than any order would.
    const FEW: usize = 8;

    fn new(span: Range<usize>, entries: Vec<Entry>) -> Self {
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
        let rename = |entry: &Entry| Entry {
            key: meant(&entry.key).unwrap_or_else(|| entry.key.clone()),
            ..entry.clone()
        };
        Self::new(self.span.clone(), self.entries.iter().map(rename).collect())
    }

    pub(crate) fn get(&self, key: &str) -> Option<&Entry> {
        if self.entries.len() <= Self::FEW {
            return self.entries.iter().find(|entry| entry.key == key);
        }
        let entry = |index: &u32| &self.entries[*index as usize];
        let found = self
            .by_key
            .binary_search_by(|index| entry(index).key.as_str().cmp(key));
        found.ok().map(|found| entry(&self.by_key[found]))
    }
}

/// Parses a catalog.
///
/// # Errors
///
/// What is no TOML. A parser that recovers reports one mistake again and again as it finds its way
/// back, so only the first on each line is told, and no more than three.
pub(crate) fn parse(source: &Source, index: usize) -> Result<Table, Vec<Finding>> {
    let (root, errors) = DeTable::parse_recoverable(source.text());
    let span = root.span();
    let table = convert_table(span, root.into_inner());
    if errors.is_empty() {
        return Ok(table);
    }
    let text = source.text();
    let mut findings: Vec<Finding> = Vec::new();
    // How far lines have been counted, and which line a finding was on.
    let (mut counted, mut line, mut last_line) = (0, 0, None);
    let mut twice = 0..0;
    // The parser tells of comments and of keys in two passes.
    let spanned = |error: toml::de::Error| (error.span().unwrap_or_default(), error);
    let mut errors: Vec<_> = errors.into_iter().map(spanned).collect();
    errors.sort_by_key(|(span, _)| span.start);
    for (span, error) in errors {
        if findings.len() == 3 {
            break;
        }
        line += text[counted..span.start].matches('\n').count();
        counted = span.start;
        // All keys of a table that stands there twice would be told to stand there twice.
        if last_line == Some(line) || twice.contains(&span.start) {
            continue;
        }
        last_line = Some(line);
        let place = Place::new(index, span.clone());
        let finding = if error.message() == "duplicate key" {
            if let Some(header) = header_start(text, &span) {
                let end = text[header..]
                    .find("\n[")
                    .map_or(text.len(), |end| header + end);
                twice = header..end;
            }
            duplicate_key(source, index, &table, span)
        } else if error.message() == "recursion limit" {
            Finding::error(Rule::Syntax, "a key of too many parts")
                .at(Place::new(index, long_key(text)), "this key")
                .help(format!("a key has fewer than {DEEPEST} parts"))
        } else if error.message().contains("max recursion depth") {
            Finding::error(Rule::Syntax, "values nest too deep")
                .at(place, "one level too many")
                .help(format!("{DEEPEST} levels are the most"))
        } else {
            Finding::error(Rule::Syntax, "this is not TOML")
                .at(place, error.message())
                .maybe_help(syntax_help(text, &span))
        };
        findings.push(finding);
    }
    Err(findings)
}

/// What most likely went wrong on a line that is no TOML.
fn syntax_help(text: &str, span: &Range<usize>) -> Option<String> {
    let start = text[..span.start]
        .rfind('\n')
        .map_or(0, |newline| newline + 1);
    let line = text[start..].lines().next()?.trim();
    if line.contains(['“', '”', '„', '‘', '’']) {
        return Some("quotes are straight in TOML: \"…\"".to_owned());
    }
    if line.starts_with('[') {
        return header_help(line);
    }
    let Some((key, value)) = line.split_once('=') else {
        let (key, value) = line.split_once(':')?;
        return Some(format!(
            "write `=` after the key: {} = {}",
            key.trim(),
            value.trim()
        ));
    };
    let (key, value) = (key.trim(), value.trim());
    let bare = value.starts_with(|c: char| c.is_alphabetic()) && !value.contains(['"', '\'']);
    bare.then(|| format!("a text stands in quotes: {key} = \"{value}\""))
}

/// What to write for a header whose last part is no plain key.
fn header_help(line: &str) -> Option<String> {
    let (header, _) = line.split_once(']').unwrap_or((line, ""));
    let (before, name) = header.rsplit_once('.')?;
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_\"' ".contains(c);
    let name = name.trim();
    if header.contains(['"', '\'']) || !name.contains(' ') && name.chars().all(is_plain) {
        return None;
    }
    let ends = "]".repeat(header.len() - header.trim_start_matches('[').len());
    Some(format!(
        "a name that holds more than A to Z, a to z, digits, `-` and `_` stands in quotes: {before}.\"{name}\"{ends}"
    ))
}

/// Where a key has more parts than the parser takes, which does not say so itself: the line's part before
/// the value.
fn long_key(text: &str) -> Range<usize> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let key = line.split('=').next().unwrap_or_default();
        if key.matches('.').count() + 1 >= DEEPEST {
            return start..start + key.trim_end().len();
        }
        start += line.len();
    }
    0..0
}

/// How deep the parser goes: into values, and into the parts of a key.
const DEEPEST: usize = 80;

/// TOML names one of the two places; a reader needs both.
fn duplicate_key(source: &Source, index: usize, table: &Table, span: Range<usize>) -> Finding {
    let key = source.text()[span.clone()].to_owned();
    if key == "category" && source.text()[..span.start].ends_with("[[") {
        return category_too_late(source.text(), index, span);
    }
    let first = first_header(source.text(), &span).or_else(|| {
        let bare = key.trim_matches(|c| c == '"' || c == '\'');
        nearest_before(table, bare, &span)
    });
    let finding = Finding::error(
        Rule::DuplicateKey,
        format!("the key `{key}` stands here twice"),
    )
    .at(Place::new(index, span), "the second time")
    .help("delete one of the two, or give one another name");
    match first {
        Some(first) => finding.with(Place::new(index, first), "first here"),
        None => finding,
    }
}

/// `[[category]]`, where the text has made `category` a table before.
fn category_too_late(text: &str, index: usize, span: Range<usize>) -> Finding {
    let mut start = 0;
    let mut headers = text[..span.start].split_inclusive('\n').map(|line| {
        let header = start..start + line.trim_end().len();
        start += line.len();
        header
    });
    let first = headers.find(|header| text[header.clone()].starts_with("[category"));
    if let Some(single) = first
        .clone()
        .filter(|header| &text[header.clone()] == "[category]")
    {
        let title = "`category` is a list: its header has two brackets";
        return Finding::error(Rule::OneBracket, title)
            .at(Place::new(index, single), "one bracket too few")
            .with(Place::new(index, span), "here it has two")
            .help("write `[[category]]`");
    }
    let title = "errors stand before the section that they belong to";
    let finding = Finding::error(Rule::ErrorsBeforeCategory, title)
        .at(
            Place::new(index, span),
            "the first `[[category]]` comes too late",
        )
        .help("begin each section with [[category]], `id` and `title`; its errors follow it");
    match first {
        Some(first) => finding.with(Place::new(index, first), "this belongs below it"),
        None => finding,
    }
}

/// Where `span` is in a `[header]`: the same key in the same header further up.
fn first_header(text: &str, span: &Range<usize>) -> Option<Range<usize>> {
    let start = header_start(text, span)?;
    let header = &text[start..=start + text[start..].find(']')?];
    let first = text[..start].match_indices(header).map(|(at, _)| at);
    let first = first
        .filter(|&at| at == 0 || text[..at].ends_with('\n'))
        .last()?;
    let offset = span.start - start;
    Some(first + offset..first + offset + span.len())
}

/// Where the `[header]` that holds `span` starts, if it is in one.
fn header_start(text: &str, span: &Range<usize>) -> Option<usize> {
    let start = text[..span.start]
        .rfind('\n')
        .map_or(0, |newline| newline + 1);
    let end = start + text[start..].find(']')?;
    (text[start..].starts_with('[') && span.end <= end).then_some(start)
}

/// The last key of this name before `span`, but for those inside of inline tables that end before.
fn nearest_before(table: &Table, key: &str, span: &Range<usize>) -> Option<Range<usize>> {
    let mut best: Option<Range<usize>> = None;
    for entry in &table.entries {
        if entry.key == key && entry.key_span.start < span.start {
            best = best.max_by_start(entry.key_span.clone());
        }
        let inner = match &entry.value.kind {
            Kind::Table(inner) => vec![inner],
            Kind::List(values) => values.iter().filter_map(Value::as_table).collect(),
            _ => Vec::new(),
        };
        for inner in inner {
            let closed = inner.span.len() > 1 && inner.is_inline() && inner.span.end <= span.start;
            if let (false, Some(found)) = (closed, nearest_before(inner, key, span)) {
                best = best.max_by_start(found);
            }
        }
    }
    best
}

trait MaxByStart {
    fn max_by_start(self, other: Range<usize>) -> Option<Range<usize>>;
}

impl MaxByStart for Option<Range<usize>> {
    fn max_by_start(self, other: Range<usize>) -> Self {
        Some(
            self.filter(|best| best.start > other.start)
                .unwrap_or(other),
        )
    }
}

impl Table {
    /// Whether it stands in braces: its keys are inside of its span. The span of a table under a
    /// header is the header.
    fn is_inline(&self) -> bool {
        self.entries
            .first()
            .is_some_and(|entry| self.span.contains(&entry.key_span.start))
    }
}

impl Value {
    pub(crate) fn as_table(&self) -> Option<&Table> {
        match &self.kind {
            Kind::Table(table) => Some(table),
            _ => None,
        }
    }
}

fn convert_table(span: Range<usize>, table: DeTable<'_>) -> Table {
    let mut entries: Vec<Entry> = table
        .into_iter()
        .map(|(key, value)| Entry {
            key_span: key.span(),
            key: key.into_inner().into_owned(),
            value: convert(value),
        })
        .collect();
    entries.sort_by_key(|entry| entry.key_span.start);
    Table::new(span, entries)
}

fn convert(value: Spanned<DeValue<'_>>) -> Value {
    let span = value.span();
    let kind = match value.into_inner() {
        DeValue::String(text) => Kind::Text(text.into_owned()),
        DeValue::Integer(integer) => {
            Kind::Integer(i64::from_str_radix(integer.as_str(), integer.radix()).ok())
        }
        DeValue::Float(float) => Kind::Float(float.as_str().parse().unwrap_or(f64::NAN)),
        DeValue::Boolean(bool) => Kind::Bool(bool),
        DeValue::Datetime(_) => Kind::Datetime,
        DeValue::Array(array) => Kind::List(array.into_iter().map(convert).collect()),
        DeValue::Table(table) => Kind::Table(convert_table(span.clone(), table)),
    };
    Value { span, kind }
}

/// What is TOML 1.1 and not 1.0: editors' tools refuse it, while the parser here reads it.
pub(crate) fn newer_toml(source: &Source, index: usize, table: &Table) -> Vec<Finding> {
    let mut newer = NewerToml {
        text: source.text(),
        index,
        findings: Vec::new(),
    };
    newer.table(table);
    newer.findings
}

struct NewerToml<'a> {
    text: &'a str,
    index: usize,
    findings: Vec<Finding>,
}

impl NewerToml<'_> {
    fn table(&mut self, table: &Table) {
        if table.is_inline() {
            self.braces(table);
        }
        for entry in &table.entries {
            self.escapes(entry.key_span.clone());
            self.value(&entry.value);
        }
    }

    fn value(&mut self, value: &Value) {
        match &value.kind {
            Kind::Table(table) => self.table(table),
            Kind::List(values) => values.iter().for_each(|value| self.value(value)),
            Kind::Text(_) => self.escapes(value.span.clone()),
            _ => {}
        }
    }

    /// Between the keys and values of an inline table, 1.0 allows no line end and no last comma.
    fn braces(&mut self, table: &Table) {
        let mut from = table.span.start;
        for entry in &table.entries {
            if let Some(at) = self.text[from..entry.key_span.start].find('\n') {
                return self.report(
                    from + at..from + at,
                    "an inline table over several lines",
                    ONE_LINE,
                );
            }
            from = entry.value.span.end.max(entry.key_span.end);
        }
        let rest = &self.text[from..table.span.end];
        if let Some(at) = rest.find(',') {
            self.report(
                from + at..from + at + 1,
                "a comma after the last value",
                "delete the comma",
            );
        } else if let Some(at) = rest.find('\n') {
            self.report(
                from + at..from + at,
                "an inline table over several lines",
                ONE_LINE,
            );
        }
    }

    fn escapes(&mut self, span: Range<usize>) {
        let text = &self.text[span.clone()];
        if !text.starts_with('"') {
            return;
        }
        let mut from = 0;
        while let Some(found) = text[from..].find('\\') {
            let at = from + found;
            if text[at + 1..].starts_with(['e', 'x']) {
                let at = span.start + at;
                return self.report(
                    at..at + 2,
                    "an escape of TOML 1.1",
                    "write it as `\\u` with four hexadecimal digits",
                );
            }
            // What is escaped may be a `\`; whatever else it is, none is inside of it.
            from = at + 1 + text[at + 1..].chars().next().map_or(0, char::len_utf8);
        }
    }

    fn report(&mut self, span: Range<usize>, label: &str, help: &str) {
        let finding = Finding::error(
            Rule::NewerToml,
            "this is TOML 1.1; write TOML 1.0, which every editor's tools can read",
        );
        self.findings
            .push(finding.at(Place::new(self.index, span), label).help(help));
    }
}

const ONE_LINE: &str = "write it on one line, or as a table with a header of its own";
