//! What an error says of itself to people.

use alloc::format;
use alloc::string::String;
use core::fmt::{self, Write};

use crate::code::ErrorCode;
use crate::error::{Error, Origin};

/// On one line: which error, its status, and the message; of an unknown body without one, its
/// beginning.
impl<C: ErrorCode> fmt::Display for Error<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let body = match &self.0.origin {
            Origin::Raised(_) => &[],
            Origin::Received(received) => received.body.as_bytes(),
        };
        show(
            f,
            self.0.code,
            self.code_text(),
            self.0.status,
            &self.message(),
            body,
        )
    }
}

/// What `Error` and `ErrorRef` say of themselves.
pub(crate) fn show<C: ErrorCode>(
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
        f.write_str(": ")?;
        // On one line, in a log: what came from elsewhere makes no lines of its own.
        message
            .chars()
            .try_for_each(|char| f.write_char(shown(char)))
    } else if !body.is_empty() && code.is_none() {
        write!(f, ": {}", excerpt(body))
    } else {
        Ok(())
    }
}

fn shown(char: char) -> char {
    if char.is_control() { ' ' } else { char }
}

/// The beginning of a body, on one line.
fn excerpt(body: &[u8]) -> String {
    const SHOWN: usize = 120;
    // Enough bytes for so many characters.
    let start = &body[..body.len().min(4 * SHOWN)];
    let text = String::from_utf8_lossy(start);
    let line: String = text.chars().take(SHOWN).map(shown).collect();
    let more = if body.len() > line.len() { "…" } else { "" };
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
        if let Some(misfit) = self.misfit() {
            debug.field("misfit", misfit);
        }
        if let Origin::Received(received) = &self.0.origin {
            debug.field("body", &String::from_utf8_lossy(received.body.as_bytes()));
        }
        if let Some(source) = &self.0.source {
            debug.field("source", source);
        }
        debug.finish()
    }
}
