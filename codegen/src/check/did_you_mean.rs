//! Finds the candidates that a misspelt word may mean.

/// No word that somebody mistyped is longer.
const LONGEST: usize = 64;

/// The candidates that a misspelt word may mean, the nearest first: those that are near enough by
/// rustc's measure, a third of the longer word's length. Case does not count.
///
/// Words of more than 64 bytes are near to nothing.
///
/// ```
/// let near = errbook_codegen::__private::near("QUEUE_FUL", ["QUEUE_FULL", "NOT_FOUND"]);
/// assert_eq!(near, ["QUEUE_FULL"]);
/// ```
pub fn near<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    near_of_first(usize::MAX, word, candidates)
}

/// The candidate nearest to a misspelt word, where one is near enough.
pub(super) fn nearest<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    /// A catalog may have as many misspelt words as candidates, so that all of both would take long.
    const MOST: usize = 4096;
    near_of_first(MOST, word, candidates).into_iter().next()
}

/// Of the candidates of a like length, the first so many are compared.
fn near_of_first<'a>(
    most: usize,
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Vec<&'a str> {
    if word.len() > LONGEST {
        return Vec::new();
    }
    let folded = word.to_lowercase();
    let near_enough =
        |distance: usize, candidate: &str| distance * 3 <= candidate.len().max(word.len());
    let distance = |candidate: &str| strsim::osa_distance(&folded, &candidate.to_lowercase());
    let of_like_length = candidates
        .into_iter()
        .filter(|candidate| near_enough(candidate.len().abs_diff(word.len()), candidate));
    let measured = of_like_length
        .take(most)
        .map(|candidate| (distance(candidate), candidate));
    let mut near: Vec<(usize, &str)> = measured
        .filter(|(distance, candidate)| near_enough(*distance, candidate))
        .collect();
    near.sort_by_key(|(distance, _)| *distance);
    near.into_iter().map(|(_, candidate)| candidate).collect()
}

/// Names in backticks, with commas.
pub(super) fn list(names: &[&str]) -> String {
    names
        .iter()
        .map(|name| format!("`{name}`"))
        .collect::<Vec<_>>()
        .join(", ")
}

#[cfg(test)]
mod tests {
    use super::{near, nearest};

    #[test]
    fn what_is_nearer_comes_first() {
        let candidates = [
            "ORDERS_LOST",
            "ORDER_LOST",
            "PLAN",
            "order_last",
            "ORDER_LOST",
        ];
        let expected = ["ORDER_LOST", "ORDER_LOST", "ORDERS_LOST", "order_last"];
        assert_eq!(near("ORDER_LOST", candidates), expected);
    }

    #[test]
    fn what_is_near_enough_is_offered() {
        #[track_caller]
        fn check(word: &str, candidates: &[&str], expected: Option<&str>) {
            assert_eq!(
                nearest(word, candidates.iter().copied()),
                expected,
                "{word}"
            );
        }
        check("statsu", &["title", "status", "statuses"], Some("status"));
        check("STATUS", &["status"], Some("status"));
        check("abc", &["xyz"], None);
        check("ab", &["a"], None);
        check("abc", &["ab"], Some("ab"));
        check("a", &["bcd"], None);
        let long = "a".repeat(64);
        check(&long, &[&long[1..]], Some(&long[1..]));
        let longer = "a".repeat(65);
        check(&longer, &[&longer[1..]], None);
    }
}
