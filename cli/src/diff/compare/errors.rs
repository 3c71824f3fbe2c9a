//! The errors: which ones were added, removed or reordered, and what has changed in those of both catalogs.

use std::collections::{HashMap, HashSet};

use errbook_codegen::__private::ErrorEntry;
use errbook_codegen::__private::describe::{self, Inline};
use errbook_codegen::__private::model::{Catalog, Error, Example, Retry, Template};

use crate::console::join;
use crate::diff::change::{ChangeValue, Keys, Subject, Title, code, text};
use crate::diff::compare::api::inferred;
use crate::diff::compare::catalog_pair::{CatalogPair, section};
use crate::diff::compare::pairing::{Pair, merge, pairs};
use crate::diff::compare::recorder::ChangeRecorder;
use crate::diff::compare::{details, identification};
use crate::diff::kind::ChangeKind;

pub(super) fn compare(recorder: &mut ChangeRecorder<'_>) {
    let CatalogPair {
        old, new, partners, ..
    } = recorder.catalogs;
    let ambiguous = AmbiguousErrors::new(old);
    let [old, new] = [old, new].map(|it| it.errors.iter().collect::<Vec<_>>());
    for pair in merge(&old, &new, partners) {
        let subject = Subject::Error(pair.newest().key.clone());
        recorder.begin_at(subject, pair.sides(keys));
        match pair {
            Pair::Added(error) => added(recorder, &ambiguous, error),
            Pair::Removed(error) => removed(recorder, error),
            Pair::Both(old, new) => both(recorder, old, new),
        }
    }
    if is_reordered(recorder.catalogs) {
        recorder.order("order of the errors", &[]);
    }
}

/// Returns the keys that lead to an error.
fn keys(error: &Error) -> Keys {
    let mut keys = match error.category {
        Some(index) => vec!["category".to_owned(), index.to_string()],
        None => Vec::new(),
    };
    keys.extend(["error".to_owned(), error.key.clone()]);
    keys
}

/// Returns one line about an error.
fn summary(error: &Error) -> Option<ChangeValue> {
    let message = error.messages.first().map(|form| form.text.as_str());
    error.description.as_deref().or(message).map(text)
}

fn removed(recorder: &mut ChangeRecorder<'_>, error: &Error) {
    let catalogs = recorder.catalogs;
    let values = [summary(error), None];
    let holder = error.code.as_ref().and_then(|code| {
        let holder = catalogs.new_codes.get(code).first()?;
        Some((code, &catalogs.new.errors[*holder]))
    });
    if let Some((code, holder)) = holder {
        // A code or alias is never an alias of another error.
        if holder.aliases.iter().any(|alias| alias.text == code.text) {
            let title = ("error removed, its code is an alias of {}", &holder.key);
            recorder.push(ChangeKind::ErrorMerged, title, &[], values);
            details::merged(recorder, error, holder);
        } else {
            let title = ("error removed, its code is that of {}", &holder.key);
            recorder.push(ChangeKind::ErrorRemovedWithKnownCode, title, &[], values);
        }
        return;
    }
    let replaced_by = error.deprecated.as_ref().and_then(|it| it.replaced_by);
    let title = match replaced_by.map(|index| catalogs.old.errors[index].key.as_str()) {
        Some(other) => Title::from(("error removed, in favour of {}", other)),
        None => "error removed".into(),
    };
    recorder.push(ChangeKind::ErrorRemoved, title, &[], values);
}

fn added(recorder: &mut ChangeRecorder<'_>, ambiguous: &AmbiguousErrors<'_>, error: &Error) {
    let catalogs = recorder.catalogs;
    let has_code = error.code.is_some() && catalogs.have_codes;
    let (kind, title) = match &error.code {
        Some(code) if !catalogs.old_codes.get(code).is_empty() => {
            let title = ("error added with the known code {}", &code.text);
            (ChangeKind::ErrorAddedWithKnownCode, Title::from(title))
        }
        _ if !has_code && ambiguous.contains_similar(error) => {
            let title = "error added without a code";
            (ChangeKind::ErrorAddedWithoutCode, title.into())
        }
        _ => (ChangeKind::ErrorAdded, "error added".into()),
    };
    recorder.push(kind, title, &[], [None, summary(error)]);
}

