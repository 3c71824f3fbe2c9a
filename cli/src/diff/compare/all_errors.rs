//! All errors: pairs those of both catalogs, and records which were added, removed or reordered.

use std::collections::{HashMap, HashSet};

use errbook_codegen::model::{Catalog, Error, Template, WireCode};

use crate::diff::change::{Change, ChangeValue, Keys, Subject, Title, text};
use crate::diff::compare::catalog_pair::CatalogPair;
use crate::diff::compare::pairing::merged;
use crate::diff::compare::recorder::{ChangeRecorder, order};
use crate::diff::compare::type_index::TypeIndex;
use crate::diff::compare::{details, one_error};
use crate::diff::kind::ChangeKind;

/// Compares the errors. Returns the index of the old error for each new error.
pub(super) fn compare(
    changes: &mut Vec<Change>,
    types: &TypeIndex<'_>,
    old: &Catalog,
    new: &Catalog,
) -> Vec<Option<usize>> {
    let sides = CatalogPair::new(old, new);
    let ambiguous = AmbiguousErrors::new(old);
    let partners = sides.partners();
    for [before, after] in merged(old.errors.len(), &partners) {
        let subject = match (before, after) {
            (_, Some(after)) => &new.errors[after].key,
            (Some(before), None) => &old.errors[before].key,
            (None, None) => continue,
        };
        let mut recorder = ChangeRecorder {
            changes: &mut *changes,
            subject: Subject::Error(subject.clone()),
            old_keys: before.map(|index| keys(&old.errors[index])),
            new_keys: after.map(|index| keys(&new.errors[index])),
        };
        match (before, after) {
            (Some(before), Some(after)) => {
                one_error::compare(&mut recorder, types, &sides, before, after);
            }
            (Some(before), None) => removed(&sides, &mut recorder, types, &old.errors[before]),
            (None, Some(after)) => added(&sides, &mut recorder, &ambiguous, &new.errors[after]),
            (None, None) => {}
        }
    }
    if is_reordered(&sides, &partners) {
        order(changes, "order of the errors", &[]);
    }
    partners
}

/// The keys that lead to an error.
fn keys(error: &Error) -> Keys {
    let mut keys = match error.category {
        Some(index) => vec!["category".to_owned(), index.to_string()],
        None => Vec::new(),
    };
    keys.extend(["error".to_owned(), error.key.clone()]);
    keys
}

/// What there is to say of an error in a line.
fn summary(error: &Error) -> Option<ChangeValue> {
    let said = error.description.as_deref();
    let said = said.or(error.messages.first().map(|form| form.text.as_str()));
    said.map(text)
}

fn removed(
    sides: &CatalogPair<'_>,
    recorder: &mut ChangeRecorder<'_>,
    types: &TypeIndex<'_>,
    error: &Error,
) {
    let holder = sides.holders(error.code.as_ref()).first();
    if let (Some(code), Some(holder)) = (&error.code, holder) {
        let holder = &sides.new.errors[*holder];
        // An alias is no other's code, nor is a code an alias of another.
        let is_alias = holder.aliases.iter().any(|alias| alias.text == code.text);
        let (kind, title) = if is_alias {
            let title = Title::of("error removed, its code is an alias of ", &holder.key, "");
            (ChangeKind::ErrorMerged, title)
        } else {
            let title = Title::of("error removed, its code is that of ", &holder.key, "");
            (ChangeKind::ErrorRemovedWithKnownCode, title)
        };
        recorder.push(kind, title, &[], [summary(error), None]);
        if is_alias {
            details::merged(recorder, types, error, holder);
        }
        return;
    }
    let replaced_by = error.deprecated.as_ref().and_then(|it| it.replaced_by);
    let title = match replaced_by {
        Some(other) => {
            let other = &sides.old.errors[other].key;
            Title::of("error removed, in favour of ", other, "")
        }
        None => "error removed".into(),
    };
    recorder.push(ChangeKind::ErrorRemoved, title, &[], [summary(error), None]);
}

fn added(
    sides: &CatalogPair<'_>,
    recorder: &mut ChangeRecorder<'_>,
    ambiguous: &AmbiguousErrors<'_>,
    error: &Error,
) {
    let known = |code: &WireCode| sides.old_codes.contains_key(code.text.as_str());
    let (kind, title) = match &error.code {
        Some(wire) if known(wire) => {
            let title = Title::of("error added with the known code ", &wire.text, "");
            (ChangeKind::ErrorAddedWithKnownCode, title)
        }
        wire if (wire.is_none() || !sides.have_codes) && ambiguous.with(error) => (
            ChangeKind::ErrorAddedWithoutCode,
            "error added without a code".into(),
        ),
        _ => (ChangeKind::ErrorAdded, "error added".into()),
    };
    recorder.push(kind, title, &[], [None, summary(error)]);
}

/// Whether the errors of a section have another order.
fn is_reordered(sides: &CatalogPair<'_>, partners: &[Option<usize>]) -> bool {
    let section = |catalog: &Catalog, error: &Error| {
        error
            .category
            .map(|index| catalog.categories[index].id.clone())
    };
    let mut last: HashMap<Option<String>, usize> = HashMap::new();
    for (error, partner) in sides.new.errors.iter().zip(partners) {
        let Some(partner) = *partner else { continue };
        let of = section(sides.new, error);
        if of != section(sides.old, &sides.old.errors[partner]) {
            continue;
        }
        if last.insert(of, partner).is_some_and(|last| last > partner) {
            return true;
        }
    }
    false
}

/// Errors without a code that are not known by a message to the letter, or not by that alone: what else
/// comes with their statuses may be taken for them.
struct AmbiguousErrors<'a> {
    statuses: HashSet<u16>,
    /// Whether one comes as an event, and whether one comes with any status.
    as_event: bool,
    anywhere: bool,
    /// The messages of all errors without a code.
    messages: HashSet<&'a str>,
}

impl<'a> AmbiguousErrors<'a> {
    fn new(catalog: &'a Catalog) -> Self {
        let mut mistakable = Self {
            statuses: HashSet::new(),
            as_event: false,
            anywhere: false,
            messages: HashSet::new(),
        };
        for error in catalog.errors.iter().filter(|error| error.code.is_none()) {
            let forms = error.messages.iter().map(|form| form.text.as_str());
            mistakable.messages.extend(forms);
            let has_placeholder = error.messages.iter().any(Template::has_placeholder);
            let is_exact = !error.messages.is_empty() && !has_placeholder;
            if is_exact && !error.requires_details() {
                continue;
            }
            mistakable.statuses.extend(&error.statuses);
            mistakable.as_event |= error.event;
            mistakable.anywhere |= error.statuses.is_empty() && !error.event;
        }
        mistakable
    }

    /// Whether an error without a code may be taken for one of them, or one of them for it.
    fn with(&self, error: &Error) -> bool {
        let says = |form: &Template| self.messages.contains(form.text.as_str());
        let anywhere = error.statuses.is_empty();
        let comes = if anywhere {
            self.as_event || (!error.event && !self.statuses.is_empty())
        } else {
            let known = |status| self.statuses.contains(status);
            error.statuses.iter().any(known)
        };
        self.anywhere || comes || error.messages.iter().any(says)
    }
}
