//! What a command prints to a terminal of so many columns.

use std::path::Path;
use std::process::Command;

use snapbox::{Assert, Data, IntoData};

use crate::support::ERRBOOK;

/// What was shown, with `␛` for the sign that begins a colour.
pub(crate) struct Shown(String);

impl Shown {
    #[track_caller]
    pub(crate) fn eq_to(&self, expected: impl IntoData) {
        let expected: Data = expected.into_data();
        Assert::new()
            .action_env("SNAPSHOTS")
            .eq(self.0.as_str(), expected.raw());
    }

    pub(crate) fn lines(&self) -> impl Iterator<Item = &str> {
        self.0.lines()
    }
}

/// Runs a command in a terminal.
pub(crate) fn in_terminal(folder: &Path, columns: usize, args: &[&str]) -> Shown {
    in_terminal_with("", folder, columns, args)
}

/// The same with a variable of the environment. `script`, of util-linux, makes the terminal.
pub(crate) fn in_terminal_with(
    variable: &str,
    folder: &Path,
    columns: usize,
    args: &[&str],
) -> Shown {
    let quoted: Vec<String> = args.iter().map(|arg| format!("'{arg}'")).collect();
    let quoted = quoted.join(" ");
    let command = format!("stty cols {columns} rows 24 && {variable} '{ERRBOOK}' {quoted}");
    let output = Command::new("script")
        .args(["--quiet", "--return", "--command", &command, "/dev/null"])
        .current_dir(folder)
        .env("TERM", "xterm")
        .env_remove("COLUMNS")
        .env_remove("NO_COLOR")
        .output()
        .expect("script is a program of util-linux");
    let shown = String::from_utf8(output.stdout).expect("it is UTF-8");
    assert!(output.status.success(), "{command}\n{shown}");
    // What a terminal gets ends its lines so.
    Shown(shown.replace("\r\n", "\n").replace('\u{1b}', "␛"))
}
