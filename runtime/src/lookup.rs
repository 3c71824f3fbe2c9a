//! From a text to an error: a perfect hash whose tables the generator computes.

/// The tables of a perfect hash over texts.
///
/// It names one candidate for any text; whoever asks compares that candidate's text with the one
/// asked for. The scheme is hash and displace: the hash's upper half picks a displacement, and the
/// hash with that displacement picks a slot that no other text of the table has.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Lookup {
    pub seed: u64,
    pub displacements: &'static [u32],
    pub slots: &'static [u32],
}

impl Lookup {
    /// Finds nothing.
    pub const EMPTY: Self = Self {
        seed: 0,
        displacements: &[],
        slots: &[],
    };

    /// The one value that the table may hold for this text; `None` where it holds none at all.
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
    /// It reads words of eight bytes, the last ones wherever they begin: no byte is gone through alone,
    /// and nothing is copied.
    #[inline]
    pub fn hash(seed: u64, text: &str) -> u64 {
        let bytes = text.as_bytes();
        // Not the length itself: texts of different lengths would collide under every seed where their first
        // bytes make up for it, as in `BBBB` and `CBBBB`.
        let mut hash = fold(seed ^ bytes.len() as u64, MULTIPLIER);
        let mut rest = bytes;
        while rest.len() > 2 * WORD {
            hash = fold(hash ^ word(rest), word(&rest[WORD..]) ^ MULTIPLIER);
            rest = &rest[2 * WORD..];
        }
        // The last two words, some of whose bytes may have been read before.
        let (first, last) = if let Some(start) = bytes.len().checked_sub(2 * WORD) {
            (word(&bytes[start..]), word(&bytes[start + WORD..]))
        } else if let Some(start) = bytes.len().checked_sub(WORD) {
            (word(bytes), word(&bytes[start..]))
        } else {
            (short(bytes), 0)
        };
        fold(hash ^ first, last ^ MULTIPLIER)
    }

    /// Which of `len` displacements a hash uses.
    #[inline]
    pub fn bucket(hash: u64, len: usize) -> usize {
        reduce((hash >> 32) as u32, len)
    }

    /// Which of `len` slots a hash uses with a displacement.
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

/// The first eight bytes; there must be as many.
#[inline]
fn word(bytes: &[u8]) -> u64 {
    match bytes.first_chunk() {
        Some(word) => u64::from_le_bytes(*word),
        None => 0,
    }
}

/// All bytes, of which there must be less than eight. Texts of one length differ in it where they
/// differ at all.
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

/// Both halves of the product, folded into one.
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
    use super::Lookup;

    #[test]
    fn each_byte_counts_and_so_does_the_length() {
        let text = "0123456789abcdefghijklmnopqrstuvwxyz0123456789ABCDEF";
        for length in 0..=text.len() {
            let (text, rest) = text.split_at(length);
            let hash = Lookup::hash(0, text);
            assert_ne!(hash, Lookup::hash(1, text), "{text}");
            assert!(rest.is_empty() || hash != Lookup::hash(0, &[text, "0"].concat()));
            for at in 0..length {
                let changed = [&text[..at], "~", &text[at + 1..]].concat();
                assert_ne!(hash, Lookup::hash(0, &changed), "{changed}");
            }
        }
    }

    #[test]
    fn some_seed_tells_any_two_texts_apart() {
        for length in 0..64 {
            let text = "B".repeat(length);
            for before in ["@", "C", "0", "CC", "A@"] {
                let longer = [before, &text].concat();
                let differ =
                    |seed: &u64| Lookup::hash(*seed, &text) != Lookup::hash(*seed, &longer);
                assert!((0..4).any(|seed| differ(&seed)), "{text} and {longer}");
            }
        }
    }
}
