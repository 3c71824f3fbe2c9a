//! The last stage: generated files in memory, and the one place that writes them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, SystemTime};

use crate::emit::MARK;
use crate::outputs::OutputKind;
use crate::threads::side_by_side;

/// Generated files: their paths, with `/` between the parts and relative to a folder, and texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Files {
    /// The texts are shared with those of the same files under other paths.
    files: BTreeMap<String, Arc<String>>,
    /// The folders that hold nothing else. `""` is the one that all paths start in, without the
    /// folders in it.
    folders: BTreeSet<String>,
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
    /// Files with another text.
    pub changed: Vec<String>,
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

impl Files {
    /// None yet, with a folder for each output: where there is nothing of it, nothing of it may be left.
    pub(crate) fn of_outputs(outputs: &BTreeSet<OutputKind>) -> Self {
        let folders = outputs.iter().map(|output| output.name().to_owned());
        Self {
            files: BTreeMap::new(),
            folders: folders.collect(),
        }
    }

    /// Adds a file of an output.
    pub(crate) fn insert(&mut self, output: OutputKind, path: &str, text: String) {
        let path = format!("{}/{path}", output.name());
        debug_assert!(
            path.split('/').all(|part| !part.is_empty() && part != ".."),
            "{path}"
        );
        self.files.insert(path, Arc::new(text));
    }

    /// The files under a folder, with paths relative to it.
    #[must_use]
    pub fn under(&self, folder: &str) -> Self {
        let below = |(path, text): (&String, &Arc<String>)| {
            Some((
                path.strip_prefix(folder)?.strip_prefix('/')?.to_owned(),
                text.clone(),
            ))
        };
        let files: BTreeMap<String, _> = self.files.iter().filter_map(below).collect();
        let first = |path: &String| path.split_once('/').map(|(first, _)| first.to_owned());
        Self {
            folders: files
                .keys()
                .map(|path| first(path).unwrap_or_default())
                .collect(),
            files,
        }
    }

    /// The files of the outputs that are named, each output in the folder that is named for it, as
    /// in [`Settings::outputs`](crate::Settings::outputs).
    #[must_use]
    pub fn in_folders(&self, folders: &BTreeMap<OutputKind, String>) -> Self {
        let mut placed = Self::default();
        for (output, folder) in folders {
            let files = self.under(output.name()).files.into_iter();
            placed
                .files
                .extend(files.map(|(path, text)| (format!("{folder}/{path}"), text)));
            placed.folders.insert(folder.clone());
        }
        placed
    }

