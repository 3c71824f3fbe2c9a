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

/// Whether two numbers are equal. Integers of up to 128 bits are compared exactly, however they are written; others as
/// numbers of 64 bits. Numbers that are too large for these are equal only if they are written alike.
fn is_same_number(one: &str, other: &str) -> bool {
    match (integer(one), integer(other)) {
        (None, None) => {
            let float = |json: &str| json.parse().ok().filter(|float: &f64| float.is_finite());
            float(one).is_some_and(|one| float(other) == Some(one))
        }
        (one, other) => one == other,
    }
}

/// The value of a number that is an integer of up to 128 bits, such as `10`, `10.0` or `1e1`.
fn integer(json: &str) -> Option<i128> {
    let (digits, exponent) = json.split_once(['e', 'E']).unwrap_or((json, "0"));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let fraction = fraction.trim_end_matches('0');
    let digits = || whole.bytes().chain(fraction.bytes());
    let digits = || digits().filter(u8::is_ascii_digit);
    if digits().all(|digit| digit == b'0') {
        return Some(0);
    }
    let exponent: i64 = exponent.parse().ok()?;
    let exponent = exponent.checked_sub_unsigned(fraction.len() as u64)?;
    // A negative exponent is left if the last digits before it are zeros.
    let zeros = exponent.min(0).unsigned_abs();
    let before = (digits().count() as u64).checked_sub(zeros)?;
    let mut value = 0_i128;
    for (at, digit) in (0_u64..).zip(digits()) {
        let digit = i128::from(digit - b'0');
        if at < before {
            value = value.checked_mul(10)?.checked_sub(digit)?;
        } else if digit != 0 {
            return None;
        }
    }
    let power = 10_i128.checked_pow(exponent.max(0).try_into().ok()?)?;
    let negative = value.checked_mul(power)?;
    if whole.starts_with('-') {
        Some(negative)
    } else {
        negative.checked_neg()
    }
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
            &["0", "-0", "0.0", "-0.0", "0e5", "0E-3", "0e400"],
            &["1", "1.0", "1e0", "10e-1", "0.1E+1"],
            &["-1.5", "-15e-1", "-1.50"],
            &[
                "9007199254740992",
                "9007199254740992.0",
                "900719925474099200e-2",
            ],
            &["9007199254740993", "9.007199254740993e15"],
            &["-170141183460469231731687303715884105728"],
            // Too large for 128 bits.
            &["1e300", "10e299"],
            // Too large for 64 bits with an exponent.
            &["1e400"],
            &["2e400"],
            &["1e99999999999999999999"],
            &["100", "1e2", "10.0e1", "1000E-1"],
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
