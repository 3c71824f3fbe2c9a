//! Compares JSON texts as values.

use alloc::borrow::Cow;
use alloc::collections::BTreeMap;

use crate::json::scanner::{is_number, items, members, string};

/// Whether two JSON texts are the same value: numbers may be written differently, strings may have other escapes, and
/// objects another order. The last of duplicate members counts.
///
/// Recurses as deep as both values nest.
pub(crate) fn is_same(one: &str, other: &str) -> bool {
    if one == other {
        return true;
    }
    if is_number(one) && is_number(other) {
        return is_same_number(one, other);
    }
    if let (Some(one), Some(other)) = (string(one), string(other)) {
        return one == other;
    }
    if let (Some(one), Some(other)) = (items(one), items(other)) {
        let mut pairs = one.iter().zip(&other);
        return one.len() == other.len() && pairs.all(|(one, other)| is_same(one, other));
    }
    if let (Some(one), Some(other)) = (last_members(one), last_members(other)) {
        let has = |(name, one): (&Cow<'_, str>, &&str)| {
            let other = other.get(name);
            other.is_some_and(|other| is_same(one, other))
        };
        return one.len() == other.len() && one.iter().all(has);
    }
    false
}

/// Whether two numbers are equal. Integers of up to 128 bits are compared exactly, others as numbers of 64 bits.
fn is_same_number(one: &str, other: &str) -> bool {
    if let (Ok(one), Ok(other)) = (one.parse::<i128>(), other.parse::<i128>()) {
        return one == other;
    }
    let float = |json: &str| json.parse::<f64>().ok();
    // Zero has two signs, which `==` does not distinguish.
    float(one).is_some_and(|one| float(other) == Some(one))
}

/// The members of an object by name; `None` if the text is not an object, or a name is not a text.
fn last_members(json: &str) -> Option<BTreeMap<Cow<'_, str>, &str>> {
    let members = members(json)?.into_iter();
    members
        .map(|(name, value)| Some((name.text()?, value)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::is_same;

    #[test]
    fn equal_values_are_the_same() {
        let same: &[&[&str]] = &[
            &["0", "-0", "0.0", "-0.0", "0e5", "0E-3"],
            &["1", "1.0", "1e0", "10e-1", "0.1E+1"],
            &["-1.5", "-15e-1", "-1.50"],
            &["9007199254740992"],
            &["9007199254740993"],
            &["0.1", "0.1000000000000000055511151231257827"],
            &[r#""A""#, r#""\u0041""#],
            &[r#""0""#],
            &["[]", "[ ]"],
            &["[0, 1]", "[-0,1e0]"],
            &[
                r#"{"a":0,"b":["x"]}"#,
                r#"{ "b" : [ "\u0078" ], "a" : 9, "\u0061": -0.0 }"#,
            ],
            &["{}"],
            &["[1]"],
            &["[[1]]"],
            &[r#"{"a":null}"#],
            &["null"],
            &["true"],
            &["false"],
        ];
        for (index, ones) in same.iter().enumerate() {
            for (other_index, others) in same.iter().enumerate() {
                for one in *ones {
                    for other in *others {
                        let expected = index == other_index;
                        assert_eq!(is_same(one, other), expected, "{one} {other}");
                    }
                }
            }
        }
    }
}
