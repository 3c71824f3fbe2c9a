//! The body of an error that a program raises.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use crate::body::write::{BodySource, write};
use crate::catalog::envelope::Role;
use crate::catalog::rows::MessageForms;
use crate::catalog::tables::CatalogTables;
use crate::details::visit::Visit;
use crate::identify::message_value;
use crate::json::pointer;
use crate::json::write::{push_inner, push_number, push_text};
use crate::message::render::{MessageTexts, push_complete};
use crate::message::template::placeholders;

/// The values of an error beyond its code and details.
#[derive(Clone, Default)]
pub(super) struct RaisedValues {
    pub(super) message: Option<String>,
    pub(super) params: Vec<(Cow<'static, str>, String)>,
    /// JSON text.
    pub(super) reference: Option<String>,
    /// Pairs of JSON pointers and JSON texts.
    pub(super) members: Vec<(String, String)>,
}

/// The body of an error of any catalog.
pub(super) struct RaisedBody<'e> {
    pub(super) tables: &'static CatalogTables<'static>,
    pub(super) index: Option<usize>,
    /// `None` leaves the status out of the body.
    pub(super) status: Option<u16>,
    pub(super) values: &'e RaisedValues,
    pub(super) details: Option<&'e dyn Visit>,
}

impl<'e> RaisedBody<'e> {
    /// The message, if there is one.
    pub(super) fn message(&self) -> Option<Cow<'e, str>> {
        match &self.values.message {
            Some(message) => Some(message.into()),
            None => self
                .message_texts(self.index?)
                .message(&|name| self.value(name)),
        }
    }

    /// The value of a placeholder in the message that is sent, as a reader of the message gets it.
    pub(super) fn param(&self, name: &str) -> Option<Cow<'e, str>> {
        let index = self.index?;
        if let Some(message) = &self.values.message {
            return message_value(self.tables, index, message, name).map(Cow::Borrowed);
        }
        let form = self
            .message_texts(index)
            .sent_form(&|name| self.value(name))?;
        let is_sent = placeholders(form).any(|placeholder| placeholder == name);
        self.value(name).filter(|_| is_sent)
    }

    /// Appends the message as JSON text, if there is one.
    fn push_message(&self, out: &mut String) -> bool {
        if let Some(message) = &self.values.message {
            push_text(out, message);
            return true;
        }
        let Some(index) = self.index else {
            return false;
        };
        let forms = self.tables.messages(index);
        if forms.len() == 0 {
            let meaning = self.tables.description(index);
            let meaning = meaning.or_else(|| self.tables.title(index));
            return meaning.inspect(|text| push_text(out, text)).is_some();
        }
        let value = |name: &str| self.value(name);
        out.push('"');
        // Most messages have all their values, and the description need not be looked up.
        let is_there = push_complete(forms, &value, out, push_inner).is_some()
            || self.message_texts(index).push(&value, out, push_inner);
        if is_there {
            out.push('"');
        } else {
            out.pop();
        }
        is_there
    }

    /// The texts that the catalog has for the message.
    fn message_texts(&self, index: usize) -> MessageTexts<'static, MessageForms> {
        MessageTexts {
            forms: self.tables.messages(index),
            description: self.tables.description(index),
            title: self.tables.title(index),
            has_code: self.tables.wire(index).is_some(),
        }
    }

    /// The value of a placeholder: one that the program gave, or a member of the details.
    fn value(&self, name: &str) -> Option<Cow<'e, str>> {
        let given = self.values.params.iter().find(|(other, _)| other == name);
        let value: Option<Cow<_>> = given.map(|(_, value)| value.as_str().into());
        let value = value.or_else(|| Some(self.details?.text_of(name)?.into()))?;
        // A value that a reader of the message would refuse counts as missing.
        let kind = self.tables.param_kind(self.index?, name);
        (!value.is_empty() && kind.is_of(&value)).then_some(value)
    }

    /// The body as JSON text.
    pub(super) fn body(&self) -> String {
        let mut out = write(self.tables.envelope, self);
        for (at, json) in &self.values.members {
            let path: Vec<_> = pointer::tokens(at).collect();
            if !path.is_empty() {
                out = pointer::set(&out, &path, json);
            }
        }
        out
    }
}

impl BodySource for RaisedBody<'_> {
    fn push(&self, role: Role<'_>, out: &mut String) -> bool {
        let text =
            |out: &mut String,
             column: fn(&CatalogTables<'static>, usize) -> Option<&'static str>| {
                let text = self.index.and_then(|index| column(self.tables, index));
                text.inspect(|text| push_text(out, text)).is_some()
            };
        match role {
            Role::Constant(_) => return false,
            Role::Code => match self.index.and_then(|index| self.tables.wire(index)) {
                Some(wire) if wire.is_number() => out.push_str(wire.as_str()),
                Some(wire) => push_text(out, wire.as_str()),
                None => return false,
            },
            Role::Message => return self.push_message(out),
            Role::Title => return text(out, CatalogTables::title),
            Role::DocsUrl => return text(out, CatalogTables::docs_url),
            Role::Status => match self.status {
                Some(status) => push_number(out, status.into()),
                None => return false,
            },
            Role::Details => match self.details {
                Some(details) => details.write(out),
                None => return false,
            },
            Role::Reference => match &self.values.reference {
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