    /// The text of a file.
    pub fn get(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(|text| text.as_str())
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
    /// Only the folders in it that are for generated files are looked at, such as `rust` and `docs`.
    ///
    /// # Errors
    ///
    /// When the folder cannot be read; one that does not exist has every file missing.
    pub fn stale(&self, folder: &Path) -> io::Result<Stale> {
        let (stale, _) = self.stale_and_found(folder)?;
        Ok(stale)
    }

    /// As [`stale`](Self::stale), and every file that was found.
    fn stale_and_found(&self, folder: &Path) -> io::Result<(Stale, BTreeSet<String>)> {
        let mut stale = Stale::default();
        for (path, found) in self.files.keys().zip(self.compared(folder)?) {
            let list = match found {
                Found::Nothing => &mut stale.missing,
                Found::Generated => &mut stale.changed,
                Found::Foreign => &mut stale.foreign,
                Found::Same => {
                    stale.fresh += 1;
                    continue;
                }
            };
            list.push(path.clone());
        }
        let found = self.found_in(folder)?;
        for path in &found {
            if self.files.contains_key(path) || is_temporary(path) {
                continue;
            }
            match origin(&folder.join(path))? {
                Found::Generated | Found::Same => stale.orphaned.push(path.clone()),
                Found::Foreign => stale.foreign.push(path.clone()),
                // Another run has removed it just now.
                Found::Nothing => {}
            }
        }
        stale.foreign.sort();
        Ok((stale, found))
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
    pub fn write_to(&self, folder: &Path) -> io::Result<Written> {
        let (stale, mut found) = self.stale_and_found(folder)?;
        let Stale {
            missing,
            changed,
            orphaned,
            foreign,
            fresh,
        } = stale;
        if let Some(path) = foreign.iter().find(|path| self.files.contains_key(*path)) {
            return Err(in_the_way(
                &folder.join(path),
                "errbook did not write this file, and would write over it",
            ));
        }
        let stale: Vec<&String> = missing.iter().chain(&changed).collect();
        self.write_all(folder, &stale)?;
        found.retain(|path| is_left_behind(folder, path));
        for path in found.iter().chain(&orphaned) {
            let place = folder.join(path);
            fs::remove_file(&place)
                .or_else(ignore_absent)
                .map_err(|error| name(&error, &place))?;
            remove_empty_folders(folder, &place);
        }
        Ok(Written {
            added: missing,
            changed,
            removed: orphaned,
            foreign,
            unchanged: fresh,
        })
    }

    /// What stands at the place of each file, in their order.
    fn compared(&self, folder: &Path) -> io::Result<Vec<Found>> {
        let files: Vec<(&String, &Arc<String>)> = self.files.iter().collect();
        let parts = several_at_a_time(&files, 256, |part| {
            let found = part
                .iter()
                .map(|(path, text)| compare(&folder.join(path), text));
            found.collect()
        });
        let parts: io::Result<Vec<Vec<Found>>> = parts.into_iter().collect();
        Ok(parts?.into_iter().flatten().collect())
    }

    fn write_all(&self, folder: &Path, paths: &[&String]) -> io::Result<()> {
        let parts = several_at_a_time(paths, 16, |part| {
            part.iter().try_for_each(|path| {
                let place = folder.join(path);
                write_whole(&place, self.files[*path].as_bytes())
                    .map_err(|error| name(&error, &place))
            })
        });
        parts.into_iter().collect()
    }

    /// Every file in the folders that are ours. The rest is none of our business.
    fn found_in(&self, folder: &Path) -> io::Result<BTreeSet<String>> {
        let mut found = BTreeSet::new();
        for ours in &self.folders {
            let prefix = if ours.is_empty() {
                String::new()
            } else {
                format!("{ours}/")
            };
            found.extend(list(folder, &prefix)?);
        }
        Ok(found)
    }
}

/// Does something with files, in parts of no fewer than so many: nearly all of it is waiting for the disk.
fn several_at_a_time<T: Sync, R: Send>(
    files: &[T],
    fewest: usize,
    run: impl Fn(&[T]) -> R + Sync,
) -> Vec<R> {
    const THREADS: usize = 8;
    let parts = files.chunks(files.len().div_ceil(THREADS).max(fewest));
    let parts: Vec<&[T]> = parts.collect();
    side_by_side(THREADS, &parts, |part| run(part))
}

/// What stands at a path.
enum Found {
    Nothing,
    /// The very text that should be there.
    Same,
    /// A file that errbook wrote.
    Generated,
    /// Anything else.
    Foreign,
}

/// What stands where a file with this text should.
fn compare(place: &Path, text: &str) -> io::Result<Found> {
    let metadata = match fs::metadata(place) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Found::Nothing),
        Err(error) => return Err(name(&error, place)),
    };
    if metadata.is_dir() {
        return Err(in_the_way(place, "this is a folder where a file should be"));
    }
    // To read from a pipe could take for ever.
    if !metadata.is_file() {
        return Err(in_the_way(place, "this is no file, and one should be here"));
    }
    if let Some(holds) = holds_as_long_as(metadata.len(), text) {
        match holds(place, text) {
            Ok(true) => return Ok(Found::Same),
            Ok(false) => {}
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Found::Nothing),
            Err(error) => return Err(name(&error, place)),
        }
    }
    match start(place)? {
        None => Ok(Found::Nothing),
        // In an empty file there is nothing to lose.
        Some(start) if start.is_empty() || start.contains(MARK) => Ok(Found::Generated),
        Some(_) => Ok(Found::Foreign),
    }
}

