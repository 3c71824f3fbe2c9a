//! Limits of the format, and names that it reserves.

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
