//! What a project says in its `errbook.toml`.

use std::collections::BTreeMap;
use std::path::Path;

use crate::check;
use crate::lint::Levels;
use crate::outputs::OutputKind;
use crate::source::{Source, read_settings};

/// The settings of a project: what its `errbook.toml` says, and what holds where it says nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    pub(crate) catalogs: Catalogs,
    pub(crate) outputs: Option<BTreeMap<OutputKind, String>>,
    pub(crate) levels: Levels,
}

/// Where a project's catalogs are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Catalogs {
    /// Nothing is said of it.
    #[default]
    Unsaid,
    /// A path from the project's folder.
    At(String),
    /// Something is said and cannot be understood.
    Unknown,
}

impl Settings {
    /// Where catalogs are unless a project says otherwise.
    pub const CATALOGS: &'static str = "catalog";

    /// The folder below which the outputs are, unless a project names others.
    pub const GENERATED: &'static str = "generated";

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

    /// Those of a file that nothing can be learned from.
    pub(crate) fn unknown() -> Self {
        Self {
            catalogs: Catalogs::Unknown,
            ..Self::default()
        }
    }

    /// The folder of the catalogs, or the file of a single one, from the project's folder.
    pub fn catalogs(&self) -> &Path {
        Path::new(match &self.catalogs {
            Catalogs::At(path) => path.as_str(),
            Catalogs::Unsaid | Catalogs::Unknown => Self::CATALOGS,
        })
    }

    /// The outputs that the project wants and the folder of each, from the project's folder, with
    /// `/` between its parts; `None` where it names none. [`Files::in_folders`] puts files there.
    ///
    /// [`Files::in_folders`]: crate::Files::in_folders
    pub fn outputs(&self) -> Option<&BTreeMap<OutputKind, String>> {
        self.outputs.as_ref()
    }
}
