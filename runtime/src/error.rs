//! An error of an API: raised by a program, or received from the wire.

use alloc::borrow::{Cow, ToOwned};
use alloc::boxed::Box;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::error::Error as StdError;
use core::fmt;
use core::ops::Range;
use core::time::Duration;

use crate::code::ErrorCode;
use crate::details::{ErrorDetails, Misfit};
use crate::envelope::{Envelope, Role};
use crate::identify::IdentifiedBy;
use crate::json::Any;
use crate::message::{Part, Words, parts};
use crate::read::Found;
use crate::received::{ErrorRef, Reading};
use crate::response::{Headers, Response, Status};
use crate::retry::{Advice, retry_after};
use crate::scan::{members, string};
use crate::set;
use crate::write::{Body, push_text};

/// The status of an error that has none and is sent all the same.
const INTERNAL_SERVER_ERROR: u16 = 500;

/// An error of one API, one pointer wide.
///
/// A program raises it, from a code, from typed details, or from either with more to say:
///
/// ```ignore
/// return Err(Error::new(Code::DomainNotAuthorized).with_param("domain", host));
/// ```
///
/// Or it was received: [`decode`](Self::decode), [`detect`](Self::detect) and
/// [`from_event`](Self::from_event) take whatever came, known or not. Its body is kept to the byte,
/// and [`to_response`](Self::to_response) sends it again as it was.
#[derive(Clone)]
pub struct Error<C: ErrorCode>(Box<Inner<C>>);

#[derive(Clone)]
struct Inner<C: ErrorCode> {
    code: Option<C>,
    identified_by: IdentifiedBy,
    status: Option<u16>,
    details: Option<C::Details>,
    headers: Vec<(Cow<'static, str>, Vec<u8>)>,
    source: Option<Arc<dyn StdError + Send + Sync>>,
    origin: Origin,
}

#[derive(Clone)]
enum Origin {
    Raised(Raised),
    Received(Received),
}

/// What a program says beyond code and details.
#[derive(Clone, Default)]
struct Raised {
    message: Option<String>,
    params: Vec<(Cow<'static, str>, String)>,
    /// JSON text.
    reference: Option<String>,
    /// Pointers and JSON texts.
    members: Vec<(String, String)>,
}

/// A body that came, and where its parts are.
#[derive(Clone)]
struct Received {
    body: Content,
    is_json: bool,
    /// Whether it came with the media type that the API's bodies have.
    has_own_type: bool,
    code: Option<Piece>,
    message: Option<Piece>,
    details: Option<Piece>,
    reference: Option<Piece>,
    misfit: Option<Misfit>,
}

/// A body: most are texts, and have been found to be.
#[derive(Clone)]
enum Content {
    Text(String),
    Bytes(Vec<u8>),
}

impl Content {
    fn as_bytes(&self) -> &[u8] {
        match self {
            Self::Text(text) => text.as_bytes(),
            Self::Bytes(bytes) => bytes,
        }
    }

    /// Nothing, where it is no text.
    fn as_str(&self) -> &str {
        match self {
            Self::Text(text) => text,
            Self::Bytes(_) => "",
        }
    }
}

/// A text: a part of the body, or with its escapes undone one of its own.
#[derive(Clone)]
enum Piece {
    Part(Range<usize>),
    Own(String),
}

impl Piece {
    fn new(body: &str, piece: Cow<'_, str>) -> Self {
        match piece {
            Cow::Owned(text) => Self::Own(text),
            Cow::Borrowed(text) => {
                let start = text.as_ptr().addr().wrapping_sub(body.as_ptr().addr());
                let range = start..start.wrapping_add(text.len());
                if body.get(range.clone()) == Some(text) {
                    Self::Part(range)
                } else {
                    Self::Own(text.to_owned())
                }
            }
        }
    }

