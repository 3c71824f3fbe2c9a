//! Messages: templates, the texts that match them, and the texts that they render.

pub(crate) mod template;
pub(crate) mod matcher;
pub(crate) mod render;
