//! Classes of characters, and scans for them that look at sixteen bytes at a time.

use crate::util::unicode::{FORMAT, HIDDEN};

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

/// Whether no text may hold a character, because no reader sees it and it changes how others are shown or read: format
/// characters, such as those that turn the direction of text, and separators of lines and paragraphs (Unicode's general
/// categories Cf, Zl and Zp), except those that scripts and emoji need.
pub(crate) fn is_invisible(c: char) -> bool {
    is_in(&FORMAT, c) && !is_in(&NEEDED, c)
}

/// Whether a character has no sign that tells it from others: control characters, format characters, separators of
/// lines, and what has no meaning for everybody (Unicode's general categories Cc, Cf, Zl, Zp, Co and Cn), and all that
/// is shown as nothing (`Default_Ignorable_Code_Point`). Two names that differ in such characters look the same.
pub(crate) fn is_hidden(c: char) -> bool {
    is_in(&HIDDEN, c)
}

/// Format characters that belong to the words of scripts, or to emoji.
const NEEDED: [(char, char); 13] = [
    // The soft hyphen, where long words may be broken.
    ('\u{ad}', '\u{ad}'),
    // Signs before numbers, years and names in Arabic, Syriac and Kaithi; they are seen.
    ('\u{600}', '\u{605}'),
    ('\u{6dd}', '\u{6dd}'),
    ('\u{70f}', '\u{70f}'),
    ('\u{890}', '\u{891}'),
    ('\u{8e2}', '\u{8e2}'),
    // Mongolian.
    ('\u{180e}', '\u{180e}'),
    // Joiners and non-joiners: Persian, Indic scripts, emoji of several people.
    ('\u{200c}', '\u{200d}'),
    ('\u{110bd}', '\u{110bd}'),
    ('\u{110cd}', '\u{110cd}'),
    // Egyptian hieroglyphs and shorthand: how signs are arranged.
    ('\u{13430}', '\u{1343f}'),
    ('\u{1bca0}', '\u{1bca3}'),
    // Flags of England, Scotland and Wales.
    ('\u{e0020}', '\u{e007f}'),
];

/// Whether a character is in one of these ranges, which are in order.
fn is_in(ranges: &[(char, char)], c: char) -> bool {
    let after = ranges.partition_point(|(first, _)| *first <= c);
    after > 0 && c <= ranges[after - 1].1
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use regex_syntax::Parser;
    use regex_syntax::hir::{Class, ClassUnicode, HirKind};
    use snapbox::{Data, assert_data_eq};

    use super::{NEEDED, is_hidden, is_in, is_invisible};
    use crate::util::unicode::{FORMAT, HIDDEN};

    const OF_FORMAT: &str = r"[\p{Cf}\p{Zl}\p{Zp}]";
    const OF_HIDDEN: &str =
        r"[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}\p{Default_Ignorable_Code_Point}]";

    /// The characters of a class, by Unicode's data.
    fn class(pattern: &str) -> ClassUnicode {
        let hir = Parser::new().parse(pattern).expect("it is a class");
        match hir.into_kind() {
            HirKind::Class(Class::Unicode(class)) => class,
            other => panic!("not a class of characters: {other:?}"),
        }
    }

    fn table(out: &mut String, name: &str, docs: &str, pattern: &str) {
        let class = class(pattern);
        let ranges = class.ranges();
        let _ = write!(
            out,
            "\n/// {docs}\n#[rustfmt::skip]\npub(super) static {name}: [(char, char); {}] = [",
            ranges.len()
        );
        for line in ranges.chunks(4) {
            out.push_str("\n   ");
            for range in line {
                let (first, last) = (u32::from(range.start()), u32::from(range.end()));
                let _ = write!(out, " ('\\u{{{first:x}}}', '\\u{{{last:x}}}'),");
            }
        }
        out.push_str("\n];\n");
    }

    /// `SNAPSHOTS=overwrite cargo test -p errbook-codegen --lib characters` writes the tables for a newer Unicode.
    #[test]
    fn tables_are_those_of_unicode() {
        let mut text = "//! Ranges of characters by their properties, from Unicode's data. A test of `characters` \
                        writes this file.\n"
            .to_owned();
        let docs = "The general categories Cf, Zl and Zp.";
        table(&mut text, "FORMAT", docs, OF_FORMAT);
        let docs =
            "The general categories Cc, Cf, Zl, Zp, Co and Cn, and `Default_Ignorable_Code_Point`.";
        table(&mut text, "HIDDEN", docs, OF_HIDDEN);
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/src/util/unicode.rs");
        assert_data_eq!(text, Data::read_from(file.as_ref(), None).raw());
    }

    #[test]
    fn every_character_is_looked_up() {
        #[track_caller]
        fn check(pattern: &str, table: &[(char, char)]) {
            let class = class(pattern);
            let mut ranges = class.ranges().iter().peekable();
            for c in '\0'..=char::MAX {
                while ranges.next_if(|range| range.end() < c).is_some() {}
                let is_in_class = ranges.peek().is_some_and(|range| range.start() <= c);
                assert_eq!(is_in(table, c), is_in_class, "{}", c.escape_unicode());
            }
        }
        check(OF_FORMAT, &FORMAT);
        check(OF_HIDDEN, &HIDDEN);
    }

    #[test]
    fn needed_characters_are_format_characters_in_order() {
        for (first, last) in NEEDED {
            assert!(is_in(&FORMAT, first) && is_in(&FORMAT, last), "{first:?}");
            assert!((first..=last).all(|c| !is_invisible(c) && is_hidden(c)));
        }
        assert!(NEEDED.is_sorted());
    }
}
