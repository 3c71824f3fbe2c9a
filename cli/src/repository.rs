//! Paths of files from the root of the repository, as a forge such as GitHub names them.

use std::env;
use std::fs;
use std::path::{Component, Path, PathBuf};

use errbook_codegen::__private::SETTINGS;

use crate::project::Project;

/// The repository of a project.
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
