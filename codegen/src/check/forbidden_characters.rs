//! Characters that no text of a catalog may contain: control characters, and invisible ones that change how
//! others are read.

use std::ops::Range;

use crate::check::findings::Findings;
use crate::findings::RuleId;
use crate::toml::{TomlKind, TomlTable, TomlValue};
use crate::util::characters::is_invisible;
use crate::util::characters::{all_plain, is_printed};

/// Looks at every key and every text.
pub(super) fn check(findings: &Findings, table: &TomlTable) {
    for entry in &table.entries {
        report(findings, "a key", &entry.key_span, &entry.key, |c| {
            // Of what is told apart by its letters, all letters are seen.
            matches!(c, '\u{ad}' | '\u{200c}' | '\u{200d}')
        });
        value(findings, &entry.value);
    }
}

fn value(findings: &Findings, value: &TomlValue) {
    match &value.kind {
        TomlKind::Text(text) => report(findings, "a text", &value.span, text, |_| false),
        TomlKind::List(values) => values.iter().for_each(|item| self::value(findings, item)),
        TomlKind::Table(table) => check(findings, table),
        _ => {}
    }
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
    more: fn(char) -> bool,
) {
    // Most texts hold nothing but what anybody can see.
    if all_plain(text, |byte| {
        is_printed(byte) || byte == b'\n' || byte == b'\t'
    }) {
        return;
    }
    let Some(found) = text.chars().find(|c| is_forbidden(*c) || more(*c)) else {
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
        _ => (
            format!(
                "{what} holds {name}, which changes how others are read and is not seen itself"
            ),
            "delete it",
        ),
    };
    findings.report(
        RuleId::ForbiddenCharacter,
        span,
        title,
        &format!("{name} is in here"),
        help,
    );
}
