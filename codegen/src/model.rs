//! A catalog that has been checked: valid by construction, in its final order.

use std::collections::BTreeSet;
use std::fmt;

pub use errbook::Retry;

use crate::anchor;

/// Everything that one catalog says.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Catalog {
    /// The name of the source, such as `catalog/converso.toml`.
    pub source: String,
    /// The API.
    pub api: Api,
    /// Where things stand in the JSON error body.
    pub envelope: Envelope,
    /// The table of HTTP statuses, in the text's order.
    pub statuses: Vec<StatusRow>,
    /// The named types.
    pub types: Vec<NamedType>,
    /// The columns that the catalog declares.
    pub columns: Vec<Column>,
    /// The sections, in the text's order.
    pub categories: Vec<Category>,
    /// The errors: those without a section first, then section by section, in the text's order.
    pub errors: Vec<Error>,
    /// The table of field validation rules.
    pub rules: Vec<Rule>,
    /// Prose that belongs to no section.
    pub notes: Vec<Note>,
}

impl Catalog {
    /// What the catalog says about sending a request again, where an error comes that says nothing of it
    /// itself: the advice of the rows of its statuses, each with all rows that give it.
    pub fn status_advice(&self, error: &Error) -> Vec<(Retry, Vec<&StatusRow>)> {
        let mut advice: Vec<(Retry, Vec<&StatusRow>)> = Vec::new();
        if error.retry.is_some() {
            return advice;
        }
        for status in &error.statuses {
            let row = self.statuses.iter().find(|row| row.status == *status);
            let Some((row, retry)) = row.and_then(|row| Some((row, row.retry?))) else {
                continue;
            };
            match advice.iter_mut().find(|(other, _)| *other == retry) {
                Some((_, rows)) => rows.push(row),
                None => advice.push((retry, vec![row])),
            }
        }
        advice
    }
}

/// The API that a catalog is about: its table `[api]`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Api {
    /// The name of module and page: small letters, digits and single hyphens.
    pub id: String,
    /// The API's name.
    pub title: String,
    /// What it does, in Markdown.
    pub summary: Option<String>,
    /// The URL of its own pages.
    pub homepage: Option<String>,
    /// The document that the catalog transcribes.
    pub source: Option<String>,
    /// The language of the texts, a BCP 47 tag.
    pub language: Option<String>,
    /// The version of the API.
    pub version: Option<String>,
    /// The URL that the page of this API is published at.
    pub docs_url: Option<String>,
    /// What the document calls its columns.
    pub headings: Headings,
    /// Values that the document does not give.
    pub inferred: Vec<Inferred>,
}

/// The headings of the columns of a page's tables.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
#[expect(
    missing_docs,
    reason = "named after the key of an error that the column shows"
)]
pub struct Headings {
    pub code: String,
    pub status: String,
    pub title: String,
    pub message: String,
    pub description: String,
    pub action: String,
    pub retry: String,
}

/// A value that the author supplied, and why.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Inferred {
    /// The key of the value, beside it in the catalog.
    pub key: String,
    /// The author's reason.
    pub reason: String,
}

/// Where things stand in the JSON error body: the members, in the order in which they are written.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Envelope {
    /// Which rules the bodies follow beyond these.
    pub format: Format,
    /// The members.
    pub members: Vec<Member>,
    /// Values that the document does not give.
    pub inferred: Vec<Inferred>,
}

impl Envelope {
    /// The member with this role.
    pub fn member(&self, role: &Role) -> Option<&Member> {
        self.members.iter().find(|member| member.role == *role)
    }
}

/// Which rules error bodies follow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    /// JSON's.
    #[default]
    Json,
    /// Those of problem details (RFC 9457).
    Problem,
}

impl Format {
    /// Every format with the word that a catalog has for it.
    pub const ALL: &'static [(&'static str, Self)] =
        &[("json", Self::Json), ("problem+json", Self::Problem)];
}

