//! Workflow commands of GitHub Actions that annotate files.
//!
//! Each command is a line: `::error file=…,line=…::message`. The reference for the escapes is
//! `packages/core/src/command.ts` of `actions/toolkit`.

use std::fmt::Write;
use std::ops::Range;

use errbook_codegen::Position;

use crate::console::join;

/// The level of an annotation, which is the name of its command.
#[derive(Clone, Copy)]
pub(crate) enum AnnotationLevel {
    Error,
    Warning,
    Notice,
}

/// The properties of a command.
pub(crate) type AnnotationProperties = Vec<(&'static str, String)>;

/// Returns the properties for a range of lines or columns.
pub(crate) fn lines(range: &Range<Position>) -> AnnotationProperties {
    let mut properties = vec![
        ("line", range.start.line.to_string()),
        ("endLine", range.end.line.to_string()),
    ];
    // The runner rejects columns of a range over several lines.
    if range.start.line == range.end.line {
        properties.push(("col", range.start.column.to_string()));
        properties.push(("endColumn", range.end.column.to_string()));
    }
    properties
}

/// Adds a command.
pub(crate) fn push(
    commands: &mut String,
    level: AnnotationLevel,
    properties: &AnnotationProperties,
    message: &str,
) {
    let command = match level {
        AnnotationLevel::Error => "error",
        AnnotationLevel::Warning => "warning",
        AnnotationLevel::Notice => "notice",
    };
    let properties = properties.iter();
    let properties = properties.map(|(name, value)| format!("{name}={}", property(value)));
    writeln!(
        commands,
        "::{command} {}::{}",
        join(properties, ","),
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
