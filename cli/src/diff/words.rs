//! How one line of text differs from another, word by word.

use std::time::Instant;

use similar::{Algorithm, DiffTag};

/// A word of a text, or several that are left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part<'a> {
    /// In both texts.
    Same(&'a str),
    /// In this one alone.
    Own(&'a str),
    /// In both, and so long that it is left out.
    Elided,
}

/// How many words are kept beside those that differ.
const AROUND: usize = 6;

/// How many words have to be left out for it to be worth it.
const WORTH: usize = 6;

/// How many words of a text are compared with those of the other: that takes stack.
const COMPARED: usize = 2_000;

/// Both texts in parts. Of long stretches that are the same, no more is left than shows where they are.
/// What is too long, or is left when the deadline comes, is taken for another text.
pub(super) fn compare<'a>(old: &'a str, new: &'a str, deadline: Instant) -> [Vec<Part<'a>>; 2] {
    let [old_words, new_words] = [old, new].map(|text| text.split(' ').collect::<Vec<_>>());
    if old_words.len().max(new_words.len()) > COMPARED {
        let all = |words: Vec<&'a str>| words.into_iter().map(Part::Own).collect();
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
        let (old_range, new_range) = (op.old_range(), op.new_range());
        if op.tag() == DiffTag::Equal {
            let same = &old_words[old_range];
            for parts in &mut parts {
                elide(parts, same, index > 0, index < last);
            }
            continue;
        }
        let own = |words: &[&'a str], parts: &mut Vec<Part<'a>>| {
            parts.extend(words.iter().map(|word| Part::Own(word)));
        };
        own(&old_words[old_range], &mut parts[0]);
        own(&new_words[new_range], &mut parts[1]);
    }
    parts
}

/// Adds words that are the same, without those that are far from what differs before or behind them.
fn elide<'a>(parts: &mut Vec<Part<'a>>, same: &[&'a str], before: bool, behind: bool) {
    let start = if before { AROUND } else { 0 };
    let end = if behind { AROUND } else { 0 };
    let all = |words: &[&'a str]| {
        words
            .iter()
            .map(|word| Part::Same(word))
            .collect::<Vec<_>>()
    };
    if same.len() < start + end + WORTH {
        return parts.extend(all(same));
    }
    parts.extend(all(&same[..start]));
    parts.push(Part::Elided);
    parts.extend(all(&same[same.len() - end..]));
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::{Part, compare};

    #[test]
    fn whatever_is_long_is_soon_compared() {
        let text = |seed: u32| {
            let words = (0..200_000_u32).map(|word| word.wrapping_mul(seed) % 5_000);
            words.map(|word| word.to_string()).collect::<Vec<_>>()
        };
        let [old, new] = [2_654_435_761, 40_503].map(text);
        for words in [super::COMPARED, 200_000] {
            let [old, new] = [&old, &new].map(|text| text[..words].join(" "));
            let soon = Instant::now() + Duration::from_secs(60);
            let parts = compare(&old, &new, soon);
            assert!(
                parts
                    .iter()
                    .all(|parts| parts.contains(&Part::Own("0")) || words < 5_000)
            );
        }
    }

    #[test]
    fn what_differs_is_told_from_what_does_not() {
        #[track_caller]
        fn check(old: &str, new: &str, expected: [&str; 2]) {
            let soon = Instant::now() + Duration::from_secs(60);
            let shown = compare(old, new, soon).map(|parts| {
                let part = |part: &Part<'_>| match part {
                    Part::Same(word) => (*word).to_owned(),
                    Part::Own(word) => format!("[{word}]"),
                    Part::Elided => "…".to_owned(),
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
