//! Documented examples. Their values fit the types that the error declares.

use std::ops::Range;

use crate::check::context::Context;
use crate::check::messages::is_form;
use crate::check::statuses::status;
use crate::check::table_reader::{TableReader, constant};
use crate::findings::RuleId;
use crate::keys;
use crate::model::{Details, Envelope, Error, Example, Role, Template, Value};
use crate::toml::{KeyValue, TomlKind, TomlTable, TomlValue};

/// The examples of an error: `example` is one, `[[….example]]` several.
pub(super) fn read(
    context: &Context<'_>,
    fields: &TableReader<'_>,
    error: &Error,
    envelope: &Envelope,
) -> (Vec<Example>, Vec<Range<usize>>) {
    let key = &keys::error::EXAMPLE;
    let Some(value) = fields.value(key) else {
        return (Vec::new(), Vec::new());
    };
    let tables = match &value.kind {
        TomlKind::List(items) => {
            if items.is_empty() {
                let help = "leave the key out";
                context.findings.empty_list("example", value, help);
            }
            fields.tables(key)
        }
        _ => fields.table(key).into_iter().collect(),
    };
    let examples = tables.into_iter().map(|table| {
        let example = example(context, table, error, envelope);
        (example, table.span.clone())
    });
    examples.unzip()
}

fn example(
    context: &Context<'_>,
    table: &TomlTable,
    error: &Error,
    envelope: &Envelope,
) -> Example {
    let findings = context.findings;
    let fields = TableReader::new(findings, table, &keys::EXAMPLE_TABLE);
    if table.entries.is_empty() {
        let title = "an example that says nothing";
        let help = "say what is special in it, or leave it out";
        findings.report(RuleId::Empty, &table.span, title, "empty", help);
    }
    let status = fields.value(&keys::example::STATUS).and_then(|value| {
        let status = status(findings, value)?;
        if error.event || (!error.statuses.is_empty() && !error.statuses.contains(&status)) {
            let title = format!("`{}` does not come with {status}", error.key);
            let help = if error.event {
                "an event answers no request: leave it out".to_owned()
            } else {
                let statuses = error.statuses.iter().map(u16::to_string);
                let statuses: Vec<String> = statuses.chain([status.to_string()]).collect();
                let statuses = statuses.join(", ");
                format!("write another, or give it to the error: status = [{statuses}]")
            };
            let label = "not one of its statuses";
            findings.report(RuleId::ExampleStatus, &value.span, title, label, &help);
        }
        Some(status)
    });
    let reference = fields.entry(&keys::example::REFERENCE);
    if let (Some(entry), None) = (reference, envelope.member(&Role::Reference)) {
        let title = "a `reference`, where no body of this API has one";
        let label = "the envelope has no `reference`";
        let help = "say in [envelope] where it stands: reference = \"/requestId\"";
        findings.report(RuleId::NoPlace, &entry.key_span, title, label, help);
    }
    let example = Example {
        status,
        message: fields.text(&keys::example::MESSAGE),
        params: params(context, &fields, error),
        details: details(context, &fields, error),
        reference: reference.and_then(|entry| constant(findings, &entry.value)),
    };
    let unsaid = |template: &Template| {
        let mut names = template.placeholders();
        names.any(|name| !has_value(&example, name))
    };
    if example.message.is_none() && !error.messages.is_empty() && error.messages.iter().all(unsaid)
    {
        let help = "give the values in `params` or `details`, or the text itself as `message`";
        let title = "no form of the message has all its values in this example";
        let label = "values are missing";
        findings.report(RuleId::ExampleValues, &table.span, title, label, help);
    }
    if let (Some(message), Some(entry)) = (&example.message, fields.entry(&keys::example::MESSAGE))
    {
        known_by(context, error, message, &entry.value);
    }
    example
}

/// An error without a code is known by its message, so an example's is one of its forms.
fn known_by(context: &Context<'_>, error: &Error, message: &str, value: &TomlValue) {
    let is_one = |form: &Template| is_form(error, form, message).is_some();
    if error.code.is_none() && !error.messages.is_empty() && !error.messages.iter().any(is_one) {
        let rule = RuleId::ExampleMessage;
        let label = "not one of its messages";
        let title = format!("nothing would tell that this is `{}`", error.key);
        let help = "make it a form of `message`, with {values} where it varies";
        let findings = context.findings;
        findings.report(rule, &value.span, title, label, help);
    }
}

/// Whether an example gives a value for the message.
fn has_value(example: &Example, name: &str) -> bool {
    let in_details = match &example.details {
        Some(Value::Map(members)) => members.iter().any(|(member, _)| member == name),
        _ => false,
    };
    in_details || example.params.iter().any(|(param, _)| param == name)
}

fn params(context: &Context<'_>, fields: &TableReader<'_>, error: &Error) -> Vec<(String, Value)> {
    let findings = context.findings;
    let param = |entry: &KeyValue| {
        let KeyValue {
            key,
            key_span,
            value,
        } = entry;
        let Some(param) = error.params.iter().find(|param| param.name == *key) else {
            let names = error.params.iter().map(|param| param.name.as_str());
            let help = findings.did_you_mean(key, names, || {
                "declare it in `params`, or give it in `details`".to_owned()
            });
            let title = format!("`{}` has no value `{key}`", error.key);
            let label = "not one of its `params`";
            findings.report(RuleId::ExampleParam, key_span, title, label, &help);
            return None;
        };
        if matches!(&value.kind, TomlKind::Text(text) if text.is_empty()) {
            let help = "leave it out, or give a value: an empty one cannot be told from the text around it";
            let title = format!("the value `{key}` is empty");
            findings.report(RuleId::EmptyText, &value.span, title, "no value", help);
        }
        Some((key.clone(), context.types.value(value, &param.ty)?))
    };
    let entries = fields.entries(&keys::example::PARAMS).iter();
    entries.filter_map(param).collect()
}

fn details(context: &Context<'_>, fields: &TableReader<'_>, error: &Error) -> Option<Value> {
    let Context {
        findings, types, ..
    } = context;
    let entry = fields.entry(&keys::example::DETAILS)?;
    match &error.details {
        Some(Details::Object(members)) => types.object(&entry.value, members, "this `details`"),
        Some(Details::Whole(ty)) => types.value(&entry.value, ty),
        None => {
            let rule = RuleId::ExampleDetails;
            let label = "not declared";
            let title = format!("`{}` has no details", error.key);
            let help = "declare them: details = { name = \"string\" }";
            findings.report(rule, &entry.key_span, title, label, help);
            None
        }
    }
}
