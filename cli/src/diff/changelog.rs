//! What changed as Markdown, for those who use the API: to be pasted into the notes of a release.

use std::fmt::Write;

use errbook_codegen::markdown_escape::{code, text};

use crate::diff::Compared;
use crate::diff::change::{ApiChanges, Change, Shown, Subject, Title};
use crate::diff::human::names;
use crate::diff::kind::Step;

/// The sections of an API, what matters most first.
const SECTIONS: [(Step, &str); 3] = [
    (Step::Major, "Breaking changes"),
    (Step::Minor, "Additions and changes"),
    (Step::Patch, "Texts"),
];

/// A section for each API that has changed.
pub(super) fn page(compared: &Compared<'_>) -> String {
    let sections: Vec<String> = compared.changed().map(section).collect();
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
        let changes: Vec<&Change> = changes.filter(|it| it.kind.step() == step).collect();
        if changes.is_empty() {
            continue;
        }
        push(&mut out, format_args!("\n### {heading}\n\n"));
        for changes in changes.chunk_by(|one, other| one.subject == other.subject) {
            item(&mut out, changes);
        }
    }
    out
}

/// What changed of a subject.
fn item(out: &mut String, changes: &[&Change]) {
    push(out, format_args!("- {}\n", subject(&changes[0].subject)));
    for change in changes {
        push(out, format_args!("  - {}\n", line(change)));
    }
}

fn subject(subject: &Subject) -> String {
    match subject {
        Subject::Error(key) => code(key),
        Subject::Type(name) => format!("type {}", code(name)),
        Subject::Column(name) => format!("column {}", code(name)),
        Subject::Category(id) => format!("section {}", code(id)),
        Subject::Status(status) => format!("status {status}"),
        Subject::Api | Subject::Envelope | Subject::Rules | Subject::Notes => subject.to_string(),
    }
}

fn line(change: &Change) -> String {
    let kind = change.kind;
    let mut line = title(&change.title);
    line.push_str(change.aside());
    let values = change.values().into_iter().flatten();
    let values: Vec<String> = values.map(value).filter(|it| !it.is_empty()).collect();
    if !values.is_empty() {
        line.extend([": ", &values.join(" → ")]);
    }
    if !kind.breaks().is_empty() {
        let reason = kind.reason();
        push(
            &mut line,
            format_args!(". *Breaks {}.* {reason}", names(kind.breaks())),
        );
    }
    line
}

fn title(title: &Title) -> String {
    match &title.name {
        Some(name) => format!("{}{}{}", title.before, code(name), title.after),
        None => format!("{}{}", title.before, title.after),
    }
}

fn value(value: &Shown) -> String {
    match value {
        Shown::Code(value) => code(value),
        Shown::Text(value) if value.is_empty() => String::new(),
        Shown::Text(value) => format!("“{}”", text(value)),
    }
}

fn push(out: &mut String, formatted: std::fmt::Arguments<'_>) {
    out.write_fmt(formatted)
        .expect("writing to a string does not fail");
}
