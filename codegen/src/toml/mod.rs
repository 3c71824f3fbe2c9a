//! TOML: a tree with spans, syntax errors, and the restriction to TOML 1.0.

mod tree;
mod syntax_help;
mod parse;
mod toml_1_1;
mod outline;

pub use outline::Outline;
pub(crate) use parse::parse;
pub(crate) use toml_1_1::newer_toml;
pub(crate) use tree::{KeyValue, TomlKind, TomlTable, TomlValue};
