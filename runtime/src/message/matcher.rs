//! Matches texts against templates.

use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use crate::catalog::tables::ParamKind;
use crate::message::backtracking::search;
use crate::message::literal::Literal;
use crate::message::template::{before_brace, first_placeholder, is_plain, placeholders};
use crate::message::value::{is_missing, is_value};

/// A template and a text that matches it.
pub struct TemplateMatch<'t, 'x> {
    template: &'t str,
    text: &'x str,
    /// The number of placeholders. A repeated one counts each time.
    pub placeholders: usize,
    /// The value of each placeholder; `None` if each value is as short as possible.
    searched: Option<Vec<&'x str>>,
}

impl<'x> TemplateMatch<'_, 'x> {
    /// The value of a placeholder. `{name}` is sent in place of a missing value, and counts as none.
    pub(crate) fn value(&self, name: &str) -> Option<&'x str> {
        let mut found = None;
        self.each(&mut |other, value| {
            if other == name && !is_missing(name, value) {
                found = Some(value);
            }
        });
        found
    }

    /// Whether no value is missing.
    pub(crate) fn is_complete(&self) -> bool {
        let mut is_complete = true;
        self.each(&mut |name, value| is_complete &= !is_missing(name, value));
        is_complete
    }

    /// Calls a function with each name and value.
    fn each(&self, function: &mut dyn FnMut(&str, &'x str)) {
        if let Some(values) = &self.searched {
            let all = placeholders(self.template).zip(values);
            all.for_each(|(name, value)| function(name, value));
            return;
        }
        shortest_values(self.template, self.text, &mut |name, value| {
            function(name, value);
            true
        });
    }
}

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
        value.is_none() && literal.length_at_start(text) == Some(text.len())
    }
}

/// Matches a whole text against a template.
///
/// `kind_of` returns the type of a placeholder's values. No value is empty, each is of its type, and a repeated
/// placeholder has one value. Among the values that match, each is as short as possible, from the first to the last.
///
/// The search for values takes at most 65,536 steps: a step is a value that is tried, or 64 bytes that are scanned.
/// A text whose values are not found by then does not match.
pub fn matches<'t, 'x>(
    template: &'t str,
    text: &'x str,
    kind_of: &dyn Fn(&str) -> ParamKind,
) -> Option<TemplateMatch<'t, 'x>> {
    if cannot_match(template, text) {
        return None;
    }
    let mut accept = |name: &str, value: &str| is_value(kind_of(name), name, value);
    // Most templates have one placeholder.
    let (placeholders, searched) = if let Some((before, name, behind)) = only_placeholder(template)
    {
        let value = text.strip_prefix(before)?.strip_suffix(behind)?;
        if value.is_empty() || !accept(name, value) {
            return None;
        }
        (1, None)
    } else {
        match shortest_values(template, text, &mut accept) {
            ShortestValues::Match(count) if count < 2 || !has_repeated(template) => (count, None),
            // Other values may match.
            ShortestValues::Match(_) | ShortestValues::Refused => {
                let values = search(template, text, kind_of)?;
                (values.len(), Some(values))
            }
            ShortestValues::NoMatch => return None,
        }
    };
    Some(TemplateMatch {
        template,
        text,
        placeholders,
        searched,
    })
}

/// The result of matching with values that are each as short as possible.
enum ShortestValues {
    /// The number of placeholders.
    Match(usize),
    /// A value was refused. Longer values may match.
    Refused,
    /// No values match, of whatever types: if a literal is not found behind the shortest values, it is not found
    /// behind longer ones.
    NoMatch,
}

/// Matches with values that are each as short as possible. Calls `accept` with each name and value.
fn shortest_values<'t, 'x>(
    template: &'t str,
    text: &'x str,
    accept: &mut dyn FnMut(&'t str, &'x str) -> bool,
) -> ShortestValues {
    let (literal, mut value) = Literal::first(template);
    let Some(start) = literal.length_at_start(text) else {
        return ShortestValues::NoMatch;
    };
    let (mut text, mut values) = (&text[start..], 0);
    while let Some((name, behind)) = value {
        let literal;
        (literal, value) = Literal::first(behind);
        let place = if value.is_none() {
            literal.span_at_end(text)
        } else {
            literal.find(text)
        };
        let Some((from, to)) = place else {
            return ShortestValues::NoMatch;
        };
        if !accept(name, &text[..from]) {
            return ShortestValues::Refused;
        }
        values += 1;
        text = &text[to..];
    }
    if text.is_empty() {
        ShortestValues::Match(values)
    } else {
        ShortestValues::NoMatch
    }
}

