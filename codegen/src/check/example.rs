//! Documented examples: values that must fit what the error declares.

use crate::check::errors::status;
use crate::check::fields::{Fields, constant};
use crate::check::{Context, suggest};
use crate::draft::{Entry, Kind, Table};
use crate::finding::Finding;
use crate::model::{Details, Error, Example, Value};

const KEYS: &[&str] = &["status", "message", "params", "details", "reference"];

/// The examples of an error: `example` is one, `[[….example]]` several.
pub(super) fn read(context: &Context<'_>, fields: &Fields<'_>, error: &Error) -> Vec<Example> {
    let tables = match fields.value("example").map(|value| &value.kind) {
        Some(Kind::List(_)) => fields.tables("example"),
        Some(_) => fields.table("example").into_iter().collect(),
        None => Vec::new(),
    };
    tables
        .into_iter()
        .map(|table| example(context, table, error))
        .collect()
}

fn example(context: &Context<'_>, table: &Table, error: &Error) -> Example {
    let fields = Fields::new(context.findings, table, "an example", KEYS);
    let status = fields.value("status").and_then(|value| {
        let status = status(context.findings, value)?;
        if !error.statuses.is_empty() && !error.statuses.contains(&status) {
            let title = format!("`{}` does not come with {status}", error.key);
            context
                .findings
                .report(&value.span, title, "not one of its statuses", "");
        }
        Some(status)
    });
    Example {
        status,
        message: fields.text("message"),
        params: params(context, &fields, error),
        details: details(context, &fields, error),
        reference: fields
            .value("reference")
            .and_then(|value| constant(context.findings, value)),
    }
}

fn params(context: &Context<'_>, fields: &Fields<'_>, error: &Error) -> Vec<(String, Value)> {
    let entries = fields
        .table("params")
        .map_or(&[] as &[_], |table| &table.entries);
    let param = |entry: &Entry| {
        let Some(param) = error.params.iter().find(|param| param.name == entry.key) else {
            let names = error.params.iter().map(|param| param.name.as_str());
            let finding = Finding::error(format!("`{}` has no value `{}`", error.key, entry.key))
                .at(
                    context.findings.place(&entry.key_span),
                    "not one of its `params`",
                )
                .maybe_help(suggest::did_you_mean(&entry.key, names));
            context.findings.push(finding);
            return None;
        };
        Some((
            entry.key.clone(),
            context.types.value(&entry.value, &param.ty)?,
        ))
    };
    entries.iter().filter_map(param).collect()
}

fn details(context: &Context<'_>, fields: &Fields<'_>, error: &Error) -> Option<Value> {
    let entry = fields.entry("details")?;
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
                &entry.key_span,
                format!("`{}` has no details", error.key),
                "not declared",
                help,
            );
            None
        }
    }
}
