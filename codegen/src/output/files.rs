//! Generated files as values: the texts of each output.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use crate::output::placed_files::{PlacedFiles, Stale, WriteOutcome};
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
