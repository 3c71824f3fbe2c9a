//! One error that is in both catalogs.

use errbook_codegen::__private::ErrorEntry;
use errbook_codegen::__private::describe::{self, Inline};
use errbook_codegen::__private::model::{Catalog, Error, Example, Retry};

use crate::console::join;
use crate::diff::change::{ChangeValue, Title, code, text};
use crate::diff::compare::api::inferred;
use crate::diff::compare::catalog_pair::section;
use crate::diff::compare::pairing::{Pair, pairs};
use crate::diff::compare::recorder::ChangeRecorder;
use crate::diff::compare::{details, identification, texts};
use crate::diff::kind::ChangeKind;

pub(super) fn compare(recorder: &mut ChangeRecorder<'_>, old: &Error, new: &Error) {
    let catalogs = recorder.catalogs;
    if old.key == new.key {
        let names = [old, new].map(|error| Some(code(&error.rust_name)));
        recorder.compare(ChangeKind::RustName, "name in Rust", &["rust-name"], names);
    } else {
        let keys = [old, new].map(|error| Some(code(&error.key)));
        recorder.push(ChangeKind::ErrorRenamed, "renamed", &[], keys);
    }
    let sections = [section(catalogs.old, old), section(catalogs.new, new)];
    let sections = sections.map(|section| section.map(code));
    recorder.compare(ChangeKind::ErrorMoved, "section", &[], sections);
    identification::compare(recorder, old, new);
    recorder.texts(ChangeKind::ErrorText, [old, new].map(texts::error));
    other_properties(recorder, old, new);
    let retry = [old, new].map(|error| error.retry.map(Retry::as_str).map(code));
    recorder.compare(ChangeKind::Retry, "retry", &["retry"], retry);
    let details = [old.details.as_ref(), new.details.as_ref()];
    details::details(recorder, details, new.requires_details());
    details::params(recorder, &old.params, &new.params);
    headers(recorder, old, new);
    deprecated(recorder, old, new);
    retired(recorder, old, new);
    columns(recorder, old, new);
    examples(recorder, old, new);
    inferred(recorder, &old.inferred, &new.inferred);
}

/// Compares the properties that are not compared one by one: they are for people.
fn other_properties(recorder: &mut ChangeRecorder<'_>, old: &Error, new: &Error) {
    const COMPARED: [&str; 7] = [
        "status", "code", "aliases", "title", "message", "action", "retry",
    ];
    let catalogs = recorder.catalogs;
    let sides = [(catalogs.old, old), (catalogs.new, new)];
    for key in describe::keys().filter(|key| !COMPARED.contains(key)) {
        let values = sides.map(|(catalog, error)| {
            let property = describe::property(ErrorEntry { catalog, error }, key)?;
            let value: String = property.value.iter().map(Inline::plain).collect();
            Some(text(&value))
        });
        recorder.compare(ChangeKind::ErrorText, key, &[key], values);
    }
}

fn headers(recorder: &mut ChangeRecorder<'_>, old: &Error, new: &Error) {
    // Names of header fields are case-insensitive (RFC 9110, 5.1).
    let pairs = pairs(&old.headers, &new.headers, |(name, _)| {
        name.to_ascii_lowercase()
    });
    for pair in pairs.items {
        let kind = match pair {
            Pair::Added(_) => ChangeKind::HeaderAdded,
            Pair::Removed(_) => ChangeKind::HeaderRemoved,
            Pair::Both(..) => ChangeKind::HeaderText,
        };
        let name = pair.newest().0.as_str();
        let texts = pair.sides(|(_, description)| text(description));
        recorder.compare(kind, ("header {}", name), &["headers", name], texts);
    }
}

fn deprecated(recorder: &mut ChangeRecorder<'_>, old: &Error, new: &Error) {
    let catalogs = recorder.catalogs;
    let values = [
        deprecation(catalogs.old, old),
        deprecation(catalogs.new, new),
    ];
    let (kind, title) = match &values {
        [None, _] => (ChangeKind::ErrorDeprecated, "deprecated"),
        [_, None] => (ChangeKind::ErrorUndeprecated, "no longer deprecated"),
        _ => (ChangeKind::LifeText, "deprecated"),
    };
    if values[0] != values[1] {
        recorder.push(kind, title, &["deprecated"], values);
    }
}

/// Returns one line about the deprecation of an error.
fn deprecation(catalog: &Catalog, error: &Error) -> Option<ChangeValue> {
    let deprecated = error.deprecated.as_ref()?;
    let since = deprecated.since.as_ref().map(|it| format!("since {it}"));
    let replacement = deprecated.replaced_by.map(|it| &catalog.errors[it].key);
    let replacement = replacement.map(|key| format!("use {key}"));
    let parts = [since, replacement, deprecated.note.clone()];
    Some(text(&join(parts.into_iter().flatten(), "; ")))
}

fn retired(recorder: &mut ChangeRecorder<'_>, old: &Error, new: &Error) {
    let values = [old, new].map(|error| error.retired.as_deref().map(text));
    let (kind, title) = match &values {
        [None, _] => (ChangeKind::ErrorRetired, "retired since"),
        [_, None] => (ChangeKind::ErrorUnretired, "no longer retired"),
        _ => (ChangeKind::LifeText, "retired since"),
    };
    if values[0] != values[1] {
        recorder.push(kind, title, &["retired"], values);
    }
}

/// Compares the values of the columns that both catalogs declare.
fn columns(recorder: &mut ChangeRecorder<'_>, old: &Error, new: &Error) {
    let catalogs = recorder.catalogs;
    for [old_index, new_index] in &catalogs.columns {
        let key = catalogs.new.columns[*new_index].key.as_str();
        let values = [&old.columns[*old_index], &new.columns[*new_index]];
        if values[0] != values[1] {
            let values = values.map(|value| value.as_ref().map(code));
            let title = Title::from(("column {}", key)).with_verb(&values);
            recorder.push(ChangeKind::ColumnValue, title, &[key], values);
        }
    }
}

fn examples(recorder: &mut ChangeRecorder<'_>, old: &Error, new: &Error) {
    for index in 0..old.examples.len().max(new.examples.len()) {
        let examples = [old, new].map(|error| error.examples.get(index));
        if examples[0] != examples[1] {
            let key = ["example", &index.to_string()];
            let values = examples.map(|example| example.map(|it| code(example_text(it))));
            let title = Title::from("example").with_verb(&values);
            recorder.push(ChangeKind::Example, title, &key, values);
        }
    }
}

/// Returns an example as a catalog writes it.
fn example_text(example: &Example) -> String {
    let Example {
        status,
        message,
        params,
        details,
        reference,
        ..
    } = example;
    let status = status.iter().map(|status| format!("status = {status}"));
    let message = message.iter().map(|text| format!("message = {text:?}"));
    let params = params
        .iter()
        .map(|(name, value)| format!("{name} = {value}"));
    let details = details.iter().map(|details| format!("details = {details}"));
    let reference = reference.iter().map(|id| format!("reference = {id}"));
    let parts = status.chain(message).chain(params).chain(details);
    join(parts.chain(reference), ", ")
}
