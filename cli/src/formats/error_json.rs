//! Errors as a JSON document, described by `cli/schema/errors.schema.json`.

use std::io::{self, Write};

use errbook_codegen::model::{self, Deprecated, Details, Field, Note, Retry, Value};
use errbook_codegen::{Cause, Sample, SampleOrigin, indented};
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

use crate::query::catalog_context::{CatalogContext, by_catalog};
use crate::query::error_entry::ErrorEntry;

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
            let error = json(&ErrorJson::new(*entry, &context))?;
            write!(out, "{between}\n    {}", error.replace('\n', "\n    "))?;
            between = ",";
        }
    }
    out.write_all(if between.is_empty() { b"]" } else { b"\n  ]" })?;
    if let Some(cause) = finding {
        let finding = json(&CauseJson {
            id: cause.id(),
            summary: cause.summary(),
            page: cause.page(),
        })?;
        write!(out, ",\n  \"finding\": {}", finding.replace('\n', "\n  "))?;
    }
    out.write_all(b"\n}\n")
}

/// Returns a value as indented JSON.
fn json(value: &impl Serialize) -> io::Result<String> {
    let text = serde_json::to_string(value).map_err(io::Error::other)?;
    Ok(indented(&text))
}

/// The meaning of a finding's id.
#[derive(Serialize)]
struct CauseJson {
    id: &'static str,
    summary: &'static str,
    page: &'static str,
}

/// Everything about one error. Absent values are `null`, so that no key is left out.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct ErrorJson<'a> {
    api: &'a str,
    catalog: &'a str,
    key: &'a str,
    code: Option<CodeJson<'a>>,
    aliases: Vec<CodeJson<'a>>,
    rust_name: &'a str,
    category: Option<CategoryJson<'a>>,
    status: &'a [u16],
    event: bool,
    title: Option<&'a str>,
    message: Vec<String>,
    description: Option<&'a str>,
    action: Option<&'a str>,
    retry: Option<&'static str>,
    headers: OrderedMap<&'a str, &'a str>,
    details: Option<DetailsJson<'a>>,
    params: MembersJson<'a>,
    types: OrderedMap<&'a str, MembersJson<'a>>,
    columns: OrderedMap<&'a str, Option<&'a Value>>,
    docs: Option<&'a str>,
    docs_url: Option<String>,
    since: Option<&'a str>,
    deprecated: Option<DeprecatedJson<'a>>,
    retired: Option<&'a str>,
    status_rows: Vec<StatusJson<'a>>,
    rules: Vec<RuleJson<'a>>,
    inferred: OrderedMap<String, &'a str>,
    allow: OrderedMap<&'a str, &'a str>,
    bodies: Vec<ExampleJson>,
}

impl<'a> ErrorJson<'a> {
    fn new(entry: ErrorEntry<'a>, context: &CatalogContext<'a>) -> Self {
        let (error, catalog) = (entry.error(), entry.catalog);
        let columns = catalog.columns.iter().zip(&error.columns);
        let types = context.types(error).into_iter();
        Self {
            api: &catalog.api.id,
            catalog: &catalog.source,
            key: &error.key,
            code: error.code.as_ref().map(CodeJson::new),
            aliases: error.aliases.iter().map(CodeJson::new).collect(),
            rust_name: &error.rust_name,
            category: entry.category().map(CategoryJson::new),
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
            details: error.details.as_ref().map(DetailsJson::new),
            params: members(&error.params),
            types: OrderedMap(
                types
                    .map(|named| (named.name.as_str(), members(&named.fields)))
                    .collect(),
            ),
            columns: OrderedMap(
                columns
                    .map(|(column, value)| (column.key.as_str(), value.as_ref()))
                    .collect(),
            ),
            docs: error.docs.as_deref(),
            docs_url: error.docs_url(&catalog.api),
            since: error.since.as_deref(),
            deprecated: error
                .deprecated
                .as_ref()
                .map(|deprecated| DeprecatedJson::new(entry, deprecated)),
            retired: error.retired.as_deref(),
            status_rows: status_rows(entry),
            rules: context
                .rules(entry)
                .iter()
                .map(|rule| RuleJson::new(rule))
                .collect(),
            inferred: OrderedMap(entry.inferred()),
            allow: texts(&error.allow),
            bodies: context
                .samples(error)
                .into_iter()
                .map(ExampleJson::new)
                .collect(),
        }
    }
}

/// An object whose members keep their order.
struct OrderedMap<K, V>(Vec<(K, V)>);

