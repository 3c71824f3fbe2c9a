//! The table `[api]`.

use crate::check::fields::{At, Fields};
use crate::check::findings::Findings;
use crate::check::{Context, is_id, names};
use crate::draft::Table;
use crate::finding::Finding;
use crate::format::{self, CRATES, LONGEST_ID, RESERVED};
use crate::model::{Api, Headings};
use crate::rule::Rule;

pub(super) fn read(context: &Context<'_>, table: &Table) -> Option<Api> {
    let findings = context.findings;
    let fields = Fields::new(findings, table, &format::API);
    let id = fields.required("id").filter(|id| good_id(findings, id));
    let title = fields.required("title");
    let docs_url = fields.url("docs-url");
    if let Some(url) = docs_url.as_ref().filter(|url| url.value.contains('#')) {
        let help = "give the page's URL alone: each error's anchor is added to it";
        findings.report(
            Rule::BadUrl,
            &url.span,
            "`docs-url` has a fragment already",
            "the part from `#` on",
            help,
        );
    }
    Some(Api {
        summary: fields.text("summary"),
        homepage: fields.url("homepage").map(|url| url.value),
        source: fields.text("source"),
        language: language(findings, &fields),
        version: fields.version("version"),
        docs_url: docs_url.map(|url| url.value),
        headings: headings(findings, &fields),
        inferred: context.reasons.inferred(findings, &fields),
        id: id?.value,
        title: title?.value,
    })
}

/// A language tag, by its form (RFC 5646, 2.1).
fn language(findings: &Findings, fields: &Fields<'_>) -> Option<String> {
    let tag = fields.text_at("language")?;
    let (language, rest) = tag.value.split_once('-').unwrap_or((&tag.value, "a"));
    let letters = |c: char| c.is_ascii_alphabetic();
    let subtag = |part: &str| {
        (1..=8).contains(&part.len()) && part.chars().all(|c| c.is_ascii_alphanumeric())
    };
    let private = matches!(language, "x" | "X") && language != tag.value;
    let known = (2..=8).contains(&language.len()) && language.chars().all(letters);
    if (private || known) && rest.split('-').all(subtag) {
        return Some(tag.value);
    }
    let title = format!("`{}` is no language tag", tag.value);
    let help = "write it as RFC 5646 does: `en`, `pt-BR`, `zh-Hant`";
    findings.report(Rule::BadLanguage, &tag.span, title, "not a tag", help);
    None
}

fn good_id(findings: &Findings, id: &At<String>) -> bool {
    let device = ["com", "lpt"].iter().any(|device| {
        id.value
            .strip_prefix(device)
            .is_some_and(|rest| rest.len() == 1 && rest.as_bytes()[0].is_ascii_digit())
    });
    let (rule, title, label) = if !is_id(&id.value) {
        (
            Rule::BadId,
            format!("`{}` is no id", id.value),
            "ids are small letters and digits, with single hyphens between, a letter first",
        )
    } else if id.value.len() > LONGEST_ID {
        (
            Rule::BadId,
            format!("an id of {} characters", id.value.len()),
            "64 at the most",
        )
    } else if RESERVED.contains(&id.value.as_str()) || device {
        (
            Rule::ReservedId,
            format!("`{}` cannot be the name of a file", id.value),
            "a reserved name",
        )
    } else if CRATES.contains(&id.value.as_str()) {
        (
            Rule::ReservedId,
            format!("`{}` cannot be the name of a module", id.value),
            "the name of a crate",
        )
    } else if names::identifier(&id.value.replace('-', "_")).is_none() {
        (
            Rule::ReservedId,
            format!("`{}` cannot be the name of a module", id.value),
            "a keyword of Rust that nothing can be named",
        )
    } else {
        return true;
    };
    let proposal = match rule {
        Rule::ReservedId => format!("{}-api", id.value),
        _ => proposed_id(&id.value),
    };
    let finding = Finding::error(rule, title).at(findings.place(&id.span), label);
    findings.push(finding.help(format!(
        "modules and pages are named by it; write id = \"{proposal}\""
    )));
    false
}

pub(super) fn proposed_id(text: &str) -> String {
    use heck::ToKebabCase;
    let ascii: String = text
        .chars()
        .take(LONGEST_ID / 2)
        .map(|c| if c.is_ascii_alphanumeric() { c } else { ' ' })
        .collect();
    let id = ascii.to_kebab_case();
    if is_id(&id) {
        id
    } else {
        format!("api-{id}").trim_end_matches('-').to_owned()
    }
}

fn headings(findings: &Findings, fields: &Fields<'_>) -> Headings {
    let given = fields
        .filled("headings")
        .map(|table| Fields::new(findings, table, &format::HEADINGS));
    let heading = |key: &str, usual: &str| {
        given
            .and_then(|given| given.text(key))
            .unwrap_or_else(|| usual.to_owned())
    };
    Headings {
        code: heading("code", "Code"),
        status: heading("status", "Status"),
        title: heading("title", "Title"),
        message: heading("message", "Message"),
        description: heading("description", "Description"),
        action: heading("action", "Suggested action"),
        retry: heading("retry", "Retry"),
    }
}
