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
        let fields = TableReader::new(findings, table, &keys::RULE_TABLE);
        let error = fields
            .text_at(&keys::rule::ERROR)
            .and_then(|key| keys.find(&key));
        let (field, rule) = (
            fields.required(&keys::rule::FIELD),
            fields.required(&keys::rule::RULE),
        );
        Some(model::Rule {
            error,
            field: field?.value,
            rule: rule?.value,
            message: fields.text(&keys::rule::MESSAGE),
        })
    };
    root.tables(&keys::root::RULE)
        .into_iter()
        .filter_map(rule)
        .collect()
}
