//! Messages: templates with values in braces.

use crate::model::{Part, Template};

/// Reads a template: `{name}` is a value, `{{` and `}}` are braces.
///
/// # Errors
///
/// What is wrong, and what to do about it.
pub(super) fn parse(text: &str) -> Result<Template, (String, String)> {
    let mut parts: Vec<Part> = Vec::new();
    let mut plain = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        plain.push_str(&rest[..at]);
        let brace = &rest[at..=at];
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix(brace) {
            plain.push_str(brace);
            rest = after;
        } else if brace == "}" {
            return Err((
                "a `}` without its `{`".to_owned(),
                "for a brace in the text write `}}`".to_owned(),
            ));
        } else {
            let end = rest.find('}').ok_or_else(|| {
                (
                    "a `{` without its `}`".to_owned(),
                    "for a brace in the text write `{{`".to_owned(),
                )
            })?;
            let name = &rest[..end];
            if name.is_empty() || name.contains(|c: char| c == '{' || c.is_whitespace()) {
                let help =
                    "a value is written `{name}`; for braces in the text write `{{` and `}}`";
                return Err((format!("`{{{name}}}` names no value"), help.to_owned()));
            }
            if !plain.is_empty() {
                parts.push(Part::Text(std::mem::take(&mut plain)));
            } else if matches!(parts.last(), Some(Part::Value(_))) {
                let help = "put a text between them, or make them one value";
                return Err((
                    "two values side by side cannot be told apart".to_owned(),
                    help.to_owned(),
                ));
            }
            parts.push(Part::Value(name.to_owned()));
            rest = &rest[end + 1..];
        }
    }
    plain.push_str(rest);
    if !plain.is_empty() {
        parts.push(Part::Text(plain));
    }
    if let [Part::Value(_)] = parts.as_slice() {
        let help = "a text that varies as a whole stands in `example` only";
        return Err((
            "a message that is nothing but a value matches every text".to_owned(),
            help.to_owned(),
        ));
    }
    Ok(Template {
        text: text.to_owned(),
        parts,
    })
}

impl Template {
    /// The names of its values, in order.
    pub(crate) fn values(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().filter_map(|part| match part {
            Part::Value(name) => Some(name.as_str()),
            Part::Text(_) => None,
        })
    }
}
