//! Changes one member of a JSON text and leaves everything else as it is written.

use alloc::borrow::Cow;
use alloc::string::String;

use crate::scan::{items, members};
use crate::write::push_text;

/// The tokens of a JSON pointer (RFC 6901), unescaped.
pub(crate) fn tokens(pointer: &str) -> impl Iterator<Item = Cow<'_, str>> {
    pointer.split('/').skip(1).map(|token| {
        if token.contains('~') {
            Cow::Owned(token.replace("~1", "/").replace("~0", "~"))
        } else {
            Cow::Borrowed(token)
        }
    })
}

/// The JSON text at a pointer.
pub(crate) fn get<'a>(json: &'a str, pointer: &str) -> Option<&'a str> {
    tokens(pointer).try_fold(json.trim(), |json, token| {
        if json.starts_with('[') {
            // RFC 6901, 4: digits without a leading zero.
            let index: usize = token.parse().ok()?;
            let items = items(json)?;
            let canonical = token == "0" || !token.starts_with(['0', '+']);
            items.get(index).filter(|_| canonical).copied()
        } else {
            // Of a member that comes twice, the last.
            let members = members(json)?;
            let found = members.iter().rev().find(|(name, _)| name.is(&token));
            found.map(|(_, value)| *value)
        }
    })
}

/// The text with this value at a pointer. Objects on the way are made where they are missing, the
/// first item of a list where the list is missing or empty; what is neither object nor list gives way.
pub(crate) fn set(json: &str, tokens: &[Cow<'_, str>], value: &str) -> String {
    let Some((token, rest)) = tokens.split_first() else {
        return value.into();
    };
    let mut out = String::with_capacity(json.len() + value.len() + token.len() + 8);
    if let (Some(items), Ok(index)) = (items(json), token.parse::<usize>()) {
        // At most one item is new: a list has no gaps.
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
        check("{}", "", "1");
        assert_eq!(get(r#"[1,[2]]"#, "/1/0"), Some("2"));
        assert_eq!(get(r#"[1,[2]]"#, "/01"), None);
        assert_eq!(get("no json", "/a"), None);
    }
}
