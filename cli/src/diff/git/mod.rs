//! Reads the catalogs of a revision of git.

pub(super) mod revision_path;
mod git_command;

use std::io;
use std::path::Path;

use errbook_codegen::__private::{SETTINGS, printable};
use errbook_codegen::{Input, Settings, Source};

use crate::diff::git::git_command::{Git, TreeEntries, TreeEntry};
use crate::diff::git::revision_path::{RevisionSpec, as_prefix, below, display_path, from_root};
use crate::project::Project;

/// The catalogs of a revision.
pub(super) struct RevisionCatalogs {
    pub(super) input: Input,
    /// Whether the path is that of a single file.
    pub(super) is_file: bool,
}

/// Reads the catalogs of a revision of the repository that the project is in, or else the current folder. The
/// catalogs are at one of these paths:
///
/// 1. the path in `spec`,
/// 2. the path that the command line names in the project,
/// 3. the path in the settings of the revision.
///
/// The inner error is a message about what is missing in a revision in which the project has no catalogs yet.
///
/// # Errors
///
/// There is no git, no repository, no such revision, or nothing at the path. The message contains the remedy.
pub(super) fn read(
    project: Option<&Project>,
    spec: &RevisionSpec<'_>,
) -> io::Result<Result<RevisionCatalogs, String>> {
    let here = std::env::current_dir()?;
    let git = Git {
        folder: project.map_or(&here, |project| &project.root),
    };
    let revision = Revision {
        prefix: git.prefix()?,
        tree: git.tree(spec.revision)?,
        git,
        spec,
    };
    let named = project.and_then(Project::named_catalogs);
    let path = revision.path(named)?;
    // A path must exist if it is named, or if there is no project that might not have had catalogs.
    let must_exist = spec.path.is_some() || named.is_some() || project.is_none();
    let Ok(entries) = revision.entries(&path) else {
        // The catalogs may have been at their current or default path, unlike the settings of the revision
        // say.
        let default = Path::new(Settings::CATALOGS);
        let current = project.map(|project| &*project.catalogs);
        let mut others = current.into_iter().chain([default]);
        if must_exist || others.any(|other| revision.contains(other)) {
            return Err(revision.missing(&path));
        }
        return Ok(Err(missing(&path, spec.revision)));
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
        return Ok(Err(nothing));
    }
    let input = Input::new(sources);
    Ok(Ok(RevisionCatalogs { input, is_file }))
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
                    printable(named),
                    printable(self.git.folder),
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
        let entries = match entries {
            TreeEntries::File(entry) => {
                let name = path.to_owned();
                vec![TreeEntry { name, ..entry }]
            }
            TreeEntries::Folder(mut entries) => {
                entries.retain(is_catalog);
                for entry in &mut entries {
                    entry.name.insert_str(0, &as_prefix(path));
                }
                entries
            }
        };
        if let Some(TreeEntry { name, .. }) = entries.iter().find(|entry| entry.mode == LINK) {
            return Err(io::Error::other(format!(
                "`{name}` is a symbolic link at {revision}; name the file that it leads to"
            )));
        }
        let texts = self.git.objects(&entries)?;
        let sources = entries.into_iter().map(|entry| entry.name).zip(texts);
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
