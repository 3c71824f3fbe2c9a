//! Computes the tables of a perfect hash; [`PerfectHash`] reads them.

use std::borrow::Cow;

use errbook::__private::PerfectHash;

/// A text and its value.
pub(crate) type TextIndex<'a> = (Cow<'a, str>, u32);

/// The tables for [`PerfectHash`].
pub(crate) struct HashTables {
    pub(crate) seed: u64,
    pub(crate) displacements: Vec<u32>,
    pub(crate) slots: Vec<u32>,
}

/// Tries with one seed before the next: two texts of the same hash collide under every displacement.
const TRIES: u32 = 1 << 16;

impl HashTables {
    /// Computes tables that map each text to its value. The texts must differ.
    pub(crate) fn new(texts: &[TextIndex<'_>]) -> Self {
        (0..)
            .find_map(|seed| with_seed(texts, seed))
            .expect("some seed gives any two texts different hashes")
    }

    /// Lends the tables.
    pub(crate) fn lend(&self) -> PerfectHash<'_> {
        PerfectHash {
            seed: self.seed,
            displacements: &self.displacements,
            slots: &self.slots,
        }
    }
}

fn with_seed(texts: &[TextIndex<'_>], seed: u64) -> Option<HashTables> {
    // About four texts to a displacement and one slot in nine free: found at once, and small.
    let mut buckets: Vec<Vec<(u64, u32)>> = vec![Vec::new(); texts.len().div_ceil(4)];
    let mut slots = vec![None; texts.len() + texts.len() / 8];
    let mut displacements = vec![0; buckets.len()];
    for (text, value) in texts {
        let hash = PerfectHash::hash(seed, text);
        let bucket = PerfectHash::bucket(hash, buckets.len());
        buckets[bucket].push((hash, *value));
    }
    let mut order: Vec<usize> = (0..buckets.len()).collect();
    order.sort_by_key(|&bucket| std::cmp::Reverse(buckets[bucket].len()));
    for bucket in order {
        let place = |displacement: &u32| place(&mut slots, &buckets[bucket], *displacement);
        displacements[bucket] = (0..TRIES).find(place)?;
    }
    // A slot that stays free may hold anything: who asks compares texts.
    let slots = slots.into_iter().map(Option::unwrap_or_default).collect();
    Some(HashTables {
        seed,
        displacements,
        slots,
    })
}

/// Puts a bucket's values into their slots, if all of these are free.
fn place(slots: &mut [Option<u32>], bucket: &[(u64, u32)], displacement: u32) -> bool {
    for (index, (hash, value)) in bucket.iter().enumerate() {
        let slot = PerfectHash::slot(*hash, displacement, slots.len());
        if slots[slot].is_some() {
            for (hash, _) in &bucket[..index] {
                slots[PerfectHash::slot(*hash, displacement, slots.len())] = None;
            }
            return false;
        }
        slots[slot] = Some(*value);
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_each_text_and_at_most_one_candidate_for_others() {
        for count in [0, 1, 2, 3, 26, 257, 5000] {
            let texts: Vec<String> = (0..count)
                .map(|index| format!("CODE_{}", index * 7919))
                .collect();
            let pairs: Vec<TextIndex<'_>> = texts.iter().map(Cow::from).zip(0..).collect();
            let tables = HashTables::new(&pairs);
            let lookup = tables.lend();
            for (text, value) in &pairs {
                assert_eq!(lookup.candidate(text), Some(*value), "{text} of {count}");
            }
            assert!(
                lookup
                    .candidate("NO_SUCH_CODE")
                    .is_none_or(|candidate| candidate < count)
            );
        }
    }
}
