//! The retry advice of an error or of a status.

use crate::check::findings::Findings;
use crate::check::table_reader::TableReader;
use crate::keys::{Key, Text};
use crate::model::Retry;

/// Reads the key `retry` of a table.
pub(super) fn retry(
    findings: &Findings,
    fields: &TableReader<'_>,
    key: &Key<Text>,
) -> Option<Retry> {
    findings.word(&fields.text_at(key)?, "retry advice", Retry::ALL)
}
