//! Compares what two catalogs say, table by table, in the order of the format.

mod api;
mod columns;
mod envelope;
mod error;
mod errors;
mod fields;
mod identity;
mod pairs;
mod rules;

use errbook_codegen::model::Catalog;

use crate::diff::change::{ApiChanges, Change, Keys, Shown, Subject, Title, code, text};
use crate::diff::compare::fields::Types;
use crate::diff::kind::Kind;

/// What changed from one catalog to the other, each with its index, where there are both. No APIs are
/// paired here.
pub(super) fn api<'a>(
    old: Option<(usize, &'a Catalog)>,
    new: Option<(usize, &'a Catalog)>,
) -> ApiChanges<'a> {
    let mut changes = Vec::new();
    match (old, new) {
        (Some((_, old)), Some((_, new))) => both(&mut changes, old, new),
        (old, new) => {
            let keys = |there: bool| there.then(|| vec!["api".to_owned()]);
            let whole = |catalog: Option<(usize, &Catalog)>| {
                catalog.map(|(_, catalog)| text(&catalog.api.title))
            };
            let (kind, title) = match new {
                Some(_) => (Kind::ApiAdded, "API added"),
                None => (Kind::ApiRemoved, "API removed"),
            };
            changes.push(Change {
                kind,
                subject: Subject::Api,
                title: title.into(),
                old: whole(old),
                new: whole(new),
                old_keys: keys(old.is_some()),
                new_keys: keys(new.is_some()),
            });
        }
    }
    ApiChanges { old, new, changes }
}

fn both(changes: &mut Vec<Change>, old: &Catalog, new: &Catalog) {
    let types = Types::new(old, new);
    api::compare(changes, old, new);
    envelope::compare(changes, old, new);
    api::status_rows(changes, old, new);
    fields::named_types(changes, &types, old, new);
    columns::compare(changes, old, new);
    api::categories(changes, old, new);
    let partners = errors::compare(changes, &types, old, new);
    rules::compare(changes, old, new, &partners);
    api::notes(changes, &Subject::Notes, &[], &old.notes, &new.notes);
    // The order of tables is told of the API.
    changes.sort_by_key(|change| change.subject != Subject::Api);
}

/// Takes down the changes of one subject.
struct Record<'c> {
    changes: &'c mut Vec<Change>,
    subject: Subject,
    /// The keys that lead to the subject in each catalog, if it is there.
    old_keys: Option<Keys>,
    new_keys: Option<Keys>,
}

impl<'c> Record<'c> {
    /// For a subject to which the same keys lead on both sides.
    fn new(changes: &'c mut Vec<Change>, subject: Subject, keys: &[&str]) -> Self {
        let keys: Keys = keys.iter().map(|key| (*key).to_owned()).collect();
        Self {
            changes,
            subject,
            old_keys: Some(keys.clone()),
            new_keys: Some(keys),
        }
    }

    /// Something under `key` changed.
    fn push(
        &mut self,
        kind: Kind,
        title: impl Into<Title>,
        key: &[&str],
        [old, new]: [Option<Shown>; 2],
    ) {
        let keys = |subject: &Option<Keys>| {
            let mut keys = subject.clone()?;
            keys.extend(key.iter().map(|key| (*key).to_owned()));
            Some(keys)
        };
        self.changes.push(Change {
            kind,
            subject: self.subject.clone(),
            title: title.into(),
            old,
            new,
            old_keys: keys(&self.old_keys),
            new_keys: keys(&self.new_keys),
        });
    }

    /// A text may have changed. The title gets a verb where it is on one side only.
    fn text(
        &mut self,
        kind: Kind,
        title: impl Into<Title>,
        key: &[&str],
        sides: [Option<&str>; 2],
    ) {
        self.changed(kind, title.into(), key, sides.map(|side| side.map(text)));
    }

    /// A name or a word of the format may have changed, as a text may.
    fn word(
        &mut self,
        kind: Kind,
        title: impl Into<Title>,
        key: &[&str],
        sides: [Option<&str>; 2],
    ) {
        self.changed(kind, title.into(), key, sides.map(|side| side.map(code)));
    }

    fn changed(&mut self, kind: Kind, title: Title, key: &[&str], sides: [Option<Shown>; 2]) {
        if sides[0] != sides[1] {
            self.push(kind, title.of_sides(&sides), key, sides);
        }
    }
}
