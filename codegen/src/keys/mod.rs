//! The format as data: every table, its keys and what each key takes. `check` reads files by it, and the
//! JSON Schemas for editors are made from it.

mod limits;
mod table_spec;
mod catalog;
mod project_files;

pub(crate) use catalog::{
    API_TABLE, CATALOG_TABLE, CATEGORY_TABLE, COLUMN_TABLE, DEPRECATED_TABLE, ENVELOPE_TABLE,
    ERROR_TABLE, EXAMPLE_TABLE, HEADINGS_TABLE, MEMBER_TABLE, NOTE_TABLE, RULE_TABLE, STATUS_TABLE,
    api, category, column, deprecated, envelope, error, example, headings, member, note, root,
    rule, status,
};
pub(crate) use limits::{
    CRATES, DEEPEST, LONGEST_ID, MOST_COLUMNS, MOST_MEMBERS, NOT_IN_PATHS, OWN_WORDS, RESERVED,
};
pub(crate) use project_files::{
    LOCKED_TABLE, OUTPUT_TABLE, SETTINGS_TABLE, locked, output, project,
};
pub(crate) use table_spec::{
    Condition, ConditionValue, Flag, Key, KeyKind, KeySpec, MapNames, ReadAs, Root, Table,
    TableSpec, Tables, Text, TextTable, Texts, TextsOrTextTable, TypeSet,
};

impl TableSpec {
    /// This table and every one that stands in it at whatever depth, each once.
    pub(crate) fn all(&'static self) -> Vec<&'static Self> {
        let mut all = vec![self];
        let mut next = 0;
        while let Some(spec) = all.get(next) {
            for inner in spec.keys.iter().filter_map(|key| key.kind.table()) {
                if !all.iter().any(|known| known.id == inner.id) {
                    all.push(inner);
                }
            }
            next += 1;
        }
        all
    }
}

impl KeyKind {
    /// The table that values of this kind are or hold.
    fn table(self) -> Option<&'static TableSpec> {
        match self {
            Self::Table(spec)
            | Self::Tables(spec)
            | Self::TableOrTables(spec)
            | Self::Map(_, spec) => Some(spec),
            Self::Members(_) | Self::Details | Self::NamedTypes => Some(&MEMBER_TABLE),
            _ => None,
        }
    }
}
