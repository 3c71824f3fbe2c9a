//! Matches texts against templates.

use crate::message::template::{
    TemplatePart, before_brace, first_part, first_placeholder, is_plain, parts,
};

/// The text before the only placeholder of a template, its name and the text after it, if neither text has a brace.
fn only_placeholder(template: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = template.split_at(before_brace(template.as_bytes()));
    let (name, behind) = first_placeholder(rest)?;
    is_plain(behind).then_some((before, name, behind))
}

/// Whether a template has no placeholder and stands for this text.
pub(crate) fn is_exactly(template: &str, text: &str) -> bool {
    // Braces are doubled, so no template is shorter than its text.
    if template.len() < text.len() {
        return false;
    }
    template == text && is_plain(template) || {
        let (literal, value) = Literal::first(template);
        value.is_none() && literal.starts(text) == Some(text.len())
    }
}

/// Matches a whole text against a template and returns the number of placeholders.
///
/// Values are not empty, and each is as short as possible, from the first to the last. Calls `accept` with each
/// name and value; a value that `accept` refuses is no match.
///
/// The matcher never goes back: the first occurrence of each literal is as good as any other.
pub fn matches<'x>(
    template: &str,
    text: &'x str,
    accept: &mut dyn FnMut(&str, &'x str) -> bool,
) -> Option<usize> {
    if cannot_match(template, text) {
        return None;
    }
    // Most templates have one placeholder.
    if let Some((before, name, behind)) = only_placeholder(template) {
        let value = text.strip_prefix(before)?.strip_suffix(behind)?;
        return (!value.is_empty() && accept(name, value)).then_some(1);
    }
    let (literal, mut value) = Literal::first(template);
    let (mut text, mut values) = (&text[literal.starts(text)?..], 0);
    while let Some((name, behind)) = value {
        let literal;
        (literal, value) = Literal::first(behind);
        let (from, to) = if value.is_none() {
            literal.ends(text)?
        } else {
            literal.find(text)?
        };
        if !accept(name, &text[..from]) {
            return None;
        }
        values += 1;
        text = &text[to..];
    }
    text.is_empty().then_some(values)
}

/// A template and a text without their first `before` and last `behind` bytes, if both texts agree in these.
///
/// These bytes of the template have no brace.
#[inline]
pub(crate) fn inside<'t, 'x>(
    template: &'t str,
    text: &'x str,
    before: usize,
    behind: usize,
) -> Option<(&'t str, &'x str)> {
    if text.len() <= before + behind {
        return None;
    }
    let (start, rest) = template.split_at_checked(before)?;
    let (inner, end) = rest.split_at_checked(rest.len().checked_sub(behind)?)?;
    Some((inner, text.strip_prefix(start)?.strip_suffix(end)?))
}

/// The name of the placeholder that a whole template consists of.
#[inline]
pub(crate) fn whole_placeholder(template: &str) -> Option<&str> {
    let name = template.strip_prefix('{')?.strip_suffix('}')?;
    is_plain(name).then_some(name)
}

/// Whether a template starts or ends with a letter that a text does not start or end with.
///
/// This rules out most templates without scanning them.
#[inline]
fn cannot_match(template: &str, text: &str) -> bool {
    let differs = |own: Option<&u8>, other: Option<&u8>| {
        own.is_some_and(|own| !matches!(own, b'{' | b'}')) && own != other
    };
    let (template, text) = (template.as_bytes(), text.as_bytes());
    differs(template.first(), text.first()) || differs(template.last(), text.last())
}

/// The literal text of a template before a placeholder, or at the end.
#[derive(Clone, Copy)]
struct Literal<'t> {
    /// The text as written in the template, with doubled braces.
    written: &'t str,
    /// Whether the text has no brace.
    is_plain: bool,
}