    fn of<'t>(&'t self, body: &'t Content) -> &'t str {
        match self {
            Self::Part(range) => &body.as_str()[range.clone()],
            Self::Own(text) => text,
        }
    }
}

impl Received {
    fn new(reading: Reading<'_>, body: &[u8]) -> Self {
        let text = reading.text.unwrap_or_default();
        let piece = |piece| Piece::new(text, piece);
        Self {
            is_json: reading.is_json,
            has_own_type: false,
            code: reading.code.map(piece),
            message: reading.message.map(piece),
            details: reading.details.map(Cow::Borrowed).map(piece),
            reference: reading.reference.map(Cow::Borrowed).map(piece),
            misfit: None,
            body: match reading.text {
                Some(text) => Content::Text(text.to_owned()),
                None => Content::Bytes(body.to_owned()),
            },
        }
    }

    fn piece<'t>(&'t self, piece: Option<&'t Piece>) -> Option<&'t str> {
        Some(piece?.of(&self.body))
    }

    /// The body's JSON text, without a byte order mark.
    fn json(&self) -> Option<&str> {
        let text = self.body.as_str();
        self.is_json
            .then(|| text.strip_prefix('\u{feff}').unwrap_or(text).trim())
    }

    /// Puts a value where a role was found, or where it would be written. What is no JSON object or
    /// list is left as it is.
    fn put(&mut self, envelope: &Envelope<'static>, role: Role<'static>, value: &str) {
        let Some(json) = self.json() else { return };
        let mut found = Found::NOTHING;
        found.read(envelope, json);
        let place = envelope
            .places_of(role)
            .find(|at| *at == 0 || found.get(*at).is_some())
            .or_else(|| envelope.places_of(role).next());
        let Some(place) = place else { return };
        let path = envelope.path(place);
        if role == Role::Details && envelope.holds_details(place) {
            for (name, value) in members(value).unwrap_or_default() {
                let Some(name) = name.text() else { continue };
                let mut path = path.clone();
                path.push(name);
                self.set(envelope, &path, value);
            }
        } else {
            self.set(envelope, &path, value);
        }
    }

    fn set(&mut self, envelope: &Envelope<'static>, path: &[Cow<'_, str>], value: &str) {
        let Some(json) = self.json().filter(|json| json.starts_with(['{', '['])) else {
            return;
        };
        let body = set::set(json, path, value);
        let reading = Reading::new(envelope, body.as_bytes());
        *self = Self {
            has_own_type: self.has_own_type,
            misfit: self.misfit.take(),
            ..Self::new(reading, body.as_bytes())
        };
    }
}

/// How an error is raised.
impl<C: ErrorCode> Error<C> {
    /// The error of a code, with nothing more to say than the catalog does.
    #[must_use]
    pub fn new(code: C) -> Self {
        Self::raise(code, None)
    }

    /// The error that details belong to. The details' own types convert, too.
    #[must_use]
    pub fn from_details(details: impl Into<C::Details>) -> Self {
        let details = details.into();
        Self::raise(details.code(), Some(details))
    }

    fn raise(code: C, details: Option<C::Details>) -> Self {
        Self(Box::new(Inner {
            code: Some(code),
            identified_by: IdentifiedBy::Program,
            status: code.status(),
            details,
            headers: Vec::new(),
            source: None,
            origin: Origin::Raised(Raised::default()),
        }))
    }

    /// Sends it with this status: for an error of several, or one of which the catalog says none.
    #[must_use]
    pub fn with_status(mut self, status: impl Status) -> Self {
        self.0.status = Some(status.code());
        if let Origin::Received(received) = &mut self.0.origin {
            let envelope = C::CATALOG.envelope;
            let digits = status.code().to_string();
            received.put(envelope, Role::Status, &digits);
        }
        self
    }

    /// Sends this message. Callers know an error without a code by the catalog's message: with
    /// another, they take it for no error of the catalog.
    #[must_use]
    pub fn with_message(mut self, message: impl Into<String>) -> Self {
        let message = message.into();
        match &mut self.0.origin {
            Origin::Raised(raised) => raised.message = Some(message),
            Origin::Received(received) => {
                let mut json = String::new();
                push_text(&mut json, &message);
                received.put(C::CATALOG.envelope, Role::Message, &json);
            }
        }
        self
    }

