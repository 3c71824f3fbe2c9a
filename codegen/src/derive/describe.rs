//! The description of an error: what pages, the command and doc comments show of it, as data. Each of them only
//! renders it.

use std::borrow::Cow;

use crate::derive::error_entry::ErrorEntry;
use crate::derive::samples::{Bodies, Sample, SampleOrigin};
use crate::model::{
    Column, ColumnKind, Deprecated, Details, Error, Field, Inferred, Retry, Role, StatusRow,
    Template, Type, Value,
};
use crate::util::json_text::indented;

/// A part of a text about an error.
pub enum Inline<'a> {
    /// Words of errbook. They contain nothing that Markdown would have to escape.
    Words(&'static str),
    /// Words of errbook that stand out.
    Strong(&'static str),
    /// Plain text of the catalog.
    Text(&'a str),
    /// A word of programs, such as a code.
    Literal(Cow<'a, str>),
    /// A template of the message.
    Template(&'a Template),
    /// A separator of templates.
    Or,
    /// A status, with its row if the name in it is shown.
    Status(u16, Option<&'a StatusRow>),
    /// Retry advice.
    Retry(Retry),
    /// Another error of the catalog.
    Error(&'a Error),
    /// The mark of an inferred value, after the value. Nothing if the document states the value.
    Mark(Option<&'a Inferred>),
}

/// What is shown of an error.
pub struct ErrorDescription<'a> {
    /// Since when it is not sent any more.
    pub retired: Option<Vec<Inline<'a>>>,
    /// Since when it is deprecated, and what to use instead.
    pub deprecated: Option<Vec<Inline<'a>>>,
    /// What it means.
    pub meaning: Option<Property<'a>>,
    /// What else the catalog says about it, in the order in which views list it.
    pub properties: Vec<Property<'a>>,
    /// The types of its details and of the values in its message.
    pub types: Vec<TypeList<'a>>,
}

/// A value of an error, with its heading.
pub struct Property<'a> {
    /// The key in the catalog.
    pub key: &'a str,
    /// The heading, in the words of the document if it has some.
    pub heading: Vec<Inline<'a>>,
    /// The value.
    pub value: Vec<Inline<'a>>,
}

/// The types of fields.
pub struct TypeList<'a> {
    /// The title.
    pub title: Vec<Inline<'a>>,
    /// What a field is called: a member or a value.
    pub field: &'static str,
    /// The types.
    pub types: FieldTypes<'a>,
}

/// The types of fields, or of the value that has them.
pub enum FieldTypes<'a> {
    /// The fields, each with its type.
    Fields(&'a [Field]),
    /// The type of the whole value.
    Whole(&'a Type),
}

/// A body to show.
pub struct BodyExample<'a> {
    /// The title.
    pub title: Vec<Inline<'a>>,
    /// JSON on several lines.
    pub json: String,
}

/// Which bodies of an error are shown: its own, which is made from its row alone, or the examples of the document.
#[derive(Clone, Copy)]
pub enum BodyChoice {
    /// The examples, or else the error's own body.
    ExamplesFirst,
    /// The error's own body and the examples. The own body is left out if it is equal to an example, or if there
    /// are examples and its values are synthetic.
    OwnAndExamples,
}

impl<'a> ErrorDescription<'a> {
    /// Describes an error.
    pub fn new(entry: ErrorEntry<'a>) -> Self {
        let error = entry.error;
        let meaning = text(error.description.as_ref());
        let heading = &entry.api().headings.description;
        Self {
            retired: error.retired.as_deref().map(|since| retired(error, since)),
            deprecated: error.deprecated.as_ref().map(|it| deprecated(entry, it)),
            meaning: Property::new(error, "description", heading, meaning),
            properties: properties(entry),
            types: types(error),
        }
    }

    /// Returns the property of a key.
    pub fn property(&self, key: &str) -> Option<&Property<'a>> {
        let mut properties = self.meaning.iter().chain(&self.properties);
        properties.find(|property| property.key == key)
    }

    /// Returns the properties that doc comments list, which are what programmers need most.
    pub(crate) fn doc_comment_properties(&self) -> impl Iterator<Item = &Property<'a>> {
        let properties = self.properties.iter();
        properties.filter(|property| matches!(property.key, "message" | "action"))
    }
}

fn retired<'a>(error: &'a Error, since: &'a str) -> Vec<Inline<'a>> {
    vec![
        Inline::Strong("Retired"),
        mark(error, "retired"),
        Inline::Words(": not sent since "),
        Inline::Text(since),
        Inline::Words("."),
    ]
}

fn deprecated<'a>(entry: ErrorEntry<'a>, deprecated: &'a Deprecated) -> Vec<Inline<'a>> {
    let mut text = vec![Inline::Strong("Deprecated")];
    if let Some(since) = &deprecated.since {
        text.extend([Inline::Words(" since "), Inline::Text(since)]);
    }
    text.extend([mark(entry.error, "deprecated"), Inline::Words(".")]);
    if let Some(other) = entry.replacement() {
        text.extend([
            Inline::Words(" Use "),
            Inline::Error(other),
            Inline::Words("."),
        ]);
    }
    if let Some(note) = &deprecated.note {
        text.extend([Inline::Words(" "), Inline::Text(note)]);
    }
    text
}

/// Returns the properties of an error. A key of an error that has a line here is shown everywhere.
fn properties(entry: ErrorEntry<'_>) -> Vec<Property<'_>> {
    let (error, catalog) = (entry.error, entry.catalog);
    let headings = &catalog.api.headings;
    let property = |key, heading, value| Property::new(error, key, heading, value);
    let own = [
        property("status", &headings.status, status(entry)),
        property("code", &headings.code, code(entry)),
        property("aliases", "Older codes", aliases(error)),
        property("title", &headings.title, text(error.title.as_ref())),
        property("message", &headings.message, message(error)),
        property("action", &headings.action, text(error.action.as_ref())),
        property("retry", &headings.retry, retry(entry)),
    ];
    let headers = error.headers.iter().map(|(name, description)| {
        let mut header = property("headers", "", text(Some(description)))?;
        header.heading = vec![Inline::Words("Header "), Inline::Literal(name.into())];
        Some(header)
    });
    let columns = catalog.columns.iter().zip(&error.columns);
    let columns = columns.map(|(column, value)| {
        let value = value.as_ref().map(|value| column_value(column, value));
        property(&column.key, &column.title, value.into_iter().collect())
    });
    let last = [property("since", "Since", text(error.since.as_ref()))];
    let all = own.into_iter().chain(headers).chain(columns).chain(last);
    all.flatten().collect()
}

impl<'a> Property<'a> {
    /// Returns a property with the mark of an inferred value, or nothing without a value.
    fn new(
        error: &'a Error,
        key: &'a str,
        heading: &'a str,
        mut value: Vec<Inline<'a>>,
    ) -> Option<Self> {
        value.last()?;
        value.push(mark(error, key));
        Some(Self {
            key,
            heading: vec![Inline::Text(heading)],
            value,
        })
    }
}

fn mark<'a>(error: &'a Error, key: &str) -> Inline<'a> {
    Inline::Mark(error.inferred(key))
}

fn text(text: Option<&String>) -> Vec<Inline<'_>> {
    text.map(|text| Inline::Text(text)).into_iter().collect()
}

