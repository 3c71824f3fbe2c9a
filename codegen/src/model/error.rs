//! Errors, and the templates of their messages.

use errbook::__private::{CodeKind, TemplatePart, parts, placeholders};
use std::fmt::{self, Write};

use errbook::Retry;

use crate::model::api::Api;
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
        Some(docs_url(api.docs_url.as_deref()?, &self.key))
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

/// The anchor of an error on its API's page: its key, with what an anchor cannot hold as `:` and the
/// byte in hexadecimal digits. Two keys never share one.
pub(crate) fn anchor(key: &str) -> String {
    let is_kept = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
    if key.bytes().all(is_kept) {
        return key.to_owned();
    }
    let mut anchor = String::with_capacity(2 * key.len());
    for byte in key.bytes() {
        if is_kept(byte) {
            anchor.push(char::from(byte));
        } else {
            let _ = write!(anchor, ":{byte:02x}");
        }
    }
    anchor
}

/// Where an error is documented, under the URL of its API's page.
pub(crate) fn docs_url(page: &str, key: &str) -> String {
    format!("{page}#{}", anchor(key))
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

/// The template of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Template {
    /// The text as in the catalog: `{name}` is a placeholder, `{{` and `}}` are braces.
    pub text: String,
}

/// Writes the template for readers: with `{name}` for a placeholder and single braces.
impl fmt::Display for Template {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        parts(&self.text).try_for_each(|part| match part {
            TemplatePart::Text(text) => f.write_str(text),
            TemplatePart::Placeholder(name) => write!(f, "{{{name}}}"),
        })
    }
}

impl Template {
    /// The names of the placeholders, in order.
    pub fn placeholders(&self) -> impl Iterator<Item = &str> {
        placeholders(&self.text)
    }

    /// Whether the template has a placeholder. A template without one matches a single text.
    pub fn has_placeholder(&self) -> bool {
        self.placeholders().next().is_some()
    }

    /// The template without the names of its placeholders. Two templates of one shape match the same texts.
    pub(crate) fn shape(&self) -> String {
        let parts = parts(&self.text).map(|part| match part {
            TemplatePart::Text(text) => text,
            TemplatePart::Placeholder(_) => "\0",
        });
        parts.collect()
    }
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
