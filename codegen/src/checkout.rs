//! Whether a build may refresh committed files: only where somebody works on them.

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
