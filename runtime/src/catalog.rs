//! The tables of one API.
//!
//! Each column is an array of its own and texts stand in plain arrays with `""` for an absent one:
//! of the shapes tried, these are the cheapest to compile by far. A `[Row; 16384]` of structs takes
//! rustc a minute and more, `[Option<&str>; 16384]` three times as long as `[&str; 16384]`. What few
//! errors have is a list sorted by the error's index; what many errors share is kept once, in
//! [`Facts`].

use core::fmt;

use crate::envelope::Envelope;
use crate::lookup::Lookup;
use crate::rows::{CategoryRow, Deprecated, Header, Inferred, Retry, StatusRow, Wire};
use crate::texts::Texts;

/// Everything that a catalog says about one API, as static tables.
///
/// Errors are addressed by their index, their place in the catalog; it changes when the catalog
/// does. Programs use the generated `Code` and its accessors, or [`ErrorCode`](crate::ErrorCode)
/// where any catalog will do.
#[derive(Clone, Copy)]
pub struct Catalog {
    // Generated code fills these in, `..Catalog::EMPTY` the rest, so that a field more is no break.
    #[doc(hidden)]
    pub id: &'static str,
    #[doc(hidden)]
    pub title: &'static str,
    #[doc(hidden)]
    pub summary: &'static str,
    #[doc(hidden)]
    pub homepage: &'static str,
    #[doc(hidden)]
    pub version: &'static str,
    #[doc(hidden)]
    pub language: &'static str,
    #[doc(hidden)]
    pub inferred: &'static [Inferred],
    #[doc(hidden)]
    pub envelope_inferred: &'static [Inferred],
    #[doc(hidden)]
    pub envelope: &'static Envelope<'static>,
    #[doc(hidden)]
    pub categories: &'static [CategoryRow],
    #[doc(hidden)]
    pub statuses: &'static [StatusRow],

    #[doc(hidden)]
    pub keys: Texts,
    #[doc(hidden)]
    pub names: Texts,
    /// Empty where every code is its error's key.
    #[doc(hidden)]
    pub codes: Texts,
    #[doc(hidden)]
    pub titles: Texts,
    /// The first form of each error's message.
    #[doc(hidden)]
    pub messages: Texts,
    #[doc(hidden)]
    pub descriptions: Texts,
    #[doc(hidden)]
    pub actions: Texts,
    #[doc(hidden)]
    pub docs_urls: Texts,

    /// Which of `facts` are those of an error.
    #[doc(hidden)]
    pub facts_of: &'static [u32],
    #[doc(hidden)]
    pub facts: &'static [Facts],

    // Sorted by index.
    #[doc(hidden)]
    pub more_messages: &'static [(u32, &'static [&'static str])],
    #[doc(hidden)]
    pub aliases: &'static [(u32, &'static [&'static str])],
    #[doc(hidden)]
    pub params: &'static [(u32, &'static [Param])],
    #[doc(hidden)]
    pub headers: &'static [(u32, &'static [Header])],
    #[doc(hidden)]
    pub deprecated: &'static [(u32, Deprecated)],

    #[doc(hidden)]
    pub by_key: Lookup,
    #[doc(hidden)]
    pub by_code: Lookup,
    /// What `by_code` means by a number past the last error.
    #[doc(hidden)]
    pub shared_codes: &'static [Shared],

    // Of errors without a code, which their messages tell apart.
    /// Messages without a value, their braces single.
    #[doc(hidden)]
    pub by_message: Lookup,
    #[doc(hidden)]
    pub shared_messages: &'static [Shared],
    /// The errors without a code, in the catalog's order.
    #[doc(hidden)]
    pub without_code: &'static [u32],
    /// The forms with values that their messages have, each a `Form`, sorted by index. One behind the other:
    /// a list of lists takes rustc three times as long.
    #[doc(hidden)]
    pub forms: &'static [u32],
}

/// What many errors of a catalog have in common; kept once for all of them.
#[doc(hidden)]
#[derive(Clone, Copy)]
pub struct Facts {
    /// Index into the catalog's categories.
    pub category: Option<u32>,
    pub statuses: &'static [u16],
    pub event: bool,
    pub code: CodeKind,
    pub retry: Option<Retry>,
    /// Whether there are details that must be there.
    pub requires_details: bool,
    pub since: Option<&'static str>,
    pub retired: Option<&'static str>,
    pub inferred: &'static [Inferred],
}

/// How an error's code stands in the body.
#[doc(hidden)]
#[derive(Clone, Copy)]
pub enum CodeKind {
    None,
    Text,
    Number,
}

