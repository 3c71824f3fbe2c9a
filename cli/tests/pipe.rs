//! Whoever reads the output may stop at any time, as `head` does: no command makes a word of it.

use std::io::pipe;
use std::process::{Command, Output, Stdio};

use crate::support::commands::names;
use crate::support::{ERRBOOK, project};

/// What a command is asked to do that prints something, where that is more than its name.
const ARGUMENTS: [&[&str]; 6] = [
    &["generate", "--check"],
    &["explain", "OUT_OF_STOCK"],
    &["explain", "E0510", "--json"],
    &["list", "--json"],
    &["diff", "catalog"],
    &["diff", "catalog", "--format", "json"],
];

/// Runs a command in a project of its own, with nobody who reads what it prints.
fn run(arguments: &[&str], stderr: Stdio) -> Output {
    let folder = project(include_str!("../../docs/guide/shop/catalog/shop.toml"));
    let (reader, writer) = pipe().expect("a pipe");
    drop(reader);
    Command::new(ERRBOOK)
        .args(arguments)
        .current_dir(folder.path())
        .stdin(Stdio::null())
        .stdout(writer)
        .stderr(stderr)
        .output()
        .expect("it runs")
}

#[test]
fn closed_stdout_prints_no_error() {
    #[track_caller]
    fn check(arguments: &[&str]) {
        let output = run(arguments, Stdio::piped());
        let told = String::from_utf8_lossy(&output.stderr);
        let status = output.status.code().expect("no signal has ended it");
        assert!(
            [0, 1, 2, 141].contains(&status),
            "{arguments:?}: {status}\n{told}"
        );
        let complains = ["pipe", "panicked", "os error"];
        assert!(
            !complains.iter().any(|word| told.contains(word)),
            "{arguments:?}: {told}"
        );
    }
    for command in &names() {
        check(&[command]);
        check(&[command, "--help"]);
    }
    for arguments in ARGUMENTS {
        check(arguments);
    }
}

#[test]
fn closed_stdout_exits_with_141() {
    #[track_caller]
    fn check(arguments: &[&str], status: i32) {
        let output = run(arguments, Stdio::piped());
        assert_eq!(output.status.code(), Some(status), "{arguments:?}");
        assert!(output.stderr.is_empty(), "{arguments:?}");
    }
    check(&["list"], 141);
    check(&["list", "--json"], 141);
    check(&["explain", "OUT_OF_STOCK"], 141);
    check(&["diff", "catalog"], 141);
    check(&["generate"], 141);
    check(&["generate", "--check"], 141);
    // Who asked for nothing else is told nothing.
    check(&["generate", "--quiet"], 0);
    check(&["list", "--quiet", "no such word"], 0);
}

#[test]
fn closed_stderr_keeps_the_exit_status() {
    #[track_caller]
    fn check(arguments: &[&str], status: i32) {
        let (reader, writer) = pipe().expect("a pipe");
        drop(reader);
        let output = run(arguments, writer.into());
        assert_eq!(output.status.code(), Some(status), "{arguments:?}");
    }
    check(&["list", "--api", "nowhere"], 2);
    check(&["list", "--project", "nowhere"], 2);
    check(&["list", "--no-such-option"], 2);
    check(&["explain", "NO_SUCH_ERROR"], 141);
}
