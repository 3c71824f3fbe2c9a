//! Lines on standard output and standard error.

use std::fmt;
use std::io::{self, Write};

use crate::styles::{ERROR, WARNING};

/// Writes a text to standard output as it is, without looking for styles in it.
pub(crate) fn print(text: &str) -> io::Result<()> {
    io::stdout().lock().write_all(text.as_bytes())
}

/// Writes an error to standard error.
pub(crate) fn error(message: impl fmt::Display) -> io::Result<()> {
    writeln!(anstream::stderr(), "{ERROR}error{ERROR:#}: {message}")
}

/// Writes a warning to standard error.
pub(crate) fn warning(message: impl fmt::Display) -> io::Result<()> {
    writeln!(anstream::stderr(), "{WARNING}warning{WARNING:#}: {message}")
}
