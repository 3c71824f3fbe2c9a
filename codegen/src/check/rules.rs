//! The table of field validation rules: `[[rule]]`.

use crate::check::Context;
use crate::check::fields::Fields;
use crate::finding::Finding;
use crate::format;
use crate::model::{self, Error};
use crate::rule::Rule;

pub(super) fn read(context: &Context<'_>, root: &Fields<'_>, errors: &[Error]) -> Vec<model::Rule> {
    let findings = context.findings;
    let rule = |table| {
        let fields = Fields::new(findings, table, &format::RULE);
        let error =
            fields.text_at("error").and_then(|key| {
                let index = errors.iter().position(|error| error.key == key.value);
                if index.is_none() {
                    let near = findings
                        .did_you_mean(&key.value, errors.iter().map(|error| error.key.as_str()));
                    let finding = Finding::error(
                        Rule::UnknownError,
                        format!("there is no error `{}`", key.value),
                    )
                    .at(findings.place(&key.span), "unknown key");
                    findings.push(finding.help(near.unwrap_or_else(|| {
                        "write the key of an error, as in [error.KEY]".to_owned()
                    })));
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
