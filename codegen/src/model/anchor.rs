//! Anchors and URLs of errors on the page of their API.

use std::fmt::Write;

/// The anchor of an error on its API's page: its key, with what an anchor cannot hold as `:` and the
/// byte in hexadecimal digits. Two keys never share one.
pub(crate) fn anchor(key: &str) -> String {
    let mut anchor = String::with_capacity(key.len());
    for byte in key.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.') {
            anchor.push(char::from(byte));
        } else {
            write!(anchor, ":{byte:02x}").expect("writing to a string does not fail");
        }
    }
    anchor
}

/// Where an error is documented, under the URL of its API's page.
pub(crate) fn url(base: &str, key: &str) -> String {
    format!("{base}#{}", anchor(key))
}
