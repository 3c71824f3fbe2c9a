//! Workflow commands of GitHub Actions that annotate files.
//!
//! A line for each: `::error file=…,line=…::message`. What stands in it is escaped as the runner
//! takes it apart; the reference is `packages/core/src/command.ts` of `actions/toolkit`.

use std::fmt::Write;
use std::ops::Range;

use errbook_codegen::Position;

/// How much an annotation weighs, by the name of its command.
#[derive(Clone, Copy)]
pub(crate) enum Level {
    Error,
    Warning,
    Notice,
}

/// Properties of a command.
pub(crate) type Properties = Vec<(&'static str, String)>;

/// The properties that say where something is in a file.
pub(crate) fn lines(range: &Range<Position>) -> Properties {
    let mut properties = vec![
        ("line", range.start.line.to_string()),
        ("endLine", range.end.line.to_string()),
    ];
    // The runner takes no columns of what goes over several lines.
    if range.start.line == range.end.line {
        properties.push(("col", range.start.column.to_string()));
        properties.push(("endColumn", range.end.column.to_string()));
    }
    properties
}

/// Adds a command.
pub(crate) fn push(commands: &mut String, level: Level, properties: &Properties, message: &str) {
    let command = match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Notice => "notice",
    };
    let properties: Vec<String> = properties
        .iter()
        .map(|(name, value)| format!("{name}={}", property(value)))
        .collect();
    writeln!(
        commands,
        "::{command} {}::{}",
        properties.join(","),
        data(message)
    )
    .expect("writing to a string does not fail");
}

fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
