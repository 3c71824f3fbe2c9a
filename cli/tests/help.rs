//! What the commands tell of themselves: help, manual pages, completions.

use std::path::Path;
use std::process::{Command, Stdio};

use tempfile::TempDir;

use crate::support::commands::{names, printed};
use crate::support::{ERRBOOK, empty_folder, folder_with, read};

/// All commands but `help`, which has nothing to show by example.
fn own_names() -> Vec<String> {
    names().into_iter().filter(|name| name != "help").collect()
}

#[test]
fn each_command_has_examples() {
    #[track_caller]
    fn check(command: &[&str]) {
        let help = printed(&[command, &["--help"]].concat());
        let mut lines = help.lines().skip_while(|line| *line != "Examples:").skip(1);
        let example = lines.next().unwrap_or_default();
        assert!(example.starts_with("  cargo errbook "), "{help}");
        // Who asks for the short help wants to see the options at once.
        let short = printed(&[command, &["-h"]].concat());
        assert!(!short.contains("Examples:"), "{short}");
        assert!(short.lines().count() < help.lines().count(), "{short}");
    }
    check(&[]);
    for name in own_names() {
        check(&[&name]);
    }
}

#[test]
fn examples_use_existing_commands_and_options() {
    let names = names();
    let all = own_names();
    let commands = [Vec::new()].into_iter();
    let commands = commands.chain(all.iter().map(|name| vec![name.as_str()]));
    for command in commands {
        let help = printed(&[&command[..], &["--help"]].concat());
        let examples = help.split("\nExamples:\n").nth(1).expect("it has examples");
        let examples = examples.lines().map_while(|line| line.strip_prefix("  "));
        for example in examples.filter_map(|line| line.strip_prefix("cargo errbook ")) {
            let words: Vec<&str> = example.split_whitespace().collect();
            assert!(names.iter().any(|name| name == words[0]), "{example}");
            let own = printed(&[words[0], "--help"]);
            let options = words.iter().filter(|word| word.starts_with("--"));
            for option in options.filter(|option| option.len() > 2) {
                assert!(own.contains(option), "{option} in {example}");
            }
        }
    }
}

#[test]
fn readme_lists_each_command() {
    let text = read(env!("CARGO_MANIFEST_DIR"), "README.md");
    let rows = text
        .lines()
        .filter_map(|line| line.strip_prefix("| `cargo errbook "));
    let listed: Vec<&str> = rows.filter_map(|row| row.split('`').next()).collect();
    assert_eq!(listed, own_names());
}

#[test]
fn each_command_has_a_manual_page() {
    let folder = empty_folder();
    let pages = folder.path().join("man1");
    let output = pages.to_str().expect("the path is UTF-8");
    let told = printed(&["man", "--output", output]);
    let names = own_names();
    assert_eq!(
        told,
        format!("Wrote {} pages to {output}\n", names.len() + 1)
    );

    let main = read(&pages, "cargo-errbook.1");
    assert_eq!(main, printed(&["man"]));
    for name in &names {
        assert!(
            main.contains(&format!("cargo\\-errbook\\-{name}(1)")),
            "{main}"
        );
        let page = read(&pages, &format!("cargo-errbook-{name}.1"));
        let sections = page.lines().filter_map(|line| line.strip_prefix(".SH "));
        let sections: Vec<&str> = sections.collect();
        let expected = [
            "NAME",
            "SYNOPSIS",
            "DESCRIPTION",
            "OPTIONS",
            "\"OPTIONS OF ALL COMMANDS\"",
            "EXAMPLES",
            "\"SEE ALSO\"",
        ];
        assert_eq!(sections, expected, "{page}");
        assert!(
            page.contains(&format!("\\fBcargo errbook {name}\\fR")),
            "{page}"
        );
    }
}

#[test]
fn unwritable_manual_pages_exit_with_2() {
    let folder = folder_with(&[("file", "")]);
    let file = folder.path().join("file");
    let run = Command::new(ERRBOOK)
        .args(["man", "--output"])
        .arg(&file)
        .output()
        .expect("it runs");
    let told = String::from_utf8_lossy(&run.stderr);
    assert_eq!(run.status.code(), Some(2));
    assert!(
        told.starts_with(&format!("error: {}: ", file.display())),
        "{told}"
    );
}

