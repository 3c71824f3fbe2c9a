//! The styles of everything that the command prints.

use clap::builder::styling::{AnsiColor, Style};

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
