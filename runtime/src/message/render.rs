//! Renders the message of an error.

use alloc::borrow::Cow;
use alloc::string::String;

use crate::message::template::{before_brace, first_brace, first_placeholder, is_plain};

/// The texts of an error that its message is rendered from.
pub struct MessageTexts<'a, Forms> {
    /// The templates of the message.
    pub forms: Forms,
    pub description: Option<&'a str>,
    pub title: Option<&'a str>,
    /// Whether the body has a code, so that clients need not identify the error by its message.
    pub has_code: bool,
}

/// Returns the text of the value with a name.
type Values<'f, 'v> = &'f dyn Fn(&str) -> Option<Cow<'v, str>>;

impl<'a, Forms: Iterator<Item = &'a str> + Clone> MessageTexts<'a, Forms> {
    /// The message that is sent, if there is one; see [`push`](Self::push).
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

    /// Appends the message that is sent, the first of these that exists:
    ///
    /// 1. the template that [`push_complete`] picks;
    /// 2. the description or title, unless clients identify the error by its message;
    /// 3. the main template, with `{name}` for missing values.
    ///
    /// Returns `false` if none exists.
    pub(crate) fn push(
        &self,
        value: Values<'_, '_>,
        out: &mut String,
        push: fn(&mut String, &str),
    ) -> bool {
        if push_complete(self.forms.clone(), value, out, push).is_some() {
            return true;
        }
        match self.incomplete() {
            Some(Incomplete::Meaning(meaning)) => push(out, meaning),
            Some(Incomplete::Main(main)) => {
                push_template(main, value, out, push);
            }
            None => return false,
        }
        true
    }

    /// The template that is sent, if one is.
    pub(crate) fn sent_form(&self, value: Values<'_, '_>) -> Option<&'a str> {
        let forms = self.forms.clone();
        push_complete(forms, value, &mut String::new(), String::push_str).or_else(|| {
            match self.incomplete()? {
                Incomplete::Main(main) => Some(main),
                Incomplete::Meaning(_) => None,
            }
        })
    }

    /// The text that is sent if every template lacks a value.
    fn incomplete(&self) -> Option<Incomplete<'a>> {
        let main = self.forms.clone().next();
        let meaning = self.description.or(self.title);
        match meaning.filter(|_| main.is_none() || self.has_code) {
            Some(meaning) => Some(Incomplete::Meaning(meaning)),
            None => main.map(Incomplete::Main),
        }
    }
}

/// The text of an error without the values of its templates.
enum Incomplete<'a> {
    /// The description or title.
    Meaning(&'a str),
    /// The main template.
    Main(&'a str),
}

/// Appends the template with the most placeholders among those that have all their values, the first of
/// equal ones, and returns it. Returns `None` if every template lacks a value.
pub(crate) fn push_complete<'a>(
    forms: impl Iterator<Item = &'a str>,
    value: Values<'_, '_>,
    out: &mut String,
    push: fn(&mut String, &str),
) -> Option<&'a str> {
    let start = out.len();
    // One more than the number of placeholders of the sent template. A plain one is not appended yet.
    let (mut most, mut sent, mut is_plain_sent) = (0, None, false);
    for form in forms {
        if is_plain(form) {
            // Any template with a placeholder wins against a plain one.
            if most == 0 {
                (most, sent, is_plain_sent) = (1, Some(form), true);
            }
            continue;
        }
        let before = out.len();
        let values = push_template(form, value, out, push).map_or(0, |values| values + 1);
        if values <= most {
            out.truncate(before);
            continue;
        }
        if before > start {
            out.drain(start..before);
        }
        (most, sent, is_plain_sent) = (values, Some(form), false);
    }
    if let (Some(plain), true) = (sent, is_plain_sent) {
        push(out, plain);
    }
    sent
}

/// Appends a template with its values, and `{name}` for a missing value. Returns the number of placeholders if
/// no value is missing.
fn push_template(
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
        if let Some((name, behind)) = first_placeholder(behind) {
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
    use super::MessageTexts;

    #[test]
    fn template_with_most_values_is_rendered() {
        #[track_caller]
        fn check(forms: &[&str], values: &[(&str, &str)], expected: Option<&str>) {
            let words = MessageTexts {
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
