//! Finds the candidates that a misspelt word may mean.

use std::cell::Cell;

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
    SearchBudget(Cell::new(usize::MAX)).near(word, candidates)
}

/// How many candidates the searches of one catalog may still look at and compare, all searches together. A
/// catalog may have as many misspelt words as candidates, and comparing each with each would take the square of that.
pub(super) struct SearchBudget(Cell<usize>);

impl SearchBudget {
    /// Enough to compare thirty words with a thousand candidates of a like length each.
    const MOST: usize = 1 << 20;
    /// What comparing a candidate takes from the budget; looking at its length takes one.
    const COMPARED: usize = 32;

    pub(super) fn new() -> Self {
        Self(Cell::new(Self::MOST))
    }

    /// The candidate nearest to a misspelt word, if one is near enough. None once the budget is spent.
    pub(super) fn nearest<'a>(
        &self,
        word: &str,
        candidates: impl IntoIterator<Item = &'a str>,
    ) -> Option<&'a str> {
        self.near(word, candidates).into_iter().next()
    }

    fn near<'a>(&self, word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
        if word.len() > LONGEST {
            return Vec::new();
        }
        let folded = word.to_lowercase();
        let near_enough =
            |distance: usize, candidate: &str| distance * 3 <= candidate.len().max(word.len());
        let distance = |candidate: &str| strsim::osa_distance(&folded, &candidate.to_lowercase());
        let of_like_length = candidates
            .into_iter()
            .take_while(|_| self.spend(1))
            .filter(|candidate| near_enough(candidate.len().abs_diff(word.len()), candidate));
        let measured = of_like_length
            .take_while(|_| self.spend(Self::COMPARED))
            .map(|candidate| (distance(candidate), candidate));
        let mut near: Vec<(usize, &str)> = measured
            .filter(|(distance, candidate)| near_enough(*distance, candidate))
            .collect();
        near.sort_by_key(|(distance, _)| *distance);
        near.into_iter().map(|(_, candidate)| candidate).collect()
    }

    /// Whether so much of the budget was left.
    fn spend(&self, work: usize) -> bool {
        let left = self.0.get().checked_sub(work);
        self.0.set(left.unwrap_or_default());
        left.is_some()
    }
}

/// Names in backticks, with commas: the first 32 of them.
pub(super) fn list<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    const MOST: usize = 32;
    let mut names = names.into_iter();
    let first = names.by_ref().take(MOST);
    let first: Vec<String> = first.map(|name| format!("`{name}`")).collect();
    let first = first.join(", ");
    // To count the others would take as long for each finding as there are names.
    match names.next() {
        None => first,
        Some(_) => format!("{first} and more"),
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::{SearchBudget, list, near};

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
                SearchBudget::new().nearest(word, candidates.iter().copied()),
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

    #[test]
    fn searches_of_one_catalog_share_a_budget() {
        let budget = SearchBudget::new();
        let candidates: Vec<String> = (0..10_000).map(|index| format!("Type{index:05}")).collect();
        let candidates = || candidates.iter().map(String::as_str);
        assert_eq!(budget.nearest("Tipe00000", candidates()), Some("Type00000"));
        let looked_at = (0..10_000).flat_map(|_| {
            let looked_at = Cell::new(0_usize);
            let counted = candidates().inspect(|_| looked_at.set(looked_at.get() + 1));
            budget.nearest("Tipe00000", counted);
            [looked_at.get()]
        });
        // Each search takes one candidate to see that nothing is left.
        assert!(looked_at.sum::<usize>() <= SearchBudget::MOST / SearchBudget::COMPARED + 10_000);
        assert_eq!(budget.nearest("Tipe00000", candidates()), None);
    }

    #[test]
    fn long_lists_are_cut() {
        let names: Vec<String> = (0..10_000).map(|index| format!("T{index}")).collect();
        let listed = list(names.iter().map(String::as_str));
        assert!(listed.starts_with("`T0`, `T1`"), "{listed}");
        assert!(listed.ends_with("`T31` and more"), "{listed}");
        assert_eq!(list(["a", "b"]), "`a`, `b`");
    }
}
