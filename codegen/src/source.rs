//! The text of a file that findings point into.

use std::ops::Range;

use crate::util::characters::is_invisible;

/// The text of one catalog and the name that findings and headers know it by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    name: String,
    text: String,
    /// The bytes of the file's byte order mark.
    mark: usize,
    /// The line ends of the text that are two bytes in the file.
    long_ends: Vec<usize>,
    /// The first bytes that are no UTF-8: where they are in the text, and how many there are in the file.
    not_utf8: Option<(usize, usize)>,
}

impl Source {
    /// A catalog's text under a name such as `catalog/converso.toml`.
    ///
    /// Line ends become `\n` and a byte order mark goes, so that the same catalog gives the same
    /// output however its file was checked out.
    pub fn new(name: impl Into<String>, text: impl AsRef<str>) -> Self {
        let file = text.as_ref();
        let text = file.strip_prefix('\u{feff}').unwrap_or(file);
        let long_ends = text.match_indices('\r').map(|(at, _)| at);
        let long_ends = long_ends.filter(|at| text[at + 1..].starts_with('\n'));
        let long_ends = (0..).zip(long_ends);
        Self {
            name: shown(&name.into()),
            text: text.replace("\r\n", "\n"),
            mark: file.len() - text.len(),
            long_ends: long_ends.map(|(before, at)| at - before).collect(),
            not_utf8: None,
        }
    }

    /// The text of a file: bytes that are not UTF-8 become replacement characters.
    pub(crate) fn from_bytes(name: String, bytes: Vec<u8>) -> Self {
        let (valid, error) = match String::from_utf8(bytes) {
            Ok(text) => return Self::new(name, text),
            Err(error) => (error.utf8_error(), error),
        };
        let bytes = error.as_bytes();
        let (before, rest) = bytes.split_at(valid.valid_up_to());
        let before = Self::new("", String::from_utf8_lossy(before)).text.len();
        let mut source = Self::new(name, String::from_utf8_lossy(bytes));
        source.not_utf8 = Some((before, valid.error_len().unwrap_or(rest.len())));
        source
    }

    /// The name that findings and the headers of generated files use.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The catalog's text, with `\n` line ends.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The place of the first bytes that are not UTF-8, if there are any.
    pub(crate) fn not_utf8(&self) -> Option<Range<usize>> {
        let (at, _) = self.not_utf8?;
        Some(at..at + char::REPLACEMENT_CHARACTER.len_utf8())
    }

    /// How many bytes of the file are before a byte of the text. What comes after bytes that are not UTF-8 is
    /// no part of any finding.
    pub(crate) fn in_file(&self, at: usize) -> usize {
        let before = |at: usize| {
            let long_ends = self.long_ends.partition_point(|end| *end < at);
            self.mark + at + long_ends
        };
        match self.not_utf8 {
            Some((wrong, length)) if at > wrong => before(wrong) + length,
            _ => before(at),
        }
    }
}

/// A name on one line, with `/` between its parts.
fn shown(name: &str) -> String {
    let replace = |c: char| match c {
        '\\' => '/',
        c if c.is_control() || is_invisible(c) => char::REPLACEMENT_CHARACTER,
        c => c,
    };
    name.chars().map(replace).collect()
}
