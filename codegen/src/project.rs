//! Reads a project from its folder: its settings, and the catalogs that they name.

use std::path::Path;

use crate::check;
use crate::input::{Input, read_settings};
use crate::settings::{CatalogLocation, Settings};
use crate::source::Source;

impl Settings {
    /// Reads the `errbook.toml` in `root`, if there is one, as far as it can be understood. What is
    /// wrong with it are findings of [`check`](crate::check()) and [`generate`](crate::generate).
    pub fn read(root: &Path) -> Self {
        match read_settings(root) {
            Ok(None) => Self::default(),
            Ok(Some(source)) => check::settings(&source),
            Err(_) => Self::unknown(),
        }
    }

    /// Those that the text of an `errbook.toml` holds, as far as it can be understood.
    pub fn of(source: &Source) -> Self {
        check::settings(source)
    }
}

impl Input {
    /// As [`read`](Self::read), of the catalogs that the `errbook.toml` in `root` names, or else of
    /// those in `catalog`.
    pub fn read_project(root: &Path) -> Self {
        let settings = Settings::read(root);
        // That they are not where nobody said they were is no finding.
        if settings.catalogs == CatalogLocation::Unknown && !root.join(settings.catalogs()).exists()
        {
            return Self::read_without_catalogs(root);
        }
        Self::read_at(root, settings.catalogs())
    }
}
