//! The description of an error: what pages, the command and doc comments show of it, as data. Each of them only
//! renders it.

use std::borrow::Cow;
use std::iter;

use crate::derive::error_entry::ErrorEntry;
use crate::derive::samples::{Bodies, Sample, SampleOrigin};
use crate::model::{
    ColumnKind, Details, Error, Field, Inferred, Retry, Role, StatusRow, Template, Type, Value,
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
    /// The mark of an inferred value, after the value.
    Mark(&'a Inferred),
}

impl Inline<'_> {
    /// Returns the part as plain text. A mark has none.
    pub fn plain(&self) -> Cow<'_, str> {
        match self {
            Self::Words(words) | Self::Strong(words) => (*words).into(),
            Self::Text(text) => (*text).into(),
            Self::Literal(word) => (&**word).into(),
            Self::Template(template) => template.to_string().into(),
            Self::Or => ", or: ".into(),
            Self::Status(status, _) => status.to_string().into(),
            Self::Retry(retry) => retry_sentence(*retry).into(),
            Self::Error(error) => (&error.key).into(),
            Self::Mark(_) => "".into(),
        }
    }
}

/// A value of an error, with its heading.
pub struct Property<'a> {
    /// The key in the catalog.
    pub key: &'a str,
    /// The heading, in the words of the document if it has some.
    pub heading: [Inline<'a>; 2],
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

/// The keys that views list, in order. A key that is added here and to [`property`] is shown by every view.
const KEYS: [&str; 7] = [
    "status", "code", "aliases", "title", "message", "action", "retry",
];

/// The keys that views list after headers and columns.
const LAST_KEYS: [&str; 2] = ["since", "see-also"];

/// The keys that doc comments list, which are what programmers need most.
pub(crate) const DOC_COMMENT_KEYS: [&str; 3] = ["message", "action", "see-also"];

/// Returns the keys that views list, without those of columns.
pub fn keys() -> impl Iterator<Item = &'static str> {
    KEYS.into_iter().chain(LAST_KEYS)
}

/// Returns the properties of an error that views list.
pub fn properties(entry: ErrorEntry<'_>) -> Vec<Property<'_>> {
    let property = |key| property(entry, key);
    let headers = entry.error.headers.iter();
    let headers = headers.filter_map(|(name, description)| {
        let heading = [Inline::Words("Header "), Inline::Literal(name.into())];
        let value = vec![Inline::Text(description)];
        Property::new(entry.error, "headers", heading, value)
    });
    let columns = entry.catalog.columns.iter();
    let columns = columns.filter_map(|column| property(&column.key));
    let first = KEYS.into_iter().filter_map(property);
    let last = LAST_KEYS.into_iter().filter_map(property);
    first.chain(headers).chain(columns).chain(last).collect()
}

/// Returns the property of a key, which may be that of a column, if the error has it.
pub fn property<'a>(entry: ErrorEntry<'a>, key: &'a str) -> Option<Property<'a>> {
    let (error, headings) = (entry.error, &entry.api().headings);
    let (heading, value) = match key {
        "description" => (&*headings.description, text(error.description.as_ref())),
        "status" => (&*headings.status, status(entry)),
        "code" => (&*headings.code, code(entry)),
        "aliases" => ("Older codes", aliases(error)),
        "title" => (&*headings.title, text(error.title.as_ref())),
        "message" => (&*headings.message, message(error)),
        "action" => (&*headings.action, text(error.action.as_ref())),
        "retry" => (&*headings.retry, retry(entry)),
        "since" => ("Since", text(error.since.as_ref())),
        "see-also" => ("See also", see_also(entry)),
        key => column(entry, key)?,
    };
    let heading = [Inline::Text(heading), Inline::Words("")];
    Property::new(error, key, heading, value)
}

impl<'a> Property<'a> {
    /// Returns a property with the mark of an inferred value; nothing if there is no value.
    fn new(
        error: &'a Error,
        key: &'a str,
        heading: [Inline<'a>; 2],
        mut value: Vec<Inline<'a>>,
    ) -> Option<Self> {
        value.last()?;
        value.extend(mark(error, key));
        Some(Self {
            key,
            heading,
            value,
        })
    }
}

/// Returns since when an error is not sent any more.
pub fn retired(error: &Error) -> Option<Vec<Inline<'_>>> {
    let since = Inline::Text(error.retired.as_ref()?);
    let mut text = vec![Inline::Strong("Retired")];
    text.extend(mark(error, "retired"));
    text.extend([Inline::Words(": not sent since "), since]);
    text.push(Inline::Words("."));
    Some(text)
}

/// Returns since when an error is deprecated, and what to use instead.
pub fn deprecated(entry: ErrorEntry<'_>) -> Option<Vec<Inline<'_>>> {
    let deprecated = entry.error.deprecated.as_ref()?;
    let mut text = vec![Inline::Strong("Deprecated")];
    if let Some(since) = &deprecated.since {
        text.extend([Inline::Words(" since "), Inline::Text(since)]);
    }
    text.extend(mark(entry.error, "deprecated"));
    text.push(Inline::Words("."));
    if let Some(other) = entry.replacement() {
        text.extend([Inline::Words(" Use "), Inline::Error(other)]);
        text.push(Inline::Words("."));
    }
    if let Some(note) = &deprecated.note {
        text.extend([Inline::Words(" "), Inline::Text(note)]);
    }
    Some(text)
}

fn mark<'a>(error: &'a Error, key: &str) -> Option<Inline<'a>> {
    error.inferred(key).map(Inline::Mark)
}

