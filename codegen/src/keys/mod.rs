//! The format as data: every table, its keys and what each key takes. `check` reads files by it, and the
//! JSON Schemas for editors are made from it.

mod limits;
mod table_spec;
mod catalog;
mod settings;
mod lock;

pub(crate) use catalog::{
    API, CATALOG, CATEGORY, COLUMN, DEPRECATED, ENVELOPE, ERROR, EXAMPLE, HEADINGS, MEMBER, NOTE,
    RULE, STATUS,
};
pub(crate) use limits::{
    CRATES, DEEPEST, LONGEST_ID, MOST_COLUMNS, MOST_MEMBERS, NOT_IN_PATHS, OWN_WORDS, RESERVED,
};
pub(crate) use lock::LOCKED;
pub(crate) use settings::{OUTPUT, SETTINGS};
pub(crate) use table_spec::{
    Condition, ConditionValue, Key, KeyKind, MapNames, ReadAs, Root, TableSpec, TypeSet,
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
            Self::Members(_) | Self::Details | Self::NamedTypes => Some(&MEMBER),
            _ => None,
        }
    }
}
