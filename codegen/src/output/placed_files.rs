//! Generated files with their paths on disk: compared with a folder and written to it.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;

use crate::output::disk::{
    DiskState, compare, in_the_way, is_left_behind, is_temporary, list, origin, remove,
    remove_empty_folders, several_at_a_time, write_whole,
};

/// What [`Files::write_to`](crate::Files::write_to) did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct WriteOutcome {
    /// Files that were not there.
    pub added: Vec<String>,
    /// Files that had another text.
    pub changed: Vec<String>,
    /// Generated files that nothing generates any more.
    pub removed: Vec<String>,
    /// Files that errbook did not write and that are in nobody's way, left alone.
    pub foreign: Vec<String>,
    /// How many files were as they should be.
    pub unchanged: usize,
}

/// How a folder differs from what it should hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Stale {
    /// Files that are not there.
    pub missing: Vec<String>,
    /// Files with another text.
    pub changed: Vec<String>,
    /// Generated files that nothing generates any more.
    pub orphaned: Vec<String>,
    /// Files that errbook did not write, some of them perhaps where it would write.
    pub foreign: Vec<String>,
    /// How many files are as they should be.
    pub fresh: usize,
}

impl Stale {
    /// Whether the folder holds what it should and nothing else.
    pub fn is_fresh(&self) -> bool {
        [&self.missing, &self.changed, &self.orphaned, &self.foreign]
            .iter()
            .all(|files| files.is_empty())
    }
}

/// The texts of generated files, by their paths from a common folder.
#[derive(Default)]
pub(super) struct PlacedFiles<'a> {
    files: BTreeMap<String, &'a str>,
    /// The prefixes of the paths in folders that contain nothing but generated files.
    prefixes: BTreeSet<String>,
}

impl<'a> PlacedFiles<'a> {
    /// Adds the files of an output, by their paths from its folder.
    pub(super) fn add(&mut self, folder: &str, files: impl Iterator<Item = (&'a str, &'a str)>) {
        let placed = files.map(|(path, text)| (format!("{folder}/{path}"), text));
        self.files.extend(placed);
        self.prefixes.insert(format!("{folder}/"));
    }

    /// How a folder differs from these files, and every file in the folders of generated files.
    pub(super) fn compare(&self, folder: &Path) -> io::Result<(Stale, BTreeSet<String>)> {
        let mut stale = Stale::default();
        let files: Vec<(&String, &&str)> = self.files.iter().collect();
        let states = several_at_a_time(&files, 256, |(path, text)| {
            compare(&folder.join(path), text)
        });
        for (path, found) in self.files.keys().zip(states?) {
            let list = match found {
                DiskState::Nothing => &mut stale.missing,
                DiskState::Generated => &mut stale.changed,
                DiskState::Foreign => &mut stale.foreign,
                DiskState::Same => {
                    stale.fresh += 1;
                    continue;
                }
            };
            list.push(path.clone());
        }
        let mut found = BTreeSet::new();
        for prefix in &self.prefixes {
            found.extend(list(folder, prefix)?);
        }
        for path in &found {
            if self.files.contains_key(path) || is_temporary(path) {
                continue;
            }
            match origin(&folder.join(path))? {
                DiskState::Generated | DiskState::Same => stale.orphaned.push(path.clone()),
                DiskState::Foreign => stale.foreign.push(path.clone()),
                // Another run has removed it just now.
                DiskState::Nothing => {}
            }
        }
        stale.foreign.sort();
        Ok((stale, found))
    }

    /// Implements [`Files::write_to`](crate::Files::write_to).
    pub(super) fn write_to(&self, folder: &Path) -> io::Result<WriteOutcome> {
        let (stale, mut found) = self.compare(folder)?;
        if let Some(path) = stale
            .foreign
            .iter()
            .find(|path| self.files.contains_key(*path))
        {
            return Err(in_the_way(
                &folder.join(path),
                "errbook did not write this file, and would write over it",
            ));
        }
        let unwritten: Vec<&String> = stale.missing.iter().chain(&stale.changed).collect();
        several_at_a_time(&unwritten, 16, |path| {
            write_whole(&folder.join(path), self.files[*path].as_bytes())
        })?;
        found.retain(|path| is_left_behind(folder, path));
        for path in found.iter().chain(&stale.orphaned) {
            let place = folder.join(path);
            remove(&place)?;
            remove_empty_folders(folder, &place);
        }
        Ok(WriteOutcome {
            added: stale.missing,
            changed: stale.changed,
            removed: stale.orphaned,
            foreign: stale.foreign,
            unchanged: stale.fresh,
        })
    }
}
