//! A generated file.

use crate::output_kind::OutputKind;

/// A file of an output.
pub(crate) struct OutputFile {
    pub(crate) output: OutputKind,
    /// The path in the folder of the output.
    pub(crate) path: String,
    pub(crate) text: String,
}

impl OutputFile {
    pub(super) fn new(output: OutputKind, path: impl Into<String>, text: String) -> Self {
        let path = path.into();
        Self { output, path, text }
    }
}
