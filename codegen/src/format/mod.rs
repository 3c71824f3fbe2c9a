//! The catalog format as data: every table, its keys and what each takes. `check` reads catalogs by
//! it, and editors complete and check them by the JSON Schema that comes of it.

mod catalog;
mod lock;
mod settings;

pub(crate) use catalog::{
    API, CATALOG, CATEGORY, COLUMN, DEPRECATED, ENVELOPE, ERROR, EXAMPLE, HEADINGS, MEMBER, NOTE,
    RULE, STATUS,
};
pub(crate) use lock::LOCKED;
pub(crate) use settings::{OUTPUT, SETTINGS};

/// How deep a type may nest; what is deeper is a mistake, and would be no use in Rust.
pub(crate) const DEEPEST: usize = 16;

/// How many members an object may have: whoever reads one notes in the bits of a word which it has seen.
pub(crate) const MOST_MEMBERS: usize = 64;

/// How many columns a catalog may declare: each error has a place for each.
pub(crate) const MOST_COLUMNS: usize = 64;

/// How many characters an id has at the most: it is the name of a file.
pub(crate) const LONGEST_ID: usize = 64;

/// What an author says about the catalog, not about the API.
pub(crate) const OWN_WORDS: &[&str] = &[
    "allow",
    "docs",
    "docs-url",
    "headings",
    "id",
    "inferred",
    "rust-name",
];

/// Names of files that some system reserves, or that the index has.
pub(crate) const RESERVED: &[&str] = &["aux", "con", "mod", "nul", "prn", "readme"];

/// Names of crates that a module beside them would make ambiguous.
pub(crate) const CRATES: &[&str] = &["alloc", "core", "errbook", "std"];

/// Characters that a system or a shell keeps out of the names of files and folders.
pub(crate) const NOT_IN_PATHS: &str = r#"\:*?"<>|~"#;

/// A table of the format.
pub(crate) struct Spec {
    /// The name of its definition in the schema.
    pub(crate) id: &'static str,
    /// What it is, with an article, such as `an error`.
    pub(crate) what: &'static str,
    /// What an author should know of it, in Markdown.
    pub(crate) docs: &'static str,
    /// Its keys, in the order in which findings list them.
    pub(crate) keys: &'static [Key],
    /// What holds between its keys.
    pub(crate) holds: &'static [Condition],
}

