//! Example bodies, written by the function that programs write theirs with.

use errbook::__private::{Body, Words};
use errbook::Envelope;

use crate::layout::Layout;
use crate::model::{
    Catalog, Details, Error, Example, Field, NamedType, Part, Template, Type, Value,
};

/// What shows an error on the wire.
pub(super) struct Sample {
    /// Where its values are from.
    pub(super) origin: Origin,
    /// `None` for an event, and where the catalog gives none.
    pub(super) status: Option<u16>,
    /// The body as JSON text, on one line.
    pub(super) body: String,
}

/// Where the values of a body are from.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Origin {
    /// An example of the document.
    Example,
    /// The catalog has all that the body needs.
    Catalog,
    /// The catalog has no values for what the body needs: they are made up.
    MadeUp,
}

/// For each error one body that its row makes, and one for each of its examples.
pub(super) fn samples(catalog: &Catalog) -> Vec<Vec<Sample>> {
    let layout = Layout::new(&catalog.envelope);
    let (places, read) = (layout.places(), layout.read());
    let envelope = Envelope {
        places: &places,
        read: &read,
        format: layout.format(),
    };
    let writer = Writer { catalog, envelope };
    let of = |error| {
        let mut samples = vec![writer.of_row(error)];
        let examples = error.examples.iter();
        samples.extend(examples.map(|example| writer.sample(error, example, Origin::Example)));
        samples
    };
    catalog.errors.iter().map(of).collect()
}

struct Writer<'a> {
    catalog: &'a Catalog,
    envelope: Envelope<'a>,
}

