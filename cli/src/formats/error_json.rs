//! Errors as a JSON document, described by `cli/schema/errors.schema.json`.

use std::io::{self, Write};

use errbook_codegen::__private::model::{
    Category, Details, Field, Note, Retry, Rule, StatusRow, WireCode,
};
use errbook_codegen::__private::{ErrorEntry, Sample, indented};
use errbook_codegen::Cause;
use serde::{Serialize, Serializer};
use serde_json::value::{RawValue, to_raw_value};

use crate::query::catalog_context::{CatalogContext, by_catalog};

/// Writes errors as one JSON document, error by error, because there can be many.
pub(crate) fn write(
    out: &mut dyn Write,
    entries: &[ErrorEntry<'_>],
    finding: Option<Cause>,
) -> io::Result<()> {
    write!(out, "{{\n  \"version\": 1,\n  \"errors\": [")?;
    let mut between = "";
    for (context, entries) in by_catalog(entries) {
        for entry in entries {
            let error = indented_json(&error_json(*entry, &context))?;
            write!(out, "{between}\n    {}", error.replace('\n', "\n    "))?;
            between = ",";
        }
    }
    out.write_all(if between.is_empty() { b"]" } else { b"\n  ]" })?;
    if let Some(cause) = finding {
        let finding = indented_json(&OrderedMap(vec![
            ("id", cause.id()),
            ("summary", cause.summary()),
            ("page", cause.page()),
        ]))?;
        write!(out, ",\n  \"finding\": {}", finding.replace('\n', "\n  "))?;
    }
    out.write_all(b"\n}\n")
}

fn indented_json(value: &impl Serialize) -> io::Result<String> {
    let text = serde_json::to_string(value).map_err(io::Error::other)?;
    Ok(indented(&text))
}

/// An object whose members keep their order.
struct OrderedMap<K, V>(Vec<(K, V)>);

impl<K: Serialize, V: Serialize> Serialize for OrderedMap<K, V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}

type Object<'a> = OrderedMap<&'a str, Box<RawValue>>;

/// Returns a value as a member of an object.
fn json(value: impl Serialize) -> Box<RawValue> {
    to_raw_value(&value).expect("what a catalog contains can be written as JSON")
}

/// Returns an array of what a function makes of each item.
fn array<'a, T, J: Serialize>(items: &'a [T], item: impl Fn(&'a T) -> J) -> Box<RawValue> {
    json(items.iter().map(item).collect::<Vec<_>>())
}

/// Returns everything about one error. Absent values are `null`, so that no key is left out.
fn error_json(entry: ErrorEntry<'_>, context: &CatalogContext<'_>) -> Object<'static> {
    let (error, catalog) = (entry.error, entry.catalog);
    let types = context.types(error).into_iter();
    let types = types.map(|named| (&named.name, fields_json(&named.fields)));
    let columns = catalog.columns.iter().zip(&error.columns);
    let columns = columns.map(|(column, value)| (&column.key, value));
    OrderedMap(vec![
        ("api", json(&catalog.api.id)),
        ("catalog", json(&catalog.source)),
        ("key", json(&error.key)),
        ("code", json(error.code.as_ref().map(code_json))),
        ("aliases", array(&error.aliases, code_json)),
        ("rust-name", json(&error.rust_name)),
        ("category", json(entry.category().map(category_json))),
        ("status", json(&error.statuses)),
        ("event", json(error.event)),
        ("title", json(&error.title)),
        ("message", array(&error.messages, |form| &form.text)),
        ("description", json(&error.description)),
        ("action", json(&error.action)),
        ("retry", json(error.retry.map(Retry::as_str))),
        ("headers", json(pairs(&error.headers))),
        ("details", json(error.details.as_ref().map(details_json))),
        ("params", json(fields_json(&error.params))),
        ("types", json(OrderedMap(types.collect()))),
        ("columns", json(OrderedMap(columns.collect()))),
        ("docs", json(&error.docs)),
        ("docs-url", json(error.docs_url(&catalog.api))),
        (
            "see-also",
            array(&error.see_also, |index| &catalog.errors[*index].key),
        ),
        ("since", json(&error.since)),
        ("deprecated", json(deprecated_json(entry))),
        ("retired", json(&error.retired)),
        (
            "status-rows",
            json(entry.status_rows().map(status_json).collect::<Vec<_>>()),
        ),
        ("rules", array(context.rules(entry), |rule| rule_json(rule))),
        ("inferred", json(OrderedMap(entry.inferred()))),
        ("allow", json(pairs(&error.allow))),
        ("bodies", array(&context.samples(error), body_json)),
    ])
}

fn pairs(list: &[(String, String)]) -> OrderedMap<&str, &str> {
    let list = list.iter();
    OrderedMap(
        list.map(|(key, value)| (key.as_str(), value.as_str()))
            .collect(),
    )
}

/// Returns a code as it is in bodies.
fn code_json(code: &WireCode) -> Box<RawValue> {
    let number: Option<i64> = code.number.then(|| code.text.parse().ok()).flatten();
    number.map_or_else(|| json(&code.text), json)
}

fn category_json(category: &Category) -> Object<'static> {
    OrderedMap(vec![
        ("id", json(&category.id)),
        ("title", json(&category.title)),
        ("notes", array(&category.notes, note_json)),
    ])
}

fn note_json(note: &Note) -> OrderedMap<&str, &str> {
    OrderedMap(vec![("title", &*note.title), ("text", &*note.text)])
}

/// Returns the members of details or of a type, or the values in the message.
fn fields_json(fields: &[Field]) -> OrderedMap<&str, Object<'static>> {
    let fields = fields.iter().map(|field| {
        let members = vec![
            ("type", json(field.ty.to_string())),
            ("description", json(&field.description)),
            ("rust-name", json(&field.rust_name)),
        ];
        (field.name.as_str(), OrderedMap(members))
    });
    OrderedMap(fields.collect())
}

/// Returns the members of an object, or the type of the whole value.
fn details_json(details: &Details) -> Box<RawValue> {
    match details {
        Details::Object(fields) => json(fields_json(fields)),
        Details::Whole(ty) => json(ty.to_string()),
    }
}

fn deprecated_json(entry: ErrorEntry<'_>) -> Option<Object<'static>> {
    let deprecated = entry.error.deprecated.as_ref()?;
    Some(OrderedMap(vec![
        ("since", json(&deprecated.since)),
        (
            "replaced-by",
            json(entry.replacement().map(|error| &error.key)),
        ),
        ("note", json(&deprecated.note)),
    ]))
}

fn status_json(row: &StatusRow) -> Object<'static> {
    OrderedMap(vec![
        ("status", json(row.status)),
        ("name", json(&row.name)),
        ("meaning", json(&row.meaning)),
        ("retry", json(row.retry.map(Retry::as_str))),
    ])
}

fn rule_json(rule: &Rule) -> Object<'static> {
    OrderedMap(vec![
        ("field", json(&rule.field)),
        ("rule", json(&rule.rule)),
        ("message", json(&rule.message)),
    ])
}

/// Returns an example body, and the origin of its values.
fn body_json(sample: &Sample) -> Object<'static> {
    let body: &RawValue = serde_json::from_str(&sample.body).expect("bodies are JSON");
    OrderedMap(vec![
        ("values", json(sample.origin.as_str())),
        ("status", json(sample.status)),
        ("body", json(body)),
    ])
}
