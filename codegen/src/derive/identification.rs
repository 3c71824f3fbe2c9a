//! The tables by which the runtime identifies an error, as values. Generated code contains them, and `check` passes
//! them to the runtime.

use std::borrow::Cow;
use std::collections::HashMap;

use errbook::__private::{
    CatalogTables, CodeKind, Envelope, Facts, Param, ParamKind, SharedText, StringTable,
    text_around_braces,
};

use crate::derive::perfect_hash::{HashTables, TextIndex};
use crate::model::{Error, Field, Template};

/// The tables by which an error is identified.
pub(crate) struct IdentificationTables<'a> {
    /// The code or alias of each error. The number of a shared text is the number of errors and its index among
    /// the shared ones.
    pub(crate) by_code: Vec<TextIndex<'a>>,
    pub(crate) shared_codes: Vec<TextHolders<'a>>,
    /// The messages without placeholders of errors without a code.
    pub(crate) by_message: Vec<TextIndex<'a>>,
    pub(crate) shared_messages: Vec<TextHolders<'a>>,
    /// The indexes of errors without a code.
    pub(crate) without_code: Vec<u32>,
    /// The templates with placeholders of errors without a code.
    pub(crate) forms: Vec<[u32; 4]>,
}

impl<'a> IdentificationTables<'a> {
    /// Computes the tables of a catalog's errors.
    pub(crate) fn new(errors: &'a [Error]) -> Self {
        let (by_code, shared_codes) = by_text(errors, |error| {
            let code = error.code.iter().map(|code| (Cow::from(&code.text), false));
            let aliases = error.aliases.iter();
            let aliases = aliases.map(|alias| (Cow::from(&alias.text), true));
            code.chain(aliases).collect()
        });
        let (by_message, shared_messages) = by_text(errors, |error| {
            let forms = error.messages.iter().filter(|_| error.code.is_none());
            let exact = forms.filter(|form| !form.has_placeholder());
            exact
                .map(|form| (Cow::from(form.to_string()), false))
                .collect()
        });
        let without_code = || (0..).zip(errors).filter(|(_, error)| error.code.is_none());
        let forms = without_code().flat_map(|(position, error)| {
            let forms = (0..).zip(&error.messages);
            forms.filter_map(move |(form, template)| form_with_values(position, form, template))
        });
        Self {
            by_code,
            shared_codes,
            by_message,
            shared_messages,
            forms: forms.collect(),
            without_code: without_code().map(|(position, _)| position).collect(),
        }
    }

    /// Calls a function with the tables of the runtime, in which only the columns are filled in that
    /// identification reads.
    pub(crate) fn lend<T>(
        &self,
        errors: &[Error],
        envelope: &Envelope<'_>,
        function: impl FnOnce(&CatalogTables<'_>) -> T,
    ) -> T {
        let keys = OwnedColumn::new(errors.iter().map(|error| error.key.as_str()));
        let codes = OwnedColumn::new(errors.iter().map(code_column));
        let messages = errors.iter().map(|error| error.messages.first());
        let messages = OwnedColumn::new(messages.map(|it| it.map_or("", |form| &form.text)));
        let facts: Vec<Facts<'_>> = errors.iter().map(facts).collect();
        let facts_of: Vec<u32> = (0..index(facts.len())).collect();
        let more_messages = rows(errors, more_messages);
        let params = rows(errors, |error| error.params.iter().map(param).collect());
        let [by_code, by_message] = [&self.by_code, &self.by_message].map(|it| HashTables::new(it));
        function(&CatalogTables {
            envelope,
            keys: keys.lend(),
            codes: codes.lend(),
            messages: messages.lend(),
            facts_of: &facts_of,
            facts: &facts,
            more_messages: &lend_rows(&more_messages),
            params: &lend_rows(&params),
            by_code: by_code.lend(),
            shared_codes: &lend_shared(&self.shared_codes),
            by_message: by_message.lend(),
            shared_messages: &lend_shared(&self.shared_messages),
            without_code: &self.without_code,
            forms: self.forms.as_flattened(),
            ..CatalogTables::EMPTY
        })
    }
}

/// A column of texts.
struct OwnedColumn {
    text: String,
    bounds: Vec<u32>,
}

impl OwnedColumn {
    fn new<'t>(texts: impl Iterator<Item = &'t str>) -> Self {
        let mut column = Self {
            text: String::new(),
            bounds: vec![0],
        };
        for text in texts {
            column.text.push_str(text);
            column.bounds.push(index(column.text.len()));
        }
        column
    }

