//! Runs the `git` of the user.

use std::io::{self, Read, Write};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::thread;

use errbook_codegen::__private::printable;

use crate::console::join;

/// The entries at a path of a tree.
pub(super) enum TreeEntries {
    /// The entry of the file at the path.
    File(TreeEntry),
    /// The entries of the folder at the path.
    Folder(Vec<TreeEntry>),
}

pub(super) struct TreeEntry {
    pub(super) mode: String,
    pub(super) object: String,
    pub(super) name: String,
}

/// The maximum size of a catalog, as for files on disk.
const MAX_CATALOG_SIZE: usize = 64 << 20;

/// Environment variables that name a repository or a folder in it. Git sets them in hooks, where they take
/// precedence over the repository of the current folder.
const REPOSITORY: [&str; 6] = [
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_IMPLICIT_WORK_TREE",
    "GIT_COMMON_DIR",
    "GIT_INDEX_FILE",
    "GIT_PREFIX",
];

/// Git, run in a folder of a repository.
pub(super) struct Git<'a> {
    pub(super) folder: &'a Path,
}

impl Git<'_> {
    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("git");
        // If the folder is in no repository, the variables may name one.
        if self.folder.ancestors().any(|it| it.join(".git").exists()) {
            for variable in REPOSITORY {
                command.env_remove(variable);
            }
        }
        command
            .arg("-C")
            .arg(self.folder)
            .arg("--literal-pathspecs")
            .args(arguments)
            .env("LC_ALL", "C")
            .stderr(Stdio::piped())
            .stdout(Stdio::piped());
        command
    }

    fn run(&self, arguments: &[&str]) -> io::Result<Output> {
        let output = self.command(arguments).stdin(Stdio::null()).output();
        output.map_err(|error| cannot_run(&error))
    }

    /// Returns the path of the folder in its repository, with a `/` at the end; empty at the root.
    pub(super) fn prefix(&self) -> io::Result<String> {
        let run = self.run(&["rev-parse", "--show-prefix"])?;
        if !run.status.success() {
            let message = error_text(&run);
            let folder = printable(self.folder);
            return Err(io::Error::other(
                if message.contains("not a git repository") {
                    format!(
                        "`{folder}` is in no repository of git; name a folder or a file in place of git:…"
                    )
                } else {
                    format!("git cannot use `{folder}`: {message}")
                },
            ));
        }
        Ok(first_line(&run))
    }

    fn tree_of(&self, revision: &str) -> io::Result<Option<String>> {
        // Git would take it for an option.
        if revision.starts_with('-') {
            return Ok(None);
        }
        let peeled = format!("{revision}^{{tree}}");
        let run = self.run(&["rev-parse", "--verify", "--quiet", &peeled])?;
        Ok(run.status.success().then(|| first_line(&run)))
    }

    /// Returns the tree of the merge base of two revisions, as `git diff ONE...OTHER` compares it.
    fn tree_of_base(&self, one: &str, other: &str) -> io::Result<String> {
        let [one, other] = [one, other].map(|it| if it.is_empty() { "HEAD" } else { it });
        // Report a missing revision with its remedy first.
        self.tree(one)?;
        self.tree(other)?;
        let run = self.run(&["merge-base", one, other])?;
        let base = self.tree_of(&first_line(&run))?;
        base.filter(|_| run.status.success()).ok_or_else(|| {
            io::Error::other(format!(
                "`{one}` and `{other}` have no commit in common{}",
                self.history_missing().unwrap_or_default()
            ))
        })
    }

    /// Returns the object that contains all files of a revision.
    pub(super) fn tree(&self, revision: &str) -> io::Result<String> {
        if let Some(tree) = self.tree_of(revision)? {
            return Ok(tree);
        }
        if let Some((one, other)) = revision.split_once("...") {
            return self.tree_of_base(one, other);
        }
        let remedy = match self.history_missing() {
            Some(remedy) => remedy,
            None if self.tree_of("HEAD")?.is_none() => "; nothing is committed here yet",
            None => {
                "; `git log --oneline` and `git tag` list some, and `git fetch --tags` gets those of others"
            }
        };
        Err(io::Error::other(format!(
            "git knows no revision `{revision}`{remedy}"
        )))
    }

    /// Returns the remedy if the clone is shallow.
    fn history_missing(&self) -> Option<&'static str> {
        let shallow = self.run(&["rev-parse", "--is-shallow-repository"]).ok()?;
        (first_line(&shallow) == "true").then_some(
            "; this clone has not all of the history: git fetch --unshallow --tags, or in \
             actions/checkout: fetch-depth: 0",
        )
    }

    /// Returns the entries at a path of a tree.
    pub(super) fn entries(&self, tree: &str, path: &str) -> io::Result<TreeEntries> {
        let object = format!("{tree}:{path}");
        let list = self.run(&["ls-tree", "-z", "--full-tree", &object])?;
        if list.status.success() {
            return Ok(TreeEntries::Folder(parse_entries(&list.stdout)));
        }
        // Not a folder: list the entry of the file itself, which contains the mode.
        let list = self.run(&["ls-tree", "-z", "--full-tree", tree, "--", path])?;
        let entry = parse_entries(&list.stdout)
            .pop()
            .filter(|_| list.status.success());
        let entry = entry.ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))?;
        Ok(TreeEntries::File(entry))
    }

    /// Reads the contents of objects, in one run of git.
    pub(super) fn objects(&self, entries: &[TreeEntry]) -> io::Result<Vec<Vec<u8>>> {
        let mut command = self.command(&["cat-file", "--batch"]);
        let run = command.stdin(Stdio::piped()).spawn();
        let mut run = run.map_err(|error| cannot_run(&error))?;
        let objects = entries.iter().flat_map(|entry| [&entry.object, "\n"]);
        let objects: String = objects.collect();
        let stdin = run.stdin.take();
        // Write in a thread: both pipes can be full at the same time.
        let writing =
            thread::spawn(move || stdin.map(|mut stdin| stdin.write_all(objects.as_bytes())));
        let contents = contents(&mut run, entries.len());
        // If git ended early, this fails; the error of git is reported below.
        let _ = writing.join();
        let output = run.wait_with_output()?;
        contents.map_err(|error| {
            let message = error_text(&output);
            if message.is_empty() {
                error
            } else {
                io::Error::other(format!("git: {message}"))
            }
        })
    }
}

