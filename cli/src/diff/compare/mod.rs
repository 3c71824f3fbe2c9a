//! Compares what two catalogs say, table by table, in the order of the format.

mod pairing;
mod recorder;
mod type_index;
mod catalog_pair;
mod api;
mod envelope;
mod details;
mod columns;
mod identification;
mod one_error;
mod all_errors;
mod rules;

use errbook_codegen::model::Catalog;

use crate::diff::change::{ApiChanges, Change, Subject, text};
use crate::diff::compare::type_index::TypeIndex;
use crate::diff::kind::ChangeKind;

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
                Some(_) => (ChangeKind::ApiAdded, "API added"),
                None => (ChangeKind::ApiRemoved, "API removed"),
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
    let types = TypeIndex::new(old, new);
    api::compare(changes, old, new);
    envelope::compare(changes, old, new);
    api::status_rows(changes, old, new);
    details::named_types(changes, &types, old, new);
    columns::compare(changes, old, new);
    api::categories(changes, old, new);
    let partners = all_errors::compare(changes, &types, old, new);
    rules::compare(changes, old, new, &partners);
    api::notes(changes, &Subject::Notes, &[], &old.notes, &new.notes);
    // The order of tables is told of the API.
    changes.sort_by_key(|change| change.subject != Subject::Api);
}
