//! Catalogs as they are in a revision of git, read by the user's own `git`.

use std::io::{self, Read, Write};
use std::path::{Component, Path};
use std::process::{Child, Command, Output, Stdio};
use std::thread;

use errbook_codegen::{Input, SETTINGS, Settings, Source};

/// `REV[:PATH]`, taken apart.
pub(super) struct Spec<'a> {
    revision: &'a str,
    path: Option<&'a str>,
}

impl<'a> Spec<'a> {
    /// # Errors
    ///
    /// Where no revision is named.
    pub(super) fn new(text: &'a str) -> io::Result<Self> {
        // The date in `main@{2026-01-01 10:00}` has colons of its own.
        let mut depth = 0_u32;
        let colon = text.find(|c| {
            match c {
                '{' => depth += 1,
                '}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            c == ':' && depth == 0
        });
        let (revision, path) = match colon {
            Some(colon) => (&text[..colon], Some(&text[colon + 1..])),
            None => (text, None),
        };
        if revision.is_empty() {
            let message = format!(
                "`git:{text}` names no revision; write git:REV or git:REV:PATH, such as git:HEAD"
            );
            return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
        }
        Ok(Self {
            revision,
            path: path.filter(|path| !path.is_empty()),
        })
    }
}

/// What a revision holds.
pub(super) struct Found {
    /// Or what is not there, where the project had no catalogs yet.
    pub(super) input: Result<Input, String>,
    /// Whether a single file was asked for.
    pub(super) is_file: bool,
}

impl Found {
    fn none_yet(nothing: String) -> Self {
        Self {
            input: Err(nothing),
            is_file: false,
        }
    }
}

/// Where the catalogs are now.
pub(super) struct Now<'a> {
    /// The folder of the project, or else the current one.
    pub(super) folder: &'a Path,
    /// Where the project has them, below its folder, if there is a project.
    pub(super) catalogs: Option<&'a Path>,
    /// Where the command line says that they are.
    pub(super) named: Option<&'a Path>,
}

/// Reads the catalogs of a revision of the repository that a project is in: those at the path, else those
/// that the command line names in the project, else those that the settings of the revision name.
///
/// # Errors
///
/// Where there is no git, no repository, no such revision, or nothing at the path, with what to do.
pub(super) fn read(now: &Now<'_>, spec: &Spec<'_>) -> io::Result<Found> {
    let git = Git { folder: now.folder };
    let prefix = git.prefix()?;
    let tree = git.tree(spec.revision)?;
    let path = git.path(&tree, &prefix, now.named, spec)?;
    // What is named has to be there, and so has what no project says.
    let has_to_be = spec.path.is_some() || now.named.is_some() || now.catalogs.is_none();
    let Ok(entries) = git.entries(&tree, &path) else {
        // What is where catalogs are now, or by default, may be those that the project had.
        let others = now
            .catalogs
            .into_iter()
            .chain([Path::new(Settings::CATALOGS)]);
        let is_other = |other: &Path| {
            let other = from_root("", &below(&prefix, other));
            other.is_ok_and(|other| git.entries(&tree, &other).is_ok())
        };
        if has_to_be || others.into_iter().any(is_other) {
            return Err(git.nothing_at(&tree, &path, &prefix, spec));
        }
        return Ok(Found::none_yet(nothing(&path, spec.revision)));
    };
    let is_file = matches!(entries, Entries::File(_));
    let sources = git.sources(entries, &path, spec.revision)?;
    if sources.is_empty() {
        let nothing = format!(
            "there is no catalog in `{}` at {}",
            shown(&path),
            spec.revision
        );
        return if has_to_be {
            let remedy = "a catalog is a file that ends in `.toml`";
            Err(refused(format!("{nothing}; {remedy}")))
        } else {
            Ok(Found::none_yet(nothing))
        };
    }
    Ok(Found {
        input: Ok(Input::new(sources)),
        is_file,
    })
}

