//! The retry advice of an error or of a status.

use crate::check::findings::Findings;
use crate::check::table_reader::TableReader;
use crate::keys;
use crate::model::Retry;

/// Reads the key `retry`.
pub(super) fn retry(findings: &Findings, fields: &TableReader<'_>) -> Option<Retry> {
    findings.word(
        &fields.text_at(&keys::error::RETRY)?,
        "retry advice",
        Retry::ALL,
    )
}
