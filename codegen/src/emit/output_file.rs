//! A generated file.

/// The path of a file in the folder of its output, and its text.
pub(crate) type OutputFile = (String, String);
