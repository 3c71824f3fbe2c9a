//! Stage one: reads catalogs from disk.

use std::fs;
use std::io::{self, Read};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use crate::finding::{Finding, Place, Report};

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
/// A finding for each file that cannot be read, is not UTF-8, is larger than 64 MiB or changes while
/// it is read, and one where there is no catalog.
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
        match read_file(&file, &name) {
            Err(finding) => findings.push(finding),
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

/// More than 100,000 errors take. A parser needs memory many times the size of a text.
const LARGEST: u64 = 64 << 20;

/// The bytes of a catalog's file.
fn read_file(file: &Path, name: &str) -> Result<Vec<u8>, Finding> {
    let unreadable = |error| Finding::error(format!("`{name}` cannot be read: {error}"));
    let metadata = fs::metadata(file).map_err(unreadable)?;
    // To read from a pipe could take for ever.
    if !metadata.is_file() {
        return Err(Finding::error(format!("`{name}` is no file"))
            .help("a catalog is a file that ends in `.toml`: call this something else"));
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
        Finding::error(format!("`{name}` changed while it was read"))
            .help("run this again when whatever writes it is done")
    })?;
    if bytes.len() as u64 > LARGEST {
        return Err(Finding::error(format!("`{name}` is larger than 64 MiB"))
            .help("make several catalogs of it, each with an id of its own"));
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
        c if c.is_control() => char::REPLACEMENT_CHARACTER,
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
