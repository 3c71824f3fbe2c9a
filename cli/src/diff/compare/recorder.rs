//! Records changes.

use crate::diff::change::{Change, ChangeValue, Keys, Subject, Title, code, text};
use crate::diff::kind::ChangeKind;

/// Records the changes of one subject.
pub(super) struct ChangeRecorder<'c> {
    pub(super) changes: &'c mut Vec<Change>,
    pub(super) subject: Subject,
    /// The keys that lead to the subject in the old catalog, if it is there.
    pub(super) old_keys: Option<Keys>,
    /// The keys that lead to the subject in the new catalog, if it is there.
    pub(super) new_keys: Option<Keys>,
}

impl<'c> ChangeRecorder<'c> {
    /// Creates a recorder for a subject with the same keys in both catalogs.
    pub(super) fn new(changes: &'c mut Vec<Change>, subject: Subject, keys: &[&str]) -> Self {
        let keys: Keys = keys.iter().map(|key| (*key).to_owned()).collect();
        Self {
            changes,
            subject,
            old_keys: Some(keys.clone()),
            new_keys: Some(keys),
        }
    }

    /// Records a change under `key`.
    pub(super) fn push(
        &mut self,
        kind: ChangeKind,
        title: impl Into<Title>,
        key: &[&str],
        [old, new]: [Option<ChangeValue>; 2],
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

    /// Records a change of a text, if there is one. A text on one side only makes the title end in a verb.
    pub(super) fn text(
        &mut self,
        kind: ChangeKind,
        title: impl Into<Title>,
        key: &[&str],
        sides: [Option<&str>; 2],
    ) {
        self.changed(kind, title.into(), key, sides.map(|side| side.map(text)));
    }

    /// Records a change of a name or of a keyword, if there is one.
    pub(super) fn word(
        &mut self,
        kind: ChangeKind,
        title: impl Into<Title>,
        key: &[&str],
        sides: [Option<&str>; 2],
    ) {
        self.changed(kind, title.into(), key, sides.map(|side| side.map(code)));
    }

    fn changed(
        &mut self,
        kind: ChangeKind,
        title: Title,
        key: &[&str],
        sides: [Option<ChangeValue>; 2],
    ) {
        if sides[0] != sides[1] {
            self.push(kind, title.of_sides(&sides), key, sides);
        }
    }
}

/// Records that the tables under a key have another order.
pub(super) fn order(changes: &mut Vec<Change>, title: &'static str, key: &[&str]) {
    let mut recorder = ChangeRecorder::new(changes, Subject::Api, &[]);
    recorder.push(ChangeKind::Order, title, key, [None, None]);
}