/// What a path leads to.
enum Entries {
    /// The object of a file.
    File(Entry),
    /// What is in a folder.
    Folder(Vec<Entry>),
}

struct Entry {
    mode: String,
    object: String,
    name: String,
}

/// The mode of a symbolic link.
const LINK: &str = "120000";

/// The mode of a folder.
const FOLDER: &str = "040000";

/// As large as the files that are read from disk.
const LARGEST: usize = 64 << 20;

/// Variables that say which repository is meant, and which folder of it. In a hook git has set them, and they
/// go before what is found from the folder.
const REPOSITORY: [&str; 6] = [
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_IMPLICIT_WORK_TREE",
    "GIT_COMMON_DIR",
    "GIT_INDEX_FILE",
    "GIT_PREFIX",
];

/// A repository, by a folder in it.
struct Git<'a> {
    folder: &'a Path,
}

impl Git<'_> {
    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("git");
        // Where no repository is found from the folder, they may be what leads to one.
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
        let mut command = self.command(arguments);
        command
            .stdin(Stdio::null())
            .output()
            .map_err(|error| not_run(&error))
    }

    /// The folder's path in its repository, with a `/` at the end; empty at the root.
    fn prefix(&self) -> io::Result<String> {
        let run = self.run(&["rev-parse", "--show-prefix"])?;
        if !run.status.success() {
            let said = said(&run);
            let folder = self.folder.display();
            return Err(refused(if said.contains("not a git repository") {
                format!(
                    "`{folder}` is in no repository of git; name a folder or a file in place of git:…"
                )
            } else {
                format!("git cannot use `{folder}`: {said}")
            }));
        }
        Ok(first_line(&run))
    }

    fn tree_of(&self, revision: &str) -> io::Result<Option<String>> {
        // What begins like an option would be one.
        if revision.starts_with('-') {
            return Ok(None);
        }
        let peeled = format!("{revision}^{{tree}}");
        let run = self.run(&["rev-parse", "--verify", "--quiet", &peeled])?;
        Ok(run.status.success().then(|| first_line(&run)))
    }

    /// The object that holds all files of the commit from which two revisions have parted, as `git diff
    /// ONE...OTHER` has it.
    fn tree_of_base(&self, one: &str, other: &str) -> io::Result<String> {
        let [one, other] = [one, other].map(|it| if it.is_empty() { "HEAD" } else { it });
        // Each has to be there, with the remedy where it is not.
        self.tree(one)?;
        self.tree(other)?;
        let run = self.run(&["merge-base", one, other])?;
        let base = self.tree_of(&first_line(&run))?;
        base.filter(|_| run.status.success()).ok_or_else(|| {
            refused(format!(
                "`{one}` and `{other}` have no commit in common{}",
                self.history_missing().unwrap_or_default()
            ))
        })
    }

    /// The object that holds all files of a revision.
    fn tree(&self, revision: &str) -> io::Result<String> {
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
        Err(refused(format!(
            "git knows no revision `{revision}`{remedy}"
        )))
    }

    /// What to do where a clone has not all of the history.
    fn history_missing(&self) -> Option<&'static str> {
        let shallow = self.run(&["rev-parse", "--is-shallow-repository"]).ok()?;
        (first_line(&shallow) == "true").then_some(
            "; this clone has not all of the history: git fetch --unshallow --tags, or in \
             actions/checkout: fetch-depth: 0",
        )
    }

    /// Where the catalogs are in a revision.
    fn path(
        &self,
        tree: &str,
        prefix: &str,
        catalogs: Option<&Path>,
        spec: &Spec<'_>,
    ) -> io::Result<String> {
        let path = match (spec.path, catalogs) {
            (Some(path), _) => from_root(prefix, path)?,
            (None, Some(catalogs)) if catalogs.is_absolute() => {
                return Err(refused(format!(
                    "`{}` is not in the project, `{}`; say where the catalogs were: git:{}:PATH, from the root of the repository",
                    catalogs.display(),
                    self.folder.display(),
                    spec.revision
                )));
            }
            (None, Some(catalogs)) => return from_root("", &below(prefix, catalogs)),
            (None, None) => prefix.trim_end_matches('/').to_owned(),
        };
        match self.entries(tree, &path) {
            Ok(Entries::Folder(entries)) if spec.path.is_none() || is_project(&entries) => {
                self.catalogs(entries, &folder(&path))
            }
            Err(_) if spec.path.is_none() => self.catalogs(Vec::new(), prefix),
            _ => Ok(path),
        }
    }

    /// Where the catalogs of a project are, as its `errbook.toml` says, if that is among its entries.
    fn catalogs(&self, entries: Vec<Entry>, prefix: &str) -> io::Result<String> {
        let settings = entries.into_iter().find(is_settings);
        let settings = match settings {
            Some(entry) => self.objects(&[entry])?.pop(),
            None => None,
        };
        let settings = settings.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        let settings = settings.map(|text| Settings::of(&Source::new(SETTINGS, text)));
        let settings = settings.unwrap_or_default();
        from_root("", &below(prefix, settings.catalogs()))
    }

    /// What a path in a tree leads to.
    fn entries(&self, tree: &str, path: &str) -> io::Result<Entries> {
        let object = format!("{tree}:{path}");
        let list = self.run(&["ls-tree", "-z", "--full-tree", &object])?;
        if list.status.success() {
            return Ok(Entries::Folder(listed(&list.stdout)));
        }
        // No folder: the entry of the file itself, which has the mode.
        let list = self.run(&["ls-tree", "-z", "--full-tree", tree, "--", path])?;
        let entry = listed(&list.stdout).pop().filter(|_| list.status.success());
        let entry = entry.ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))?;
        Ok(Entries::File(entry))
    }

    /// The error that a path is not in a revision, with the path that may be meant.
    fn nothing_at(&self, tree: &str, path: &str, prefix: &str, spec: &Spec<'_>) -> io::Error {
        let revision = spec.revision;
        let in_project = format!("{prefix}{path}");
        let remedy = match spec.path {
            None => format!("; {}", say_where(&format!("git:{revision}"))),
            Some(_) if !prefix.is_empty() && self.entries(tree, &in_project).is_ok() => format!(
                "; paths start at the root of the repository: git:{revision}:{in_project}, or git:{revision}:./{path}"
            ),
            Some(_) => format!(
                "; paths start at the root of the repository: `git ls-tree -r --name-only {revision}` lists them"
            ),
        };
        refused(format!("{}{remedy}", nothing(path, revision)))
    }

    /// The catalogs among entries, in the order of their names.
    fn sources(&self, entries: Entries, path: &str, revision: &str) -> io::Result<Vec<Source>> {
        let (entries, names): (Vec<Entry>, Vec<String>) = match entries {
            Entries::File(entry) => (vec![entry], vec![path.to_owned()]),
            Entries::Folder(entries) => {
                let catalogs = entries.into_iter().filter(is_catalog);
                let named = catalogs.map(|entry| {
                    let name = match path {
                        "" => entry.name.clone(),
                        folder => format!("{folder}/{}", entry.name),
                    };
                    (entry, name)
                });
                named.unzip()
            }
        };
        let links = entries.iter().zip(&names);
        if let Some((_, name)) = links.into_iter().find(|(entry, _)| entry.mode == LINK) {
            return Err(refused(format!(
                "`{name}` is a symbolic link at {revision}; name the file that it leads to"
            )));
        }
        let texts = self.objects(&entries)?;
        if texts.len() != names.len() {
            return Err(refused(format!(
                "git has not all files of {revision}; `git fsck` says what is missing"
            )));
        }
        let sources = names.into_iter().zip(texts);
        sources
            .map(|(name, bytes)| match String::from_utf8(bytes) {
                Ok(text) => Ok(Source::new(name, text)),
                Err(_) => Err(refused(format!("`{name}` at {revision} is not UTF-8"))),
            })
            .collect()
    }

    /// What objects hold, by one run of git for all of them.
    fn objects(&self, entries: &[Entry]) -> io::Result<Vec<Vec<u8>>> {
        let mut command = self.command(&["cat-file", "--batch"]);
        let mut run = command
            .stdin(Stdio::piped())
            .spawn()
            .map_err(|error| not_run(&error))?;
        let asked = entries.iter().flat_map(|entry| [&entry.object, "\n"]);
        let asked: String = asked.collect();
        let stdin = run.stdin.take();
        // Either side of a pipe may be full before the other is read.
        let asking = thread::spawn(move || -> io::Result<()> {
            match stdin {
                Some(mut stdin) => stdin.write_all(asked.as_bytes()),
                None => Ok(()),
            }
        });
        let answered = answers(&mut run, entries.len());
        // A git that ended early has not read all; what it said instead is told.
        let _ = asking.join();
        let output = run.wait_with_output()?;
        answered.map_err(|error| {
            let said = said(&output);
            if said.is_empty() {
                error
            } else {
                refused(format!("git: {said}"))
            }
        })
    }
}