/// How to find out whether a file of a length holds a text, if it can. Lines may end in CR LF: git checks them
/// out so where it is told to, and makes LF of it again.
fn holds_as_long_as(length: u64, text: &str) -> Option<fn(&Path, &str) -> io::Result<bool>> {
    match length.checked_sub(text.len() as u64)? {
        0 => Some(holds),
        more if more == text.matches('\n').count() as u64 => Some(|place, text| {
            let read = fs::read(place)?;
            let lines = read.split_inclusive(|byte| *byte == b'\n');
            let unix = lines.flat_map(|line| match line {
                [line @ .., b'\r', b'\n'] => [line, b"\n"],
                line => [line, b""],
            });
            Ok(unix.flatten().eq(text.as_bytes()))
        }),
        _ => None,
    }
}

/// Whether a file that is as long as a text holds it.
fn holds(place: &Path, text: &str) -> io::Result<bool> {
    const AT_ONCE: usize = 16 << 10;
    let mut file = fs::File::open(place)?;
    // Most files are far smaller.
    let mut read = vec![0; text.len().min(AT_ONCE)];
    for expected in text.as_bytes().chunks(AT_ONCE) {
        let read = &mut read[..expected.len()];
        match file.read_exact(read) {
            Ok(()) if read == expected => {}
            Ok(()) => return Ok(false),
            // Somebody has made it shorter just now.
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => return Ok(false),
            Err(error) => return Err(error),
        }
    }
    Ok(true)
}

/// Whether what stands at a path says of itself, in its first lines, that errbook wrote it.
fn origin(place: &Path) -> io::Result<Found> {
    match fs::symlink_metadata(place) {
        Ok(metadata) if metadata.is_file() => {}
        // A link is never ours, wherever it leads.
        Ok(_) => return Ok(Found::Foreign),
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Found::Nothing),
        Err(error) => return Err(name(&error, place)),
    }
    Ok(match start(place)? {
        None => Found::Nothing,
        Some(start) if start.contains(MARK) => Found::Generated,
        Some(_) => Found::Foreign,
    })
}

/// The first lines of a file.
fn start(place: &Path) -> io::Result<Option<String>> {
    let mut start = Vec::new();
    match fs::File::open(place).and_then(|file| file.take(512).read_to_end(&mut start)) {
        Ok(_) => Ok(Some(String::from_utf8_lossy(&start).into_owned())),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(name(&error, place)),
    }
}

/// Writes a file that no output has, whole or not at all. A link stays one: what it leads to is written.
pub(crate) fn write_one(place: &Path, text: &str) -> io::Result<()> {
    let is_link = fs::symlink_metadata(place).is_ok_and(|it| it.is_symlink());
    let target = is_link.then(|| fs::canonicalize(place)).transpose();
    let target = target.map_err(|error| name(&error, place))?;
    let place = target.as_deref().unwrap_or(place);
    write_whole(place, text.as_bytes()).map_err(|error| name(&error, place))?;
    let folder = place.parent().ok_or(ErrorKind::InvalidInput)?;
    let beside = list(folder, "")?;
    for path in beside.iter().filter(|path| is_left_behind(folder, path)) {
        let place = folder.join(path);
        fs::remove_file(&place)
            .or_else(ignore_absent)
            .map_err(|error| name(&error, &place))?;
    }
    Ok(())
}

/// Puts a file in place under its name only when all of it is on disk.
fn write_whole(place: &Path, bytes: &[u8]) -> io::Result<()> {
    // Each takes some microseconds, in which a folder may go again; a run removes one once.
    const TRIES: u32 = 1_000;
    for _ in 1..TRIES {
        match try_to_write(place, bytes) {
            // Another run has removed the folder, which was empty just now, or has taken the name.
            Err(error)
                if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::AlreadyExists) => {}
            result => return result,
        }
    }
    try_to_write(place, bytes)
}

