//! The types of details that only JSON has, and JSON text (RFC 8259). With the feature `json`.

mod value;
pub(crate) mod scanner;
pub(crate) mod write;
pub(crate) mod pointer;
pub(crate) mod equality;

pub use value::{Any, Optional};