    /// A value for the message: the most telling form of which all values are there is sent. A value
    /// is not empty, and of the type that the catalog says.
    ///
    /// An error that was received has its message already.
    ///
    /// # Panics
    ///
    /// In builds with debug assertions, where no form of the message has such a value.
    #[must_use]
    pub fn with_param(
        mut self,
        name: impl Into<Cow<'static, str>>,
        value: impl fmt::Display,
    ) -> Self {
        if let Origin::Raised(raised) = &mut self.0.origin {
            let (name, value) = (name.into(), value.to_string());
            debug_assert!(
                self.0.code.is_none_or(|code| has_value(code, &name)),
                "no message of {} has a value `{name}`",
                self.0.code.map_or("", C::key),
            );
            raised.params.retain(|(other, _)| *other != name);
            raised.params.push((name, value));
        }
        self
    }

    /// The details, where [`new`](Self::new) was not given them.
    ///
    /// # Panics
    ///
    /// In builds with debug assertions, where they are those of another error.
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
            let mut json = String::new();
            details.value().write(&mut json);
            received.put(C::CATALOG.envelope, Role::Details, &json);
            received.misfit = None;
        }
        self.0.details = Some(details);
        self
    }

    /// The id to quote to support. Bodies that have no place for one are sent without.
    #[must_use]
    pub fn with_reference(mut self, reference: impl Into<Any>) -> Self {
        let json = json_text(&reference.into());
        match &mut self.0.origin {
            Origin::Raised(raised) => raised.reference = Some(json),
            Origin::Received(received) => {
                received.put(C::CATALOG.envelope, Role::Reference, &json);
            }
        }
        self
    }

    /// A member beyond what the catalog knows, at a JSON pointer (RFC 6901) such as `"/trace/id"`.
    /// What stands there already is replaced.
    #[must_use]
    pub fn with_member(mut self, pointer: impl Into<String>, value: impl Into<Any>) -> Self {
        let (pointer, json) = (pointer.into(), json_text(&value.into()));
        match &mut self.0.origin {
            Origin::Raised(raised) => raised.members.push((pointer, json)),
            Origin::Received(received) => {
                let path: Vec<_> = set::tokens(&pointer).collect();
                received.set(C::CATALOG.envelope, &path, &json);
            }
        }
        self
    }

    /// A header field. What it had of this name is replaced.
    #[must_use]
    pub fn with_header(
        mut self,
        name: impl Into<Cow<'static, str>>,
        value: impl Into<Vec<u8>>,
    ) -> Self {
        let name = name.into();
        self.0
            .headers
            .retain(|(other, _)| !other.eq_ignore_ascii_case(&name));
        self.0.headers.push((name, value.into()));
        self
    }

    /// When to send the request again, as the field `Retry-After`: in whole seconds, and not before.
    #[must_use]
    pub fn with_retry_after(self, delay: Duration) -> Self {
        let seconds = delay
            .as_secs()
            .saturating_add(u64::from(delay.subsec_nanos() > 0));
        self.with_header("Retry-After", seconds.to_string())
    }

    /// What caused it: for logs, and never sent.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.0.source = Some(source.into().into());
        self
    }
}

/// How an error is received.
impl<C: ErrorCode> Error<C> {
    /// Reads an error response. For responses of which the caller knows that they are errors; of any
    /// other, [`detect`](Self::detect) says whether it is one.
    ///
    /// Any status, any header fields and any bytes give a value: what is no error of the catalog has
    /// no [`code`](Self::code), and is all there. Of the header fields, it keeps those that are
    /// documented of the error, `Retry-After` with its `Date`, and a `Content-Type` that is not the
    /// API's own.
    #[must_use]
    pub fn decode(
        status: impl Status,
        headers: &impl Headers,
        body: &(impl AsRef<[u8]> + ?Sized),
    ) -> Self {
        ErrorRef::decode(status, headers, body).into()
    }

