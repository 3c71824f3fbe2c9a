//! Prose outside of the tables: `[[note]]`.

use crate::check::findings::Findings;
use crate::check::table_reader::TableReader;
use crate::keys::{self, Key, Tables};
use crate::model::Note;

/// Reads the notes of a catalog or a section.
pub(super) fn notes(findings: &Findings, fields: &TableReader<'_>, key: &Key<Tables>) -> Vec<Note> {
    let note = |table| {
        let fields = TableReader::new(findings, table, &keys::NOTE_TABLE);
        let (title, text) = (
            fields.required(&keys::note::TITLE),
            fields.required(&keys::note::TEXT),
        );
        Some(Note {
            title: title?.value,
            text: text?.value,
        })
    };
    fields.tables(key).into_iter().filter_map(note).collect()
}