impl<'t> Literal<'t> {
    /// The literal at the start of a template; and the name of the placeholder after it, with the rest of the template.
    #[inline]
    fn first(template: &'t str) -> (Self, Option<(&'t str, &'t str)>) {
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
    fn starts(self, text: &str) -> Option<usize> {
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
    fn ends(self, text: &str) -> Option<(usize, usize)> {
        let length = if self.is_plain {
            self.written.len()
        } else {
            self.texts().map(str::len).sum()
        };
        let from = text.len().checked_sub(length).filter(|from| *from > 0)?;
        let end = text.get(from..)?;
        (self.starts(end)? == length).then_some((from, text.len()))
    }

    /// The first position of the literal in a text, after at least one character.
    fn find(self, text: &str) -> Option<(usize, usize)> {
        let first = text.chars().next()?.len_utf8();
        if self.is_plain {
            let from = first + text[first..].find(self.written)?;
            return Some((from, from + self.written.len()));
        }
        text[first..].char_indices().find_map(|(at, _)| {
            let from = first + at;
            Some((from, from + self.starts(&text[from..])?))
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

#[cfg(test)]
mod tests {
    extern crate std;
    use std::string::String;
    use std::vec::Vec;

    use super::{inside, is_exactly, matches, whole_placeholder};
    use crate::message::template::text_around_braces;

    #[test]
    fn template_matches_whole_text_with_short_values() {
        #[track_caller]
        fn check(template: &str, text: &str, expected: Option<&[(&str, &str)]>) {
            let mut values: Vec<(String, String)> = Vec::new();
            let matched = matches(template, text, &mut |name, value| {
                values.push((name.into(), value.into()));
                true
            });
            let values: Vec<(&str, &str)> = values
                .iter()
                .map(|(name, value)| (name.as_str(), value.as_str()))
                .collect();
            assert_eq!(matched.map(|_| &values[..]), expected, "{template} {text}");
            assert_eq!(is_exactly(template, text), expected == Some(&[]));
            check_inside(template, text, matched);
        }

        /// The result is the same without the text around the braces.
        #[track_caller]
        fn check_inside(template: &str, text: &str, matched: Option<usize>) {
            let Some((before, behind)) = text_around_braces(template) else {
                return;
            };
            let inside = inside(template, text, before, behind);
            let values = inside.and_then(|(template, text)| match whole_placeholder(template) {
                Some(_) => Some(1),
                None => matches(template, text, &mut |_, _| true),
            });
            assert_eq!(values, matched, "{template} {text}");
        }
        check("plain", "plain", Some(&[]));
        check("plain", "plainer", None);
        check("plain", "plai", None);
        check("", "", Some(&[]));
        check("", "x", None);
        check("a {x} b", "a 1 b", Some(&[("x", "1")]));
        check("a {x} b", "a  b", None);
        check("a {x} b", "a  b b", Some(&[("x", " b")]));
        check("a {x}", "a ", None);
        check("a {x}", "a größe", Some(&[("x", "größe")]));
        check("{x} a", "ü a", Some(&[("x", "ü")]));
        check("{x} a", " a", None);
        check("{x} a", "ü", None);
        check("{x}-{y}", "a-b-c", Some(&[("x", "a"), ("y", "b-c")]));
        check("{x}-{y}", "--c", Some(&[("x", "-"), ("y", "c")]));
        check("{x}-{y}", "a-", None);
        check("{x}-{y}!", "a-b!c!", Some(&[("x", "a"), ("y", "b!c")]));
        check(
            "{x}ab{y}ab",
            "1ab2ab3ab",
            Some(&[("x", "1"), ("y", "2ab3")]),
        );
        check("{x}ab{y}ab", "1abab", None);
        check("{{a}} {x}", "{a} 1", Some(&[("x", "1")]));
        check("{{a}}", "{a}", Some(&[]));
        check("{{a}}", "{{a}}", None);
        check("{x}{{{y}}}", "1{2}", Some(&[("x", "1"), ("y", "2")]));
        check("{x}{{{y}}}", "{{2}}", Some(&[("x", "{"), ("y", "2}")]));
        check("{x} {{ü {y}", "a {ü b", Some(&[("x", "a"), ("y", "b")]));
        check("{x}é", "aé", Some(&[("x", "a")]));
        check("{x}\u{301}", "ae\u{301}", Some(&[("x", "ae")]));
    }

    #[test]
    fn refused_value_is_no_match() {
        let number = &mut |_: &str, value: &str| value.parse::<u32>().is_ok();
        assert_eq!(matches("{n} left", "3 left", number), Some(1));
        assert_eq!(matches("{n} left", "three left", number), None);
    }
}
