//! A received error that borrows its body.

use alloc::borrow::Cow;
use core::time::Duration;

use crate::body::parsed::{ParsedBody, RawDetails};
use crate::code::ErrorCode;
use crate::details::details_error::DetailsError;
use crate::error::owned::Error;
use crate::error::received_body::{fits, read_details_of};
use crate::error::retry_advice::{RetryAdvice, retry_after};
use crate::error::shared_accessors::shared_accessors;
use crate::identify::{Evidence, IdentifiedBy, identify, message_value, only_of_status};
use crate::json::pointer;
use crate::response::{Headers, Status};

/// A received error that borrows the response.
///
/// Nothing is copied. Only texts with escapes and very deep values allocate.
///
/// Any status, header fields and bytes give a value: an error that is not in the catalog has no [`code`](Self::code),
/// and keeps its body. [`into_error`](Self::into_error) converts it to an [`Error`] that owns its data.
#[derive(Clone)]
pub struct ErrorRef<'a, C: ErrorCode> {
    pub(super) code: Option<C>,
    pub(super) identified_by: IdentifiedBy,
    pub(super) status: Option<u16>,
    pub(super) headers: &'a dyn Headers,
    pub(super) body: &'a [u8],
    /// The body, if it is a text.
    pub(super) text: Option<&'a str>,
    pub(super) parsed: ParsedBody,
}

impl<'a, C: ErrorCode> ErrorRef<'a, C> {
    /// Reads a response that the caller knows to be an error. For other responses, use [`detect`](Self::detect).
    pub fn decode(
        status: impl Status,
        headers: &'a impl Headers,
        body: &'a (impl AsRef<[u8]> + ?Sized),
    ) -> Self {
        Self::read_with(Some(status.code()), headers, body.as_ref(), &fits)
    }

    /// Reads a response if it is an error: with status 400 and above always; below, if the body has a known code,
    /// or the constants of every error body.
    pub fn detect(
        status: impl Status,
        headers: &'a impl Headers,
        body: &'a (impl AsRef<[u8]> + ?Sized),
    ) -> Option<Self> {
        let error = Self::decode(status, headers, body);
        error.is_error().then_some(error)
    }

    /// Reads the body of an event, such as a webhook.
    pub fn from_event(body: &'a (impl AsRef<[u8]> + ?Sized)) -> Self {
        Self::read_with(None, &(), body.as_ref(), &fits).with_status_of_body()
    }

    /// Whether the response is an error, as for [`detect`](Self::detect).
    pub(super) fn is_error(&self) -> bool {
        let has_known_code = self.code.is_some() && self.code_text().is_some();
        self.status >= Some(400) || self.parsed.constants_hold || has_known_code
    }

    /// Takes the status that the body of an event has.
    pub(super) fn with_status_of_body(mut self) -> Self {
        let status = self.parsed.status(self.text());
        let status = status.and_then(|json| json.parse().ok());
        self.status = status.filter(|status| (100..=599).contains(status));
        self
    }

    /// Reads a response. `fits` returns whether details are of the type of an error's.
    pub(super) fn read_with(
        status: Option<u16>,
        headers: &'a dyn Headers,
        body: &'a [u8],
        fits: &dyn Fn(C, Option<RawDetails<'_>>) -> bool,
    ) -> Self {
        let text = core::str::from_utf8(body).ok();
        let mut parsed = ParsedBody::default();
        if let Some(text) = text {
            parsed.parse(C::CATALOG.tables.envelope, text);
        }
        let text_or_none = text.unwrap_or_default();
        let evidence = Evidence::new(status, &parsed, text_or_none);
        let fits = |index: usize| fits(C::all()[index], parsed.details(text_or_none));
        let (index, identified_by) = identify(&C::CATALOG.tables, &evidence, &fits);
        Self {
            code: index.map(|index| C::all()[index]),
            identified_by,
            status,
            headers,
            body,
            text,
            parsed,
        }
    }

    fn text(&self) -> &'a str {
        self.text.unwrap_or_default()
    }

    /// The details of the body.
    fn details_in_body(&self) -> Option<RawDetails<'a>> {
        self.parsed.details(self.text())
    }

    shared_accessors! { self, self }

    /// The code in the body, known or not; the digits of a number.
    pub fn code_text(&self) -> Option<&str> {
        self.parsed.code(self.text())
    }

    /// The message in the body.
    pub fn message(&self) -> Option<&str> {
        self.parsed.message(self.text())
    }

    /// The value of a placeholder in the message, by its name in the catalog's template; see [`Error::param`].
    pub fn param(&self, name: &str) -> Option<&str> {
        let message = self.message()?;
        message_value(&C::CATALOG.tables, self.code?.index(), message, name)
    }

    /// The typed details; `None` if the error has none, or has optional ones and the body has none or `null`.
    ///
    /// # Errors
    ///
    /// Fails if they are not of the type that the catalog gives; see [`raw_details`](Self::raw_details).
    pub fn details(&self) -> Option<Result<C::Details, DetailsError>> {
        read_details_of(self.code, self.details_in_body())
    }

    /// The details as JSON text. If they are flattened, the whole object that holds them.
    pub fn raw_details(&self) -> Option<&'a str> {
        Some(self.details_in_body()?.json)
    }

    /// The id to quote to support: the text of a string, or the JSON text of another value. `null` is none.
    pub fn reference(&self) -> Option<Cow<'a, str>> {
        self.parsed.reference(self.text())
    }

    /// The JSON text at a JSON pointer (RFC 6901) such as `"/error/param"`, anywhere in the body.
    pub fn member(&self, pointer: &str) -> Option<&'a str> {
        pointer::get(self.parsed.json(self.text())?, pointer)
    }

    /// The body, unchanged.
    pub fn body(&self) -> &'a [u8] {
        self.body
    }

    /// Copies the error to one that owns its data.
    pub fn into_error(self) -> Error<C> {
        self.into()
    }
}
