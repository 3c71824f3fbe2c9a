//! A project: the folder in which catalogs, settings and generated files are; and its repository.

use std::path::{Component, Path, PathBuf, absolute};
use std::{env, fs, io};

use errbook_codegen::__private::{SETTINGS, printable};
use errbook_codegen::{Input, Settings};

/// The paths of a project.
pub(crate) struct Project {
    /// The folder of the project. The names of catalogs in findings and headers are relative to it.
    pub(crate) root: PathBuf,
    /// The folder of the catalogs, or the file of a single one; relative to `root` if it is below `root`.
    pub(crate) catalogs: PathBuf,
    /// Whether the command line names the catalogs.
    named: bool,
    /// The settings, and no catalogs yet.
    settings: Input,
}

impl Project {
    /// Finds the project in the current folder or above it. `folder` and `catalogs` are paths from the command
    /// line, which take precedence.
    ///
    /// # Errors
    ///
    /// There is no project, with the remedy, or `folder` is not a folder.
    pub(crate) fn find(folder: Option<&Path>, catalogs: Option<&Path>) -> io::Result<Self> {
        let here = env::current_dir()?;
        let root = match (folder, nearest(&here)) {
            (Some(folder), _) if folder.is_dir() => absolute(folder)?,
            (Some(folder), _) => {
                let message = format!("there is no folder `{}`", printable(folder));
                return Err(io::Error::other(message));
            }
            (None, Some(folder)) => folder.to_path_buf(),
            (None, None) if catalogs.is_some() => here.clone(),
            (None, None) => {
                return Err(io::Error::other(format!(
                    "no folder `{}` and no {SETTINGS} here or above; \
                     name the catalogs with --catalogs, or make a first one: cargo errbook new",
                    Settings::CATALOGS,
                )));
            }
        };
        let catalogs = catalogs.map(|catalogs| absolute(here.join(catalogs)));
        Ok(Self::new(root, catalogs.transpose()?.as_deref()))
    }

    /// Takes a path for a project, a folder of catalogs, or the file of a single catalog.
    ///
    /// # Errors
    ///
    /// There is no current folder.
    pub(crate) fn at(path: &Path) -> io::Result<Self> {
        let path = absolute(path)?;
        if is_project(&path) {
            return Ok(Self::new(path, None));
        }
        Ok(Self::new(env::current_dir()?, Some(&path)))
    }

    /// Reads the settings. `named` is the absolute path of the catalogs that the command line names, if it does.
    fn new(root: PathBuf, named: Option<&Path>) -> Self {
        let settings = Input::read_settings(&root);
        let catalogs = match named {
            None => settings.settings().catalogs().to_owned(),
            Some(path) => path.strip_prefix(&root).unwrap_or(path).to_owned(),
        };
        Self {
            catalogs,
            root,
            named: named.is_some(),
            settings,
        }
    }

    /// The catalogs that the command line names, if it does; an absolute path unless it is below the project.
    pub(crate) fn named_catalogs(&self) -> Option<&Path> {
        self.named.then_some(&*self.catalogs)
    }

    /// Reads the catalogs and the settings. A file that cannot be read becomes a finding.
    pub(crate) fn read(&self) -> Input {
        let settings = self.settings.clone();
        if self.named {
            settings.read_catalogs(&self.root, &self.catalogs)
        } else {
            settings.read_own_catalogs(&self.root)
        }
    }

    /// Whether the command line names other catalogs than those of the project.
    pub(crate) fn names_other_catalogs(&self) -> bool {
        let own = self.root.join(self.settings.settings().catalogs());
        let named = self.root.join(&self.catalogs);
        self.named
            && own
                .canonicalize()
                .is_ok_and(|own| named.canonicalize().is_ok_and(|named| own != named))
    }

    /// Reads again from the settings where the catalogs are.
    pub(crate) fn refresh(&mut self) {
        self.settings = Input::read_settings(&self.root);
        if !self.named {
            let settings = self.settings.settings();
            settings.catalogs().clone_into(&mut self.catalogs);
        }
    }

    /// Returns a path as a user in the project's folder would write it.
    pub(crate) fn display_path(&self, path: &Path) -> String {
        match path.strip_prefix(&self.root).unwrap_or(path) {
            root if root.as_os_str().is_empty() => ".".to_owned(),
            shown => printable(shown),
        }
    }
}

fn nearest(here: &Path) -> Option<&Path> {
    here.ancestors().find(|folder| is_project(folder))
}

fn is_project(folder: &Path) -> bool {
    folder.join(SETTINGS).is_file() || folder.join(Settings::CATALOGS).is_dir()
}

/// The repository of a project. A forge such as GitHub names files by their paths from its root.
pub(crate) struct Repository<'a> {
    root: PathBuf,
    project: &'a Project,
}

impl<'a> Repository<'a> {
    /// Finds the root of the repository:
    ///
    /// 1. the nearest folder, from the project upwards, that contains `.git`,
    /// 2. the workspace of GitHub Actions, which can contain a repository without `.git`,
    /// 3. the folder of the project.
    pub(crate) fn new(project: &'a Project) -> Self {
        let folder = resolved(&project.root);
        let git = folder
            .ancestors()
            .find(|folder| folder.join(".git").exists());
        let workspace =
            env::var_os("GITHUB_WORKSPACE").map(|workspace| resolved(Path::new(&workspace)));
        let workspace = workspace.filter(|workspace| folder.starts_with(workspace));
        Self {
            root: git.map(Path::to_path_buf).or(workspace).unwrap_or(folder),
            project,
        }
    }

    /// Returns the path of a file from the root of the repository, with `/`. `name` is the name of the file
    /// in findings, which is returned if the file is outside of the repository.
    pub(crate) fn path(&self, name: &str) -> String {
        let file = self.file(name);
        let folder = file.parent().map(resolved).unwrap_or_default();
        let file = folder.join(file.file_name().unwrap_or_default());
        let Ok(below) = file.strip_prefix(&self.root) else {
            return name.to_owned();
        };
        let parts = below.components().map(Component::as_os_str);
        let parts: Vec<_> = parts.map(|part| part.to_string_lossy()).collect();
        if parts.is_empty() {
            ".".to_owned()
        } else {
            parts.join("/")
        }
    }

    /// Returns the path of a file. The name of a catalog outside of the project is the last part of its path.
    fn file(&self, name: &str) -> PathBuf {
        let Project { root, catalogs, .. } = self.project;
        match catalogs.parent() {
            Some(folder) if catalogs.is_absolute() && name != SETTINGS => folder.join(name),
            _ => root.join(name),
        }
    }
}

/// Resolves links and `..`, if the path exists.
fn resolved(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf())
}
