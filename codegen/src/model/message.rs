//! Message templates.

use std::fmt;

use errbook::__private::{TemplatePart, parts, placeholders};

/// The template of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Template {
    /// The text as in the catalog: `{name}` is a placeholder, `{{` and `}}` are braces.
    pub text: String,
}

/// Writes the template for readers: with `{name}` for a placeholder and single braces.
impl fmt::Display for Template {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        parts(&self.text).try_for_each(|part| match part {
            TemplatePart::Text(text) => f.write_str(text),
            TemplatePart::Placeholder(name) => write!(f, "{{{name}}}"),
        })
    }
}

impl Template {
    /// The names of the placeholders, in order.
    pub fn placeholders(&self) -> impl Iterator<Item = &str> {
        placeholders(&self.text)
    }

    /// Whether the template has a placeholder. A template without one matches a single text.
    pub fn has_placeholder(&self) -> bool {
        self.placeholders().next().is_some()
    }

    /// The template without the names of its placeholders. Two templates of one shape match the same texts.
    pub(crate) fn shape(&self) -> String {
        let parts = parts(&self.text).map(|part| match part {
            TemplatePart::Text(text) => text,
            TemplatePart::Placeholder(_) => "\0",
        });
        parts.collect()
    }
}