fn text(text: Option<&String>) -> Vec<Inline<'_>> {
    text.map(|text| Inline::Text(text)).into_iter().collect()
}

fn status(entry: ErrorEntry<'_>) -> Vec<Inline<'_>> {
    if entry.error.event {
        let mut value = vec![Inline::Words("an event, no response")];
        value.extend(mark(entry.error, "event"));
        return value;
    }
    let statuses = entry.error.statuses.iter();
    let status = |status: &u16| Inline::Status(*status, entry.status_row(*status));
    alternatives(statuses.map(|it| [status(it)]))
}

/// Writes items as `a, b or c`.
fn alternatives<'a, I: IntoIterator<Item = Inline<'a>>>(
    items: impl ExactSizeIterator<Item = I>,
) -> Vec<Inline<'a>> {
    let (count, mut text) = (items.len(), Vec::new());
    for (index, item) in items.enumerate() {
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
    let mut value = vec![Inline::Literal((&code.text).into())];
    value.extend(code.number.then_some(Inline::Words(" (a number)")));
    value
}

fn aliases(error: &Error) -> Vec<Inline<'_>> {
    let aliases = error.aliases.iter();
    listed(aliases.map(|alias| Inline::Literal((&alias.text).into())))
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
            text.extend(alternatives(rows.into_iter().map(|row| {
                let mark = Inferred::of_key(&row.inferred, "retry").map(Inline::Mark);
                [Some(Inline::Status(row.status, None)), mark]
                    .into_iter()
                    .flatten()
            })));
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

fn see_also(entry: ErrorEntry<'_>) -> Vec<Inline<'_>> {
    let related = entry.error.see_also.iter();
    listed(related.map(|index| Inline::Error(&entry.catalog.errors[*index])))
}

/// Writes items as `a, b, c`.
fn listed<'a>(items: impl Iterator<Item = Inline<'a>>) -> Vec<Inline<'a>> {
    let separated = items.flat_map(|item| [Inline::Words(", "), item]);
    separated.skip(1).collect()
}

/// Returns the heading and the value of a declared column.
fn column<'a>(entry: ErrorEntry<'a>, key: &str) -> Option<(&'a str, Vec<Inline<'a>>)> {
    let mut columns = entry.catalog.columns.iter().zip(&entry.error.columns);
    let (column, value) = columns.find(|(column, _)| column.key == key)?;
    let value = match (value.as_ref()?, &column.kind) {
        (Value::Bool(true), _) => Inline::Words("yes"),
        (Value::Bool(false), _) => Inline::Words("no"),
        (Value::Text(name), ColumnKind::Names { .. }) => Inline::Literal(name.into()),
        (Value::Text(text), _) => Inline::Text(text),
        (value, _) => Inline::Literal(value.to_string().into()),
    };
    Some((&column.title, vec![value]))
}

/// Returns the types in the details and in the message of an error.
pub fn types(error: &Error) -> Vec<TypeList<'_>> {
    let title = |words, key| {
        iter::once(Inline::Words(words))
            .chain(mark(error, key))
            .collect()
    };
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
    let error = entry.error;
    if entry.catalog.envelope.members.is_empty() {
        return Vec::new();
    }
    let mut shown = bodies.of(error);
    let own = shown.remove(0);
    let same = |example: &Sample| example.status == own.status && example.body == own.body;
    let needs_own = match choice {
        _ if shown.is_empty() => true,
        BodyChoice::ExamplesFirst => false,
        BodyChoice::OwnAndExamples => {
            own.origin != SampleOrigin::Synthetic && !shown.iter().any(same)
        }
    };
    if needs_own {
        shown.insert(0, own);
    }
    let shown = shown.iter();
    shown.map(|sample| body_example(error, sample)).collect()
}

fn body_example<'a>(error: &'a Error, sample: &Sample) -> BodyExample<'a> {
    let mut title = match sample.origin {
        SampleOrigin::Example => vec![Inline::Words("Example")],
        SampleOrigin::Catalog => vec![Inline::Words("Body")],
        SampleOrigin::Synthetic => vec![Inline::Words("Body, its values made up")],
    };
    let is_example = sample.origin == SampleOrigin::Example;
    title.extend(mark(error, "example").filter(|_| is_example));
    // The status of an error that has one status is among the properties.
    if let Some(status) = sample.status.filter(|_| error.statuses.len() > 1) {
        title.extend([Inline::Words(", status "), Inline::Status(status, None)]);
    }
    BodyExample {
        title,
        json: indented(&sample.body),
    }
}