    /// Reads a response if it is an error: at status 400 and above, and below where the body says
    /// so, by a code that is known or by the members that are the same in every error body.
    pub fn detect(
        status: impl Status,
        headers: &impl Headers,
        body: &(impl AsRef<[u8]> + ?Sized),
    ) -> Option<Self> {
        ErrorRef::detect(status, headers, body).map(Self::from)
    }

    /// Reads what came without being asked for, such as the body of a webhook.
    #[must_use]
    pub fn from_event(body: &(impl AsRef<[u8]> + ?Sized)) -> Self {
        ErrorRef::from_event(body).into()
    }
}

impl<C: ErrorCode> From<ErrorRef<'_, C>> for Error<C> {
    fn from(error: ErrorRef<'_, C>) -> Self {
        let (details, misfit) = match error.details() {
            Some(Ok(details)) => (Some(details), None),
            Some(Err(misfit)) => (None, Some(misfit)),
            None => (None, None),
        };
        Self(Box::new(Inner {
            code: error.code,
            identified_by: error.identified_by,
            status: error.status,
            details,
            headers: kept_headers(error.code, error.headers),
            source: None,
            origin: Origin::Received(Received {
                has_own_type: has_own_type::<C>(error.headers),
                misfit,
                ..Received::new(error.reading, error.body)
            }),
        }))
    }
}

/// Whether a body came with the media type that the API's bodies have.
fn has_own_type<C: ErrorCode>(headers: &dyn Headers) -> bool {
    let media_type = C::CATALOG.envelope.format.media_type();
    headers.field("content-type") == Some(media_type.as_bytes())
}

/// The header fields that tell of an error.
fn kept_headers<C: ErrorCode>(
    code: Option<C>,
    headers: &dyn Headers,
) -> Vec<(Cow<'static, str>, Vec<u8>)> {
    let mut kept: Vec<(Cow<'static, str>, Vec<u8>)> = Vec::new();
    let mut keep = |name: &'static str| {
        let taken = kept
            .iter()
            .any(|(other, _)| other.eq_ignore_ascii_case(name));
        if let (Some(value), false) = (headers.field(name), taken) {
            kept.push((name.into(), value.to_owned()));
        }
    };
    if !has_own_type::<C>(headers) {
        keep("Content-Type");
    }
    if headers.field("retry-after").is_some() {
        keep("Retry-After");
        keep("Date");
    }
    for header in code.map(C::headers).unwrap_or_default() {
        keep(header.name);
    }
    kept
}

/// What an error says.
impl<C: ErrorCode> Error<C> {
    /// Which error of the catalog it is.
    pub fn code(&self) -> Option<C> {
        self.0.code
    }

    /// What told which error it is.
    pub fn identified_by(&self) -> IdentifiedBy {
        self.0.identified_by
    }

    /// A guess at what it is, where nothing tells and there is no code: the only error without a code
    /// that comes with this status.
    pub fn likely(&self) -> Option<C> {
        if self.0.code.is_some() || self.code_text().is_some() {
            return None;
        }
        let index = C::CATALOG.only_of_status(self.0.status)?;
        Some(C::ALL[index])
    }

    /// The HTTP status; of an event, the one that its body names. `None` where the catalog names none
    /// and the program has not.
    pub fn status(&self) -> Option<u16> {
        self.0.status
    }

    /// The code in the body, whether the catalog knows it or not; of a number, its digits.
    pub fn code_text(&self) -> Option<&str> {
        match &self.0.origin {
            Origin::Raised(_) => Some(self.0.code?.wire()?.as_str()),
            Origin::Received(received) => received.piece(received.code.as_ref()),
        }
    }