/// One member of the error body.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Member {
    /// What it holds.
    pub role: Role,
    /// Where it stands: the first is written, all are read. Never empty.
    pub pointers: Vec<Pointer>,
}

/// What a member of the error body holds.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Role {
    /// Always this value.
    Constant(Value),
    /// The error's code.
    Code,
    /// The message.
    Message,
    /// The HTTP status, repeated.
    Status,
    /// The details.
    Details,
    /// An id to quote to support.
    Reference,
    /// The error's title.
    Title,
    /// Where the error is documented.
    DocsUrl,
}

impl Role {
    /// The key of the envelope that says where it stands.
    pub(crate) fn key(&self) -> &'static str {
        match self {
            Self::Constant(_) => "constants",
            Self::Code => "code",
            Self::Message => "message",
            Self::Status => "status",
            Self::Details => "details",
            Self::Reference => "reference",
            Self::Title => "title",
            Self::DocsUrl => "docs-url",
        }
    }
}

/// A JSON pointer (RFC 6901).
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Pointer {
    text: String,
}

impl Pointer {
    /// `None` where the text is no pointer: neither empty nor starting with `/`, or with a `~` that
    /// neither `0` nor `1` follows.
    pub fn new(text: &str) -> Option<Self> {
        let rooted = text.is_empty() || text.starts_with('/');
        let escaped = text
            .split('~')
            .skip(1)
            .all(|rest| rest.starts_with(['0', '1']));
        (rooted && escaped).then(|| Self {
            text: text.to_owned(),
        })
    }

    /// As written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Its tokens, escaped as they are written.
    pub(crate) fn tokens(&self) -> impl Iterator<Item = &str> {
        self.text.split('/').skip(1)
    }

    /// The pointer to a member of the object that this one points at.
    #[must_use]
    pub fn member(&self, name: &str) -> Self {
        Self {
            text: format!(
                "{}/{}",
                self.text,
                name.replace('~', "~0").replace('/', "~1")
            ),
        }
    }

    /// Whether `other` is this place or one inside of it.
    pub fn contains(&self, other: &Self) -> bool {
        other
            .text
            .strip_prefix(&self.text)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}

/// A row of the table of HTTP statuses.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct StatusRow {
    /// The status code, 100 to 599.
    pub status: u16,
    /// The document's name for it.
    pub name: Option<String>,
    /// What it means for this API.
    pub meaning: Option<String>,
    /// What to do about it.
    pub retry: Option<Retry>,
    /// Values that the document does not give.
    pub inferred: Vec<Inferred>,
}

/// A type of `[type.Name]`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct NamedType {
    /// The name, in the catalog and in Rust.
    pub name: String,
    /// Its members.
    pub fields: Vec<Field>,
}

/// A member of an object: of `details`, `params` or a named type.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Field {
    /// The member's name.
    pub name: String,
    /// The name of the field in Rust, raw (`r#type`) where it must be.
    pub rust_name: String,
    /// Its type.
    pub ty: Type,
    /// What it holds, as plain text.
    pub description: Option<String>,
    /// Whether Rust must put the value of an optional member in a box, because it leads back to the
    /// type that it is in.
    pub boxed: bool,
}

/// A type of the catalog format.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Type {
    /// `string`
    String,
    /// `bool`
    Bool,
    /// `u32`
    U32,
    /// `u64`
    U64,
    /// `i64`
    I64,
    /// `f64`
    F64,
    /// `any`: any JSON value
    Any,
    /// `[T]`
    List(Box<Type>),
    /// `{T}`: an object with any keys
    Map(Box<Type>),
    /// `T?`: absent or null, too
    Optional(Box<Type>),
    /// The name of a `[type.Name]`
    Named(String),
}

impl Type {
    /// The types that have a name of their own, each with it.
    pub(crate) const SCALARS: [(&str, Self); 7] = [
        ("string", Self::String),
        ("bool", Self::Bool),
        ("u32", Self::U32),
        ("u64", Self::U64),
        ("i64", Self::I64),
        ("f64", Self::F64),
        ("any", Self::Any),
    ];

