//! Identifies the error of a catalog that a response means.

use crate::body::parsed::ParsedBody;
use crate::catalog::tables::{Candidates, CatalogTables, TemplateForm, indexes};
use crate::message::matcher::{
    TemplateMatch, is_exactly, matches, strip_common, whole_placeholder,
};
use crate::message::value::is_value;

/// The part of a response that identified its error.
///
/// The variants are in the order in which they are tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum IdentifiedBy {
    /// The program itself, which raised the error.
    Program,
    /// The code in the body, or an older one.
    Code,
    /// The code and the status: several errors have the code, and one of them this status.
    CodeAndStatus,
    /// The code and the message: several errors have the code, the status does not select one of them, and the message
    /// does.
    CodeAndMessage,
    /// The code alone, although several errors have it, and neither status nor message selects one: the first of them.
    FirstOfCode,
    /// The exact message. There is no code in the body.
    Message,
    /// The message, by a template with placeholders. There is no code in the body.
    MessageForm,
    /// The details, with all required members. There is no code in the body.
    Details,
    /// The exact message, although the status is not one of the error's.
    MessageAtAnyStatus,
    /// The status, which only one error without code and message has.
    Status,
    /// Nothing: the error is not in the catalog.
    Nothing,
}

/// The parts of a response that may identify its error.
pub struct Evidence<'a> {
    /// `None` for an event.
    pub status: Option<u16>,
    code: Option<&'a str>,
    message: Option<&'a str>,
    is_object: bool,
}

impl<'a> Evidence<'a> {
    /// The evidence of a body, given its text.
    #[inline]
    pub fn new(status: Option<u16>, parsed: &'a ParsedBody, text: &'a str) -> Self {
        Self {
            status,
            code: parsed.code(text),
            message: parsed.message(text),
            is_object: parsed.is_object,
        }
    }
}

/// Identifies the error of a response by index. `fits` returns whether the details of the body are of the type of
/// an error's.
pub fn identify(
    tables: &CatalogTables<'_>,
    evidence: &Evidence<'_>,
    fits: &dyn Fn(usize) -> bool,
) -> (Option<usize>, IdentifiedBy) {
    let identified = match evidence.code {
        // An unknown code is a new error, never one that the catalog has.
        Some(code) => by_code(tables, code, evidence),
        None => without_code(tables, evidence, fits),
    };
    match identified {
        Some((index, by)) => (Some(index), by),
        None => (None, IdentifiedBy::Nothing),
    }
}

/// The errors that a body without a code may mean, by index: those with a template that its message matches, those
/// whose required details it has, those that declare its status, and those that have its exact message. May
/// return an error repeatedly.
///
/// `check` names one of them beside an error that a body does not identify.
pub fn candidates<'e>(
    tables: &'e CatalogTables<'_>,
    evidence: &'e Evidence<'_>,
    fits: &'e dyn Fn(usize) -> bool,
) -> impl Iterator<Item = usize> {
    let with_status = || {
        let errors = indexes(tables.without_code);
        errors.filter(|&index| may_have_status(tables, index, evidence.status))
    };
    let by_template = with_status().filter(|&index| {
        let matches = |text| {
            let mut forms = forms_of(tables, index).iter();
            forms.any(|form| matches_form(tables, form, text))
        };
        evidence.message.is_some_and(matches)
    });
    let by_details = with_status().filter(|&index| tables.requires_details(index) && fits(index));
    let by_status =
        indexes(tables.without_code).filter(|&index| declares(tables, index, evidence.status));
    // A second call of `with_message` would keep rustc from inlining it in `without_code`.
    let by_hash = |text| tables.candidates(tables.by_message, tables.shared_messages, text);
    let is_exact = |text, index| tables.any_form(index, |form| is_exactly(form, text));
    let exact = evidence.message.into_iter().flat_map(move |text| {
        let errors = by_hash(text).into_iter().flat_map(Candidates::into_indexes);
        errors.filter(move |&index| is_exact(text, index))
    });
    by_template.chain(by_details).chain(by_status).chain(exact)
}

fn by_code(
    tables: &CatalogTables<'_>,
    code: &str,
    evidence: &Evidence<'_>,
) -> Option<(usize, IdentifiedBy)> {
    let errors = match tables.with_code(code)? {
        Candidates::One(index) => return Some((index, IdentifiedBy::Code)),
        Candidates::Several([only]) => return Some((*only as usize, IdentifiedBy::Code)),
        Candidates::Several(errors) => errors,
    };
    let all = || indexes(errors);
    let first = all().next()?;
    let by_status = single(all().filter(|&index| may_have_status(tables, index, evidence.status)));
    let by_message = || {
        let message = evidence.message?;
        single(all().filter(|&index| has_message(tables, index, message)))
    };
    Some(if let Some(index) = by_status {
        (index, IdentifiedBy::CodeAndStatus)
    } else if let Some(index) = by_message() {
        (index, IdentifiedBy::CodeAndMessage)
    } else {
        (first, IdentifiedBy::FirstOfCode)
    })
}

