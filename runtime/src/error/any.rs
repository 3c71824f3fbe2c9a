//! Errors of several APIs as one type.

use alloc::borrow::Cow;
use core::time::Duration;

use crate::catalog::Catalog;
use crate::code::ErrorCode;
use crate::error::owned::Error;
use crate::error::retry_advice::RetryAdvice;
use crate::identify::IdentifiedBy;
use crate::response::Response;

/// An [`Error`] of any API, as a trait object: `&dyn AnyError`, `Box<dyn AnyError>`.
pub trait AnyError: core::error::Error + Send + Sync {
    /// The catalog of the API.
    fn catalog(&self) -> &'static Catalog;

    /// The error's index in the catalog, if it is known.
    fn index(&self) -> Option<usize>;

    /// The error's name in the catalog, if it is known.
    fn key(&self) -> Option<&'static str>;

    /// See [`Error::identified_by`].
    fn identified_by(&self) -> IdentifiedBy;

    /// See [`Error::status`].
    fn status(&self) -> Option<u16>;

    /// See [`Error::code_text`].
    fn code_text(&self) -> Option<&str>;

    /// See [`Error::message`].
    fn message(&self) -> Cow<'_, str>;

    /// See [`Error::raw_details`].
    fn raw_details(&self) -> Option<Cow<'_, str>>;

    /// See [`Error::reference`].
    fn reference(&self) -> Option<Cow<'_, str>>;

    /// See [`Error::retry_advice`].
    fn retry_advice(&self) -> Option<RetryAdvice>;

    /// See [`Error::retry_after`].
    fn retry_after(&self) -> Option<Duration>;

    /// See [`Error::retry_delay`].
    fn retry_delay(&self, backoff: Duration) -> Option<Duration>;

    /// See [`Error::to_response`].
    fn to_response(&self) -> Response;
}

impl<C: ErrorCode> AnyError for Error<C> {
    fn catalog(&self) -> &'static Catalog {
        C::CATALOG
    }

    fn index(&self) -> Option<usize> {
        self.code().map(C::index)
    }

    fn key(&self) -> Option<&'static str> {
        self.code().map(C::key)
    }

    fn identified_by(&self) -> IdentifiedBy {
        self.identified_by()
    }

    fn status(&self) -> Option<u16> {
        self.status()
    }

    fn code_text(&self) -> Option<&str> {
        self.code_text()
    }

    fn message(&self) -> Cow<'_, str> {
        self.message()
    }

    fn raw_details(&self) -> Option<Cow<'_, str>> {
        self.raw_details()
    }

    fn reference(&self) -> Option<Cow<'_, str>> {
        self.reference()
    }

    fn retry_advice(&self) -> Option<RetryAdvice> {
        self.retry_advice()
    }

    fn retry_after(&self) -> Option<Duration> {
        self.retry_after()
    }

    fn retry_delay(&self, backoff: Duration) -> Option<Duration> {
        self.retry_delay(backoff)
    }

    fn to_response(&self) -> Response {
        self.to_response()
    }
}
