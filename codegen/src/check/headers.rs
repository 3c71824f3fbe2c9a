//! The header fields of an error.

use std::collections::HashSet;

use crate::check::error_reader::ErrorReader;
use crate::check::table_reader::TableReader;
use crate::findings::RuleId;
use crate::keys;

impl ErrorReader<'_> {
    pub(super) fn headers(&self, fields: &TableReader<'_>) -> Vec<(String, String)> {
        let mut seen = HashSet::new();
        let headers = fields.text_table(&keys::error::HEADERS)
            .into_iter()
            .filter_map(|(name, description)| {
                // RFC 9110, 5.6.2.
                let token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
                if name.value.is_empty() || !name.value.chars().all(token) {
                    let title = format!("`{}` is no name of a header field", name.value);
                    self.findings.report(
                        RuleId::BadHeader,
                        &name.span,
                        title,
                        "letters, digits and hyphens (RFC 9110, 5.6.2)",
                        "the name alone is the key, such as Retry-After; what the field holds is the text",
                    );
                    return None;
                }
                let folded = name.value.to_ascii_lowercase();
                if !seen.insert(folded) {
                    let title = format!("the header field `{}` stands here twice", name.value);
                    self.findings.report(
                        RuleId::Twice,
                        &name.span,
                        title,
                        "names of fields ignore case",
                        "delete one",
                    );
                }
                Some((name.value, description))
            });
        headers.collect()
    }
}