fn status(entry: ErrorEntry<'_>) -> Vec<Inline<'_>> {
    if entry.error.event {
        let event = Inline::Words("an event, no response");
        return vec![event, mark(entry.error, "event")];
    }
    let statuses = entry.error.statuses.iter();
    let status = |status: &u16| vec![Inline::Status(*status, entry.status_row(*status))];
    alternatives(statuses.map(status).collect())
}

/// Writes items as `a, b or c`.
fn alternatives(items: Vec<Vec<Inline<'_>>>) -> Vec<Inline<'_>> {
    let count = items.len();
    let mut text = Vec::new();
    for (index, item) in items.into_iter().enumerate() {
        match index {
            0 => {}
            _ if index + 1 == count => text.push(Inline::Words(" or ")),
            _ => text.push(Inline::Words(", ")),
        }
        text.extend(item);
    }
    text
}

/// Returns the code if the API's bodies contain codes.
fn code(entry: ErrorEntry<'_>) -> Vec<Inline<'_>> {
    let Some(code) = &entry.error.code else {
        let words = "none in the body";
        let has_codes = entry.catalog.envelope.member(&Role::Code).is_some();
        return Vec::from_iter(has_codes.then_some(Inline::Words(words)));
    };
    let number = if code.number { " (a number)" } else { "" };
    vec![Inline::Literal((&code.text).into()), Inline::Words(number)]
}

fn aliases(error: &Error) -> Vec<Inline<'_>> {
    let aliases = error.aliases.iter();
    let separated =
        aliases.flat_map(|alias| [Inline::Words(", "), Inline::Literal((&alias.text).into())]);
    separated.skip(1).collect()
}

fn message(error: &Error) -> Vec<Inline<'_>> {
    let templates = error.messages.iter();
    let separated = templates.flat_map(|template| [Inline::Or, Inline::Template(template)]);
    separated.skip(1).collect()
}

fn retry(entry: ErrorEntry<'_>) -> Vec<Inline<'_>> {
    let mut text = Vec::new();
    for (retry, rows) in entry.retry_with_rows() {
        text.extend([Inline::Words("; "), Inline::Retry(retry)]);
        if !rows.is_empty() {
            text.push(Inline::Words(", as for any "));
            let rows = rows.into_iter().map(|row| {
                let mark = Inline::Mark(Inferred::of_key(&row.inferred, "retry"));
                vec![Inline::Status(row.status, None), mark]
            });
            text.extend(alternatives(rows.collect()));
        }
    }
    text.into_iter().skip(1).collect()
}

/// Explains retry advice, in Markdown.
pub fn retry_sentence(retry: Retry) -> &'static str {
    match retry {
        Retry::Never => "the same request fails again",
        Retry::Backoff => "send it again after a delay",
        Retry::RetryAfter => "send it again after the time in the `Retry-After` header",
        Retry::Poll => "ask again until it is done",
        _ => "",
    }
}

fn column_value<'a>(column: &Column, value: &'a Value) -> Inline<'a> {
    match (value, &column.kind) {
        (Value::Bool(true), _) => Inline::Words("yes"),
        (Value::Bool(false), _) => Inline::Words("no"),
        (Value::Text(name), ColumnKind::Names { .. }) => Inline::Literal(name.into()),
        (Value::Text(text), _) => Inline::Text(text),
        (value, _) => Inline::Literal(value.to_string().into()),
    }
}

