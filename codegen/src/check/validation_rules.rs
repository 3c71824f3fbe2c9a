//! Rows of the table of field validation rules, `[[rule]]`.

use crate::check::context::Context;
use crate::check::references::ErrorKeys;
use crate::check::table_reader::TableReader;
use crate::keys;
use crate::model::{self, Error};

/// Reads the validation rules of a catalog.
pub(super) fn read(
    context: &Context<'_>,
    root: &TableReader<'_>,
    errors: &[Error],
) -> Vec<model::Rule> {
    let findings = context.findings;
    let keys = ErrorKeys::new(findings, errors);
    let rule = |table| {
        let fields = TableReader::new(findings, table, &keys::RULE);
        let error = fields.text_at("error").and_then(|key| keys.find(&key));
        let (field, rule) = (fields.required("field"), fields.required("rule"));
        Some(model::Rule {
            error,
            field: field?.value,
            rule: rule?.value,
            message: fields.text("message"),
        })
    };
    root.tables("rule").into_iter().filter_map(rule).collect()
}