/// Reads what `git cat-file --batch` answers: a line with the size, and so many bytes.
fn answers(run: &mut Child, number: usize) -> io::Result<Vec<Vec<u8>>> {
    let stdout = run.stdout.take().ok_or(io::ErrorKind::BrokenPipe)?;
    let mut stdout = io::BufReader::new(stdout);
    let mut answers = Vec::new();
    for _ in 0..number {
        let mut line = String::new();
        io::BufRead::read_line(&mut stdout, &mut line)?;
        let size = line.trim_end().rsplit(' ').next();
        let size: usize = size.and_then(|size| size.parse().ok()).ok_or_else(|| {
            let said = line.trim_end();
            refused(format!(
                "git has not all files of the revision: {said}; `git fsck` says what is missing"
            ))
        })?;
        if size > LARGEST {
            return Err(refused(
                "a catalog in the revision is larger than 64 MiB; name others alone: git:REV:PATH"
                    .to_owned(),
            ));
        }
        // Behind each object is a line end.
        let mut bytes = vec![0; size + 1];
        stdout.read_exact(&mut bytes)?;
        bytes.truncate(size);
        answers.push(bytes);
    }
    Ok(answers)
}

/// Whether a folder with these entries is that of a project, as it would be on disk.
fn is_project(entries: &[Entry]) -> bool {
    let is_catalogs = |entry: &Entry| entry.name == Settings::CATALOGS && entry.mode == FOLDER;
    entries.iter().any(|it| is_settings(it) || is_catalogs(it))
}

