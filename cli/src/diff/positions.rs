//! Positions of keys in the files of a side.

use std::cell::OnceCell;
use std::ops::Range;

use errbook_codegen::__private::Outline;
use errbook_codegen::Position;

use crate::diff::change::Keys;
use crate::diff::input::DiffSide;

/// Finds positions in the catalogs of one side. A text is parsed again when the first position in it is
/// requested.
pub(crate) struct KeyPositions<'a> {
    side: &'a DiffSide,
    outlines: Vec<OnceCell<Option<Outline<'a>>>>,
}

impl<'a> KeyPositions<'a> {
    pub(crate) fn new(side: &'a DiffSide) -> Self {
        Self {
            side,
            outlines: side.sources.iter().map(|_| OnceCell::new()).collect(),
        }
    }

    /// Returns the position of a path of keys in a catalog, or of the longest part of the path that exists.
    pub(crate) fn find(&self, catalog: usize, keys: &Keys) -> Option<Range<Position>> {
        let outline = || Outline::new(&self.side.sources[catalog]);
        let outline = self.outlines[catalog].get_or_init(outline).as_ref();
        outline?.nearest(keys.iter().map(String::as_str))
    }
}
