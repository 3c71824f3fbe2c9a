//! An error that owns its data, and its parts.

use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::error::Error as StdError;
use core::time::Duration;

use crate::body::write::{INTERNAL_SERVER_ERROR, status_in_body};
use crate::catalog::envelope::{Envelope, NodeStep, Role};
use crate::code::ErrorCode;
use crate::details::details_error::DetailsError;
use crate::details::visit::Visit;
use crate::error::raised_body::{RaisedBody, RaisedValues};
use crate::error::received_body::ReceivedBody;
use crate::error::retry_advice::{RetryAdvice, retry_after};
use crate::error::shared_accessors::shared_accessors;
use crate::identify::{IdentifiedBy, message_value, only_of_status};
use crate::json::Any;
use crate::json::pointer::{self, escape};
use crate::json::scanner::{members, string};
use crate::response::{Headers, Response};

/// An error of one API, one pointer wide.
///
/// A program raises it from a code or from typed details, and adds further values:
///
/// ```ignore
/// return Err(Error::new(Code::DomainNotAuthorized).with_param("domain", host));
/// ```
///
/// A program receives it with [`detect`](Self::detect), [`decode`](Self::decode) or
/// [`from_event`](Self::from_event), known or not. A received error keeps the bytes of its body, and
/// [`to_response`](Self::to_response) sends them again. The methods `with_…` change one value of the body and nothing
/// else; they leave a body that is not a JSON object or list as it is.
#[derive(Clone)]
pub struct Error<C: ErrorCode>(pub(super) Box<Inner<C>>);

#[derive(Clone)]
pub(super) struct Inner<C: ErrorCode> {
    pub(super) code: Option<C>,
    pub(super) identified_by: IdentifiedBy,
    pub(super) status: Option<u16>,
    pub(super) details: Option<C::Details>,
    pub(super) headers: HeaderFields,
    pub(super) source: Option<Arc<dyn StdError + Send + Sync>>,
    pub(super) origin: Origin,
}

/// Header fields: names and values.
pub(super) type HeaderFields = Vec<(Cow<'static, str>, Vec<u8>)>;

#[derive(Clone)]
pub(super) enum Origin {
    Raised(RaisedValues),
    Received(ReceivedBody),
}

/// Reads the parts of an error.
impl<C: ErrorCode> Error<C> {
    shared_accessors! { self, self.0 }

    /// The code in the body, known or not; the digits of a number.
    pub fn code_text(&self) -> Option<&str> {
        match &self.0.origin {
            Origin::Raised(_) => Some(self.0.code?.wire()?.as_str()),
            Origin::Received(received) => received.parsed.code(received.text()),
        }
    }

    /// The message that was received or is sent. If the body has none, the description or title in the catalog, or
    /// else the empty text.
    pub fn message(&self) -> Cow<'_, str> {
        match &self.0.origin {
            Origin::Raised(raised) => self.raised_body(raised).message().unwrap_or_default(),
            Origin::Received(received) => {
                let message = received.parsed.message(received.text());
                let meaning = || self.0.code?.description().or(self.0.code?.title());
                message.or_else(meaning).unwrap_or_default().into()
            }
        }
    }

    /// The value of a placeholder in the message that was received or is sent, by its name in the catalog's template.
    /// `None` if:
    ///
    /// - the error is not in the catalog, or has no message;
    /// - the message is not of a template of the error, or its template does not have the placeholder;
    /// - the value is missing, and `{name}` is sent in its place;
    /// - the value is not of the placeholder's type.
    ///
    /// A message may be of several templates: all values are those of the one that the writer would have used. Values
    /// are as short as possible, from the first to the last; in texts that are ambiguous, the writer may have meant others.
    pub fn param(&self, name: &str) -> Option<Cow<'_, str>> {
        match &self.0.origin {
            Origin::Raised(raised) => self.raised_body(raised).param(name),
            Origin::Received(received) => {
                let message = received.parsed.message(received.text())?;
                let value = message_value(&C::CATALOG.tables, self.0.code?.index(), message, name);
                value.map(Cow::Borrowed)
            }
        }
    }

    /// The typed details.
    pub fn details(&self) -> Option<&C::Details> {
        self.0.details.as_ref()
    }

    /// Why the received details are not of the type that the catalog gives; see [`raw_details`](Self::raw_details).
    pub fn details_error(&self) -> Option<&DetailsError> {
        match &self.0.origin {
            Origin::Raised(_) => None,
            Origin::Received(received) => received.details_error.as_ref(),
        }
    }

    /// The details as JSON text. If received ones are flattened, the whole object that holds them.
    pub fn raw_details(&self) -> Option<Cow<'_, str>> {
        match &self.0.origin {
            Origin::Raised(_) => {
                let details: &dyn Visit = self.0.details.as_ref()?;
                Some(details.json().into())
            }
            Origin::Received(received) => received
                .parsed
                .details(received.text())
                .map(|raw| raw.json.into()),
        }
    }

    /// The id to quote to support: the text of a string, or the JSON text of another value. `null` is none.
    pub fn reference(&self) -> Option<Cow<'_, str>> {
        match &self.0.origin {
            Origin::Raised(raised) => {
                let json = raised.reference.as_deref()?;
                Some(string(json).unwrap_or(Cow::Borrowed(json)))
            }
            Origin::Received(received) => received.parsed.reference(received.text()),
        }
    }

    /// The value at a JSON pointer (RFC 6901) such as `"/error/param"`, anywhere in the body.
    pub fn member(&self, pointer: &str) -> Option<Any> {
        serde_json::from_str(pointer::get(&self.json()?, pointer)?).ok()
    }

    /// The members that the catalog does not know, each with its JSON pointer (RFC 6901): those of the envelope's
    /// objects that the envelope does not name, and those of the details that their type does not have. Leaves out
    /// values that [`Any`] cannot hold.
    pub fn extra(&self) -> Vec<(String, Any)> {
        let Some(json) = self.json() else {
            return Vec::new();
        };
        let typed = self
            .0
            .details
            .as_ref()
            .map(|details| (details as &dyn Visit).json());
        let typed = members(typed.as_deref().unwrap_or_default()).unwrap_or_default();
        let typed: BTreeSet<_> = typed.iter().filter_map(|(name, _)| name.text()).collect();
        let is_typed = |name: &str| typed.contains(name);
        let mut extra = Vec::new();
        let envelope = C::CATALOG.tables.envelope;
        push_unknown_members(envelope, 0, &json, "", &is_typed, &mut extra);
        extra
    }

    /// The body's JSON text, if it is JSON.
    fn json(&self) -> Option<Cow<'_, str>> {
        match &self.0.origin {
            Origin::Raised(raised) => Some(self.raised_body(raised).body().into()),
            Origin::Received(received) => received.json().map(Cow::Borrowed),
        }
    }

    /// The body of a raised error.
    fn raised_body<'e>(&'e self, values: &'e RaisedValues) -> RaisedBody<'e> {
        RaisedBody {
            tables: &C::CATALOG.tables,
            index: self.0.code.map(C::index),
            status: status_in_body(self.0.status, self.0.code.is_some_and(C::is_event)),
            values,
            details: self.0.details.as_ref().map(|details| details as &dyn Visit),
        }
    }
}