/// The program of a shell, if it is here.
fn shell(name: &str) -> Option<Command> {
    let found = Command::new(name)
        .arg("--version")
        .stdout(Stdio::null())
        .status();
    found.is_ok().then(|| Command::new(name))
}

/// What a shell says, in a folder that holds its completions as `script`.
#[track_caller]
fn said(mut shell: Command, folder: &Path, program: &str) -> String {
    let output = shell
        .args(["-c", program])
        .current_dir(folder)
        .env("XDG_CONFIG_HOME", folder)
        .output()
        .expect("it runs");
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(told, "", "{program}");
    String::from_utf8(output.stdout).expect("it is UTF-8")
}

fn with_completions(shell: &str) -> TempDir {
    folder_with(&[("script", &printed(&["completions", shell]))])
}

#[test]
fn bash_completes() {
    let folder = with_completions("bash");
    // What readline tells the function that `complete -p` names: the words, and which is completed.
    let check = |words: &str, expected: &str| {
        let program = format!(
            r#"source ./script
_cargo() {{ COMPREPLY=(asked-cargo); }}
COMP_WORDS=({words})
COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))
registered=($(complete -p "${{COMP_WORDS[0]}}"))
for ((at = 0; at < ${{#registered[@]}}; at++)); do
    if [[ ${{registered[at]}} == -F ]]; then function=${{registered[at + 1]}}; fi
done
"$function" "${{COMP_WORDS[0]}}" "${{COMP_WORDS[COMP_CWORD]}}" "${{COMP_WORDS[COMP_CWORD - 1]}}"
echo "${{COMPREPLY[@]}}""#
        );
        let shell = Command::new("bash");
        assert_eq!(
            said(shell, folder.path(), &program).trim(),
            expected,
            "{words}"
        );
    };
    check("cargo-errbook gen", "generate");
    check("cargo errbook gen", "generate");
    check("cargo-errbook check --fo", "--format");
    check("cargo errbook check --fo", "--format");
    check("cargo errbook check --format s", "sarif");
    check("cargo errbook --color al", "always");
    check("cargo err", "asked-cargo");
    check("cargo build --rel", "asked-cargo");
}

#[test]
fn fish_completes() {
    let Some(_) = shell("fish") else { return };
    let folder = with_completions("fish");
    let check = |line: &str, expected: &str| {
        let program = format!("source ./script; complete -C '{line}'");
        let fish = Command::new("fish");
        let told = said(fish, folder.path(), &program);
        let first = told.split(['\t', '\n']).next().unwrap_or_default();
        assert_eq!(first, expected, "{told}");
    };
    check("cargo-errbook gen", "generate");
    check("cargo errbook gen", "generate");
    check("cargo errbook check --fo", "--format");
    check("cargo errbook check --format s", "sarif");
    check("cargo buil", "build");
}

/// A line editor is needed to complete in zsh: whether it reads the script is what can be said here.
#[test]
fn zsh_reads_its_completions() {
    let Some(zsh) = shell("zsh") else { return };
    let folder = with_completions("zsh");
    let program = "autoload -Uz compinit; compinit -D -u; source ./script; \
        print $_comps[cargo-errbook] $+functions[_cargo-errbook]";
    assert_eq!(said(zsh, folder.path(), program), "_cargo-errbook 1\n");
}

#[test]
fn color_option_controls_colours_of_help() {
    #[track_caller]
    fn check(args: &[&str], expected: bool) {
        let run = Command::new(ERRBOOK)
            .args(args)
            .env("CLICOLOR_FORCE", "1")
            .env_remove("NO_COLOR")
            .output()
            .expect("it runs");
        let told = [run.stdout, run.stderr].concat();
        assert_eq!(told.contains(&0x1b), expected, "{args:?}");
    }
    check(&["--help"], true);
    for option in [&["--color", "never"][..], &["--color=never"]] {
        check(&[option, &["--help"]].concat(), false);
        check(&[&["check", "--help"], option].concat(), false);
        check(&[&["check", "--no-such-option"], option].concat(), false);
        check(&[&["no-such-command"], option].concat(), false);
    }
}

#[test]
fn project_options_are_shown_for_commands_that_use_them() {
    for name in own_names() {
        let help = printed(&[&name, "--help"]);
        let without = ["new", "schema", "completions", "man"].contains(&name.as_str());
        for option in ["--project <", "--catalogs <"] {
            assert_eq!(help.contains(option), !without, "{option} of {name}");
        }
    }
}
