//! Displays errors to people.

use alloc::format;
use alloc::string::String;
use core::fmt;

use crate::code::ErrorCode;
use crate::error::borrowed::ErrorRef;
use crate::error::owned::{Error, Origin};
use crate::one_line::{OneLine, on_one_line};

/// Writes the key, the status and the message on one line; the start of the body, if it is unknown and has no message.
/// Characters that break a line or control a terminal are spaces.
impl<C: ErrorCode> fmt::Display for Error<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let body = match &self.0.origin {
            Origin::Raised(_) => &[],
            Origin::Received(received) => received.bytes.as_bytes(),
        };
        display(
            f,
            self.0.code,
            self.code_text(),
            self.0.status,
            &self.message(),
            body,
        )
    }
}

/// As for [`Error`].
impl<C: ErrorCode> fmt::Display for ErrorRef<'_, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let meant = || self.code?.description().or(self.code?.title());
        let message = self.message().or_else(meant).unwrap_or_default();
        display(
            f,
            self.code,
            self.code_text(),
            self.status,
            message,
            self.body,
        )
    }
}

/// The `Display` of `Error` and `ErrorRef`.
fn display<C: ErrorCode>(
    f: &mut fmt::Formatter<'_>,
    code: Option<C>,
    code_text: Option<&str>,
    status: Option<u16>,
    message: &str,
    body: &[u8],
) -> fmt::Result {
    match (code, code_text) {
        (Some(code), _) => f.write_str(code.key())?,
        (None, Some(code)) => write!(f, "unknown code {code:?}")?,
        (None, None) => f.write_str("unknown error")?,
    }
    if let Some(status) = status {
        write!(f, ", status {status}")?;
    }
    if !message.is_empty() {
        // A message from elsewhere must not start a new line in a log.
        write!(f, ": {}", OneLine(message))
    } else if !body.is_empty() && code.is_none() {
        write!(f, ": {}", excerpt(body))
    } else {
        Ok(())
    }
}

/// The start of a body, on one line.
fn excerpt(body: &[u8]) -> String {
    const SHOWN: usize = 120;
    // A character has at most four bytes.
    let start = &body[..body.len().min(4 * SHOWN)];
    let text = String::from_utf8_lossy(start);
    let mut chars = text.chars();
    let line: String = chars.by_ref().take(SHOWN).map(on_one_line).collect();
    let is_all = chars.next().is_none() && start.len() == body.len();
    let more = if is_all { "" } else { "…" };
    format!("{line}{more}")
}

impl<C: ErrorCode> fmt::Debug for Error<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("Error");
        debug
            .field("code", &self.0.code)
            .field("status", &self.0.status)
            .field("identified_by", &self.0.identified_by)
            .field("message", &self.message());
        if let Some(details) = &self.0.details {
            debug.field("details", details);
        }
        if let Some(error) = self.details_error() {
            debug.field("details_error", error);
        }
        if let Origin::Received(received) = &self.0.origin {
            debug.field("body", &String::from_utf8_lossy(received.bytes.as_bytes()));
        }
        if let Some(source) = &self.0.source {
            debug.field("source", source);
        }
        debug.finish()
    }
}

impl<C: ErrorCode> fmt::Debug for ErrorRef<'_, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ErrorRef")
            .field("code", &self.code)
            .field("identified_by", &self.identified_by)
            .field("status", &self.status)
            .field("body", &String::from_utf8_lossy(self.body))
            .finish_non_exhaustive()
    }
}
