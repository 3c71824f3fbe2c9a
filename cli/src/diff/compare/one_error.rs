//! One error that is in both catalogs.

use errbook_codegen::model::{Catalog, Deprecated, Error, Example, Retry};

use crate::diff::change::{Title, code, text};
use crate::diff::compare::api::inferred;
use crate::diff::compare::catalog_pair::CatalogPair;
use crate::diff::compare::pairing::pairs;
use crate::diff::compare::recorder::ChangeRecorder;
use crate::diff::compare::type_index::TypeIndex;
use crate::diff::compare::{details, identification};
use crate::diff::kind::ChangeKind;

pub(super) fn compare(
    recorder: &mut ChangeRecorder<'_>,
    types: &TypeIndex<'_>,
    sides: &CatalogPair<'_>,
    old: usize,
    new: usize,
) {
    let [old, new] = [&sides.old.errors[old], &sides.new.errors[new]];
    let rust_names = [Some(old.rust_name.as_str()), Some(new.rust_name.as_str())];
    if old.key == new.key {
        recorder.word(
            ChangeKind::RustName,
            "name in Rust",
            &["rust-name"],
            rust_names,
        );
    } else {
        let shown = [old, new].map(|error| Some(code(&error.key)));
        recorder.push(ChangeKind::ErrorRenamed, "renamed", &[], shown);
    }
    let section = |catalog: &Catalog, error: &Error| {
        let index = error.category?;
        Some(catalog.categories[index].id.clone())
    };
    let sections = [section(sides.old, old), section(sides.new, new)];
    let sections = [sections[0].as_deref(), sections[1].as_deref()];
    recorder.word(ChangeKind::ErrorMoved, "section", &[], sections);
    identification::compare(recorder, sides, old, new);
    texts(recorder, old, new);
    let retry = [old.retry, new.retry].map(|retry| retry.map(Retry::as_str));
    recorder.word(ChangeKind::Retry, "retry", &["retry"], retry);
    let details = [old.details.as_ref(), new.details.as_ref()];
    details::details(recorder, types, details, new.requires_details());
    details::params(recorder, &old.params, &new.params);
    headers(recorder, old, new);
    life(recorder, sides, old, new);
    columns(recorder, sides, old, new);
    examples(recorder, old, new);
    inferred(recorder, &old.inferred, &new.inferred);
}

fn texts(recorder: &mut ChangeRecorder<'_>, old: &Error, new: &Error) {
    let mut one = |key: &'static str, of: fn(&Error) -> Option<&str>| {
        recorder.text(ChangeKind::ErrorText, key, &[key], [of(old), of(new)]);
    };
    one("title", |error| error.title.as_deref());
    one("description", |error| error.description.as_deref());
    one("action", |error| error.action.as_deref());
    one("docs", |error| error.docs.as_deref());
    one("since", |error| error.since.as_deref());
}

fn headers(recorder: &mut ChangeRecorder<'_>, old: &Error, new: &Error) {
    // RFC 9110, 5.1: names of fields have no case.
    let pairs = pairs(&old.headers, &new.headers, |(name, _)| {
        name.to_ascii_lowercase()
    });
    for [old, new] in pairs.items {
        let [old, new] = [old, new].map(|side| side.map(|(_, header)| header));
        let Some((name, _)) = new.or(old) else {
            continue;
        };
        let kind = match [old, new] {
            [None, _] => ChangeKind::HeaderAdded,
            [_, None] => ChangeKind::HeaderRemoved,
            _ => ChangeKind::HeaderText,
        };
        let texts = [old, new].map(|side| side.map(|(_, holds)| holds.as_str()));
        let title = Title::of("header ", name, "");
        recorder.text(kind, title, &["headers", name], texts);
    }
}

/// `deprecated` and `retired`.
fn life(recorder: &mut ChangeRecorder<'_>, sides: &CatalogPair<'_>, old: &Error, new: &Error) {
    let deprecated = [
        old.deprecated.as_ref().map(|it| said(sides.old, it)),
        new.deprecated.as_ref().map(|it| said(sides.new, it)),
    ];
    let (kind, title) = match deprecated {
        [None, _] => (ChangeKind::ErrorDeprecated, "deprecated"),
        [_, None] => (ChangeKind::ErrorUndeprecated, "no longer deprecated"),
        _ => (ChangeKind::LifeText, "deprecated"),
    };
    let mut one = |kind, title: &'static str, key, sides: [Option<String>; 2]| {
        if sides[0] != sides[1] {
            let shown = sides.map(|said| said.as_deref().map(text));
            recorder.push(kind, title, &[key], shown);
        }
    };
    one(kind, title, "deprecated", deprecated);
    let retired = [old.retired.clone(), new.retired.clone()];
    let (kind, title) = match retired {
        [None, _] => (ChangeKind::ErrorRetired, "retired since"),
        [_, None] => (ChangeKind::ErrorUnretired, "no longer retired"),
        _ => (ChangeKind::LifeText, "retired since"),
    };
    one(kind, title, "retired", retired);
}

/// What is said of an error that is on its way out.
fn said(catalog: &Catalog, deprecated: &Deprecated) -> String {
    let since = deprecated.since.as_ref().map(|it| format!("since {it}"));
    let instead = deprecated
        .replaced_by
        .map(|index| &catalog.errors[index].key);
    let instead = instead.map(|key| format!("use {key}"));
    let said = [since, instead, deprecated.note.clone()];
    let said: Vec<String> = said.into_iter().flatten().collect();
    said.join("; ")
}

/// The values of the columns that both catalogs declare.
fn columns(recorder: &mut ChangeRecorder<'_>, sides: &CatalogPair<'_>, old: &Error, new: &Error) {
    for [old_at, new_at] in &sides.columns {
        let values = [&old.columns[*old_at], &new.columns[*new_at]];
        if values[0] != values[1] {
            let key = &sides.new.columns[*new_at].key;
            let shown = values.map(|value| value.as_ref().map(code));
            let title = Title::of("column ", key, "").of_sides(&shown);
            recorder.push(ChangeKind::ColumnValue, title, &[key], shown);
        }
    }
}

fn examples(recorder: &mut ChangeRecorder<'_>, old: &Error, new: &Error) {
    let most = old.examples.len().max(new.examples.len());
    for index in 0..most {
        let [old, new] = [old, new].map(|error| error.examples.get(index));
        if old != new {
            let title = Title::from("example").of_sides(&[old, new]);
            let shown = [old, new].map(|example| example.map(|it| code(example_text(it))));
            recorder.push(
                ChangeKind::Example,
                title,
                &["example", &index.to_string()],
                shown,
            );
        }
    }
}

/// What an example says, in the words of a catalog.
fn example_text(example: &Example) -> String {
    let mut said = Vec::new();
    said.extend(example.status.map(|status| format!("status = {status}")));
    said.extend(
        example
            .message
            .as_ref()
            .map(|text| format!("message = {text:?}")),
    );
    let params = example.params.iter();
    said.extend(params.map(|(name, value)| format!("{name} = {value}")));
    said.extend(
        example
            .details
            .as_ref()
            .map(|details| format!("details = {details}")),
    );
    let reference = example.reference.as_ref();
    said.extend(reference.map(|reference| format!("reference = {reference}")));
    said.join(", ")
}
