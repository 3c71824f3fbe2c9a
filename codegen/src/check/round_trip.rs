//! Reads the sample bodies of each error back: each must identify its own error.

use std::collections::{BTreeSet, HashMap};

use errbook::__private::{Envelope, ParsedBody};
use serde_json::Value;

use crate::check::error_spans::ErrorSpans;
use crate::check::findings::Findings;
use crate::check::messages::is_form;
use crate::derive::{Bodies, EnvelopeLayout, Sample};
use crate::findings::{Finding, RuleId};
use crate::line_index::Location;
use crate::model::{Catalog, Details, Error, Field, Template, Type};

/// How many errors without a code may have to be gone through for one body: programs go through them,
/// too.
const MOST: usize = 1024;

/// Reads a body of each error, and each of its examples, as a program would.
pub(super) fn check(findings: &Findings, catalog: &Catalog, spans: &[ErrorSpans]) {
    let known = ErrorIndex::new(catalog);
    for list in [&known.templated, &known.detailed] {
        if let Some(index) = list.get(MOST) {
            let title = "more than 1,024 errors are told apart by the forms of their messages, or by their details";
            let help = "give them codes: each body would be compared with all of them";
            findings.report(
                RuleId::TooManyWithoutCode,
                &spans[*index].key,
                title,
                "one too many",
                help,
            );
            return;
        }
    }
    let layout = EnvelopeLayout::new(&catalog.envelope);
    let envelope = &Envelope {
        nodes: &layout.nodes(),
        read: &layout.read(),
        format: layout.format(),
    };
    let bodies = Bodies::new(catalog);
    for (index, (error, own)) in catalog.errors.iter().zip(spans).enumerate() {
        if is_unseen(error) {
            continue;
        }
        let samples = bodies.of(error);
        let parts = std::iter::once(&own.key).chain(&own.examples);
        for (number, (sample, span)) in samples.iter().zip(parts).enumerate() {
            let statuses = if number == 0 {
                known.statuses(error)
            } else {
                vec![sample.status]
            };
            let said = BodyEvidence::new(envelope, sample);
            let wrong = statuses
                .into_iter()
                .map(|status| (status, known.identify(status, &said)))
                .find(|(_, found)| *found != Some(index));
            if let Some((status, found)) = wrong {
                let finding = untold(
                    error,
                    sample,
                    status,
                    found.map(|found| &catalog.errors[found]),
                );
                let finding = finding(findings.location(span));
                let beside = found.or_else(|| known.rival(index, status, &said));
                findings.push(match beside {
                    Some(other) => {
                        finding.with(findings.location(&spans[other].key), "beside this one")
                    }
                    None => finding,
                });
                break;
            }
        }
    }
}

/// Whether an error has nothing that it could be known by: a lint tells of that.
fn is_unseen(error: &Error) -> bool {
    let has_mark = error.code.is_some() || !error.messages.is_empty() || error.requires_details();
    error.statuses.is_empty() && !error.event && !has_mark
}

/// What to say of a body that is not read as its error, given its place.
fn untold(
    error: &Error,
    sample: &Sample,
    status: Option<u16>,
    found: Option<&Error>,
) -> impl FnOnce(Location) -> Finding {
    let (rule, title) = match found {
        Some(found) => (
            RuleId::ReadAsAnother,
            format!("a body of `{}` would be read as `{}`", error.key, found.key),
        ),
        None => (
            RuleId::NotTold,
            format!("nothing would tell that a body is `{}`", error.key),
        ),
    };
    let with = match status {
        None => "as an event".to_owned(),
        Some(status) if error.statuses.contains(&status) => format!("with {status}"),
        Some(status) => format!("with a status such as {status}"),
    };
    let label = format!("{with}: {}", sample.body);
    let help = "errors are told apart by code, then by message, required details and status: give this one something of its own";
    move |place| Finding::error(rule, title).at(place, label).help(help)
}

