//! JSON bodies of errors: parses and writes them by the envelope of a catalog.

pub(crate) mod locate;
pub(crate) mod parsed;
pub(crate) mod write;
