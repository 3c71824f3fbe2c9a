//! Helpers of several tests.

use std::fs;
use std::path::Path;

/// The text of a file, by its path in the workspace or its absolute path.
#[track_caller]
pub(crate) fn read(path: impl AsRef<Path>) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
