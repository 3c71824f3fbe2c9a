//! An error as JSON, for scripts: `cli/schema/errors.schema.json` describes it.

use std::io::{self, Write};

use errbook_codegen::model::{self, Deprecated, Details, Field, Note, Retry, Value};
use errbook_codegen::{Cause, Sample, SampleOrigin, indented};
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

use crate::errors::{Beside, Entry, by_catalog};

/// Writes errors as one JSON document, error by error: there may be many.
pub(crate) fn write(
    out: &mut dyn Write,
    entries: &[Entry<'_>],
    finding: Option<Cause>,
) -> io::Result<()> {
    write!(out, "{{\n  \"version\": 1,\n  \"errors\": [")?;
    let mut between = "";
    for (beside, entries) in by_catalog(entries) {
        for entry in entries {
            let record = json(&Record::new(*entry, &beside))?;
            write!(out, "{between}\n    {}", record.replace('\n', "\n    "))?;
            between = ",";
        }
    }
    out.write_all(if between.is_empty() { b"]" } else { b"\n  ]" })?;
    if let Some(cause) = finding {
        let finding = json(&Finding {
            id: cause.id(),
            summary: cause.summary(),
            page: cause.page(),
        })?;
        write!(out, ",\n  \"finding\": {}", finding.replace('\n', "\n  "))?;
    }
    out.write_all(b"\n}\n")
}

/// A value as JSON text on lines.
fn json(value: &impl Serialize) -> io::Result<String> {
    let text = serde_json::to_string(value).map_err(io::Error::other)?;
    Ok(indented(&text))
}

/// What a finding's id means.
#[derive(Serialize)]
struct Finding {
    id: &'static str,
    summary: &'static str,
    page: &'static str,
}

/// Everything about one error. No key is ever left out.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Record<'a> {
    api: &'a str,
    catalog: &'a str,
    key: &'a str,
    code: Option<Code<'a>>,
    aliases: Vec<Code<'a>>,
    rust_name: &'a str,
    category: Option<Category<'a>>,
    status: &'a [u16],
    event: bool,
    title: Option<&'a str>,
    message: Vec<String>,
    description: Option<&'a str>,
    action: Option<&'a str>,
    retry: Option<&'static str>,
    headers: Map<&'a str, &'a str>,
    details: Option<DetailsOf<'a>>,
    params: Members<'a>,
    types: Map<&'a str, Members<'a>>,
    columns: Map<&'a str, Option<&'a Value>>,
    docs: Option<&'a str>,
    docs_url: Option<String>,
    since: Option<&'a str>,
    deprecated: Option<Farewell<'a>>,
    retired: Option<&'a str>,
    status_rows: Vec<StatusRow<'a>>,
    rules: Vec<RuleRow<'a>>,
    inferred: Map<String, &'a str>,
    allow: Map<&'a str, &'a str>,
    bodies: Vec<Sent>,
}

impl<'a> Record<'a> {
    fn new(entry: Entry<'a>, beside: &Beside<'a>) -> Self {
        let (error, catalog) = (entry.error(), entry.catalog);
        let columns = catalog.columns.iter().zip(&error.columns);
        let types = beside.types(error).into_iter();
        Self {
            api: &catalog.api.id,
            catalog: &catalog.source,
            key: &error.key,
            code: error.code.as_ref().map(Code::new),
            aliases: error.aliases.iter().map(Code::new).collect(),
            rust_name: &error.rust_name,
            category: entry.category().map(Category::new),
            status: &error.statuses,
            event: error.event,
            title: error.title.as_deref(),
            message: error
                .messages
                .iter()
                .map(|form| form.text.clone())
                .collect(),
            description: error.description.as_deref(),
            action: error.action.as_deref(),
            retry: error.retry.map(Retry::as_str),
            headers: texts(&error.headers),
            details: error.details.as_ref().and_then(DetailsOf::new),
            params: members(&error.params),
            types: Map(types
                .map(|named| (named.name.as_str(), members(&named.fields)))
                .collect()),
            columns: Map(columns
                .map(|(column, value)| (column.key.as_str(), value.as_ref()))
                .collect()),
            docs: error.docs.as_deref(),
            docs_url: error.docs_url(&catalog.api),
            since: error.since.as_deref(),
            deprecated: error
                .deprecated
                .as_ref()
                .map(|deprecated| Farewell::new(entry, deprecated)),
            retired: error.retired.as_deref(),
            status_rows: status_rows(entry),
            rules: beside
                .rules(entry)
                .iter()
                .map(|rule| RuleRow::new(rule))
                .collect(),
            inferred: Map(entry.inferred()),
            allow: texts(&error.allow),
            bodies: beside.samples(error).into_iter().map(Sent::new).collect(),
        }
    }
}

