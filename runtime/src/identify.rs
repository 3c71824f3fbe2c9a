//! Which error of a catalog a response means.

use crate::catalog::{Catalog, Form, Holders, indexes};
use crate::message;

/// What told which error a response means.
///
/// The variants are in the order in which they are asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum IdentifiedBy {
    /// The program itself, which raised the error.
    Program,
    /// The code in the body, or an older one.
    Code,
    /// The code and the status: several errors have the code, and one of them this status.
    CodeAndStatus,
    /// The code and the message: several errors have the code, none of them alone this status.
    CodeAndMessage,
    /// The code alone, although several errors have it: the first of them.
    FirstOfCode,
    /// The message, to the letter. There is no code in the body.
    Message,
    /// The message, as a form with values. There is no code in the body.
    MessageForm,
    /// The details, of which all that must be there are. There is no code in the body.
    Details,
    /// The message, to the letter, though with a status that is not the error's.
    MessageAtAnyStatus,
    /// The status, with which only one error comes that has neither code nor message.
    Status,
    /// Nothing: the error is none of the catalog's.
    Nothing,
}

/// What a response says of its error.
pub(crate) struct Said<'a> {
    /// `None` for an event.
    pub(crate) status: Option<u16>,
    pub(crate) code: Option<&'a str>,
    pub(crate) message: Option<&'a str>,
    pub(crate) is_object: bool,
}

impl Catalog {
    /// The error that a response means, and what told. `fits` says whether the body holds the details
    /// of an error, with their types.
    pub(crate) fn identify(
        &self,
        said: &Said<'_>,
        fits: &dyn Fn(usize) -> bool,
    ) -> (Option<usize>, IdentifiedBy) {
        let found = match said.code {
            // A new code is never an old error.
            Some(code) => self.by_code(code, said),
            None => self.without_code(said, fits),
        };
        match found {
            Some((index, by)) => (Some(index), by),
            None => (None, IdentifiedBy::Nothing),
        }
    }

    fn by_code(&self, code: &str, said: &Said<'_>) -> Option<(usize, IdentifiedBy)> {
        let errors = match self.code_holders(code)? {
            Holders::One(index) => return Some((index, IdentifiedBy::Code)),
            Holders::Several(errors) => errors,
        };
        let all = || indexes(errors);
        let (first, several) = (all().next()?, errors.len() > 1);
        if !several {
            return Some((first, IdentifiedBy::Code));
        }
        let of_status = single(all().filter(|&index| self.comes_with(index, said.status)));
        let of_message = || {
            let message = said.message?;
            single(all().filter(|&index| self.has_message(index, message)))
        };
        Some(if let Some(index) = of_status {
            (index, IdentifiedBy::CodeAndStatus)
        } else if let Some(index) = of_message() {
            (index, IdentifiedBy::CodeAndMessage)
        } else {
            (first, IdentifiedBy::FirstOfCode)
        })
    }

    fn without_code(
        &self,
        said: &Said<'_>,
        fits: &dyn Fn(usize) -> bool,
    ) -> Option<(usize, IdentifiedBy)> {
        let of_status = |index: &usize| self.comes_with(*index, said.status);
        let mut exact = None;
        if let Some(message) = said.message {
            if let Some(holders) = self.message_holders(message) {
                exact = single(holders.iter());
                if let Some(index) = single(holders.iter().filter(of_status)) {
                    return Some((index, IdentifiedBy::Message));
                }
            }
            if let Some(index) = self.of_form(message, said.status) {
                return Some((index, IdentifiedBy::MessageForm));
            }
        }
        let here = || indexes(self.without_code).filter(of_status);
        let detailed = here().filter(|&index| self.requires_details(index) && fits(index));
        if let Some(index) = single(detailed) {
            return Some((index, IdentifiedBy::Details));
        }
        if let Some(index) = exact {
            return Some((index, IdentifiedBy::MessageAtAnyStatus));
        }
        self.only_of_status(said.status)
            .filter(|&index| said.is_object && self.message(index).is_none())
            .map(|index| (index, IdentifiedBy::Status))
    }

    /// The error without a code of which the catalog says that it comes with a status, or for `None`
    /// as an event, if there is exactly one.
    pub(crate) fn only_of_status(&self, status: Option<u16>) -> Option<usize> {
        let says = |&index: &usize| match status {
            Some(status) => self.error_statuses(index).contains(&status),
            None => self.is_event(index),
        };
        single(indexes(self.without_code).filter(says))
    }

