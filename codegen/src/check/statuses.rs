//! HTTP statuses, and the rows of the table `[status]`.

use crate::check::allowed_lints::AllowedLints;
use crate::check::context::Context;
use crate::check::findings::Findings;
use crate::check::retry::retry;
use crate::check::table_reader::TableReader;
use crate::findings::RuleId;
use crate::keys;
use crate::model::StatusRow;
use crate::toml::{TomlKind, TomlValue};

/// Reads the rows of the table `[status]`.
pub(super) fn rows(context: &Context<'_>, root: &TableReader<'_>) -> Vec<StatusRow> {
    let findings = context.findings;
    let mut rows: Vec<StatusRow> = Vec::new();
    for entry in root
        .filled(&keys::root::STATUS)
        .map_or(&[] as &[_], |table| &table.entries)
    {
        let number = (entry.key.len() == 3)
            .then(|| entry.key.parse().ok())
            .flatten();
        let Some(status) = number.filter(|status| (100..=599).contains(status)) else {
            let title = format!("`{}` is no HTTP status", entry.key);
            findings.report(
                RuleId::BadStatus,
                &entry.key_span,
                title,
                "not from 100 to 599",
                "rows are named by one status each, such as 404",
            );
            continue;
        };
        let Some(table) = entry.value.as_table() else {
            findings.wrong_kind(
                &entry.value,
                "a status row",
                "a table, { name = \"…\", meaning = \"…\" }",
            );
            continue;
        };
        let before = findings.errors();
        let fields = TableReader::new(findings, table, &keys::STATUS_TABLE);
        let (allowed, _) = AllowedLints::read(findings, &fields, &keys::status::ALLOW);
        let row = StatusRow {
            status,
            name: fields.text(&keys::status::NAME),
            meaning: fields.text(&keys::status::MEANING),
            retry: retry(findings, &fields, &keys::status::RETRY),
            inferred: context
                .reasons
                .inferred(findings, &fields, &keys::status::INFERRED),
        };
        let name = fields
            .value(&keys::status::NAME)
            .map_or(&entry.key_span, |name| &name.span);
        if findings.errors() == before {
            context
                .lints
                .status_row(&allowed, &entry.key_span, name, &row);
            context.lints.unused(&allowed);
        }
        rows.push(row);
    }
    rows
}

/// Where a number may belong that is no status.
const IN_BODY: &str =
    "write the status of the response; a number in its body may be the error's `code`";

/// An HTTP status code.
pub(super) fn status(findings: &Findings, value: &TomlValue) -> Option<u16> {
    let TomlKind::Integer(number) = &value.kind else {
        findings.wrong_kind(value, "a status", "an integer");
        return None;
    };
    let status = number
        .and_then(|number| u16::try_from(number).ok())
        .filter(|status| (100..=599).contains(status));
    if status.is_none() {
        findings.report(
            RuleId::BadStatus,
            &value.span,
            "this is no HTTP status",
            "not from 100 to 599",
            IN_BODY,
        );
    }
    status
}
