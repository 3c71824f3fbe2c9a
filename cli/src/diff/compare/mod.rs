//! Compares two catalogs, table by table, in the order of the format.

mod pairing;
mod type_index;
mod catalog_pair;
mod recorder;
mod api;
mod envelope;
mod details;
mod columns;
mod identification;
mod errors;
mod rules;

use errbook_codegen::__private::model::Catalog;

use crate::diff::change::{ApiChanges, Change, Subject, text};
use crate::diff::compare::catalog_pair::CatalogPair;
use crate::diff::compare::recorder::ChangeRecorder;
use crate::diff::kind::ChangeKind;

/// Compares the catalogs of an API, each with its index. The API is added or removed if one is absent.
pub(super) fn api(catalogs: [Option<(usize, &Catalog)>; 2]) -> ApiChanges<'_> {
    let changes = if let [Some((_, old)), Some((_, new))] = catalogs {
        compare(&CatalogPair::new(old, new))
    } else {
        let (kind, title) = match catalogs {
            [None, _] => (ChangeKind::ApiAdded, "API added"),
            _ => (ChangeKind::ApiRemoved, "API removed"),
        };
        vec![Change {
            kind,
            subject: Subject::Api,
            title: title.into(),
            values: catalogs.map(|catalog| Some(text(&catalog?.1.api.title))),
            keys: catalogs.map(|catalog| catalog.map(|_| vec!["api".to_owned()])),
        }]
    };
    ApiChanges { catalogs, changes }
}

fn compare(catalogs: &CatalogPair<'_>) -> Vec<Change> {
    let CatalogPair { old, new, .. } = catalogs;
    let mut recorder = ChangeRecorder::new(catalogs);
    api::api(&mut recorder, &old.api, &new.api);
    envelope::compare(&mut recorder, &old.envelope, &new.envelope);
    api::status_rows(&mut recorder, &old.statuses, &new.statuses);
    details::named_types(&mut recorder, &old.types, &new.types);
    columns::compare(&mut recorder, &old.columns, &new.columns);
    api::categories(&mut recorder, &old.categories, &new.categories);
    errors::compare(&mut recorder);
    rules::compare(&mut recorder);
    recorder.begin(Subject::Notes, &[]);
    api::notes(&mut recorder, &old.notes, &new.notes);
    let mut changes = recorder.changes;
    // Changes of the API come first, which include the order of tables.
    changes.sort_by_key(|change| change.subject != Subject::Api);
    changes
}
