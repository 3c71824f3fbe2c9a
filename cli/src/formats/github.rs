//! Findings and changes as annotations of files in GitHub Actions.
//!
//! Each annotation is a line with a workflow command: `::error file=…,line=…::message`. The reference for the
//! escapes is `packages/core/src/command.ts` of `actions/toolkit`.

use std::fmt::Write;
use std::ops::Range;

use errbook_codegen::{Finding, Position, Positions, Report};

use crate::console::join;
use crate::diff::Comparison;
use crate::diff::change::{Change, ChangeValue, NEW, OLD};
use crate::diff::input::KeyPositions;
use crate::diff::kind::VersionBump;
use crate::diff::verdict::breaks_text;
use crate::project::Repository;
use crate::report;

/// Returns one command for each finding.
pub(crate) fn findings(report: &Report, repository: &Repository<'_>) -> String {
    let positions = report.positions();
    let mut commands = String::new();
    for finding in report.findings() {
        let level = report::severity_name(finding.severity());
        let file = report.file(finding).map(|name| repository.path(name));
        let range = finding.location().map(|place| positions.of(place));
        let title = format!("errbook {}", finding.cause().id());
        let message = finding_text(report, &positions, repository, finding);
        commands += &command(level, file.as_deref(), range.as_ref(), &title, &message);
    }
    for (level, more) in report::unlisted(report) {
        let message = format!("and {more}, which are not listed");
        commands += &command(level, None, None, "errbook", &message);
    }
    commands
}

/// Returns the whole finding, because the log of a run shows the message only.
fn finding_text(
    report: &Report,
    positions: &Positions<'_>,
    repository: &Repository<'_>,
    finding: &Finding,
) -> String {
    let mut text = finding.title().to_owned();
    let own = finding.location().map(|place| (place, finding.label()));
    for (place, label) in own.into_iter().chain(finding.other_locations()) {
        let Position { line, column, .. } = positions.of(place).start;
        let path = repository.path(report.source(place).name());
        let _ = write!(text, "\n--> {path}:{line}:{column}");
        if !label.is_empty() {
            text.extend([": ", label]);
        }
    }
    for remedy in finding.remedies() {
        text.extend(["\nhelp: ", remedy]);
    }
    text
}

/// Returns one command for each change, followed by one for the verdict. Changes with the bump `fail_on` or a
/// higher one become errors.
pub(crate) fn changes(comparison: &Comparison<'_>, fail_on: Option<VersionBump>) -> String {
    let level = |bump| match (fail_on, bump) {
        (Some(fail_on), bump) if bump >= fail_on => "error",
        (_, VersionBump::Major) => "warning",
        _ => "notice",
    };
    let positions = comparison.sides.map(KeyPositions::new);
    let mut commands = String::new();
    for api in comparison.changed() {
        let files = [OLD, NEW].map(|side| {
            let (index, _) = api.catalogs[side]?;
            let side = comparison.sides[side];
            Some(side.path(side.sources[index].name()))
        });
        for change in &api.changes {
            // The range of the change, if the file has the subject.
            let range = |side: usize| {
                let (index, _) = api.catalogs[side]?;
                positions[side].find(index, change.keys[side].as_ref()?)
            };
            let mut message = change_text(change);
            if let (Some(file), Some(range)) = (&files[OLD], range(OLD)) {
                let Position { line, column, .. } = range.start;
                let old = &comparison.sides[OLD].name;
                let _ = write!(message, "\n--> {file}:{line}:{column} in {old}");
            }
            let (name, bump) = (change.kind.name(), change.kind.bump());
            let title = format!("errbook {}: {name}", bump.name());
            let (file, range) = (files[NEW].as_deref(), range(NEW));
            commands += &command(level(bump), file, range.as_ref(), &title, &message);
        }
    }
    let bump = comparison.counts.bump().unwrap_or(VersionBump::Patch);
    let verdict = comparison.verdict();
    commands += &command(level(bump), None, None, "errbook diff", &verdict);
    commands
}

/// Returns the change with its reason, because the log of a run shows the message only.
fn change_text(change: &Change) -> String {
    let title = change.title(|name| format!("`{name}`"));
    let mut text = format!("{}: {title}", change.subject);
    let values: Vec<&str> = change.visible_values().map(ChangeValue::as_str).collect();
    if !values.is_empty() {
        text.extend([": ", &values.join(" → ")]);
    }
    let breaks = change.kind.breaks();
    if !breaks.is_empty() {
        text.extend(["\nbreaks ", &breaks_text(breaks)]);
    }
    text.extend(["\n", change.kind.reason()]);
    text
}

/// Returns a command. Its name is the level of the annotation: `error`, `warning` or `notice`.
fn command(
    level: &str,
    file: Option<&str>,
    range: Option<&Range<Position>>,
    title: &str,
    message: &str,
) -> String {
    let mut properties = Vec::from_iter(file.map(|file| ("file", file.to_owned())));
    if let Some(Range { start, end }) = range {
        properties.push(("line", start.line.to_string()));
        properties.push(("endLine", end.line.to_string()));
        // The runner rejects columns of a range over several lines.
        if start.line == end.line {
            properties.push(("col", start.column.to_string()));
            properties.push(("endColumn", end.column.to_string()));
        }
    }
    properties.push(("title", title.to_owned()));
    let properties = properties.iter();
    let properties = properties.map(|(name, value)| format!("{name}={}", property(value)));
    format!("::{level} {}::{}\n", join(properties, ","), data(message))
}

fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