/// Whether a template uses a placeholder repeatedly.
fn has_repeated(template: &str) -> bool {
    // A set would allocate, and most templates have few placeholders.
    const FEW: usize = 8;
    let mut names = placeholders(template).enumerate();
    let is_repeated = |(index, name)| {
        placeholders(template)
            .take(index)
            .any(|other| other == name)
    };
    names.by_ref().take(FEW).any(is_repeated) || {
        let mut seen: BTreeSet<&str> = placeholders(template).take(FEW).collect();
        names.any(|(_, name)| !seen.insert(name))
    }
}

/// A template and a text without their first `before` and last `behind` bytes, if both texts agree in these.
///
/// These bytes of the template have no brace.
#[inline]
pub(crate) fn strip_common<'t, 'x>(
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

#[cfg(test)]
mod tests {
    extern crate std;
    use std::string::String;
    use std::vec::Vec;

    use super::{is_exactly, matches, strip_common, whole_placeholder};
    use crate::catalog::tables::ParamKind;
    use crate::message::template::{placeholders, text_around_braces};

    /// The values of a text. The first letter of a name is that of the type, if it is one of `b`, `u`, `i` and `f`.
    fn values(template: &str, text: &str) -> Option<Vec<(String, String)>> {
        let matched = matches(template, text, &kind_of)?;
        let mut values = Vec::new();
        matched.each(&mut |name, value| values.push((name.into(), value.into())));
        assert_eq!(matched.placeholders, values.len());
        assert_eq!(matched.placeholders, placeholders(template).count());
        Some(values)
    }

    fn kind_of(name: &str) -> ParamKind {
        match name.as_bytes().first() {
            Some(b'b') => ParamKind::Bool,
            Some(b'u') => ParamKind::U32,
            Some(b'i') => ParamKind::I64,
            Some(b'f') => ParamKind::F64,
            _ => ParamKind::String,
        }
    }

    #[track_caller]
    fn check(template: &str, text: &str, expected: Option<&[(&str, &str)]>) {
        let values = values(template, text);
        let values: Option<Vec<(&str, &str)>> = values.as_ref().map(|values| {
            let values = values.iter();
            values
                .map(|(name, value)| (name.as_str(), value.as_str()))
                .collect()
        });
        assert_eq!(values.as_deref(), expected, "{template} {text}");
        assert_eq!(is_exactly(template, text), expected == Some(&[]));
        check_stripped(template, text, values.map(|values| values.len()));
    }

    /// The result is the same without the text around the braces.
    #[track_caller]
    fn check_stripped(template: &str, text: &str, expected: Option<usize>) {
        let Some((before, behind)) = text_around_braces(template) else {
            return;
        };
        let inner = strip_common(template, text, before, behind);
        let values = inner.and_then(|(template, text)| match whole_placeholder(template) {
            Some(name) => kind_of(name).is_of(text).then_some(1),
            None => Some(matches(template, text, &kind_of)?.placeholders),
        });
        assert_eq!(values, expected, "{template} {text}");
    }

    #[test]
    fn template_matches_whole_text_with_short_values() {
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
    fn value_of_another_type_is_no_match() {
        check("{u} left", "3 left", Some(&[("u", "3")]));
        check("{u} left", "three left", None);
        check("{x} {u}", "a b", None);
        check("{x} {f}", "a -inf", None);
        check("{x} {f}", "a 1e400", None);
    }

    #[test]
    fn value_may_contain_literal_after_it() {
        let file = "File {name} exceeds {u} MB";
        let name = "how a exceeds b.txt";
        check(
            file,
            "File how a exceeds b.txt exceeds 5 MB",
            Some(&[("name", name), ("u", "5")]),
        );
        check(file, "File how a exceeds b.txt exceeds five MB", None);
        check(
            "{a}: {u}",
            "key: value: 7",
            Some(&[("a", "key: value"), ("u", "7")]),
        );
        check("{a}: {u}", "key: value: 7: x", None);
        check(
            "{a}, {u} of {v}, {u2}.",
            "x, y, 1 of 2, 3 of 4, 5.",
            Some(&[("a", "x, y"), ("u", "1"), ("v", "2, 3 of 4"), ("u2", "5")]),
        );
        // The end of the number is not the first place of the literal.
        check("{f}.{u}", "1.2.3", Some(&[("f", "1.2"), ("u", "3")]));
        check("{f}e{f2}", "1e2e3", Some(&[("f", "1"), ("f2", "2e3")]));
        check("{i}-{i2}", "-1--2", Some(&[("i", "-1"), ("i2", "-2")]));
        check(
            "{a}{{{u}}} {b}",
            "x{y}{1} true",
            Some(&[("a", "x{y}"), ("u", "1"), ("b", "true")]),
        );
        check(
            "{a} {b} {x}",
            "no yes true é",
            Some(&[("a", "no yes"), ("b", "true"), ("x", "é")]),
        );
        // A missing value.
        check(
            "{a} {u} {x}",
            "1 a {u} b",
            Some(&[("a", "1 a"), ("u", "{u}"), ("x", "b")]),
        );
        // A longer number would leave less for the rest.
        check(
            "{a} {u}0{x}1",
            "a 100 20b1",
            Some(&[("a", "a"), ("u", "1"), ("x", "0 20b")]),
        );
        check(
            "{x}0{u}0{y}!",
            "a000 b!",
            Some(&[("x", "a"), ("u", "0"), ("y", " b")]),
        );
    }

    #[test]
    fn repeated_placeholder_has_one_value() {
        let template = "{a} is not {a}";
        check(template, "x is not x", Some(&[("a", "x"), ("a", "x")]));
        check(template, "x is not y", None);
        check(template, "x is not xy", None);
        let long = "x is not y";
        let text = "x is not y is not x is not y";
        check(template, text, Some(&[("a", long), ("a", long)]));
        check(
            "{u}/{u}: {x}",
            "1/1: a",
            Some(&[("u", "1"), ("u", "1"), ("x", "a")]),
        );
        check("{u}/{u}: {x}", "1/2: a", None);
        check(
            "{x} {a} {y} {a} {z}",
            "1 2 3 4 3 5",
            Some(&[("x", "1 2"), ("a", "3"), ("y", "4"), ("a", "3"), ("z", "5")]),
        );
        let ten = "{a}{b}{c}{d}{e}{g}{h}{j}{k}{l}".replace("}{", "} {");
        let twice = std::format!("{ten} {{l}}");
        let text = "1 true 3 4 5 6 7 8 9";
        assert!(values(&twice, &std::format!("{text} 10 10")).is_some());
        assert!(values(&twice, &std::format!("{text} 10 11")).is_none());
    }

    #[test]
    fn search_ends_after_most_steps() {
        let text = |words: usize| std::format!("{}1", "word ".repeat(words));
        assert!(values("{a} {u}", &text(30_000)).is_some());
        assert!(values("{a} {u}", &text(100_000)).is_none());
        // Each would take as long as the square of the text's length, or longer.
        for template in [
            "{a} {u} {x}",
            "{a} {x} {a}",
            "{a} {u}x{y}",
            "{a} {x} {y} {z}2{u}",
            "{a} {x} {y} {z} {a} {u}",
            "{a}1{u}1{x}",
        ] {
            assert!(values(template, &text(300_000)).is_none(), "{template}");
            assert!(values(template, &"1".repeat(1_000_000)).is_none() || template.contains("}1{"));
        }
    }

    #[test]
    fn comparison_with_repeated_value_takes_steps() {
        // Each comparison scans the whole value: its last byte differs.
        let value = "-".repeat(4095) + "x";
        let text = |tries: usize, end| std::format!("{value}|{}{value}{end}", "-".repeat(tries));
        assert!(values("{a}|{x}-{a}-{y}", &text(900, "-y")).is_some());
        assert!(values("{a}|{x}-{a}-{y}", &text(2000, "-y")).is_none());
        // At the end of the text, only a value that ends there is compared.
        assert!(values("{a}|{x}-{a}", &text(30_000, "")).is_some());
    }
}
