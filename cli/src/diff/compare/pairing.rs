//! What is the same thing in two lists.

use std::collections::{HashMap, VecDeque};
use std::hash::Hash;

/// The items of two lists, those with one key together: in the order of the new list, what is only in the
/// old one behind what it stood behind there.
pub(super) struct Pairs<'a, T> {
    pub(super) items: Vec<[Option<(usize, &'a T)>; 2]>,
    /// Whether those in both have another order.
    pub(super) reordered: bool,
}

/// Pairs two lists. Where a key comes several times, the first goes with the first.
pub(super) fn pairs<'a, T, K: Eq + Hash>(
    old: &'a [T],
    new: &'a [T],
    key: impl Fn(&'a T) -> K,
) -> Pairs<'a, T> {
    let mut by_key: HashMap<K, VecDeque<usize>> = HashMap::new();
    for (index, item) in old.iter().enumerate() {
        by_key.entry(key(item)).or_default().push_back(index);
    }
    let mut partner = |item| by_key.get_mut(&key(item))?.pop_front();
    let partners: Vec<Option<usize>> = new.iter().map(&mut partner).collect();
    let both: Vec<usize> = partners.iter().copied().flatten().collect();
    let item = |list: &'a [T], index: Option<usize>| index.map(|index| (index, &list[index]));
    Pairs {
        items: merged(old.len(), &partners)
            .into_iter()
            .map(|[of_old, of_new]| [item(old, of_old), item(new, of_new)])
            .collect(),
        reordered: !both.is_sorted(),
    }
}

/// The indexes of two lists, put together by the partners that the new items have in the old list.
pub(super) fn merged(old: usize, partners: &[Option<usize>]) -> Vec<[Option<usize>; 2]> {
    let mut place = vec![None; old];
    for (new, partner) in partners.iter().enumerate() {
        if let Some(partner) = partner {
            place[*partner] = Some(new);
        }
    }
    // What is gone, by the place of what stood before it: 0 is the beginning.
    let mut gone: Vec<Vec<usize>> = vec![Vec::new(); partners.len() + 1];
    let mut behind = 0;
    for (old, place) in place.iter().enumerate() {
        match place {
            Some(new) => behind = new + 1,
            None => gone[behind].push(old),
        }
    }
    let mut merged: Vec<[Option<usize>; 2]> = Vec::new();
    for (place, gone) in gone.into_iter().enumerate() {
        if let Some(new) = place.checked_sub(1) {
            merged.push([partners[new], Some(new)]);
        }
        merged.extend(gone.into_iter().map(|old| [Some(old), None]));
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::pairs;

    #[test]
    fn what_is_gone_stands_where_it_stood() {
        #[track_caller]
        fn check(old: &str, new: &str, expected: &str, reordered: bool) {
            let [old, new] = [old, new].map(|list| list.chars().collect::<Vec<_>>());
            let pairs = pairs(&old, &new, |c| *c);
            let shown: Vec<String> = pairs
                .items
                .iter()
                .map(|item| match item {
                    [Some((_, old)), Some(_)] => old.to_string(),
                    [Some((_, old)), None] => format!("-{old}"),
                    [None, new] => format!("+{}", new.expect("one is there").1),
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
