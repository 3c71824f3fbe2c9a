//! The last stage: generated files in memory, and the one place that writes them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, SystemTime};

use crate::emit::MARK;

/// Generated files: their paths, with `/` between the parts and relative to a folder, and texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Files {
    files: BTreeMap<String, String>,
}

/// What [`Files::write_to`] did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Written {
    /// Files that were not there.
    pub added: Vec<String>,
    /// Files that had another text.
    pub changed: Vec<String>,
    /// Generated files that nothing generates any more.
    pub removed: Vec<String>,
    /// Files that errbook did not write, left alone.
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
    /// Files that errbook did not write.
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
    /// Adds a file.
    pub(crate) fn insert(&mut self, path: impl Into<String>, text: String) {
        let path = path.into();
        debug_assert!(
            path.split('/').all(|part| !part.is_empty() && part != ".."),
            "{path}"
        );
        self.files.insert(path, text);
    }

    /// The files under a folder, with paths relative to it.
    #[must_use]
    pub fn under(&self, folder: &str) -> Self {
        let below = |(path, text): (&String, &String)| {
            Some((
                path.strip_prefix(folder)?.strip_prefix('/')?.to_owned(),
                text.clone(),
            ))
        };
        Self {
            files: self.files.iter().filter_map(below).collect(),
        }
    }

    /// The text of a file.
    pub fn get(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
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
    /// Only the folders in it that hold generated files are looked at, such as `rust` and `docs`.
    ///
    /// # Errors
    ///
    /// When the folder cannot be read; one that does not exist has every file missing.
    pub fn stale(&self, folder: &Path) -> io::Result<Stale> {
        let mut stale = Stale::default();
        for (path, text) in &self.files {
            match read(&folder.join(path))? {
                None => stale.missing.push(path.clone()),
                Some(bytes) if bytes == text.as_bytes() => stale.fresh += 1,
                Some(_) => stale.changed.push(path.clone()),
            }
        }
        for path in self
            .found_in(folder)?
            .difference(&self.files.keys().cloned().collect())
        {
            if !is_temporary(path) {
                let list = if is_generated(&folder.join(path))? {
                    &mut stale.orphaned
                } else {
                    &mut stale.foreign
                };
                list.push(path.clone());
            }
        }
        Ok(stale)
    }

    /// Makes a folder hold the files: writes what is missing or differs, each file whole or not at
    /// all, and removes generated files that are none of these. A file that errbook did not write
    /// is never touched.
    ///
    /// # Errors
    ///
    /// When the folder cannot be read or written, with the path. What was written until then stays;
    /// the next run does the rest.
    pub fn write_to(&self, folder: &Path) -> io::Result<Written> {
        let Stale {
            missing,
            changed,
            orphaned,
            foreign,
            fresh,
        } = self.stale(folder)?;
        for path in missing.iter().chain(&changed) {
            let place = folder.join(path);
            write_whole(&place, self.files[path].as_bytes())
                .map_err(|error| name(&error, &place))?;
        }
        for path in &orphaned {
            let place = folder.join(path);
            fs::remove_file(&place)
                .or_else(ignore_absent)
                .map_err(|error| name(&error, &place))?;
            remove_empty_folders(folder, &place);
        }
        self.remove_left_behind(folder)?;
        Ok(Written {
            added: missing,
            changed,
            removed: orphaned,
            foreign,
            unchanged: fresh,
        })
    }

    /// Every file where ours are: in the folders at the top that hold some, and in the folder itself
    /// only where some stand there. The rest is none of our business.
    fn found_in(&self, folder: &Path) -> io::Result<BTreeSet<String>> {
        let top = |path: &String| path.split_once('/').map(|(top, _)| format!("{top}/"));
        let tops: BTreeSet<String> = self
            .files
            .keys()
            .map(|path| top(path).unwrap_or_default())
            .collect();
        let mut found = BTreeSet::new();
        for top in tops {
            found.extend(list(folder, &top)?);
        }
        Ok(found)
    }

    /// Removes what killed runs left: nothing that another run could be writing at this moment.
    fn remove_left_behind(&self, folder: &Path) -> io::Result<()> {
        const OLD: Duration = Duration::from_secs(600);
        for path in self
            .found_in(folder)?
            .iter()
            .filter(|path| is_temporary(path))
        {
            let place = folder.join(path);
            let modified = fs::metadata(&place).and_then(|metadata| metadata.modified());
            let age = modified
                .ok()
                .and_then(|modified| SystemTime::now().duration_since(modified).ok());
            if age.is_some_and(|age| age > OLD) {
                fs::remove_file(&place).or_else(ignore_absent)?;
            }
        }
        Ok(())
    }
}

