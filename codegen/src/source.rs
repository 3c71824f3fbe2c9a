//! Stage one: reads catalogs from disk.

use std::fs;
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};

use crate::finding::{Finding, Place, Report, is_hidden};

/// The text of one catalog and the name that findings and headers know it by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    name: String,
    text: String,
}

impl Source {
    /// A catalog's text under a name such as `catalog/converso.toml`.
    ///
    /// Line ends become `\n` and a byte order mark goes, so that the same catalog gives the same
    /// output however its file was checked out.
    pub fn new(name: impl Into<String>, text: impl AsRef<str>) -> Self {
        let text = text.as_ref();
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        Self {
            name: shown(&name.into()),
            text: text.replace("\r\n", "\n"),
        }
    }

    /// The name that findings and the headers of generated files use.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The catalog's text, with `\n` line ends.
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// Reads every `*.toml` of a folder, or the one file that `path` names.
///
/// `path` is taken relative to `root` and gives the names of the sources, so that findings and
/// headers hold no path of the machine. Sources come in the order of their names.
///
/// # Errors
///
/// A finding for each file that cannot be read or is not UTF-8, and one where there is no catalog.
pub fn read(root: &Path, path: &Path) -> Result<Vec<Source>, Report> {
    let place = root.join(path);
    let shown = name_of(root, path);
    let files = match list(&place) {
        Ok(files) => files,
        Err(error) => {
            return Err(Report::of_one(
                Finding::error(format!("`{shown}` cannot be read: {error}"))
                    .help("this is the folder of the catalogs, or the file of a single one"),
            ));
        }
    };
    if files.is_empty() {
        return Err(Report::of_one(
            Finding::error(format!("no catalog in `{shown}`"))
                .help("a catalog is a file that ends in `.toml`"),
        ));
    }
    let mut sources = Vec::new();
    let mut findings = Vec::new();
    for file in files {
        let name = if file == place {
            shown.clone()
        } else {
            join(&shown, &file)
        };
        match fs::read(&file) {
            Err(error) => {
                findings.push(Finding::error(format!("`{name}` cannot be read: {error}")));
            }
            Ok(bytes) => match String::from_utf8(bytes) {
                Ok(text) => sources.push(Source::new(name, text)),
                Err(error) => {
                    let at = error.utf8_error().valid_up_to();
                    sources.push(Source::new(name, String::from_utf8_lossy(error.as_bytes())));
                    findings.push(not_utf8(
                        sources.len() - 1,
                        at..at + char::REPLACEMENT_CHARACTER.len_utf8(),
                    ));
                }
            },
        }
    }
    if findings.is_empty() {
        Ok(sources)
    } else {
        Err(Report::new(sources, findings))
    }
}

/// A name on one line, with `/` between its parts.
fn shown(name: &str) -> String {
    let replace = |c: char| match c {
        '\\' => '/',
        c if is_hidden(c) => char::REPLACEMENT_CHARACTER,
        c => c,
    };
    name.chars().map(replace).collect()
}

fn not_utf8(source: usize, span: Range<usize>) -> Finding {
    Finding::error("a catalog is UTF-8, and this file is not")
        .at(
            Place::new(source, span),
            "the first bytes that are not UTF-8",
        )
        .help("save the file as UTF-8")
}

/// The files of a folder that are catalogs, in the order of their names.
fn list(place: &Path) -> io::Result<Vec<PathBuf>> {
    if fs::metadata(place)?.is_file() {
        return Ok(vec![place.to_path_buf()]);
    }
    let mut files = Vec::new();
    for entry in fs::read_dir(place)? {
        let path = entry?.path();
        let hidden = path
            .file_name()
            .is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if path
            .extension()
            .is_some_and(|extension| extension == "toml")
            && !hidden
            && path.is_file()
        {
            files.push(path);
        }
    }
    files.sort_by(|a, b| a.file_name().cmp(&b.file_name()));
    Ok(files)
}

/// A path as people wrote it: what lies under `root` is named from there, anything else by its last
/// part alone.
fn name_of(root: &Path, path: &Path) -> String {
    let shown = path.strip_prefix(root).unwrap_or(path);
    let shown = if shown.is_absolute() {
        shown.file_name().map_or(shown, Path::new)
    } else {
        shown
    };
    shown
        .to_string_lossy()
        .replace('\\', "/")
        .trim_start_matches("./")
        .trim_end_matches('/')
        .to_owned()
}

fn join(folder: &str, file: &Path) -> String {
    let file = file.file_name().unwrap_or_default().to_string_lossy();
    if folder.is_empty() || folder == "." {
        file.into_owned()
    } else {
        format!("{folder}/{file}")
    }
}
