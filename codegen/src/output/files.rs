//! Generated files, compared with a folder and written to it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;

use crate::emit::OutputFile;
use crate::output::disk::{
    DiskState, compare, ignore_absent, in_the_way, is_left_behind, is_temporary, list, name,
    origin, remove_empty_folders, several_at_a_time, write_whole,
};
use crate::output_kind::OutputKind;

/// Generated files: their paths, with `/` between the parts and relative to a folder, and texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Files {
    /// The texts are shared with those of the same files under other paths.
    files: BTreeMap<String, Arc<String>>,
    /// The folders that hold nothing else. `""` is the one that all paths start in, without the
    /// folders in it.
    folders: BTreeSet<String>,
}

/// What [`Files::write_to`] did.
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

impl Files {
    /// The files of these outputs. Each output has a folder, even without a file: files of it that are left
    /// there are stale.
    pub(crate) fn new(
        outputs: &BTreeSet<OutputKind>,
        files: Vec<(OutputKind, OutputFile)>,
    ) -> Self {
        let files = files.into_iter().map(|(output, (path, text))| {
            let path = format!("{}/{path}", output.name());
            debug_assert!(
                path.split('/').all(|part| !part.is_empty() && part != ".."),
                "{path}"
            );
            (path, Arc::new(text))
        });
        Self {
            files: files.collect(),
            folders: outputs
                .iter()
                .map(|output| output.name().to_owned())
                .collect(),
        }
    }

    /// The files under a folder, with paths relative to it.
    #[must_use]
    pub fn under(&self, folder: &str) -> Self {
        let below = |(path, text): (&String, &Arc<String>)| {
            Some((
                path.strip_prefix(folder)?.strip_prefix('/')?.to_owned(),
                text.clone(),
            ))
        };
        let files: BTreeMap<String, _> = self.files.iter().filter_map(below).collect();
        let first = |path: &String| path.split_once('/').map(|(first, _)| first.to_owned());
        Self {
            folders: files
                .keys()
                .map(|path| first(path).unwrap_or_default())
                .collect(),
            files,
        }
    }

    /// The files of the outputs that are named, each output in the folder that is named for it, as
    /// in [`Settings::outputs`](crate::Settings::outputs).
    #[must_use]
    pub fn in_folders(&self, folders: &BTreeMap<OutputKind, String>) -> Self {
        let mut placed = Self::default();
        for (output, folder) in folders {
            let files = self.under(output.name()).files.into_iter();
            placed
                .files
                .extend(files.map(|(path, text)| (format!("{folder}/{path}"), text)));
            placed.folders.insert(folder.clone());
        }
        placed
    }

    /// The text of a file.
    pub fn get(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(|text| text.as_str())
    }

    /// Paths and texts, in the order of the paths.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files
            .iter()
            .map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there is no file.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Compares a folder with the files, and writes nothing.
    ///
    /// Only the folders in it that are for generated files are looked at, such as `rust` and `docs`.
    ///
    /// # Errors
    ///
    /// When the folder cannot be read; one that does not exist has every file missing.
    pub fn stale(&self, folder: &Path) -> io::Result<Stale> {
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

    /// Makes a folder hold the files: writes what is missing or differs, each file whole or not at
    /// all, and removes generated files that are none of these. A file that errbook did not write
    /// is never touched.
    ///
    /// A run that is killed leaves each file whole, old or new, and the next run does the rest. Runs
    /// may work on one folder at once.
    ///
    /// # Errors
    ///
    /// Before anything is written, when the folder cannot be read or a file that errbook did not
    /// write stands where one of these should; and when the folder cannot be written. Each names the
    /// path. What was written until then stays; the next run does the rest.
    pub fn write_to(&self, folder: &Path) -> io::Result<WriteOutcome> {
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
        let files: Vec<(&String, &Arc<String>)> = self.files.iter().collect();
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