fn without_code(
    tables: &CatalogTables<'_>,
    evidence: &Evidence<'_>,
    fits: &dyn Fn(usize) -> bool,
) -> Option<(usize, IdentifiedBy)> {
    let has_status = |index: &usize| may_have_status(tables, *index, evidence.status);
    let mut exact = None;
    if let Some(message) = evidence.message {
        if let Some(errors) = with_message(tables, message) {
            exact = single(errors.into_indexes());
            if let Some(index) = single(errors.into_indexes().filter(has_status)) {
                return Some((index, IdentifiedBy::Message));
            }
        }
        if let Some(index) = by_template(tables, message, evidence.status) {
            return Some((index, IdentifiedBy::MessageForm));
        }
    }
    let with_status = || indexes(tables.without_code).filter(has_status);
    let detailed = with_status().filter(|&index| tables.requires_details(index) && fits(index));
    if let Some(index) = single(detailed) {
        return Some((index, IdentifiedBy::Details));
    }
    if let Some(index) = exact {
        return Some((index, IdentifiedBy::MessageAtAnyStatus));
    }
    only_of_status(tables, evidence.status)
        .filter(|&index| evidence.is_object && tables.message(index).is_none())
        .map(|index| (index, IdentifiedBy::Status))
}

/// The only error without a code that declares a status, or that is declared as an event for `None`.
pub(crate) fn only_of_status(tables: &CatalogTables<'_>, status: Option<u16>) -> Option<usize> {
    single(indexes(tables.without_code).filter(|&index| declares(tables, index, status)))
}

/// Whether an error declares a status, or is declared as an event for `None`.
fn declares(tables: &CatalogTables<'_>, index: usize, status: Option<u16>) -> bool {
    match status {
        Some(status) => tables.statuses(index).contains(&status),
        None => tables.is_event(index),
    }
}

/// Whether an error may have a status, or be an event for `None`. An error that declares neither may have any
/// status, and may be an event.
fn may_have_status(tables: &CatalogTables<'_>, index: usize, status: Option<u16>) -> bool {
    match (tables.statuses(index), status) {
        ([], status) => status.is_none() || !tables.is_event(index),
        // Most errors have one status.
        ([only], Some(status)) => *only == status,
        (several, Some(status)) => several.contains(&status),
        (_, None) => false,
    }
}

/// The errors without a code that have this exact message.
fn with_message<'a>(tables: &CatalogTables<'a>, text: &str) -> Option<Candidates<'a>> {
    let errors = tables.candidates(tables.by_message, tables.shared_messages, text)?;
    let has_text = |index| tables.any_form(index, |form| is_exactly(form, text));
    match errors {
        Candidates::One(index) if !has_text(index) => None,
        // The text of several is compared already.
        errors => Some(errors),
    }
}

/// The only error without a code that may have the status and has a template that the message matches.
fn by_template(tables: &CatalogTables<'_>, text: &str, status: Option<u16>) -> Option<usize> {
    let mut found = None;
    for form in tables.forms_with_values() {
        let index = form[0] as usize;
        let matches = found != Some(index)
            && may_have_status(tables, index, status)
            && matches_form(tables, form, text);
        if matches && found.replace(index).is_some() {
            return None;
        }
    }
    found
}

/// Whether an error's message has a template that a text matches.
fn has_message(tables: &CatalogTables<'_>, index: usize, text: &str) -> bool {
    tables.any_form(index, |form| {
        is_exactly(form, text) || matches_template(tables, index, form, text)
    })
}

/// The value of a placeholder in an error's message, by the template that the message is of.
///
/// If the message matches several templates, this is the one that the writer would have used: one without
/// placeholders, or else the one with the most values, the first of equal ones. A template with a missing value is
/// only used if no other one matches.
pub(crate) fn message_value<'x>(
    tables: &CatalogTables<'static>,
    index: usize,
    text: &'x str,
    name: &str,
) -> Option<&'x str> {
    let kind_of = |name: &str| tables.param_kind(index, name);
    let mut best: Option<(usize, TemplateMatch<'_, 'x>)> = None;
    for form in tables.messages(index) {
        if is_exactly(form, text) {
            return None;
        }
        let Some(matched) = matches(form, text, &kind_of) else {
            continue;
        };
        let values = if matched.is_complete() {
            matched.placeholders
        } else {
            0
        };
        if best.as_ref().is_none_or(|(most, _)| values > *most) {
            best = Some((values, matched));
        }
    }
    best?.1.value(name)
}

