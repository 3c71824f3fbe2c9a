//! The spans of the parts of an error.

use std::ops::Range;

use crate::check::allowed_lints::AllowedLints;

/// The spans of the parts of an error that are compared with those of others.
pub(super) struct ErrorSpans {
    pub(super) key: Range<usize>,
    pub(super) code: Range<usize>,
    pub(super) aliases: Vec<Range<usize>>,
    pub(super) messages: Vec<Range<usize>>,
    pub(super) examples: Vec<Range<usize>>,
    pub(super) allowed: AllowedLints,
}
