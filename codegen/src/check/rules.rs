//! The table of field validation rules: `[[rule]]`.

use std::collections::HashMap;

use crate::check::Context;
use crate::check::fields::{At, Fields};
use crate::check::findings::Findings;
use crate::format;
use crate::model::{self, Error};
use crate::rule::Rule;

/// The key of an error that does not exist.
pub(super) fn unknown_error(findings: &Findings, key: &At<String>, errors: &[Error]) {
    let keys = errors.iter().map(|error| error.key.as_str());
    let near = findings.did_you_mean(&key.value, keys);
    let help = near.unwrap_or_else(|| "write the key of an error, as in [error.KEY]".to_owned());
    let title = format!("there is no error `{}`", key.value);
    findings.report(Rule::UnknownError, &key.span, title, "unknown key", &help);
}

pub(super) fn read(context: &Context<'_>, root: &Fields<'_>, errors: &[Error]) -> Vec<model::Rule> {
    let findings = context.findings;
    let by_key: HashMap<&str, usize> = errors
        .iter()
        .enumerate()
        .map(|(index, error)| (error.key.as_str(), index))
        .collect();
    let rule = |table| {
        let fields = Fields::new(findings, table, &format::RULE);
        let error = fields.text_at("error").and_then(|key| {
            let index = by_key.get(key.value.as_str()).copied();
            if index.is_none() {
                unknown_error(findings, &key, errors);
            }
            index
        });
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
