//! Receives errors.

use alloc::borrow::ToOwned;
use alloc::boxed::Box;
use core::cell::RefCell;

use crate::body::parsed::RawDetails;
use crate::catalog::tables::CatalogTables;
use crate::code::error_code::ErrorCode;
use crate::error::borrowed::ErrorRef;
use crate::error::owned::{Error, HeaderFields, Inner, Origin};
use crate::error::received_body::{BodyBytes, ReceivedBody};
use crate::error::typed_details::{self, DetailsResult, split};
use crate::response::{Headers, Status};

/// Receives errors.
impl<C: ErrorCode> Error<C> {
    /// Reads a response that the caller knows to be an error. For other responses, use
    /// [`detect`](Self::detect).
    ///
    /// Any status, header fields and bytes give a value: an error that is not in the catalog has no
    /// [`code`](Self::code), and keeps its body. Of the header fields, the error keeps those that the catalog
    /// documents, `Retry-After` with its `Date`, and a `Content-Type` that is not the API's own. Of duplicate fields,
    /// it keeps the first.
    #[must_use]
    pub fn decode(
        status: impl Status,
        headers: &impl Headers,
        body: &(impl AsRef<[u8]> + ?Sized),
    ) -> Self {
        let kept = RefCell::new(None);
        let fits = |code, raw: Option<RawDetails<'_>>| {
            // If only one error can be meant, its details are read to check them, and kept. If several can be,
            // most of their details would be read in vain.
            if kept.borrow().is_some() {
                return typed_details::fits(code, raw);
            }
            let read = typed_details::read(Some(code), raw);
            let fits = matches!(read, Some(Ok(_))) || typed_details::fits(code, raw);
            kept.replace(Some((code, read)));
            fits
        };
        let error = ErrorRef::read_with(Some(status.code()), headers, body.as_ref(), &fits);
        Self::owning(error, kept.take())
    }

    /// Reads a response if it is an error: with status 400 and above always; below, if the body has a known code,
    /// or the constants of every error body.
    pub fn detect(
        status: impl Status,
        headers: &impl Headers,
        body: &(impl AsRef<[u8]> + ?Sized),
    ) -> Option<Self> {
        ErrorRef::detect(status, headers, body).map(Self::from)
    }

    /// Reads the body of an event, such as a webhook.
    #[must_use]
    pub fn from_event(body: &(impl AsRef<[u8]> + ?Sized)) -> Self {
        ErrorRef::from_event(body).into()
    }
}

impl<C: ErrorCode> From<ErrorRef<'_, C>> for Error<C> {
    fn from(error: ErrorRef<'_, C>) -> Self {
        Self::owning(error, None)
    }
}

impl<C: ErrorCode> Error<C> {
    /// Copies an error. `read` is the result of reading the details of an error, which may be another one.
    fn owning(error: ErrorRef<'_, C>, read: Option<(C, DetailsResult<C>)>) -> Self {
        let (details, details_error) = split(match read {
            Some((code, read)) if error.code == Some(code) => read,
            _ => error.details(),
        });
        let code = error.code;
        let (headers, has_own_type) =
            kept_headers(&C::CATALOG.tables, code.map(C::index), error.headers);
        // A value that is built in the box is not moved into it.
        let place = Box::new_uninit();
        let inner = Inner {
            code,
            identified_by: error.identified_by,
            status: error.status,
            details,
            headers,
            source: None,
            origin: Origin::Received(ReceivedBody {
                bytes: match error.text {
                    Some(text) => BodyBytes::Text(text.to_owned()),
                    None => BodyBytes::Bytes(error.body.to_owned()),
                },
                parsed: error.parsed,
                has_own_type,
                details_error,
            }),
        };
        Self(Box::write(place, inner))
    }
}

/// The header fields that an error keeps, and whether its body has the media type of the API's bodies.
fn kept_headers(
    tables: &CatalogTables<'static>,
    index: Option<usize>,
    headers: &dyn Headers,
) -> (HeaderFields, bool) {
    let mut kept = HeaderFields::new();
    let mut keep = |name: &'static str| {
        let taken = kept
            .iter()
            .any(|(other, _)| other.eq_ignore_ascii_case(name));
        if let (Some(value), false) = (headers.field(name), taken) {
            kept.push((name.into(), value.to_owned()));
        }
    };
    let own_type = tables.envelope.format.media_type().as_bytes();
    let has_own_type = headers.field("content-type") == Some(own_type);
    if !has_own_type {
        keep("Content-Type");
    }
    if headers.field("retry-after").is_some() {
        keep("Retry-After");
        keep("Date");
    }
    let documented = index.map(|index| tables.headers(index));
    for header in documented.unwrap_or_default() {
        keep(header.name);
    }
    (kept, has_own_type)
}
