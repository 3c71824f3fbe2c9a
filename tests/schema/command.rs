//! Runs `cargo errbook`.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;

use serde_json::Value;

use crate::root;

/// The program, built as it is now.
static PROGRAM: LazyLock<PathBuf> = LazyLock::new(|| {
    let messages = cargo(&[
        "build",
        "--package",
        "cargo-errbook",
        "--message-format=json",
    ]);
    let mut messages = messages.lines().map(json);
    let program = messages.find_map(|message| Some(message["executable"].as_str()?.into()));
    program.expect("it is a program")
});

/// What cargo prints in the folder of the workspace.
pub(crate) fn cargo(arguments: &[&str]) -> String {
    let run = Command::new(env!("CARGO"))
        .args(arguments)
        .current_dir(root())
        .output();
    printed(&run.expect("cargo runs"))
}

/// A run of the command in a folder.
pub(crate) fn errbook(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(&*PROGRAM)
        .args(arguments)
        .current_dir(folder)
        .env_remove("GITHUB_WORKSPACE")
        .output()
        .expect("it runs")
}

/// What a run has printed.
#[track_caller]
pub(crate) fn printed(run: &Output) -> String {
    let told = String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success(), "{told}");
    String::from_utf8(run.stdout.clone()).expect("it is UTF-8")
}

pub(crate) fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}