fn try_to_write(place: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = place.parent().ok_or(ErrorKind::InvalidInput)?;
    // Two runs at once have two names, and so have two threads of one.
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let temporary = folder.join(format!(".{}-{count}{TEMPORARY}", std::process::id()));
    // Where two machines share a folder, the name may be taken all the same.
    let mut file = fs::File::create_new(&temporary).or_else(|error| {
        if error.kind() != ErrorKind::NotFound {
            return Err(error);
        }
        fs::create_dir_all(folder)?;
        fs::File::create_new(&temporary)
    })?;
    let write = || {
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
    let name = path.rsplit('/').next().unwrap_or_default();
    name.starts_with('.') && name.ends_with(TEMPORARY)
}

/// Whether this is a temporary file that nobody will put in place any more: the process that its name begins
/// with is gone, or where the system does not show that, the file is old. Should the process run where
/// its number means nothing here, it finds the file gone and writes it anew.
fn is_left_behind(folder: &Path, path: &str) -> bool {
    const OLD: Duration = Duration::from_secs(600);
    if !is_temporary(path) {
        return false;
    }
    let temporary = &folder.join(path);
    let name = path.rsplit('/').next().unwrap_or_default();
    let process = name.trim_start_matches('.').split('-').next();
    let process = process.and_then(|process| process.parse::<u32>().ok());
    let processes = Path::new("/proc");
    let gone = |process: u32| {
        processes.join("self").exists() && !processes.join(process.to_string()).exists()
    };
    let modified = fs::metadata(temporary).and_then(|metadata| metadata.modified());
    let age = modified
        .ok()
        .and_then(|modified| SystemTime::now().duration_since(modified).ok());
    process.is_some_and(gone) || age.is_some_and(|age| age > OLD)
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

/// Every file below a folder, but for those whose names begin with a dot and are not ours. What
/// another run removes meanwhile may be among them or not.
fn list(folder: &Path, prefix: &str) -> io::Result<BTreeSet<String>> {
    let mut files = BTreeSet::new();
    let mut left: Vec<(PathBuf, String)> = vec![(folder.join(prefix), prefix.to_owned())];
    while let Some((folder, prefix)) = left.pop() {
        let entries = fs::read_dir(&folder).and_then(Iterator::collect::<io::Result<Vec<_>>>);
        let entries = match entries {
            Ok(entries) => entries,
            Err(error) if error.kind() == ErrorKind::NotFound => continue,
            Err(error) => return Err(name(&error, &folder)),
        };
        for entry in entries {
            let file = entry.file_name().to_string_lossy().into_owned();
            let path = format!("{prefix}{file}");
            if file.starts_with('.') && !is_temporary(&file) {
                continue;
            }
            let is_folder = match entry.file_type() {
                Ok(kind) => kind.is_dir(),
                Err(error) if error.kind() == ErrorKind::NotFound => continue,
                Err(error) => return Err(name(&error, &entry.path())),
            };
            // In the folder itself, other folders are somebody else's.
            if !is_folder {
                files.insert(path);
            } else if !prefix.is_empty() {
                left.push((entry.path(), path + "/"));
            }
        }
    }
    Ok(files)
}

fn ignore_absent(error: io::Error) -> io::Result<()> {
    if error.kind() == ErrorKind::NotFound {
        Ok(())
    } else {
        Err(error)
    }
}

fn in_the_way(path: &Path, what: &str) -> io::Error {
    let message = format!("{}: {what}; move it away", path.display());
    io::Error::new(ErrorKind::AlreadyExists, message)
}

/// An error of the system that says which file it is about and, where that is known, what to do.
fn name(error: &io::Error, path: &Path) -> io::Error {
    let kind = error.kind();
    let no_folder = |folder: &&Path| folder.exists() && !folder.is_dir();
    if let (ErrorKind::NotADirectory, Some(file)) = (kind, path.ancestors().find(no_folder)) {
        return in_the_way(file, "this is a file where a folder should be");
    }
    let remedy = match kind {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
            "; make room, and run it again"
        }
        ErrorKind::PermissionDenied => "; give yourself the right to it",
        ErrorKind::ReadOnlyFilesystem => "; generate into a folder that can be written",
        _ => "",
    };
    io::Error::new(kind, format!("{}: {error}{remedy}", path.display()))
}
