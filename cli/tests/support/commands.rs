//! The commands that there are, as `--help` lists them.

use std::process::Command;

use crate::support::ERRBOOK;

/// What a run prints that ends well.
#[track_caller]
pub(crate) fn printed(arguments: &[&str]) -> String {
    let output = Command::new(ERRBOOK)
        .args(arguments)
        .output()
        .expect("it runs");
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {told}");
    String::from_utf8(output.stdout).expect("it is UTF-8")
}

/// Their names.
pub(crate) fn names() -> Vec<String> {
    let help = printed(&["--help"]);
    let (_, list) = help.split_once("Commands:\n").expect("it lists them");
    let lines = list.lines().map_while(|line| line.strip_prefix("  "));
    let names = lines
        .filter(|line| !line.starts_with(' '))
        .filter_map(|line| line.split_whitespace().next());
    let names: Vec<String> = names.map(str::to_owned).collect();
    for name in ["new", "generate", "explain", "list", "help"] {
        assert!(names.iter().any(|other| other == name), "{names:?}");
    }
    names
}
