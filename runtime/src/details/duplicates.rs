//! Duplicate members of JSON objects: only the last one counts.

use alloc::borrow::Cow;
use alloc::collections::BTreeMap;

use crate::json::scanner::Scanner;

/// The last members of an object. They are looked for once a member is not of its type, which few are.
#[derive(Default)]
pub(super) struct LastMembers<'a>(Option<BTreeMap<Cow<'a, str>, usize>>);

impl<'a> LastMembers<'a> {
    /// Whether a member is replaced by a later one of the same name, given the offset of its value. Skips the value
    /// then.
    #[cold]
    pub(super) fn replace(&mut self, json: &mut Scanner<'a>, value: usize, name: &str) -> bool {
        json.go_to(value);
        if json.pass().is_err() {
            return false;
        }
        let last = self.0.get_or_insert_with(|| offsets(json.clone()));
        last.get(name).is_some_and(|last| *last > value)
    }
}

/// The offsets of the last members of each name, from the end of a member on.
fn offsets(mut json: Scanner<'_>) -> BTreeMap<Cow<'_, str>, usize> {
    let mut offsets = BTreeMap::new();
    while let Ok(true) = json.more(b'}') {
        let at = json.at();
        let Ok(name) = json.name() else { break };
        if let Some(name) = name.text() {
            offsets.insert(name, at);
        }
        if json.pass().is_err() {
            break;
        }
    }
    offsets
}