    /// Adds the named types that a value of this one may hold; not those that are in them.
    pub fn uses<'a>(&'a self, names: &mut BTreeSet<&'a str>) {
        match self {
            Self::List(inner) | Self::Map(inner) | Self::Optional(inner) => inner.uses(names),
            Self::Named(name) => {
                names.insert(name);
            }
            _ => {}
        }
    }
}

/// What a value of the type is in a message.
impl From<&Type> for errbook::__private::ParamKind {
    fn from(ty: &Type) -> Self {
        match ty {
            Type::Bool => Self::Bool,
            Type::U32 => Self::U32,
            Type::U64 => Self::U64,
            Type::I64 => Self::I64,
            Type::F64 => Self::F64,
            _ => Self::String,
        }
    }
}

/// As a catalog writes it.
impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::String => f.write_str("string"),
            Self::Bool => f.write_str("bool"),
            Self::U32 => f.write_str("u32"),
            Self::U64 => f.write_str("u64"),
            Self::I64 => f.write_str("i64"),
            Self::F64 => f.write_str("f64"),
            Self::Any => f.write_str("any"),
            Self::List(item) => write!(f, "[{item}]"),
            Self::Map(item) => write!(f, "{{{item}}}"),
            Self::Optional(inner) => write!(f, "{inner}?"),
            Self::Named(name) => f.write_str(name),
        }
    }
}

/// A column that the catalog declares.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Column {
    /// The key at each error.
    pub key: String,
    /// The accessor's name.
    pub rust_name: String,
    /// The heading on the page.
    pub title: String,
    /// What it says, as plain text.
    pub description: Option<String>,
    /// What its values are.
    pub kind: ColumnKind,
    /// Whether an error may lack it.
    pub optional: bool,
}

/// What the values of a column are.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ColumnKind {
    /// Values of a type, without `any` and named types.
    Type(Type),
    /// One of these names.
    Names {
        /// The name of the enum.
        rust_name: String,
        /// The names, each with its variant.
        variants: Vec<Variant>,
    },
}

/// One name of a column and its variant.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Variant {
    /// In the catalog.
    pub name: String,
    /// In Rust.
    pub rust_name: String,
}

/// A section of the document.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Category {
    /// Its id: small letters, digits and single hyphens.
    pub id: String,
    /// The variant of `Category`.
    pub rust_name: String,
    /// The heading.
    pub title: String,
    /// Prose of the section.
    pub notes: Vec<Note>,
}

/// One error.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Error {
    /// Its name in the catalog.
    pub key: String,
    /// The variant of `Code`.
    pub rust_name: String,
    /// Index of its section.
    pub category: Option<usize>,
    /// The code on the wire.
    pub code: Option<Code>,
    /// Older codes.
    pub aliases: Vec<Code>,
    /// The statuses; the first is sent.
    pub statuses: Vec<u16>,
    /// Whether it answers no request.
    pub event: bool,
    /// The document's title.
    pub title: Option<String>,
    /// The forms of the message, the main one first.
    pub messages: Vec<Template>,
    /// What it means, as plain text.
    pub description: Option<String>,
    /// What to do, as plain text.
    pub action: Option<String>,
    /// Whether to try again.
    pub retry: Option<Retry>,
    /// The typed details.
    pub details: Option<Details>,
    /// The values in the message that no member of the body has.
    pub params: Vec<Field>,
    /// Header fields: name and what it holds.
    pub headers: Vec<(String, String)>,
    /// Documented examples.
    pub examples: Vec<Example>,
    /// More about it, in Markdown.
    pub docs: Option<String>,
    /// The version that introduced it.
    pub since: Option<String>,
    /// That it is on its way out.
    pub deprecated: Option<Deprecated>,
    /// The version since which it is not sent.
    pub retired: Option<String>,
    /// Values that the document does not give.
    pub inferred: Vec<Inferred>,
    /// Lints that do not apply, each with the reason.
    pub allow: Vec<(String, String)>,
    /// The values of the declared columns, in their order.
    pub columns: Vec<Option<Value>>,
}

