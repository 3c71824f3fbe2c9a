//! The pages of the guide show what the commands really print.
//!
//! Each page is worked through in a folder of its own, which starts as a copy of `docs/guide/shop`:
//! a code block whose first line is a comment with the path of a file is written there, and the
//! commands of a `console` block are run there. `SNAPSHOTS=overwrite` writes into the pages what was
//! printed.

use std::fs;
use std::path::{Path, PathBuf};

use snapbox::cmd::Command;
use snapbox::{Assert, Data};

use crate::support::{ERRBOOK, empty_folder, read, write};

/// The folder of the guide.
fn guide() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/guide")
}

fn pages() -> Vec<PathBuf> {
    let mut pages: Vec<PathBuf> = fs::read_dir(guide())
        .expect("the guide is a folder")
        .map(|entry| entry.expect("it can be read").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .collect();
    pages.sort();
    assert!(!pages.is_empty());
    pages
}

#[test]
fn contents_link_to_each_page() {
    let contents = guide().join("README.md");
    let text = fs::read_to_string(&contents).expect("it can be read");
    for page in pages().iter().filter(|page| **page != contents) {
        let name = page.file_name().expect("it has a name").to_string_lossy();
        assert!(text.contains(&format!("]({name})")), "{name}");
    }
}

#[test]
fn each_page_shows_the_printed_output() {
    let guide = guide();
    for page in pages() {
        let text = fs::read_to_string(&page).expect("a page can be read");
        let folder = empty_folder();
        copy(&guide.join("shop"), folder.path());
        let worked = work_through(&text, folder.path());
        Assert::new()
            .action_env("SNAPSHOTS")
            .eq(worked, Data::read_from(&page, None).raw());
    }
}

/// The page as it should be: with what its commands have printed now.
fn work_through(page: &str, folder: &Path) -> String {
    let mut worked = String::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        worked.push_str(line);
        worked.push('\n');
        let Some(language) = line.strip_prefix("```") else {
            continue;
        };
        let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        if language == "console" {
            worked.push_str(&run_all(&block, folder));
        } else {
            write_block(&block, folder);
            for line in block {
                worked.push_str(line);
                worked.push('\n');
            }
        }
        worked.push_str("```\n");
    }
    worked
}

/// Runs the commands of a block; what it should be, with what they print.
fn run_all(block: &[&str], folder: &Path) -> String {
    let mut shown = String::new();
    for (index, line) in block.iter().enumerate() {
        let Some(command) = line.strip_prefix("$ ") else {
            continue;
        };
        let documented: Vec<&str> = block[index + 1..]
            .iter()
            .copied()
            .take_while(|line| !line.starts_with("$ "))
            .collect();
        let (command, status) = match command.split_once("  # exits with ") {
            Some((command, status)) => (command, status.parse().expect("a status is a number")),
            None => (command, 0),
        };
        let printed = run(command, status, folder);
        shown.push_str(line);
        shown.push('\n');
        shown.push_str(&keep_elisions(&documented, &printed));
    }
    shown
}

/// What a command prints, on both of its channels.
fn run(command: &str, status: i32, folder: &Path) -> String {
    // Whatever machine this is, git has an author, a date, and no settings of its own.
    const GIT: [(&str, &str); 8] = [
        ("GIT_AUTHOR_NAME", "Shop"),
        ("GIT_AUTHOR_EMAIL", "shop@example.com"),
        ("GIT_AUTHOR_DATE", "2026-01-01T00:00:00Z"),
        ("GIT_COMMITTER_NAME", "Shop"),
        ("GIT_COMMITTER_EMAIL", "shop@example.com"),
        ("GIT_COMMITTER_DATE", "2026-01-01T00:00:00Z"),
        ("GIT_CONFIG_GLOBAL", "/dev/null"),
        ("GIT_CONFIG_SYSTEM", "/dev/null"),
    ];
    let script = format!("cargo() {{ '{ERRBOOK}' \"$@\"; }}\n{command}");
    let output = Command::new("sh")
        .args(["-c", &script])
        .envs(GIT)
        .env_remove("CI")
        .current_dir(folder)
        .stderr_to_stdout()
        .output()
        .expect("a shell runs");
    let printed = String::from_utf8(output.stdout).expect("what is printed is UTF-8");
    assert_eq!(output.status.code(), Some(status), "$ {command}\n{printed}");
    if printed.is_empty() || printed.ends_with('\n') {
        printed
    } else {
        printed + "\n"
    }
}

/// What is documented, if it is what was printed but for what `...` and `[..]` stand for; otherwise
/// what was printed.
fn keep_elisions(documented: &[&str], printed: &str) -> String {
    let documented: String = documented.iter().flat_map(|line| [line, "\n"]).collect();
    let same = Assert::new()
        .try_eq(None, printed.into(), documented.as_str().into())
        .is_ok();
    if same { documented } else { printed.to_owned() }
}

/// Writes the file that a block shows, where its first line names one: `# catalog/shop.toml` is all of
/// it, `# catalog/shop.toml, at the end` is added to it.
fn write_block(block: &[&str], folder: &Path) {
    let first = block.first().copied().unwrap_or_default();
    let comment = first.strip_prefix("# ").or(first.strip_prefix("// "));
    let comment = comment.unwrap_or_default();
    let (path, added) = match comment.strip_suffix(", at the end") {
        Some(path) => (path, true),
        None => (comment, false),
    };
    if !path.contains('.') || path.contains(' ') {
        return;
    }
    let text = block[1..].join("\n") + "\n";
    let text = if added {
        read(folder, path) + "\n" + &text
    } else {
        text
    };
    write(folder, path, text);
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("it can be made");
    for entry in fs::read_dir(from).expect("it can be read") {
        let entry = entry.expect("it can be read");
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).expect("it can be copied");
        }
    }
}
