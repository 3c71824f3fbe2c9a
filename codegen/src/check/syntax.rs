//! The syntax of a source: UTF-8, TOML 1.0, and no forbidden characters. Those are control characters, and
//! invisible ones that change how others are read.

use std::ops::Range;

use crate::check::findings::Findings;
use crate::findings::RuleId;
use crate::source::Source;
use crate::toml::{self, TomlKind, TomlTable, TomlValue};
use crate::util::characters::{all_plain, is_hidden, is_invisible, is_printed};

/// The text as a tree, if it is TOML.
pub(super) fn tree(findings: &Findings, source: &Source, index: usize) -> Option<TomlTable> {
    if let Some(span) = source.not_utf8() {
        let title = "this file is not UTF-8";
        let label = "the first bytes that are not UTF-8";
        let help = "save the file as UTF-8";
        findings.report(RuleId::NotUtf8, &span, title, label, help);
        return None;
    }
    match toml::parse(source, index) {
        Ok(table) => {
            findings.extend(toml::newer_toml(source, index, &table));
            forbidden_in_table(findings, &table);
            Some(table)
        }
        Err(syntax) => {
            findings.extend(syntax);
            None
        }
    }
}

/// Reports forbidden characters in every key and every text.
fn forbidden_in_table(findings: &Findings, table: &TomlTable) {
    for entry in &table.entries {
        report(findings, "a key", &entry.key_span, &entry.key, |c| {
            is_forbidden(c) || is_unseen(c)
        });
        forbidden_in_value(findings, &entry.value);
    }
}

fn forbidden_in_value(findings: &Findings, value: &TomlValue) {
    match &value.kind {
        TomlKind::Text(text) => report(findings, "a text", &value.span, text, is_forbidden),
        TomlKind::List(items) => items
            .iter()
            .for_each(|item| forbidden_in_value(findings, item)),
        TomlKind::Table(table) => forbidden_in_table(findings, table),
        _ => {}
    }
}

/// Reports hidden characters of a code, unless they are forbidden in any text, which is reported already.
pub(super) fn hidden_in_code(findings: &Findings, what: &str, span: &Range<usize>, code: &str) {
    if !code.contains(is_forbidden) {
        report(findings, what, span, code, is_unseen);
    }
}

/// Whether no key and no code may hold a character. The tab and the end of a line are seen.
fn is_unseen(c: char) -> bool {
    is_hidden(c) && !matches!(c, '\n' | '\t')
}

/// Whether no text may hold a character.
pub(super) fn is_forbidden(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t')) || is_invisible(c)
}

fn report(
    findings: &Findings,
    what: &str,
    span: &Range<usize>,
    text: &str,
    is_bad: fn(char) -> bool,
) {
    // Most texts hold nothing but what anybody can see.
    if all_plain(text, |byte| {
        is_printed(byte) || byte == b'\n' || byte == b'\t'
    }) {
        return;
    }
    let Some(found) = text.chars().find(|c| is_bad(*c)) else {
        return;
    };
    let name = format!("U+{:04X}", u32::from(found));
    let (title, help) = match found {
        '\r' => (
            format!("{what} holds a carriage return"),
            "write the end of a line as `\\n`",
        ),
        c if c.is_control() => (
            format!("{what} holds the control character {name}"),
            "delete it: of these, texts hold the tab and the end of a line alone",
        ),
        c if is_invisible(c) => (
            format!(
                "{what} holds {name}, which changes how others are read and is not seen itself"
            ),
            "delete it",
        ),
        _ => (
            format!("{what} holds {name}, which nobody sees"),
            "delete it: what looks the same must be the same",
        ),
    };
    let label = format!("{name} is in here");
    findings.report(RuleId::ForbiddenCharacter, span, title, &label, help);
}
