//! Reads the catalogs of a revision of git.

pub(super) mod revision_spec;
mod paths;
mod git_command;

use std::io;
use std::path::Path;

use errbook_codegen::__private::SETTINGS;
use errbook_codegen::{Input, Settings, Source};

use crate::diff::git::git_command::{Git, TreeEntries, TreeEntry};
use crate::diff::git::paths::{as_prefix, below, display_path, from_root};
use crate::diff::git::revision_spec::RevisionSpec;

/// The catalogs of a revision.
pub(super) struct RevisionContent {
    /// The catalogs, or a message about what is missing in a revision in which the project has none yet.
    pub(super) input: Result<Input, String>,
    /// Whether the path is that of a single file.
    pub(super) is_file: bool,
}

impl RevisionContent {
    fn none_yet(nothing: String) -> Self {
        Self {
            input: Err(nothing),
            is_file: false,
        }
    }
}

/// The current places of the project and its catalogs.
pub(super) struct CurrentCatalogs<'a> {
    /// The folder of the project, or else the current folder.
    pub(super) folder: &'a Path,
    /// The catalogs of the project, from its folder, if there is a project.
    pub(super) catalogs: Option<&'a Path>,
    /// The catalogs that the command line names.
    pub(super) named: Option<&'a Path>,
}

/// Reads the catalogs of a revision of the repository that a project is in. The catalogs are at one of these
/// paths:
///
/// 1. the path in `spec`,
/// 2. the path that the command line names in the project,
/// 3. the path in the settings of the revision.
///
/// # Errors
///
/// There is no git, no repository, no such revision, or nothing at the path. The message contains the remedy.
pub(super) fn read(
    current: &CurrentCatalogs<'_>,
    spec: &RevisionSpec<'_>,
) -> io::Result<RevisionContent> {
    let git = Git {
        folder: current.folder,
    };
    let revision = Revision {
        prefix: git.prefix()?,
        tree: git.tree(spec.revision)?,
        git,
        spec,
    };
    let path = revision.path(current.named)?;
    // A path must exist if it is named, or if there is no project that might not have had catalogs.
    let must_exist = spec.path.is_some() || current.named.is_some() || current.catalogs.is_none();
    let Ok(entries) = revision.entries(&path) else {
        // The catalogs may have been at their current or default path, unlike the settings of the revision
        // say.
        let default = Path::new(Settings::CATALOGS);
        let mut others = current.catalogs.into_iter().chain([default]);
        if must_exist || others.any(|other| revision.contains(other)) {
            return Err(revision.missing(&path));
        }
        return Ok(RevisionContent::none_yet(missing(&path, spec.revision)));
    };
    let is_file = matches!(entries, TreeEntries::File(_));
    let sources = revision.sources(entries, &path)?;
    if sources.is_empty() {
        let (path, revision) = (display_path(&path), spec.revision);
        let nothing = format!("there is no catalog in `{path}` at {revision}");
        if must_exist {
            let message = format!("{nothing}; a catalog is a file that ends in `.toml`");
            return Err(io::Error::other(message));
        }
        return Ok(RevisionContent::none_yet(nothing));
    }
    Ok(RevisionContent {
        input: Ok(Input::new(sources)),
        is_file,
    })
}

/// The remedy if the catalogs are not at the expected path of a revision.
pub(super) fn path_remedy(revision: &str) -> String {
    let revision = revision.trim_end_matches(':');
    format!("say where the catalogs were: {revision}:PATH, from the root of the repository")
}

/// A revision of a repository.
struct Revision<'a> {
    git: Git<'a>,
    spec: &'a RevisionSpec<'a>,
    /// The object that contains all files.
    tree: String,
    /// The path of the project's folder with a `/` at the end; empty at the root.
    prefix: String,
}