/// Whether the errors of a section have another order.
fn is_reordered(catalogs: &CatalogPair<'_>) -> bool {
    let mut last: HashMap<Option<&str>, usize> = HashMap::new();
    for (error, partner) in catalogs.new.errors.iter().zip(&catalogs.partners) {
        let Some(partner) = *partner else { continue };
        let new_section = section(catalogs.new, error);
        let is_moved = new_section != section(catalogs.old, &catalogs.old.errors[partner]);
        if !is_moved && last.insert(new_section, partner) > Some(partner) {
            return true;
        }
    }
    false
}

/// The errors of a catalog that another error without a code can be mistaken for.
///
/// These are the errors without a code, except those that are identified by an exact message alone.
#[derive(Default)]
struct AmbiguousErrors<'a> {
    statuses: HashSet<u16>,
    has_event: bool,
    /// Whether an error has no status, so that it is possible with any.
    has_any_status: bool,
    /// The messages of all errors without a code.
    messages: HashSet<&'a str>,
}

impl<'a> AmbiguousErrors<'a> {
    fn new(catalog: &'a Catalog) -> Self {
        let mut ambiguous = Self::default();
        for error in catalog.errors.iter().filter(|error| error.code.is_none()) {
            let forms = error.messages.iter().map(|form| form.text.as_str());
            ambiguous.messages.extend(forms);
            let has_placeholder = error.messages.iter().any(Template::has_placeholder);
            let is_exact = !error.messages.is_empty() && !has_placeholder;
            if is_exact && !error.requires_details() {
                continue;
            }
            ambiguous.statuses.extend(&error.statuses);
            ambiguous.has_event |= error.event;
            ambiguous.has_any_status |= error.statuses.is_empty() && !error.event;
        }
        ambiguous
    }

    /// Whether an error without a code can be mistaken for one of these, or the reverse.
    fn contains_similar(&self, error: &Error) -> bool {
        let same_message = |form: &Template| self.messages.contains(form.text.as_str());
        let same_status = if error.statuses.is_empty() {
            self.has_event || (!error.event && !self.statuses.is_empty())
        } else {
            let mut statuses = error.statuses.iter();
            statuses.any(|status| self.statuses.contains(status))
        };
        self.has_any_status || same_status || error.messages.iter().any(same_message)
    }
}

/// Compares an error that is in both catalogs.
fn both(recorder: &mut ChangeRecorder<'_>, old: &Error, new: &Error) {
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
    let texts = [old, new].map(|error| {
        [
            ("title", error.title.as_deref()),
            ("description", error.description.as_deref()),
            ("action", error.action.as_deref()),
            ("docs", error.docs.as_deref()),
        ]
    });
    recorder.texts(ChangeKind::ErrorText, texts);
    other_properties(recorder, old, new);
    let retry = [old, new].map(|error| error.retry.map(Retry::as_str).map(code));
    recorder.compare(ChangeKind::Retry, "retry", &["retry"], retry);
    let details = [old.details.as_ref(), new.details.as_ref()];
    details::details(recorder, details, new.requires_details());
    details::params(recorder, &old.params, &new.params);
    headers(recorder, old, new);
    let titles = [
        (ChangeKind::ErrorDeprecated, "deprecated"),
        (ChangeKind::ErrorUndeprecated, "no longer deprecated"),
    ];
    let deprecations = [
        deprecation(catalogs.old, old),
        deprecation(catalogs.new, new),
    ];
    life(recorder, "deprecated", titles, deprecations);
    let titles = [
        (ChangeKind::ErrorRetired, "retired since"),
        (ChangeKind::ErrorUnretired, "no longer retired"),
    ];
    let retired = [old, new].map(|error| error.retired.as_deref().map(text));
    life(recorder, "retired", titles, retired);
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

/// Compares the deprecation or the retirement of an error. The kinds and titles are for its begin and its end.
fn life(
    recorder: &mut ChangeRecorder<'_>,
    key: &str,
    [begin, end]: [(ChangeKind, &'static str); 2],
    values: [Option<ChangeValue>; 2],
) {
    let (kind, title) = match &values {
        [None, _] => begin,
        [_, None] => end,
        _ => (ChangeKind::LifeText, begin.1),
    };
    if values[0] != values[1] {
        recorder.push(kind, title, &[key], values);
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
    let status = example.status.iter().map(|it| format!("status = {it}"));
    let message = example.message.iter().map(|it| format!("message = {it:?}"));
    let params = example.params.iter();
    let params = params.map(|(name, value)| format!("{name} = {value}"));
    let details = example.details.iter().map(|it| format!("details = {it}"));
    let reference = example
        .reference
        .iter()
        .map(|it| format!("reference = {it}"));
    let parts = status.chain(message).chain(params).chain(details);
    join(parts.chain(reference), ", ")
}
