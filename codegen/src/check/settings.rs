//! The settings of a project: `errbook.toml`.

use crate::check::fields::{Fields, text};
use crate::check::findings::Findings;
use crate::check::lints::unknown_lint;
use crate::check::tree;
use crate::format;
use crate::lint::{Level, Levels, Lint};
use crate::source::Source;

/// The levels of the lints; findings where there is something else.
pub(super) fn read(findings: &Findings, source: &Source, index: usize) -> Levels {
    let mut levels = Levels::default();
    let Some(root) = tree(findings, source, index) else {
        return levels;
    };
    let fields = Fields::new(findings, &root, &format::SETTINGS);
    let lints = fields.table("lints");
    for entry in lints.map_or(&[] as &[_], |table| &table.entries) {
        let Some(lint) = Lint::from_name(&entry.key) else {
            unknown_lint(findings, &entry.key, &entry.key_span);
            continue;
        };
        let word = text(findings, &entry.value, "the level of a lint");
        let level = word.and_then(|word| findings.word(&word, "level of a lint", Level::ALL));
        if let Some(level) = level {
            levels.set(lint, level);
        }
    }
    levels
}
