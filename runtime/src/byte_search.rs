//! Finds the first byte of a kind in a text, eight bytes at a time.

/// The position of the first matching byte; the length if no byte matches.
///
/// `in_word` marks matching bytes of a word: their highest bit is set. Bytes after the first match may be
/// marked wrongly. The letter `x` must not match.
#[inline]
pub(crate) fn position(bytes: &[u8], in_word: impl Fn(u64) -> u64) -> usize {
    let mut at = 0;
    while let Some(word) = bytes[at..].first_chunk() {
        if let Some(found) = first(*word, &in_word) {
            return at + found;
        }
        at += 8;
    }
    if at == bytes.len() {
        return at;
    }
    match bytes.last_chunk() {
        // Some of the last eight bytes are searched twice.
        Some(word) => first(*word, &in_word).map_or(bytes.len(), |found| bytes.len() - 8 + found),
        None => position_in_few(bytes, in_word),
    }
}

/// As [`position`], for less than eight bytes.
#[inline(never)]
fn position_in_few(bytes: &[u8], in_word: impl Fn(u64) -> u64) -> usize {
    let mut word = [b'x'; 8];
    word[..bytes.len()].copy_from_slice(bytes);
    first(word, &in_word).unwrap_or(bytes.len())
}

/// The position of the first matching byte of a word.
#[inline]
fn first(word: [u8; 8], in_word: &impl Fn(u64) -> u64) -> Option<usize> {
    let found = in_word(u64::from_le_bytes(word)) & each(0x80);
    (found != 0).then(|| found.trailing_zeros() as usize / 8)
}

/// A word that repeats a byte.
pub(crate) const fn each(byte: u8) -> u64 {
    u64::from_ne_bytes([byte; 8])
}

/// Marks the bytes below `byte`, which is at most 0x80. The subtraction borrows only from the bytes above,
/// so the first mark is right.
pub(crate) const fn below(word: u64, byte: u8) -> u64 {
    word.wrapping_sub(each(byte)) & !word
}

/// Marks the bytes equal to `byte`; the first mark is right.
pub(crate) const fn equal(word: u64, byte: u8) -> u64 {
    below(word ^ each(byte), 1)
}
