//! What to do about sending a request again.

use core::fmt;
#[cfg(feature = "json")]
use core::time::Duration;

/// The maximum delay: 365 days. A longer one, of a mistaken or malicious server, could not be added to an `Instant`.
#[cfg(feature = "json")]
pub(crate) const MAX_DELAY: Duration = Duration::from_hours(365 * 24);

/// What a catalog advises a client to do about sending the same request again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Retry {
    /// The same request fails again.
    Never,
    /// Send it again after a delay of the client's choosing. One that grows with each attempt spares the server.
    Backoff,
    /// Send it again after the time in the response's `Retry-After` header (RFC 9110, 10.2.3).
    RetryAfter,
    /// The work goes on: ask for its state again until it is done.
    Poll,
}

impl Retry {
    /// Every variant with its word in catalogs.
    pub const ALL: &'static [(&'static str, Self)] = &[
        ("never", Self::Never),
        ("backoff", Self::Backoff),
        ("retry-after", Self::RetryAfter),
        ("poll", Self::Poll),
    ];

    /// The word in catalogs: `never`, `backoff`, `retry-after` or `poll`.
    pub const fn as_str(self) -> &'static str {
        Self::ALL[self as usize].0
    }
}

impl fmt::Display for Retry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::Retry;

    #[test]
    fn as_str_is_word_of_variant() {
        for (word, retry) in Retry::ALL {
            assert_eq!(retry.as_str(), *word);
        }
    }
}