impl Error {
    /// Where it is documented, if its API says where its page is published.
    pub fn docs_url(&self, api: &Api) -> Option<String> {
        Some(anchor::url(api.docs_url.as_deref()?, &self.key))
    }

    /// Whether the body holds details that must be there.
    pub fn requires_details(&self) -> bool {
        let required = |field: &Field| !matches!(field.ty, Type::Optional(_));
        match &self.details {
            Some(Details::Object(fields)) => fields.iter().any(required),
            // Anything at all is there in every body.
            Some(Details::Whole(ty)) => !matches!(ty, Type::Optional(_) | Type::Any),
            None => false,
        }
    }

    /// The reason, where the value of a key is the author's and not the document's.
    pub fn inferred(&self, key: &str) -> Option<&str> {
        self.inferred
            .iter()
            .find(|inferred| inferred.key == key)
            .map(|inferred| inferred.reason.as_str())
    }
}

/// A code on the wire. A number and its digits are one code.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Code {
    /// The code's text, or the number's digits.
    pub text: String,
    /// Whether it is a number in the body.
    pub number: bool,
}

/// What the details of an error are.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Details {
    /// An object with these members.
    Object(Vec<Field>),
    /// The whole value is of a type.
    Whole(Type),
}

/// The form of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Template {
    /// As in the catalog: `{name}` is a value, `{{` and `}}` are braces.
    pub text: String,
    /// Its parts, in order.
    pub parts: Vec<Part>,
}

/// A part of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Part {
    /// As it stands, with single braces.
    Text(String),
    /// The value of this name.
    Value(String),
}

/// As readers see it: with `{name}` for a value and single braces.
impl fmt::Display for Template {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for part in &self.parts {
            match part {
                Part::Text(text) => f.write_str(text)?,
                Part::Value(name) => write!(f, "{{{name}}}")?,
            }
        }
        Ok(())
    }
}

/// A documented example.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Example {
    /// The status, where it is not the error's first.
    pub status: Option<u16>,
    /// The message, where no template gives it.
    pub message: Option<String>,
    /// Values for the message.
    pub params: Vec<(String, Value)>,
    /// The details.
    pub details: Option<Value>,
    /// The id to quote to support.
    pub reference: Option<Value>,
}

/// That an error is on its way out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Deprecated {
    /// The version that deprecated it.
    pub since: Option<String>,
    /// The index of the error that takes its place.
    pub replaced_by: Option<usize>,
    /// What else there is to say, as plain text.
    pub note: Option<String>,
}

/// A row of the table of field validation rules.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rule {
    /// The index of the error that answers a breach.
    pub error: Option<usize>,
    /// The request's field.
    pub field: String,
    /// What is demanded.
    pub rule: String,
    /// The text that tells of a breach.
    pub message: Option<String>,
}

/// Prose that is not a row.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Note {
    /// Its heading.
    pub title: String,
    /// Its text, in Markdown.
    pub text: String,
}

/// A constant of the catalog: of a column, an example or the envelope.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Value {
    /// A text.
    Text(String),
    /// An integer.
    Integer(i64),
    /// A finite number.
    Float(f64),
    /// True or false.
    Bool(bool),
    /// An array.
    List(Vec<Value>),
    /// An object, in the order of the text.
    Map(Vec<(String, Value)>),
}

/// As JSON, members in order.
impl serde::Serialize for Value {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => serializer.serialize_str(text),
            Self::Integer(integer) => serializer.serialize_i64(*integer),
            Self::Float(float) => serializer.serialize_f64(*float),
            Self::Bool(bool) => serializer.serialize_bool(*bool),
            Self::List(values) => serializer.collect_seq(values),
            Self::Map(entries) => {
                serializer.collect_map(entries.iter().map(|(key, value)| (key, value)))
            }
        }
    }
}

/// As JSON, on one line.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&serde_json::to_string(self).map_err(|_| fmt::Error)?)
    }
}
