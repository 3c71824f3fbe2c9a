//! Sample bodies of errors, written by the runtime's own writer.

use std::collections::HashMap;
use std::iter;

use errbook::__private::{BodySource, Envelope, MessageTexts, Role, status_in_body, write};

use crate::derive::envelope_layout::EnvelopeLayout;
use crate::model::{Catalog, Details, Error, Example, Field, Template, Type, Value};

/// What shows an error on the wire.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Sample {
    /// Where its values are from.
    pub origin: SampleOrigin,
    /// `None` for an event, and where the catalog gives none. The body of the latter has the status that is sent.
    pub status: Option<u16>,
    /// The body as JSON text, on one line.
    pub body: String,
}

/// Where the values of a body are from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SampleOrigin {
    /// An example of the document.
    Example,
    /// The catalog has all that the body needs.
    Catalog,
    /// The catalog has no values for what the body needs: they are made up.
    Synthetic,
}

impl SampleOrigin {
    /// Returns the word for the origin in fixtures and in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Example => "example",
            Self::Catalog => "catalog",
            Self::Synthetic => "made up",
        }
    }
}

/// Writes example bodies of a catalog's errors, by the function that programs write theirs with.
///
/// ```
/// use errbook_codegen::__private::{Bodies, check};
/// use errbook_codegen::Source;
///
/// let source = Source::new("catalog/shop.toml", r#"
///     [api]
///     id = "shop"
///     title = "Shop API"
///
///     [envelope]
///     code = "/code"
///     message = "/message"
///
///     [error.OUT_OF_STOCK]
///     status = 409
///     message = "The shop has none left"
/// "#);
/// let catalog = &check(source).catalogs[0];
/// let samples = Bodies::new(catalog).of(&catalog.errors[0]);
/// assert_eq!(samples[0].status, Some(409));
/// assert_eq!(samples[0].body, r#"{"code":"OUT_OF_STOCK","message":"The shop has none left"}"#);
/// ```
pub struct Bodies<'a> {
    catalog: &'a Catalog,
    layout: EnvelopeLayout,
    types: HashMap<&'a str, &'a [Field]>,
}

impl<'a> Bodies<'a> {
    /// Those of a catalog.
    pub fn new(catalog: &'a Catalog) -> Self {
        let types = catalog.types.iter();
        Self {
            catalog,
            layout: EnvelopeLayout::new(&catalog.envelope),
            types: types
                .map(|named| (named.name.as_str(), named.fields.as_slice()))
                .collect(),
        }
    }

    /// Returns the body made from an error itself, followed by one for each of its examples. The error is one of
    /// the catalog.
    pub fn of(&self, error: &Error) -> Vec<Sample> {
        let examples = error.examples.iter();
        let examples = examples.map(|example| self.sample(error, example, SampleOrigin::Example));
        iter::once(self.of_row(error)).chain(examples).collect()
    }

    /// The body of an error of which a program says no more than it must.
    fn of_row(&self, error: &Error) -> Sample {
        let mut synthetic = SyntheticValues::new(&self.types);
        let details = error.details.as_ref().filter(|_| error.requires_details());
        let details = details.map(|details| match details {
            Details::Object(fields) => synthetic.object(fields),
            Details::Whole(ty) => synthetic.value(ty),
        });
        let in_details = |name: &str| member(details.as_ref(), name).is_some();
        let is_whole = |form: &Template| form.placeholders().all(in_details);
        // Values of the message are made up only where every form needs some.
        let form = error.messages.first();
        let form = form.filter(|_| !error.messages.iter().any(is_whole));
        let names = form.into_iter().flat_map(Template::placeholders);
        let params = names.filter_map(|name| error.params.iter().find(|param| param.name == name));
        let params = params.map(|param| (param.name.clone(), synthetic.value(&param.ty)));
        let params: Vec<_> = params.collect();
        let is_written = |role| {
            self.layout
                .nodes()
                .iter()
                .any(|node| node.written == Some(role))
        };
        let lacks_status = error.statuses.is_empty() && !error.event && is_written(Role::Status);
        let origin = if details.is_none() && params.is_empty() && !lacks_status {
            SampleOrigin::Catalog
        } else {
            SampleOrigin::Synthetic
        };
        let example = Example {
            params,
            details,
            ..Example::default()
        };
        self.sample(error, &example, origin)
    }

