//! Documented examples. Their values fit the types that the error declares.

use std::ops::Range;

use crate::check::context::Context;
use crate::check::messages::is_form;
use crate::check::statuses::status;
use crate::check::table_reader::{TableReader, constant};
use crate::findings::Finding;
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
    let tables = match fields.value(&keys::error::EXAMPLE).map(|value| &value.kind) {
        Some(TomlKind::List(items)) => {
            if let (true, Some(entry)) = (items.is_empty(), fields.entry(&keys::error::EXAMPLE)) {
                let title = "`example` is an empty list";
                let (span, help) = (&entry.value.span, "leave the key out");
                let findings = context.findings;
                findings.report(RuleId::Empty, span, title, "nothing in it", help);
            }
            fields.tables(&keys::error::EXAMPLE)
        }
        Some(_) => fields.table(&keys::error::EXAMPLE).into_iter().collect(),
        None => Vec::new(),
    };
    tables
        .into_iter()
        .map(|table| {
            let example = example(context, table, error, envelope);
            (example, table.span.clone())
        })
        .unzip()
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
        let help = "say what is special in it, or leave it out";
        findings.report(
            RuleId::Empty,
            &table.span,
            "an example that says nothing",
            "empty",
            help,
        );
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
                format!(
                    "write another, or give it to the error: status = [{}]",
                    statuses.join(", ")
                )
            };
            findings.report(
                RuleId::ExampleStatus,
                &value.span,
                title,
                "not one of its statuses",
                &help,
            );
        }
        Some(status)
    });
    if let (Some(entry), None) = (
        fields.entry(&keys::example::REFERENCE),
        envelope.member(&Role::Reference),
    ) {
        let help = "say in [envelope] where it stands: reference = \"/requestId\"";
        let title = "a `reference`, where no body of this API has one";
        findings.report(
            RuleId::NoPlace,
            &entry.key_span,
            title,
            "the envelope has no `reference`",
            help,
        );
    }
    let example = Example {
        status,
        message: fields.text(&keys::example::MESSAGE),
        params: params(context, &fields, error),
        details: details(context, &fields, error),
        reference: fields
            .value(&keys::example::REFERENCE)
            .and_then(|value| constant(findings, value)),
    };
    let unsaid = |template: &Template| {
        template
            .placeholders()
            .any(|name| !has_value(&example, name))
    };
    if example.message.is_none() && !error.messages.is_empty() && error.messages.iter().all(unsaid)
    {
        let help = "give the values in `params` or `details`, or the text itself as `message`";
        let title = "no form of the message has all its values in this example";
        findings.report(
            RuleId::ExampleValues,
            &table.span,
            title,
            "values are missing",
            help,
        );
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
        let title = format!("nothing would tell that this is `{}`", error.key);
        let help = "make it a form of `message`, with {values} where it varies";
        context.findings.report(
            RuleId::ExampleMessage,
            &value.span,
            title,
            "not one of its messages",
            help,
        );
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
    let entries = fields
        .table(&keys::example::PARAMS)
        .map_or(&[] as &[_], |table| &table.entries);
    let param = |entry: &KeyValue| {
        let Some(param) = error.params.iter().find(|param| param.name == entry.key) else {
            let names = error.params.iter().map(|param| param.name.as_str());
            let finding = Finding::error(
                RuleId::ExampleParam,
                format!("`{}` has no value `{}`", error.key, entry.key),
            )
            .at(
                context.findings.location(&entry.key_span),
                "not one of its `params`",
            )
            .help(
                context
                    .findings
                    .did_you_mean(&entry.key, names)
                    .unwrap_or_else(|| {
                        "declare it in `params`, or give it in `details`".to_owned()
                    }),
            );
            context.findings.push(finding);
            return None;
        };
        if matches!(&entry.value.kind, TomlKind::Text(text) if text.is_empty()) {
            let help = "leave it out, or give a value: an empty one cannot be told from the text around it";
            let title = format!("the value `{}` is empty", entry.key);
            context.findings.report(
                RuleId::EmptyText,
                &entry.value.span,
                title,
                "no value",
                help,
            );
        }
        Some((
            entry.key.clone(),
            context.types.value(&entry.value, &param.ty)?,
        ))
    };
    entries.iter().filter_map(param).collect()
}

fn details(context: &Context<'_>, fields: &TableReader<'_>, error: &Error) -> Option<Value> {
    let entry = fields.entry(&keys::example::DETAILS)?;
    match &error.details {
        Some(Details::Object(members)) => {
            context
                .types
                .object(&entry.value, members, "this `details`")
        }
        Some(Details::Whole(ty)) => context.types.value(&entry.value, ty),
        None => {
            let help = "declare them: details = { name = \"string\" }";
            context.findings.report(
                RuleId::ExampleDetails,
                &entry.key_span,
                format!("`{}` has no details", error.key),
                "not declared",
                help,
            );
            None
        }
    }
}
