//! Displays texts of others on one line.

use core::fmt::{self, Write};

/// A text of a server on one line: every character that breaks a line or controls a terminal is a space.
pub(crate) struct OneLine<'t>(pub(crate) &'t str);

impl fmt::Display for OneLine<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut chars = self.0.chars();
        chars.try_for_each(|char| f.write_char(on_one_line(char)))
    }
}

/// A character, or a space for one that breaks a line or controls a terminal:
///
/// - the control characters of ASCII and of Latin 1, with which escape sequences start;
/// - the separators of lines and paragraphs;
/// - the marks that change the direction of text, and so the order in which it is seen.
pub(crate) fn on_one_line(char: char) -> char {
    match char {
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            ' '
        }
        _ if char.is_control() => ' ',
        _ => char,
    }
}
