//! The tables of `errbook.toml`.

use crate::keys::table_spec::{Condition, Key, KeyKind, TableSpec, optional};
use crate::output_kind::OutputKind;
use crate::settings;

pub(crate) static SETTINGS: TableSpec = TableSpec {
    id: "errbook",
    what: settings::SETTINGS,
    docs: "The settings of a project that has catalogs, `errbook.toml` at its root.",
    keys: &[
        optional(
            "catalogs",
            KeyKind::Path,
            "The folder of the catalogs, or the file of a single one, from the project's folder: `catalog`, unless this says otherwise.",
        ),
        optional(
            "output",
            KeyKind::Table(&OUTPUT),
            "What is written, and the folder of each output. Without this table all of them are, each in a folder below `generated`.",
        ),
        optional(
            "lints",
            KeyKind::Levels,
            "What becomes of what a lint finds: `\"allow\"`, nothing; `\"warn\"`, it is told; `\"deny\"`, the catalog is refused.",
        ),
    ],
    holds: &[],
};

pub(crate) static OUTPUT: TableSpec = TableSpec {
    id: "output",
    what: "[output]",
    docs: "The outputs that are written, each into the folder under its name: a path from the project's folder, in which nothing else lies.",
    keys: &OUTPUTS,
    holds: &[Condition::NotEmpty],
};

/// A key for each output.
const OUTPUTS: [Key; OutputKind::ALL.len()] = {
    let mut keys = [const { optional("", KeyKind::Path, "") }; OutputKind::ALL.len()];
    let mut index = 0;
    while index < keys.len() {
        let output = OutputKind::ALL[index];
        keys[index] = optional(output.name(), KeyKind::Path, output.docs());
        index += 1;
    }
    keys
};
