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

/// Both texts in parts. Of long stretches that are the same, no more is left than shows where they are.
/// After the deadline, what is left to compare is taken for another text.
pub(super) fn compare<'a>(old: &'a str, new: &'a str, deadline: Instant) -> [Vec<Part<'a>>; 2] {
    let [old_words, new_words] = [old, new].map(|text| text.split(' ').collect::<Vec<_>>());
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
