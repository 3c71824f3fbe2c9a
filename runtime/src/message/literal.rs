//! The literal texts of a template, between its placeholders.

use crate::message::template::{TemplatePart, before_brace, first_part, first_placeholder, parts};

/// The literal text of a template before a placeholder, or at the end.
#[derive(Clone, Copy)]
pub(super) struct Literal<'t> {
    /// The text as written in the template, with doubled braces.
    written: &'t str,
    /// Whether the text has no brace.
    is_plain: bool,
}

impl<'t> Literal<'t> {
    /// The literal at the start of a template; and the name of the placeholder after it, with the rest of the template.
    #[inline]
    pub(super) fn first(template: &'t str) -> (Self, Option<(&'t str, &'t str)>) {
        let (written, rest) = template.split_at(before_brace(template.as_bytes()));
        let value = first_placeholder(rest);
        if !rest.is_empty() && value.is_none() {
            return Self::with_braces(template);
        }
        let is_plain = true;
        (Self { written, is_plain }, value)
    }

    #[cold]
    fn with_braces(template: &'t str) -> (Self, Option<(&'t str, &'t str)>) {
        let mut rest = template;
        while let Some((TemplatePart::Text(_), after)) = first_part(rest) {
            rest = after;
        }
        let (written, rest) = template.split_at(template.len() - rest.len());
        let is_plain = false;
        (Self { written, is_plain }, first_placeholder(rest))
    }

    /// The length of the literal in a text that starts with it.
    pub(super) fn length_at_start(self, text: &str) -> Option<usize> {
        if self.is_plain {
            return text.starts_with(self.written).then_some(self.written.len());
        }
        let mut rest = text;
        for text in self.texts() {
            rest = rest.strip_prefix(text)?;
        }
        Some(text.len() - rest.len())
    }

    /// The position of the literal at the end of a text, after at least one character.
    pub(super) fn span_at_end(self, text: &str) -> Option<(usize, usize)> {
        let length = if self.is_plain {
            self.written.len()
        } else {
            self.texts().map(str::len).sum()
        };
        let from = text.len().checked_sub(length).filter(|from| *from > 0)?;
        let end = text.get(from..)?;
        (self.length_at_start(end)? == length).then_some((from, text.len()))
    }

    /// The first position of the literal in a text, after at least one character.
    pub(super) fn find(self, text: &str) -> Option<(usize, usize)> {
        let first = text.chars().next()?.len_utf8();
        self.find_from(text, first)
    }

    /// The first position of the literal in a text from an offset on.
    pub(super) fn find_from(self, text: &str, start: usize) -> Option<(usize, usize)> {
        let rest = text.get(start..)?;
        if self.is_plain {
            let from = start + rest.find(self.written)?;
            return Some((from, from + self.written.len()));
        }
        rest.char_indices().find_map(|(at, _)| {
            let from = start + at;
            Some((from, from + self.length_at_start(&text[from..])?))
        })
    }

    /// The literal with single braces, in parts.
    fn texts(self) -> impl Iterator<Item = &'t str> {
        parts(self.written).map(|part| match part {
            TemplatePart::Text(text) => text,
            TemplatePart::Placeholder(_) => "",
        })
    }
}
