//! Messages are templates: `{name}` is a value, `{{` and `}}` are braces.

use alloc::borrow::Cow;
use alloc::string::String;

use crate::scan::before_brace;

/// A part of a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part<'t> {
    /// A text as it stands, without a brace.
    Text(&'t str),
    /// The value of this name.
    Value(&'t str),
}

/// The parts of a template, in order; a brace is a text of its own.
///
/// Templates are checked when code is generated. What is no template is read as if its braces were
/// text.
pub(crate) fn parts(template: &str) -> impl Iterator<Item = Part<'_>> {
    let mut rest = template;
    core::iter::from_fn(move || {
        let part;
        (part, rest) = first_part(rest)?;
        Some(part)
    })
}

fn first_part(text: &str) -> Option<(Part<'_>, &str)> {
    let (literal, rest) = text.split_at(before_brace(text.as_bytes()));
    if !literal.is_empty() {
        return Some((Part::Text(literal), rest));
    }
    let (brace, after) = text.split_at_checked(1)?;
    if let Some(rest) = after.strip_prefix(brace) {
        return Some((Part::Text(brace), rest));
    }
    match after.split_once('}') {
        Some((name, rest)) if brace == "{" => Some((Part::Value(name), rest)),
        _ => Some((Part::Text(brace), after)),
    }
}

/// Whether a template is the text that it is written as.
fn is_plain(template: &str) -> bool {
    before_brace(template.as_bytes()) == template.len()
}

/// Whether a template without a value is this text.
pub(crate) fn is_exactly(template: &str, text: &str) -> bool {
    template == text && is_plain(template)
        || literal_prefix(template, text) == Some((text.len(), ""))
}

/// How many values a template has, if it is the whole of a text, each value not empty and as short as
/// can be, from the first to the last. Hands out the values, and stops at one that is refused.
///
/// Nothing is tried twice: the first place of each literal is as good as any other.
pub fn matches<'x>(
    template: &str,
    text: &'x str,
    accept: &mut dyn FnMut(&str, &'x str) -> bool,
) -> Option<usize> {
    let (start, mut template) = literal_prefix(template, text)?;
    let (mut text, mut values) = (&text[start..], 0);
    while let Some((Part::Value(name), rest)) = first_part(template) {
        let (literal, rest) = split_literal(rest);
        let (from, to) = if rest.is_empty() {
            literal_suffix(literal, text)?
        } else {
            find_literal(literal, text)?
        };
        if !accept(name, &text[..from]) {
            return None;
        }
        values += 1;
        (template, text) = (rest, &text[to..]);
    }
    text.is_empty().then_some(values)
}

/// The literal that a template begins with, as it is written there, and the rest of the template.
fn split_literal(template: &str) -> (&str, &str) {
    let mut rest = template;
    while let Some((Part::Text(_), after)) = first_part(rest) {
        rest = after;
    }
    template.split_at(template.len() - rest.len())
}

/// How much of a text the literal is that a template begins with, if the text begins with it, and
/// the rest of the template.
fn literal_prefix<'t>(template: &'t str, text: &str) -> Option<(usize, &'t str)> {
    let (mut template, mut rest) = (template, text);
    while let Some((Part::Text(literal), after)) = first_part(template) {
        rest = rest.strip_prefix(literal)?;
        template = after;
    }
    Some((text.len() - rest.len(), template))
}

/// Where a literal stands at the end of a text that has something before it.
fn literal_suffix(literal: &str, text: &str) -> Option<(usize, usize)> {
    if is_plain(literal) {
        let from = text.strip_suffix(literal)?.len();
        return (from > 0).then_some((from, text.len()));
    }
    let length: usize = parts(literal)
        .map(|part| match part {
            Part::Text(text) => text.len(),
            Part::Value(_) => 0,
        })
        .sum();
    let from = text.len().checked_sub(length).filter(|from| *from > 0)?;
    let end = text.get(from..)?;
    (literal_prefix(literal, end)?.0 == length).then_some((from, text.len()))
}

/// Where a literal first stands in a text that has something before it.
fn find_literal(literal: &str, text: &str) -> Option<(usize, usize)> {
    let first = text.chars().next()?.len_utf8();
    if is_plain(literal) {
        let from = first + text[first..].find(literal)?;
        return Some((from, from + literal.len()));
    }
    text[first..].char_indices().find_map(|(at, _)| {
        let from = first + at;
        Some((from, from + literal_prefix(literal, &text[from..])?.0))
    })
}

/// The words that a catalog has for an error.
#[doc(hidden)]
pub struct Words<'a, Forms> {
    /// The forms of its message.
    pub forms: Forms,
    pub description: Option<&'a str>,
    pub title: Option<&'a str>,
    /// Whether the body has a code, so that nobody has to know the error by its message.
    pub has_code: bool,
}

impl<'a, Forms: Iterator<Item = &'a str> + Clone> Words<'a, Forms> {
    /// The message that is sent: of the forms that have all their values, the one with the most, and
    /// of these the first. Where none has, or the error has no message, what it means; of an error
    /// that its message alone tells, the main form, with the names of the values that are missing.
    #[doc(hidden)]
    pub fn message<'v>(
        &self,
        value: &dyn Fn(&str) -> Option<Cow<'v, str>>,
    ) -> Option<Cow<'a, str>> {
        let mut best: Option<(usize, &'a str)> = None;
        for form in self.forms.clone() {
            if let Some(values) = count_values(form, &|name| value(name).is_some())
                && best.is_none_or(|(most, _)| values > most)
            {
                best = Some((values, form));
            }
        }
        if let Some((_, form)) = best {
            return Some(render(form, value));
        }
        let main = self.forms.clone().next();
        match self.description.or(self.title) {
            Some(meaning) if main.is_none() || self.has_code => Some(meaning.into()),
            _ => Some(render(main?, value)),
        }
    }
}

/// How many values a form has, if all are there.
fn count_values(form: &str, is_there: &dyn Fn(&str) -> bool) -> Option<usize> {
    if is_plain(form) {
        return Some(0);
    }
    let mut count = 0;
    for part in parts(form) {
        if let Part::Value(name) = part {
            if !is_there(name) {
                return None;
            }
            count += 1;
        }
    }
    Some(count)
}

/// A form with its values; of one that is missing, the name.
fn render<'t, 'v>(form: &'t str, value: &dyn Fn(&str) -> Option<Cow<'v, str>>) -> Cow<'t, str> {
    if is_plain(form) {
        return form.into();
    }
    let mut out = String::with_capacity(form.len() + 32);
    for part in parts(form) {
        match part {
            Part::Text(text) => out.push_str(text),
            Part::Value(name) => match value(name) {
                Some(value) => out.push_str(&value),
                None => out.extend(["{", name, "}"]),
            },
        }
    }
    out.into()
}

#[cfg(test)]
mod tests {
    extern crate std;
    use std::string::String;
    use std::vec::Vec;

    use super::{is_exactly, matches};

    #[test]
    fn a_template_matches_whole_texts_with_short_values() {
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
    fn a_value_that_is_refused_ends_it() {
        let number = &mut |_: &str, value: &str| value.parse::<u32>().is_ok();
        assert_eq!(matches("{n} left", "3 left", number), Some(1));
        assert_eq!(matches("{n} left", "three left", number), None);
    }
}
