//! Parses TOML into a tree, or reports its syntax errors.

use toml::de::DeTable;

use crate::findings::{Finding, RuleId};
use crate::line_index::Location;
use crate::source::Source;
use crate::toml::syntax_help::{DEEPEST, duplicate_key, header_start, long_key, syntax_help};
use crate::toml::tree::{TomlTable, convert_table};

/// Parses a catalog.
///
/// # Errors
///
/// What is no TOML. A parser that recovers reports one mistake again and again as it finds its way
/// back, so only the first on each line is told, and no more than three.
pub(crate) fn parse(source: &Source, index: usize) -> Result<TomlTable, Vec<Finding>> {
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
        let place = Location::new(index, span.clone());
        let finding = if error.message() == "duplicate key" {
            if let Some(header) = header_start(text, &span) {
                let end = text[header..]
                    .find("\n[")
                    .map_or(text.len(), |end| header + end);
                twice = header..end;
            }
            duplicate_key(source, index, &table, span)
        } else if error.message() == "recursion limit" {
            Finding::error(RuleId::Syntax, "a key of too many parts")
                .at(Location::new(index, long_key(text)), "this key")
                .help(format!("a key has fewer than {DEEPEST} parts"))
        } else if error.message().contains("max recursion depth") {
            Finding::error(RuleId::Syntax, "values nest too deep")
                .at(place, "one level too many")
                .help(format!("{DEEPEST} levels are the most"))
        } else {
            Finding::error(RuleId::Syntax, "this is not TOML")
                .at(place, error.message())
                .maybe_help(syntax_help(text, &span))
        };
        findings.push(finding);
    }
    Err(findings)
}
