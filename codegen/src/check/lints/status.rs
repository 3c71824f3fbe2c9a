//! Lints of statuses and of their names.

use std::ops::Range;

use crate::check::lints::reporter::LintReporter;
use crate::findings::Lint;
use crate::model::StatusRow;
use crate::util::http_status;

impl LintReporter<'_> {
    /// What can be said of a row of the table of statuses.
    pub(in crate::check) fn status_row(
        &self,
        key: &Range<usize>,
        name: &Range<usize>,
        row: &StatusRow,
    ) {
        if http_status::phrase(row.status).is_none() {
            self.misused(key, unregistered(row.status));
        }
        let other = row.name.as_deref().and_then(http_status::named);
        if let Some(other) = other.filter(|other| *other != row.status) {
            self.misnamed(name, other, row.status);
        }
    }

    /// Reports a status that is not for errors.
    pub(super) fn misused(&self, span: &Range<usize>, (title, label): (String, &str)) {
        let help = "send another, or allow it, and say who decided so";
        self.report(Lint::MisusedStatus, span, title, label, help);
    }

    /// Reports a name that belongs to another status.
    pub(super) fn misnamed(&self, span: &Range<usize>, other: u16, status: u16) {
        let meant = http_status::phrase(status).map_or_else(
            || format!("{status} has no registered name"),
            |phrase| format!("{status} is registered as `{phrase}`"),
        );
        let title = format!("this is what status {other} is called, and it comes with {status}");
        let label = "the name of another status";
        let help = format!("{meant}: change one of the two, or allow it, and say who decided so");
        self.report(Lint::MisusedStatus, span, title, label, &help);
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
