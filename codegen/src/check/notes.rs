//! Prose outside of the tables: `[[note]]`.

use crate::check::findings::Findings;
use crate::check::table_reader::TableReader;
use crate::keys;
use crate::model::Note;

/// Reads the notes of a catalog or a section.
pub(super) fn notes(findings: &Findings, fields: &TableReader<'_>) -> Vec<Note> {
    let note = |table| {
        let fields = TableReader::new(findings, table, &keys::NOTE);
        let (title, text) = (fields.required("title"), fields.required("text"));
        Some(Note {
            title: title?.value,
            text: text?.value,
        })
    };
    fields.tables("note").into_iter().filter_map(note).collect()
}
