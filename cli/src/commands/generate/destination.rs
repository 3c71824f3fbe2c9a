//! The generated files, and the folders that they belong to.

use std::io;
use std::path::{Path, PathBuf, absolute};

use errbook_codegen::__private::{Checked, printable};
use errbook_codegen::{Files, OutputKind, Settings};

use crate::project::Project;

/// The generated files with their folder.
pub(super) struct Destination {
    /// The folder that the paths of the files are relative to.
    pub(super) folder: PathBuf,
    pub(super) files: Files,
    /// The folders of the files, for people.
    pub(super) shown: String,
    /// The path from the project to `folder`, with a `/` at the end.
    prefix: String,
}

impl Destination {
    /// Generates the files. `output` is the folder that the command line names, which takes precedence over
    /// the settings.
    pub(super) fn new(
        output: Option<&Path>,
        project: &Project,
        checked: &Checked,
    ) -> io::Result<Self> {
        let folder = match (output, checked.settings.outputs()) {
            (Some(folder), _) => absolute(folder)?,
            (None, None) => project.root.join(Settings::GENERATED),
            (None, Some(outputs)) => {
                let folders: Vec<&str> = outputs.values().map(String::as_str).collect();
                return Ok(Self {
                    folder: project.root.clone(),
                    files: checked.files(outputs.keys().copied()).in_folders(outputs),
                    shown: folders.join(", "),
                    prefix: String::new(),
                });
            }
        };
        let shown = project.display_path(&folder);
        Ok(Self {
            folder,
            files: checked.files(OutputKind::ALL.iter().copied()),
            prefix: format!("{shown}/"),
            shown,
        })
    }

    /// Returns the path of a file from the project, as findings and compilers name files, on one line.
    pub(super) fn name(&self, path: &str) -> String {
        printable(format!("{}{path}", self.prefix))
    }

    /// Returns a line for each path, up to a limit.
    pub(super) fn list(&self, what: &str, paths: &[String]) -> String {
        const MAX_PATHS: usize = 200;
        let line = |path: &String| format!("  {what:<10} {}\n", self.name(path));
        let lines = paths.iter().take(MAX_PATHS).map(line);
        let rest = match paths.len().saturating_sub(MAX_PATHS) {
            0 => None,
            more => Some(format!("  {what:<10} {more} more, not listed\n")),
        };
        lines.chain(rest).collect()
    }
}
