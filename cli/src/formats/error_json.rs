//! Errors as a JSON document, described by `cli/schema/errors.schema.json`.

use std::io::{self, Write};

use errbook_codegen::__private::model::{
    Catalog, Category, Deprecated, Details, Field, Note, Retry, Rule, StatusRow, Value, WireCode,
};
use errbook_codegen::__private::{Sample, SampleOrigin, indented};
use errbook_codegen::Cause;
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
    message: Vec<&'a str>,
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
        let rules = context.rules(entry).iter();
        let samples = context.samples(error).into_iter();
        Self {
            api: &catalog.api.id,
            catalog: &catalog.source,
            key: &error.key,
            code: error.code.as_ref().map(code),
            aliases: error.aliases.iter().map(code).collect(),
            rust_name: &error.rust_name,
            category: entry.category().map(category),
            status: &error.statuses,
            event: error.event,
            title: error.title.as_deref(),
            message: error.messages.iter().map(|it| it.text.as_str()).collect(),
            description: error.description.as_deref(),
            action: error.action.as_deref(),
            retry: error.retry.map(Retry::as_str),
            headers: texts(&error.headers),
            details: error.details.as_ref().map(details),
            params: members(&error.params),
            types: types.map(|it| (&*it.name, members(&it.fields))).collect(),
            columns: columns
                .map(|(it, value)| (&*it.key, value.as_ref()))
                .collect(),
            docs: error.docs.as_deref(),
            docs_url: error.docs_url(&catalog.api),
            since: error.since.as_deref(),
            deprecated: error.deprecated.as_ref().map(|it| deprecated(catalog, it)),
            retired: error.retired.as_deref(),
            status_rows: entry.status_rows().map(status_row).collect(),
            rules: rules.map(|it| rule(it)).collect(),
            inferred: entry.inferred().into_iter().collect(),
            allow: texts(&error.allow),
            bodies: samples.map(example).collect(),
        }
    }
}

/// An object whose members keep their order.
struct OrderedMap<K, V>(Vec<(K, V)>);

impl<K, V> FromIterator<(K, V)> for OrderedMap<K, V> {
    fn from_iter<T: IntoIterator<Item = (K, V)>>(members: T) -> Self {
        Self(Vec::from_iter(members))
    }
}

impl<K: Serialize, V: Serialize> Serialize for OrderedMap<K, V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}

fn texts(list: &[(String, String)]) -> OrderedMap<&str, &str> {
    list.iter().map(|(key, text)| (&**key, &**text)).collect()
}

/// A code as it is in bodies.
#[derive(Serialize)]
#[serde(untagged)]
enum CodeJson<'a> {
    Number(i64),
    Text(&'a str),
}

fn code(code: &WireCode) -> CodeJson<'_> {
    let number = code.number.then(|| code.text.parse().ok()).flatten();
    number.map_or(CodeJson::Text(&code.text), CodeJson::Number)
}

#[derive(Serialize)]
struct CategoryJson<'a> {
    id: &'a str,
    title: &'a str,
    notes: Vec<NoteJson<'a>>,
}

#[derive(Serialize)]
struct NoteJson<'a> {
    title: &'a str,
    text: &'a str,
}

fn category(category: &Category) -> CategoryJson<'_> {
    let notes = category.notes.iter();
    CategoryJson {
        id: &category.id,
        title: &category.title,
        notes: notes
            .map(|Note { title, text, .. }| NoteJson { title, text })
            .collect(),
    }
}

/// A member of details or of a type, or a value in the message.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct MemberJson<'a> {
    r#type: String,
    description: Option<&'a str>,
    rust_name: &'a str,
}

type MembersJson<'a> = OrderedMap<&'a str, MemberJson<'a>>;

fn members(fields: &[Field]) -> MembersJson<'_> {
    let members = fields.iter().map(|field| {
        let member = MemberJson {
            r#type: field.ty.to_string(),
            description: field.description.as_deref(),
            rust_name: &field.rust_name,
        };
        (field.name.as_str(), member)
    });
    members.collect()
}

/// The members of an object, or the type of a whole value.
#[derive(Serialize)]
#[serde(untagged)]
enum DetailsJson<'a> {
    Object(MembersJson<'a>),
    Whole(String),
}

fn details(details: &Details) -> DetailsJson<'_> {
    match details {
        Details::Object(fields) => DetailsJson::Object(members(fields)),
        Details::Whole(ty) => DetailsJson::Whole(ty.to_string()),
    }
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct DeprecatedJson<'a> {
    since: Option<&'a str>,
    replaced_by: Option<&'a str>,
    note: Option<&'a str>,
}

fn deprecated<'a>(catalog: &'a Catalog, deprecated: &'a Deprecated) -> DeprecatedJson<'a> {
    let replacement = deprecated.replaced_by.map(|index| &catalog.errors[index]);
    DeprecatedJson {
        since: deprecated.since.as_deref(),
        replaced_by: replacement.map(|error| &*error.key),
        note: deprecated.note.as_deref(),
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

fn status_row(row: &StatusRow) -> StatusJson<'_> {
    StatusJson {
        status: row.status,
        name: row.name.as_deref(),
        meaning: row.meaning.as_deref(),
        retry: row.retry.map(Retry::as_str),
    }
}

#[derive(Serialize)]
struct RuleJson<'a> {
    field: &'a str,
    rule: &'a str,
    message: Option<&'a str>,
}

fn rule(rule: &Rule) -> RuleJson<'_> {
    RuleJson {
        field: &rule.field,
        rule: &rule.rule,
        message: rule.message.as_deref(),
    }
}

/// An example body, and the origin of its values.
#[derive(Serialize)]
struct ExampleJson {
    values: &'static str,
    status: Option<u16>,
    body: Box<RawValue>,
}

fn example(sample: Sample) -> ExampleJson {
    ExampleJson {
        values: match sample.origin {
            SampleOrigin::Example => "example",
            SampleOrigin::Catalog => "catalog",
            SampleOrigin::Synthetic => "made up",
        },
        status: sample.status,
        body: RawValue::from_string(sample.body).expect("the writer of bodies produces JSON"),
    }
}
