//! Finds and reads catalogs, their lock and their settings.

mod read_file;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::findings::{Finding, RuleId};
use crate::input::read_file::{read_if_there, read_source, unreadable_file};
use crate::lock::Lock;
use crate::settings::SETTINGS;
use crate::source::Source;

/// What a run works on: catalogs, in the order of their names, the lock beside them, and the project's
/// settings.
#[derive(Clone, Debug, Default)]
pub struct Input {
    pub(crate) catalogs: Vec<Source>,
    pub(crate) settings: Option<Source>,
    pub(crate) lock: Option<Source>,
    /// Whether the catalog was named alone, where there may be others.
    pub(crate) alone: bool,
    /// What could not be read.
    pub(crate) unread: Vec<Finding>,
    /// That there are no catalogs where the project has them.
    pub(crate) nothing_there: Option<Finding>,
}

impl Input {
    /// Catalogs without settings.
    pub fn new(catalogs: impl IntoIterator<Item = Source>) -> Self {
        let mut catalogs: Vec<Source> = catalogs.into_iter().collect();
        catalogs.sort_by(|a, b| a.name().cmp(b.name()));
        Self {
            catalogs,
            ..Self::default()
        }
    }

    /// The same catalogs with the text of an `errbook.toml`.
    #[must_use]
    pub fn with_settings(mut self, settings: Source) -> Self {
        self.settings = Some(settings);
        self
    }

    /// The same catalogs, all that there are, with the text of their `errbook.lock`.
    #[must_use]
    pub fn with_lock(mut self, lock: Source) -> Self {
        self.lock = Some(lock);
        self
    }

    /// The text of the lock that was read.
    #[doc(hidden)]
    pub fn lock(&self) -> Option<&Source> {
        self.lock.as_ref()
    }

    /// The same catalogs without the lock and the settings of their project.
    #[doc(hidden)]
    #[must_use]
    pub fn by_themselves(self) -> Self {
        Self {
            lock: None,
            settings: None,
            ..self
        }
    }

    /// The catalogs, in the order of their names.
    pub fn catalogs(&self) -> &[Source] {
        &self.catalogs
    }

    /// Reads every `*.toml` of a folder, or the one file that `path` names, the `errbook.lock` beside them and
    /// the `errbook.toml` in `root`, if there are such files.
    ///
    /// If `path` is a file, APIs of the lock that it does not contain are ignored: they may be in other files.
    ///
    /// `path` is relative to `root` and gives the sources their names, so that findings and headers contain no
    /// path of the machine. A file that cannot be read becomes a finding of [`generate`](crate::generate()).
    pub fn read(root: &Path, path: &Path) -> Self {
        Self::read_settings(root).read_catalogs(root, path)
    }

    /// Reads the `errbook.toml` in `root`, if there is one, and no catalogs yet.
    #[doc(hidden)]
    pub fn read_settings(root: &Path) -> Self {
        let mut input = Self::default();
        let file = root.join(SETTINGS);
        input.settings = read_if_there(&file, SETTINGS.to_owned(), &mut input.unread);
        input
    }

    /// Adds the catalogs at `path` and their lock, as [`read`](Self::read) does.
    #[doc(hidden)]
    #[must_use]
    pub fn read_catalogs(self, root: &Path, path: &Path) -> Self {
        let mut input = self.read_at(root, path);
        input.unread.extend(input.nothing_there.take());
        input
    }

    pub(crate) fn read_at(mut self, root: &Path, path: &Path) -> Self {
        let place = root.join(path);
        let shown = name_of(root, path);
        let mut nothing_there = None;
        let files = list(&place).unwrap_or_else(|error| {
            let help = "this is the folder of the catalogs, or the file of a single one";
            nothing_there = Some(unreadable_file(&shown, &error).help(help));
            Vec::new()
        });
        let unread = &mut self.unread;
        let catalogs = files.into_iter().filter_map(|file| {
            let name = if file == place {
                shown.clone()
            } else {
                join(&shown, &file)
            };
            read_source(&file, name, unread)
        });
        let catalogs = Self::new(catalogs).catalogs;
        if catalogs.is_empty() && self.unread.is_empty() && nothing_there.is_none() {
            nothing_there = Some(
                Finding::error(RuleId::NoCatalog, format!("no catalog in `{shown}`"))
                    .about(&shown)
                    .help("a catalog is a file that ends in `.toml`"),
            );
        }
        let lock = Lock::path(&place);
        let name = if place.is_dir() {
            join(&shown, &lock)
        } else {
            name_of(root, &lock)
        };
        Self {
            catalogs,
            lock: read_if_there(&lock, name, &mut self.unread),
            alone: place.is_file(),
            nothing_there,
            ..self
        }
    }
}

/// Catalogs without settings.
impl From<Source> for Input {
    fn from(catalog: Source) -> Self {
        Self::new([catalog])
    }
}

/// Catalogs without settings.
impl<const N: usize> From<&[Source; N]> for Input {
    fn from(catalogs: &[Source; N]) -> Self {
        Self::new(catalogs.iter().cloned())
    }
}

/// The files of a folder that are catalogs, in the order of their names.
fn list(place: &Path) -> io::Result<Vec<PathBuf>> {
    if !fs::metadata(place)?.is_dir() {
        return Ok(vec![place.to_path_buf()]);
    }
    let mut files = Vec::new();
    for entry in fs::read_dir(place)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.ends_with(".toml") && !name.starts_with('.') && !path.is_dir() {
            files.push(path);
        }
    }
    files.sort();
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
    let shown = shown.to_string_lossy().replace('\\', "/");
    match shown.trim_start_matches("./").trim_end_matches('/') {
        "" => ".".to_owned(),
        shown => shown.to_owned(),
    }
}

fn join(folder: &str, file: &Path) -> String {
    let file = file.file_name().unwrap_or_default().to_string_lossy();
    if folder == "." {
        file.into_owned()
    } else {
        format!("{folder}/{file}")
    }
}
