//! Syntax highlighting for lines of JSON and TOML.

use crate::console::{CODE, FAINT, STRONG};

/// Highlights the name of a member in an indented line of JSON.
pub(crate) fn json(line: &str) -> String {
    let content = line.trim_start();
    let indent = &line[..line.len() - content.len()];
    let mut escaped = false;
    let end = content.char_indices().skip(1).find(|(_, c)| {
        let ends = *c == '"' && !escaped;
        escaped = *c == '\\' && !escaped;
        ends
    });
    match end {
        Some((end, _)) if content.starts_with('"') && content[end + 1..].starts_with(':') => {
            let (name, rest) = content.split_at(end + 1);
            format!("{indent}{CODE}{name}{CODE:#}{rest}")
        }
        _ => line.to_owned(),
    }
}

/// Highlights headers, keys and comments in a line of TOML.
pub(crate) fn toml(line: &str) -> String {
    if line.starts_with('[') {
        return format!("{STRONG}{line}{STRONG:#}");
    }
    if line.trim_start().starts_with('#') {
        return format!("{FAINT}{line}{FAINT:#}");
    }
    match line.split_once(" = ") {
        Some((key, value)) if !key.trim_start().contains(' ') => {
            format!("{CODE}{key}{CODE:#} = {value}")
        }
        _ => line.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{json, toml};
    use crate::console::{CODE, FAINT, STRONG};

    #[test]
    fn json_highlights_member_names_only() {
        #[track_caller]
        fn check(text: &str, name: &str, rest: &str) {
            assert_eq!(json(text), format!("{CODE}{name}{CODE:#}{rest}"));
        }
        check(r#""a": "b: c","#, r#""a""#, r#": "b: c","#);
        check(r#""a\": \\": 1"#, r#""a\": \\""#, ": 1");
        for text in ["{", "  ],", r#"  "a: b","#, r#"  "a\": b""#, ""] {
            assert_eq!(json(text), text);
        }
    }

    #[test]
    fn toml_highlights_headers_keys_and_comments() {
        let bold = format!("{STRONG}[error.BUSY]{STRONG:#}");
        assert_eq!(toml("[error.BUSY]"), bold);
        assert_eq!(toml("  # why"), format!("{FAINT}  # why{FAINT:#}"));
        let key = format!("{CODE}status{CODE:#} = 503 # a = b");
        assert_eq!(toml("status = 503 # a = b"), key);
        for text in ["a text, as = it goes on", "]", ""] {
            assert_eq!(toml(text), text);
        }
    }
}