/// What a body says.
struct BodyEvidence {
    code: Option<String>,
    message: Option<String>,
    details: Option<Value>,
    is_object: bool,
}

impl BodyEvidence {
    fn new(envelope: &Envelope<'_>, sample: &Sample) -> Self {
        let text = &sample.body;
        let reading = ParsedBody::new(envelope, text);
        let details = reading.details(text);
        Self {
            details: details.and_then(|raw| serde_json::from_str(raw.json).ok()),
            code: reading.code(text).map(Into::into),
            message: reading.message(text).map(Into::into),
            is_object: reading.is_object,
        }
    }
}

/// The errors of a catalog by what they are known by: what the runtime has as tables.
struct ErrorIndex<'a> {
    catalog: &'a Catalog,
    types: FieldsByType<'a>,
    by_code: HashMap<&'a str, Vec<usize>>,
    /// Of errors without a code: by each message without a value.
    by_message: HashMap<String, Vec<usize>>,
    /// Those that have a message with values.
    templated: Vec<usize>,
    /// Those with details that must be there.
    detailed: Vec<usize>,
    /// Those that name a status, or come as events.
    naming: HashMap<Option<u16>, Vec<usize>>,
}

impl<'a> ErrorIndex<'a> {
    fn new(catalog: &'a Catalog) -> Self {
        let types = catalog.types.iter();
        let mut known = Self {
            catalog,
            types: types
                .map(|named| (named.name.as_str(), named.fields.as_slice()))
                .collect(),
            by_code: HashMap::with_capacity(catalog.errors.len()),
            by_message: HashMap::new(),
            templated: Vec::new(),
            detailed: Vec::new(),
            naming: HashMap::new(),
        };
        for (index, error) in catalog.errors.iter().enumerate() {
            known.add(index, error);
        }
        known
    }

    fn add(&mut self, index: usize, error: &'a Error) {
        for code in error.code.iter().chain(&error.aliases) {
            self.by_code.entry(&code.text).or_default().push(index);
        }
        if error.code.is_some() {
            return;
        }
        for message in &error.messages {
            if !message.has_placeholder() {
                let holders = self.by_message.entry(message.to_string()).or_default();
                holders.push(index);
            }
        }
        if error.messages.iter().any(Template::has_placeholder) {
            self.templated.push(index);
        }
        if error.requires_details() {
            self.detailed.push(index);
        }
        let statuses = error.statuses.iter().copied().map(Some);
        for status in statuses.chain(error.event.then_some(None)) {
            self.naming.entry(status).or_default().push(index);
        }
    }

    /// The statuses that an error comes with, `None` for an event. One of which no status is known
    /// comes with any: those that others have, and one that none has.
    fn statuses(&self, error: &Error) -> Vec<Option<u16>> {
        if error.event {
            return vec![None];
        }
        if !error.statuses.is_empty() {
            return error.statuses.iter().copied().map(Some).collect();
        }
        let of_others = self.naming.keys().copied().collect::<BTreeSet<_>>();
        let of_none = (400..=599)
            .rev()
            .map(Some)
            .find(|status| !of_others.contains(status));
        of_others.iter().copied().chain(of_none).collect()
    }

    fn comes_with(&self, index: usize, status: Option<u16>) -> bool {
        let error = &self.catalog.errors[index];
        match status {
            Some(status) => {
                error.statuses.contains(&status) || (error.statuses.is_empty() && !error.event)
            }
            None => error.statuses.is_empty(),
        }
    }

