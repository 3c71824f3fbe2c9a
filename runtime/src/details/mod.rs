//! Typed details of errors, read from JSON text and written to it.

pub(crate) mod details_error;
mod duplicates;
#[doc(hidden)]
pub(crate) mod visit;
#[doc(hidden)]
pub(crate) mod structs;
#[doc(hidden)]
pub(crate) mod types;
