//! The grammar of message templates: `{name}` is a placeholder, `{{` and `}}` are braces.

use crate::byte_search::{each, position};

/// A part of a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TemplatePart<'t> {
    /// A literal text: a single brace, or a text without a brace.
    Text(&'t str),
    /// The name of a placeholder.
    Placeholder(&'t str),
}

/// Why a text is not a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TemplateError<'t> {
    /// The offset in bytes of the brace that the error is about.
    pub offset: usize,
    pub kind: TemplateErrorKind<'t>,
}

/// What is wrong with a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TemplateErrorKind<'t> {
    /// A `}` without a `{` before it.
    UnopenedBrace,
    /// A `{` without a `}` after it.
    UnclosedBrace,
    /// Braces around a text that cannot be a name: an empty one, or one with white space or a `{`.
    BadName(&'t str),
    /// A placeholder directly after another one: a text does not show where the first value ends.
    AdjacentPlaceholders,
    /// A template that is only a placeholder: every text matches.
    OnlyPlaceholder,
}

/// Checks that a text is a template.
///
/// # Errors
///
/// The first error of the text.
pub fn check(template: &str) -> Result<(), TemplateError<'_>> {
    let error = |rest: &str, kind| {
        let offset = template.len() - rest.len();
        Err(TemplateError { offset, kind })
    };
    let (mut rest, mut count, mut last) = (template, 0, None);
    while let Some((part, after)) = first_part(rest) {
        let length = rest.len() - after.len();
        match part {
            TemplatePart::Text("{") if length == 1 => {
                let name = after.split_once('}').map(|(name, _)| name);
                let kind =
                    name.map_or(TemplateErrorKind::UnclosedBrace, TemplateErrorKind::BadName);
                return error(rest, kind);
            }
            TemplatePart::Text("}") if length == 1 => {
                return error(rest, TemplateErrorKind::UnopenedBrace);
            }
            TemplatePart::Placeholder(name)
                if name.is_empty() || name.contains(char::is_whitespace) =>
            {
                return error(rest, TemplateErrorKind::BadName(name));
            }
            TemplatePart::Placeholder(_) if matches!(last, Some(TemplatePart::Placeholder(_))) => {
                return error(rest, TemplateErrorKind::AdjacentPlaceholders);
            }
            TemplatePart::Text(_) | TemplatePart::Placeholder(_) => {}
        }
        (rest, count, last) = (after, count + 1, Some(part));
    }
    match (last, count) {
        (Some(TemplatePart::Placeholder(_)), 1) => {
            error(template, TemplateErrorKind::OnlyPlaceholder)
        }
        _ => Ok(()),
    }
}

/// The parts of a template, in order.
///
/// Templates are checked when code is generated. A brace that is an error there is a text here.
pub fn parts(template: &str) -> impl Iterator<Item = TemplatePart<'_>> {
    let mut rest = template;
    core::iter::from_fn(move || {
        let part;
        (part, rest) = first_part(rest)?;
        Some(part)
    })
}

/// The names of the placeholders of a template, in order.
pub fn placeholders(template: &str) -> impl Iterator<Item = &str> {
    parts(template).filter_map(|part| match part {
        TemplatePart::Placeholder(name) => Some(name),
        TemplatePart::Text(_) => None,
    })
}

/// The numbers of bytes before the first brace and after the last one, if a template has a placeholder.
pub fn text_around_braces(template: &str) -> Option<(usize, usize)> {
    placeholders(template).next()?;
    let last = template.rfind(['{', '}'])?;
    Some((before_brace(template.as_bytes()), template.len() - last - 1))
}

/// The first part of a template, and the rest of the template after it.
pub(super) fn first_part(template: &str) -> Option<(TemplatePart<'_>, &str)> {
    let (literal, rest) = template.split_at(before_brace(template.as_bytes()));
    if !literal.is_empty() {
        return Some((TemplatePart::Text(literal), rest));
    }
    if let Some((name, rest)) = first_placeholder(template) {
        return Some((TemplatePart::Placeholder(name), rest));
    }
    let (brace, rest) = first_brace(template);
    (!brace.is_empty()).then_some((TemplatePart::Text(brace), rest))
}