/// Reads the output of `git cat-file --batch`: for each object, a line with its size, its bytes and a line
/// end.
fn contents(run: &mut Child, number: usize) -> io::Result<Vec<Vec<u8>>> {
    let stdout = run.stdout.take().ok_or(io::ErrorKind::BrokenPipe)?;
    let mut stdout = io::BufReader::new(stdout);
    let mut contents = Vec::new();
    for _ in 0..number {
        let mut line = String::new();
        io::BufRead::read_line(&mut stdout, &mut line)?;
        let size = line.trim_end().rsplit(' ').next();
        let size: usize = size.and_then(|size| size.parse().ok()).ok_or_else(|| {
            let message = line.trim_end();
            io::Error::other(format!(
                "git has not all files of the revision: {message}; `git fsck` says what is missing"
            ))
        })?;
        if size > MAX_CATALOG_SIZE {
            return Err(io::Error::other(
                "a catalog in the revision is larger than 64 MiB; name others alone: git:REV:PATH",
            ));
        }
        let mut bytes = vec![0; size + 1];
        stdout.read_exact(&mut bytes)?;
        bytes.truncate(size);
        contents.push(bytes);
    }
    Ok(contents)
}

/// Parses the output of `git ls-tree -z`: mode, type, object, a tab and the name of each entry.
fn parse_entries(list: &[u8]) -> Vec<TreeEntry> {
    let list = String::from_utf8_lossy(list);
    let entries = list.split('\0').filter_map(|entry| {
        let (about, name) = entry.split_once('\t')?;
        let mut about = about.split(' ');
        let (mode, object) = (about.next()?, about.nth(1)?);
        Some(TreeEntry {
            mode: mode.to_owned(),
            object: object.to_owned(),
            name: name.to_owned(),
        })
    });
    entries.collect()
}

fn first_line(run: &Output) -> String {
    let text = String::from_utf8_lossy(&run.stdout);
    text.lines().next().unwrap_or_default().to_owned()
}

/// Returns the error of git on one line.
fn error_text(run: &Output) -> String {
    let message = String::from_utf8_lossy(&run.stderr);
    let message = message.trim().trim_start_matches("fatal: ");
    join(message.split_whitespace(), " ")
}

fn cannot_run(error: &io::Error) -> io::Error {
    if error.kind() == io::ErrorKind::NotFound {
        let message =
            "there is no program `git`: install it, or name a folder or a file in place of git:…";
        return io::Error::other(message);
    }
    io::Error::other(format!("git cannot be run: {error}"))
}
