//! Stage one: reads catalogs, and the settings of their project, from disk.

use std::fs;
use std::io::{self, Read};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use crate::finding::{Finding, is_invisible};
use crate::lock::Lock;
use crate::rule::Rule;
use crate::settings::{Catalogs, Settings};

/// The text of one catalog and the name that findings and headers know it by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    name: String,
    text: String,
    file: InFile,
}

/// How the file that a text was read from differs from it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct InFile {
    /// The bytes of its byte order mark.
    mark: usize,
    /// The line ends of the text that are two bytes in the file.
    long_ends: Vec<usize>,
    /// The first bytes that are no UTF-8: where they are in the text, and how many there are in the file.
    not_utf8: Option<(usize, usize)>,
}

impl Source {
    /// A catalog's text under a name such as `catalog/converso.toml`.
    ///
    /// Line ends become `\n` and a byte order mark goes, so that the same catalog gives the same
    /// output however its file was checked out.
    pub fn new(name: impl Into<String>, text: impl AsRef<str>) -> Self {
        let file = text.as_ref();
        let text = file.strip_prefix('\u{feff}').unwrap_or(file);
        let long_ends = text.match_indices('\r').map(|(at, _)| at);
        let long_ends = long_ends.filter(|at| text[at + 1..].starts_with('\n'));
        Self {
            name: shown(&name.into()),
            file: InFile {
                mark: file.len() - text.len(),
                long_ends: (0..)
                    .zip(long_ends)
                    .map(|(before, at)| at - before)
                    .collect(),
                not_utf8: None,
            },
            text: text.replace("\r\n", "\n"),
        }
    }

    fn from_bytes(name: String, bytes: Vec<u8>) -> Self {
        let (valid, error) = match String::from_utf8(bytes) {
            Ok(text) => return Self::new(name, text),
            Err(error) => (error.utf8_error(), error),
        };
        let bytes = error.as_bytes();
        let (before, rest) = bytes.split_at(valid.valid_up_to());
        let before = Self::new("", String::from_utf8_lossy(before)).text.len();
        let mut source = Self::new(name, String::from_utf8_lossy(bytes));
        source.file.not_utf8 = Some((before, valid.error_len().unwrap_or(rest.len())));
        source
    }

    /// The name that findings and the headers of generated files use.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The catalog's text, with `\n` line ends.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The place of the first bytes that are not UTF-8, if there are any.
    pub(crate) fn not_utf8(&self) -> Option<Range<usize>> {
        let (at, _) = self.file.not_utf8?;
        Some(at..at + char::REPLACEMENT_CHARACTER.len_utf8())
    }

    /// How many bytes of the file are before a byte of the text. What comes after bytes that are not UTF-8 is
    /// no part of any finding.
    pub(crate) fn in_file(&self, at: usize) -> usize {
        let before = |at: usize| {
            let long_ends = self.file.long_ends.partition_point(|end| *end < at);
            self.file.mark + at + long_ends
        };
        match self.file.not_utf8 {
            Some((wrong, length)) if at > wrong => before(wrong) + length,
            _ => before(at),
        }
    }
}

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

/// The name of the file that holds a project's settings.
pub const SETTINGS: &str = "errbook.toml";

impl Input {
    /// Catalogs without settings.
    pub fn new(catalogs: impl IntoIterator<Item = Source>) -> Self {
        let mut catalogs: Vec<Source> = catalogs.into_iter().collect();
        catalogs.sort_by(|a, b| a.name.cmp(&b.name));
        Self {
            catalogs,
            ..Self::default()
        }
    }

    /// The same catalogs with the text of an `errbook.toml`.
    #[must_use]
    pub fn with_settings(self, settings: Source) -> Self {
        Self {
            settings: Some(settings),
            ..self
        }
    }

    /// The same catalogs, all that there are, with the text of their [`Lock`].
    #[must_use]
    pub fn with_lock(self, lock: Source) -> Self {
        Self {
            lock: Some(lock),
            ..self
        }
    }

    /// The [`Lock`] that was read.
    pub fn lock(&self) -> Option<&Source> {
        self.lock.as_ref()
    }

    /// The same catalogs by themselves: held to no lock, and to no lint that the project denies.
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

