//! Changes for people: by API and subject, followed by the verdict.

use std::io::{self, Write};
use std::time::{Duration, Instant};

use clap::builder::styling::Style;
use unicode_width::UnicodeWidthStr;

use crate::console::{CODE, ERROR, FAINT, HEADING, NEW, OLD, STRONG, WARNING, join};
use crate::diff::Comparison;
use crate::diff::change::{self, ApiChanges, Change, ChangeValue};
use crate::diff::kind::VersionBump;
use crate::diff::verdict::breaks_text;
use crate::render::terminal::{Terminal, one_line};
use crate::render::word_diff::{self, WordEdit};

/// The indentation of a change, and of the further lines of a change.
const INDENT: &str = "    ";
const BELOW: &str = "           ";

/// The maximum time for word diffs. After it, texts are shown whole.
const TIME: Duration = Duration::from_secs(2);

pub(crate) fn write(
    out: &mut dyn Write,
    comparison: &Comparison<'_>,
    terminal: Terminal,
) -> io::Result<()> {
    let deadline = Instant::now() + TIME;
    for api in comparison.changed() {
        writeln!(out, "{HEADING}{}{HEADING:#}\n", name(api))?;
        for changes in api
            .changes
            .chunk_by(|one, other| one.subject == other.subject)
        {
            writeln!(out, "  {STRONG}{}{STRONG:#}", changes[0].subject)?;
            for change in changes {
                write_change(out, change, terminal, deadline)?;
            }
            writeln!(out)?;
        }
    }
    writeln!(out, "{}", terminal.wrap(&summary(comparison), "", ""))
}

/// Returns the id of an API, after its old id if it has changed.
fn name(api: &ApiChanges<'_>) -> String {
    let id = &api.catalog().api.id;
    match api.catalogs[change::OLD] {
        Some((_, old)) if old.api.id != *id => format!("{} → {id}", old.api.id),
        _ => id.clone(),
    }
}

fn write_change(
    out: &mut dyn Write,
    change: &Change,
    terminal: Terminal,
    deadline: Instant,
) -> io::Result<()> {
    let step = change.kind.bump();
    let style = match step {
        VersionBump::Major => ERROR,
        VersionBump::Minor => WARNING,
        VersionBump::Patch => FAINT,
    };
    let first = format!("{INDENT}{style}{}{style:#}  ", step.name());
    let breaks = match change.kind.breaks() {
        [] => String::new(),
        breaks => format!(" ({style}breaks {}{style:#})", breaks_text(breaks)),
    };
    let title = change.title(|name| format!("`{name}`"));
    let values: Vec<&ChangeValue> = change.visible_values().collect();
    if let [old, new] = values[..]
        && !is_short(old, new)
    {
        let line = terminal.wrap(&format!("{title}{breaks}"), &first, BELOW);
        writeln!(out, "{line}")?;
        let (old, new) = (one_line(old.as_str()), one_line(new.as_str()));
        let [old, new] = word_diff::compare(&old, &new, deadline);
        let rest = format!("{BELOW}  ");
        for (sign, style, parts) in [('-', OLD, old), ('+', NEW, new)] {
            let first = format!("{BELOW}{style}{sign}{style:#} ");
            writeln!(
                out,
                "{}",
                terminal.wrap(&highlighted(&parts, style), &first, &rest)
            )?;
        }
        return Ok(());
    }
    let values = values.into_iter().map(styled);
    let values: Vec<String> = values.filter(|value| !value.is_empty()).collect();
    let values = match values.as_slice() {
        [] => String::new(),
        values => format!(": {}", values.join(" → ")),
    };
    let line = terminal.wrap(&format!("{title}{values}{breaks}"), &first, BELOW);
    writeln!(out, "{line}")
}

/// Whether two values fit on one line.
fn is_short(old: &ChangeValue, new: &ChangeValue) -> bool {
    const SHORT: usize = 50;
    let (old, new) = (old.as_str(), new.as_str());
    old.width() + new.width() <= SHORT && !old.contains('\n') && !new.contains('\n')
}

fn styled(value: &ChangeValue) -> String {
    match value {
        ChangeValue::Text(text) => one_line(text),
        ChangeValue::Code(code) => format!("{CODE}{}{CODE:#}", one_line(code)),
    }
}

/// Highlights the words that only this text has. Each word is styled by itself, so that lines can end between
/// them.
fn highlighted(parts: &[WordEdit<'_>], style: Style) -> String {
    let style = style.bold();
    let word = |part: &WordEdit<'_>| match part {
        WordEdit::Same(word) => (*word).to_owned(),
        WordEdit::Own(word) => format!("{style}{word}{style:#}"),
        WordEdit::Elided => "…".to_owned(),
    };
    join(parts.iter().map(word), " ")
}

fn summary(comparison: &Comparison<'_>) -> String {
    let verdict = comparison.verdict();
    match verdict.split_once(':') {
        Some((step, why)) => format!("{STRONG}{step}{STRONG:#}:{why}"),
        None => verdict,
    }
}
