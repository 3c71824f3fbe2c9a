//! Whether a package is in a working checkout, where a build may refresh committed files.

use std::path::Path;

/// What marks a copy that cargo made: of a git dependency, of a package, of a vendored package.
const COPIES: [&str; 4] = [
    ".cargo-ok",
    ".cargo_vcs_info.json",
    ".cargo-checksum.json",
    "Cargo.toml.orig",
];

/// What marks a folder of things that can be made again, such as cargo's target folder.
const CACHE: &str = "CACHEDIR.TAG";

/// Whether the package in `manifest_dir` is part of somebody's working checkout: `.git` stands in its
/// folder or in one above, and no folder from the package up to there is a copy of cargo's or a cache.
pub(crate) fn is_working_checkout(manifest_dir: &Path) -> bool {
    let has = |folder: &Path, name: &str| folder.join(name).exists();
    for folder in manifest_dir.ancestors() {
        if COPIES.iter().any(|mark| has(folder, mark)) {
            return false;
        }
        if has(folder, ".git") {
            return true;
        }
        if has(folder, CACHE) {
            return false;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_checkout_is_where_git_is_and_nothing_marks_a_copy() {
        #[track_caller]
        fn check(files: &[&str], expected: bool) {
            let folder = tempfile::tempdir().expect("a temporary folder");
            let package = folder.path().join("repository/backend/crates/api");
            fs::create_dir_all(&package).expect("it can be made");
            for file in files {
                fs::write(folder.path().join("repository").join(file), "")
                    .expect("it can be written");
            }
            assert_eq!(is_working_checkout(&package), expected, "{files:?}");
        }
        check(&[], false);
        check(&["backend/crates/api/.git"], true);
        check(&["backend/.git"], true);
        check(&[".git"], true);
        for mark in COPIES {
            check(&[".git", &format!("backend/crates/api/{mark}")], false);
            check(&[".git", &format!("backend/{mark}")], false);
            check(&["backend/.git", mark], true);
        }
        check(&[".git", "backend/CACHEDIR.TAG"], false);
        check(&["backend/.git", "CACHEDIR.TAG"], true);
    }
}