/// A text that is not, or not only, the code of one error: an alias, or one of several statuses; or a
/// message of several errors.
#[doc(hidden)]
#[derive(Clone, Copy)]
pub struct Shared {
    pub text: &'static str,
    /// The errors that have it, in the catalog's order.
    pub errors: &'static [u32],
}

/// A form with values: the index of the error, which of its forms it is, and how many bytes it has before
/// its first brace and behind its last.
#[cfg(feature = "json")]
pub(crate) type Form = [u32; 4];

/// A value of a message that no member of the body holds.
#[doc(hidden)]
#[derive(Clone, Copy)]
pub struct Param {
    pub name: &'static str,
    pub kind: ParamKind,
}

/// What the value of a message may be.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub enum ParamKind {
    String,
    Bool,
    U32,
    U64,
    I64,
    F64,
}

#[cfg(feature = "json")]
impl ParamKind {
    /// Whether a text is a value of this kind.
    pub fn is_of(self, text: &str) -> bool {
        // As JSON has numbers: without a plus, and finite.
        let is_number = || crate::scan::is_number(text);
        match self {
            Self::String => true,
            Self::Bool => text.parse::<bool>().is_ok(),
            Self::U32 | Self::U64 | Self::I64 | Self::F64 if !is_number() => false,
            Self::U32 => text.parse::<u32>().is_ok(),
            Self::U64 => text.parse::<u64>().is_ok(),
            Self::I64 => text.parse::<i64>().is_ok(),
            Self::F64 => text.parse::<f64>().is_ok(),
        }
    }
}

impl Facts {
    /// Of an error about which nothing is said.
    pub const EMPTY: Self = Self {
        category: None,
        statuses: &[],
        event: false,
        code: CodeKind::Text,
        retry: None,
        requires_details: false,
        since: None,
        retired: None,
        inferred: &[],
    };
}

impl Catalog {
    /// A catalog without an error.
    #[doc(hidden)]
    pub const EMPTY: Self = Self {
        id: "",
        title: "",
        summary: "",
        homepage: "",
        version: "",
        language: "",
        inferred: &[],
        envelope_inferred: &[],
        envelope: &Envelope::EMPTY,
        categories: &[],
        statuses: &[],
        keys: Texts::EMPTY,
        names: Texts::EMPTY,
        codes: Texts::EMPTY,
        titles: Texts::EMPTY,
        messages: Texts::EMPTY,
        descriptions: Texts::EMPTY,
        actions: Texts::EMPTY,
        docs_urls: Texts::EMPTY,
        facts_of: &[],
        facts: &[],
        more_messages: &[],
        aliases: &[],
        params: &[],
        headers: &[],
        deprecated: &[],
        by_key: Lookup::EMPTY,
        by_code: Lookup::EMPTY,
        shared_codes: &[],
        by_message: Lookup::EMPTY,
        shared_messages: &[],
        without_code: &[],
        forms: &[],
    };

