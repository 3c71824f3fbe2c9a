//! Helpers of several tests: files, catalogs, and what is generated of them.

pub(crate) mod wire;

use std::fs;
use std::path::{Path, PathBuf};

use errbook_codegen::{Input, Output, generate};

/// A catalog without errors. It ends inside of the envelope.
pub(crate) const EMPTY_SHOP: &str = "[api]\nid = \"shop\"\ntitle = \"Shop\"\n[envelope]\n";

/// The absolute path of a file or folder, by its path in the package.
pub(crate) fn path(path: impl AsRef<Path>) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The text of a file, by its path in the package or its absolute path.
#[track_caller]
pub(crate) fn read(file: impl AsRef<Path>) -> String {
    let file = path(file);
    fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

/// Writes a file, and makes the folders that it is in.
pub(crate) fn write(folder: &Path, path: &str, bytes: impl AsRef<[u8]>) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().expect("it is in a folder")).expect("it can be made");
    fs::write(path, bytes).expect("it can be written");
}

/// The names and the paths of what is in a folder of the package.
pub(crate) fn entries(folder: impl AsRef<Path>) -> impl Iterator<Item = (String, PathBuf)> {
    let entries = fs::read_dir(path(folder)).expect("the folder can be read");
    entries.map(|entry| {
        let entry = entry.expect("the folder can be read");
        (
            entry.file_name().to_string_lossy().into_owned(),
            entry.path(),
        )
    })
}

/// Generates everything from catalogs without findings.
#[track_caller]
pub(crate) fn generated(input: impl Into<Input>) -> Output {
    generate(input).unwrap_or_else(|report| panic!("{report}"))
}
