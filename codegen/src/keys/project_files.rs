//! The tables of the other files of a project, `errbook.toml` and `errbook.lock`.

use crate::keys::table_spec::{
    AnyValue, Condition, Key, KeyKind, KeySpec, Table, TableSpec, Text, Texts, optional, required,
    table,
};
use crate::output_kind::OutputKind;

table! {
    SETTINGS_TABLE as project {
        id: "errbook",
        what: crate::settings::SETTINGS,
        docs: "The settings of a project that has catalogs, `errbook.toml` at its root.",
        holds: &[],
    }
    keys {
        CATALOGS: Key<Text> = optional("catalogs", KeyKind::Path, "The folder of the catalogs, or the file of a single one, from the project's folder: `catalog`, unless this says otherwise.");
        OUTPUT: Key<Table> = optional("output", KeyKind::Table(&OUTPUT_TABLE), "What is written, and the folder of each output. Without this table all of them are, each in a folder below `generated`.");
        LINTS: Key<Table> = optional("lints", KeyKind::Levels, "What becomes of what a lint finds: `\"allow\"`, nothing; `\"warn\"`, it is told; `\"deny\"`, the catalog is refused.");
    }
}

pub(crate) static OUTPUT_TABLE: TableSpec = TableSpec {
    id: "output",
    what: "[output]",
    docs: "The outputs that are written, each into the folder under its name: a path from the project's folder, in which nothing else lies.",
    keys: &OUTPUTS,
    holds: &[Condition::NotEmpty],
};

/// Returns the key of an output.
pub(crate) const fn output(output: OutputKind) -> Key<Text> {
    optional(output.name(), KeyKind::Path, output.docs())
}

const OUTPUTS: [KeySpec; OutputKind::ALL.len()] = {
    let mut keys = [output(OutputKind::ALL[0]).spec; OutputKind::ALL.len()];
    let mut index = 1;
    while index < keys.len() {
        keys[index] = output(OutputKind::ALL[index]).spec;
        index += 1;
    }
    keys
};

table! {
    LOCKED_TABLE as locked {
        id: "locked",
        what: "a row of errbook.lock",
        docs: "A code that was released.",
        holds: &[],
    }
    keys {
        CODE: Key<AnyValue, true> = required("code", KeyKind::Code, "The code: a text, or an integer.");
        SINCE: Key<Text> = optional("since", KeyKind::Version, "The version that first had it.");
        RETIRED: Key<Text> = optional("retired", KeyKind::Version, "The version since which it is not sent any more.");
        MEANING: Key<Texts> = optional("meaning", KeyKind::Texts, "What it meant, of a code that is retired or an alias by now.");
    }
}