    /// The catalog's id, the name of its module and page.
    pub const fn id(&self) -> &'static str {
        self.id
    }

    /// The API's name.
    pub const fn title(&self) -> &'static str {
        self.title
    }

    /// What the API does, in Markdown.
    pub const fn summary(&self) -> Option<&'static str> {
        present(self.summary)
    }

    /// The URL of the API's own pages.
    pub const fn homepage(&self) -> Option<&'static str> {
        present(self.homepage)
    }

    /// The API's version.
    pub const fn version(&self) -> Option<&'static str> {
        present(self.version)
    }

    /// The language of the catalog's texts, as a BCP 47 tag.
    pub const fn language(&self) -> Option<&'static str> {
        present(self.language)
    }

    /// What is said about the API that its documentation does not say, and why.
    pub const fn api_inferred(&self) -> &'static [Inferred] {
        self.inferred
    }

    /// What is said about the shape of error bodies that the documentation does not say, and why.
    pub const fn envelope_inferred(&self) -> &'static [Inferred] {
        self.envelope_inferred
    }

    /// The sections of the documentation, in its order.
    pub const fn categories(&self) -> &'static [CategoryRow] {
        self.categories
    }

    /// The documentation's table of HTTP statuses, in its order.
    pub const fn statuses(&self) -> &'static [StatusRow] {
        self.statuses
    }

    /// The row of a status.
    pub fn status_row(&self, status: u16) -> Option<&'static StatusRow> {
        self.statuses.iter().find(|row| row.status == status)
    }

    /// How many errors the catalog has.
    pub const fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether the catalog has no error.
    pub const fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// The error with this key.
    #[inline]
    pub fn find_key(&self, key: &str) -> Option<usize> {
        let index = self.by_key.candidate(key)? as usize;
        self.keys.is(index, key).then_some(index)
    }

    /// The error that a response with this code and status means.
    ///
    /// One error has the code, or had it as an alias: that one, at any status. Several have it: the
    /// one of this status, else the first in the catalog.
    #[inline]
    pub fn find_code(&self, code: &str, status: u16) -> Option<usize> {
        match self.code_holders(code)? {
            Holders::One(index) => Some(index),
            Holders::Several(errors) => {
                let of_status = |index: &usize| self.error_statuses(*index).contains(&status);
                indexes(errors)
                    .find(of_status)
                    .or_else(|| indexes(errors).next())
            }
        }
    }

    /// The errors that have a code, or had it.
    #[inline]
    pub(crate) fn code_holders(&self, code: &str) -> Option<Holders> {
        let holders = self.holders(self.by_code, self.shared_codes, code)?;
        match holders {
            Holders::One(index) if !self.has_code(index, code) => None,
            holders => Some(holders),
        }
    }

    /// The one error that may have a text, or the several that do: the text of one is for the caller
    /// to compare.
    #[inline]
    pub(crate) fn holders(
        &self,
        lookup: Lookup,
        shared: &'static [Shared],
        text: &str,
    ) -> Option<Holders> {
        let candidate = lookup.candidate(text)? as usize;
        if candidate < self.len() {
            return Some(Holders::One(candidate));
        }
        let shared = shared.get(candidate - self.len())?;
        (shared.text == text).then_some(Holders::Several(shared.errors))
    }

    // Of one error, by its index, which must be below `len()`; all panic past the end. The macro
    // behind a generated `Code` turns each into an accessor and documents it there.

    #[doc(hidden)]
    pub const fn key(&self, index: usize) -> &'static str {
        self.keys.get(index)
    }

    #[doc(hidden)]
    pub const fn name(&self, index: usize) -> &'static str {
        self.names.get(index)
    }

    #[doc(hidden)]
    pub const fn wire(&self, index: usize) -> Option<Wire> {
        match self.facts(index).code {
            CodeKind::None => None,
            CodeKind::Text => Some(Wire::new(self.code_text(index), false)),
            CodeKind::Number => Some(Wire::new(self.code_text(index), true)),
        }
    }

    #[doc(hidden)]
    pub const fn error_title(&self, index: usize) -> Option<&'static str> {
        text(self.titles, index)
    }

    #[doc(hidden)]
    pub const fn error_status(&self, index: usize) -> Option<u16> {
        match self.facts(index).statuses {
            [first, ..] => Some(*first),
            [] => None,
        }
    }

    #[doc(hidden)]
    pub const fn error_statuses(&self, index: usize) -> &'static [u16] {
        self.facts(index).statuses
    }

    #[doc(hidden)]
    pub const fn is_event(&self, index: usize) -> bool {
        self.facts(index).event
    }

    #[doc(hidden)]
    #[inline]
    pub const fn message(&self, index: usize) -> Option<&'static str> {
        text(self.messages, index)
    }

    #[doc(hidden)]
    pub const fn message_forms(&self, index: usize) -> MessageForms {
        MessageForms {
            first: self.message(index),
            more: list(self.more_messages, index),
        }
    }

    /// Whether something holds of one of these forms.
    #[cfg(feature = "json")]
    #[inline]
    pub(crate) fn any_form(&self, index: usize, holds: impl Fn(&'static str) -> bool) -> bool {
        self.message(index).is_some_and(&holds)
            || list(self.more_messages, index)
                .iter()
                .any(|form| holds(form))
    }

    /// The forms with values of errors without a code.
    #[cfg(feature = "json")]
    #[inline]
    pub(crate) const fn forms_with_values(&self) -> &'static [Form] {
        self.forms.as_chunks().0
    }

    /// One of these forms.
    #[cfg(feature = "json")]
    #[inline]
    pub(crate) fn message_form(&self, index: usize, form: usize) -> Option<&'static str> {
        match form.checked_sub(1) {
            Some(more) => list(self.more_messages, index).get(more).copied(),
            None => self.message(index),
        }
    }

    #[doc(hidden)]
    pub const fn description(&self, index: usize) -> Option<&'static str> {
        text(self.descriptions, index)
    }

    #[doc(hidden)]
    pub const fn action(&self, index: usize) -> Option<&'static str> {
        text(self.actions, index)
    }

    #[doc(hidden)]
    pub const fn category(&self, index: usize) -> Option<usize> {
        match self.facts(index).category {
            Some(category) => Some(category as usize),
            None => None,
        }
    }

    #[doc(hidden)]
    pub const fn retry(&self, index: usize) -> Option<Retry> {
        self.facts(index).retry
    }

    #[cfg(feature = "json")]
    pub(crate) const fn params(&self, index: usize) -> &'static [Param] {
        list(self.params, index)
    }

    #[doc(hidden)]
    pub const fn requires_details(&self, index: usize) -> bool {
        self.facts(index).requires_details
    }

    #[doc(hidden)]
    pub const fn headers(&self, index: usize) -> &'static [Header] {
        list(self.headers, index)
    }

    #[doc(hidden)]
    pub const fn docs_url(&self, index: usize) -> Option<&'static str> {
        text(self.docs_urls, index)
    }

    #[doc(hidden)]
    pub const fn aliases(&self, index: usize) -> &'static [&'static str] {
        list(self.aliases, index)
    }

    #[doc(hidden)]
    pub const fn since(&self, index: usize) -> Option<&'static str> {
        self.facts(index).since
    }

    #[doc(hidden)]
    pub const fn deprecated(&self, index: usize) -> Option<&'static Deprecated> {
        sparse(self.deprecated, index)
    }

    #[doc(hidden)]
    pub const fn retired(&self, index: usize) -> Option<&'static str> {
        self.facts(index).retired
    }

    #[doc(hidden)]
    pub const fn inferred(&self, index: usize) -> &'static [Inferred] {
        self.facts(index).inferred
    }

    #[inline]
    const fn facts(&self, index: usize) -> &'static Facts {
        &self.facts[self.facts_of[index] as usize]
    }

    #[inline]
    fn has_code(&self, index: usize, code: &str) -> bool {
        // The code of an error that has none there is its key.
        if self.codes.is_empty() || self.codes.is(index, "") {
            self.keys.is(index, code)
        } else {
            self.codes.is(index, code)
        }
    }

    const fn code_text(&self, index: usize) -> &'static str {
        match text(self.codes, index) {
            Some(code) => code,
            None => self.keys.get(index),
        }
    }
}

