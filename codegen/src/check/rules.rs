//! The table of field validation rules: `[[rule]]`.

use crate::check::fields::Fields;
use crate::check::{Context, suggest};
use crate::finding::Finding;
use crate::format;
use crate::model::{Error, Rule};

pub(super) fn read(context: &Context<'_>, root: &Fields<'_>, errors: &[Error]) -> Vec<Rule> {
    let findings = context.findings;
    let rule = |table| {
        let fields = Fields::new(findings, table, &format::RULE);
        let error = fields.text_at("error").and_then(|key| {
            let index = errors.iter().position(|error| error.key == key.value);
            if index.is_none() {
                let near = suggest::did_you_mean(
                    &key.value,
                    errors.iter().map(|error| error.key.as_str()),
                );
                let finding = Finding::error(format!("there is no error `{}`", key.value))
                    .at(findings.place(&key.span), "unknown key");
                findings.push(finding.maybe_help(near));
            }
            index
        });
        let (field, rule) = (fields.required("field"), fields.required("rule"));
        Some(Rule {
            error,
            field: field?.value,
            rule: rule?.value,
            message: fields.text("message"),
        })
    };
    root.tables("rule").into_iter().filter_map(rule).collect()
}
