//! Compares, writes and removes files on disk. A file is put in place under its name only when all of
//! it has been written.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use crate::lock::Lock;
use crate::output_kind::MARK;
use crate::util::names::printable;
use crate::util::parallel::side_by_side;

/// Calls `run` with each file and returns the results in the order of the files. Each thread gets at least
/// `fewest` files: most of the time is spent waiting for the disk.
pub(super) fn several_at_a_time<T: Sync, R: Send>(
    files: &[T],
    fewest: usize,
    run: impl Fn(&T) -> io::Result<R> + Sync,
) -> io::Result<Vec<R>> {
    const THREADS: usize = 8;
    let parts = files.chunks(files.len().div_ceil(THREADS).max(fewest));
    let parts: Vec<&[T]> = parts.collect();
    let run_part = |part: &&[T]| part.iter().map(&run).collect::<io::Result<Vec<R>>>();
    let mut results = Vec::with_capacity(files.len());
    for part in side_by_side(THREADS, &parts, run_part) {
        results.extend(part?);
    }
    Ok(results)
}

/// What stands at a path.
pub(super) enum DiskState {
    Nothing,
    /// The very text that should be there.
    Same,
    /// A symbolic link, which errbook never writes, wherever it leads.
    Link,
    /// A file that errbook wrote.
    Generated,
    /// Anything else.
    Foreign,
}

/// What stands where a file with this text should.
pub(super) fn compare(place: &Path, text: &str) -> io::Result<DiskState> {
    let Some(metadata) = if_there(fs::symlink_metadata(place), place)? else {
        return match broken_link(place) {
            Some(link) => Err(in_the_way(link, LINK_INSTEAD_OF_FOLDER)),
            None => Ok(DiskState::Nothing),
        };
    };
    if metadata.is_symlink() {
        return Ok(DiskState::Link);
    }
    if metadata.is_dir() {
        return Err(in_the_way(place, "this is a folder where a file should be"));
    }
    // To read from a pipe could take for ever.
    if !metadata.is_file() {
        return Err(in_the_way(place, "this is no file, and one should be here"));
    }
    // The lines of a file may end in CR LF.
    let more = metadata.len().checked_sub(text.len() as u64);
    if more.is_some_and(|more| more == 0 || more == text.matches('\n').count() as u64) {
        match start(place, metadata.len() + 1)? {
            None => return Ok(DiskState::Nothing),
            Some(bytes) if holds(&bytes, text) => return Ok(DiskState::Same),
            Some(_) => {}
        }
    }
    match first_lines(place)? {
        None => Ok(DiskState::Nothing),
        // In an empty file there is nothing to lose.
        Some(start) if start.is_empty() || start.contains(MARK) => Ok(DiskState::Generated),
        Some(_) => Ok(DiskState::Foreign),
    }
}

/// Whether the bytes of a file are a text, or the text with CR LF at the end of each line: git checks out text
/// files like that if it is configured so, and converts them back.
fn holds(bytes: &[u8], text: &str) -> bool {
    let lines = bytes.split_inclusive(|byte| *byte == b'\n');
    let unix = lines.flat_map(|line| match line {
        [line @ .., b'\r', b'\n'] => [line, b"\n"],
        line => [line, b""],
    });
    bytes == text.as_bytes() || unix.flatten().eq(text.as_bytes())
}

/// Whether what stands at a path says of itself, in its first lines, that errbook wrote it.
pub(super) fn origin(place: &Path) -> io::Result<DiskState> {
    // A link is never ours, wherever it leads.
    let metadata = if_there(fs::symlink_metadata(place), place)?;
    if metadata.is_some_and(|metadata| !metadata.is_file()) {
        return Ok(DiskState::Foreign);
    }
    Ok(match first_lines(place)? {
        None => DiskState::Nothing,
        Some(start) if start.contains(MARK) => DiskState::Generated,
        Some(_) => DiskState::Foreign,
    })
}

fn first_lines(place: &Path) -> io::Result<Option<String>> {
    let start = start(place, 512)?;
    Ok(start.map(|start| String::from_utf8_lossy(&start).into_owned()))
}

/// The first bytes of a file, at most so many: it may grow while it is read.
fn start(place: &Path, most: u64) -> io::Result<Option<Vec<u8>>> {
    let mut start = Vec::new();
    let read = fs::File::open(place).and_then(|file| file.take(most).read_to_end(&mut start));
    Ok(if_there(read, place)?.map(|_| start))
}