impl Writer<'_> {
    /// The body of an error of which a program says no more than it must.
    fn of_row(&self, error: &Error) -> Sample {
        let details = error.requires_details().then(|| {
            let mut made_up = MadeUp::new(&self.catalog.types);
            match error.details.as_ref()? {
                Details::Object(fields) => Some(made_up.object(fields)),
                Details::Whole(ty) => Some(made_up.value(ty)),
            }
        });
        let details = details.flatten();
        let in_details = |name: &str| member(details.as_ref(), name).is_some();
        let is_whole = |form: &Template| form.values().all(in_details);
        // Values of the message are made up only where every form needs some.
        let needs = error
            .messages
            .first()
            .filter(|_| !error.messages.iter().any(is_whole));
        let params = needs
            .iter()
            .flat_map(|form| &form.parts)
            .filter_map(|part| match part {
                Part::Value(name) => error.params.iter().find(|param| param.name == *name),
                Part::Text(_) => None,
            });
        let example = Example {
            params: params
                .map(|param| {
                    let value = MadeUp::new(&self.catalog.types).value(&param.ty);
                    (param.name.clone(), value)
                })
                .collect(),
            details,
            ..Example::default()
        };
        let origin = match (&example.details, example.params.as_slice()) {
            (None, []) => Origin::Catalog,
            _ => Origin::MadeUp,
        };
        self.sample(error, &example, origin)
    }

    fn sample(&self, error: &Error, example: &Example, origin: Origin) -> Sample {
        let status = example.status.or(error.statuses.first().copied());
        let words = Words {
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
        let details = example.details.as_ref().map(Value::to_string);
        let write_details = details.map(|json| move |out: &mut String| out.push_str(&json));
        let reference = example.reference.as_ref().map(Value::to_string);
        let body = Body {
            code: error
                .code
                .as_ref()
                .map(|code| (code.text.as_str(), code.number)),
            message: example.message.as_deref().or(said.as_deref()),
            status,
            title: error.title.as_deref(),
            docs_url: error.docs_url(&self.catalog.api).as_deref(),
            details: write_details
                .as_ref()
                .map(|write| write as &dyn Fn(&mut String)),
            details_have_any_members: matches!(error.details, Some(Details::Whole(_))),
            reference: reference.as_deref(),
        }
        .write(&self.envelope);
        Sample {
            origin,
            status,
            body,
        }
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

/// How many values a body is made up of before lists in it stay empty: types that list each other would
/// make more with each level.
const MOST_MADE_UP: usize = 1024;

/// Values made up for types.
struct MadeUp<'a> {
    types: &'a [NamedType],
    /// The types that the value is in.
    open: Vec<&'a str>,
    made: usize,
}

impl<'a> MadeUp<'a> {
    fn new(types: &'a [NamedType]) -> Self {
        Self {
            types,
            open: Vec::new(),
            made: 0,
        }
    }

    /// An object that has what it must.
    fn object(&mut self, fields: &'a [Field]) -> Value {
        let required = |field: &&Field| !matches!(field.ty, Type::Optional(_));
        let members = fields.iter().filter(required);
        Value::Map(
            members
                .map(|field| (field.name.clone(), self.value(&field.ty)))
                .collect(),
        )
    }

    fn value(&mut self, ty: &'a Type) -> Value {
        self.made += 1;
        let ends = |item| self.made > MOST_MADE_UP || holds(item, &self.open);
        match ty {
            Type::String => Value::Text("string".to_owned()),
            Type::Bool => Value::Bool(true),
            Type::U32 | Type::U64 | Type::I64 => Value::Integer(1),
            Type::F64 => Value::Float(1.5),
            Type::Any => Value::Map(Vec::new()),
            Type::Optional(inner) => self.value(inner),
            Type::List(item) if ends(item) => Value::List(Vec::new()),
            Type::List(item) => Value::List(vec![self.value(item)]),
            Type::Map(item) if ends(item) => Value::Map(Vec::new()),
            Type::Map(item) => Value::Map(vec![("key".to_owned(), self.value(item))]),
            Type::Named(name) => {
                let named = self.types.iter().find(|named| named.name == *name);
                let fields = named.map_or(&[] as &[_], |named| &named.fields);
                self.open.push(name);
                let object = self.object(fields);
                self.open.pop();
                object
            }
        }
    }
}

/// Whether a type is, or lists, one that it is in: there the values end.
fn holds(ty: &Type, open: &[&str]) -> bool {
    match ty {
        Type::Named(name) => open.contains(&name.as_str()),
        Type::List(inner) | Type::Map(inner) | Type::Optional(inner) => holds(inner, open),
        _ => false,
    }
}

/// JSON text on lines, its members and items indented by two spaces.
pub(super) fn pretty(json: &str) -> String {
    let mut out = String::with_capacity(2 * json.len());
    let (mut depth, mut in_string, mut escaped) = (0_usize, false, false);
    let mut chars = json.chars().peekable();
    let line = |out: &mut String, depth: usize| {
        out.push('\n');
        out.extend(std::iter::repeat_n("  ", depth));
    };
    while let Some(char) = chars.next() {
        if in_string {
            out.push(char);
            in_string = escaped || char != '"';
            escaped = !escaped && char == '\\';
            continue;
        }
        match char {
            '{' | '[' => {
                out.push(char);
                if let Some(close) = chars.next_if(|next| matches!(next, '}' | ']')) {
                    out.push(close);
                } else {
                    depth += 1;
                    line(&mut out, depth);
                }
            }
            '}' | ']' => {
                depth = depth.saturating_sub(1);
                line(&mut out, depth);
                out.push(char);
            }
            ',' => {
                out.push(char);
                line(&mut out, depth);
            }
            ':' => out.push_str(": "),
            char => {
                in_string = char == '"';
                out.push(char);
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::pretty;

    #[test]
    fn lines_change_nothing_but_space() {
        let json = r#"{"a":"{,:\"[]\\","b":[],"c":[{},{"d":[1,2]}]}"#;
        let lines = "{\n  \"a\": \"{,:\\\"[]\\\\\",\n  \"b\": [],\n  \"c\": [\n    {},\n    {\n      \"d\": [\n        1,\n        2\n      ]\n    }\n  ]\n}";
        assert_eq!(pretty(json), lines);
    }
}