    /// Reads every `*.toml` of a folder, or the one file that `path` names, the lock
    /// [beside them](Lock::path), if there is one, and so the `errbook.toml` in `root`.
    ///
    /// Where one file is named, other APIs in the lock are let be: they may be in other files.
    ///
    /// `path` is taken relative to `root` and gives the names of the sources, so that findings and
    /// headers hold no path of the machine. What cannot be read becomes a finding of [`check`] or
    /// [`generate`], beside those of all that can.
    ///
    /// [`check`]: crate::check()
    /// [`generate`]: crate::generate
    pub fn read(root: &Path, path: &Path) -> Self {
        let mut input = Self::read_at(root, path);
        input.unread.extend(input.nothing_there.take());
        input
    }

    fn read_at(root: &Path, path: &Path) -> Self {
        let mut input = Self::read_without_catalogs(root);
        let mut nothing_there = None;
        let unread = &mut input.unread;
        let mut one = |file: &Path, name: String| match read_source(file, name) {
            Ok(source) => Some(source),
            Err(finding) => {
                unread.push(*finding);
                None
            }
        };
        let catalogs = list(&root.join(path)).map(|files| {
            let named = files.into_iter().map(|file| {
                let name = if file == root.join(path) {
                    name_of(root, path)
                } else {
                    join(&name_of(root, path), &file)
                };
                (file, name)
            });
            named
                .filter_map(|(file, name)| one(&file, name))
                .collect::<Vec<_>>()
        });
        let shown = name_of(root, path);
        let catalogs = catalogs.unwrap_or_else(|error| {
            let help = "this is the folder of the catalogs, or the file of a single one";
            nothing_there = Some(unreadable_file(&shown, &error).help(help));
            Vec::new()
        });
        if catalogs.is_empty() && unread.is_empty() && nothing_there.is_none() {
            nothing_there = Some(
                Finding::error(Rule::NoCatalog, format!("no catalog in `{shown}`"))
                    .about(&shown)
                    .help("a catalog is a file that ends in `.toml`"),
            );
        }
        let lock = read_lock(root, path).unwrap_or_else(|finding| {
            unread.push(*finding);
            None
        });
        Self {
            catalogs: Self::new(catalogs).catalogs,
            lock,
            alone: root.join(path).is_file(),
            nothing_there,
            ..input
        }
    }

    /// As [`read`](Self::read), of the catalogs that the `errbook.toml` in `root` names, or else of
    /// those in `catalog`.
    pub fn read_project(root: &Path) -> Self {
        let settings = Settings::read(root);
        // That they are not where nobody said they were is no finding.
        if settings.catalogs == Catalogs::Unknown && !root.join(settings.catalogs()).exists() {
            return Self::read_without_catalogs(root);
        }
        Self::read_at(root, settings.catalogs())
    }

