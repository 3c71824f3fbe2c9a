//! Errors that a program raises.

use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::error::Error as StdError;
use core::fmt;
use core::time::Duration;

use crate::catalog::{Catalog, MessageForms};
use crate::code::ErrorCode;
use crate::details::ErrorDetails;
use crate::envelope::Role;
use crate::error::{Error, Inner, Origin};
use crate::identify::IdentifiedBy;
use crate::json::Any;
use crate::message::{Part, Words, parts, push_whole};
use crate::object::View;
use crate::response::Status;
use crate::set;
use crate::write::{Says, push_inner, push_number, push_text, write};

/// What a program says beyond code and details.
#[derive(Clone, Default)]
pub(super) struct Raised {
    message: Option<String>,
    pub(super) params: Vec<(Cow<'static, str>, String)>,
    /// JSON text.
    pub(super) reference: Option<String>,
    /// Pointers and JSON texts.
    members: Vec<(String, String)>,
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
        // Made where there is a place for it, it need not be moved there.
        let place = Box::new_uninit();
        let inner = Inner {
            code: Some(code),
            identified_by: IdentifiedBy::Program,
            status: code.status(),
            details,
            headers: Vec::new(),
            source: None,
            origin: Origin::Raised(Raised::default()),
        };
        Self(Box::write(place, inner))
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
                let json = text_json(&message);
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
            received.put_details(C::CATALOG.envelope, &details);
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

    /// A member beyond what the catalog knows, by its name or at a JSON pointer (RFC 6901) such as
    /// `"/trace/id"`. What stands there already is replaced. It stays the error that it is, whatever
    /// is replaced.
    #[must_use]
    pub fn with_member(mut self, pointer: impl Into<String>, value: impl Into<Any>) -> Self {
        let (pointer, json) = (pointer.into(), json_text(&value.into()));
        match &mut self.0.origin {
            Origin::Raised(raised) => raised.members.push((pointer, json)),
            Origin::Received(received) => {
                let path: Vec<_> = set::tokens(&pointer).collect();
                // The body as a whole is no member of it.
                if !path.is_empty() {
                    received.set(C::CATALOG.envelope, &path, &json);
                }
                self.0.details = received.read_details(self.0.code);
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

/// What it says then.
impl<C: ErrorCode> Error<C> {
    /// With a status, if it is sent.
    pub(super) fn sayings<'e>(&'e self, raised: &'e Raised, status: Option<u16>) -> Sayings<'e> {
        Sayings {
            status,
            catalog: C::CATALOG,
            index: self.0.code.map(C::index),
            raised,
            details: self.0.details.as_ref().map(|details| details as &dyn View),
        }
    }
}

/// What an error of any catalog says.
pub(super) struct Sayings<'e> {
    catalog: &'static Catalog,
    index: Option<usize>,
    status: Option<u16>,
    raised: &'e Raised,
    details: Option<&'e dyn View>,
}

impl<'e> Sayings<'e> {
    pub(super) fn message(&self) -> Option<Cow<'e, str>> {
        match &self.raised.message {
            Some(message) => Some(message.into()),
            None => self.words(self.index?).message(&|name| self.value(name)),
        }
    }

    /// Appends the message as JSON text, if there is one.
    fn push_message(&self, out: &mut String) -> bool {
        if let Some(message) = &self.raised.message {
            push_text(out, message);
            return true;
        }
        let Some(index) = self.index else {
            return false;
        };
        let forms = self.catalog.message_forms(index);
        if forms.len() == 0 {
            let meaning = self.catalog.description(index);
            let meaning = meaning.or_else(|| self.catalog.error_title(index));
            return meaning.inspect(|text| push_text(out, text)).is_some();
        }
        let value = |name: &str| self.value(name);
        out.push('"');
        // Most are said as they are, and what an error means need not be looked up.
        let is_there = push_whole(forms, &value, out, push_inner)
            || self.words(index).push(&value, out, push_inner);
        if is_there {
            out.push('"');
        } else {
            out.pop();
        }
        is_there
    }

    fn words(&self, index: usize) -> Words<'static, MessageForms> {
        Words {
            forms: self.catalog.message_forms(index),
            description: self.catalog.description(index),
            title: self.catalog.error_title(index),
            has_code: self.catalog.wire(index).is_some(),
        }
    }

    /// A value for the message.
    fn value(&self, name: &str) -> Option<Cow<'e, str>> {
        let given = self.raised.params.iter().find(|(other, _)| other == name);
        let value: Option<Cow<_>> = given.map(|(_, value)| value.as_str().into());
        let value = value.or_else(|| Some(self.details?.text_of(name)?.into()))?;
        // A value that no message could be read with is none.
        let mut params = self.catalog.params(self.index?).iter();
        let kind = params.find(|param| param.name == name);
        let is_value = !value.is_empty() && kind.is_none_or(|param| param.kind.is_of(&value));
        is_value.then_some(value)
    }

    pub(super) fn body(&self) -> String {
        let mut out = write(self.catalog.envelope, self);
        for (pointer, json) in &self.raised.members {
            let path: Vec<_> = set::tokens(pointer).collect();
            if !path.is_empty() {
                out = set::set(&out, &path, json);
            }
        }
        out
    }
}

impl Says for Sayings<'_> {
    fn push(&self, role: Role<'_>, out: &mut String) -> bool {
        let text = |out: &mut String, column: fn(&Catalog, usize) -> Option<&'static str>| {
            let text = self.index.and_then(|index| column(self.catalog, index));
            text.inspect(|text| push_text(out, text)).is_some()
        };
        match role {
            Role::Constant(json) => out.push_str(json),
            Role::Code => match self.index.and_then(|index| self.catalog.wire(index)) {
                Some(wire) if wire.is_number() => out.push_str(wire.as_str()),
                Some(wire) => push_text(out, wire.as_str()),
                None => return false,
            },
            Role::Message => return self.push_message(out),
            Role::Title => return text(out, Catalog::error_title),
            Role::DocsUrl => return text(out, Catalog::docs_url),
            Role::Status => match self.status {
                Some(status) => push_number(out, status.into()),
                None => return false,
            },
            Role::Details => match self.details {
                Some(details) => details.write(out),
                None => return false,
            },
            Role::Reference => match &self.raised.reference {
                Some(json) => out.push_str(json),
                None => return false,
            },
        }
        true
    }

    fn has_details_of_any_members(&self) -> bool {
        self.details.is_some_and(|details| !details.is_object())
    }
}

/// The JSON text of a value.
fn json_text(value: &Any) -> String {
    match value {
        Any::String(text) => text_json(text),
        value => value.to_string(),
    }
}

/// The JSON text of a text.
fn text_json(text: &str) -> String {
    let mut json = String::with_capacity(text.len() + 2);
    push_text(&mut json, text);
    json
}

/// Whether a form of the error's message has a value of this name.
fn has_value<C: ErrorCode>(code: C, name: &str) -> bool {
    let is_it = |part| matches!(part, Part::Value(value) if value == name);
    code.messages().any(|form| parts(form).any(is_it))
}