    fn lend(&self) -> StringTable<'_> {
        StringTable {
            text: &self.text,
            bounds: &self.bounds,
        }
    }
}

/// Returns the code of an error if it differs from the key, else an empty text.
pub(crate) fn code_column(error: &Error) -> &str {
    match &error.code {
        Some(code) if code.text != error.key => &code.text,
        _ => "",
    }
}

/// Returns the templates of an error's message, without the main one.
pub(crate) fn more_messages(error: &Error) -> Vec<&str> {
    let more = error.messages.iter().skip(1);
    more.map(|template| template.text.as_str()).collect()
}

/// Returns the facts of an error, except its inferred values.
pub(crate) fn facts(error: &Error) -> Facts<'_> {
    Facts {
        category: error.category.map(index),
        statuses: &error.statuses,
        event: error.event,
        code: match &error.code {
            None => CodeKind::None,
            Some(code) if code.number => CodeKind::Number,
            Some(_) => CodeKind::Text,
        },
        retry: error.retry,
        requires_details: error.requires_details(),
        since: error.since.as_deref(),
        retired: error.retired.as_deref(),
        inferred: &[],
    }
}

/// Returns a placeholder of a message that is not a member of the details.
pub(crate) fn param(field: &Field) -> Param<'_> {
    Param {
        name: &field.name,
        kind: ParamKind::from(&field.ty),
    }
}

/// Returns the values of each error that has some, with the index of the error.
pub(crate) fn rows<'a, T>(
    errors: &'a [Error],
    values: impl Fn(&'a Error) -> Vec<T>,
) -> Vec<(u32, Vec<T>)> {
    let rows = (0..)
        .zip(errors)
        .map(|(index, error)| (index, values(error)));
    rows.filter(|(_, values)| !values.is_empty()).collect()
}

fn lend_rows<T>(rows: &[(u32, Vec<T>)]) -> Vec<(u32, &[T])> {
    let rows = rows.iter();
    rows.map(|(index, values)| (*index, values.as_slice()))
        .collect()
}

fn lend_shared<'a>(shared: &'a [TextHolders<'_>]) -> Vec<SharedText<'a>> {
    let lend = |TextHolders { text, errors }: &'a TextHolders<'_>| SharedText { text, errors };
    shared.iter().map(lend).collect()
}

/// A form of an error's message as the runtime has it, if it has values.
fn form_with_values(error: u32, form: u32, template: &Template) -> Option<[u32; 4]> {
    let (before, behind) = text_around_braces(&template.text)?;
    Some([error, form, index(before), index(behind)])
}

/// A text and the indexes of the errors that share it.
pub(crate) struct TextHolders<'a> {
    pub(crate) text: Cow<'a, str>,
    pub(crate) errors: Vec<u32>,
}

/// The texts of each error, and which errors share one: the value of a text that is shared is the
/// number of errors and its index among the shared ones. A text may be shared by one error alone, where
/// it is not what the error's table says.
fn by_text<'a>(
    errors: &'a [Error],
    texts: impl Fn(&'a Error) -> Vec<(Cow<'a, str>, bool)>,
) -> (Vec<TextIndex<'a>>, Vec<TextHolders<'a>>) {
    let mut order: Vec<Cow<'a, str>> = Vec::new();
    let mut holders: HashMap<Cow<'a, str>, (Vec<u32>, bool)> = HashMap::new();
    for (position, error) in (0..).zip(errors) {
        for (text, elsewhere) in texts(error) {
            let (list, shared) = holders.entry(text.clone()).or_insert_with(|| {
                order.push(text);
                (Vec::new(), false)
            });
            if list.last() != Some(&position) {
                list.push(position);
            }
            *shared |= elsewhere || list.len() > 1;
        }
    }
    let mut shared = Vec::new();
    let by_text = order.into_iter().map(|text| {
        let (list, is_shared) = &holders[&text];
        if *is_shared {
            shared.push(TextHolders {
                text: text.clone(),
                errors: list.clone(),
            });
            (text, index(errors.len() + shared.len() - 1))
        } else {
            (text, list[0])
        }
    });
    (by_text.collect(), shared)
}

pub(crate) fn index(position: usize) -> u32 {
    u32::try_from(position).expect("a catalog's text has fewer than 2^32 bytes, let alone errors")
}
