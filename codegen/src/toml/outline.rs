//! Finds the position of an entry by the keys that lead to it.

use std::ops::Range;

use crate::line_index::{LineIndex, Position};
use crate::source::Source;
use crate::toml::parse::parse;
use crate::toml::tree::{TomlKind, TomlTable, TomlValue};

/// The entries of a catalog by the keys that lead to them.
#[derive(Debug)]
pub struct Outline<'a> {
    lines: LineIndex<'a>,
    root: TomlTable,
}

impl<'a> Outline<'a> {
    /// Reads a catalog's text; `None` where it is no TOML.
    pub fn new(source: &'a Source) -> Option<Self> {
        Some(Self {
            lines: LineIndex::new(source),
            root: parse(source, 0).ok()?,
        })
    }

    /// Where the entry stands that keys lead to, such as `category`, `0`, `error`, `BUSY` and `status`:
    /// in a list, an item is named by its index. It is the entry's value, or its key where the value is a
    /// table. Where there is none, it is the last one on the way that is there.
    pub fn nearest<'k>(&self, keys: impl IntoIterator<Item = &'k str>) -> Option<Range<Position>> {
        let mut value: Option<&TomlValue> = None;
        let mut nearest = None;
        for key in keys {
            let table = value.map_or(Some(&self.root), TomlValue::as_table);
            let list = match value.map(|value| &value.kind) {
                Some(TomlKind::List(items)) => items.as_slice(),
                _ => &[],
            };
            let (span, inner) = if let Some(entry) = table.and_then(|table| table.get(key)) {
                (&entry.key_span, &entry.value)
            } else if let Some(item) = key.parse().ok().and_then(|index: usize| list.get(index)) {
                (&item.span, item)
            } else {
                break;
            };
            let holds_tables = match &inner.kind {
                TomlKind::Table(_) => true,
                // The span of what stands under several headers is that of all of them.
                TomlKind::List(items) => items.first().and_then(TomlValue::as_table).is_some(),
                _ => false,
            };
            nearest = Some(if holds_tables { span } else { &inner.span });
            value = Some(inner);
        }
        let Range { start, end } = nearest?;
        Some(self.lines.position(*start)..self.lines.position(*end))
    }
}

#[cfg(test)]
mod tests {
    use super::Outline;
    use crate::source::Source;

    const CATALOG: &str = r#"[api]
id = "shop"

[envelope]
code = ["/code", "/error"]

[[category]]
id = "orders"

[[category]]
id = "service"

[category.error.BUSY]
status = 503
details = { left = { type = "u64" } }

[[category.error.BUSY.example]]
status = 503

[[rule]]
field = "url"
"#;

    #[test]
    fn entries_stand_where_their_keys_lead() {
        #[track_caller]
        fn check(keys: &[&str], expected: Option<&str>) {
            let source = Source::new("shop.toml", CATALOG);
            let outline = Outline::new(&source).expect("it is TOML");
            let found = outline.nearest(keys.iter().copied());
            let found = found.map(|range| &CATALOG[range.start.byte..range.end.byte]);
            assert_eq!(found, expected, "{keys:?}");
        }
        let busy = ["category", "1", "error", "BUSY"];
        let of_busy = |keys: &[&'static str]| [&busy[..], keys].concat();
        check(&["api"], Some("api"));
        check(&["api", "id"], Some("\"shop\""));
        check(&["envelope", "code"], Some("[\"/code\", \"/error\"]"));
        check(&["envelope", "code", "1"], Some("\"/error\""));
        check(&["category"], Some("category"));
        check(&["category", "0"], Some("[[category]]"));
        check(&busy, Some("BUSY"));
        check(&of_busy(&["status"]), Some("503"));
        check(&of_busy(&["details", "left"]), Some("left"));
        check(&of_busy(&["details", "left", "type"]), Some("\"u64\""));
        check(&of_busy(&["example", "0", "status"]), Some("503"));
        check(&["rule", "0", "field"], Some("\"url\""));
        // What is not there, and what is no way.
        check(&of_busy(&["retry"]), Some("BUSY"));
        check(&of_busy(&["status", "0"]), Some("503"));
        check(&["category", "2", "error"], Some("category"));
        check(&["category", "error"], Some("category"));
        check(&["nothing"], None);
        check(&[], None);
        assert!(Outline::new(&Source::new("shop.toml", "[")).is_none());
    }
}
