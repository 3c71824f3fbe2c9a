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
    if let Some((name, rest)) = first_value(text) {
        return Some((Part::Value(name), rest));
    }
    let (brace, rest) = first_brace(text);
    (!brace.is_empty()).then_some((Part::Text(brace), rest))
}

/// The brace that a template begins with, which may be written twice, and what is behind it.
#[cold]
fn first_brace(template: &str) -> (&str, &str) {
    let (brace, behind) = template.split_at(template.len().min(1));
    (brace, behind.strip_prefix(brace).unwrap_or(behind))
}

/// The name of the value that a template begins with, and what is behind it.
#[inline]
fn first_value(template: &str) -> Option<(&str, &str)> {
    let after = template.strip_prefix('{')?;
    let (name, rest) = after.split_at(before_brace(after.as_bytes()));
    Some((name, rest.strip_prefix('}')?))
}

/// The name of the one value that a template has, between texts without a brace.
fn only_value(template: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = template.split_at(before_brace(template.as_bytes()));
    let (name, behind) = first_value(rest)?;
    is_plain(behind).then_some((before, name, behind))
}

/// Whether a template is the text that it is written as.
fn is_plain(template: &str) -> bool {
    before_brace(template.as_bytes()) == template.len()
}

/// Whether a template without a value is this text.
pub(crate) fn is_exactly(template: &str, text: &str) -> bool {
    // Braces are written twice, so that no template is shorter than what it says.
    if template.len() < text.len() {
        return false;
    }
    template == text && is_plain(template) || {
        let (literal, value) = Literal::first(template);
        value.is_none() && literal.starts(text) == Some(text.len())
    }
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
    if cannot_match(template, text) {
        return None;
    }
    // Most have one.
    if let Some((before, name, behind)) = only_value(template) {
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

/// What is left of a template and of a text without so many bytes before and behind, if these are the same in
/// both. In the template they have no brace.
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

/// The name of the one value that a template is.
#[inline]
pub(crate) fn value_alone(template: &str) -> Option<&str> {
    let name = template.strip_prefix('{')?.strip_suffix('}')?;
    is_plain(name).then_some(name)
}

/// Whether a template begins or ends with another letter than a text: most do, and need not be gone
/// through.
#[inline]
fn cannot_match(template: &str, text: &str) -> bool {
    let differs = |own: Option<&u8>, other: Option<&u8>| {
        own.is_some_and(|own| !matches!(own, b'{' | b'}')) && own != other
    };
    let (template, text) = (template.as_bytes(), text.as_bytes());
    differs(template.first(), text.first()) || differs(template.last(), text.last())
}

/// What stands in a template before a value, or at its end.
#[derive(Clone, Copy)]
struct Literal<'t> {
    /// As it is written there.
    written: &'t str,
    /// Whether it says what is written: it has no brace.
    is_plain: bool,
}

impl<'t> Literal<'t> {
    /// The one that a template begins with, and the value behind it, if there is one: its name, and what
    /// is behind that.
    #[inline]
    fn first(template: &'t str) -> (Self, Option<(&'t str, &'t str)>) {
        let (written, rest) = template.split_at(before_brace(template.as_bytes()));
        let value = first_value(rest);
        if !rest.is_empty() && value.is_none() {
            return Self::with_braces(template);
        }
        let is_plain = true;
        (Self { written, is_plain }, value)
    }

    #[cold]
    fn with_braces(template: &'t str) -> (Self, Option<(&'t str, &'t str)>) {
        let mut rest = template;
        while let Some((Part::Text(_), after)) = first_part(rest) {
            rest = after;
        }
        let (written, rest) = template.split_at(template.len() - rest.len());
        let is_plain = false;
        (Self { written, is_plain }, first_value(rest))
    }

    /// How long it is in a text that begins with it.
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

    /// Where it stands at the end of a text that has something before it.
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

    /// Where it first stands in a text that has something before it.
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

    /// What it says, in parts.
    fn texts(self) -> impl Iterator<Item = &'t str> {
        parts(self.written).map(|part| match part {
            Part::Text(text) => text,
            Part::Value(_) => "",
        })
    }
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

/// The text of a value, by its name.
type Values<'f, 'v> = &'f dyn Fn(&str) -> Option<Cow<'v, str>>;

impl<'a, Forms: Iterator<Item = &'a str> + Clone> Words<'a, Forms> {
    /// The message that is sent, if there is one; see [`push`](Self::push).
    #[doc(hidden)]
    pub fn message(&self, value: Values<'_, '_>) -> Option<Cow<'a, str>> {
        let mut forms = self.forms.clone();
        if let (Some(only), None) = (forms.next(), forms.next())
            && is_plain(only)
        {
            return Some(only.into());
        }
        let mut message = String::new();
        self.push(value, &mut message, String::push_str)
            .then(|| message.into())
    }

    /// Appends the message that is sent: of the forms that have all their values, the one with the
    /// most, and of these the first. Where none has, or the error has no message, what it means; of an
    /// error that its message alone tells, the main form, with the names of the values that are
    /// missing. `false`, with nothing appended, where nobody says anything.
    pub(crate) fn push(
        &self,
        value: Values<'_, '_>,
        out: &mut String,
        push: fn(&mut String, &str),
    ) -> bool {
        if push_whole(self.forms.clone(), value, out, push) {
            return true;
        }
        let main = self.forms.clone().next();
        match (self.description.or(self.title), main) {
            (Some(meaning), main) if main.is_none() || self.has_code => push(out, meaning),
            (_, Some(main)) => {
                push_form(main, value, out, push);
            }
            (_, None) => return false,
        }
        true
    }
}