    fn read_without_catalogs(root: &Path) -> Self {
        let (settings, unread) = match read_settings(root) {
            Ok(settings) => (settings, None),
            Err(finding) => (None, Some(*finding)),
        };
        Self {
            settings,
            unread: Vec::from_iter(unread),
            ..Self::default()
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
impl From<&[Source]> for Input {
    fn from(catalogs: &[Source]) -> Self {
        Self::new(catalogs.iter().cloned())
    }
}

/// Catalogs without settings.
impl<const N: usize> From<&[Source; N]> for Input {
    fn from(catalogs: &[Source; N]) -> Self {
        Self::new(catalogs.iter().cloned())
    }
}

fn unreadable_file(name: &str, error: &io::Error) -> Finding {
    Finding::error(
        Rule::Unreadable,
        format!("`{name}` cannot be read: {error}"),
    )
    .about(name)
}

/// More than 100,000 errors take. A parser needs memory many times the size of a text.
const LARGEST: u64 = 64 << 20;

/// The settings of the project in a folder, if it has some.
pub(crate) fn read_settings(root: &Path) -> Result<Option<Source>, Box<Finding>> {
    read_if_there(&root.join(SETTINGS), SETTINGS.to_owned())
}

/// The lock of catalogs, if they have one.
fn read_lock(root: &Path, catalogs: &Path) -> Result<Option<Source>, Box<Finding>> {
    let place = root.join(catalogs);
    let file = Lock::path(&place);
    let name = if place.is_dir() {
        join(&name_of(root, catalogs), &file)
    } else {
        name_of(root, &file)
    };
    read_if_there(&file, name)
}

fn read_if_there(file: &Path, name: String) -> Result<Option<Source>, Box<Finding>> {
    // A link that leads nowhere is there, too, and cannot be read.
    if file.symlink_metadata().is_err() {
        return Ok(None);
    }
    read_source(file, name).map(Some)
}

fn read_source(file: &Path, name: String) -> Result<Source, Box<Finding>> {
    let bytes = read_file(file, &name)?;
    Ok(Source::from_bytes(name, bytes))
}

/// The bytes of a file.
fn read_file(file: &Path, name: &str) -> Result<Vec<u8>, Box<Finding>> {
    let unreadable = |error: io::Error| Box::new(unreadable_file(name, &error));
    let refused =
        |rule, title: String, help: &str| Finding::error(rule, title).about(name).help(help);
    let metadata = fs::metadata(file).map_err(unreadable)?;
    // To read from a pipe could take for ever.
    if !metadata.is_file() {
        let help = "what is read is a plain file: call this something else";
        let title = format!("`{name}` is no file");
        return Err(Box::new(refused(Rule::Unreadable, title, help)));
    }
    let state = || fs::metadata(file).and_then(|now| Ok((now.len(), now.modified()?)));
    let read = || {
        let mut bytes = Vec::new();
        fs::File::open(file)?
            .take(LARGEST + 1)
            .read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    let bytes = settled(state, read).map_err(unreadable)?.ok_or_else(|| {
        let title = format!("`{name}` changed while it was read");
        let help = "run this again when whatever writes it is done";
        Box::new(refused(Rule::Changing, title, help))
    })?;
    if bytes.len() as u64 > LARGEST {
        let title = format!("`{name}` is larger than 64 MiB");
        let help = "make several catalogs of it, each with an id of its own";
        return Err(Box::new(refused(Rule::TooLarge, title, help)));
    }
    Ok(bytes)
}

/// What was read while the state stayed the same; `None` where it never does. An editor that saves at
/// this moment soon has done so.
fn settled<S: PartialEq, T>(
    state: impl Fn() -> io::Result<S>,
    mut read: impl FnMut() -> io::Result<T>,
) -> io::Result<Option<T>> {
    const WAITS: [u64; 5] = [0, 10, 20, 40, 80];
    let mut absent = None;
    for wait in WAITS {
        thread::sleep(Duration::from_millis(wait));
        let mut once = || -> io::Result<Option<T>> {
            let (before, result) = (state()?, read()?);
            Ok((before == state()?).then_some(result))
        };
        absent = match once() {
            Ok(None) => None,
            // Some editors put a new file in the place of the old one.
            Err(error) if error.kind() == io::ErrorKind::NotFound => Some(error),
            result => return result,
        };
    }
    absent.map_or(Ok(None), Err)
}

/// A name on one line, with `/` between its parts.
fn shown(name: &str) -> String {
    let replace = |c: char| match c {
        '\\' => '/',
        c if c.is_control() || is_invisible(c) => char::REPLACEMENT_CHARACTER,
        c => c,
    };
    name.chars().map(replace).collect()
}

/// The files of a folder that are catalogs, in the order of their names.
fn list(place: &Path) -> io::Result<Vec<PathBuf>> {
    if !fs::metadata(place)?.is_dir() {
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
            && !path.is_dir()
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

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::io;

    use super::settled;

    /// States before and after each reading, in turn, and what is read in the end.
    #[track_caller]
    fn check(states: &[Option<u32>], expected: Result<Option<usize>, io::ErrorKind>) {
        let left = RefCell::new(states.iter());
        let state = || {
            let next = left.borrow_mut().next().copied().flatten();
            next.ok_or_else(|| io::ErrorKind::NotFound.into())
        };
        let mut readings = 0;
        let read = || {
            readings += 1;
            Ok(readings)
        };
        let result: io::Result<Option<usize>> = settled(state, read);
        assert_eq!(result.map_err(|error| error.kind()), expected);
        assert_eq!(left.borrow().len(), 0, "each state is asked for");
    }

    #[test]
    fn what_changes_is_read_again_and_not_for_ever() {
        check(&[Some(1), Some(1)], Ok(Some(1)));
        check(&[Some(1), Some(2), Some(2), Some(2)], Ok(Some(2)));
        check(&[None, Some(1), Some(1)], Ok(Some(1)));
        check(&[Some(1), None, Some(2), Some(2)], Ok(Some(2)));
        let always: Vec<_> = (0..10).map(Some).collect();
        check(&always, Ok(None));
        check(&[None; 5], Err(io::ErrorKind::NotFound));
    }
}
