//! All errors: which ones were added, removed or reordered.

use std::collections::{HashMap, HashSet};

use errbook_codegen::__private::model::{Catalog, Error, Template};

use crate::diff::change::{ChangeValue, Keys, Subject, Title, text};
use crate::diff::compare::catalog_pair::{CatalogPair, section};
use crate::diff::compare::pairing::{Pair, merge};
use crate::diff::compare::recorder::ChangeRecorder;
use crate::diff::compare::{details, one_error};
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
            Pair::Both(old, new) => one_error::compare(recorder, old, new),
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
            let title = (
                "error removed, its code is an alias of {}",
                holder.key.as_str(),
            );
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
        let mut ambiguous = Self {
            statuses: HashSet::new(),
            has_event: false,
            has_any_status: false,
            messages: HashSet::new(),
        };
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
