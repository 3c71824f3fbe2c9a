//! Where the entries of a catalog stand in its text, for whoever speaks of them without a finding.

use std::ops::Range;

use crate::draft::{self, Kind, Table, Value};
use crate::position::{Lines, Position};
use crate::source::Source;

/// The entries of a catalog by the keys that lead to them.
#[derive(Debug)]
pub struct Outline<'a> {
    lines: Lines<'a>,
    root: Table,
}

impl<'a> Outline<'a> {
    /// Reads a catalog's text; `None` where it is no TOML.
    pub fn new(source: &'a Source) -> Option<Self> {
        Some(Self {
            lines: Lines::new(source),
            root: draft::parse(source, 0).ok()?,
        })
    }

    /// Where the entry stands that keys lead to, such as `category`, `0`, `error`, `BUSY` and `status`:
    /// in a list, an item is named by its index. It is the entry's value, or its key where the value is a
    /// table. Where there is none, it is the last one on the way that is there.
    pub fn nearest<'k>(&self, keys: impl IntoIterator<Item = &'k str>) -> Option<Range<Position>> {
        let mut table = Some(&self.root);
        let mut list: &[Value] = &[];
        let mut nearest = None;
        for key in keys {
            let (span, value) = if let Some(entry) = table.and_then(|table| table.get(key)) {
                (&entry.key_span, &entry.value)
            } else if let Some(item) = key.parse().ok().and_then(|index: usize| list.get(index)) {
                (&item.span, item)
            } else {
                break;
            };
            (table, list) = (None, &[]);
            let span = match &value.kind {
                Kind::Table(inner) => {
                    table = Some(inner);
                    span
                }
                Kind::List(items) => {
                    list = items;
                    // The span of what stands under several headers is that of all of them.
                    let tables = items.first().and_then(Value::as_table).is_some();
                    if tables { span } else { &value.span }
                }
                _ => &value.span,
            };
            nearest = Some(span.clone());
        }
        let Range { start, end } = nearest?;
        Some(self.lines.position(start)..self.lines.position(end))
    }
}
