//! Changes one member of a JSON text and leaves everything else as it is written.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use serde_json::value::RawValue;

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
            let items: Vec<&RawValue> = serde_json::from_str(json).ok()?;
            let canonical = token == "0" || !token.starts_with(['0', '+']);
            items
                .get(index)
                .filter(|_| canonical)
                .map(|item| item.get())
        } else {
            // Of a member that comes twice, the last.
            let members = members(json)?;
            let found = members.iter().rev().find(|(name, _)| *name == token);
            found.map(|(_, value)| value.get())
        }
    })
}

/// The members of an object, in order; `None` where the text is no object.
pub(crate) fn members(json: &str) -> Option<Vec<(Cow<'_, str>, &RawValue)>> {
    struct Members;

    impl<'a> serde::de::Visitor<'a> for Members {
        type Value = Vec<(Cow<'a, str>, &'a RawValue)>;

        fn expecting(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
            f.write_str("an object")
        }

        fn visit_map<A: serde::de::MapAccess<'a>>(
            self,
            mut map: A,
        ) -> Result<Self::Value, A::Error> {
            let mut members = Vec::new();
            while let Some(name) = map.next_key::<Cow<'a, str>>()? {
                members.push((name, map.next_value()?));
            }
            Ok(members)
        }
    }

    let mut deserializer = serde_json::Deserializer::from_str(json);
    serde::Deserializer::deserialize_map(&mut deserializer, Members).ok()
}

/// The text with this value at a pointer. Objects on the way are made where they are missing, the
/// first item of a list where the list is missing or empty; what is neither object nor list gives way.
pub(crate) fn set(json: &str, tokens: &[Cow<'_, str>], value: &str) -> String {
    let Some((token, rest)) = tokens.split_first() else {
        return value.into();
    };
    let mut out = String::with_capacity(json.len() + value.len() + token.len() + 8);
    let list = serde_json::from_str::<Vec<&RawValue>>(json).ok();
    if let (Some(items), Ok(index)) = (list, token.parse::<usize>()) {
        // At most one item is new: a list has no gaps.
        let index = index.min(items.len());
        out.push('[');
        for at in 0..items.len().max(index + 1) {
            if at > 0 {
                out.push(',');
            }
            let item = items.get(at).map_or("", |item| item.get());
            if at == index {
                out.push_str(&set(item, rest, value));
            } else {
                out.push_str(item);
            }
        }
        out.push(']');
        return out;
    }
    let members = match members(json) {
        Some(members) => members,
        // With a name that no text can be; it is not ours to lose.
        None if json.starts_with('{') => return json.into(),
        None => Vec::new(),
    };
    // Of a member that comes twice, the last counts.
    let place = members.iter().rposition(|(name, _)| name == token);
    out.push('{');
    for (index, (name, old)) in members.iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        push_text(&mut out, name);
        out.push(':');
        if Some(index) == place {
            out.push_str(&set(old.get(), rest, value));
        } else {
            out.push_str(old.get());
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
        check("{}", "", "1");
        assert_eq!(get(r#"[1,[2]]"#, "/1/0"), Some("2"));
        assert_eq!(get(r#"[1,[2]]"#, "/01"), None);
        assert_eq!(get("no json", "/a"), None);
    }
}
