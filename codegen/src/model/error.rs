//! Errors.

use errbook::__private::CodeKind;
use errbook::Retry;

use crate::model::anchor;
use crate::model::api::Api;
use crate::model::message::Template;
use crate::model::types::{Field, Type};
use crate::model::value::{Inferred, Value};

/// One error.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Error {
    /// Its name in the catalog.
    pub key: String,
    /// The variant of `Code`.
    pub rust_name: String,
    /// Index of its section.
    pub category: Option<usize>,
    /// The code on the wire.
    pub code: Option<WireCode>,
    /// Older codes.
    pub aliases: Vec<WireCode>,
    /// The statuses; the first is sent.
    pub statuses: Vec<u16>,
    /// Whether it answers no request.
    pub event: bool,
    /// The document's title.
    pub title: Option<String>,
    /// The forms of the message, the main one first.
    pub messages: Vec<Template>,
    /// What it means, as plain text.
    pub description: Option<String>,
    /// What to do, as plain text.
    pub action: Option<String>,
    /// Whether to try again.
    pub retry: Option<Retry>,
    /// The typed details.
    pub details: Option<Details>,
    /// The values in the message that no member of the body has.
    pub params: Vec<Field>,
    /// Header fields: name and what it holds.
    pub headers: Vec<(String, String)>,
    /// Documented examples.
    pub examples: Vec<Example>,
    /// More about it, in Markdown.
    pub docs: Option<String>,
    /// The indexes of related errors.
    pub see_also: Vec<usize>,
    /// The version that introduced it.
    pub since: Option<String>,
    /// That it is on its way out.
    pub deprecated: Option<Deprecated>,
    /// The version since which it is not sent.
    pub retired: Option<String>,
    /// Values that the document does not give.
    pub inferred: Vec<Inferred>,
    /// Lints that do not apply, each with the reason.
    pub allow: Vec<(String, String)>,
    /// The values of the declared columns, in their order.
    pub columns: Vec<Option<Value>>,
}

impl Error {
    /// Where it is documented, if its API says where its page is published.
    pub fn docs_url(&self, api: &Api) -> Option<String> {
        Some(anchor::url(api.docs_url.as_deref()?, &self.key))
    }

    /// Whether the body holds details that must be there.
    pub fn requires_details(&self) -> bool {
        let required = |field: &Field| !matches!(field.ty, Type::Optional(_));
        match &self.details {
            Some(Details::Object(fields)) => fields.iter().any(required),
            // Anything at all is there in every body.
            Some(Details::Whole(ty)) => !matches!(ty, Type::Optional(_) | Type::Any),
            None => false,
        }
    }

    /// The JSON type of the code.
    pub(crate) fn code_kind(&self) -> CodeKind {
        match &self.code {
            None => CodeKind::None,
            Some(code) if code.number => CodeKind::Number,
            Some(_) => CodeKind::Text,
        }
    }

    /// Returns the reason if the value of a key is inferred.
    pub fn inferred(&self, key: &str) -> Option<&Inferred> {
        Inferred::of_key(&self.inferred, key)
    }
}

/// A code on the wire. A number and its digits are one code.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct WireCode {
    /// The code's text, or the number's digits.
    pub text: String,
    /// Whether it is a number in the body.
    pub number: bool,
}

/// What the details of an error are.
#[derive(Clone, Debug, PartialEq)]
pub enum Details {
    /// An object with these members.
    Object(Vec<Field>),
    /// The whole value is of a type.
    Whole(Type),
}

/// A documented example.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Example {
    /// The status, where it is not the error's first.
    pub status: Option<u16>,
    /// The message, where no template gives it.
    pub message: Option<String>,
    /// Values for the message.
    pub params: Vec<(String, Value)>,
    /// The details.
    pub details: Option<Value>,
    /// The id to quote to support.
    pub reference: Option<Value>,
}

/// That an error is on its way out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Deprecated {
    /// The version that deprecated it.
    pub since: Option<String>,
    /// The index of the error that takes its place.
    pub replaced_by: Option<usize>,
    /// What else there is to say, as plain text.
    pub note: Option<String>,
}
