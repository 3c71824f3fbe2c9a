//! The tables by which the runtime identifies an error, as values. Generated code contains them, and `check` passes
//! them to the runtime.

use std::borrow::Cow;
use std::collections::HashMap;
use std::iter;

use errbook::__private::{
    CatalogTables, Envelope, Facts, Param, SharedText, StringTable, text_around_braces,
};

use crate::derive::perfect_hash::{HashTables, TextIndex};
use crate::model::{Error, Template};

/// The tables by which an error is identified.
pub(crate) struct IdentificationTables<'a> {
    /// The keys, which are the codes of most errors.
    pub(crate) keys: Vec<&'a str>,
    /// The codes that differ from the keys, or `""`.
    pub(crate) codes: Vec<&'a str>,
    /// The main templates of the messages, or `""`.
    pub(crate) messages: Vec<&'a str>,
    pub(crate) more_messages: SparseLists<&'a str>,
    pub(crate) params: SparseLists<Param<'a>>,
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

/// The values of the errors that have some, each with the index of the error.
pub(crate) type SparseLists<T> = Vec<(u32, Vec<T>)>;

impl<'a> IdentificationTables<'a> {
    /// Computes the tables of a catalog's errors.
    pub(crate) fn new(errors: &'a [Error]) -> Self {
        let code = |error: &'a Error| match &error.code {
            Some(code) if code.text != error.key => &*code.text,
            _ => "",
        };
        let message = |error: &'a Error| error.messages.first().map_or("", |form| &form.text);
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
            keys: errors.iter().map(|error| &*error.key).collect(),
            codes: errors.iter().map(code).collect(),
            messages: errors.iter().map(message).collect(),
            more_messages: sparse_lists(errors, |error| {
                let more = error.messages.iter().skip(1);
                more.map(|template| &*template.text).collect()
            }),
            params: sparse_lists(errors, |error| {
                let params = error.params.iter();
                let param = params.map(|field| Param {
                    name: &field.name,
                    kind: (&field.ty).into(),
                });
                param.collect()
            }),
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
        let facts = errors.iter().map(|error| Facts {
            statuses: &error.statuses,
            event: error.event,
            code: error.code_kind(),
            requires_details: error.requires_details(),
            ..Facts::EMPTY
        });
        let facts_of: Vec<u32> = (0..index(errors.len())).collect();
        let texts = [&self.keys, &self.codes, &self.messages];
        let texts = texts.map(|texts| (texts.concat(), bounds(texts)));
        let [keys, codes, messages] = texts
            .each_ref()
            .map(|(text, bounds)| StringTable { text, bounds });
        let [by_code, by_message] = [&self.by_code, &self.by_message].map(|it| HashTables::new(it));
        function(&CatalogTables {
            envelope,
            keys,
            codes,
            messages,
            facts_of: &facts_of,
            facts: &facts.collect::<Vec<_>>(),
            more_messages: &lend_lists(&self.more_messages),
            params: &lend_lists(&self.params),
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

/// Returns the values of the errors that have some.
pub(crate) fn sparse_lists<'a, T>(
    errors: &'a [Error],
    values: impl Fn(&'a Error) -> Vec<T>,
) -> SparseLists<T> {
    let lists = (0..).zip(errors.iter().map(values));
    lists.filter(|(_, values)| !values.is_empty()).collect()
}

/// The bounds of texts that are concatenated.
fn bounds(texts: &[&str]) -> Vec<u32> {
    let mut end = 0;
    let ends = texts.iter().map(|text| {
        end += text.len();
        index(end)
    });
    iter::once(0).chain(ends).collect()
}

fn lend_lists<T>(lists: &SparseLists<T>) -> Vec<(u32, &[T])> {
    let lists = lists.iter();
    lists.map(|(index, values)| (*index, &**values)).collect()
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
    let mut positions: HashMap<Cow<'a, str>, usize> = HashMap::with_capacity(errors.len());
    let mut holders: Vec<(TextHolders<'a>, bool)> = Vec::with_capacity(errors.len());
    for (position, error) in (0..).zip(errors) {
        for (text, elsewhere) in texts(error) {
            let at = *positions.entry(text.clone()).or_insert_with(|| {
                let errors = Vec::with_capacity(1);
                holders.push((TextHolders { text, errors }, false));
                holders.len() - 1
            });
            let (TextHolders { errors, .. }, is_shared) = &mut holders[at];
            if errors.last() != Some(&position) {
                errors.push(position);
            }
            *is_shared |= elsewhere || errors.len() > 1;
        }
    }
    let mut shared = Vec::new();
    let by_text = holders.into_iter().map(|(holder, is_shared)| {
        let text = holder.text.clone();
        if is_shared {
            shared.push(holder);
            (text, index(errors.len() + shared.len() - 1))
        } else {
            (text, holder.errors[0])
        }
    });
    (by_text.collect(), shared)
}

/// A position as the tables have it.
pub(crate) fn index(position: usize) -> u32 {
    u32::try_from(position).expect("a catalog's text has fewer than 2^32 bytes, let alone errors")
}
