//! What may befall a run: it is killed, it is not alone, the disk is full, a folder is not its own.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::Instant;

use errbook_codegen::{Files, Source};
use tempfile::TempDir;

#[cfg(unix)]
use crate::support::errbook_with_read_only;
use crate::support::{ERRBOOK, empty_folder, write};

/// A catalog with so many errors that a run takes a while; `word` is in every file made of it.
fn catalog(id: &str, errors: usize, word: &str) -> String {
    let api =
        format!("[api]\nid = \"{id}\"\ntitle = \"{word}\"\n[envelope]\nmessage = \"/message\"\n");
    let errors = (0..errors).map(|error| {
        format!("[error.ERROR_{error}]\nstatus = 400\nmessage = \"{word} {error}\"\n")
    });
    std::iter::once(api).chain(errors).collect()
}

fn generated(id: &str, catalog: &str) -> Files {
    let source = Source::new(format!("catalog/{id}.toml"), catalog);
    let output = errbook_codegen::generate(&[source]);
    output.expect("the catalog is good").files
}

struct Project {
    folder: TempDir,
}

impl Project {
    fn new(id: &str, catalog: &str) -> Self {
        let project = Self {
            folder: empty_folder(),
        };
        write(&project.folder, &format!("catalog/{id}.toml"), catalog);
        project
    }

