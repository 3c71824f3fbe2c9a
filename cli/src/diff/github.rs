//! What changed as annotations of the changed lines, on the new side.

use crate::annotation::{Level, Properties, lines, push};
use crate::diff::Compared;
use crate::diff::change::{ApiChanges, Change, Shown};
use crate::diff::human::{names, verdict};
use crate::diff::kind::Step;
use crate::diff::places::Places;
use crate::diff::side::Side;

/// The commands: one for each change, and what they come to.
pub(super) fn commands(compared: &Compared<'_>) -> String {
    let places = [Places::new(compared.old), Places::new(compared.new)];
    let mut commands = String::new();
    for api in compared.changed() {
        let file = |side: &Side, index: usize| side.path(side.sources[index].name());
        let files = [
            api.old.map(|(index, _)| file(compared.old, index)),
            api.new.map(|(index, _)| file(compared.new, index)),
        ];
        for change in &api.changes {
            command(&mut commands, compared, &places, (api, &files), change);
        }
    }
    let all = vec![("title", "errbook diff".to_owned())];
    let level = level(compared, compared.counts.step().unwrap_or(Step::Patch));
    push(&mut commands, level, &all, &verdict(compared));
    commands
}

/// What the run fails for is an error.
fn level(compared: &Compared<'_>, step: Step) -> Level {
    match (compared.fail_on, step) {
        (Some(least), step) if step >= least => Level::Error,
        (_, Step::Major) => Level::Warning,
        _ => Level::Notice,
    }
}

fn command(
    commands: &mut String,
    compared: &Compared<'_>,
    [old_places, new_places]: &[Places<'_>; 2],
    (api, [old_file, new_file]): (&ApiChanges<'_>, &[Option<String>; 2]),
    change: &Change,
) {
    let kind = change.kind;
    let mut properties = Properties::new();
    if let (Some((index, _)), Some(file)) = (api.new, new_file) {
        properties.push(("file", file.clone()));
        let keys = change.new_keys.as_ref();
        let range = keys.and_then(|keys| new_places.of(index, keys));
        properties.extend(range.iter().flat_map(lines));
    }
    properties.push((
        "title",
        format!("errbook {}: {}", kind.step().name(), kind.name()),
    ));
    let mut message = format!("{}: {}{}", change.subject, change.title, change.aside());
    let values = change.values().into_iter().flatten();
    let values: Vec<&str> = values.map(Shown::as_str).collect();
    if !values.is_empty() {
        message.extend([": ", &values.join(" → ")]);
    }
    if !kind.breaks().is_empty() {
        message.extend(["\nbreaks ", &names(kind.breaks())]);
    }
    message.extend(["\n", kind.reason()]);
    if let (Some((index, _)), Some(file), Some(keys)) = (api.old, old_file, &change.old_keys)
        && let Some(range) = old_places.of(index, keys)
    {
        let (line, column) = (range.start.line, range.start.column);
        let name = &compared.old.name;
        message.extend([&format!("\n--> {file}:{line}:{column} in "), name.as_str()]);
    }
    push(
        commands,
        level(compared, kind.step()),
        &properties,
        &message,
    );
}
