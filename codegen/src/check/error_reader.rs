//! What every check of an error has access to.

use std::cell::Cell;
use std::ops::Range;

use crate::check::context::Context;
use crate::check::findings::Findings;
use crate::findings::RuleId;
use crate::model::{Column, Envelope, Role, StatusRow};
use crate::toml::TomlTable;

/// The parts of a catalog that its errors depend on.
#[derive(Clone, Copy)]
pub(super) struct ErrorContext<'a> {
    pub(super) envelope: &'a Envelope,
    /// Its table, if there is one.
    pub(super) envelope_table: Option<&'a TomlTable>,
    /// The URL of the page of the API.
    pub(super) docs_url: Option<&'a str>,
    pub(super) columns: &'a [Column],
    pub(super) statuses: &'a [StatusRow],
}

/// Reads the errors of a catalog.
pub(super) struct ErrorReader<'a> {
    pub(super) context: &'a Context<'a>,
    pub(super) findings: &'a Findings,
    pub(super) on: ErrorContext<'a>,
    pub(super) column_keys: Vec<&'a str>,
    /// Whether the missing type of a problem was reported.
    pub(super) untyped: Cell<bool>,
}

impl ErrorReader<'_> {
    pub(super) fn has_code(&self) -> bool {
        self.on.envelope.member(&Role::Code).is_some()
    }

    /// Something that would stand in the body, for which the envelope has no pointer.
    pub(super) fn no_place(&self, span: &Range<usize>, what: &str, pointer: &str) {
        // Where that is missing or wrong, it has been told.
        if self
            .on
            .envelope_table
            .is_none_or(|table| table.get(pointer).is_some())
        {
            return;
        }
        let title = format!("`{what}`, where no body of this API has a place for it");
        let label = format!("the envelope has no `{pointer}`");
        let help = format!("say in [envelope] where it stands: {pointer} = \"/{pointer}\"");
        self.findings
            .report(RuleId::NoPlace, span, title, &label, &help);
    }
}
