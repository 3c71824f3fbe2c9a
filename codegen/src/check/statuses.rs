//! HTTP statuses, and the rows of the table `[status]`.

use std::ops::RangeInclusive;

use crate::check::context::Context;
use crate::check::findings::Findings;
use crate::check::lints::LintReporter;
use crate::check::reasons::AllowedLints;
use crate::check::table_reader::TableReader;
use crate::findings::RuleId;
use crate::keys;
use crate::model::{Retry, StatusRow};
use crate::toml::{TomlKind, TomlValue};

/// Reads the rows of the table `[status]`.
pub(super) fn rows(context: &Context<'_>, root: &TableReader<'_>) -> Vec<StatusRow> {
    let findings = context.findings;
    let mut rows: Vec<StatusRow> = Vec::new();
    for entry in root.filled_entries(&keys::root::STATUS) {
        let number = Some(&entry.key).filter(|key| key.len() == 3);
        let number = number.and_then(|key| key.parse().ok());
        let Some(status) = number.filter(|status| STATUSES.contains(status)) else {
            let title = format!("`{}` is no HTTP status", entry.key);
            let help = "rows are named by one status each, such as 404";
            findings.report(RuleId::BadStatus, &entry.key_span, title, NO_STATUS, help);
            continue;
        };
        let Some(table) = entry.value.as_table() else {
            let wanted = "a table, { name = \"…\", meaning = \"…\" }";
            findings.wrong_kind(&entry.value, "a status row", wanted);
            continue;
        };
        let before = findings.errors();
        let fields = TableReader::new(findings, table, &keys::STATUS_TABLE);
        let (allowed, _) = AllowedLints::read(&fields, &keys::status::ALLOW);
        let row = StatusRow {
            status,
            name: fields.text(&keys::status::NAME),
            meaning: fields.text(&keys::status::MEANING),
            retry: fields.word(&keys::status::RETRY, "retry advice", Retry::ALL),
            inferred: context.reasons.inferred(&fields, &keys::status::INFERRED),
        };
        let name = fields
            .value(&keys::status::NAME)
            .map_or(&entry.key_span, |name| &name.span);
        if findings.errors() == before {
            let lints = LintReporter::new(context, &allowed);
            lints.status_row(&entry.key_span, name, &row);
            lints.unused();
        }
        rows.push(row);
    }
    rows
}

/// The HTTP statuses, and what there is to say of another number.
const STATUSES: RangeInclusive<u16> = 100..=599;
const NO_STATUS: &str = "not from 100 to 599";

/// An HTTP status code.
pub(super) fn status(findings: &Findings, value: &TomlValue) -> Option<u16> {
    let TomlKind::Integer(number) = &value.kind else {
        findings.wrong_kind(value, "a status", "an integer");
        return None;
    };
    let status = number.and_then(|number| u16::try_from(number).ok());
    let status = status.filter(|status| STATUSES.contains(status));
    if status.is_none() {
        let title = "this is no HTTP status";
        // Where a number may belong that is no status.
        let help =
            "write the status of the response; a number in its body may be the error's `code`";
        findings.report(RuleId::BadStatus, &value.span, title, NO_STATUS, help);
    }
    status
}
