//! Uses the types of the crate `http`.

use alloc::vec::Vec;

use http::header::{HeaderName, HeaderValue};
use http::{HeaderMap, StatusCode};

use crate::code::ErrorCode;
use crate::error::Error;
use crate::response::{Headers, Response, Status, sealed};

impl sealed::Sealed for StatusCode {}

impl Status for StatusCode {
    fn code(self) -> u16 {
        self.as_u16()
    }
}

impl Headers for HeaderMap {
    fn field(&self, name: &str) -> Option<&[u8]> {
        self.get(name).map(HeaderValue::as_bytes)
    }
}

impl<C: ErrorCode> Error<C> {
    /// The status of the response: 500 if neither the catalog nor the program gives a valid one.
    pub fn status_code(&self) -> StatusCode {
        status_code(self.status())
    }
}

fn status_code(status: Option<u16>) -> StatusCode {
    let status = status.and_then(|status| StatusCode::from_u16(status).ok());
    status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

/// Leaves out header fields that HTTP does not allow.
impl From<Response> for http::Response<Vec<u8>> {
    fn from(response: Response) -> Self {
        let mut out = Self::new(response.body);
        *out.status_mut() = status_code(Some(response.status));
        for (name, value) in response.headers {
            let name = HeaderName::from_bytes(name.as_bytes());
            if let (Ok(name), Ok(value)) = (name, HeaderValue::from_bytes(&value)) {
                out.headers_mut().insert(name, value);
            }
        }
        out
    }
}

impl<C: ErrorCode> From<&Error<C>> for http::Response<Vec<u8>> {
    fn from(error: &Error<C>) -> Self {
        error.to_response().into()
    }
}

impl<C: ErrorCode> From<Error<C>> for http::Response<Vec<u8>> {
    fn from(error: Error<C>) -> Self {
        Self::from(&error)
    }
}
