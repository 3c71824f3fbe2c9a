//! Reads a project from its folder: its settings, and the catalogs that they name.

use std::path::Path;

use crate::check;
use crate::input::Input;
use crate::settings::{CatalogLocation, Settings};
use crate::source::Source;

impl Settings {
    /// Reads the `errbook.toml` in `root`, if there is one, as far as it can be understood. What is wrong with
    /// it, [`generate`](crate::generate()) reports.
    pub fn read(root: &Path) -> Self {
        Input::read_settings(root).settings()
    }

    /// Those that the text of an `errbook.toml` holds, as far as it can be understood.
    pub fn of(source: &Source) -> Self {
        check::settings(source)
    }
}

impl Input {
    /// The settings that were read, as far as they can be understood.
    #[doc(hidden)]
    pub fn settings(&self) -> Settings {
        match &self.settings {
            Some(source) => check::settings(source),
            None if self.unread.is_empty() => Settings::default(),
            None => Settings::unknown(),
        }
    }

    /// Reads the settings, the catalogs that they name, or else those in `catalog`, and the lock, as
    /// [`read`](Self::read) does.
    pub fn read_project(root: &Path) -> Self {
        Self::read_settings(root).read_own_catalogs(root)
    }

    /// Adds the catalogs that the settings name, or else those in `catalog`, and their lock.
    #[doc(hidden)]
    #[must_use]
    pub fn read_own_catalogs(self, root: &Path) -> Self {
        let settings = self.settings();
        // Settings that cannot be understood may name another folder.
        if settings.catalogs == CatalogLocation::Unknown && !root.join(settings.catalogs()).exists()
        {
            return self;
        }
        self.read_at(root, settings.catalogs())
    }
}
