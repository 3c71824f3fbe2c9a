//! Where changes are in the files of both sides.

use std::cell::OnceCell;
use std::ops::Range;

use errbook_codegen::{Outline, Position};

use crate::diff::change::Keys;
use crate::diff::side::Side;

/// The entries of one side's catalogs; a text is only read again when something in it is looked for.
pub(super) struct Places<'a> {
    side: &'a Side,
    outlines: Vec<OnceCell<Option<Outline<'a>>>>,
}

impl<'a> Places<'a> {
    pub(super) fn new(side: &'a Side) -> Self {
        Self {
            side,
            outlines: side.sources.iter().map(|_| OnceCell::new()).collect(),
        }
    }

    /// Where keys lead in the catalog of this index, as far as they do.
    pub(super) fn of(&self, catalog: usize, keys: &Keys) -> Option<Range<Position>> {
        let outline = || Outline::new(&self.side.sources[catalog]);
        let outline = self.outlines[catalog].get_or_init(outline).as_ref();
        outline?.nearest(keys.iter().map(String::as_str))
    }
}
