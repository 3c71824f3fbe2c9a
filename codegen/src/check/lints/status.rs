//! Lints of statuses and of their names.

use std::ops::Range;

use crate::check::allowed_lints::AllowedLints;
use crate::check::lints::reporter::{LintMatch, LintReporter};
use crate::findings::Lint;
use crate::model::StatusRow;
use crate::util::http_status;

impl LintReporter<'_> {
    /// What can be said of a row of the table of statuses.
    pub(in crate::check) fn status_row(
        &self,
        allowed: &AllowedLints,
        key: &Range<usize>,
        name: &Range<usize>,
        row: &StatusRow,
    ) {
        if http_status::phrase(row.status).is_none() {
            let (title, label) = unregistered(row.status);
            let help = "send another, or allow it, and say who decided so".to_owned();
            self.report(
                allowed,
                LintMatch {
                    lint: Lint::MisusedStatus,
                    span: key,
                    title,
                    label,
                    help,
                },
            );
        }
        let other = row.name.as_deref().and_then(http_status::named);
        if let Some(other) = other.filter(|other| *other != row.status) {
            self.misnamed(allowed, name, other, row.status);
        }
    }

    pub(super) fn misnamed(
        &self,
        allowed: &AllowedLints,
        span: &Range<usize>,
        other: u16,
        status: u16,
    ) {
        let meant = http_status::phrase(status).map_or_else(
            || format!("{status} has no registered name"),
            |phrase| format!("{status} is registered as `{phrase}`"),
        );
        self.report(
            allowed,
            LintMatch {
                lint: Lint::MisusedStatus,
                span,
                title: format!("this is what status {other} is called, and it comes with {status}"),
                label: "the name of another status",
                help: format!(
                    "{meant}: change one of the two, or allow it, and say who decided so"
                ),
            },
        );
    }
}

/// Why an error should not come with a status, and what to say at its place.
pub(super) fn misused(status: u16) -> Option<(String, &'static str)> {
    Some(match status {
        204 | 205 | 304 => (
            format!("a response with {status} has no body, so nothing tells of this error"),
            if status == 205 {
                "RFC 9110, 15.3.6"
            } else {
                "RFC 9110, 6.4.1"
            },
        ),
        100..=199 => (
            format!("{status} is no final response, and so no error's"),
            "RFC 9110, 15.2",
        ),
        200..=299 => (
            format!("{status} says that the request succeeded"),
            "RFC 9110, 15.3",
        ),
        300..=399 => (
            format!("{status} sends the caller somewhere else"),
            "RFC 9110, 15.4",
        ),
        _ if http_status::phrase(status).is_none() => unregistered(status),
        _ => return None,
    })
}

fn unregistered(status: u16) -> (String, &'static str) {
    (
        format!("{status} is no registered status"),
        "not in the registry of RFC 9110, 16.2",
    )
}