impl Spec {
    pub(crate) fn key(&self, name: &str) -> Option<&Key> {
        self.keys.iter().find(|key| key.name == name)
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.keys.iter().map(|key| key.name)
    }

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

/// A key of a table.
pub(crate) struct Key {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    pub(crate) required: bool,
    /// What an author should know of it, in Markdown.
    pub(crate) docs: &'static str,
}

/// A key that may be absent.
const fn optional(name: &'static str, kind: Kind, docs: &'static str) -> Key {
    Key {
        name,
        kind,
        required: false,
        docs,
    }
}

/// A key that must be there.
const fn required(name: &'static str, kind: Kind, docs: &'static str) -> Key {
    Key {
        name,
        kind,
        required: true,
        docs,
    }
}

/// What a key takes.
#[derive(Clone, Copy)]
pub(crate) enum Kind {
    /// A text that says something, shown as it is.
    Text,
    /// A text in Markdown.
    Markdown,
    /// Small letters, digits and single hyphens between them, a letter first.
    Id,
    /// An id that a module and a page are named by.
    ApiId,
    /// The URL of a page.
    Url,
    /// The URL of a page, to which anchors are added.
    PageUrl,
    /// A path from the project's folder to something in it.
    Path,
    /// A version.
    Version,
    /// A language tag (RFC 5646).
    Language,
    /// One of the words that the function lists.
    Word(fn() -> Vec<&'static str>),
    /// The name of a type or a variant in Rust.
    CamelName,
    /// The name of a field or an accessor in Rust.
    SnakeName,
    /// A type's text.
    Type(Types),
    /// A type's text, or a list of the names that a column has as its values.
    TypeOrNames,
    /// One text or several.
    Texts,
    /// True or false.
    Flag,
    /// An HTTP status.
    Status,
    /// One HTTP status or several.
    Statuses,
    /// A text, an integer, or false for none.
    Code,
    /// Texts and integers.
    Codes,
    /// One JSON pointer (RFC 6901) or several.
    Pointers(Root),
    /// Any JSON value but null, which TOML has not.
    Any,
    /// A table of such values, each under the pointer to it.
    Constants,
    /// A table of texts, numbers, true and false under any names.
    Values,
    /// A table of texts under any names.
    TextTable,
    /// A table of reasons under names of lints.
    Allow,
    /// A table of levels under names of lints.
    Levels,
    /// A table of texts under names of header fields.
    Headers,
    /// A table of reasons under keys of the table that it stands in, or keys whose reasons stand in
    /// `[inferred]`.
    Inferred,
    /// A table of members.
    Members(Types),
    /// A table of members, or a type's text.
    Details,
    /// A table of tables of members, each under the name of a type.
    NamedTypes,
    /// A table.
    Table(&'static Spec),
    /// An array of tables.
    Tables(&'static Spec),
    /// A table or an array of them.
    TableOrTables(&'static Spec),
    /// A table of tables under such names.
    Map(Names, &'static Spec),
}

/// Which types a text may name.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Types {
    /// All of them.
    All,
    /// Those of constants: neither `any` nor types of the catalog's own.
    Constant,
    /// Those that have a plain text: string, bool and numbers.
    Plain,
}

/// Whether a pointer may be the empty one, to the whole body.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Root {
    Allowed,
    Refused,
}

/// The names under which the tables of a map stand.
#[derive(Clone, Copy)]
pub(crate) enum Names {
    /// HTTP statuses.
    Statuses,
    /// Keys that an error has not.
    Columns,
    /// Whatever makes a name in Rust.
    Errors,
}

/// What holds between the keys of a table.
#[derive(Clone, Copy)]
pub(crate) enum Condition {
    /// A type's text may stand in place of the table.
    OrType,
    /// Columns that the catalog declares are keys, too.
    TakesColumns,
    /// Errors have no other keys where no column is declared.
    DeclaresColumns,
    /// One of these is there.
    OneOf(&'static [&'static str]),
    /// Some key is there.
    NotEmpty,
    /// Where a key is true or has this text, the others are absent.
    Without {
        key: &'static str,
        value: Literal,
        others: &'static [&'static str],
    },
}

/// A value that a condition is about.
#[derive(Clone, Copy)]
pub(crate) enum Literal {
    True,
    Text(&'static str),
}

/// The ways in which `check` reads a value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Reader {
    /// By its own rules.
    Value,
    Text,
    Texts,
    Flag,
    Table,
    Tables,
    TextTable,
}

impl Kind {
    /// The table that values of this kind are or hold.
    fn table(self) -> Option<&'static Spec> {
        match self {
            Self::Table(spec)
            | Self::Tables(spec)
            | Self::TableOrTables(spec)
            | Self::Map(_, spec) => Some(spec),
            Self::Members(_) | Self::Details | Self::NamedTypes => Some(&MEMBER),
            _ => None,
        }
    }

    /// Whether a value of this kind may be read in this way.
    pub(crate) fn is_read_as(self, reader: Reader) -> bool {
        match reader {
            Reader::Value => true,
            Reader::Text => matches!(
                self,
                Self::Text
                    | Self::Markdown
                    | Self::Id
                    | Self::ApiId
                    | Self::Url
                    | Self::PageUrl
                    | Self::Path
                    | Self::Version
                    | Self::Language
                    | Self::Word(_)
                    | Self::CamelName
                    | Self::SnakeName
                    | Self::Type(_)
                    | Self::Details
            ),
            Reader::Texts => matches!(self, Self::Texts | Self::Pointers(_) | Self::Inferred),
            Reader::Flag => matches!(self, Self::Flag),
            Reader::Table => matches!(
                self,
                Self::Table(_)
                    | Self::TableOrTables(_)
                    | Self::Map(..)
                    | Self::Members(_)
                    | Self::NamedTypes
                    | Self::Values
                    | Self::Constants
                    | Self::Levels
            ),
            Reader::Tables => matches!(self, Self::Tables(_) | Self::TableOrTables(_)),
            Reader::TextTable => {
                matches!(
                    self,
                    Self::TextTable | Self::Headers | Self::Inferred | Self::Allow
                )
            }
        }
    }
}