fn types(error: &Error) -> Vec<TypeList<'_>> {
    let title = |words, key| vec![Inline::Words(words), mark(error, key)];
    let details = error.details.as_ref().map(|details| TypeList {
        title: title("Details", "details"),
        field: "Member",
        types: match details {
            Details::Object(fields) => FieldTypes::Fields(fields),
            Details::Whole(ty) => FieldTypes::Whole(ty),
        },
    });
    let params = (!error.params.is_empty()).then(|| TypeList {
        title: title("Values in the message", "params"),
        field: "Value",
        types: FieldTypes::Fields(&error.params),
    });
    details.into_iter().chain(params).collect()
}

/// Returns the bodies to show; none if the catalog does not describe the API's bodies.
pub fn body_examples<'a>(
    bodies: &Bodies<'_>,
    entry: ErrorEntry<'a>,
    choice: BodyChoice,
) -> Vec<BodyExample<'a>> {
    let samples = bodies.of(entry.error);
    let [own, examples @ ..] = samples.as_slice() else {
        return Vec::new();
    };
    if entry.catalog.envelope.members.is_empty() {
        return Vec::new();
    }
    let same = |example: &Sample| example.status == own.status && example.body == own.body;
    let only_examples = match choice {
        _ if examples.is_empty() => false,
        BodyChoice::ExamplesFirst => true,
        BodyChoice::OwnAndExamples => {
            own.origin == SampleOrigin::Synthetic || examples.iter().any(same)
        }
    };
    let shown = if only_examples { examples } else { &samples };
    shown
        .iter()
        .map(|sample| body_example(entry.error, sample))
        .collect()
}

fn body_example<'a>(error: &'a Error, sample: &Sample) -> BodyExample<'a> {
    let mut title = match sample.origin {
        SampleOrigin::Example => vec![Inline::Words("Example"), mark(error, "example")],
        SampleOrigin::Catalog => vec![Inline::Words("Body")],
        SampleOrigin::Synthetic => vec![Inline::Words("Body, its values made up")],
    };
    // The status of an error that has one status is among the properties.
    if let Some(status) = sample.status.filter(|_| error.statuses.len() > 1) {
        title.extend([Inline::Words(", status "), Inline::Status(status, None)]);
    }
    BodyExample {
        title,
        json: indented(&sample.body),
    }
}
