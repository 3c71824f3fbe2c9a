//! What came over the wire: which error it is, and everything that was sent.

use alloc::borrow::Cow;
use core::fmt;
use core::time::Duration;

use crate::code::ErrorCode;
use crate::details::{self, Misfit, Raw};
use crate::error::{Error, show};
use crate::identify::{IdentifiedBy, Said};
use crate::reading::Reading;
use crate::response::{Headers, Status};
use crate::retry::{Advice, retry_after};
use crate::set;

/// An error response, read where it lies: nothing is copied, and nothing is allocated but for texts
/// with escapes and what is passed over in lists within lists.
///
/// Any status, any header fields and any bytes give a value: what is no error of the catalog has no
/// [`code`](Self::code), and is all there. [`into_error`](Self::into_error) makes it an [`Error`] that
/// owns what it holds.
#[derive(Clone)]
pub struct ErrorRef<'a, C: ErrorCode> {
    pub(crate) code: Option<C>,
    pub(crate) identified_by: IdentifiedBy,
    pub(crate) status: Option<u16>,
    pub(crate) headers: &'a dyn Headers,
    pub(crate) body: &'a [u8],
    /// The body, if it is a text.
    pub(crate) text: Option<&'a str>,
    pub(crate) reading: Reading,
}

impl<'a, C: ErrorCode> ErrorRef<'a, C> {
    /// Reads an error response. For responses of which the caller knows that they are errors; of any
    /// other, [`detect`](Self::detect) says whether it is one.
    pub fn decode(
        status: impl Status,
        headers: &'a impl Headers,
        body: &'a (impl AsRef<[u8]> + ?Sized),
    ) -> Self {
        Self::read(Some(status.code()), headers, body.as_ref())
    }

    /// Reads a response if it is an error: at status 400 and above, and below where the body says
    /// so, by a code that is known or by the members that are the same in every error body.
    pub fn detect(
        status: impl Status,
        headers: &'a impl Headers,
        body: &'a (impl AsRef<[u8]> + ?Sized),
    ) -> Option<Self> {
        let error = Self::decode(status, headers, body);
        let known = error.code.is_some() && error.code_text().is_some();
        (status.code() >= 400 || error.reading.constants_hold || known).then_some(error)
    }

    /// Reads what came without being asked for, such as the body of a webhook.
    pub fn from_event(body: &'a (impl AsRef<[u8]> + ?Sized)) -> Self {
        let mut error = Self::read(None, &(), body.as_ref());
        let status = error
            .reading
            .status(error.text())
            .and_then(|json| json.parse().ok());
        error.status = status.filter(|status| (100..=599).contains(status));
        error
    }

    fn read(status: Option<u16>, headers: &'a dyn Headers, body: &'a [u8]) -> Self {
        Self::read_with(status, headers, body, &details::fits)
    }

    /// Reads with a look at details that says whether they are an error's.
    pub(crate) fn read_with(
        status: Option<u16>,
        headers: &'a dyn Headers,
        body: &'a [u8],
        fits: &dyn Fn(C, Option<Raw<'_>>) -> bool,
    ) -> Self {
        let text = core::str::from_utf8(body).ok();
        let mut reading = Reading::default();
        if let Some(text) = text {
            reading.read(C::CATALOG.envelope, text);
        }
        let text_or_none = text.unwrap_or_default();
        let said = Said {
            status,
            code: reading.code(text_or_none),
            message: reading.message(text_or_none),
            is_object: reading.is_object,
        };
        let fits = |index: usize| fits(C::all()[index], reading.details(text_or_none));
        let (index, identified_by) = C::CATALOG.identify(&said, &fits);
        Self {
            code: index.map(|index| C::all()[index]),
            identified_by,
            status,
            headers,
            body,
            text,
            reading,
        }
    }

    fn text(&self) -> &'a str {
        self.text.unwrap_or_default()
    }