fn is_settings(entry: &Entry) -> bool {
    entry.name == SETTINGS && entry.mode.starts_with("10")
}

fn is_catalog(entry: &Entry) -> bool {
    let is_toml = Path::new(&entry.name)
        .extension()
        .is_some_and(|extension| extension == "toml");
    // Folders and repositories in the repository have other modes.
    let is_file = entry.mode.starts_with("10") || entry.mode == LINK;
    is_file && is_toml && !entry.name.starts_with('.')
}

/// The entries that `git ls-tree -z` lists: mode, type, object, a tab and the name.
fn listed(list: &[u8]) -> Vec<Entry> {
    let list = String::from_utf8_lossy(list);
    let entries = list.split('\0').filter_map(|entry| {
        let (about, name) = entry.split_once('\t')?;
        let mut about = about.split(' ');
        let (mode, object) = (about.next()?, about.nth(1)?);
        Some(Entry {
            mode: mode.to_owned(),
            object: object.to_owned(),
            name: name.to_owned(),
        })
    });
    entries.collect()
}

/// A path from the root of the repository. As for git itself, `./` and `../` start at the folder.
fn from_root(prefix: &str, path: &str) -> io::Result<String> {
    let relative = path == "." || path.starts_with("./") || path.starts_with("../") || path == "..";
    let whole = if relative {
        format!("{prefix}{path}")
    } else {
        path.to_owned()
    };
    let mut parts: Vec<&str> = Vec::new();
    for part in Path::new(&whole).components() {
        let inside = match part {
            Component::CurDir => true,
            Component::ParentDir => parts.pop().is_some(),
            Component::Normal(part) => {
                parts.extend(part.to_str());
                true
            }
            Component::RootDir | Component::Prefix(_) => false,
        };
        if !inside {
            let message = format!(
                "`{path}` leads out of the repository; paths start at its root, or with `./` at the folder of the project"
            );
            return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
        }
    }
    Ok(parts.join("/"))
}

