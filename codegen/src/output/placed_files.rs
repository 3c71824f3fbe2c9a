//! Generated files with their paths on disk: compared with a folder and written to it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::Path;

use crate::output::disk::{
    DiskState, compare, ignore_absent, in_the_way, is_left_behind, is_temporary, list, name,
    origin, remove_empty_folders, several_at_a_time, write_whole,
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
    /// The folders that contain nothing but generated files. `""` is the common folder, without the folders
    /// in it.
    folders: BTreeSet<String>,
}

impl<'a> PlacedFiles<'a> {
    /// Adds the files of an output, by their paths from its folder.
    pub(super) fn add(&mut self, folder: &str, files: impl Iterator<Item = (&'a str, &'a str)>) {
        self.folders.insert(folder.to_owned());
        if !folder.is_empty() {
            let files = files.map(|(path, text)| (format!("{folder}/{path}"), text));
            self.files.extend(files);
            return;
        }
        for (path, text) in files {
            let above = path.split_once('/').map(|(above, _)| above.to_owned());
            self.folders.extend(above);
            self.files.insert(path.to_owned(), text);
        }
    }

    /// How a folder differs from these files.
    pub(super) fn stale(&self, folder: &Path) -> io::Result<Stale> {
        let (stale, _) = self.stale_and_found(folder)?;
        Ok(stale)
    }

    /// As [`stale`](Self::stale), and every file that was found.
    fn stale_and_found(&self, folder: &Path) -> io::Result<(Stale, BTreeSet<String>)> {
        let mut stale = Stale::default();
        for (path, found) in self.files.keys().zip(self.compared(folder)?) {
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
        let found = self.found_in(folder)?;
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
        let (stale, mut found) = self.stale_and_found(folder)?;
        let Stale {
            missing,
            changed,
            orphaned,
            foreign,
            fresh,
        } = stale;
        if let Some(path) = foreign.iter().find(|path| self.files.contains_key(*path)) {
            return Err(in_the_way(
                &folder.join(path),
                "errbook did not write this file, and would write over it",
            ));
        }
        let stale: Vec<&String> = missing.iter().chain(&changed).collect();
        self.write_all(folder, &stale)?;
        found.retain(|path| is_left_behind(folder, path));
        for path in found.iter().chain(&orphaned) {
            let place = folder.join(path);
            fs::remove_file(&place)
                .or_else(ignore_absent)
                .map_err(|error| name(&error, &place))?;
            remove_empty_folders(folder, &place);
        }
        Ok(WriteOutcome {
            added: missing,
            changed,
            removed: orphaned,
            foreign,
            unchanged: fresh,
        })
    }

    /// What stands at the place of each file, in their order.
    fn compared(&self, folder: &Path) -> io::Result<Vec<DiskState>> {
        let files: Vec<(&String, &&str)> = self.files.iter().collect();
        let parts = several_at_a_time(&files, 256, |part| {
            let found = part
                .iter()
                .map(|(path, text)| compare(&folder.join(path), text));
            found.collect()
        });
        let parts: io::Result<Vec<Vec<DiskState>>> = parts.into_iter().collect();
        Ok(parts?.into_iter().flatten().collect())
    }

    fn write_all(&self, folder: &Path, paths: &[&String]) -> io::Result<()> {
        let parts = several_at_a_time(paths, 16, |part| {
            part.iter().try_for_each(|path| {
                let place = folder.join(path);
                write_whole(&place, self.files[*path].as_bytes())
                    .map_err(|error| name(&error, &place))
            })
        });
        parts.into_iter().collect()
    }

    /// Every file in the folders that are ours. The rest is none of our business.
    fn found_in(&self, folder: &Path) -> io::Result<BTreeSet<String>> {
        let mut found = BTreeSet::new();
        for ours in &self.folders {
            let prefix = if ours.is_empty() {
                String::new()
            } else {
                format!("{ours}/")
            };
            found.extend(list(folder, &prefix)?);
        }
        Ok(found)
    }
}