    /// As the runtime's `Catalog::identify`, on a catalog that is not compiled yet. Where several errors have
    /// a code, their statuses differ, so there is no need to ask for the message; and no value is left out
    /// of a body that is written here.
    fn identify(&self, status: Option<u16>, said: &BodyEvidence) -> Option<usize> {
        let of_status = |index: &&usize| self.comes_with(**index, status);
        if let Some(code) = &said.code {
            let holders = self.by_code.get(code.as_str())?;
            return single(holders.iter().filter(of_status)).or(holders.first().copied());
        }
        let exact = || {
            let holders = said
                .message
                .as_ref()
                .and_then(|message| self.by_message.get(message));
            holders.into_iter().flatten()
        };
        let silent = |index: &usize| self.catalog.errors[*index].messages.is_empty();
        let of_status_alone = || single(self.naming.get(&status)?.iter());
        single(exact().filter(of_status))
            .or_else(|| single(self.of_form(status, said)))
            .or_else(|| single(self.of_details(status, said)))
            .or_else(|| single(exact()))
            .or_else(|| of_status_alone().filter(silent).filter(|_| said.is_object))
    }

    /// Those that come with a status and have a form that the message is.
    fn of_form(&self, status: Option<u16>, said: &BodyEvidence) -> impl Iterator<Item = &usize> {
        let of_status = move |index: &&usize| self.comes_with(**index, status);
        let has_form = move |index: &&usize| {
            let (error, message) = (&self.catalog.errors[**index], said.message.as_deref());
            let values = |form: &Template| is_form(error, form, message?);
            error.messages.iter().any(|form| values(form) > Some(0))
        };
        self.templated.iter().filter(of_status).filter(has_form)
    }

    /// Those that come with a status and whose details these are.
    fn of_details(&self, status: Option<u16>, said: &BodyEvidence) -> impl Iterator<Item = &usize> {
        let of_status = move |index: &&usize| self.comes_with(**index, status);
        let has_details = move |index: &&usize| {
            let declared = self.catalog.errors[**index].details.as_ref();
            let both = declared.zip(said.details.as_ref());
            both.is_some_and(|(declared, details)| fits(declared, details, &self.types))
        };
        self.detailed.iter().filter(of_status).filter(has_details)
    }

    /// Another error that a body could mean as well.
    fn rival(&self, index: usize, status: Option<u16>, said: &BodyEvidence) -> Option<usize> {
        let naming = self.naming.get(&status).into_iter().flatten();
        let mut rivals = self
            .of_form(status, said)
            .chain(self.of_details(status, said))
            .chain(naming);
        rivals.find(|other| **other != index).copied()
    }
}

/// The one item that there is.
fn single<'a>(mut items: impl Iterator<Item = &'a usize>) -> Option<usize> {
    let first = items.next()?;
    items.next().is_none().then_some(*first)
}

/// The named types, by name.
type FieldsByType<'a> = HashMap<&'a str, &'a [Field]>;

fn fits(declared: &Details, value: &Value, types: &FieldsByType<'_>) -> bool {
    match declared {
        Details::Object(fields) => fits_object(fields, value, types),
        Details::Whole(ty) => fits_type(ty, value, types),
    }
}

fn fits_object(fields: &[Field], value: &Value, types: &FieldsByType<'_>) -> bool {
    let Value::Object(members) = value else {
        return false;
    };
    fields.iter().all(|field| match members.get(&field.name) {
        Some(value) => fits_type(&field.ty, value, types),
        None => matches!(field.ty, Type::Optional(_)),
    })
}

fn fits_type(ty: &Type, value: &Value, types: &FieldsByType<'_>) -> bool {
    match ty {
        Type::Any => true,
        Type::String => value.is_string(),
        Type::Bool => value.is_boolean(),
        Type::U32 => value
            .as_u64()
            .is_some_and(|number| u32::try_from(number).is_ok()),
        Type::U64 => value.is_u64(),
        Type::I64 => value.is_i64(),
        Type::F64 => value.is_number(),
        Type::Optional(inner) => value.is_null() || fits_type(inner, value, types),
        Type::List(item) => value
            .as_array()
            .is_some_and(|items| items.iter().all(|value| fits_type(item, value, types))),
        Type::Map(item) => value
            .as_object()
            .is_some_and(|members| members.values().all(|value| fits_type(item, value, types))),
        Type::Named(name) => types
            .get(name.as_str())
            .is_some_and(|fields| fits_object(fields, value, types)),
    }
}