impl<K: Serialize, V: Serialize> Serialize for OrderedMap<K, V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}

fn texts(list: &[(String, String)]) -> OrderedMap<&str, &str> {
    OrderedMap(
        list.iter()
            .map(|(key, value)| (key.as_str(), value.as_str()))
            .collect(),
    )
}

/// A code as it is in bodies.
#[derive(Serialize)]
#[serde(untagged)]
enum CodeJson<'a> {
    Number(i64),
    Text(&'a str),
}

impl<'a> CodeJson<'a> {
    fn new(code: &'a model::WireCode) -> Self {
        let number = code.number.then(|| code.text.parse().ok()).flatten();
        number.map_or(Self::Text(&code.text), Self::Number)
    }
}

#[derive(Serialize)]
struct CategoryJson<'a> {
    id: &'a str,
    title: &'a str,
    notes: Vec<NoteJson<'a>>,
}

impl<'a> CategoryJson<'a> {
    fn new(category: &'a model::Category) -> Self {
        let note = |Note { title, text, .. }: &'a Note| NoteJson { title, text };
        Self {
            id: &category.id,
            title: &category.title,
            notes: category.notes.iter().map(note).collect(),
        }
    }
}

#[derive(Serialize)]
struct NoteJson<'a> {
    title: &'a str,
    text: &'a str,
}

type MembersJson<'a> = OrderedMap<&'a str, MemberJson<'a>>;

fn members(fields: &[Field]) -> MembersJson<'_> {
    let fields = fields.iter();
    OrderedMap(
        fields
            .map(|field| (field.name.as_str(), MemberJson::new(field)))
            .collect(),
    )
}

/// A member of details or of a type, or a value in the message.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct MemberJson<'a> {
    r#type: String,
    description: Option<&'a str>,
    rust_name: &'a str,
}

impl<'a> MemberJson<'a> {
    fn new(field: &'a Field) -> Self {
        Self {
            r#type: field.ty.to_string(),
            description: field.description.as_deref(),
            rust_name: &field.rust_name,
        }
    }
}

/// The members of an object, or the type of a whole value.
#[derive(Serialize)]
#[serde(untagged)]
enum DetailsJson<'a> {
    Object(MembersJson<'a>),
    Whole(String),
}

impl<'a> DetailsJson<'a> {
    fn new(details: &'a Details) -> Self {
        match details {
            Details::Object(fields) => Self::Object(members(fields)),
            Details::Whole(ty) => Self::Whole(ty.to_string()),
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct DeprecatedJson<'a> {
    since: Option<&'a str>,
    replaced_by: Option<&'a str>,
    note: Option<&'a str>,
}

impl<'a> DeprecatedJson<'a> {
    fn new(entry: ErrorEntry<'a>, deprecated: &'a Deprecated) -> Self {
        let replaced_by = deprecated.replaced_by;
        Self {
            since: deprecated.since.as_deref(),
            replaced_by: replaced_by.map(|index| entry.catalog.errors[index].key.as_str()),
            note: deprecated.note.as_deref(),
        }
    }
}

/// The row of a status.
#[derive(Serialize)]
struct StatusJson<'a> {
    status: u16,
    name: Option<&'a str>,
    meaning: Option<&'a str>,
    retry: Option<&'static str>,
}

fn status_rows(entry: ErrorEntry<'_>) -> Vec<StatusJson<'_>> {
    let rows = entry.status_rows();
    rows.map(|row| StatusJson {
        status: row.status,
        name: row.name.as_deref(),
        meaning: row.meaning.as_deref(),
        retry: row.retry.map(Retry::as_str),
    })
    .collect()
}

#[derive(Serialize)]
struct RuleJson<'a> {
    field: &'a str,
    rule: &'a str,
    message: Option<&'a str>,
}

impl<'a> RuleJson<'a> {
    fn new(rule: &'a model::Rule) -> Self {
        Self {
            field: &rule.field,
            rule: &rule.rule,
            message: rule.message.as_deref(),
        }
    }
}

/// An example body, and the origin of its values.
#[derive(Serialize)]
struct ExampleJson {
    values: &'static str,
    status: Option<u16>,
    body: Box<RawValue>,
}

impl ExampleJson {
    fn new(sample: Sample) -> Self {
        Self {
            values: match sample.origin {
                SampleOrigin::Example => "example",
                SampleOrigin::Catalog => "catalog",
                SampleOrigin::Synthetic => "made up",
            },
            status: sample.status,
            body: RawValue::from_string(sample.body).expect("the writer of bodies produces JSON"),
        }
    }
}