/// Puts a file in place under its name only when all of it is on disk.
pub(super) fn write_whole(place: &Path, bytes: &[u8]) -> io::Result<()> {
    // Each takes some microseconds, in which a folder may go again; a run removes one once.
    const TRIES: u32 = 1_000;
    for _ in 1..TRIES {
        match try_to_write(place, bytes) {
            // Another run has removed the folder, which was empty just now, or has taken the name.
            Err(error)
                if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::AlreadyExists) => {}
            result => return result.map_err(|error| name(&error, place)),
        }
    }
    try_to_write(place, bytes).map_err(|error| name(&error, place))
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
    // A file that is rewritten keeps its mode.
    let former = fs::symlink_metadata(place).ok();
    let former = former.filter(fs::Metadata::is_file);
    let write = || {
        if let Some(former) = former {
            file.set_permissions(former.permissions())?;
        }
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

pub(super) fn is_temporary(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    name.starts_with('.') && name.ends_with(TEMPORARY)
}

/// Whether this is a temporary file that nobody will put in place any more: the process that its name begins
/// with is gone, or where the system does not show that, the file is old. Should the process run where
/// its number means nothing here, it finds the file gone and writes it anew.
pub(super) fn is_left_behind(folder: &Path, path: &str) -> bool {
    const OLD: Duration = Duration::from_mins(10);
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
    let age = modified.ok().and_then(|modified| modified.elapsed().ok());
    process.is_some_and(gone) || age.is_some_and(|age| age > OLD)
}

pub(super) fn remove_empty_folders(root: &Path, removed: &Path) {
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
pub(super) fn list(folder: &Path, prefix: &str) -> io::Result<BTreeSet<String>> {
    let mut files = BTreeSet::new();
    let mut left: Vec<(PathBuf, String)> = vec![(folder.join(prefix), prefix.to_owned())];
    while let Some((folder, prefix)) = left.pop() {
        let entries = fs::read_dir(&folder).and_then(Iterator::collect::<io::Result<Vec<_>>>);
        for entry in if_there(entries, &folder)?.unwrap_or_default() {
            let file = entry.file_name().to_string_lossy().into_owned();
            let path = format!("{prefix}{file}");
            if file.starts_with('.') && !is_temporary(&file) {
                continue;
            }
            let Some(kind) = if_there(entry.file_type(), &entry.path())? else {
                continue;
            };
            // In the folder itself, other folders are somebody else's.
            if !kind.is_dir() {
                files.insert(path);
            } else if !prefix.is_empty() {
                left.push((entry.path(), path + "/"));
            }
        }
    }
    Ok(files)
}

/// Removes a file, unless another run has done so.
pub(super) fn remove(place: &Path) -> io::Result<()> {
    if_there(fs::remove_file(place), place).map(|_| ())
}

/// What an operation on a path has returned, with the path in its error; `None` if nothing is at the path.
fn if_there<T>(result: io::Result<T>, place: &Path) -> io::Result<Option<T>> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(name(&error, place)),
    }
}

const LINK_INSTEAD_OF_FOLDER: &str = "this link leads nowhere, and a folder should be here";

/// The first link on a path that leads to nothing, or back to itself.
fn broken_link(path: &Path) -> Option<&Path> {
    if path.parent().is_none_or(Path::is_dir) {
        return None;
    }
    let mut parts = path.ancestors().skip(1);
    parts.find(|part| part.is_symlink() && !part.exists())
}

pub(super) fn in_the_way(path: &Path, what: &str) -> io::Error {
    let message = format!("{}: {what}; move it away", printable(path));
    io::Error::new(ErrorKind::AlreadyExists, message)
}

/// An error of the system that says which file it is about and, where that is known, what to do.
fn name(error: &io::Error, path: &Path) -> io::Error {
    let kind = error.kind();
    let no_folder = |folder: &&Path| folder.exists() && !folder.is_dir();
    if let (ErrorKind::NotADirectory, Some(file)) = (kind, path.ancestors().find(no_folder)) {
        return in_the_way(file, "this is a file where a folder should be");
    }
    if let Some(link) = broken_link(path) {
        return in_the_way(link, LINK_INSTEAD_OF_FOLDER);
    }
    let remedy = match kind {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
            "; make room, and run it again"
        }
        ErrorKind::PermissionDenied => "; give yourself the right to it",
        ErrorKind::ReadOnlyFilesystem => "; generate into a folder that can be written",
        _ => "",
    };
    io::Error::new(kind, format!("{}: {error}{remedy}", printable(path)))
}

impl Lock {
    /// Writes the file, whole or not at all. If it is a link, writes the file that the link leads to.
    ///
    /// # Errors
    ///
    /// When it cannot be written, with the path.
    pub fn write_to(&self, file: &Path) -> io::Result<()> {
        let is_link = fs::symlink_metadata(file).is_ok_and(|it| it.is_symlink());
        let target = is_link.then(|| fs::canonicalize(file)).transpose();
        let target = target.map_err(|error| name(&error, file))?;
        let place = target.as_deref().unwrap_or(file);
        write_whole(place, self.to_string().as_bytes())?;
        let folder = place.parent().ok_or(ErrorKind::InvalidInput)?;
        let beside = list(folder, "")?;
        let mut left_behind = beside.iter().filter(|path| is_left_behind(folder, path));
        left_behind.try_for_each(|path| remove(&folder.join(path)))
    }
}
