//! Help for syntax errors: the most likely cause of each.

use std::ops::Range;

use crate::findings::{Finding, RuleId};
use crate::line_index::Location;
use crate::source::Source;
use crate::toml::tree::{KeyValue, TomlKind, TomlTable, TomlValue};

/// What most likely went wrong on a line that is no TOML.
pub(super) fn syntax_help(text: &str, span: &Range<usize>) -> Option<String> {
    let line = text[line_start(text, span)..].lines().next()?.trim();
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
    let is_bare = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let name = name.trim();
    if header.contains(['"', '\'']) || name.chars().all(is_bare) {
        return None;
    }
    let ends = "]".repeat(header.len() - header.trim_start_matches('[').len());
    Some(format!(
        "a name that holds more than A to Z, a to z, digits, `-` and `_` stands in quotes: {before}.\"{name}\"{ends}"
    ))
}

/// Where a key has more parts than the parser takes, which does not say so itself: the line's part before
/// the value.
pub(super) fn long_key(text: &str) -> Range<usize> {
    let mut keys = lines(text).map(|(start, line)| {
        let key = line.split('=').next().unwrap_or_default();
        (start, key.trim_end())
    });
    let long = keys.find(|(_, key)| key.matches('.').count() + 1 >= DEEPEST);
    long.map_or(0..0, |(start, key)| start..start + key.len())
}

/// The lines of a text, each with its start and without space at its end.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut end = 0;
    text.split_inclusive('\n').map(move |line| {
        let start = end;
        end += line.len();
        (start, line.trim_end())
    })
}

/// How deep the parser goes: into values, and into the parts of a key.
pub(super) const DEEPEST: usize = 80;

/// TOML names one of the two places; a reader needs both.
pub(super) fn duplicate_key(
    source: &Source,
    index: usize,
    table: &TomlTable,
    span: Range<usize>,
) -> Finding {
    let key = source.text()[span.clone()].to_owned();
    if key == "category" && source.text()[..span.start].ends_with("[[") {
        return category_too_late(source.text(), index, span);
    }
    let first = first_header(source.text(), &span).or_else(|| {
        let bare = key.trim_matches(|c| c == '"' || c == '\'');
        nearest_before(table, bare, &span)
    });
    Finding::error(
        RuleId::DuplicateKey,
        format!("the key `{key}` stands here twice"),
    )
    .at(Location::new(index, span), "the second time")
    .maybe_with(first.map(|first| Location::new(index, first)), "first here")
    .help("delete one of the two, or give one another name")
}

/// `[[category]]`, where the text has made `category` a table before.
fn category_too_late(text: &str, index: usize, span: Range<usize>) -> Finding {
    let second = Location::new(index, span.clone());
    let mut headers = lines(&text[..span.start]);
    let first = headers.find(|(_, header)| header.starts_with("[category"));
    let location = first.map(|(start, header)| Location::new(index, start..start + header.len()));
    if let (Some((_, "[category]")), Some(location)) = (first, &location) {
        let title = "`category` is a list: its header has two brackets";
        return Finding::error(RuleId::OneBracket, title)
            .at(location.clone(), "one bracket too few")
            .with(second, "here it has two")
            .help("write `[[category]]`");
    }
    let title = "errors stand before the section that they belong to";
    Finding::error(RuleId::ErrorsBeforeCategory, title)
        .at(second, "the first `[[category]]` comes too late")
        .maybe_with(location, "this belongs below it")
        .help("begin each section with [[category]], `id` and `title`; its errors follow it")
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
pub(super) fn header_start(text: &str, span: &Range<usize>) -> Option<usize> {
    let start = line_start(text, span);
    let end = start + text[start..].find(']')?;
    (text[start..].starts_with('[') && span.end <= end).then_some(start)
}

/// Where the line starts that `span` starts in.
fn line_start(text: &str, span: &Range<usize>) -> usize {
    let newline = text[..span.start].rfind('\n');
    newline.map_or(0, |newline| newline + 1)
}

/// The last key of this name before `span`, except those in inline tables that end before `span`.
fn nearest_before(table: &TomlTable, key: &str, span: &Range<usize>) -> Option<Range<usize>> {
    let is_before = |entry: &&KeyValue| entry.key == key && entry.key_span.start < span.start;
    let own = table.entries.iter().filter(is_before);
    let inner = table
        .entries
        .iter()
        .flat_map(|entry| match &entry.value.kind {
            TomlKind::Table(inner) => vec![inner],
            TomlKind::List(values) => values.iter().filter_map(TomlValue::as_table).collect(),
            _ => Vec::new(),
        });
    let is_open = |inner: &&TomlTable| {
        inner.span.len() <= 1 || !inner.is_inline() || inner.span.end > span.start
    };
    own.map(|entry| entry.key_span.clone())
        .chain(
            inner
                .filter(is_open)
                .filter_map(|inner| nearest_before(inner, key, span)),
        )
        .max_by_key(|found| found.start)
}
