//! Finds errors in the catalogs of a project.

pub(crate) mod catalogs;
pub(crate) mod catalog_context;
pub(crate) mod search;
pub(crate) mod filter;
