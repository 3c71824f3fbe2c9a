//! Reports what is TOML 1.1 and not TOML 1.0.

use std::ops::Range;

use crate::findings::{Finding, RuleId};
use crate::line_index::Location;
use crate::source::Source;
use crate::toml::tree::{TomlKind, TomlTable, TomlValue};

/// What is TOML 1.1 and not 1.0: editors' tools refuse it, while the parser here reads it.
pub(crate) fn newer_toml(source: &Source, index: usize, table: &TomlTable) -> Vec<Finding> {
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
    fn table(&mut self, table: &TomlTable) {
        if table.is_inline() {
            self.braces(table);
        }
        for entry in &table.entries {
            self.escapes(entry.key_span.clone());
            self.value(&entry.value);
        }
    }

    fn value(&mut self, value: &TomlValue) {
        match &value.kind {
            TomlKind::Table(table) => self.table(table),
            TomlKind::List(values) => values.iter().for_each(|value| self.value(value)),
            TomlKind::Text(_) => self.escapes(value.span.clone()),
            _ => {}
        }
    }

    /// Between the keys and values of an inline table, 1.0 allows no line end and no last comma.
    fn braces(&mut self, table: &TomlTable) {
        let mut from = table.span.start;
        for entry in &table.entries {
            if let Some(at) = self.text[from..entry.key_span.start].find('\n') {
                return self.line_end(from + at);
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
            self.line_end(from + at);
        }
    }

    fn line_end(&mut self, at: usize) {
        self.report(
            at..at,
            "an inline table over several lines",
            "write it on one line, or as a table with a header of its own",
        );
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
        let title = "this is TOML 1.1; write TOML 1.0, which every editor's tools can read";
        let finding = Finding::error(RuleId::NewerToml, title)
            .at(Location::new(self.index, span), label)
            .help(help);
        self.findings.push(finding);
    }
}
