//! The settings of a project, `errbook.toml`.

use std::collections::BTreeMap;
use std::path::Path;

use crate::findings::{Level, Lint};
use crate::output_kind::OutputKind;

/// The name of the file that holds a project's settings.
pub const SETTINGS: &str = "errbook.toml";

/// The settings of a project: what its `errbook.toml` says, and what holds where it says nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    pub(crate) catalogs: CatalogLocation,
    pub(crate) outputs: Option<BTreeMap<OutputKind, String>>,
    pub(crate) levels: Levels,
}

/// Where a project's catalogs are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum CatalogLocation {
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

    /// Those of a file that nothing can be learned from.
    pub(crate) fn unknown() -> Self {
        Self {
            catalogs: CatalogLocation::Unknown,
            ..Self::default()
        }
    }

    /// The folder of the catalogs, or the file of a single one, from the project's folder.
    pub fn catalogs(&self) -> &Path {
        Path::new(match &self.catalogs {
            CatalogLocation::At(path) => path.as_str(),
            CatalogLocation::Unsaid | CatalogLocation::Unknown => Self::CATALOGS,
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

/// The levels that a project sets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Levels {
    set: BTreeMap<Lint, Level>,
}

impl Levels {
    /// The level of a lint.
    pub(crate) fn of(&self, lint: Lint) -> Level {
        let set = self.set.get(&lint).copied();
        set.unwrap_or(lint.default_level())
    }

    /// Sets the level of a lint.
    pub(crate) fn set(&mut self, lint: Lint, level: Level) {
        self.set.insert(lint, level);
    }
}