impl Revision<'_> {
    /// Returns the path of the catalogs; `named` is the one that the command line names in the project.
    fn path(&self, named: Option<&Path>) -> io::Result<String> {
        let path = match (self.spec.path, named) {
            (Some(path), _) => from_root(&self.prefix, path)?,
            (None, Some(named)) if named.is_absolute() => {
                return Err(io::Error::other(format!(
                    "`{}` is not in the project, `{}`; say where the catalogs were: git:{}:PATH, from the root of the repository",
                    named.display(),
                    self.git.folder.display(),
                    self.spec.revision
                )));
            }
            (None, Some(named)) => return from_root("", &below(&self.prefix, named)),
            (None, None) => self.prefix.trim_end_matches('/').to_owned(),
        };
        match self.entries(&path) {
            Ok(TreeEntries::Folder(entries))
                if self.spec.path.is_none() || is_project(&entries) =>
            {
                self.catalogs(entries, &as_prefix(&path))
            }
            Err(_) if self.spec.path.is_none() => self.catalogs(Vec::new(), &self.prefix),
            _ => Ok(path),
        }
    }

    /// Returns the path of a project's catalogs according to the `errbook.toml` among its entries, if any.
    fn catalogs(&self, entries: Vec<TreeEntry>, prefix: &str) -> io::Result<String> {
        let settings = match entries.into_iter().find(is_settings) {
            Some(entry) => self.git.objects(&[entry])?.pop(),
            None => None,
        };
        let settings = settings.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        let settings = settings.map(|text| Settings::of(&Source::new(SETTINGS, text)));
        let settings = settings.unwrap_or_default();
        from_root("", &below(prefix, settings.catalogs()))
    }

    fn entries(&self, path: &str) -> io::Result<TreeEntries> {
        self.git.entries(&self.tree, path)
    }

    /// Whether a path in the project exists.
    fn contains(&self, path: &Path) -> bool {
        let path = from_root("", &below(&self.prefix, path));
        path.is_ok_and(|path| self.entries(&path).is_ok())
    }

    /// Returns the error that a path does not exist, with the remedy.
    fn missing(&self, path: &str) -> io::Error {
        let (revision, prefix) = (self.spec.revision, &self.prefix);
        let in_project = format!("{prefix}{path}");
        let remedy = match self.spec.path {
            None => path_remedy(&format!("git:{revision}")),
            Some(_) if !prefix.is_empty() && self.entries(&in_project).is_ok() => format!(
                "paths start at the root of the repository: git:{revision}:{in_project}, or git:{revision}:./{path}"
            ),
            Some(_) => format!(
                "paths start at the root of the repository: `git ls-tree -r --name-only {revision}` lists them"
            ),
        };
        io::Error::other(format!("{}; {remedy}", missing(path, revision)))
    }

    /// Reads the catalogs among entries, in the order of their names.
    fn sources(&self, entries: TreeEntries, path: &str) -> io::Result<Vec<Source>> {
        let revision = self.spec.revision;
        let (entries, names): (Vec<TreeEntry>, Vec<String>) = match entries {
            TreeEntries::File(entry) => (vec![entry], vec![path.to_owned()]),
            TreeEntries::Folder(entries) => {
                let prefix = as_prefix(path);
                let catalogs = entries.into_iter().filter(is_catalog);
                let named = catalogs.map(|entry| {
                    let name = format!("{prefix}{}", entry.name);
                    (entry, name)
                });
                named.unzip()
            }
        };
        let mut pairs = entries.iter().zip(&names);
        if let Some((_, name)) = pairs.find(|(entry, _)| entry.mode == LINK) {
            return Err(io::Error::other(format!(
                "`{name}` is a symbolic link at {revision}; name the file that it leads to"
            )));
        }
        let texts = self.git.objects(&entries)?;
        if texts.len() != names.len() {
            return Err(io::Error::other(format!(
                "git has not all files of {revision}; `git fsck` says what is missing"
            )));
        }
        let sources = names.into_iter().zip(texts);
        sources
            .map(|(name, bytes)| match String::from_utf8(bytes) {
                Ok(text) => Ok(Source::new(name, text)),
                Err(_) => {
                    let message = format!("`{name}` at {revision} is not UTF-8");
                    Err(io::Error::other(message))
                }
            })
            .collect()
    }
}

/// The mode of a symbolic link.
const LINK: &str = "120000";

/// The mode of a folder.
const FOLDER: &str = "040000";

/// Whether a folder with these entries is a project, by the same rule as on disk.
fn is_project(entries: &[TreeEntry]) -> bool {
    let is_catalogs = |entry: &TreeEntry| entry.name == Settings::CATALOGS && entry.mode == FOLDER;
    entries.iter().any(|it| is_settings(it) || is_catalogs(it))
}

fn is_settings(entry: &TreeEntry) -> bool {
    entry.name == SETTINGS && entry.mode.starts_with("10")
}

fn is_catalog(entry: &TreeEntry) -> bool {
    let extension = Path::new(&entry.name).extension();
    let is_toml = extension.is_some_and(|extension| extension == "toml");
    // Folders and submodules have other modes.
    let is_file = entry.mode.starts_with("10") || entry.mode == LINK;
    is_file && is_toml && !entry.name.starts_with('.')
}

fn missing(path: &str, revision: &str) -> String {
    format!("there is no `{}` at {revision}", display_path(path))
}
