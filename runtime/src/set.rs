//! Changes one member of a JSON text and leaves everything else as it is written, but for white space
//! between members.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use crate::scan::{Quoted, items, members};
use crate::write::push_text;

/// The tokens of a JSON pointer (RFC 6901), unescaped. What does not begin with a `/` is no pointer: it
/// is taken for the name of a member.
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

/// The index that a token is (RFC 6901, 4): digits without a leading zero, or `-` behind the last.
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

/// The JSON text at a token, in an object or a list.
pub(crate) fn step<'a>(json: &'a str, token: &str) -> Option<&'a str> {
    if json.starts_with('[') {
        let items = items(json)?;
        return items.get(index(token, items.len())?).copied();
    }
    // Of a member that comes twice, the last.
    let members = members(json)?;
    let found = members.iter().rev().find(|(name, _)| name.is(token));
    found.map(|(_, value)| *value)
}

/// The text without the member at a path.
pub(crate) fn remove(json: &str, path: &[Cow<'_, str>]) -> String {
    let Some((token, rest)) = path.split_first() else {
        return json.into();
    };
    if !rest.is_empty() {
        return match step(json, token) {
            Some(inner) => set(json, core::slice::from_ref(token), &remove(inner, rest)),
            None => json.into(),
        };
    }
    without(json, &|name| name.is(token)).unwrap_or_else(|| json.into())
}

/// An object without the members whose names are dropped; `None` where the text is no object.
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

/// The text with this value at a pointer. Objects on the way are made where they are missing, the
/// first item of a list where the list is missing or empty; what is neither object nor list gives way.
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
        // At most one item is new: a list has no gaps. And it has nothing but items.
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
    // Of a member that comes twice, the last counts.
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
    fn one_member_changes_and_the_rest_stays() {
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