/// Puts a file in place under its name only when all of it is on disk.
fn write_whole(place: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = place.parent().ok_or(io::ErrorKind::InvalidInput)?;
    fs::create_dir_all(folder)?;
    let name = place.file_name().unwrap_or_default().to_string_lossy();
    // Two runs at once have two names, and so have two threads of one.
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let temporary = folder.join(format!(".{name}.{}-{count}{TEMPORARY}", std::process::id()));
    let write = || {
        let mut file = fs::File::create(&temporary)?;
        file.write_all(bytes)?;
        file.sync_data()?;
        drop(file);
        fs::rename(&temporary, place)
    };
    write().inspect_err(|_| {
        // The first error is the one to tell; the file is removed by a later run, if not by this.
        let _ = fs::remove_file(&temporary);
    })
}

static COUNT: AtomicU32 = AtomicU32::new(0);

const TEMPORARY: &str = ".errbook-tmp";

fn is_temporary(path: &str) -> bool {
    path.ends_with(TEMPORARY)
}

fn remove_empty_folders(root: &Path, removed: &Path) {
    for folder in removed
        .ancestors()
        .skip(1)
        .take_while(|folder| *folder != root)
    {
        // Fails on a folder that is not empty, which is the end of it.
        if fs::remove_dir(folder).is_err() {
            break;
        }
    }
}

/// Every file below a folder, but for those whose names begin with a dot and are not ours.
fn list(folder: &Path, prefix: &str) -> io::Result<BTreeSet<String>> {
    let mut files = BTreeSet::new();
    let mut left: Vec<(PathBuf, String)> = vec![(folder.join(prefix), prefix.to_owned())];
    while let Some((folder, prefix)) = left.pop() {
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(name(&error, &folder)),
        };
        for entry in entries {
            let entry = entry?;
            let file = entry.file_name().to_string_lossy().into_owned();
            let path = format!("{prefix}{file}");
            if file.starts_with('.') && !is_temporary(&file) {
                continue;
            }
            // In the folder itself, other folders are somebody else's.
            if !entry.file_type()?.is_dir() {
                files.insert(path);
            } else if !prefix.is_empty() {
                left.push((entry.path(), path + "/"));
            }
        }
    }
    Ok(files)
}

fn read(path: &Path) -> io::Result<Option<Vec<u8>>> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(name(&error, path)),
    }
}

/// Whether a file says of itself, in its first lines, that errbook wrote it.
fn is_generated(path: &Path) -> io::Result<bool> {
    let mut start = Vec::new();
    // A link is never ours, wherever it leads.
    if !fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_file()) {
        return Ok(false);
    }
    match fs::File::open(path) {
        Ok(file) => file.take(512).read_to_end(&mut start)?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(name(&error, path)),
    };
    Ok(String::from_utf8_lossy(&start).contains(MARK))
}

fn ignore_absent(error: io::Error) -> io::Result<()> {
    if error.kind() == io::ErrorKind::NotFound {
        Ok(())
    } else {
        Err(error)
    }
}

/// An error of the system that says which file it is about.
fn name(error: &io::Error, path: &Path) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}
