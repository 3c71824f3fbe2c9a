//! Pairs the items of two lists.

use std::collections::{HashMap, VecDeque};
use std::hash::Hash;

/// The old and the new item with one key.
#[derive(Clone, Copy)]
pub(super) enum Pair<T> {
    Added(T),
    Removed(T),
    Both(T, T),
}

impl<T: Copy> Pair<T> {
    /// Returns the new item, or the old one of a removed item.
    pub(super) fn newest(self) -> T {
        match self {
            Self::Added(item) | Self::Removed(item) | Self::Both(_, item) => item,
        }
    }

    /// Applies a function to the items of both sides.
    pub(super) fn sides<U>(self, of: impl Fn(T) -> U) -> [Option<U>; 2] {
        match self {
            Self::Added(new) => [None, Some(of(new))],
            Self::Removed(old) => [Some(of(old)), None],
            Self::Both(old, new) => [Some(of(old)), Some(of(new))],
        }
    }
}

/// The pairs of two lists.
pub(super) struct Pairs<T> {
    /// The pairs in the order of the new list. A removed item follows the item that it followed in the old
    /// list.
    pub(super) items: Vec<Pair<T>>,
    /// Whether the items that are in both lists have another order.
    pub(super) reordered: bool,
}

/// Pairs the items with equal keys. If a key is repeated, the first item is paired with the first.
pub(super) fn pairs<T: Copy, K: Eq + Hash>(
    old: impl IntoIterator<Item = T>,
    new: impl IntoIterator<Item = T>,
    key: impl Fn(T) -> K,
) -> Pairs<T> {
    let old: Vec<T> = old.into_iter().collect();
    let new: Vec<T> = new.into_iter().collect();
    let mut by_key: HashMap<K, VecDeque<usize>> = HashMap::new();
    for (index, item) in old.iter().enumerate() {
        by_key.entry(key(*item)).or_default().push_back(index);
    }
    let mut partner = |item: &T| by_key.get_mut(&key(*item))?.pop_front();
    let partners: Vec<Option<usize>> = new.iter().map(&mut partner).collect();
    Pairs {
        items: merge(&old, &new, &partners),
        reordered: !partners.iter().flatten().is_sorted(),
    }
}

/// Merges two lists. `partners` has the index of the old item for each new item.
pub(super) fn merge<T: Copy>(old: &[T], new: &[T], partners: &[Option<usize>]) -> Vec<Pair<T>> {
    let mut new_of_old = vec![None; old.len()];
    for (new, partner) in partners.iter().enumerate() {
        if let Some(old) = partner {
            new_of_old[*old] = Some(new);
        }
    }
    // The removed items before the first new item, and after each new item.
    let mut removed = vec![Vec::new(); new.len() + 1];
    let mut place = 0;
    for (old, new) in old.iter().zip(new_of_old) {
        match new {
            Some(new) => place = new + 1,
            None => removed[place].push(Pair::Removed(*old)),
        }
    }
    let mut removed = removed.into_iter();
    let mut merged = removed.next().unwrap_or_default();
    for ((new, partner), removed) in new.iter().zip(partners).zip(removed) {
        merged.push(match partner {
            Some(index) => Pair::Both(old[*index], *new),
            None => Pair::Added(*new),
        });
        merged.extend(removed);
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::{Pair, pairs};

    #[test]
    fn removed_item_keeps_its_place() {
        #[track_caller]
        fn check(old: &str, new: &str, expected: &str, reordered: bool) {
            let pairs = pairs(old.chars(), new.chars(), |c| c);
            let shown: Vec<String> = pairs
                .items
                .iter()
                .map(|pair| match pair {
                    Pair::Both(old, _) => old.to_string(),
                    Pair::Removed(old) => format!("-{old}"),
                    Pair::Added(new) => format!("+{new}"),
                })
                .collect();
            assert_eq!(shown.join(" "), expected);
            assert_eq!(pairs.reordered, reordered);
        }
        check("abc", "abc", "a b c", false);
        check("abc", "adc", "a -b +d c", false);
        check("abc", "c", "-a -b c", false);
        check("abc", "", "-a -b -c", false);
        check("", "ab", "+a +b", false);
        check("abcd", "dab", "d a b -c", true);
        check("aab", "abaa", "a b a +a", true);
    }
}
