//! Messages: templates, the texts that match them, and the texts that they render.

pub(crate) mod template;
mod literal;
pub(crate) mod value;
mod backtracking;
pub(crate) mod matcher;
pub(crate) mod render;
