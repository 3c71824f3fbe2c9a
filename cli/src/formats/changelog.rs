//! Changes as Markdown for users of the API, to be pasted into release notes.

use std::fmt::Write;

use errbook_codegen::__private::markdown_escape::{code, text};

use crate::diff::Comparison;
use crate::diff::change::{ApiChanges, Change, ChangeValue};
use crate::diff::kind::VersionBump;
use crate::diff::verdict::breaks_text;

/// The sections of an API, the most important first.
const SECTIONS: [(VersionBump, &str); 3] = [
    (VersionBump::Major, "Breaking changes"),
    (VersionBump::Minor, "Additions and changes"),
    (VersionBump::Patch, "Texts"),
];

/// Returns a section for each changed API.
pub(crate) fn page(comparison: &Comparison<'_>) -> String {
    let sections: Vec<String> = comparison.changed().map(section).collect();
    if sections.is_empty() {
        return "No errors have changed.\n".to_owned();
    }
    sections.join("\n")
}

fn section(api: &ApiChanges<'_>) -> String {
    let of = &api.catalog().api;
    let version = of.version.as_ref();
    let version = version.map(|version| format!(", version {}", text(version)));
    let mut out = format!("## {}{}\n", text(&of.title), version.unwrap_or_default());
    for (step, heading) in SECTIONS {
        let changes = api.changes.iter();
        let changes: Vec<&Change> = changes.filter(|it| it.kind.bump() == step).collect();
        if changes.is_empty() {
            continue;
        }
        let _ = writeln!(out, "\n### {heading}\n");
        for changes in changes.chunk_by(|one, other| one.subject == other.subject) {
            let _ = writeln!(out, "- {}", changes[0].subject.format(code));
            for change in changes {
                let _ = writeln!(out, "  - {}", line(change));
            }
        }
    }
    out
}

fn line(change: &Change) -> String {
    let mut line = change.title(code);
    let values = change.visible_values().map(value);
    let values: Vec<String> = values.filter(|it| !it.is_empty()).collect();
    if !values.is_empty() {
        line.extend([": ", &values.join(" → ")]);
    }
    let breaks = change.kind.breaks();
    if !breaks.is_empty() {
        let reason = change.kind.reason();
        let _ = write!(line, ". *Breaks {}.* {reason}", breaks_text(breaks));
    }
    line
}

fn value(value: &ChangeValue) -> String {
    match value {
        ChangeValue::Code(value) => code(value),
        ChangeValue::Text(value) if value.is_empty() => String::new(),
        ChangeValue::Text(value) => format!("“{}”", text(value)),
    }
}