    fn sample(&self, error: &Error, example: &Example, origin: SampleOrigin) -> Sample {
        let status = example.status.or(error.statuses.first().copied());
        let words = MessageTexts {
            forms: error.messages.iter().map(|form| form.text.as_str()),
            description: error.description.as_deref(),
            title: error.title.as_deref(),
            has_code: error.code.is_some(),
        };
        let said = words.message(&|name| {
            let param = example.params.iter().find(|(other, _)| other == name);
            let value = param.map(|(_, value)| value);
            plain(value.or_else(|| member(example.details.as_ref(), name))?).map(Into::into)
        });
        let body = SampleBody {
            error,
            status: status_in_body(status, error.event),
            message: example.message.as_deref().or(said.as_deref()),
            docs_url: error.docs_url(&self.catalog.api),
            example,
        };
        let envelope = Envelope {
            nodes: &self.layout.nodes(),
            read: &self.layout.read(),
            format: self.layout.format(),
        };
        Sample {
            origin,
            status,
            body: write(&envelope, &body),
        }
    }
}

/// What the body of an error says.
struct SampleBody<'a> {
    error: &'a Error,
    status: Option<u16>,
    message: Option<&'a str>,
    docs_url: Option<String>,
    example: &'a Example,
}

impl BodySource for SampleBody<'_> {
    fn push(&self, role: Role<'_>, out: &mut String) -> bool {
        let text = |text: &str| Value::Text(text.to_owned()).to_string();
        let json = match role {
            Role::Constant(json) => Some(json.to_owned()),
            Role::Code => self.error.code.as_ref().map(|code| {
                if code.number {
                    code.text.clone()
                } else {
                    text(&code.text)
                }
            }),
            Role::Message => self.message.map(text),
            Role::Status => self.status.map(|status| status.to_string()),
            Role::Details => self.example.details.as_ref().map(Value::to_string),
            Role::Reference => self.example.reference.as_ref().map(Value::to_string),
            Role::Title => self.error.title.as_deref().map(text),
            Role::DocsUrl => self.docs_url.as_deref().map(text),
        };
        json.inspect(|json| out.push_str(json)).is_some()
    }

    fn has_details_of_any_members(&self) -> bool {
        matches!(self.error.details, Some(Details::Whole(_)))
    }
}

/// The member of an object.
fn member<'a>(details: Option<&'a Value>, name: &str) -> Option<&'a Value> {
    let Some(Value::Map(members)) = details else {
        return None;
    };
    let member = members.iter().find(|(other, _)| other == name);
    member.map(|(_, value)| value)
}

/// The text of a value in a message.
fn plain(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(text.clone()),
        Value::List(_) | Value::Map(_) => None,
        value => Some(value.to_string()),
    }
}

/// Makes up the values of a body.
struct SyntheticValues<'a> {
    types: &'a HashMap<&'a str, &'a [Field]>,
    /// The types that the next value is in.
    open: Vec<&'a str>,
    /// How many arrays and objects it is in.
    depth: usize,
    /// How many more values may be made where none must be.
    left: usize,
}

impl<'a> SyntheticValues<'a> {
    fn new(types: &'a HashMap<&'a str, &'a [Field]>) -> Self {
        Self {
            types,
            open: Vec::new(),
            depth: 0,
            left: 1000,
        }
    }

    /// An object that has what it must.
    fn object(&mut self, fields: &'a [Field]) -> Value {
        let required = |field: &&Field| !matches!(field.ty, Type::Optional(_));
        let members = fields.iter().filter(required);
        self.depth += 1;
        let members = members.map(|field| (field.name.clone(), self.value(&field.ty)));
        let object = Value::Map(members.collect());
        self.depth -= 1;
        object
    }

    fn value(&mut self, ty: &'a Type) -> Value {
        self.left = self.left.saturating_sub(1);
        match ty {
            Type::String => Value::Text("string".to_owned()),
            Type::Bool => Value::Bool(true),
            Type::U32 | Type::U64 | Type::I64 => Value::Integer(1),
            Type::F64 => Value::Float(1.5),
            Type::Any => Value::Map(Vec::new()),
            Type::Optional(inner) => self.value(inner),
            Type::List(item) => Value::List(self.item(item).into_iter().collect()),
            Type::Map(item) => {
                let item = self.item(item).map(|item| ("key".to_owned(), item));
                Value::Map(item.into_iter().collect())
            }
            Type::Named(name) => {
                let fields = self.types.get(name.as_str()).copied().unwrap_or_default();
                self.open.push(name);
                let object = self.object(fields);
                self.open.pop();
                object
            }
        }
    }

    /// What an array or an object of any members has in it: nothing that it is in itself, and nothing
    /// where a body has grown deep or large.
    fn item(&mut self, ty: &'a Type) -> Option<Value> {
        const DEEPEST: usize = 16;
        if self.depth >= DEEPEST || self.left == 0 || self.holds(ty) {
            return None;
        }
        self.depth += 1;
        let value = self.value(ty);
        self.depth -= 1;
        Some(value)
    }

    /// Whether a type is, or lists, one that it is in: there the values end.
    fn holds(&self, ty: &Type) -> bool {
        match ty {
            Type::Named(name) => self.open.contains(&name.as_str()),
            Type::List(inner) | Type::Map(inner) | Type::Optional(inner) => self.holds(inner),
            _ => false,
        }
    }
}
