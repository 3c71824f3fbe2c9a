//! The files that `new` writes: their texts, and the folder of the package.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use errbook_codegen::__private::{SETTINGS, printable};
use errbook_codegen::{OutputKind, Settings};

use crate::commands::new::api_id::ApiId;

/// The version of errbook that new packages depend on.
pub(super) const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The line of a build script that generates code.
pub(super) const BUILD_LINE: &str = "errbook_codegen::Build::new().mirror(\"generated\").run();";

/// The line of a library or a program that includes the generated code.
pub(super) const CODE_LINE: &str = "errbook::include_catalogs!();";

/// A file to write: its path from the folder of the package, with `/`, and its text.
pub(super) type TemplateFile = (String, String);

/// Returns the build script.
pub(super) fn build_script() -> TemplateFile {
    let text = include_str!("template/build.rs");
    ("build.rs".to_owned(), text.to_owned())
}

/// Returns the program that raises an error.
pub(super) fn program(id: &ApiId) -> TemplateFile {
    let text = id.fill(include_str!("template/main.rs"));
    ("src/main.rs".to_owned(), text)
}

/// Returns the settings of a new project.
pub(super) fn settings() -> TemplateFile {
    let text = include_str!("template/errbook.toml");
    let (generated, schema) = (Settings::GENERATED, OutputKind::Schema.name());
    let text = format!("#:schema ./{generated}/{schema}/errbook.schema.json\n{text}");
    (SETTINGS.to_owned(), text)
}

/// Returns the catalog. Its first line refers to the generated schema, if the project has that output.
pub(super) fn catalog(id: &ApiId, path: String, settings: &Settings) -> TemplateFile {
    let text = id.fill(include_str!("template/catalog.toml"));
    let up = "../".repeat(Path::new(&path).components().count() - 1);
    let text = match output_folder(OutputKind::Schema, settings) {
        Some(schema) => format!("#:schema {up}{schema}/catalog.schema.json\n{text}"),
        None => text,
    };
    (path, text)
}

/// Returns the folder of an output from that of the project, or `None` if the project does not have the
/// output.
pub(super) fn output_folder(output: OutputKind, settings: &Settings) -> Option<String> {
    match settings.outputs() {
        None => Some(format!("{}/{}", Settings::GENERATED, output.name())),
        Some(outputs) => outputs.get(&output).cloned(),
    }
}

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
                printable(self.shown.join(path))
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
                let path = printable(path);
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