    /// The details as they came.
    pub(crate) fn came(&self) -> Option<Raw<'a>> {
        self.reading.details(self.text())
    }

    /// Which error of the catalog it is.
    pub fn code(&self) -> Option<C> {
        self.code
    }

    /// What told which error it is.
    pub fn identified_by(&self) -> IdentifiedBy {
        self.identified_by
    }

    /// A guess at what it is, where nothing tells and there is no code: the only error without a code
    /// that comes with this status.
    pub fn likely(&self) -> Option<C> {
        if self.code.is_some() || self.code_text().is_some() {
            return None;
        }
        let index = C::CATALOG.only_of_status(self.status)?;
        Some(C::all()[index])
    }

    /// The HTTP status; of an event, the one that its body names.
    pub fn status(&self) -> Option<u16> {
        self.status
    }

    /// The code in the body, whether the catalog knows it or not; of a number, its digits.
    pub fn code_text(&self) -> Option<&str> {
        self.reading.code(self.text())
    }

    /// The message in the body.
    pub fn message(&self) -> Option<&str> {
        self.reading.message(self.text())
    }

    /// A value in the message, by its name in the catalog's template.
    pub fn param(&self, name: &str) -> Option<&str> {
        let message = self.message()?;
        C::CATALOG.value_in(self.code?.index(), message, name)
    }

    /// The details with their types; `None` where the error has none, or need not have any and they
    /// did not come.
    ///
    /// # Errors
    ///
    /// Where they are not what the catalog says; [`raw_details`](Self::raw_details) has what came.
    pub fn details(&self) -> Option<Result<C::Details, Misfit>> {
        details::read_of(self.code, self.came())
    }

    /// The details as JSON text. Where they stand among other members, the whole object.
    pub fn raw_details(&self) -> Option<&'a str> {
        Some(self.came()?.json)
    }

    /// The id to quote to support: the text, or what else came as JSON text.
    pub fn reference(&self) -> Option<Cow<'a, str>> {
        self.reading.reference(self.text())
    }

    /// The JSON text at a JSON pointer (RFC 6901), such as `"/error/param"`: any part of the body.
    pub fn member(&self, pointer: &str) -> Option<&'a str> {
        let json = self.text.filter(|_| self.reading.is_json)?;
        set::get(json.trim_start_matches('\u{feff}'), pointer)
    }

    /// What to do about sending the request again, and who says so: what is documented of the error,
    /// else of the status, else what the status means for any API.
    pub fn retry(&self) -> Option<Advice> {
        let index = self.code.map(C::index);
        C::CATALOG.advice(index, self.status, self.headers)
    }

    /// How long to wait, by the field `Retry-After` (RFC 9110, 10.2.3). A date in it is taken against
    /// the response's own `Date`, with the feature `http`.
    pub fn retry_after(&self) -> Option<Duration> {
        retry_after(self.headers)
    }

    /// How long to wait before the same request is sent again, where the advice is to do so: as
    /// [`retry_after`](Self::retry_after) says, else this backoff.
    pub fn retry_delay(&self, backoff: Duration) -> Option<Duration> {
        self.retry()?.delay(self.retry_after(), backoff)
    }

    /// The body as it came.
    pub fn body(&self) -> &'a [u8] {
        self.body
    }

    /// The same, with everything that it holds its own.
    pub fn into_error(self) -> Error<C> {
        self.into()
    }
}

/// As the [`Error`] that it makes.
impl<C: ErrorCode> fmt::Display for ErrorRef<'_, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let meant = || self.code?.description().or(self.code?.title());
        let message = self.message().or_else(meant).unwrap_or_default();
        show(
            f,
            self.code,
            self.code_text(),
            self.status,
            message,
            self.body,
        )
    }
}

impl<C: ErrorCode> fmt::Debug for ErrorRef<'_, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ErrorRef")
            .field("code", &self.code)
            .field("identified_by", &self.identified_by)
            .field("status", &self.status)
            .field("body", &alloc::string::String::from_utf8_lossy(self.body))
            .finish_non_exhaustive()
    }
}