/// Sends errors.
impl<C: ErrorCode> Error<C> {
    /// The body that [`to_response`](Self::to_response) sends: the received bytes, or JSON with members in the envelope's
    /// order.
    pub fn body(&self) -> Cow<'_, [u8]> {
        match &self.0.origin {
            Origin::Raised(raised) => Cow::Owned(self.raised_body(raised).body().into_bytes()),
            Origin::Received(received) => Cow::Borrowed(received.bytes.as_bytes()),
        }
    }

    /// The whole response. Its status is 500 if there is no [`status`](Self::status), or a received one that does not
    /// have three digits. Leaves out header fields that HTTP does not allow (RFC 9110, 5): a value with a line end
    /// would be read as further fields.
    pub fn to_response(&self) -> Response {
        let fields = self.0.headers.iter();
        let mut headers: Vec<_> = fields
            .filter(|(name, value)| is_field(name, value))
            .cloned()
            .collect();
        let untyped = headers.field("content-type").is_none();
        let has_own_type = match &self.0.origin {
            Origin::Raised(_) => true,
            Origin::Received(received) => received.has_own_type,
        };
        if has_own_type && untyped {
            let media_type = C::CATALOG.tables.envelope.format.media_type();
            headers.push(("Content-Type".into(), media_type.into()));
        }
        Response {
            status: self.sent_status(),
            headers,
            body: self.body().into_owned(),
        }
    }

    /// The status of the response.
    pub(crate) fn sent_status(&self) -> u16 {
        let status = self.0.status;
        let is_sent = |status: &u16| (100..=999).contains(status);
        status.filter(is_sent).unwrap_or(INTERNAL_SERVER_ERROR)
    }
}

impl<C: ErrorCode> StdError for Error<C> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        let source = self.0.source.as_deref()?;
        Some(source)
    }
}

/// Appends the unknown members of the object or list at a node, each with its pointer.
fn push_unknown_members(
    envelope: &Envelope<'_>,
    at: usize,
    json: &str,
    pointer: &str,
    is_typed: &dyn Fn(&str) -> bool,
    extra: &mut Vec<(String, Any)>,
) {
    if json.starts_with('[') {
        let first = envelope
            .children(at)
            .find(|(_, node)| node.step == NodeStep::First);
        if let (Some((index, _)), Some(item)) = (first, pointer::get(json, "/0")) {
            let pointer = format!("{pointer}/0");
            push_unknown_members(envelope, index, item, &pointer, is_typed, extra);
        }
        return;
    }
    let details = envelope.nodes_of(Role::Details).any(|node| node == at);
    for (name, value) in members(json).unwrap_or_default() {
        let Some(name) = name.text() else { continue };
        let known = envelope
            .children(at)
            .find(|(_, node)| node.step.token() == Some(&*name));
        let pointer = format!("{pointer}/{}", escape(&name));
        match known {
            Some((index, _)) => {
                push_unknown_members(envelope, index, value, &pointer, is_typed, extra);
            }
            None if details && is_typed(&name) => {}
            None => {
                if let Ok(value) = serde_json::from_str(value) {
                    extra.push((pointer, value));
                }
            }
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
