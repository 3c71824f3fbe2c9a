//! Reads one file: whole, once it has stopped changing, and no larger than a limit.

use std::fs;
use std::io::{self, Read};
use std::path::Path;
use std::thread;
use std::time::Duration;

use crate::findings::{Finding, RuleId};
use crate::source::Source;

/// More than 100,000 errors take. A parser needs memory many times the size of a text.
const LARGEST: u64 = 64 << 20;

/// Reads a file if it exists. Adds a finding to `unread` if it cannot be read.
pub(super) fn read_if_there(
    file: &Path,
    name: String,
    unread: &mut Vec<Finding>,
) -> Option<Source> {
    // A link that leads nowhere is there, too, and cannot be read.
    file.symlink_metadata().ok()?;
    read_source(file, name, unread)
}

/// Reads a file. Adds a finding to `unread` if it cannot be read.
pub(super) fn read_source(file: &Path, name: String, unread: &mut Vec<Finding>) -> Option<Source> {
    match read_file(file, &name) {
        Ok(bytes) => Some(Source::from_bytes(name, bytes)),
        Err(finding) => {
            unread.push(*finding);
            None
        }
    }
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
        return Err(Box::new(refused(RuleId::Unreadable, title, help)));
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
        Box::new(refused(RuleId::Changing, title, help))
    })?;
    if bytes.len() as u64 > LARGEST {
        let title = format!("`{name}` is larger than 64 MiB");
        let help = "make several catalogs of it, each with an id of its own";
        return Err(Box::new(refused(RuleId::TooLarge, title, help)));
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

pub(super) fn unreadable_file(name: &str, error: &io::Error) -> Finding {
    Finding::error(
        RuleId::Unreadable,
        format!("`{name}` cannot be read: {error}"),
    )
    .about(name)
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
