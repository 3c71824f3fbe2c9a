//! The syntax of a source: UTF-8, TOML 1.0, and no forbidden characters.

use crate::check::findings::Findings;
use crate::check::forbidden_characters;
use crate::findings::RuleId;
use crate::source::Source;
use crate::toml::{self, TomlTable};

/// The text as a tree, if it is TOML.
pub(super) fn tree(findings: &Findings, source: &Source, index: usize) -> Option<TomlTable> {
    if let Some(span) = source.not_utf8() {
        findings.report(
            RuleId::NotUtf8,
            &span,
            "this file is not UTF-8",
            "the first bytes that are not UTF-8",
            "save the file as UTF-8",
        );
        return None;
    }
    match toml::parse(source, index) {
        Ok(table) => {
            let newer = toml::newer_toml(source, index, &table);
            findings.extend(newer);
            forbidden_characters::check(findings, &table);
            Some(table)
        }
        Err(syntax) => {
            findings.extend(syntax);
            None
        }
    }
}
