//! Records changes.

use crate::diff::change::{Change, ChangeValue, Keys, Subject, Title, text};
use crate::diff::compare::catalog_pair::CatalogPair;
use crate::diff::kind::ChangeKind;

/// Records the changes between two catalogs.
pub(super) struct ChangeRecorder<'a> {
    pub(super) catalogs: &'a CatalogPair<'a>,
    pub(super) changes: Vec<Change>,
    /// The subject of the following changes.
    pub(super) subject: Subject,
    /// The keys that lead to the subject in each catalog.
    pub(super) keys: [Option<Keys>; 2],
}

impl<'a> ChangeRecorder<'a> {
    pub(super) fn new(catalogs: &'a CatalogPair<'a>) -> Self {
        Self {
            catalogs,
            changes: Vec::new(),
            subject: Subject::Api,
            keys: [None, None],
        }
    }

    /// Begins a subject with the same keys in both catalogs.
    pub(super) fn begin(&mut self, subject: Subject, keys: &[&str]) {
        let keys: Keys = keys.iter().map(|key| (*key).to_owned()).collect();
        self.begin_at(subject, [Some(keys.clone()), Some(keys)]);
    }

    /// Begins a subject with its keys in each catalog.
    pub(super) fn begin_at(&mut self, subject: Subject, keys: [Option<Keys>; 2]) {
        self.subject = subject;
        self.keys = keys;
    }

    /// Records a change of the values under `key`.
    pub(super) fn push(
        &mut self,
        kind: ChangeKind,
        title: impl Into<Title>,
        key: &[&str],
        values: [Option<ChangeValue>; 2],
    ) {
        let key = || key.iter().map(|key| (*key).to_owned());
        let keys = self.keys.clone();
        self.changes.push(Change {
            kind,
            subject: self.subject.clone(),
            title: title.into(),
            values,
            keys: keys.map(|keys| Some(keys?.into_iter().chain(key()).collect())),
        });
    }

    /// Records a change if the values differ. The title says `added` or `removed` if one is absent.
    pub(super) fn compare(
        &mut self,
        kind: ChangeKind,
        title: impl Into<Title>,
        key: &[&str],
        values: [Option<ChangeValue>; 2],
    ) {
        if values[0] != values[1] {
            self.push(kind, title.into().with_verb(&values), key, values);
        }
    }

    /// Records that something was added or removed, according to which value is absent.
    pub(super) fn added_or_removed(
        &mut self,
        [added, removed]: [ChangeKind; 2],
        title: impl Into<Title>,
        key: &[&str],
        values: [Option<ChangeValue>; 2],
    ) {
        let kind = if values[0].is_none() { added } else { removed };
        self.compare(kind, title, key, values);
    }

    /// Compares the texts of a table, each with its key.
    pub(super) fn texts<const N: usize>(
        &mut self,
        kind: ChangeKind,
        [old, new]: [[(&'static str, Option<&str>); N]; 2],
    ) {
        for ((key, old), (_, new)) in old.into_iter().zip(new) {
            self.compare(kind, key, &[key], [old.map(text), new.map(text)]);
        }
    }

    /// Records that the tables under a key have another order, which is a change of the API.
    pub(super) fn order(&mut self, title: &'static str, key: &[&str]) {
        self.begin(Subject::Api, &[]);
        self.push(ChangeKind::Order, title, key, [None, None]);
    }
}