/// A folder's path as `prefix` has it.
fn folder(path: &str) -> String {
    match path {
        "" => String::new(),
        path => format!("{path}/"),
    }
}

/// A path in the project, from the root of the repository.
fn below(prefix: &str, path: &Path) -> String {
    format!("{prefix}{}", path.to_string_lossy().replace('\\', "/"))
}

fn nothing(path: &str, revision: &str) -> String {
    format!("there is no `{}` at {revision}", shown(path))
}

/// What to do where there are no catalogs by default.
pub(super) fn say_where(revision: &str) -> String {
    let revision = revision.trim_end_matches(':');
    format!("say where the catalogs were: {revision}:PATH, from the root of the repository")
}

fn shown(path: &str) -> &str {
    if path.is_empty() { "." } else { path }
}

fn first_line(run: &Output) -> String {
    let text = String::from_utf8_lossy(&run.stdout);
    text.lines().next().unwrap_or_default().to_owned()
}

/// What git said was wrong, on one line.
fn said(run: &Output) -> String {
    let said = String::from_utf8_lossy(&run.stderr);
    let said = said.trim().trim_start_matches("fatal: ");
    said.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn not_run(error: &io::Error) -> io::Error {
    if error.kind() == io::ErrorKind::NotFound {
        let message =
            "there is no program `git`: install it, or name a folder or a file in place of git:…";
        return io::Error::new(io::ErrorKind::NotFound, message);
    }
    io::Error::new(error.kind(), format!("git cannot be run: {error}"))
}

fn refused(message: String) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, message)
}

#[cfg(test)]
mod tests {
    use super::{Spec, from_root};

    #[test]
    fn a_path_stands_behind_the_first_colon_that_is_no_part_of_the_revision() {
        #[track_caller]
        fn check(text: &str, revision: &str, path: Option<&str>) {
            let spec = Spec::new(text).expect("it names a revision");
            assert_eq!((spec.revision, spec.path), (revision, path));
        }
        check("HEAD", "HEAD", None);
        check("main~2:catalog", "main~2", Some("catalog"));
        check("v1.0:sub/dir/shop.toml", "v1.0", Some("sub/dir/shop.toml"));
        check("HEAD:", "HEAD", None);
        check("HEAD:a:b", "HEAD", Some("a:b"));
        check(
            "main@{2026-01-01 10:00}:x",
            "main@{2026-01-01 10:00}",
            Some("x"),
        );
        check("HEAD^{/fix: it}", "HEAD^{/fix: it}", None);
        assert!(Spec::new("").is_err());
        assert!(Spec::new(":catalog").is_err());
    }

    #[test]
    fn paths_start_at_the_root_unless_they_say_otherwise() {
        #[track_caller]
        fn check(path: &str, expected: Option<&str>) {
            assert_eq!(from_root("api/", path).ok().as_deref(), expected);
        }
        check("catalog", Some("catalog"));
        check("catalog/", Some("catalog"));
        check("./catalog", Some("api/catalog"));
        check(".", Some("api"));
        check("../catalog", Some("catalog"));
        check("a/./b/../c", Some("a/c"));
        check("../../catalog", None);
        check("a/../../catalog", None);
        check("/etc", None);
    }
}
