//! Numbers and statuses in a sentence.

/// `1 error`, `2 errors`.
pub(super) fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// `200`, `200 or 202`, `200, 202 or 204`.
pub(super) fn either(statuses: &[u16]) -> String {
    match statuses {
        [] => String::new(),
        [one] => one.to_string(),
        [first @ .., last] => {
            let first: Vec<String> = first.iter().map(u16::to_string).collect();
            format!("{} or {last}", first.join(", "))
        }
    }
}
