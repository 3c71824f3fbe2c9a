//! Numbers with nouns, and lists.

use std::fmt::{Display, Write};

/// Returns a number with its noun: `1 catalog`, `5 catalogs`.
pub(crate) fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// Joins items with a separator.
pub(crate) fn join(items: impl IntoIterator<Item: Display>, separator: &str) -> String {
    let mut joined = String::new();
    for (index, item) in items.into_iter().enumerate() {
        let separator = if index == 0 { "" } else { separator };
        let _ = write!(joined, "{separator}{item}");
    }
    joined
}
