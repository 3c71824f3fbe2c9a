//! What pages show beside the errors: the table of field validation rules, `[[rule]]`, and prose, `[[note]]`.

use crate::check::context::Context;
use crate::check::lints::MarkdownLinter;
use crate::check::references::ErrorKeys;
use crate::check::table_reader::TableReader;
use crate::keys::{self, Key, Tables};
use crate::model::{Error, Note, Rule};

/// Reads the validation rules of a catalog.
pub(super) fn rules(root: &TableReader<'_>, errors: &[Error]) -> Vec<Rule> {
    let keys = ErrorKeys::new(root.findings, errors);
    let rule = |table| {
        let fields = TableReader::new(root.findings, table, &keys::RULE_TABLE);
        let error = fields.text_at(&keys::rule::ERROR);
        let error = error.and_then(|key| keys.find(&key));
        let field = fields.required(&keys::rule::FIELD);
        let rule = fields.required(&keys::rule::RULE);
        Some(Rule {
            error,
            field: field?.value,
            rule: rule?.value,
            message: fields.text(&keys::rule::MESSAGE),
        })
    };
    let tables = root.tables(&keys::root::RULE).into_iter();
    tables.filter_map(rule).collect()
}

/// Reads the notes of a catalog or a section.
pub(super) fn notes(
    context: &Context<'_>,
    fields: &TableReader<'_>,
    key: &Key<Tables>,
) -> Vec<Note> {
    let note = |table| {
        let fields = TableReader::new(fields.findings, table, &keys::NOTE_TABLE);
        let title = fields.required(&keys::note::TITLE);
        let text = fields.required(&keys::note::TEXT);
        if let Some(text) = &text {
            MarkdownLinter::new(context).lint("text", text);
        }
        Some(Note {
            title: title?.value,
            text: text?.value,
        })
    };
    fields.tables(key).into_iter().filter_map(note).collect()
}
