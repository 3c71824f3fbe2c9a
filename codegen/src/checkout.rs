//! Whether a build may refresh committed files: only where somebody works on them.

use std::fs;
use std::path::{Path, PathBuf};

/// What marks a copy that cargo made: of a git dependency, of a package, of a vendored package.
const COPIES: [&str; 4] = [
    ".cargo-ok",
    ".cargo_vcs_info.json",
    ".cargo-checksum.json",
    "Cargo.toml.orig",
];

/// Whether the package in `manifest_dir` is somebody's working checkout: `.git` stands beside the
/// `Cargo.toml` of its workspace, and no folder from the package up to there is a copy of cargo's.
pub(crate) fn is_working_checkout(manifest_dir: &Path) -> bool {
    let root = workspace_root(manifest_dir);
    let is_copy = |folder: &Path| COPIES.iter().any(|mark| folder.join(mark).exists());
    let mut folders = manifest_dir
        .ancestors()
        .take_while(|folder| folder.starts_with(&root));
    root.join(".git").exists() && !folders.any(is_copy)
}

/// The nearest folder from the package upwards whose `Cargo.toml` declares a workspace, else the
/// package's own.
fn workspace_root(manifest_dir: &Path) -> PathBuf {
    let declares = |folder: &&Path| {
        fs::read_to_string(folder.join("Cargo.toml")).is_ok_and(|manifest| {
            manifest
                .lines()
                .any(|line| line.trim_start().starts_with("[workspace"))
        })
    };
    manifest_dir
        .ancestors()
        .find(declares)
        .unwrap_or(manifest_dir)
        .to_path_buf()
}
