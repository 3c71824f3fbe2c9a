//! What all commands print with: styles, messages and wording; and how they end.

use std::fmt::{Display, Write as _};
use std::io::{self, Write as _};

use clap::builder::styling::{AnsiColor, Style};
use errbook_codegen::__private::printable;

/// The exit status of a command that was used correctly. Wrong use and errors of the system end with 2.
pub(crate) enum Outcome {
    /// Exit status 0.
    Good,
    /// Exit status 1: the catalogs or the generated files have problems, or nothing has the requested name.
    Findings,
}

impl Outcome {
    /// `Findings` if something failed, else `Good`.
    pub(crate) fn failed_if(failed: bool) -> Self {
        if failed { Self::Findings } else { Self::Good }
    }
}

// Severities, as clap and cargo show them.
pub(crate) const ERROR: Style = AnsiColor::Red.on_default().bold();
pub(crate) const WARNING: Style = AnsiColor::Yellow.on_default().bold();
pub(crate) const NOTE: Style = AnsiColor::BrightGreen.on_default().bold();
pub(crate) const GOOD: Style = AnsiColor::Green.on_default().bold();

// Headings and literals, as clap shows them in help.
pub(crate) const HEADING: Style = Style::new().bold().underline();
pub(crate) const STRONG: Style = Style::new().bold();
pub(crate) const CODE: Style = AnsiColor::Cyan.on_default();
pub(crate) const FAINT: Style = Style::new().dimmed();

// The two sides of a difference.
pub(crate) const OLD: Style = AnsiColor::Red.on_default();
pub(crate) const NEW: Style = AnsiColor::Green.on_default();

/// Writes a text to standard output as it is, without looking for styles in it.
pub(crate) fn print(text: &str) -> io::Result<()> {
    io::stdout().lock().write_all(text.as_bytes())
}

/// Writes an error to standard error. Control characters in its lines, which may contain arguments and names of files,
/// are escaped.
pub(crate) fn error(message: impl Display) -> io::Result<()> {
    let message = printable_lines(&message.to_string());
    writeln!(anstream::stderr(), "{ERROR}error{ERROR:#}: {message}")
}

/// Writes a warning to standard error, as [`error`] does.
pub(crate) fn warning(message: impl Display) -> io::Result<()> {
    let message = printable_lines(&message.to_string());
    writeln!(anstream::stderr(), "{WARNING}warning{WARNING:#}: {message}")
}

fn printable_lines(text: &str) -> String {
    join(text.lines().map(printable), "\n")
}

/// Returns a number with its noun: `1 catalog`, `5 catalogs`.
pub(crate) fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// Joins items with a separator.
pub(crate) fn join(items: impl IntoIterator<Item: Display>, separator: &str) -> String {
    let mut joined = String::new();
    for (index, item) in items.into_iter().enumerate() {
        let separator = if index == 0 { "" } else { separator };
        let _ = write!(joined, "{separator}{item}");
    }
    joined
}
