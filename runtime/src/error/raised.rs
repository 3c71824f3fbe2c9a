//! Raises errors.

use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::error::Error as StdError;
use core::fmt;
use core::time::Duration;

use crate::catalog::envelope::Role;
use crate::code::{ErrorCode, ErrorDetails};
use crate::error::owned::{Error, Inner, Origin};
use crate::error::raised_body::RaisedValues;
use crate::identify::IdentifiedBy;
use crate::json::Any;
use crate::json::pointer;
use crate::json::write::{text_json, value_json};
use crate::message::template::placeholders;
use crate::response::{Status, is_repeatable};
use crate::retry::MAX_DELAY;

/// Raises errors.
impl<C: ErrorCode> Error<C> {
    /// The error of a code, with the texts of the catalog.
    #[must_use]
    pub fn new(code: C) -> Self {
        Self::raise(code, None)
    }

    /// The error that the details belong to. The types of details convert to errors, too.
    #[must_use]
    pub fn from_details(details: impl Into<C::Details>) -> Self {
        let details = details.into();
        Self::raise(details.code(), Some(details))
    }

    fn raise(code: C, details: Option<C::Details>) -> Self {
        // A value that is built in the box is not moved into it.
        let place = Box::new_uninit();
        let inner = Inner {
            code: Some(code),
            identified_by: IdentifiedBy::Program,
            status: code.status(),
            details,
            headers: Vec::new(),
            source: None,
            origin: Origin::Raised(RaisedValues::default()),
        };
        Self(Box::write(place, inner))
    }

    /// Sends the error with this status, if the catalog has several statuses or none for it. A status is 100 to 599
    /// (RFC 9110, 15); any other changes nothing.
    ///
    /// # Panics
    ///
    /// In builds with debug assertions, panics if the status is not 100 to 599.
    #[must_use]
    pub fn with_status(mut self, status: impl Status) -> Self {
        let status = status.code();
        let is_status = (100..=599).contains(&status);
        debug_assert!(is_status, "{status} is not an HTTP status, 100 to 599");
        if !is_status {
            return self;
        }
        self.0.status = Some(status);
        if let Origin::Received(received) = &mut self.0.origin {
            let envelope = C::CATALOG.tables.envelope;
            let digits = status.to_string();
            received.put(envelope, Role::Status, &digits);
        }
        self
    }

    /// Sends this message. Clients identify an error without a code by the message of the catalog: they cannot
    /// identify it by another one.
    #[must_use]
    pub fn with_message(mut self, message: impl Into<String>) -> Self {
        let message = message.into();
        match &mut self.0.origin {
            Origin::Raised(raised) => raised.message = Some(message),
            Origin::Received(received) => {
                let json = text_json(&message);
                received.put(C::CATALOG.tables.envelope, Role::Message, &json);
            }
        }
        self
    }

    /// Sets the value of a placeholder of the message. The template with the most placeholders is sent, among
    /// those that have all their values. A value must not be empty, and must be of the type that the catalog gives.
    ///
    /// A received error keeps its message.
    ///
    /// # Panics
    ///
    /// In builds with debug assertions, panics if no template of the message has this placeholder.
    #[must_use]
    pub fn with_param(
        mut self,
        name: impl Into<Cow<'static, str>>,
        value: impl fmt::Display,
    ) -> Self {
        if let Origin::Raised(raised) = &mut self.0.origin {
            let (name, value) = (name.into(), value.to_string());
            debug_assert!(
                self.0.code.is_none_or(|code| has_placeholder(code, &name)),
                "no message of {} has a value `{name}`",
                self.0.code.map_or("", C::key),
            );
            raised.params.retain(|(other, _)| *other != name);
            raised.params.push((name, value));
        }
        self
    }

    /// Sets the details.
    ///
    /// # Panics
    ///
    /// In builds with debug assertions, panics if the details belong to another error.
    #[must_use]
    pub fn with_details(mut self, details: impl Into<C::Details>) -> Self {
        let details = details.into();
        debug_assert!(
            self.0.code.is_none_or(|code| code == details.code()),
            "{} does not have the details of {}",
            self.0.code.map_or("", C::key),
            details.code(),
        );
        if let Origin::Received(received) = &mut self.0.origin {
            received.put_details(C::CATALOG.tables.envelope, &details);
            received.details_error = None;
        }
        self.0.details = Some(details);
        self
    }

    /// Sets the id to quote to support; `null` is none. Bodies of an API without such an id are sent without it.
    #[must_use]
    pub fn with_reference(mut self, reference: impl Into<Any>) -> Self {
        let reference = reference.into();
        let json = value_json(&reference);
        match &mut self.0.origin {
            Origin::Raised(raised) => raised.reference = (!reference.is_null()).then_some(json),
            Origin::Received(received) => {
                received.put(C::CATALOG.tables.envelope, Role::Reference, &json);
            }
        }
        self
    }

    /// Sets a member that the catalog does not know, by its name or at a JSON pointer (RFC 6901) such as
    /// `"/trace/id"`. Replaces the value there, if there is one. The error keeps its code, whatever is replaced.
    #[must_use]
    pub fn with_member(mut self, pointer: impl Into<String>, value: impl Into<Any>) -> Self {
        let (at, json) = (pointer.into(), value_json(&value.into()));
        match &mut self.0.origin {
            Origin::Raised(raised) => raised.members.push((at, json)),
            Origin::Received(received) => {
                let path: Vec<_> = pointer::tokens(&at).collect();
                // The empty pointer is the whole body, not a member.
                if !path.is_empty() {
                    received.set(C::CATALOG.tables.envelope, &path, &json);
                }
                self.0.details = received.read_details(self.0.code);
            }
        }
        self
    }

    /// Sets a header field. Replaces the fields of this name, except for those that a response may have several times
    /// (RFC 9110, 5.3), such as `WWW-Authenticate`, `Set-Cookie`, `Link` and `Cache-Control`: it adds these.
    #[must_use]
    pub fn with_header(
        mut self,
        name: impl Into<Cow<'static, str>>,
        value: impl Into<Vec<u8>>,
    ) -> Self {
        let name = name.into();
        if !is_repeatable(&name) {
            self.0
                .headers
                .retain(|(other, _)| !other.eq_ignore_ascii_case(&name));
        }
        self.0.headers.push((name, value.into()));
        self
    }

    /// Sets the header field `Retry-After`: the delay in seconds, rounded up, and at most 365 days.
    #[must_use]
    pub fn with_retry_after(self, delay: Duration) -> Self {
        let delay = delay.min(MAX_DELAY);
        let seconds = delay.as_secs() + u64::from(delay.subsec_nanos() > 0);
        self.with_header("Retry-After", seconds.to_string())
    }

    /// Sets the cause. It is for logs, and never sent.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.0.source = Some(source.into().into());
        self
    }
}

impl<C: ErrorCode> From<C> for Error<C> {
    fn from(code: C) -> Self {
        Self::new(code)
    }
}

/// Whether a template of the error's message has this placeholder.
fn has_placeholder<C: ErrorCode>(code: C, name: &str) -> bool {
    code.messages()
        .any(|form| placeholders(form).any(|placeholder| placeholder == name))
}
