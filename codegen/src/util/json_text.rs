//! JSON as text: strings, and documents on several lines.

/// A text as a JSON string. It is a string of TOML, too, unless it contains U+007F, which no text of a
/// catalog does.
pub(crate) fn json_string(text: &str) -> String {
    serde_json::to_string(text).expect("every text has a JSON form")
}

/// JSON text on lines, its members and items indented by two spaces. Nothing else of it changes: neither
/// how a number is written nor the order of members.
///
/// ```
/// let lines = errbook_codegen::__private::indented(r#"{"left":3.0,"tags":[]}"#);
/// assert_eq!(lines, "{\n  \"left\": 3.0,\n  \"tags\": []\n}");
/// ```
pub fn indented(json: &str) -> String {
    let mut out = String::with_capacity(2 * json.len());
    push_indented(&mut out, json, 0);
    out
}

/// As [`indented`], as the value of a member that stands so deep.
pub(crate) fn push_indented(out: &mut String, json: &str, mut depth: usize) {
    let line = |out: &mut String, depth: usize| {
        out.push('\n');
        out.extend(std::iter::repeat_n("  ", depth));
    };
    let mut rest = json;
    while let Some(at) = rest.bytes().position(|byte| b"{[}],:\"".contains(&byte)) {
        let (before, from) = rest.split_at(at);
        let length = match from.as_bytes() {
            [b'{', b'}', ..] | [b'[', b']', ..] => 2,
            [b'"', ..] => string_length(from),
            _ => 1,
        };
        let (token, behind) = from.split_at(length);
        rest = behind;
        out.push_str(before);
        if matches!(token, "}" | "]") {
            depth = depth.saturating_sub(1);
            line(out, depth);
        }
        out.push_str(token);
        match token {
            "{" | "[" => {
                depth += 1;
                line(out, depth);
            }
            "," => line(out, depth),
            ":" => out.push(' '),
            _ => {}
        }
    }
    out.push_str(rest);
}

/// The length of the JSON string that a text starts with, with both quotes.
fn string_length(text: &str) -> usize {
    let mut end = 1;
    while let Some(quote) = text[end..].find('"') {
        end += quote + 1;
        let before = &text[1..end - 1];
        // An even number of backslashes before a quote are escapes of one another.
        if (before.len() - before.trim_end_matches('\\').len()).is_multiple_of(2) {
            return end;
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::indented;

    #[test]
    fn lines_change_nothing_but_space() {
        let json = r#"{"a":"{,:\"[]\\","b":[],"c":[{},{"d":[1,2]}]}"#;
        let lines = "{\n  \"a\": \"{,:\\\"[]\\\\\",\n  \"b\": [],\n  \"c\": [\n    {},\n    {\n      \"d\": [\n        1,\n        2\n      ]\n    }\n  ]\n}";
        assert_eq!(indented(json), lines);
    }
}
