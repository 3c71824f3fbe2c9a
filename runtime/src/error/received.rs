//! Errors that came over the wire.

use alloc::borrow::{Cow, ToOwned};
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

use crate::code::ErrorCode;
use crate::details::{self, Misfit, Raw};
use crate::envelope::{Envelope, Role};
use crate::error::{Error, Inner, Origin};
use crate::error_ref::ErrorRef;
use crate::object::Value;
use crate::read::Found;
use crate::reading::Reading;
use crate::response::{Headers, Status};
use crate::scan::members;
use crate::set;

/// A body that came, and where its parts are.
#[derive(Clone)]
pub(super) struct Received {
    pub(super) body: Content,
    is_json: bool,
    /// Whether it came with the media type that the API's bodies have.
    pub(super) has_own_type: bool,
    pub(super) code: Option<Piece>,
    pub(super) message: Option<Piece>,
    pub(super) details: Option<Piece>,
    /// The place that they are at.
    details_at: usize,
    pub(super) reference: Option<Piece>,
    pub(super) misfit: Option<Misfit>,
}

/// A body: most are texts, and have been found to be.
#[derive(Clone)]
pub(super) enum Content {
    Text(String),
    Bytes(Vec<u8>),
}

impl Content {
    pub(super) fn as_bytes(&self) -> &[u8] {
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
pub(super) enum Piece {
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
            details: reading.details.map(|raw| piece(raw.json.into())),
            details_at: reading.details.map_or(0, |raw| raw.at),
            reference: reading.reference.map(Cow::Borrowed).map(piece),
            misfit: None,
            body: match reading.text {
                Some(text) => Content::Text(text.to_owned()),
                None => Content::Bytes(body.to_owned()),
            },
        }
    }

    /// The typed details, and why they do not fit.
    pub(super) fn read_details<C: ErrorCode>(&mut self, code: Option<C>) -> Option<C::Details> {
        let raw = self.piece(self.details.as_ref()).map(|json| Raw {
            json,
            at: self.details_at,
        });
        let (details, misfit) = match details::read_of(code, raw) {
            Some(Ok(details)) => (Some(details), None),
            Some(Err(misfit)) => (None, Some(misfit)),
            None => (None, None),
        };
        self.misfit = misfit;
        details
    }

    pub(super) fn piece<'t>(&'t self, piece: Option<&'t Piece>) -> Option<&'t str> {
        Some(piece?.of(&self.body))
    }

    /// The body's JSON text, without a byte order mark.
    pub(super) fn json(&self) -> Option<&str> {
        let text = self.body.as_str();
        self.is_json
            .then(|| text.strip_prefix('\u{feff}').unwrap_or(text).trim())
    }

    /// Puts a value where a role was found, or else where it can be without taking the place of
    /// anything. What is no JSON object or list is left as it is.
    pub(super) fn put(&mut self, envelope: &Envelope<'static>, role: Role<'static>, value: &str) {
        let Some(json) = self.json() else { return };
        let mut found = Found::nothing();
        found.read(envelope, json);
        let is_free = |at: &usize| {
            let path = envelope.path(*at);
            let on_the_way = path.iter().scan(Some(json), |place, token| {
                *place = place.and_then(|json| set::step(json, token));
                Some(*place)
            });
            let inner = on_the_way.take(path.len().saturating_sub(1)).flatten();
            inner.into_iter().all(|json| json.starts_with(['{', '[']))
        };
        // Where one text may be two things, it is not changed for one of them.
        let own = || {
            let shared = |at: usize| {
                let mut all = envelope.read.iter();
                all.any(|(other, place)| *other != role && usize::from(*place) == at)
            };
            envelope.places_of(role).filter(move |at| !shared(*at))
        };
        let place = own()
            .find(|at| *at == 0 || found.get(*at).is_some())
            .or_else(|| own().find(is_free));
        if let Some(place) = place {
            self.set(envelope, &envelope.path(place), value);
        }
    }

    /// Puts typed details in place: as a whole, or member by member where they stand among others.
    pub(super) fn put_details(&mut self, envelope: &Envelope<'static>, details: Value<'_>) {
        let mut value = String::new();
        details.write(&mut value);
        let place = match self.details {
            Some(_) => Some(self.details_at),
            None => envelope.places_of(Role::Details).next(),
        };
        let Some(place) = place.filter(|at| envelope.holds_others(*at)) else {
            self.put(envelope, Role::Details, &value);
            return;
        };
        let Some(json) = self.json().filter(|json| json.starts_with(['{', '['])) else {
            return;
        };
        let path = envelope.path(place);
        let at = |name: Cow<'static, str>| {
            let mut path = path.clone();
            path.push(name);
            path
        };
        let mut body = String::from(json);
        if let Value::Object(object) = details {
            for name in object.members() {
                body = set::remove(&body, &at(Cow::Borrowed(name)));
            }
        }
        for (name, value) in members(&value).unwrap_or_default() {
            if let Some(name) = name.text() {
                body = set::set(&body, &at(Cow::Owned(name.into_owned())), value);
            }
        }
        self.replace(envelope, &body);
    }

    /// Sets what is at a path. What is no JSON object or list is left as it is.
    pub(super) fn set(&mut self, envelope: &Envelope<'static>, path: &[Cow<'_, str>], value: &str) {
        let Some(json) = self.json().filter(|json| json.starts_with(['{', '['])) else {
            return;
        };
        let body = set::set(json, path, value);
        self.replace(envelope, &body);
    }

    fn replace(&mut self, envelope: &Envelope<'static>, body: &str) {
        *self = Self {
            has_own_type: self.has_own_type,
            misfit: self.misfit.take(),
            ..Self::new(Reading::new(envelope, body.as_bytes()), body.as_bytes())
        };
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
    /// API's own; of one that comes several times, the first.
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
        let (code, identified_by, status) = (error.code, error.identified_by, error.status);
        let headers = kept_headers(code, error.headers);
        let mut received = Received {
            has_own_type: has_own_type::<C>(error.headers),
            ..Received::new(error.reading, error.body)
        };
        let details = received.read_details(code);
        Self(Box::new(Inner {
            code,
            identified_by,
            status,
            details,
            headers,
            source: None,
            origin: Origin::Received(received),
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
