//! JSON pointers (RFC 6901): gets and sets one value of a JSON text, and removes members of an object.
//!
//! The other values keep their bytes; white space between members is lost.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use crate::json::scanner::{Quoted, items, members};
use crate::json::write::push_text;

/// A token of a pointer, escaped.
pub(crate) fn escape(token: &str) -> String {
    token.replace('~', "~0").replace('/', "~1")
}

/// The tokens of a pointer, unescaped. A text that does not start with `/` is the name of a member.
pub(crate) fn tokens(pointer: &str) -> impl Iterator<Item = Cow<'_, str>> {
    let name = (!pointer.is_empty() && !pointer.starts_with('/')).then_some(Cow::Borrowed(pointer));
    let tokens = pointer.split('/').skip(1).map(|token| {
        if token.contains('~') {
            Cow::Owned(token.replace("~1", "/").replace("~0", "~"))
        } else {
            Cow::Borrowed(token)
        }
    });
    let are_tokens = name.is_none();
    name.into_iter()
        .chain(tokens.take_while(move |_| are_tokens))
}

/// The index that a token stands for (RFC 6901, 4): digits without a leading zero, or `-` for the position
/// after the last item.
fn index(token: &str, length: usize) -> Option<usize> {
    let digits = token.bytes().all(|byte| byte.is_ascii_digit());
    match token {
        "-" => Some(length),
        "0" => Some(0),
        _ if digits && !token.starts_with('0') => token.parse().ok(),
        _ => None,
    }
}

/// The JSON text at a pointer.
pub(crate) fn get<'a>(json: &'a str, pointer: &str) -> Option<&'a str> {
    tokens(pointer).try_fold(json.trim(), |json, token| step(json, &token))
}

/// The JSON text at one token of an object or a list.
pub(crate) fn step<'a>(json: &'a str, token: &str) -> Option<&'a str> {
    if json.starts_with('[') {
        let items = items(json)?;
        return items.get(index(token, items.len())?).copied();
    }
    // The last of duplicate members counts.
    let members = members(json)?;
    let found = members.iter().rev().find(|(name, _)| name.is(token));
    found.map(|(_, value)| *value)
}

/// An object without the members for whose names `is_dropped` holds; `None` if the text is not an object.
pub(crate) fn without(json: &str, is_dropped: &dyn Fn(Quoted<'_>) -> bool) -> Option<String> {
    let mut out = String::with_capacity(json.len());
    for (name, value) in members(json)? {
        if !is_dropped(name) {
            out.push(if out.is_empty() { '{' } else { ',' });
            out.push_str(&name.json());
            out.push(':');
            out.push_str(value);
        }
    }
    if out.is_empty() {
        out.push('{');
    }
    out.push('}');
    Some(out)
}

/// An object with the members of two objects, which are written without white space around them.
pub(crate) fn joined(one: &str, other: &str) -> String {
    match (one, other) {
        ("{}", all) | (all, "{}") => all.into(),
        _ => [&one[..one.len() - 1], &other[1..]].join(","),
    }
}

/// The text with this value at a path. Adds missing objects of the path, and the first item of a missing
/// or empty list; replaces values of the path that are neither objects nor lists.
pub(crate) fn set(json: &str, tokens: &[Cow<'_, str>], value: &str) -> String {
    let Some((token, rest)) = tokens.split_first() else {
        return value.into();
    };
    let mut out = String::with_capacity(json.len() + value.len() + token.len() + 8);
    let list = match items(json) {
        None if json.is_empty() && token == "0" => Some(Vec::new()),
        list => list,
    };
    if let Some(items) = list {
        // A list has no gaps, so at most one item is added; a token that is not an index changes nothing.
        let Some(index) = index(token, items.len()) else {
            return json.into();
        };
        let index = index.min(items.len());
        out.push('[');
        for at in 0..items.len().max(index + 1) {
            if at > 0 {
                out.push(',');
            }
            let item = items.get(at).copied().unwrap_or_default();
            if at == index {
                out.push_str(&set(item, rest, value));
            } else {
                out.push_str(item);
            }
        }
        out.push(']');
        return out;
    }
    let members = members(json).unwrap_or_default();
    // The last of duplicate members counts.
    let place = members.iter().rposition(|(name, _)| name.is(token));
    out.push('{');
    for (index, (name, old)) in members.iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        out.push_str(&name.json());
        out.push(':');
        if Some(index) == place {
            out.push_str(&set(old, rest, value));
        } else {
            out.push_str(old);
        }
    }
    if place.is_none() {
        if !members.is_empty() {
            out.push(',');
        }
        push_text(&mut out, token);
        out.push(':');
        out.push_str(&set("", rest, value));
    }
    out.push('}');
    out
}

#[cfg(test)]
mod tests {
    extern crate std;
    use std::vec::Vec;

    use super::{get, set, tokens};

    #[test]
    fn set_changes_one_member() {
        #[track_caller]
        fn check(json: &str, pointer: &str, expected: &str) {
            let tokens: Vec<_> = tokens(pointer).collect();
            let out = set(json, &tokens, "1");
            assert_eq!(out, expected);
            assert_eq!(get(&out, pointer), Some("1"));
        }
        check("{}", "/a", r#"{"a":1}"#);
        check("{}", "/a/b", r#"{"a":{"b":1}}"#);
        check(
            r#"{"a":{"c":2.50},"d":[]}"#,
            "/a/b",
            r#"{"a":{"c":2.50,"b":1},"d":[]}"#,
        );
        check(r#"{"a":0,"a":2}"#, "/a", r#"{"a":0,"a":1}"#);
        check(r#"{"a":"x"}"#, "/a/b", r#"{"a":{"b":1}}"#);
        check(r#"{"a":[]}"#, "/a/0", r#"{"a":[1]}"#);
        check(r#"{"a":[{"b":2},3]}"#, "/a/0/b", r#"{"a":[{"b":1},3]}"#);
        check("{}", "/a~1~0b", r#"{"a/~b":1}"#);
        check(r#"{"\ud800":1,"a":2}"#, "/a", r#"{"\ud800":1,"a":1}"#);
        check("{}", "/a/0/b", r#"{"a":[{"b":1}]}"#);
        check("{}", "a", r#"{"a":1}"#);
        check(r#"{"a":[2]}"#, "/a/1", r#"{"a":[2,1]}"#);
        assert_eq!(set("[2]", &["-".into()], "1"), "[2,1]");
        assert_eq!(set("[2]", &["x".into()], "1"), "[2]");
        assert_eq!(set("[2]", &["00".into()], "1"), "[2]");
        check("{}", "", "1");
        assert_eq!(get(r#"[1,[2]]"#, "/1/0"), Some("2"));
        assert_eq!(get(r#"[1,[2]]"#, "/01"), None);
        assert_eq!(get("no json", "/a"), None);
    }
}
