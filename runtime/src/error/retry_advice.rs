//! Advice about sending a request again, and the header field `Retry-After`.

use core::time::Duration;

use crate::catalog::Catalog;
use crate::response::Headers;
use crate::retry::{MAX_DELAY, Retry};

/// The advice about sending the same request again, and its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct RetryAdvice {
    /// What to do.
    pub retry: Retry,
    /// The source of the advice.
    pub source: AdviceSource,
}

impl RetryAdvice {
    /// Whether the advice is about the status in general, not about this error.
    pub const fn is_fallback(self) -> bool {
        !matches!(self.source, AdviceSource::Error)
    }

    /// The advice for an error, if it is known, and a status.
    pub(super) fn new(
        catalog: &Catalog,
        index: Option<usize>,
        status: Option<u16>,
        headers: &dyn Headers,
    ) -> Option<Self> {
        let of_error = index.and_then(|index| catalog.tables.retry(index));
        let of_row = || catalog.status_row(status?).and_then(|row| row.retry);
        let of_status = || match status? {
            429 | 503 if headers.field("retry-after").is_some() => Some(Retry::RetryAfter),
            408 | 425 | 429 | 502 | 503 | 504 => Some(Retry::Backoff),
            _ => None,
        };
        let advice = |source| move |retry| Self { retry, source };
        of_error
            .map(advice(AdviceSource::Error))
            .or_else(|| of_row().map(advice(AdviceSource::StatusRow)))
            .or_else(|| of_status().map(advice(AdviceSource::Status)))
    }

    /// The time to wait before the same request is sent again, if the advice is to send it again.
    pub(super) fn delay(
        self,
        retry_after: Option<Duration>,
        backoff: Duration,
    ) -> Option<Duration> {
        match self.retry {
            Retry::Backoff | Retry::RetryAfter => {
                Some(retry_after.unwrap_or(backoff).min(MAX_DELAY))
            }
            // A client that polls sends another request.
            Retry::Poll | Retry::Never => None,
        }
    }
}

/// The source of an advice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum AdviceSource {
    /// What is documented of the error.
    Error,
    /// What is documented of the status.
    StatusRow,
    /// What the status means for any API: 408, 429, 502, 503, 504 (RFC 9110, RFC 6585) and 425 (RFC 8470) pass.
    Status,
}

/// The time to wait by `Retry-After`, which has seconds or a date; a past date is zero. At most [`MAX_DELAY`].
pub(super) fn retry_after(headers: &dyn Headers) -> Option<Duration> {
    // Only spaces and tabs may be around a value (RFC 9110, 5.5).
    let text = |name| {
        let text = core::str::from_utf8(headers.field(name)?).ok()?;
        Some(text.trim_matches([' ', '\t']))
    };
    let value = text("retry-after")?;
    let delay = if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        // Numbers that do not fit are the maximum.
        value.parse().map_or(MAX_DELAY, Duration::from_secs)
    } else {
        until_date(value, text("date"))?
    };
    Some(delay.min(MAX_DELAY))
}

/// The time from the date of a response until another date.
#[cfg(feature = "http")]
fn until_date(until: &str, date: Option<&str>) -> Option<Duration> {
    let until = httpdate::parse_http_date(until).ok()?;
    let date = httpdate::parse_http_date(date?).ok()?;
    Some(until.duration_since(date).unwrap_or_default())
}

#[cfg(not(feature = "http"))]
fn until_date(_: &str, _: Option<&str>) -> Option<Duration> {
    None
}
