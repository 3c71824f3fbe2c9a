//! A perfect hash from texts to numbers. The generator computes its tables.

/// The tables of a perfect hash.
///
/// It returns one candidate for any text; the caller compares the candidate's text with its own. The scheme is
/// hash and displace: the upper half of the hash picks a displacement, and the hash with that displacement picks
/// a slot that no other text of the table has.
#[derive(Clone, Copy, Debug)]
pub struct PerfectHash<'a> {
    pub seed: u64,
    pub displacements: &'a [u32],
    pub slots: &'a [u32],
}

impl PerfectHash<'_> {
    /// The hash of no texts.
    pub const EMPTY: Self = Self {
        seed: 0,
        displacements: &[],
        slots: &[],
    };

    /// The only value that the table may hold for this text; `None` if the table is empty.
    #[inline]
    pub fn candidate(&self, text: &str) -> Option<u32> {
        if self.slots.is_empty() {
            return None;
        }
        let hash = Self::hash(self.seed, text);
        let displacement = self.displacements[Self::bucket(hash, self.displacements.len())];
        Some(self.slots[Self::slot(hash, displacement, self.slots.len())])
    }

    /// The hash of a text. The generator and programs must agree on it.
    ///
    /// It reads words of eight bytes; the last words may overlap others, so no byte is read alone.
    #[inline]
    pub fn hash(seed: u64, text: &str) -> u64 {
        let bytes = text.as_bytes();
        // The length is folded in, not added: else texts such as `BBBB` and `CBBBB`, whose first bytes offset the
        // difference of their lengths, would collide under every seed.
        let mut hash = fold(seed ^ bytes.len() as u64, MULTIPLIER);
        let mut rest = bytes;
        while rest.len() > 2 * WORD {
            hash = fold(hash ^ word(rest), word(&rest[WORD..]) ^ MULTIPLIER);
            rest = &rest[2 * WORD..];
        }
        // The last two words may repeat bytes.
        let (first, last) = if let Some(start) = bytes.len().checked_sub(2 * WORD) {
            (word(&bytes[start..]), word(&bytes[start + WORD..]))
        } else if let Some(start) = bytes.len().checked_sub(WORD) {
            (word(bytes), word(&bytes[start..]))
        } else {
            (short(bytes), 0)
        };
        fold(hash ^ first, last ^ MULTIPLIER)
    }

    /// The index of the displacement of a hash, of `len` displacements.
    #[inline]
    pub fn bucket(hash: u64, len: usize) -> usize {
        reduce((hash >> 32) as u32, len)
    }

    /// The index of the slot of a hash with a displacement, of `len` slots.
    #[expect(clippy::cast_possible_truncation, reason = "the halves of a hash")]
    #[inline]
    pub fn slot(hash: u64, displacement: u32, len: usize) -> usize {
        reduce(
            fold(hash ^ u64::from(displacement), 0xa076_1d64_78bd_642f) as u32,
            len,
        )
    }
}

/// The bytes of a word.
const WORD: usize = size_of::<u64>();

const MULTIPLIER: u64 = 0x9e37_79b9_7f4a_7c15;

/// The first eight bytes, which must exist.
#[inline]
fn word(bytes: &[u8]) -> u64 {
    match bytes.first_chunk() {
        Some(word) => u64::from_le_bytes(*word),
        None => 0,
    }
}

/// A word of fewer than eight bytes. Different texts of one length have different words.
#[inline]
fn short(bytes: &[u8]) -> u64 {
    let half = |bytes: &[u8]| bytes.first_chunk().map(|half| u32::from_le_bytes(*half));
    match (bytes, half(bytes)) {
        (_, Some(first)) => {
            let last = half(&bytes[bytes.len() - size_of::<u32>()..]).unwrap_or_default();
            u64::from(first) | u64::from(last) << 32
        }
        ([first, .., last], None) => {
            let middle = bytes[bytes.len() / 2];
            u64::from(*first) | u64::from(middle) << 8 | u64::from(*last) << 16
        }
        ([only], None) => u64::from(*only),
        ([], None) => 0,
    }
}

/// The xor of both halves of the product.
#[inline]
#[expect(clippy::cast_possible_truncation, reason = "the halves of the product")]
fn fold(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    product as u64 ^ (product >> 64) as u64
}

/// Maps a hash evenly to `0..len` without a division.
#[inline]
fn reduce(hash: u32, len: usize) -> usize {
    ((u64::from(hash) * len as u64) >> 32) as usize
}

#[cfg(test)]
mod tests {
    use super::PerfectHash;

    #[test]
    fn hash_depends_on_each_byte_and_length() {
        let text = "0123456789abcdefghijklmnopqrstuvwxyz0123456789ABCDEF";
        for length in 0..=text.len() {
            let (text, rest) = text.split_at(length);
            let hash = PerfectHash::hash(0, text);
            assert_ne!(hash, PerfectHash::hash(1, text), "{text}");
            assert!(rest.is_empty() || hash != PerfectHash::hash(0, &[text, "0"].concat()));
            for at in 0..length {
                let changed = [&text[..at], "~", &text[at + 1..]].concat();
                assert_ne!(hash, PerfectHash::hash(0, &changed), "{changed}");
            }
        }
    }

    #[test]
    fn some_seed_separates_any_two_texts() {
        for length in 0..64 {
            let text = "B".repeat(length);
            for before in ["@", "C", "0", "CC", "A@"] {
                let longer = [before, &text].concat();
                let differ = |seed: &u64| {
                    PerfectHash::hash(*seed, &text) != PerfectHash::hash(*seed, &longer)
                };
                assert!((0..4).any(|seed| differ(&seed)), "{text} and {longer}");
            }
        }
    }
}
