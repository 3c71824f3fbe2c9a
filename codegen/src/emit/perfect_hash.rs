//! Computes the tables of a perfect hash; [`PerfectHash`] reads them.

use errbook::__private::PerfectHash;

/// The tables for [`PerfectHash`].
pub(super) struct HashTables {
    pub(super) seed: u64,
    pub(super) displacements: Vec<u32>,
    pub(super) slots: Vec<u32>,
}

/// Tries with one seed before the next: two texts of the same hash collide under every displacement.
const TRIES: u32 = 1 << 16;

/// Tables that map each text to its value. The texts must differ.
pub(super) fn build(texts: &[(&str, u32)]) -> HashTables {
    (0..)
        .find_map(|seed| with_seed(texts, seed))
        .expect("some seed tells any two texts apart")
}

fn with_seed(texts: &[(&str, u32)], seed: u64) -> Option<HashTables> {
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
            let pairs: Vec<(&str, u32)> = texts.iter().map(String::as_str).zip(0..).collect();
            let HashTables {
                seed,
                displacements,
                slots,
            } = build(&pairs);
            let lookup = PerfectHash {
                seed,
                displacements: displacements.leak(),
                slots: slots.leak(),
            };
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
