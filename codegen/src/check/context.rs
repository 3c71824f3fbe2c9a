//! What the checks of a catalog and of its errors have access to.

use std::cell::Cell;
use std::collections::HashSet;
use std::ops::Range;

use crate::check::findings::Findings;
use crate::check::reasons::{AllowedLints, Reasons};
use crate::check::table_reader::ColumnKeys;
use crate::check::types::NamedTypes;
use crate::findings::RuleId;
use crate::model::{Column, Envelope, Role, StatusRow};
use crate::settings::Levels;
use crate::toml::TomlTable;

/// What holds for a whole catalog while its parts are read.
pub(super) struct Context<'a> {
    /// The text of the catalog.
    pub(super) text: &'a str,
    pub(super) findings: &'a Findings,
    pub(super) reasons: Reasons,
    pub(super) types: NamedTypes<'a>,
    /// The levels of the lints.
    pub(super) levels: &'a Levels,
}

/// The spans of those parts of an error that are compared with other errors.
pub(super) struct ErrorSpans {
    pub(super) key: Range<usize>,
    pub(super) code: Range<usize>,
    pub(super) aliases: Vec<Range<usize>>,
    pub(super) messages: Vec<Range<usize>>,
    pub(super) examples: Vec<Range<usize>>,
    pub(super) allowed: AllowedLints,
}

/// Reads the errors of a catalog, with the parts of the catalog that its errors depend on.
pub(super) struct ErrorReader<'a> {
    pub(super) context: &'a Context<'a>,
    pub(super) findings: &'a Findings,
    pub(super) envelope: &'a Envelope,
    /// Its table, if there is one.
    pub(super) envelope_table: Option<&'a TomlTable>,
    /// The URL of the page of the API.
    pub(super) docs_url: Option<&'a str>,
    pub(super) columns: &'a [Column],
    pub(super) column_keys: ColumnKeys<'a>,
    /// The names that each column takes; none for one of a type.
    pub(super) column_names: Vec<HashSet<&'a str>>,
    pub(super) statuses: &'a [StatusRow],
    /// Whether the missing type of a problem was reported.
    pub(super) untyped: Cell<bool>,
}

impl ErrorReader<'_> {
    pub(super) fn has_code(&self) -> bool {
        self.envelope.member(&Role::Code).is_some()
    }

    /// Something that would stand in the body, for which the envelope has no pointer.
    pub(super) fn no_place(&self, span: &Range<usize>, what: &str, pointer: &str) {
        // Where that is missing or wrong, it has been told.
        let table = self.envelope_table;
        if table.is_none_or(|table| table.get(pointer).is_some()) {
            return;
        }
        let title = format!("`{what}`, where no body of this API has a place for it");
        let label = format!("the envelope has no `{pointer}`");
        let help = format!("say in [envelope] where it stands: {pointer} = \"/{pointer}\"");
        self.findings
            .report(RuleId::NoPlace, span, title, &label, &help);
    }
}
