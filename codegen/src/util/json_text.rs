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
pub(crate) fn push_indented(out: &mut String, json: &str, depth: usize) {
    let mut depth = depth;
    let line = |out: &mut String, depth: usize| {
        out.push('\n');
        out.extend(std::iter::repeat_n("  ", depth));
    };
    let mut rest = json;
    while let Some(at) = rest.bytes().position(|byte| b"{[}],:\"".contains(&byte)) {
        let (before, sign) = (&rest[..at], &rest[at..=at]);
        out.push_str(before);
        rest = &rest[at + 1..];
        match sign {
            "{" | "[" => {
                out.push_str(sign);
                if rest.starts_with(['}', ']']) {
                    out.push_str(&rest[..1]);
                    rest = &rest[1..];
                } else {
                    depth += 1;
                    line(out, depth);
                }
            }
            "}" | "]" => {
                depth = depth.saturating_sub(1);
                line(out, depth);
                out.push_str(sign);
            }
            "," => {
                out.push_str(sign);
                line(out, depth);
            }
            ":" => out.push_str(": "),
            _ => {
                let end = string_end(rest);
                out.push_str(sign);
                out.push_str(&rest[..end]);
                rest = &rest[end..];
            }
        }
    }
    out.push_str(rest);
}

/// Where a JSON string ends, its last quote included; the text begins behind its first.
fn string_end(text: &str) -> usize {
    let mut at = 0;
    while let Some(found) = text[at..].bytes().position(|byte| b"\"\\".contains(&byte)) {
        at += found + 1;
        if text[..at].ends_with('"') {
            return at;
        }
        at += text[at..].chars().next().map_or(0, char::len_utf8);
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