    fn set_catalog(&self, text: &str) {
        write(&self.folder, "catalog/shop.toml", text);
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// A run of a program in the project.
    fn start(&self, program: &str, arguments: &[&str]) -> Child {
        Command::new(program)
            .args(arguments)
            .current_dir(self.folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("{program}: {error}"))
    }

    fn generate(&self) -> Child {
        self.start(ERRBOOK, &["generate"])
    }

    /// The files that generated ones may be, with what they hold.
    fn generated(&self) -> BTreeMap<String, String> {
        let mut found = BTreeMap::new();
        let root = self.path("generated");
        let mut left = vec![root.clone()];
        while let Some(folder) = left.pop() {
            for entry in fs::read_dir(folder).into_iter().flatten() {
                let path = entry.expect("it can be read").path();
                if path.is_dir() {
                    left.push(path);
                    continue;
                }
                let text = fs::read_to_string(&path).expect("it is a text");
                let name = path.strip_prefix(&root).expect("it is in there");
                found.insert(name.to_string_lossy().into_owned(), text);
            }
        }
        found
    }

    #[track_caller]
    fn assert_holds(&self, files: &Files) {
        let expected = files.iter().map(|(output, path, text)| {
            let path = format!("{}/{path}", output.name());
            (path, text.to_owned())
        });
        assert!(self.generated() == expected.collect(), "not as generated");
    }
}

fn end(child: Child) -> Output {
    child.wait_with_output().expect("it ends")
}

#[track_caller]
fn assert_good(output: &Output) {
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{told}");
}

/// What a run says that the system stops: status 2, one line, the path and the remedy.
#[track_caller]
fn assert_refused(output: &Output, path: &Path, remedy: &str) {
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{told}");
    let start = format!("error: {}", path.display());
    assert!(told.starts_with(&start), "{told} does not start {start}");
    assert!(told.ends_with(&format!("{remedy}\n")), "{told}");
    assert_eq!(told.lines().count(), 1, "{told}");
}

fn is_temporary(path: &str) -> bool {
    path.ends_with(".errbook-tmp")
}

#[test]
fn killed_run_leaves_each_file_whole() {
    const ROUNDS: u32 = 20;
    let catalogs = ["Old", "New"].map(|word| catalog("shop", 100, word));
    let files = catalogs.each_ref().map(|text| generated("shop", text));
    let project = Project::new("shop", &catalogs[0]);
    let start = Instant::now();
    assert_good(&end(project.generate()));
    let whole = start.elapsed();
    for round in 0..ROUNDS {
        project.set_catalog(&catalogs[(round as usize + 1) % 2]);
        let mut run = project.generate();
        // Somewhere between the first moment and the last.
        std::thread::sleep(whole * round / ROUNDS);
        run.kill().expect("it is ours");
        end(run);
        for (path, text) in project.generated() {
            let is_of = |files: &Files| files.at(&path) == Some(text.as_str());
            let known = is_temporary(&path) || files.iter().any(is_of);
            assert!(
                known,
                "{path} holds neither the old text nor the new: {text}"
            );
        }
    }
    project.set_catalog(&catalogs[1]);
    assert_good(&end(project.generate()));
    if cfg!(target_os = "linux") {
        project.assert_holds(&files[1]);
    }
    let checked = end(project.start(ERRBOOK, &["generate", "--check"]));
    assert_good(&checked);
}

#[test]
fn concurrent_runs_succeed() {
    let catalogs = [("shop", "Old"), ("shop", "New"), ("other", "Other")];
    let catalogs = catalogs.map(|(id, word)| (id, catalog(id, 20, word)));
    let project = Project::new("none", "");
    for (index, (id, text)) in catalogs.iter().enumerate() {
        write(&project.folder, &format!("{index}/catalog/{id}.toml"), text);
    }
    let run = |index: usize| {
        let catalogs = format!("{index}/catalog");
        let arguments = ["generate", "--catalogs", &catalogs, "--output", "generated"];
        project.start(ERRBOOK, &arguments)
    };
    for _ in 0..5 {
        let runs: Vec<Child> = (0..6).map(|number| run(number % 3)).collect();
        for run in runs {
            assert_good(&end(run));
        }
    }
    for (index, (id, text)) in catalogs.iter().enumerate() {
        assert_good(&end(run(index)));
        let source = Source::new(format!("{index}/catalog/{id}.toml"), text);
        let output = errbook_codegen::generate(&[source]);
        project.assert_holds(&output.expect("the catalog is good").files);
    }
}

/// To a program, a file that may not grow is a disk that is full.
#[cfg(unix)]
#[test]
fn full_disk_loses_nothing() {
    // The signal that such a file sends would end the program.
    const FULL: &str = r#"trap "" XFSZ; ulimit -f 1; exec "$0" generate"#;
    const PROBE: &str = r#"trap "" XFSZ; ulimit -f 1; ! head -c 4096 /dev/zero 2>/dev/null >"$0""#;
    let old = catalog("shop", 40, "Old");
    let project = Project::new("shop", &old);
    let probe = project.path("probe").display().to_string();
    assert_good(&end(project.start("sh", &["-c", PROBE, &probe])));

    let full = end(project.start("sh", &["-c", FULL, ERRBOOK]));
    assert_refused(
        &full,
        &project.path("generated/docs/shop.md"),
        "; make room, and run it again",
    );
    assert!(!project.generated().keys().any(|path| is_temporary(path)));

    assert_good(&end(project.generate()));
    let [old, new] = [old, catalog("shop", 40, "New")].map(|text| generated("shop", &text));
    project.set_catalog(&catalog("shop", 40, "New"));
    let full = end(project.start("sh", &["-c", FULL, ERRBOOK]));
    assert_eq!(full.status.code(), Some(2));
    let found = project.generated();
    for (path, text) in &found {
        let known = [&old, &new].iter().any(|of| of.at(path) == Some(text));
        assert!(known, "{path}: {text}");
    }
    assert_eq!(
        found["docs/shop.md"],
        old.at("docs/shop.md").expect("it has a page")
    );
    assert_good(&end(project.generate()));
    project.assert_holds(&new);
}

#[cfg(unix)]
#[test]
fn read_only_folder_exits_with_2() {
    let project = Project::new("shop", &catalog("shop", 1, "Old"));
    assert_good(&end(project.generate()));
    project.set_catalog(&catalog("shop", 1, "New"));
    let docs = project.path("generated/docs");
    let refused = errbook_with_read_only(&docs, project.folder.path(), &["generate"]);
    assert_refused(
        refused.get_output(),
        &docs.join("README.md"),
        "; give yourself the right to it",
    );
    project.assert_holds(&generated("shop", &catalog("shop", 1, "Old")));
}

#[test]
fn foreign_file_is_never_overwritten() {
    let project = Project::new("shop", &catalog("shop", 1, "Old"));
    write(&project.folder, "docs/README.md", "# My documentation\n");
    let refused = end(project.start(ERRBOOK, &["generate", "--output", "."]));
    assert_refused(
        &refused,
        &project.path("docs/README.md"),
        ": errbook did not write this file, and would write over it; move it away",
    );
    assert!(!project.path("rust").exists());
}

#[cfg(target_os = "linux")]
#[test]
fn full_stdout_is_an_error_without_a_panic() {
    let project = Project::new("shop", &catalog("shop", 1, "word"));
    let full = fs::File::options()
        .write(true)
        .open("/dev/full")
        .expect("Linux has it");
    let run = Command::new(ERRBOOK)
        .arg("generate")
        .current_dir(project.folder.path())
        .stdout(full)
        .output()
        .expect("it starts");
    let told = String::from_utf8_lossy(&run.stderr);
    assert_eq!(run.status.code(), Some(2), "{told}");
    assert!(told.starts_with("error: "), "{told}");
}
