//! Where files are in the repository of a project, which is what a forge knows them by.

use std::env;
use std::fs;
use std::path::{Component, Path, PathBuf};

use errbook_codegen::__private::SETTINGS;

use crate::project::Project;

/// The folder of the repository that a project is in.
pub(crate) struct Repository<'a> {
    root: PathBuf,
    project: &'a Project,
}

impl<'a> Repository<'a> {
    /// The nearest folder, from the project upwards, that holds `.git`; or else the one in which GitHub
    /// Actions works, where a repository was put without its `.git`; or else the project's own.
    pub(crate) fn of(project: &'a Project) -> Self {
        let folder = real(&project.root);
        let git = folder
            .ancestors()
            .find(|folder| folder.join(".git").exists());
        let workspace =
            env::var_os("GITHUB_WORKSPACE").map(|workspace| real(Path::new(&workspace)));
        let workspace = workspace.filter(|workspace| folder.starts_with(workspace));
        Self {
            root: git.map(Path::to_path_buf).or(workspace).unwrap_or(folder),
            project,
        }
    }

    /// The path from the repository's folder, with `/` between its parts, to a file that findings call by
    /// this name; the name where the file is not in the repository.
    pub(crate) fn path(&self, name: &str) -> String {
        let file = self.file(name);
        let folder = file.parent().map(real).unwrap_or_default();
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

    /// Catalogs outside of the project are named by the last part of their path.
    fn file(&self, name: &str) -> PathBuf {
        let Project { root, catalogs, .. } = self.project;
        match catalogs.parent() {
            Some(folder) if catalogs.is_absolute() && name != SETTINGS => folder.join(name),
            _ => root.join(name),
        }
    }
}

/// The path without links and `..`, where there is something.
fn real(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf())
}
