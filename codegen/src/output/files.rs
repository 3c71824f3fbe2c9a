//! Generated files: the texts of each output, compared with a folder and written to it.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;

use crate::output::disk::{
    DiskState, compare, in_the_way, is_left_behind, is_temporary, list, origin, remove,
    remove_empty_folders, several_at_a_time, write_whole,
};
use crate::output_kind::OutputKind;

/// Generated files: the texts of each output, by their paths in the folder of the output, with `/` between
/// the parts.
///
/// That folder is named after the output (`rust`, `docs`), unless [`in_folders`](Self::in_folders) says
/// otherwise.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Files {
    outputs: BTreeMap<OutputKind, OutputFolder>,
}

/// The files of an output.
#[derive(Clone, Debug, PartialEq, Eq)]
struct OutputFolder {
    /// The path of the folder from the folder of all outputs. The folder contains nothing else.
    path: String,
    files: BTreeMap<String, String>,
}

impl OutputFolder {
    fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        let files = self.files.iter();
        files.map(|(path, text)| (path.as_str(), text.as_str()))
    }
}

impl Files {
    /// The files of outputs. An output without a file has a folder, too: files of it that are left there are stale.
    pub(crate) fn new(outputs: BTreeMap<OutputKind, BTreeMap<String, String>>) -> Self {
        let outputs = outputs.into_iter().map(|(output, files)| {
            let path = output.name().to_owned();
            (output, OutputFolder { path, files })
        });
        Self {
            outputs: outputs.collect(),
        }
    }

    /// The outputs that have a folder here, each in that folder, as in
    /// [`Settings::outputs`](crate::Settings::outputs).
    #[must_use]
    pub fn in_folders(mut self, folders: &BTreeMap<OutputKind, String>) -> Self {
        let placed = folders.iter().filter_map(|(output, path)| {
            let OutputFolder { files, .. } = self.outputs.remove(output)?;
            let path = path.clone();
            Some((*output, OutputFolder { path, files }))
        });
        Self {
            outputs: placed.collect(),
        }
    }

    /// The text of a file of an output.
    pub fn get(&self, output: OutputKind, path: &str) -> Option<&str> {
        let folder = self.outputs.get(&output)?;
        folder.files.get(path).map(String::as_str)
    }

    /// The text of the file at a path from the folder of all outputs.
    pub fn at(&self, path: &str) -> Option<&str> {
        self.outputs.values().find_map(|folder| {
            let path = path.strip_prefix(&folder.path)?.strip_prefix('/')?;
            folder.files.get(path).map(String::as_str)
        })
    }

    /// Paths and texts of an output, in the order of the paths.
    pub fn of(&self, output: OutputKind) -> impl Iterator<Item = (&str, &str)> {
        let folder = self.outputs.get(&output);
        folder.into_iter().flat_map(OutputFolder::iter)
    }

    /// Every file: its output, its path and its text.
    pub fn iter(&self) -> impl Iterator<Item = (OutputKind, &str, &str)> {
        self.outputs.iter().flat_map(|(output, folder)| {
            let files = folder.iter();
            files.map(|(path, text)| (*output, path, text))
        })
    }

    /// Compares a folder with the files, and writes nothing.
    ///
    /// Only the folders in it that are for generated files are looked at, such as `rust` and `docs`.
    ///
    /// # Errors
    ///
    /// When the folder cannot be read; one that does not exist has every file missing.
    pub fn stale(&self, folder: &Path) -> io::Result<Stale> {
        let (stale, _) = self.placed().compare(folder)?;
        Ok(stale)
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
    ///
    /// # Links
    ///
    /// The folder of an output may be a symbolic link to a folder anywhere, which is then written. A link where a
    /// file should be is replaced by the file, and what it leads to is left alone. A rewritten file keeps its mode.
    pub fn write_to(&self, folder: &Path) -> io::Result<WriteOutcome> {
        self.placed().write_to(folder)
    }

    /// As [`write_to`](Self::write_to), of one output: its files are in the folder `name` of `folder`, and nothing
    /// else is.
    ///
    /// # Errors
    ///
    /// As [`write_to`](Self::write_to).
    pub fn write_output_to(
        &self,
        output: OutputKind,
        folder: &Path,
        name: &str,
    ) -> io::Result<WriteOutcome> {
        let mut placed = PlacedFiles::default();
        placed.add(name, self.of(output));
        placed.write_to(folder)
    }

    fn placed(&self) -> PlacedFiles<'_> {
        let mut placed = PlacedFiles::default();
        for folder in self.outputs.values() {
            placed.add(&folder.path, folder.iter());
        }
        placed
    }
}

/// What [`Files::write_to`] did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct WriteOutcome {
    /// Files that were not there.
    pub added: Vec<String>,
    /// Files that had another text, and symbolic links.
    pub changed: Vec<String>,
    /// Those of `changed` that were symbolic links. What the links lead to is unchanged.
    pub replaced_links: Vec<String>,
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
    /// Files with another text, and symbolic links.
    pub changed: Vec<String>,
    /// Those of `changed` that are symbolic links.
    pub links: Vec<String>,
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
struct PlacedFiles<'a> {
    files: BTreeMap<String, &'a str>,
    /// The prefixes of the paths in folders that contain nothing but generated files.
    prefixes: BTreeSet<String>,
}

impl<'a> PlacedFiles<'a> {
    /// Adds the files of an output, by their paths from its folder.
    fn add(&mut self, folder: &str, files: impl Iterator<Item = (&'a str, &'a str)>) {
        let placed = files.map(|(path, text)| (format!("{folder}/{path}"), text));
        self.files.extend(placed);
        self.prefixes.insert(format!("{folder}/"));
    }

    /// How a folder differs from these files, and every file in the folders of generated files.
    fn compare(&self, folder: &Path) -> io::Result<(Stale, BTreeSet<String>)> {
        let mut stale = Stale::default();
        let files: Vec<(&String, &&str)> = self.files.iter().collect();
        let states = several_at_a_time(&files, 256, |(path, text)| {
            compare(&folder.join(path), text)
        });
        for (path, found) in self.files.keys().zip(states?) {
            let list = match found {
                DiskState::Nothing => &mut stale.missing,
                DiskState::Generated => &mut stale.changed,
                DiskState::Link => {
                    stale.links.push(path.clone());
                    &mut stale.changed
                }
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
                DiskState::Foreign | DiskState::Link => stale.foreign.push(path.clone()),
                // Another run has removed it just now.
                DiskState::Nothing => {}
            }
        }
        stale.foreign.sort();
        Ok((stale, found))
    }

    /// Implements [`Files::write_to`].
    fn write_to(&self, folder: &Path) -> io::Result<WriteOutcome> {
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
            replaced_links: stale.links,
            removed: stale.orphaned,
            foreign: stale.foreign,
            unchanged: stale.fresh,
        })
    }
}
