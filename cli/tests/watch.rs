//! `cargo errbook generate --watch`, from the first run until it is killed.
//!
//! Nothing here is timed: each step waits for what must be printed, or fails when nothing more comes.

use std::fs;
use std::io::{self, BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use tempfile::TempDir;

use crate::support::{ERRBOOK, empty_folder, project};

/// Much longer than any machine takes.
const LIMIT: Duration = Duration::from_mins(2);

/// A catalog of one error.
fn catalog(id: &str, status: u16, description: &str) -> String {
    format!(
        "[api]\nid = \"{id}\"\ntitle = \"API\"\n[envelope]\ncode = \"/code\"\n[error.A]\nstatus = {status}\ndescription = \"{description}\"\n"
    )
}

/// A project, and a run that watches it.
struct Watch {
    folder: TempDir,
    run: Child,
    lines: Receiver<String>,
}

impl Watch {
    /// Starts to watch a project with a catalog, by this program; what the first run prints.
    fn start(program: &str, args: &[&str]) -> (Self, String) {
        let folder = project(&catalog("shop", 400, "first"));
        // One for both, so that lines come in their order.
        let (reader, writer) = io::pipe().expect("the system has pipes");
        let run = Command::new(program)
            .args(args)
            .current_dir(folder.path())
            .stdin(Stdio::null())
            .stdout(writer.try_clone().expect("it can be shared"))
            .stderr(writer)
            .spawn()
            .expect("it starts");
        let (tell, lines) = channel();
        thread::spawn(move || {
            for line in BufReader::new(reader).lines() {
                if tell.send(line.expect("it is a text")).is_err() {
                    break;
                }
            }
        });
        let watch = Self { folder, run, lines };
        let first = watch.next_run();
        (watch, first)
    }

    /// What is printed until a run is done.
    #[track_caller]
    fn next_run(&self) -> String {
        let mut printed = String::new();
        loop {
            match self.lines.recv_timeout(LIMIT) {
                Ok(line) => {
                    printed += &line;
                    printed.push('\n');
                    if line.starts_with("Finished in ") {
                        return printed;
                    }
                }
                Err(error) => panic!("{error} after {printed}"),
            }
        }
    }

    /// Puts a file in place at once, so that there is one change, and no half of one.
    fn save(&self, path: &str, text: &str) {
        let new = self.folder.path().join("new");
        fs::write(&new, text).expect("it can be written");
        fs::rename(new, self.folder.path().join(path)).expect("it can be moved");
    }

    fn rename(&self, old: &str, new: &str) {
        let root = self.folder.path();
        fs::rename(root.join(old), root.join(new)).expect("it can be moved");
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.folder.path().join(path)).unwrap_or_default()
    }

    /// The next run prints these.
    #[track_caller]
    fn prints(&self, expected: &[&str]) {
        assert_prints(&self.next_run(), expected);
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        // It may have ended by itself, if a test failed.
        let _ = self.run.kill();
        let _ = self.run.wait();
    }
}

#[track_caller]
fn assert_prints(printed: &str, expected: &[&str]) {
    for expected in expected {
        assert!(printed.contains(expected), "{expected} is not in {printed}");
    }
}

#[test]
fn changed_catalog_is_generated_again() {
    let (watch, first) = Watch::start(ERRBOOK, &["generate", "--watch"]);
    assert_prints(
        &first,
        &[
            "Wrote generated: 8 added",
            " ms; watching catalog and errbook.toml, until Ctrl-C\n",
        ],
    );

    watch.save("catalog/shop.toml", &catalog("shop", 400, "second"));
    watch.prints(&["  changed    generated/docs/shop.md\n"]);
    assert!(watch.read("generated/docs/shop.md").contains("second"));

    watch.save("catalog/shop.toml", &catalog("shop", 4000, "third"));
    watch.prints(&["error[E0502]", "error: 1 error; nothing was written\n"]);
    assert!(watch.read("generated/docs/shop.md").contains("second"));
    watch.save("catalog/shop.toml", &catalog("shop", 400, "third"));
    watch.prints(&["Wrote generated: "]);
    assert!(watch.read("generated/docs/shop.md").contains("third"));

    watch.save("catalog/other.toml", &catalog("other", 400, "x"));
    watch.prints(&["  added      generated/docs/other.md\n"]);
    watch.rename("catalog/other.toml", "catalog/another.toml");
    watch.prints(&["  changed    generated/docs/other.md\n"]);
    watch.rename("catalog/another.toml", "catalog/another.toml.old");
    watch.prints(&["  removed    generated/docs/other.md\n"]);

    watch.rename("catalog", "catalog.old");
    watch.prints(&["error[E0101]: `catalog` cannot be read: "]);
    watch.rename("catalog.old", "catalog");
    watch.prints(&["Nothing to do in generated: 8 files are up to date\n"]);
    watch.save("catalog/shop.toml", &catalog("shop", 400, "fourth"));
    watch.prints(&["  changed    generated/docs/shop.md\n"]);
}