    /// The message that came, or that is sent. Where a body came without one, what the catalog says
    /// that the error means; empty where nobody says anything.
    pub fn message(&self) -> Cow<'_, str> {
        match &self.0.origin {
            Origin::Raised(raised) => self.raised_message(raised).unwrap_or_default(),
            Origin::Received(received) => {
                let came = received.piece(received.message.as_ref());
                let meant = || self.0.code?.description().or(self.0.code?.title());
                came.or_else(meant).unwrap_or_default().into()
            }
        }
    }

    fn raised_message<'e>(&'e self, raised: &'e Raised) -> Option<Cow<'e, str>> {
        if let Some(message) = &raised.message {
            return Some(message.into());
        }
        let code = self.0.code?;
        let words = Words {
            forms: code.messages(),
            description: code.description(),
            title: code.title(),
            has_code: code.wire().is_some(),
        };
        let params = C::CATALOG.params(code.index());
        words.message(&|name| {
            // A value that no message could be read with is none.
            let kind = params.iter().find(|param| param.name == name);
            let is_value = |value: &Cow<'_, str>| {
                !value.is_empty() && kind.is_none_or(|param| param.kind.is_of(value))
            };
            let given = raised.params.iter().find(|(other, _)| other == name);
            given
                .map(|(_, value)| value.as_str().into())
                .or_else(|| self.0.details.as_ref()?.value().text_of(name))
                .filter(is_value)
        })
    }

    /// A value in the message, by its name in the catalog's template.
    pub fn param(&self, name: &str) -> Option<Cow<'_, str>> {
        match &self.0.origin {
            Origin::Raised(raised) => {
                let given = raised.params.iter().find(|(other, _)| other == name);
                given.map(|(_, value)| value.into())
            }
            Origin::Received(received) => {
                let message = received.piece(received.message.as_ref())?;
                let value = C::CATALOG.value_in(self.0.code?.index(), message, name);
                value.map(Cow::Borrowed)
            }
        }
    }

    /// The details with their types.
    pub fn details(&self) -> Option<&C::Details> {
        self.0.details.as_ref()
    }

    /// Why the details that came are not what the catalog says of this error;
    /// [`raw_details`](Self::raw_details) has what came.
    pub fn misfit(&self) -> Option<&Misfit> {
        match &self.0.origin {
            Origin::Raised(_) => None,
            Origin::Received(received) => received.misfit.as_ref(),
        }
    }

    /// The details as JSON text. Where they stand among other members, the whole object that came.
    pub fn raw_details(&self) -> Option<Cow<'_, str>> {
        match &self.0.origin {
            Origin::Raised(_) => {
                let mut json = String::new();
                self.0.details.as_ref()?.value().write(&mut json);
                Some(json.into())
            }
            Origin::Received(received) => {
                received.piece(received.details.as_ref()).map(Cow::Borrowed)
            }
        }
    }

    /// The id to quote to support: the text, or what else it is as JSON text.
    pub fn reference(&self) -> Option<Cow<'_, str>> {
        let json = match &self.0.origin {
            Origin::Raised(raised) => raised.reference.as_deref()?,
            Origin::Received(received) => received.piece(received.reference.as_ref())?,
        };
        Some(string(json).unwrap_or(Cow::Borrowed(json)))
    }

    /// Any part of the body, at a JSON pointer (RFC 6901) such as `"/error/param"`.
    pub fn member(&self, pointer: &str) -> Option<Any> {
        serde_json::from_str(set::get(&self.json()?, pointer)?).ok()
    }

    /// The members that the catalog does not know, each by its JSON pointer (RFC 6901): those in the
    /// objects of the envelope that are not its own, and those in the details that are no member of
    /// their type.
    pub fn extra(&self) -> Vec<(String, Any)> {
        let Some(json) = self.json() else {
            return Vec::new();
        };
        let mut typed = String::new();
        if let Some(details) = &self.0.details {
            details.value().write(&mut typed);
        }
        let typed = members(&typed).unwrap_or_default();
        let is_typed = |name: &str| typed.iter().any(|(other, _)| other.is(name));
        let mut extra = Vec::new();
        extra_in(C::CATALOG.envelope, 0, &json, "", &is_typed, &mut extra);
        extra
    }

    /// The body's JSON text, if it is JSON.
    fn json(&self) -> Option<Cow<'_, str>> {
        match &self.0.origin {
            Origin::Raised(raised) => Some(self.raised_body(raised, self.0.status).into()),
            Origin::Received(received) => received.json().map(Cow::Borrowed),
        }
    }

    /// What to do about sending the request again, and who says so: what is documented of the error,
    /// else of the status, else what the status means for any API.
    ///
    /// [`Retry::RetryAfter`](crate::Retry::RetryAfter) is what the catalog says: the field may be
    /// missing all the same.
    pub fn retry(&self) -> Option<Advice> {
        let index = self.0.code.map(C::index);
        C::CATALOG.advice(index, self.0.status, &self.0.headers)
    }

    /// How long to wait, by the field `Retry-After` (RFC 9110, 10.2.3). A date in it is taken against
    /// the response's own `Date`, with the feature `http`.
    pub fn retry_after(&self) -> Option<Duration> {
        retry_after(&self.0.headers)
    }

    /// How long to wait before the same request is sent again, where the advice is to do so: as
    /// [`retry_after`](Self::retry_after) says, else this backoff.
    pub fn retry_delay(&self, backoff: Duration) -> Option<Duration> {
        self.retry()?.delay(self.retry_after(), backoff)
    }
}

