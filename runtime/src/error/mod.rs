//! An error of an API: raised by a program, or received from the wire.

mod extra;
mod raised;
mod received;
mod response;
mod show;

use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::error::Error as StdError;
use core::time::Duration;

use crate::code::ErrorCode;
use crate::details::Misfit;
use crate::error::raised::Raised;
use crate::error::received::Received;
use crate::identify::IdentifiedBy;
use crate::json::Any;
use crate::object::View;
use crate::retry::{Advice, retry_after};
use crate::scan::{members, string};
use crate::set;

pub(crate) use show::show;

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
/// and [`to_response`](Self::to_response) sends it again as it was; `with_…` changes what it says and
/// nothing else, and leaves a body as it is that is no JSON object or list.
#[derive(Clone)]
pub struct Error<C: ErrorCode>(Box<Inner<C>>);

#[derive(Clone)]
struct Inner<C: ErrorCode> {
    code: Option<C>,
    identified_by: IdentifiedBy,
    status: Option<u16>,
    details: Option<C::Details>,
    headers: Fields,
    source: Option<Arc<dyn StdError + Send + Sync>>,
    origin: Origin,
}

/// Header fields: names and values.
type Fields = Vec<(Cow<'static, str>, Vec<u8>)>;

#[derive(Clone)]
enum Origin {
    Raised(Raised),
    Received(Received),
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
        Some(C::all()[index])
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
            Origin::Received(received) => received.code(),
        }
    }

    /// The message that came, or that is sent. Where a body came without one, what the catalog says
    /// that the error means; empty where nobody says anything.
    pub fn message(&self) -> Cow<'_, str> {
        match &self.0.origin {
            Origin::Raised(raised) => self.sayings(raised, None).message().unwrap_or_default(),
            Origin::Received(received) => {
                let came = received.message();
                let meant = || self.0.code?.description().or(self.0.code?.title());
                came.or_else(meant).unwrap_or_default().into()
            }
        }
    }

    /// A value in the message, by its name in the catalog's template.
    pub fn param(&self, name: &str) -> Option<Cow<'_, str>> {
        match &self.0.origin {
            Origin::Raised(raised) => {
                let given = raised.params.iter().find(|(other, _)| other == name);
                given.map(|(_, value)| value.into())
            }
            Origin::Received(received) => {
                let message = received.message()?;
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
                let details: &dyn View = self.0.details.as_ref()?;
                details.write(&mut json);
                Some(json.into())
            }
            Origin::Received(received) => received.details().map(|raw| raw.json.into()),
        }
    }

    /// The id to quote to support: the text, or what else it is as JSON text.
    pub fn reference(&self) -> Option<Cow<'_, str>> {
        match &self.0.origin {
            Origin::Raised(raised) => {
                let json = raised.reference.as_deref()?;
                Some(string(json).unwrap_or(Cow::Borrowed(json)))
            }
            Origin::Received(received) => received.reference(),
        }
    }

    /// Any part of the body, at a JSON pointer (RFC 6901) such as `"/error/param"`.
    pub fn member(&self, pointer: &str) -> Option<Any> {
        serde_json::from_str(set::get(&self.json()?, pointer)?).ok()
    }

    /// The members that the catalog does not know, as far as [`Any`] can hold them, each by its JSON
    /// pointer (RFC 6901): those in the
    /// objects of the envelope that are not its own, and those in the details that are no member of
    /// their type.
    pub fn extra(&self) -> Vec<(String, Any)> {
        let Some(json) = self.json() else {
            return Vec::new();
        };
        let mut typed = String::new();
        if let Some(details) = &self.0.details {
            let details: &dyn View = details;
            details.write(&mut typed);
        }
        let typed = members(&typed).unwrap_or_default();
        let typed: BTreeSet<_> = typed.iter().filter_map(|(name, _)| name.text()).collect();
        let is_typed = |name: &str| typed.contains(name);
        let mut extra = Vec::new();
        extra::extra_in(C::CATALOG.envelope, 0, &json, "", &is_typed, &mut extra);
        extra
    }

    /// The body's JSON text, if it is JSON.
    fn json(&self) -> Option<Cow<'_, str>> {
        match &self.0.origin {
            Origin::Raised(raised) => Some(self.sayings(raised, self.0.status).body().into()),
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
