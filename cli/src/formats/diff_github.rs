//! Changes as annotations of the changed lines on the new side.

use crate::diff::Comparison;
use crate::diff::change::{ApiChanges, Change, ChangeValue};
use crate::diff::input::DiffSide;
use crate::diff::kind::VersionBump;
use crate::diff::positions::KeyPositions;
use crate::diff::verdict::names;
use crate::formats::github_annotation::{AnnotationLevel, AnnotationProperties, lines, push};

/// Returns one command for each change, followed by one for the verdict. Changes with the bump `fail_on` or a
/// higher one become errors.
pub(crate) fn commands(comparison: &Comparison<'_>, fail_on: Option<VersionBump>) -> String {
    let positions = [comparison.old, comparison.new].map(KeyPositions::new);
    let mut commands = String::new();
    for api in comparison.changed() {
        let file = |side: &DiffSide, index: usize| side.path(side.sources[index].name());
        let files = [
            api.old.map(|(index, _)| file(comparison.old, index)),
            api.new.map(|(index, _)| file(comparison.new, index)),
        ];
        for change in &api.changes {
            let level = level(fail_on, change.kind.bump());
            command(
                &mut commands,
                level,
                comparison,
                &positions,
                (api, &files),
                change,
            );
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

fn command(
    commands: &mut String,
    level: AnnotationLevel,
    comparison: &Comparison<'_>,
    [old_positions, new_positions]: &[KeyPositions<'_>; 2],
    (api, [old_file, new_file]): (&ApiChanges<'_>, &[Option<String>; 2]),
    change: &Change,
) {
    let kind = change.kind;
    let mut properties = AnnotationProperties::new();
    if let (Some((index, _)), Some(file)) = (api.new, new_file) {
        properties.push(("file", file.clone()));
        let keys = change.new_keys.as_ref();
        let range = keys.and_then(|keys| new_positions.find(index, keys));
        properties.extend(range.iter().flat_map(lines));
    }
    properties.push((
        "title",
        format!("errbook {}: {}", kind.bump().name(), kind.name()),
    ));
    let mut message = format!("{}: {}{}", change.subject, change.title, change.aside());
    let values = change.values().into_iter().flatten();
    let values: Vec<&str> = values.map(ChangeValue::as_str).collect();
    if !values.is_empty() {
        message.extend([": ", &values.join(" → ")]);
    }
    if !kind.breaks().is_empty() {
        message.extend(["\nbreaks ", &names(kind.breaks())]);
    }
    message.extend(["\n", kind.reason()]);
    if let (Some((index, _)), Some(file), Some(keys)) = (api.old, old_file, &change.old_keys)
        && let Some(range) = old_positions.find(index, keys)
    {
        let (line, column) = (range.start.line, range.start.column);
        let name = &comparison.old.name;
        message.extend([&format!("\n--> {file}:{line}:{column} in "), name.as_str()]);
    }
    push(commands, level, &properties, &message);
}
