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
    pub fn candidate(&self, text: &str) -> Option<u32> {
        if self.slots.is_empty() {
            return None;
        }
        let hash = Self::hash(self.seed, text);
        let displacement = self.displacements[Self::bucket(hash, self.displacements.len())];
        Some(self.slots[Self::slot(hash, displacement, self.slots.len())])
    }

    /// The hash of a text. The generator and programs must agree on it.
    pub fn hash(seed: u64, text: &str) -> u64 {
        const MULTIPLIER: u64 = 0x9e37_79b9_7f4a_7c15;
        let mut hash = seed ^ text.len() as u64;
        let (words, rest) = text.as_bytes().as_chunks::<8>();
        for word in words {
            hash = fold(hash ^ u64::from_le_bytes(*word), MULTIPLIER);
        }
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        fold(
            fold(hash ^ u64::from_le_bytes(last), MULTIPLIER),
            0xd6e8_feb8_6659_fd93,
        )
    }

    /// Which of `len` displacements a hash uses.
    pub fn bucket(hash: u64, len: usize) -> usize {
        reduce((hash >> 32) as u32, len)
    }

    /// Which of `len` slots a hash uses with a displacement.
    #[expect(clippy::cast_possible_truncation, reason = "the halves of a hash")]
    pub fn slot(hash: u64, displacement: u32, len: usize) -> usize {
        reduce(
            fold(hash ^ u64::from(displacement), 0xa076_1d64_78bd_642f) as u32,
            len,
        )
    }
}

/// Both halves of the product, folded into one.
#[expect(clippy::cast_possible_truncation, reason = "the halves of the product")]
fn fold(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    product as u64 ^ (product >> 64) as u64
}

/// Maps a hash evenly to `0..len` without a division.
fn reduce(hash: u32, len: usize) -> usize {
    ((u64::from(hash) * len as u64) >> 32) as usize
}
