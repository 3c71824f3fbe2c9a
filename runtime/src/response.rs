//! The parts of an HTTP response, without a crate for HTTP.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

/// An HTTP status code: a `u16`, or with the feature `http` an [`http::StatusCode`].
///
/// [`http::StatusCode`]: https://docs.rs/http/latest/http/status/struct.StatusCode.html
pub trait Status: Copy + sealed::Sealed {
    /// The three digits.
    fn code(self) -> u16;
}

impl Status for u16 {
    fn code(self) -> u16 {
        self
    }
}

pub(crate) mod sealed {
    pub trait Sealed {}

    impl Sealed for u16 {}
}

/// The header fields of a response.
///
/// Implemented for lists of names and values, for `()` as no fields, and with the feature `http` for
/// [`http::HeaderMap`]. A program implements [`field`](Self::field) for the type of another client, and
/// [`fields`](Self::fields) if that type keeps several fields of one name.
///
/// The fields must describe the body that is passed with them. A client that decodes the body removes
/// `Content-Encoding`. Errbook removes it if the body is a text.
///
/// [`http::HeaderMap`]: https://docs.rs/http/latest/http/header/struct.HeaderMap.html
pub trait Headers: Sync {
    /// The value of the first field with this name, in any case of letters (RFC 9110, 5.1).
    fn field(&self, name: &str) -> Option<&[u8]>;

    /// The values of all fields with this name, in their order.
    fn fields(&self, name: &str) -> Vec<&[u8]> {
        self.field(name).into_iter().collect()
    }
}

impl<H: Headers + ?Sized> Headers for &H {
    fn field(&self, name: &str) -> Option<&[u8]> {
        H::field(self, name)
    }

    fn fields(&self, name: &str) -> Vec<&[u8]> {
        H::fields(self, name)
    }
}

impl Headers for () {
    fn field(&self, _: &str) -> Option<&[u8]> {
        None
    }
}

impl<N: AsRef<str> + Sync, V: AsRef<[u8]> + Sync> Headers for [(N, V)] {
    fn field(&self, name: &str) -> Option<&[u8]> {
        self.iter()
            .find(|(other, _)| other.as_ref().eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_ref())
    }

    fn fields(&self, name: &str) -> Vec<&[u8]> {
        self.iter()
            .filter(|(other, _)| other.as_ref().eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_ref())
            .collect()
    }
}

impl<N: AsRef<str> + Sync, V: AsRef<[u8]> + Sync, const L: usize> Headers for [(N, V); L] {
    fn field(&self, name: &str) -> Option<&[u8]> {
        self.as_slice().field(name)
    }

    fn fields(&self, name: &str) -> Vec<&[u8]> {
        self.as_slice().fields(name)
    }
}

impl<N: AsRef<str> + Sync, V: AsRef<[u8]> + Sync> Headers for Vec<(N, V)> {
    fn field(&self, name: &str) -> Option<&[u8]> {
        self.as_slice().field(name)
    }

    fn fields(&self, name: &str) -> Vec<&[u8]> {
        self.as_slice().fields(name)
    }
}

/// The header fields that a response may have several times: those that are lists (RFC 9110, 5.3), and `Set-Cookie`.
/// Those that describe the body are left out: another value is about another body.
const REPEATABLE: [&str; 27] = [
    "Accept-Patch",
    "Accept-Post",
    "Accept-Ranges",
    "Access-Control-Allow-Headers",
    "Access-Control-Allow-Methods",
    "Access-Control-Expose-Headers",
    "Allow",
    "Alt-Svc",
    "Cache-Control",
    "Cache-Status",
    "Clear-Site-Data",
    "Connection",
    "Content-Security-Policy",
    "Content-Security-Policy-Report-Only",
    "Link",
    "Pragma",
    "Preference-Applied",
    "Proxy-Authenticate",
    "Proxy-Status",
    "Server-Timing",
    "Set-Cookie",
    "Trailer",
    "Upgrade",
    "Vary",
    "Via",
    "Warning",
    "WWW-Authenticate",
];

/// Whether a response may have several header fields with this name.
pub(crate) fn is_repeatable(name: &str) -> bool {
    REPEATABLE
        .iter()
        .any(|other| other.eq_ignore_ascii_case(name))
}

/// The response for an error, ready to be sent.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Response {
    /// The HTTP status code.
    pub status: u16,
    /// The header fields, including `Content-Type`. Several may have one name, such as `WWW-Authenticate`: add each
    /// to what you send, and replace none.
    pub headers: Vec<(Cow<'static, str>, Vec<u8>)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Response {
    /// The value of the first header field with this name.
    pub fn header(&self, name: &str) -> Option<&[u8]> {
        self.headers.field(name)
    }
}

/// Shows values and body as texts.
impl fmt::Debug for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let headers: Vec<(&str, Cow<'_, str>)> = self
            .headers
            .iter()
            .map(|(name, value)| (name.as_ref(), String::from_utf8_lossy(value)))
            .collect();
        f.debug_struct("Response")
            .field("status", &self.status)
            .field("headers", &headers)
            .field("body", &String::from_utf8_lossy(&self.body))
            .finish()
    }
}