/// The templates with placeholders of an error without a code.
fn forms_of<'a>(tables: &CatalogTables<'a>, index: usize) -> &'a [TemplateForm] {
    let forms = tables.forms_with_values();
    let start = forms.partition_point(|form| (form[0] as usize) < index);
    let forms = &forms[start..];
    let is_other = |form: &TemplateForm| form[0] as usize != index;
    &forms[..forms.iter().position(is_other).unwrap_or(forms.len())]
}

/// As [`matches_template`], for a template whose braces are known. The text around them rules out most templates.
fn matches_form(tables: &CatalogTables<'_>, form: &TemplateForm, text: &str) -> bool {
    let [index, form, before, behind] = form.map(|number| number as usize);
    let template = tables.message_form(index, form);
    let inner = template.and_then(|template| strip_common(template, text, before, behind));
    let Some((template, text)) = inner else {
        return false;
    };
    // Most templates have one placeholder.
    if let Some(name) = whole_placeholder(template) {
        return is_value(tables.param_kind(index, name), name, text);
    }
    matches_template(tables, index, template, text)
}

/// Whether a text matches a template with placeholders, with values of their types.
fn matches_template(tables: &CatalogTables<'_>, index: usize, template: &str, text: &str) -> bool {
    matches(template, text, &|name| tables.param_kind(index, name))
        .is_some_and(|matched| matched.placeholders > 0)
}

/// The item of an iterator that has exactly one.
fn single(mut items: impl Iterator<Item = usize>) -> Option<usize> {
    let first = items.next()?;
    items.next().is_none().then_some(first)
}

#[cfg(test)]
mod tests {
    extern crate std;
    use std::string::String;
    use std::vec::Vec;

    use super::{Evidence, IdentifiedBy, candidates, identify};
    use crate::body::parsed::ParsedBody;
    use crate::catalog::envelope::{BodyFormat, Envelope, EnvelopeNode, NodeStep, Role};
    use crate::catalog::string_table::StringTable;
    use crate::catalog::tables::{CatalogTables, CodeKind, Facts};

    /// Three errors without a code: two messages with a placeholder, and required details.
    #[test]
    fn tables_built_at_run_time_identify_bodies() {
        let keys = String::from("ABC");
        let messages = ["no job {id}", "no file {id}", ""];
        let facts = [false, true].map(|requires_details| Facts {
            statuses: &[404],
            code: CodeKind::None,
            requires_details,
            ..Facts::EMPTY
        });
        let node = |step, end, looked_at| EnvelopeNode {
            step,
            key: "",
            end,
            written: None,
            looked_at,
        };
        let nodes = [
            node(NodeStep::Root, 3, false),
            node(NodeStep::Member("message"), 2, true),
            node(NodeStep::Member("data"), 3, true),
        ];
        let bounds = StringTable::bounds([0, 11, 12, 0]);
        let tables = CatalogTables {
            envelope: &Envelope {
                nodes: &nodes,
                read: &[(Role::Message, 1), (Role::Details, 2)],
                format: BodyFormat::Json,
            },
            keys: StringTable {
                text: &keys,
                bounds: &[0, 1, 2, 3],
            },
            messages: StringTable {
                text: &messages.concat(),
                bounds: &bounds,
            },
            facts_of: &[0, 0, 1],
            facts: &facts,
            without_code: &[0, 1, 2],
            forms: &[0, 0, 7, 0, 1, 0, 8, 0],
            ..CatalogTables::EMPTY
        };
        let check = |text: &str, expected, others: &[usize]| {
            let parsed = ParsedBody::new(tables.envelope, text);
            let evidence = Evidence::new(Some(404), &parsed, text);
            let fits = |index| index == 2 && parsed.details(text).is_some();
            assert_eq!(identify(&tables, &evidence, &fits), expected, "{text}");
            let all: Vec<usize> = candidates(&tables, &evidence, &fits).collect();
            assert_eq!(all, others, "{text}");
        };
        let form = |index| (Some(index), IdentifiedBy::MessageForm);
        check(r#"{"message":"no job 7"}"#, form(0), &[0, 0, 1, 2]);
        check(r#"{"message":"no file 7"}"#, form(1), &[1, 0, 1, 2]);
        let details = (Some(2), IdentifiedBy::Details);
        check(r#"{"data":{}}"#, details, &[2, 0, 1, 2]);
        check("{}", (None, IdentifiedBy::Nothing), &[0, 1, 2]);
    }
}