    /// Whether an error comes with a status, or for `None`, as an event. One of which the catalog
    /// says neither comes with any status, and as an event, too.
    fn comes_with(&self, index: usize, status: Option<u16>) -> bool {
        match (self.error_statuses(index), status) {
            ([], status) => status.is_none() || !self.is_event(index),
            // As most have.
            ([only], Some(status)) => *only == status,
            (several, Some(status)) => several.contains(&status),
            (_, None) => false,
        }
    }

    /// The errors without a code of which this is a message, to the letter.
    fn message_holders(&self, text: &str) -> Option<Holders> {
        let holders = self.holders(self.by_message, self.shared_messages, text)?;
        let says = |index| self.any_form(index, |form| message::is_exactly(form, text));
        match holders {
            Holders::One(index) if !says(index) => None,
            // The text of a shared one has been compared.
            holders => Some(holders),
        }
    }

    /// The error without a code of which a form with values is this text, if exactly one comes with the
    /// status.
    fn of_form(&self, text: &str, status: Option<u16>) -> Option<usize> {
        let mut found = None;
        for form in self.forms_with_values() {
            let index = form[0] as usize;
            let is_it = found != Some(index)
                && self.comes_with(index, status)
                && self.is_known_form(form, text, &mut |_, _| {});
            if is_it && found.replace(index).is_some() {
                return None;
            }
        }
        found
    }

    /// Whether a form of an error's message is this text.
    fn has_message(&self, index: usize, text: &str) -> bool {
        self.any_form(index, |form| {
            message::is_exactly(form, text) || self.is_form(index, form, text, &mut |_, _| {})
        })
    }

    /// The value of this name in a message, by the form with values that the message is.
    pub(crate) fn value_in<'x>(&self, index: usize, text: &'x str, name: &str) -> Option<&'x str> {
        let known = self.forms_of(index);
        if !known.is_empty() {
            return known
                .iter()
                .find_map(|form| value_of(name, |value| self.is_known_form(form, text, value)));
        }
        self.message_forms(index)
            .find_map(|form| value_of(name, |value| self.is_form(index, form, text, value)))
    }

    /// The forms with values of an error without a code.
    fn forms_of(&self, index: usize) -> &'static [Form] {
        let forms = self.forms_with_values();
        let start = forms.partition_point(|form| (form[0] as usize) < index);
        let forms = &forms[start..];
        let is_other = |form: &Form| form[0] as usize != index;
        &forms[..forms.iter().position(is_other).unwrap_or(forms.len())]
    }

    /// The same as [`is_form`](Self::is_form) for a form of which it is known where its values are: most are
    /// told from a text by what stands around these.
    fn is_known_form<'x>(
        &self,
        form: &Form,
        text: &'x str,
        value: &mut dyn FnMut(&str, &'x str),
    ) -> bool {
        let [index, form, before, behind] = form.map(|number| number as usize);
        let template = self.message_form(index, form);
        let inner = template.and_then(|template| message::inside(template, text, before, behind));
        let Some((template, text)) = inner else {
            return false;
        };
        // Most have one.
        if let Some(name) = message::value_alone(template) {
            value(name, text);
            return self.is_value(index, name, text);
        }
        self.is_form(index, template, text, value)
    }

    /// Whether a text is a form with values, each of its type; hands out the values as it finds them.
    fn is_form<'x>(
        &self,
        index: usize,
        form: &str,
        text: &'x str,
        value: &mut dyn FnMut(&str, &'x str),
    ) -> bool {
        let mut accept = |name: &str, text: &'x str| {
            value(name, text);
            self.is_value(index, name, text)
        };
        message::matches(form, text, &mut accept).is_some_and(|values| values > 0)
    }

    /// Whether a text may be a value of an error's message.
    #[inline]
    fn is_value(&self, index: usize, name: &str, text: &str) -> bool {
        let mut params = self.params(index).iter();
        let param = params.find(|param| param.name == name);
        // A value that nobody gave is sent as its name.
        let is_name = || text.strip_prefix('{')?.strip_suffix('}');
        param.is_none_or(|param| param.kind.is_of(text)) || is_name() == Some(name)
    }
}

/// The value of this name, the first of them, among those that a form hands out, if it turns out to be the
/// form.
fn value_of<'x>(
    name: &str,
    is_form: impl FnOnce(&mut dyn FnMut(&str, &'x str)) -> bool,
) -> Option<&'x str> {
    let mut found = None;
    let is_form = is_form(&mut |other, value| {
        if other == name {
            found.get_or_insert(value);
        }
    });
    found.filter(|_| is_form)
}

/// The one item that there is.
fn single(mut items: impl Iterator<Item = usize>) -> Option<usize> {
    let first = items.next()?;
    items.next().is_none().then_some(first)
}
