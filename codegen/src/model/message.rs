//! Message templates.

use std::fmt;

/// The form of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Template {
    /// As in the catalog: `{name}` is a value, `{{` and `}}` are braces.
    pub text: String,
    /// Its parts, in order.
    pub parts: Vec<TemplatePart>,
}

/// A part of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TemplatePart {
    /// As it stands, with single braces.
    Text(String),
    /// The value of this name.
    Value(String),
}

/// As readers see it: with `{name}` for a value and single braces.
impl fmt::Display for Template {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for part in &self.parts {
            match part {
                TemplatePart::Text(text) => f.write_str(text)?,
                TemplatePart::Value(name) => write!(f, "{{{name}}}")?,
            }
        }
        Ok(())
    }
}

impl Template {
    /// What it says, whatever its values are called: two of one shape match the same texts.
    pub(crate) fn shape(&self) -> String {
        let parts = self.parts.iter().map(|part| match part {
            TemplatePart::Text(text) => text.as_str(),
            TemplatePart::Value(_) => "\0",
        });
        parts.collect()
    }

    /// The names of its values, in order.
    pub(crate) fn values(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().filter_map(|part| match part {
            TemplatePart::Value(name) => Some(name.as_str()),
            TemplatePart::Text(_) => None,
        })
    }
}
