//! The values that stand in a catalog's tables.

use core::fmt;

/// The code of an error as it stands in a JSON body: a text or a number.
///
/// A number and the text of the same digits are one code: `10001` and `"10001"`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Wire {
    text: &'static str,
    number: bool,
}

impl Wire {
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

/// As in a JSON body: a text in its quotes would not be a code any more, so without them.
impl fmt::Display for Wire {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.text)
    }
}

/// What a catalog advises a client to do about sending the same request again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Retry {
    /// The same request fails again.
    Never,
    /// Send it again after a delay of the client's choosing. One that grows with each attempt spares
    /// the server.
    Backoff,
    /// Send it again after the time in the response's `Retry-After` header (RFC 9110, 10.2.3).
    RetryAfter,
    /// The work goes on: ask for its state again until it is done.
    Poll,
}

impl Retry {
    /// Every advice with the word that a catalog has for it.
    pub const ALL: &'static [(&'static str, Self)] = &[
        ("never", Self::Never),
        ("backoff", Self::Backoff),
        ("retry-after", Self::RetryAfter),
        ("poll", Self::Poll),
    ];

    /// The word that a catalog has for it: `never`, `backoff`, `retry-after` or `poll`.
    pub const fn as_str(self) -> &'static str {
        Self::ALL[self as usize].0
    }
}

impl fmt::Display for Retry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A value that the API's documentation does not give and the catalog's author supplied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Inferred {
    /// The key of the catalog entry that holds the value, such as `status`.
    pub key: &'static str,
    /// Why the author chose it.
    pub reason: &'static str,
}

/// That an error is on its way out, and what stands for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Deprecated {
    /// The version of the API that deprecated it.
    pub since: Option<&'static str>,
    /// The key of the error that takes its place.
    pub replaced_by: Option<&'static str>,
    /// What else there is to say, as plain text.
    pub note: Option<&'static str>,
}

/// One row of the documentation's table of HTTP statuses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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
pub struct Rule<C: 'static> {
    /// The error that answers a request that breaks the rule.
    pub error: Option<C>,
    /// The request's field.
    pub field: &'static str,
    /// What is demanded of it, in the documentation's words.
    pub rule: &'static str,
    /// The text that tells of the breach.
    pub message: Option<&'static str>,
}

/// A header field that comes with an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Header {
    /// The field's name, such as `Retry-After`.
    pub name: &'static str,
    /// What its value holds.
    pub description: &'static str,
}

/// One section of the documentation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CategoryRow {
    /// The category's id in the catalog.
    pub id: &'static str,
    /// The section's heading.
    pub title: &'static str,
}

#[cfg(test)]
mod tests {
    use super::Retry;

    #[test]
    fn each_advice_has_its_own_word() {
        for (word, retry) in Retry::ALL {
            assert_eq!(retry.as_str(), *word);
        }
    }
}