/// The brace at the start of a template, doubled or not, and the rest of the template after it.
#[cold]
pub(super) fn first_brace(template: &str) -> (&str, &str) {
    let (brace, behind) = template.split_at(template.len().min(1));
    (brace, behind.strip_prefix(brace).unwrap_or(behind))
}

/// The name of the placeholder at the start of a template, and the rest of the template after it.
#[inline]
pub(super) fn first_placeholder(template: &str) -> Option<(&str, &str)> {
    let after = template.strip_prefix('{')?;
    let (name, rest) = after.split_at(before_brace(after.as_bytes()));
    Some((name, rest.strip_prefix('}')?))
}

/// Whether a template has no brace, and so is the text that it stands for.
pub(super) fn is_plain(template: &str) -> bool {
    before_brace(template.as_bytes()) == template.len()
}

/// The number of bytes before the first brace.
pub(super) fn before_brace(bytes: &[u8]) -> usize {
    // Adding this much sets the highest bit of a brace. It also sets that of the ASCII characters after
    // the braces, which few texts have.
    let from_brace = |word: u64| word.wrapping_add(each(0x80 - b'{')) & !word;
    let at = position(bytes, from_brace);
    match bytes.get(at) {
        None | Some(b'{' | b'}') => at,
        Some(_) => before_brace_from(bytes, at),
    }
}

/// As [`before_brace`], one byte at a time, from an offset on.
#[cold]
fn before_brace_from(bytes: &[u8], at: usize) -> usize {
    let is_brace = |byte: &u8| matches!(byte, b'{' | b'}');
    let behind = bytes[at..].iter().position(is_brace);
    behind.map_or(bytes.len(), |behind| at + behind)
}

#[cfg(test)]
mod tests {
    extern crate std;
    use std::vec::Vec;

    use super::TemplateErrorKind::*;
    use super::{before_brace, check, text_around_braces};

    #[test]
    fn before_brace_counts_bytes() {
        for length in 0..20 {
            for at in 0..length {
                for byte in 0..=255_u8 {
                    // Text before the brace has the ASCII characters that follow the braces.
                    let mut bytes: Vec<u8> =
                        (0..length).map(|at| b"|~zy\x7f\xffab"[at % 8]).collect();
                    bytes[at] = byte;
                    let is_brace = |byte: &u8| matches!(byte, b'{' | b'}');
                    let expected = bytes.iter().position(is_brace).unwrap_or(length);
                    assert_eq!(before_brace(&bytes), expected, "{bytes:?}");
                }
            }
        }
    }

    #[test]
    fn check_reports_first_error_with_offset() {
        for template in ["", "a", "a {x}", "{{}}", "{x}{{{y}", "{{{x}}}", "ü {x} {y}"] {
            assert_eq!(check(template), Ok(()), "{template}");
        }
        for (template, offset, kind) in [
            ("a } b", 2, UnopenedBrace),
            ("{x}}", 3, UnopenedBrace),
            ("ü {", 3, UnclosedBrace),
            ("{{ {x", 3, UnclosedBrace),
            ("a {}", 2, BadName("")),
            ("{a b} }", 0, BadName("a b")),
            ("{a{b}", 0, BadName("a{b")),
            ("{x}{y}", 3, AdjacentPlaceholders),
            ("{x}", 0, OnlyPlaceholder),
        ] {
            let error = check(template).expect_err(template);
            assert_eq!((error.offset, error.kind), (offset, kind), "{template}");
        }
    }

    #[test]
    fn text_around_braces_needs_a_placeholder() {
        assert_eq!(text_around_braces("ü {x} {y}!"), Some((3, 1)));
        assert_eq!(text_around_braces("{{ {x} a"), Some((0, 2)));
        assert_eq!(text_around_braces("{{a}}"), None);
    }
}
