//! The values that a catalog's tables.

use core::fmt;

use crate::retry::Retry;

/// The code of an error in a JSON body: a text or a number.
///
/// A number and the text of the same digits are one code: `10001` and `"10001"`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct WireCode {
    text: &'static str,
    number: bool,
}

impl WireCode {
    pub(crate) const fn new(text: &'static str, number: bool) -> Self {
        Self { text, number }
    }

    /// The code's text; of a number, its decimal digits.
    pub const fn as_str(self) -> &'static str {
        self.text
    }

    /// Whether the code is a number in the body.
    pub const fn is_number(self) -> bool {
        self.number
    }
}

/// The text, without the quotes of JSON.
impl fmt::Display for WireCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.text)
    }
}

/// The templates of an error's message, the main one first.
#[derive(Clone, Debug)]
pub struct MessageForms {
    first: Option<&'static str>,
    more: &'static [&'static str],
}

impl MessageForms {
    pub(super) const fn new(first: Option<&'static str>, more: &'static [&'static str]) -> Self {
        Self { first, more }
    }
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

/// Builders of rows for generated code, so that a row can get another field.
macro_rules! builder {
    (
        $row:ident $(<$code:ident>)?: new($($required:ident: $of:ty),*);
        $($option:ident: $some:ty),* $(; $list:ident: $item:ty)?
    ) => {
        #[doc(hidden)]
        impl $(<$code: Copy>)? $row $(<$code>)? {
            pub const fn new($($required: $of),*) -> Self {
                Self { $($required,)* $($option: None,)* $($list: &[],)? }
            }

            $(#[must_use]
            pub const fn $option(mut self, $option: $some) -> Self {
                self.$option = Some($option);
                self
            })*

            $(#[must_use]
            pub const fn $list(mut self, $list: $item) -> Self {
                self.$list = $list;
                self
            })?
        }
    };
}

builder!(Inferred: new(key: &'static str, reason: &'static str););
builder!(
    Deprecated: new();
    since: &'static str, replaced_by: &'static str, note: &'static str
);
builder!(
    StatusRow: new(status: u16);
    name: &'static str, meaning: &'static str, retry: Retry;
    inferred: &'static [Inferred]
);
builder!(Rule<C>: new(field: &'static str, rule: &'static str); error: C, message: &'static str);
builder!(Header: new(name: &'static str, description: &'static str););
builder!(CategoryRow: new(id: &'static str, title: &'static str););

/// A value that the API's documentation does not give and the catalog's author supplied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Inferred {
    /// The key of the catalog entry that holds the value, such as `status`.
    pub key: &'static str,
    /// Why the author chose it.
    pub reason: &'static str,
}

/// The deprecation of an error.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Deprecated {
    /// The version of the API that deprecated it.
    pub since: Option<&'static str>,
    /// The key of the error that takes its place.
    pub replaced_by: Option<&'static str>,
    /// Further remarks, as plain text.
    pub note: Option<&'static str>,
}

/// One row of the documentation's table of HTTP statuses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct StatusRow {
    /// The status code, 100 to 599 (RFC 9110, 15).
    pub status: u16,
    /// The documentation's name for it, such as `Payload Too Large`.
    pub name: Option<&'static str>,
    /// What it means for this API.
    pub meaning: Option<&'static str>,
    /// The advice that the row gives.
    pub retry: Option<Retry>,
    /// Which of the row's values are the author's, and why.
    pub inferred: &'static [Inferred],
}

/// One row of the documentation's table of field validation rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Rule<C: 'static> {
    /// The error that answers a request that breaks the rule.
    pub error: Option<C>,
    /// The request's field.
    pub field: &'static str,
    /// The requirement, in the documentation's words.
    pub rule: &'static str,
    /// The text that reports a violation.
    pub message: Option<&'static str>,
}

/// A header field of an error's response.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Header {
    /// The field's name, such as `Retry-After`.
    pub name: &'static str,
    /// The content of its value.
    pub description: &'static str,
}

/// One section of the documentation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct CategoryRow {
    /// The category's id in the catalog.
    pub id: &'static str,
    /// The section's heading.
    pub title: &'static str,
}