/// How an error is sent.
impl<C: ErrorCode> Error<C> {
    /// The body: as it came, or JSON, the members in the envelope's order.
    pub fn body(&self) -> Cow<'_, [u8]> {
        match &self.0.origin {
            Origin::Raised(raised) => {
                Cow::Owned(self.raised_body(raised, self.0.status).into_bytes())
            }
            Origin::Received(received) => Cow::Borrowed(received.body.as_bytes()),
        }
    }

    fn raised_body(&self, raised: &Raised, status: Option<u16>) -> String {
        let code = self.0.code;
        let message = self.raised_message(raised);
        let details = self.0.details.as_ref().map(ErrorDetails::value);
        let write_details = details.map(|details| move |out: &mut String| details.write(out));
        let body = Body {
            code: code
                .and_then(C::wire)
                .map(|wire| (wire.as_str(), wire.is_number())),
            message: message.as_deref(),
            status,
            title: code.and_then(C::title),
            docs_url: code.and_then(C::docs_url),
            details: write_details
                .as_ref()
                .map(|write| write as &dyn Fn(&mut String)),
            reference: raised.reference.as_deref(),
        };
        let mut out = body.write(C::CATALOG.envelope);
        for (pointer, json) in &raised.members {
            let path: Vec<_> = set::tokens(pointer).collect();
            out = set::set(&out, &path, json);
        }
        out
    }

    /// The whole response. An error of which neither the catalog nor the program names a status is
    /// sent with 500. Header fields that HTTP does not allow (RFC 9110, 5) are left out: a value with
    /// a line end in it would be taken for more fields.
    pub fn to_response(&self) -> Response {
        let fields = self.0.headers.iter();
        let mut headers: Vec<_> = fields
            .filter(|(name, value)| is_field(name, value))
            .cloned()
            .collect();
        let status = self.0.status.unwrap_or(INTERNAL_SERVER_ERROR);
        let (body, has_own_type) = match &self.0.origin {
            Origin::Raised(raised) => {
                let body = self.raised_body(raised, Some(status));
                (body.into_bytes(), headers.field("content-type").is_none())
            }
            Origin::Received(received) => {
                (received.body.as_bytes().to_owned(), received.has_own_type)
            }
        };
        if has_own_type {
            let media_type = C::CATALOG.envelope.format.media_type();
            headers.push(("Content-Type".into(), media_type.into()));
        }
        Response {
            status,
            headers,
            body,
        }
    }
}

/// Whether HTTP allows such a header field: a token (RFC 9110, 5.6.2) and a value without control
/// characters (5.5).
fn is_field(name: &str, value: &[u8]) -> bool {
    let token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    let text = |byte: &u8| !byte.is_ascii_control() || *byte == b'\t';
    !name.is_empty() && name.bytes().all(token) && value.iter().all(text)
}