/// An object whose members stay in their order.
struct Map<K, V>(Vec<(K, V)>);

impl<K: Serialize, V: Serialize> Serialize for Map<K, V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}

fn texts(list: &[(String, String)]) -> Map<&str, &str> {
    Map(list
        .iter()
        .map(|(key, value)| (key.as_str(), value.as_str()))
        .collect())
}

/// A code as it is in the body.
#[derive(Serialize)]
#[serde(untagged)]
enum Code<'a> {
    Number(i64),
    Text(&'a str),
}

impl<'a> Code<'a> {
    fn new(code: &'a model::WireCode) -> Self {
        let number = code.number.then(|| code.text.parse().ok()).flatten();
        number.map_or(Self::Text(&code.text), Self::Number)
    }
}

#[derive(Serialize)]
struct Category<'a> {
    id: &'a str,
    title: &'a str,
    notes: Vec<NoteOf<'a>>,
}

impl<'a> Category<'a> {
    fn new(category: &'a model::Category) -> Self {
        let note = |Note { title, text, .. }: &'a Note| NoteOf { title, text };
        Self {
            id: &category.id,
            title: &category.title,
            notes: category.notes.iter().map(note).collect(),
        }
    }
}

#[derive(Serialize)]
struct NoteOf<'a> {
    title: &'a str,
    text: &'a str,
}

type Members<'a> = Map<&'a str, Member<'a>>;

fn members(fields: &[Field]) -> Members<'_> {
    let fields = fields.iter();
    Map(fields
        .map(|field| (field.name.as_str(), Member::new(field)))
        .collect())
}

/// A member of the details or of a type, a value of the message.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Member<'a> {
    r#type: String,
    description: Option<&'a str>,
    rust_name: &'a str,
}

impl<'a> Member<'a> {
    fn new(field: &'a Field) -> Self {
        Self {
            r#type: field.ty.to_string(),
            description: field.description.as_deref(),
            rust_name: &field.rust_name,
        }
    }
}

/// The members of an object, or the type of the whole.
#[derive(Serialize)]
#[serde(untagged)]
enum DetailsOf<'a> {
    Object(Members<'a>),
    Whole(String),
}

impl<'a> DetailsOf<'a> {
    fn new(details: &'a Details) -> Option<Self> {
        match details {
            Details::Object(fields) => Some(Self::Object(members(fields))),
            Details::Whole(ty) => Some(Self::Whole(ty.to_string())),
            _ => None,
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Farewell<'a> {
    since: Option<&'a str>,
    replaced_by: Option<&'a str>,
    note: Option<&'a str>,
}

impl<'a> Farewell<'a> {
    fn new(entry: Entry<'a>, deprecated: &'a Deprecated) -> Self {
        let replaced_by = deprecated.replaced_by;
        Self {
            since: deprecated.since.as_deref(),
            replaced_by: replaced_by.map(|index| entry.catalog.errors[index].key.as_str()),
            note: deprecated.note.as_deref(),
        }
    }
}

/// What the catalog says of a status.
#[derive(Serialize)]
struct StatusRow<'a> {
    status: u16,
    name: Option<&'a str>,
    meaning: Option<&'a str>,
    retry: Option<&'static str>,
}

fn status_rows(entry: Entry<'_>) -> Vec<StatusRow<'_>> {
    let rows = entry.status_rows();
    rows.map(|row| StatusRow {
        status: row.status,
        name: row.name.as_deref(),
        meaning: row.meaning.as_deref(),
        retry: row.retry.map(Retry::as_str),
    })
    .collect()
}

#[derive(Serialize)]
struct RuleRow<'a> {
    field: &'a str,
    rule: &'a str,
    message: Option<&'a str>,
}

impl<'a> RuleRow<'a> {
    fn new(rule: &'a model::Rule) -> Self {
        Self {
            field: &rule.field,
            rule: &rule.rule,
            message: rule.message.as_deref(),
        }
    }
}

/// A body as it comes over the wire, and where its values are from.
#[derive(Serialize)]
struct Sent {
    values: &'static str,
    status: Option<u16>,
    body: Box<RawValue>,
}

impl Sent {
    fn new(sample: Sample) -> Self {
        Self {
            values: match sample.origin {
                SampleOrigin::Example => "example",
                SampleOrigin::Catalog => "catalog",
                _ => "made up",
            },
            status: sample.status,
            body: RawValue::from_string(sample.body).expect("what programs send is JSON"),
        }
    }
}
