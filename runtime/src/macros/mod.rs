//! The code that is the same in every generated module.
//!
//! Generated code calls these macros; only [`include_catalogs`](crate::include_catalogs) is for programs.

mod code;
mod details;