/// Appends, of the forms that have all their values, the one with the most, and of these the first;
/// `false`, with nothing appended, where none has.
pub(crate) fn push_whole<'a>(
    forms: impl Iterator<Item = &'a str>,
    value: Values<'_, '_>,
    out: &mut String,
    push: fn(&mut String, &str),
) -> bool {
    let start = out.len();
    // How many values there are in what is said, and one more.
    let (mut most, mut plain) = (0, None);
    for form in forms {
        if is_plain(form) {
            // Without a value, it is behind those that have some.
            if most == 0 {
                (most, plain) = (1, Some(form));
            }
            continue;
        }
        let before = out.len();
        let values = push_form(form, value, out, push).map_or(0, |values| values + 1);
        if values <= most {
            out.truncate(before);
            continue;
        }
        if before > start {
            out.drain(start..before);
        }
        (most, plain) = (values, None);
    }
    if let Some(plain) = plain {
        push(out, plain);
    }
    most > 0
}

/// Appends a form with its values; of one that is missing, the name. How many values it has, if all are
/// there.
fn push_form(
    form: &str,
    value: Values<'_, '_>,
    out: &mut String,
    push: fn(&mut String, &str),
) -> Option<usize> {
    let (mut rest, mut values, mut is_whole) = (form, 0, true);
    while !rest.is_empty() {
        let (text, behind) = rest.split_at(before_brace(rest.as_bytes()));
        if !text.is_empty() {
            push(out, text);
        }
        if behind.is_empty() {
            break;
        }
        if let Some((name, behind)) = first_value(behind) {
            rest = behind;
            values += 1;
            if let Some(value) = value(name) {
                push(out, &value);
                continue;
            }
            is_whole = false;
            for text in ["{", name, "}"] {
                push(out, text);
            }
        } else {
            let (brace, behind) = first_brace(behind);
            push(out, brace);
            rest = behind;
        }
    }
    is_whole.then_some(values)
}

#[cfg(test)]
mod tests {
    extern crate std;
    use std::string::String;
    use std::vec::Vec;

    use super::{Part, Words, inside, is_exactly, matches, parts, value_alone};

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
            check_inside(template, text, matched);
        }

        /// It is the same without what stands around the values.
        #[track_caller]
        fn check_inside(template: &str, text: &str, matched: Option<usize>) {
            let braces: Vec<usize> = template
                .match_indices(['{', '}'])
                .map(|(at, _)| at)
                .collect();
            let (Some(first), Some(last)) = (braces.first(), braces.last()) else {
                return;
            };
            if parts(template).all(|part| matches!(part, Part::Text(_))) {
                return;
            }
            let inside = inside(template, text, *first, template.len() - last - 1);
            let values = inside.and_then(|(template, text)| match value_alone(template) {
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
    fn a_value_that_is_refused_ends_it() {
        let number = &mut |_: &str, value: &str| value.parse::<u32>().is_ok();
        assert_eq!(matches("{n} left", "3 left", number), Some(1));
        assert_eq!(matches("{n} left", "three left", number), None);
    }

    #[test]
    fn the_form_with_the_most_values_is_said() {
        #[track_caller]
        fn check(forms: &[&str], values: &[(&str, &str)], expected: Option<&str>) {
            let words = Words {
                forms: forms.iter().copied(),
                description: None,
                title: None,
                has_code: false,
            };
            let value = |name: &str| {
                let value = values.iter().find(|(other, _)| *other == name);
                value.map(|(_, value)| (*value).into())
            };
            assert_eq!(words.message(&value).as_deref(), expected);
        }
        let (x, y) = (("x", "1"), ("y", "2"));
        check(&[], &[x], None);
        check(&["a"], &[], Some("a"));
        check(&["a", "b"], &[], Some("a"));
        check(&["{{a}}"], &[], Some("{a}"));
        check(&["{{a}}", "b"], &[x], Some("{a}"));
        check(&["b", "{{a}}"], &[x], Some("b"));
        check(&["a {x}"], &[], Some("a {x}"));
        check(&["a {x}", "b"], &[], Some("b"));
        check(&["b", "a {x}"], &[x], Some("a 1"));
        check(&["{x} a", "b {x}", "b"], &[x], Some("1 a"));
        check(&["a {x}", "b", "{y}{{{x}}}"], &[x, y], Some("2{1}"));
        check(&["{x}|{y}", "b", "a {x}"], &[x], Some("a 1"));
    }
}
