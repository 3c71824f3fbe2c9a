//! The folder of a package, and the files that are written into it.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::commands::new::template::TemplateFile;

/// The folder of a package.
pub(super) struct PackageFolder<'a> {
    /// The path on the command line.
    pub(super) shown: &'a Path,
    /// The absolute path.
    pub(super) root: &'a Path,
}

impl PackageFolder<'_> {
    /// Whether nothing but a repository is in the folder.
    pub(super) fn is_empty(&self) -> io::Result<bool> {
        let mut entries = fs::read_dir(self.root)?;
        Ok(entries.all(|entry| entry.is_ok_and(|entry| entry.file_name() == ".git")))
    }

    /// Whether a file or a link exists, also if the link is broken.
    pub(super) fn contains(&self, path: &str) -> bool {
        self.root.join(path).symlink_metadata().is_ok()
    }

    /// Checks that a file does not exist.
    pub(super) fn require_free(&self, path: &str, remedy: &str) -> io::Result<()> {
        if self.contains(path) {
            return Err(io::Error::other(format!(
                "`{}` is in the way, nothing was written; {remedy}",
                self.shown.join(path).display()
            )));
        }
        Ok(())
    }

    /// Writes all files, or none. Returns the paths of new folders and files, folders first.
    pub(super) fn write(&self, files: &[TemplateFile]) -> io::Result<Vec<PathBuf>> {
        let mut written = Vec::new();
        for (path, text) in files {
            let path = self.root.join(path);
            write_new(&path, text, &mut written).map_err(|error| {
                remove(&written);
                let path = path.display();
                io::Error::other(format!("{path}: {error}; nothing was written"))
            })?;
        }
        Ok(written)
    }
}

/// Writes a new file and the missing folders above it.
fn write_new(path: &Path, text: &str, written: &mut Vec<PathBuf>) -> io::Result<()> {
    let above = path.ancestors().skip(1);
    let mut missing: Vec<&Path> = above.take_while(|folder| !folder.exists()).collect();
    while let Some(folder) = missing.pop() {
        fs::create_dir(folder)?;
        written.push(folder.to_path_buf());
    }
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    written.push(path.to_path_buf());
    file.write_all(text.as_bytes())
}

/// Removes what was written, the last first.
pub(super) fn remove(written: &[PathBuf]) {
    for path in written.iter().rev() {
        // Ignore errors: a folder may contain other files by now.
        let _ = fs::remove_file(path).or_else(|_| fs::remove_dir(path));
    }
}
