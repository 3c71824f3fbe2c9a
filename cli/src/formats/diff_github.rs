//! Changes as annotations of the changed lines on the new side.

use crate::diff::Comparison;
use crate::diff::change::{Change, ChangeValue, NEW, OLD};
use crate::diff::input::KeyPositions;
use crate::diff::kind::VersionBump;
use crate::diff::verdict::breaks_text;
use crate::formats::github_annotation::{AnnotationLevel, AnnotationProperties, lines, push};

/// Returns one command for each change, followed by one for the verdict. Changes with the bump `fail_on` or a
/// higher one become errors.
pub(crate) fn commands(comparison: &Comparison<'_>, fail_on: Option<VersionBump>) -> String {
    let positions = comparison.sides.map(KeyPositions::new);
    let mut commands = String::new();
    for api in comparison.changed() {
        let files = [OLD, NEW].map(|side| {
            let (index, _) = api.catalogs[side]?;
            let side = comparison.sides[side];
            Some(side.path(side.sources[index].name()))
        });
        for change in &api.changes {
            // The file, and the range of the change if the file has the subject.
            let place = |side: usize| {
                let (index, _) = api.catalogs[side]?;
                let keys = change.keys[side].as_ref();
                let range = keys.and_then(|keys| positions[side].find(index, keys));
                Some((files[side].clone()?, range))
            };
            let mut properties = AnnotationProperties::new();
            if let Some((file, range)) = place(NEW) {
                properties.push(("file", file));
                properties.extend(range.iter().flat_map(lines));
            }
            let kind = change.kind;
            let title = format!("errbook {}: {}", kind.bump().name(), kind.name());
            properties.push(("title", title));
            let mut message = message(change);
            if let Some((file, Some(range))) = place(OLD) {
                let (line, column) = (range.start.line, range.start.column);
                let old = &comparison.sides[OLD].name;
                message.extend(["\n--> ", &format!("{file}:{line}:{column} in {old}")]);
            }
            let level = level(fail_on, kind.bump());
            push(&mut commands, level, &properties, &message);
        }
    }
    let all = vec![("title", "errbook diff".to_owned())];
    let level = level(
        fail_on,
        comparison.counts.bump().unwrap_or(VersionBump::Patch),
    );
    push(&mut commands, level, &all, &comparison.verdict());
    commands
}

fn level(fail_on: Option<VersionBump>, bump: VersionBump) -> AnnotationLevel {
    match (fail_on, bump) {
        (Some(fail_on), bump) if bump >= fail_on => AnnotationLevel::Error,
        (_, VersionBump::Major) => AnnotationLevel::Warning,
        _ => AnnotationLevel::Notice,
    }
}

/// Returns the change with its reason, because the log of a run shows the message only.
fn message(change: &Change) -> String {
    let title = change.title(|name| format!("`{name}`"));
    let mut message = format!("{}: {title}", change.subject);
    let values: Vec<&str> = change.visible_values().map(ChangeValue::as_str).collect();
    if !values.is_empty() {
        message.extend([": ", &values.join(" → ")]);
    }
    let breaks = change.kind.breaks();
    if !breaks.is_empty() {
        message.extend(["\nbreaks ", &breaks_text(breaks)]);
    }
    message.extend(["\n", change.kind.reason()]);
    message
}