/// The JSON text of a value.
fn json_text(value: &Any) -> String {
    match value {
        Any::String(text) => {
            let mut json = String::new();
            push_text(&mut json, text);
            json
        }
        value => value.to_string(),
    }
}

/// Whether a form of the error's message has a value of this name.
fn has_value<C: ErrorCode>(code: C, name: &str) -> bool {
    let is_it = |part| matches!(part, Part::Value(value) if value == name);
    code.messages().any(|form| parts(form).any(is_it))
}

/// Appends the unknown members of the object at a place.
fn extra_in(
    envelope: &Envelope<'_>,
    at: usize,
    json: &str,
    pointer: &str,
    is_typed: &dyn Fn(&str) -> bool,
    extra: &mut Vec<(String, Any)>,
) {
    use crate::envelope::Step;

    if json.starts_with('[') {
        let first = envelope
            .inside(at)
            .find(|(_, place)| place.step == Step::First);
        if let (Some((index, _)), Some(item)) = (first, set::get(json, "/0")) {
            let pointer = format!("{pointer}/0");
            extra_in(envelope, index, item, &pointer, is_typed, extra);
        }
        return;
    }
    let details = envelope.places_of(Role::Details).any(|place| place == at);
    for (name, value) in members(json).unwrap_or_default() {
        let Some(name) = name.text() else { continue };
        let known = envelope
            .inside(at)
            .find(|(_, place)| place.step == Step::Member(&name));
        let step = name.replace('~', "~0").replace('/', "~1");
        let pointer = format!("{pointer}/{step}");
        match known {
            Some((index, _)) => {
                extra_in(envelope, index, value, &pointer, is_typed, extra);
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

impl<C: ErrorCode> From<C> for Error<C> {
    fn from(code: C) -> Self {
        Self::new(code)
    }
}

impl<C: ErrorCode> StdError for Error<C> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        let source = self.0.source.as_deref()?;
        Some(source)
    }
}

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
        write!(f, ": {message}")
    } else if !body.is_empty() && code.is_none() {
        write!(f, ": {}", excerpt(body))
    } else {
        Ok(())
    }
}

/// The beginning of a body, on one line.
fn excerpt(body: &[u8]) -> String {
    const SHOWN: usize = 120;
    // Enough bytes for so many characters.
    let start = &body[..body.len().min(4 * SHOWN)];
    let text = String::from_utf8_lossy(start);
    let line: String = text
        .chars()
        .take(SHOWN)
        .map(|char| if char.is_control() { ' ' } else { char })
        .collect();
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

/// Makes an error of what went wrong inside: of a `Result`, whose error becomes the source, and of
/// an `Option`.
pub trait OrCode<T> {
    /// The error of a code.
    ///
    /// # Errors
    ///
    /// Where there is no value.
    fn or_code<C: ErrorCode>(self, code: C) -> Result<T, Error<C>>;

    /// An error that says more, from a function that is called where there is no value.
    ///
    /// # Errors
    ///
    /// Where there is no value.
    fn or_error<C: ErrorCode>(self, error: impl FnOnce() -> Error<C>) -> Result<T, Error<C>>;
}

impl<T, E: Into<Box<dyn StdError + Send + Sync>>> OrCode<T> for Result<T, E> {
    fn or_code<C: ErrorCode>(self, code: C) -> Result<T, Error<C>> {
        self.or_error(|| Error::new(code))
    }

    fn or_error<C: ErrorCode>(self, error: impl FnOnce() -> Error<C>) -> Result<T, Error<C>> {
        self.map_err(|source| error().with_source(source))
    }
}

impl<T> OrCode<T> for Option<T> {
    fn or_code<C: ErrorCode>(self, code: C) -> Result<T, Error<C>> {
        self.ok_or_else(|| Error::new(code))
    }

    fn or_error<C: ErrorCode>(self, error: impl FnOnce() -> Error<C>) -> Result<T, Error<C>> {
        self.ok_or_else(error)
    }
}
