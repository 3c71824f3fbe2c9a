//! Whether to send a request again, and when.

use core::time::Duration;

use crate::catalog::Catalog;
use crate::response::Headers;
use crate::rows::Retry;

/// What to do about sending the same request again, and who says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Advice {
    /// What to do.
    pub retry: Retry,
    /// Who says so.
    pub from: AdviceFrom,
}

impl Advice {
    /// Whether the advice is not about this very error, but about all of its status.
    pub const fn is_fallback(self) -> bool {
        !matches!(self.from, AdviceFrom::Error)
    }

    /// How long to wait before the same request is sent again, if it is to be.
    pub(crate) fn delay(
        self,
        retry_after: Option<Duration>,
        backoff: Duration,
    ) -> Option<Duration> {
        match self.retry {
            Retry::Backoff | Retry::RetryAfter => Some(retry_after.unwrap_or(backoff)),
            // Whoever polls asks something else.
            Retry::Poll | Retry::Never => None,
        }
    }
}

/// Who gives an advice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum AdviceFrom {
    /// What is documented of the error.
    Error,
    /// What is documented of the status.
    StatusRow,
    /// What the status means for any API: 408, 429, 502, 503, 504 (RFC 9110, RFC 6585) and 425 (RFC
    /// 8470) pass.
    Status,
}

impl Catalog {
    /// The advice for an error, if it is known, and a status.
    pub(crate) fn advice(
        &self,
        index: Option<usize>,
        status: Option<u16>,
        headers: &dyn Headers,
    ) -> Option<Advice> {
        let of_error = index.and_then(|index| self.retry(index));
        let of_row = || self.status_row(status?).and_then(|row| row.retry);
        let of_status = || match status? {
            429 | 503 if headers.field("retry-after").is_some() => Some(Retry::RetryAfter),
            408 | 425 | 429 | 502 | 503 | 504 => Some(Retry::Backoff),
            _ => None,
        };
        let advice = |from| move |retry| Advice { retry, from };
        of_error
            .map(advice(AdviceFrom::Error))
            .or_else(|| of_row().map(advice(AdviceFrom::StatusRow)))
            .or_else(|| of_status().map(advice(AdviceFrom::Status)))
    }
}

/// How long to wait, by the field `Retry-After` (RFC 9110, 10.2.3): so many seconds, or, with the
/// feature `http`, until a date that is taken against the response's own `Date`. A date that has
/// passed is no time at all.
pub(crate) fn retry_after(headers: &dyn Headers) -> Option<Duration> {
    let text = |name| core::str::from_utf8(headers.field(name)?).ok();
    let value = text("retry-after")?.trim();
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        // More seconds than there are numbers for is as long as can be.
        return Some(Duration::from_secs(value.parse().unwrap_or(u64::MAX)));
    }
    #[cfg(feature = "http")]
    {
        let until = httpdate::parse_http_date(value).ok()?;
        let now = httpdate::parse_http_date(text("date")?.trim()).ok()?;
        Some(until.duration_since(now).unwrap_or_default())
    }
    #[cfg(not(feature = "http"))]
    None
}