impl fmt::Debug for Catalog {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Catalog")
            .field("id", &self.id)
            .field("errors", &self.len())
            .finish_non_exhaustive()
    }
}

/// The forms of an error's message, the main one first.
#[derive(Clone, Debug)]
pub struct MessageForms {
    first: Option<&'static str>,
    more: &'static [&'static str],
}

impl Iterator for MessageForms {
    type Item = &'static str;

    fn next(&mut self) -> Option<Self::Item> {
        self.first.take().or_else(|| {
            let (first, more) = self.more.split_first()?;
            self.more = more;
            Some(*first)
        })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = usize::from(self.first.is_some()) + self.more.len();
        (left, Some(left))
    }
}

impl ExactSizeIterator for MessageForms {}

/// The errors that have a text.
pub(crate) enum Holders {
    One(usize),
    /// In the catalog's order.
    Several(&'static [u32]),
}

impl Holders {
    /// In the catalog's order.
    #[cfg(feature = "json")]
    pub(crate) fn iter(&self) -> impl Iterator<Item = usize> {
        let (one, several) = match self {
            Self::One(index) => (Some(*index), &[] as &[u32]),
            Self::Several(errors) => (None, *errors),
        };
        one.into_iter().chain(indexes(several))
    }
}

pub(crate) fn indexes(errors: &'static [u32]) -> impl Iterator<Item = usize> {
    errors.iter().map(|&index| index as usize)
}

const fn present(text: &'static str) -> Option<&'static str> {
    if text.is_empty() { None } else { Some(text) }
}

/// The text of an error in a column that is empty where no error has one.
#[inline]
const fn text(column: Texts, index: usize) -> Option<&'static str> {
    if column.is_empty() {
        None
    } else {
        present(column.get(index))
    }
}

/// The value of an error in a list sorted by index.
const fn sparse<T>(rows: &'static [(u32, T)], index: usize) -> Option<&'static T> {
    let (mut low, mut high) = (0, rows.len());
    while low < high {
        let middle = low + (high - low) / 2;
        let row = &rows[middle];
        if row.0 as usize == index {
            return Some(&row.1);
        }
        if (row.0 as usize) < index {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    None
}

const fn list<T>(rows: &'static [(u32, &'static [T])], index: usize) -> &'static [T] {
    match sparse(rows, index) {
        Some(values) => values,
        None => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::sparse;

    #[test]
    fn what_few_have_is_found_where_it_is() {
        static ROWS: [(u32, &str); 4] = [(0, "a"), (3, "b"), (4, "c"), (9, "d")];
        for length in 0..=ROWS.len() {
            for index in 0..=10 {
                let expected = ROWS[..length]
                    .iter()
                    .find(|row| row.0 == index)
                    .map(|row| &row.1);
                assert_eq!(sparse(&ROWS[..length], index as usize), expected);
            }
        }
    }
}
