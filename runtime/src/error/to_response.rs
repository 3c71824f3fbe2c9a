//! Sends errors.

use alloc::borrow::{Cow, ToOwned};
use alloc::vec::Vec;

use crate::code::error_code::ErrorCode;
use crate::error::owned::{Error, Origin};
use crate::response::{Headers, Response};

/// The status of a response for an error without a status.
const INTERNAL_SERVER_ERROR: u16 = 500;

/// Sends errors.
impl<C: ErrorCode> Error<C> {
    /// The body: the received bytes, or JSON with members in the envelope's order.
    pub fn body(&self) -> Cow<'_, [u8]> {
        match &self.0.origin {
            Origin::Raised(raised) => {
                let body = self.raised_body(raised, self.0.status).body();
                Cow::Owned(body.into_bytes())
            }
            Origin::Received(received) => Cow::Borrowed(received.bytes.as_bytes()),
        }
    }

    /// The whole response. Its status is 500 if neither the catalog nor the program gives a valid one. Leaves out
    /// header fields that HTTP does not allow (RFC 9110, 5): a value with a line end would be read as further fields.
    pub fn to_response(&self) -> Response {
        let fields = self.0.headers.iter();
        let mut headers: Vec<_> = fields
            .filter(|(name, value)| is_field(name, value))
            .cloned()
            .collect();
        let untyped = headers.field("content-type").is_none();
        let mut status = self.0.status;
        let (body, has_own_type) = match &self.0.origin {
            Origin::Raised(raised) => {
                status = status.filter(|status| (100..=599).contains(status));
                status = status.or(Some(INTERNAL_SERVER_ERROR));
                let body = self.raised_body(raised, status).body();
                (body.into_bytes(), true)
            }
            Origin::Received(received) => {
                (received.bytes.as_bytes().to_owned(), received.has_own_type)
            }
        };
        if has_own_type && untyped {
            let media_type = C::CATALOG.tables.envelope.format.media_type();
            headers.push(("Content-Type".into(), media_type.into()));
        }
        Response {
            status: status.unwrap_or(INTERNAL_SERVER_ERROR),
            headers,
            body,
        }
    }
}

/// Whether HTTP allows a header field: its name is a token (RFC 9110, 5.6.2), and its value has no control
/// characters (5.5).
fn is_field(name: &str, value: &[u8]) -> bool {
    let token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    let text = |byte: &u8| !byte.is_ascii_control() || *byte == b'\t';
    !name.is_empty() && name.bytes().all(token) && value.iter().all(text)
}
