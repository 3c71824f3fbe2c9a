//! Errors that came over the wire.

use alloc::borrow::{Cow, ToOwned};
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::cell::RefCell;

use crate::catalog::Catalog;
use crate::code::ErrorCode;
use crate::details::{self, Misfit, Raw};
use crate::envelope::{Envelope, Role};
use crate::error::{Error, Fields, Inner, Origin};
use crate::error_ref::ErrorRef;
use crate::object::View;
use crate::read::Found;
use crate::reading::Reading;
use crate::response::{Headers, Status};
use crate::scan::members;
use crate::set;

/// A body that came, and where its parts are.
#[derive(Clone)]
pub(super) struct Received {
    pub(super) body: Content,
    pub(super) reading: Reading,
    /// Whether it came with the media type that the API's bodies have.
    pub(super) has_own_type: bool,
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
    pub(super) fn as_str(&self) -> &str {
        match self {
            Self::Text(text) => text,
            Self::Bytes(_) => "",
        }
    }
}

impl Received {
    pub(super) fn code(&self) -> Option<&str> {
        self.reading.code(self.body.as_str())
    }

    pub(super) fn message(&self) -> Option<&str> {
        self.reading.message(self.body.as_str())
    }

    /// The details as they came.
    pub(super) fn details(&self) -> Option<Raw<'_>> {
        self.reading.details(self.body.as_str())
    }

    pub(super) fn reference(&self) -> Option<Cow<'_, str>> {
        self.reading.reference(self.body.as_str())
    }

    /// The typed details, and why they do not fit.
    pub(super) fn read_details<C: ErrorCode>(&mut self, code: Option<C>) -> Option<C::Details> {
        let (details, misfit) = parted(details::read_of(code, self.details()));
        self.misfit = misfit;
        details
    }

    /// The body's JSON text, without a byte order mark.
    pub(super) fn json(&self) -> Option<&str> {
        let text = self.body.as_str();
        self.reading
            .is_json
            .then(|| text.strip_prefix('\u{feff}').unwrap_or(text).trim())
    }

    /// Puts a value where a role was found, or else where it can be without taking the place of
    /// anything. What is no JSON object or list is left as it is.
    pub(super) fn put(&mut self, envelope: &Envelope<'static>, role: Role<'static>, value: &str) {
        let Some(json) = self.json() else { return };
        let mut found = Found::nothing();
        found.read(envelope, json, 0);
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
    pub(super) fn put_details(&mut self, envelope: &Envelope<'static>, details: &dyn View) {
        let mut value = String::new();
        details.write(&mut value);
        let place = match self.details() {
            Some(raw) => Some(raw.at),
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
        for name in details.names() {
            body = set::remove(&body, &at(Cow::Borrowed(name)));
        }
        for (name, value) in members(&value).unwrap_or_default() {
            if let Some(name) = name.text() {
                body = set::set(&body, &at(Cow::Owned(name.into_owned())), value);
            }
        }
        self.replace(envelope, body);
    }

    /// Sets what is at a path. What is no JSON object or list is left as it is.
    pub(super) fn set(&mut self, envelope: &Envelope<'static>, path: &[Cow<'_, str>], value: &str) {
        let Some(json) = self.json().filter(|json| json.starts_with(['{', '['])) else {
            return;
        };
        let body = set::set(json, path, value);
        self.replace(envelope, body);
    }

    fn replace(&mut self, envelope: &Envelope<'static>, body: String) {
        self.reading = Reading::new(envelope, &body);
        self.body = Content::Text(body);
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
        let kept = RefCell::new(None);
        let fits = |code, raw: Option<Raw<'_>>| {
            // Where there is one error that may be meant, what is read to tell it need not be read again;
            // of several, most would be read in vain.
            if kept.borrow().is_some() {
                return details::fits(code, raw);
            }
            let read = details::read_of(Some(code), raw);
            let fits = matches!(read, Some(Ok(_))) || details::fits(code, raw);
            kept.replace(Some((code, read)));
            fits
        };
        let error = ErrorRef::read_with(Some(status.code()), headers, body.as_ref(), &fits);
        Self::owning(error, kept.take())
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
        Self::owning(error, None)
    }
}

impl<C: ErrorCode> Error<C> {
    /// The same error, with what was read as the details of one, if that is it.
    fn owning(error: ErrorRef<'_, C>, read: Option<(C, Read<C>)>) -> Self {
        let (details, misfit) = parted(match read {
            Some((code, read)) if error.code == Some(code) => read,
            _ => error.details(),
        });
        let code = error.code;
        let (headers, has_own_type) = kept_headers(C::CATALOG, code.map(C::index), error.headers);
        // Made where there is a place for it, it need not be moved there.
        let place = Box::new_uninit();
        let inner = Inner {
            code,
            identified_by: error.identified_by,
            status: error.status,
            details,
            headers,
            source: None,
            origin: Origin::Received(Received {
                body: match error.text {
                    Some(text) => Content::Text(text.to_owned()),
                    None => Content::Bytes(error.body.to_owned()),
                },
                reading: error.reading,
                has_own_type,
                misfit,
            }),
        };
        Self(Box::write(place, inner))
    }
}

/// What details are read as.
type Read<C> = Option<Result<<C as ErrorCode>::Details, Misfit>>;

/// The details, or why they do not fit.
fn parted<D>(read: Option<Result<D, Misfit>>) -> (Option<D>, Option<Misfit>) {
    match read {
        Some(Ok(details)) => (Some(details), None),
        Some(Err(misfit)) => (None, Some(misfit)),
        None => (None, None),
    }
}

/// The header fields that tell of an error, and whether its body came with the media type that the API's
/// bodies have.
fn kept_headers(catalog: &Catalog, index: Option<usize>, headers: &dyn Headers) -> (Fields, bool) {
    let mut kept = Fields::new();
    let mut keep = |name: &'static str| {
        let taken = kept
            .iter()
            .any(|(other, _)| other.eq_ignore_ascii_case(name));
        if let (Some(value), false) = (headers.field(name), taken) {
            kept.push((name.into(), value.to_owned()));
        }
    };
    let own_type = catalog.envelope.format.media_type().as_bytes();
    let has_own_type = headers.field("content-type") == Some(own_type);
    if !has_own_type {
        keep("Content-Type");
    }
    if headers.field("retry-after").is_some() {
        keep("Retry-After");
        keep("Date");
    }
    let documented = index.map(|index| catalog.headers(index));
    for header in documented.unwrap_or_default() {
        keep(header.name);
    }
    (kept, has_own_type)
}
