//! Errors as a JSON document, described by `cli/schema/errors.schema.json`.

use std::io::{self, Write};

use errbook_codegen::__private::model::{
    Category, Details, Field, Retry, Rule, StatusRow, WireCode,
};
use errbook_codegen::__private::{ErrorEntry, Sample, indented};
use errbook_codegen::Cause;
use serde_json::value::RawValue;

use crate::formats::json::{Object, OrderedMap, array, json, object};
use crate::query::catalog_context::{CatalogContext, by_catalog};

/// Prints errors as one JSON document, error by error, because there can be many.
pub(crate) fn print(entries: &[ErrorEntry<'_>], finding: Option<Cause>) -> io::Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    write!(out, "{{\n  \"version\": 1,\n  \"errors\": [")?;
    let mut between = "";
    for (context, entries) in by_catalog(entries) {
        for entry in entries {
            let error = indented(json(&error_json(*entry, &context)).get());
            write!(out, "{between}\n    {}", error.replace('\n', "\n    "))?;
            between = ",";
        }
    }
    out.write_all(if between.is_empty() { b"]" } else { b"\n  ]" })?;
    if let Some(cause) = finding {
        let (id, summary, page) = (cause.id(), cause.summary(), cause.page());
        let finding = json(&object! { "id": id, "summary": summary, "page": page });
        let finding = indented(finding.get());
        write!(out, ",\n  \"finding\": {}", finding.replace('\n', "\n  "))?;
    }
    out.write_all(b"\n}\n")?;
    out.flush()
}

/// Returns everything about one error. Absent values are `null`, so that no key is left out.
fn error_json(entry: ErrorEntry<'_>, context: &CatalogContext<'_>) -> Object {
    let (error, catalog) = (entry.error, entry.catalog);
    let types = context.types(error).into_iter();
    let types = types.map(|named| (&named.name, fields_json(&named.fields)));
    let columns = catalog.columns.iter().zip(&error.columns);
    let columns = columns.map(|(column, value)| (&column.key, value));
    let deprecated = error.deprecated.as_ref().map(|deprecated| {
        object! {
            "since": deprecated.since,
            "replaced-by": entry.replacement().map(|error| &error.key),
            "note": deprecated.note,
        }
    });
    object! {
        "api": catalog.api.id,
        "catalog": catalog.source,
        "key": error.key,
        "code": error.code.as_ref().map(code_json),
        "aliases": array(&error.aliases, code_json),
        "rust-name": error.rust_name,
        "category": entry.category().map(category_json),
        "status": error.statuses,
        "event": error.event,
        "title": error.title,
        "message": array(&error.messages, |form| &form.text),
        "description": error.description,
        "action": error.action,
        "retry": error.retry.map(Retry::as_str),
        "headers": pairs(&error.headers),
        "details": error.details.as_ref().map(details_json),
        "params": fields_json(&error.params),
        "types": OrderedMap(types.collect()),
        "columns": OrderedMap(columns.collect()),
        "docs": error.docs,
        "docs-url": error.docs_url(&catalog.api),
        "see-also": array(&error.see_also, |index| &catalog.errors[*index].key),
        "since": error.since,
        "deprecated": deprecated,
        "retired": error.retired,
        "status-rows": array(entry.status_rows(), status_json),
        "rules": array(context.rules(entry), |rule| rule_json(rule)),
        "inferred": OrderedMap(entry.inferred()),
        "allow": pairs(&error.allow),
        "bodies": array(&context.samples(error), body_json),
    }
}

fn pairs(list: &[(String, String)]) -> OrderedMap<&str, &str> {
    OrderedMap(array(list, |(key, value)| (key.as_str(), value.as_str())))
}

/// Returns a code as it is in bodies.
fn code_json(code: &WireCode) -> Box<RawValue> {
    let number: Option<i64> = code.number.then(|| code.text.parse().ok()).flatten();
    number.map_or_else(|| json(&code.text), |number| json(&number))
}

fn category_json(category: &Category) -> Object {
    let notes = array(&category.notes, |note| {
        object! { "title": note.title, "text": note.text }
    });
    object! { "id": category.id, "title": category.title, "notes": notes }
}

/// Returns the members of details or of a type, or the values in the message.
fn fields_json(fields: &[Field]) -> OrderedMap<&str, Object> {
    OrderedMap(array(fields, |field| {
        let members = object! {
            "type": field.ty.to_string(),
            "description": field.description,
            "rust-name": field.rust_name,
        };
        (field.name.as_str(), members)
    }))
}

/// Returns the members of an object, or the type of the whole value.
fn details_json(details: &Details) -> Box<RawValue> {
    match details {
        Details::Object(fields) => json(&fields_json(fields)),
        Details::Whole(ty) => json(&ty.to_string()),
    }
}

fn status_json(row: &StatusRow) -> Object {
    object! {
        "status": row.status,
        "name": row.name,
        "meaning": row.meaning,
        "retry": row.retry.map(Retry::as_str),
    }
}

fn rule_json(rule: &Rule) -> Object {
    object! { "field": rule.field, "rule": rule.rule, "message": rule.message }
}

/// Returns an example body, and the origin of its values.
fn body_json(sample: &Sample) -> Object {
    let body: &RawValue = serde_json::from_str(&sample.body).expect("bodies are JSON");
    object! { "values": sample.origin.as_str(), "status": sample.status, "body": body }
}
