//! Differences between two lines of text, word by word.

use std::time::Instant;

use similar::{Algorithm, DiffTag};

/// A word of one of two texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum WordEdit<'a> {
    /// In both texts.
    Same(&'a str),
    /// In this text only.
    Own(&'a str),
    /// Several words in both texts that are left out.
    Elided,
}

/// The number of unchanged words around a change.
const CONTEXT: usize = 6;

/// The minimum number of words to leave out.
const MIN_ELIDED: usize = 6;

/// The maximum number of words that are compared. The comparison takes stack.
const MAX_COMPARED: usize = 2_000;

/// Returns the words of both texts. Long unchanged parts are elided. A text that is too long, or that is not
/// compared by the deadline, counts as different.
pub(crate) fn compare<'a>(old: &'a str, new: &'a str, deadline: Instant) -> [Vec<WordEdit<'a>>; 2] {
    let [old_words, new_words] = [old, new].map(|text| text.split(' ').collect::<Vec<_>>());
    if old_words.len().max(new_words.len()) > MAX_COMPARED {
        let all = |words: Vec<&'a str>| words.into_iter().map(WordEdit::Own).collect();
        return [all(old_words), all(new_words)];
    }
    let ops = similar::capture_diff_slices_deadline(
        Algorithm::Myers,
        &old_words,
        &new_words,
        Some(deadline),
    );
    let mut parts = [Vec::new(), Vec::new()];
    let last = ops.len().saturating_sub(1);
    for (index, op) in ops.iter().enumerate() {
        if op.tag() == DiffTag::Equal {
            let same = &old_words[op.old_range()];
            for parts in &mut parts {
                elide(parts, same, index > 0, index < last);
            }
        } else {
            let own = [&old_words[op.old_range()], &new_words[op.new_range()]];
            for (parts, own) in parts.iter_mut().zip(own) {
                parts.extend(own.iter().map(|word| WordEdit::Own(word)));
            }
        }
    }
    parts
}

/// Adds unchanged words, without those that are far from the changes before or after them.
fn elide<'a>(parts: &mut Vec<WordEdit<'a>>, same: &[&'a str], before: bool, behind: bool) {
    let start = if before { CONTEXT } else { 0 };
    let end = if behind { CONTEXT } else { 0 };
    let all = |words: &[&'a str]| {
        words
            .iter()
            .map(|word| WordEdit::Same(word))
            .collect::<Vec<_>>()
    };
    if same.len() < start + end + MIN_ELIDED {
        return parts.extend(all(same));
    }
    parts.extend(all(&same[..start]));
    parts.push(WordEdit::Elided);
    parts.extend(all(&same[same.len() - end..]));
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::{WordEdit, compare};

    #[test]
    fn comparison_of_long_lines_is_fast() {
        let text = |seed: u32| {
            let words = (0..200_000_u32).map(|word| word.wrapping_mul(seed) % 5_000);
            words.map(|word| word.to_string()).collect::<Vec<_>>()
        };
        let [old, new] = [2_654_435_761, 40_503].map(text);
        for words in [super::MAX_COMPARED, 200_000] {
            let [old, new] = [&old, &new].map(|text| text[..words].join(" "));
            let soon = Instant::now() + Duration::from_mins(1);
            let parts = compare(&old, &new, soon);
            assert!(
                parts
                    .iter()
                    .all(|parts| parts.contains(&WordEdit::Own("0")) || words < 5_000)
            );
        }
    }

    #[test]
    fn changed_words_are_marked() {
        #[track_caller]
        fn check(old: &str, new: &str, expected: [&str; 2]) {
            let soon = Instant::now() + Duration::from_mins(1);
            let shown = compare(old, new, soon).map(|parts| {
                let part = |part: &WordEdit<'_>| match part {
                    WordEdit::Same(word) => (*word).to_owned(),
                    WordEdit::Own(word) => format!("[{word}]"),
                    WordEdit::Elided => "…".to_owned(),
                };
                parts.iter().map(part).collect::<Vec<_>>().join(" ")
            });
            assert_eq!(shown, expected);
        }
        check(
            "one two three",
            "one 2 three",
            ["one [two] three", "one [2] three"],
        );
        check("one two", "one two three", ["one two", "one two [three]"]);
        check(
            "a b c d e f g h i j k l m n o p q",
            "a b c d e f g h i j k l m n O p q",
            ["… i j k l m n [o] p q", "… i j k l m n [O] p q"],
        );
        check(
            "0 a b c d e f g h i j k l m n o p q r 1",
            "1 a b c d e f g h i j k l m n o p q r 2",
            [
                "[0] a b c d e f … m n o p q r [1]",
                "[1] a b c d e f … m n o p q r [2]",
            ],
        );
    }
}
