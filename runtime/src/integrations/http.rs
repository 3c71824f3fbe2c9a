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

    fn fields(&self, name: &str) -> Vec<&[u8]> {
        let values = self.get_all(name).iter();
        values.map(HeaderValue::as_bytes).collect()
    }
}

impl<C: ErrorCode> Error<C> {
    /// The status of the response, as for [`to_response`](Self::to_response).
    pub fn status_code(&self) -> StatusCode {
        status_code(self.sent_status())
    }
}

fn status_code(status: u16) -> StatusCode {
    StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

/// Leaves out header fields that HTTP does not allow.
impl From<Response> for http::Response<Vec<u8>> {
    fn from(response: Response) -> Self {
        let mut out = Self::new(response.body);
        *out.status_mut() = status_code(response.status);
        for (name, value) in response.headers {
            let name = HeaderName::from_bytes(name.as_bytes());
            if let (Ok(name), Ok(value)) = (name, HeaderValue::from_bytes(&value)) {
                out.headers_mut().append(name, value);
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
