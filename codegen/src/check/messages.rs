//! Message templates and their placeholders.

use std::borrow::Cow;
use std::collections::HashSet;

use errbook::__private::{ParamKind, TemplateErrorKind, check, matches};

use crate::check::context::Context;
use crate::check::table_reader::{Spanned, TableReader};
use crate::findings::RuleId;
use crate::keys;
use crate::model::{Error, Field, Template, Type};
use crate::toml::TomlValue;

/// The values of a message that no member of the body holds, `params`.
pub(super) fn params(
    context: &Context<'_>,
    fields: &TableReader<'_>,
    details: &[Field],
) -> Vec<Field> {
    let Some(table) = fields.filled(&keys::error::PARAMS) else {
        return Vec::new();
    };
    let findings = context.findings;
    let params = context.types.members(table);
    for param in &params {
        let Some(entry) = table.get(&param.name) else {
            continue;
        };
        if !has_plain_text(&param.ty) && !context.types.is_guess(&param.ty) {
            let title = format!("a value in a message cannot be of type `{}`", param.ty);
            let span = &entry.value.span;
            let label = "has no plain text";
            findings.report(RuleId::NoPlainText, span, title, label, PLAIN);
        }
        if details.iter().any(|member| member.name == param.name) {
            let title = format!("`{}` is a member of the details, too", param.name);
            let help = "a message may use members of the details: leave it out here";
            let span = &entry.key_span;
            let label = "declared twice";
            findings.report(RuleId::ParamInDetails, span, title, label, help);
        }
    }
    params
}

const PLAIN: &str = "a value in a text is of type string, bool, u32, u64, i64 or f64";

/// Whether a value of the type has a text for a message.
fn has_plain_text(ty: &Type) -> bool {
    matches!(
        ty,
        Type::String | Type::Bool | Type::U32 | Type::U64 | Type::I64 | Type::F64
    )
}

/// The forms of a message, with only such values as the error declares.
pub(super) fn read(
    context: &Context<'_>,
    texts: &[Spanned<String>],
    details: &[Field],
    params: &[Field],
) -> Vec<Template> {
    let known: Vec<&Field> = params.iter().chain(details).collect();
    let mut templates: Vec<Template> = Vec::new();
    let mut seen = HashSet::new();
    for text in texts {
        match check(&text.value) {
            Ok(()) => {
                let template = Template {
                    text: text.value.clone(),
                };
                check_values(context, &template, text, &known);
                if !seen.insert(&text.value) {
                    let title = "this form of the message stands here twice";
                    context.findings.repeated(&text.span, title);
                }
                templates.push(template);
            }
            Err(error) => {
                let (rule, title, help) = broken_rule(&error.kind);
                context
                    .findings
                    .report(rule, &text.span, title, "in this message", help);
            }
        }
    }
    templates
}

/// Each value is declared, and has a plain text.
fn check_values(
    context: &Context<'_>,
    template: &Template,
    text: &Spanned<String>,
    known: &[&Field],
) {
    for name in template.placeholders() {
        let optional = |ty: &Type| match ty {
            Type::Optional(inner) => has_plain_text(inner),
            ty => has_plain_text(ty),
        };
        let (rule, title, help) = match known.iter().find(|field| field.name == name) {
            Some(field) if optional(&field.ty) || context.types.is_guess(&field.ty) => continue,
            Some(field) => (
                RuleId::NoPlainText,
                format!("the message uses `{name}`, which is of type `{}`", field.ty),
                PLAIN.to_owned(),
            ),
            None => {
                let names = known.iter().map(|field| field.name.as_str());
                let help = context.findings.did_you_mean(name, names, || {
                    format!("declare it: params = {{ {name} = \"string\" }}; for braces in the text write `{{{{` and `}}}}`")
                });
                let title = format!("the message uses a value `{name}` that nothing declares");
                (RuleId::UnknownValue, title, help)
            }
        };
        let label = format!("`{{{name}}}` in this message");
        let findings = context.findings;
        findings.report(rule, &text.span, title, &label, &help);
    }
}

/// Reports values that no form of the message uses.
pub(super) fn unused_params(
    context: &Context<'_>,
    fields: &TableReader<'_>,
    messages: &[Template],
    params: &[Field],
) {
    for param in params {
        let mut names = messages.iter().flat_map(Template::placeholders);
        let used = names.any(|name| name == param.name);
        let table = fields.value(&keys::error::PARAMS);
        let table = table.and_then(TomlValue::as_table);
        let entry = table.and_then(|table| table.get(&param.name));
        if let (false, Some(entry)) = (used, entry) {
            let title = format!("no message uses the value `{}`", param.name);
            let help = format!(
                "write {{{}}} in a `message`; a member of the body belongs in `details`",
                param.name
            );
            context
                .findings
                .report(RuleId::UnusedParam, &entry.key_span, title, "unused", &help);
        }
    }
}

/// How many values a text has as a form of an error's message, each of its type; `None` where it is
/// not of the form.
pub(super) fn is_form(error: &Error, form: &Template, text: &str) -> Option<usize> {
    let matched = matches(&form.text, text, &|name| {
        let param = error.params.iter().find(|param| param.name == name);
        param.map_or(ParamKind::String, |param| ParamKind::from(&param.ty))
    });
    matched.map(|matched| matched.placeholders)
}

/// The rule that a text breaks which is not a template, with the title and the help of the finding.
fn broken_rule(error: &TemplateErrorKind<'_>) -> (RuleId, Cow<'static, str>, &'static str) {
    let (rule, title, help) = match error {
        TemplateErrorKind::UnopenedBrace => (
            RuleId::BadTemplate,
            "a `}` without its `{`",
            "for a brace in the text write `}}`",
        ),
        TemplateErrorKind::UnclosedBrace => (
            RuleId::BadTemplate,
            "a `{` without its `}`",
            "for a brace in the text write `{{`",
        ),
        TemplateErrorKind::BadName(name) => {
            let title = format!("`{{{name}}}` names no value");
            let help = "a value is written `{name}`; for braces in the text write `{{` and `}}`";
            return (RuleId::BadTemplate, title.into(), help);
        }
        TemplateErrorKind::AdjacentPlaceholders => (
            RuleId::AdjacentValues,
            "two values side by side cannot be told apart",
            "put a text between them, or make them one value",
        ),
        TemplateErrorKind::OnlyPlaceholder => (
            RuleId::OnlyAValue,
            "a message that is nothing but a value matches every text",
            "say what it means with `description`, and give texts of the document as `message` of an `example`",
        ),
    };
    (rule, title.into(), help)
}
