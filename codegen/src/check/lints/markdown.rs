//! Lints of texts in Markdown.

use std::ops::Range;

use crate::check::context::Context;
use crate::check::lints::reporter::LintReporter;
use crate::check::reasons::AllowedLints;
use crate::check::table_reader::Spanned;
use crate::findings::Lint;
use crate::util::markdown::{first_raw_html, trim};

/// Lints the Markdown of what is no error, so that no entry can allow what it finds.
pub(in crate::check) struct MarkdownLinter<'a> {
    context: &'a Context<'a>,
}

impl<'a> MarkdownLinter<'a> {
    pub(in crate::check) fn new(context: &'a Context<'a>) -> Self {
        Self { context }
    }

    pub(in crate::check) fn lint(&self, key: &str, text: &Spanned<String>) {
        let allowed = AllowedLints::default();
        let lints = LintReporter::new(self.context, &allowed);
        lints.markdown(self.context.text, key, text);
    }
}

impl LintReporter<'_> {
    /// Reports the first raw HTML in a text.
    pub(super) fn markdown(&self, source: &str, key: &str, text: &Spanned<String>) {
        let markdown = trim(&text.value);
        let Some(at) = first_raw_html(markdown) else {
            return;
        };
        let count = markdown[..at].matches('<').count();
        let quoted = &source[text.span.clone()];
        let span = less_than_sign(quoted, count).map(|sign| {
            let start = text.span.start;
            start + sign.start..start + sign.end
        });
        let title = format!("`{key}` holds raw HTML, which is shown as text");
        let label = "HTML begins here";
        let help = "write it as code, in backticks, or say the same in Markdown; a plain `<` is `\\<`, and `\\\\<` between double quotes";
        let span = span.as_ref().unwrap_or(&text.span);
        self.report(Lint::RawHtml, span, title, label, help);
    }
}

/// Where a TOML string has the `<` before which there are `count` others, each as itself or as an escape.
fn less_than_sign(quoted: &str, count: usize) -> Option<Range<usize>> {
    let has_escapes = quoted.starts_with('"');
    let mut signs = quoted.match_indices(['<', '\\']);
    let mut escaped_to = 0;
    let signs = std::iter::from_fn(|| {
        signs.by_ref().find_map(|(at, sign)| {
            if sign == "<" {
                return Some(at..at + 1);
            }
            if !has_escapes || at < escaped_to {
                return None;
            }
            // What is escaped may be a `\`, which escapes nothing.
            escaped_to = at + 2;
            let escape = ["x3C", "u003C", "U0000003C"].into_iter().find(|escape| {
                let found = quoted[at + 1..].get(..escape.len());
                found.is_some_and(|found| {
                    found.eq_ignore_ascii_case(escape) && found.starts_with(&escape[..1])
                })
            })?;
            Some(at..at + 1 + escape.len())
        })
    });
    let mut signs = signs.skip(count);
    signs.next()
}

#[cfg(test)]
mod tests {
    use super::less_than_sign;

    #[test]
    fn signs_are_counted_as_toml_reads_them() {
        let of =
            |quoted: &str, count| less_than_sign(quoted, count).map(|sign| quoted[sign].to_owned());
        assert_eq!(less_than_sign("\"<a<\"", 1), Some(3..4));
        assert_eq!(of(r#""\u003c<""#, 0).as_deref(), Some(r"\u003c"));
        assert_eq!(less_than_sign(r#""\u003c<""#, 1), Some(7..8));
        assert_eq!(of(r#""\x3C""#, 0).as_deref(), Some(r"\x3C"));
        assert_eq!(of(r#""\U0000003C""#, 0).as_deref(), Some(r"\U0000003C"));
        assert_eq!(less_than_sign(r#""\\u003C<""#, 0), Some(8..9));
        assert_eq!(less_than_sign(r"'\u003C<'", 0), Some(7..8));
        assert_eq!(less_than_sign("\"a\"", 0), None);
    }
}
