//! The tables of `errbook.toml`.

use crate::format::{Kind, Spec, optional};
use crate::source;

pub(crate) static SETTINGS: Spec = Spec {
    id: "errbook",
    what: source::SETTINGS,
    docs: "The settings of a project that has catalogs, `errbook.toml` at its root.",
    keys: &[optional(
        "lints",
        Kind::Levels,
        "What becomes of what a lint finds: `\"allow\"`, nothing; `\"warn\"`, it is told; `\"deny\"`, the catalog is refused.",
    )],
    holds: &[],
};