#[test]
fn added_changed_and_removed_settings_are_applied() {
    let (watch, _) = Watch::start(ERRBOOK, &["generate", "--watch"]);
    watch.save("errbook.toml", "[output]\ndocs = \"site/errors\"\n");
    watch.prints(&["  added      site/errors/shop.md\n"]);

    fs::create_dir(watch.folder.path().join("errors")).expect("it can be made");
    watch.save("errors/moved.toml", &catalog("moved", 400, "x"));
    watch.save(
        "errbook.toml",
        "catalogs = \"errors\"\n[output]\ndocs = \"site/errors\"\n",
    );
    watch.prints(&[
        "  added      site/errors/moved.md\n",
        "  removed    site/errors/shop.md\n",
        "; watching errors and errbook.toml,",
    ]);
    watch.save("errors/moved.toml", &catalog("moved", 400, "y"));
    watch.prints(&["  changed    site/errors/moved.md\n"]);

    watch.save("errbook.toml", "catalogs = \n");
    watch.prints(&["error[E0104]", "nothing was written\n"]);
    watch.save("errbook.toml", "catalogs = \"errors/moved.toml\"\n");
    watch.prints(&["  added      generated/docs/moved.md\n"]);
    watch.save("errors/moved.toml", &catalog("moved", 400, "z"));
    watch.prints(&["  changed    generated/docs/moved.md\n"]);

    watch.rename("errbook.toml", "no-errbook.toml");
    watch.prints(&["  added      generated/docs/shop.md\n"]);
}

#[test]
fn added_and_removed_lock_is_applied() {
    let (watch, _) = Watch::start(ERRBOOK, &["generate", "--watch"]);
    watch.save("catalog/errbook.lock", "shop = [{ code = \"GONE\" }]\n");
    watch.prints(&["error[E1202]", "error: 1 error; nothing was written\n"]);
    watch.rename("catalog/errbook.lock", "errbook.lock.old");
    watch.prints(&["Nothing to do in generated: 8 files are up to date\n"]);
}

#[test]
fn outputs_and_other_files_trigger_no_run() {
    // They lie where it looks for changes.
    let args = ["generate", "--watch", "--output", "catalog"];
    let (watch, _) = Watch::start(ERRBOOK, &args);
    for description in ["second", "third", "fourth"] {
        watch.save("catalog/notes.md", description);
        watch.save("Cargo.toml", description);
        watch.save("catalog/docs/shop.md", "");
        watch.save("catalog/shop.toml", &catalog("shop", 400, description));
        // Had anything else led to a run, this would be that one or the one before.
        watch.prints(&["  changed    catalog/rust/shop.rs\n"]);
        assert!(watch.read("catalog/rust/shop.rs").contains(description));
    }
}

#[test]
fn failed_write_does_not_end_the_watch() {
    let (watch, _) = Watch::start(ERRBOOK, &["generate", "--watch"]);
    watch.save("generated/docs/other.md", "Mine.\n");
    watch.save("catalog/other.toml", &catalog("other", 400, "x"));
    watch.prints(&["generated/docs/other.md: errbook did not write this file"]);
    watch.rename("generated/docs/other.md", "mine.md");
    watch.save("catalog/shop.toml", &catalog("shop", 400, "second"));
    watch.prints(&["  added      generated/docs/other.md\n"]);
}

/// To a program, a system whose limit of watches is reached is one that gives no more files.
#[cfg(target_os = "linux")]
#[test]
fn without_notifications_files_are_polled() {
    const LIMITED: &str = r#"ulimit -n 5; exec "$0" generate --watch"#;
    let (watch, first) = Watch::start("sh", &["-c", LIMITED, ERRBOOK]);
    assert_prints(
        &first,
        &[
            "warning: the system does not tell of changes (",
            "; end other programs that watch files, or raise fs.inotify.max_user_watches and fs.inotify.max_user_instances\n",
            "Wrote generated: 8 added",
        ],
    );
    watch.save("catalog/shop.toml", &catalog("shop", 400, "second"));
    watch.prints(&["  changed    generated/docs/shop.md\n"]);
}

#[test]
fn watch_and_check_exclude_each_other() {
    let folder = empty_folder();
    let output = Command::new(ERRBOOK)
        .args(["generate", "--watch", "--check"])
        .current_dir(folder.path())
        .output()
        .expect("it starts");
    assert_eq!(output.status.code(), Some(2));
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(
        told.contains("'--watch' cannot be used with '--check'"),
        "{told}"
    );
}
