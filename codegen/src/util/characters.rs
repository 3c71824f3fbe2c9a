//! Classes of characters, and scans for them that look at sixteen bytes at a time.

/// The number of bytes at the start of a text that are all accepted. Checks sixteen bytes at once, for which
/// processors have instructions; nearly every text is accepted as a whole.
pub(crate) fn plain_start(text: &str, accepts: impl Fn(u8) -> bool) -> usize {
    let (sixteens, _) = text.as_bytes().as_chunks::<16>();
    let all_plain =
        |sixteen: &&[u8; 16]| sixteen.iter().fold(true, |all, byte| all & accepts(*byte));
    let start = 16 * sixteens.iter().take_while(all_plain).count();
    let rest = text[start..].bytes();
    start + rest.take_while(|byte| accepts(*byte)).count()
}

/// Whether every byte of a text is accepted.
pub(crate) fn all_plain(text: &str, accepts: impl Fn(u8) -> bool) -> bool {
    plain_start(text, accepts) == text.len()
}

/// Whether ASCII has a sign for a byte.
pub(crate) fn is_printed(byte: u8) -> bool {
    byte.wrapping_sub(b' ') < 95
}

/// Characters that no reader sees and that change how others are shown or read: those that turn the
/// direction of text (Unicode's `Bidi_Control`), the separators of lines and paragraphs, and spaces without
/// a width.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'
            | '\u{2066}'..='\u{2069}' | '\u{feff}'
    )
}
