//! The table `[api]`.

use crate::check::context::Context;
use crate::check::ids::good_id;
use crate::check::lints::MarkdownLinter;
use crate::check::rust_names::identifier;
use crate::check::table_reader::TableReader;
use crate::findings::RuleId;
use crate::keys::{self, Key, Text};
use crate::model::{Api, Headings};
use crate::toml::TomlTable;

pub(super) fn read(context: &Context<'_>, table: &TomlTable) -> Option<Api> {
    let findings = context.findings;
    let fields = TableReader::new(findings, table, &keys::API_TABLE);
    let id = fields
        .required(&keys::api::ID)
        .filter(|id| good_id(findings, id));
    let title = fields.required(&keys::api::TITLE);
    let docs_url = fields.url(&keys::api::DOCS_URL);
    if let Some(url) = docs_url.as_ref().filter(|url| url.value.contains('#')) {
        let help = "give the page's URL alone: each error's anchor is added to it";
        let title = "`docs-url` has a fragment already";
        let label = "the part from `#` on";
        findings.report(RuleId::BadUrl, &url.span, title, label, help);
    }
    let summary = fields.text_at(&keys::api::SUMMARY);
    if let Some(summary) = &summary {
        MarkdownLinter::new(context).lint("summary", summary);
    }
    let id = id?.value;
    Some(Api {
        rust_name: identifier(&id.replace('-', "_"))?,
        summary: summary.map(|summary| summary.value),
        homepage: fields.url(&keys::api::HOMEPAGE).map(|url| url.value),
        source: fields.text(&keys::api::SOURCE),
        language: language(&fields),
        version: fields.version(&keys::api::VERSION),
        docs_url: docs_url.map(|url| url.value),
        headings: headings(&fields),
        inferred: context.reasons.inferred(&fields, &keys::api::INFERRED),
        id,
        title: title?.value,
    })
}

/// A language tag, by its form (RFC 5646, 2.1).
fn language(fields: &TableReader<'_>) -> Option<String> {
    let tag = fields.text_at(&keys::api::LANGUAGE)?;
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
    let rule = RuleId::BadLanguage;
    let label = "not a tag";
    fields.findings.report(rule, &tag.span, title, label, help);
    None
}

fn headings(fields: &TableReader<'_>) -> Headings {
    let given = fields.filled(&keys::api::HEADINGS);
    let given = given.map(|it| TableReader::new(fields.findings, it, &keys::HEADINGS_TABLE));
    let heading = |key: &Key<Text>, usual: &str| {
        let own = given.and_then(|given| given.text(key));
        own.unwrap_or_else(|| usual.to_owned())
    };
    Headings {
        code: heading(&keys::headings::CODE, "Code"),
        status: heading(&keys::headings::STATUS, "Status"),
        title: heading(&keys::headings::TITLE, "Title"),
        message: heading(&keys::headings::MESSAGE, "Message"),
        description: heading(&keys::headings::DESCRIPTION, "Description"),
        action: heading(&keys::headings::ACTION, "Suggested action"),
        retry: heading(&keys::headings::RETRY, "Retry"),
    }
}
