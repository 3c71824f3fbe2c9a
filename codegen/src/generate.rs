//! Reads a project, checks its catalogs and generates every output.

use std::path::Path;

use crate::check::{self, Checked, check};
use crate::emit;
use crate::findings::Report;
use crate::input::Input;
use crate::model::Catalog;
use crate::output::Files;
use crate::output_kind::OutputKind;
use crate::settings::{CatalogLocation, Settings};
use crate::source::Source;

/// What [`generate()`] returns.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Output {
    /// The catalogs, in the order of their sources.
    #[doc(hidden)]
    pub catalogs: Vec<Catalog>,
    /// The files of every output.
    pub files: Files,
    /// The findings of lints that the project does not deny.
    pub warnings: Report,
    /// The settings of the project, such as the folders of its outputs.
    pub settings: Settings,
}

/// Checks catalogs and generates everything from them. Writes nothing.
///
/// The output depends on the sources alone, and not on their order: it is that of their names.
///
/// # Errors
///
/// Every finding in every source, if one of them is an error.
pub fn generate(input: impl Into<Input>) -> Result<Output, Report> {
    let checked = check(input).into_result()?;
    Ok(Output {
        files: checked.files(OutputKind::ALL.iter().copied()),
        catalogs: checked.catalogs,
        warnings: checked.report,
        settings: checked.settings,
    })
}

impl Checked {
    /// Generates these outputs from the valid catalogs. Writes nothing.
    pub fn files(&self, outputs: impl IntoIterator<Item = OutputKind>) -> Files {
        let outputs = outputs.into_iter().collect();
        Files::new(emit::emit(&self.catalogs, &outputs))
    }
}

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
