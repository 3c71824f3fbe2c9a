//! What changed, for people: API by API, subject by subject, and what it comes to.

use std::io::{self, Write};
use std::time::{Duration, Instant};

use clap::builder::styling::{AnsiColor, Style};
use unicode_width::UnicodeWidthStr;

use crate::diff::change::{ApiChanges, Change, Counts, Shown};
use crate::diff::kind::{Breaks, Step};
use crate::diff::words::{self, Part};
use crate::diff::{Compared, by_subject};
use crate::report::count;
use crate::terminal::{CODE, FAINT, HEADING, STRONG, Terminal, one_line};
use crate::{ERROR, WARNING};

const OLD: Style = AnsiColor::Red.on_default();
const NEW: Style = AnsiColor::Green.on_default();

/// What stands before a change, and before the lines that belong to it.
const INDENT: &str = "    ";
const BELOW: &str = "           ";

/// After so long, texts are shown whole.
const TIME: Duration = Duration::from_secs(2);

pub(super) fn write(
    out: &mut dyn Write,
    compared: &Compared<'_>,
    terminal: Terminal,
) -> io::Result<()> {
    let deadline = Instant::now() + TIME;
    for api in compared.changed() {
        writeln!(out, "{HEADING}{}{HEADING:#}\n", name(api))?;
        for changes in by_subject(&api.changes) {
            writeln!(out, "  {STRONG}{}{STRONG:#}", changes[0].subject)?;
            for change in changes {
                write_change(out, change, terminal, deadline)?;
            }
            writeln!(out)?;
        }
    }
    writeln!(out, "{}", terminal.wrap(&summary(compared), "", ""))
}

/// `shop`, or what it was called and is called.
fn name(api: &ApiChanges<'_>) -> String {
    let id = &api.catalog().api.id;
    match api.old {
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
    let step = change.kind.step();
    let style = match step {
        Step::Major => ERROR,
        Step::Minor => WARNING,
        Step::Patch => FAINT,
    };
    let first = format!("{INDENT}{style}{}{style:#}  ", step.name());
    let breaks = match change.kind.breaks() {
        [] => String::new(),
        breaks => format!(" ({style}breaks {}{style:#})", names(breaks)),
    };
    let title = format!("{}{}", change.title, change.aside());
    if let [Some(old), Some(new)] = change.values()
        && !is_short(old, new)
    {
        let line = terminal.wrap(&format!("{title}{breaks}"), &first, BELOW);
        writeln!(out, "{line}")?;
        let (old, new) = (one_line(old.as_str()), one_line(new.as_str()));
        let [old, new] = words::compare(&old, &new, deadline);
        let rest = format!("{BELOW}  ");
        for (sign, style, parts) in [('-', OLD, old), ('+', NEW, new)] {
            let first = format!("{BELOW}{style}{sign}{style:#} ");
            writeln!(
                out,
                "{}",
                terminal.wrap(&marked(&parts, style), &first, &rest)
            )?;
        }
        return Ok(());
    }
    let values: Vec<String> = change
        .values()
        .into_iter()
        .flatten()
        .map(shown)
        .filter(|value| !value.is_empty())
        .collect();
    let values = match values.as_slice() {
        [] => String::new(),
        values => format!(": {}", values.join(" → ")),
    };
    let line = terminal.wrap(&format!("{title}{values}{breaks}"), &first, BELOW);
    writeln!(out, "{line}")
}

/// Whether two values fit a line.
fn is_short(old: &Shown, new: &Shown) -> bool {
    const SHORT: usize = 50;
    let (old, new) = (old.as_str(), new.as_str());
    old.width() + new.width() <= SHORT && !old.contains('\n') && !new.contains('\n')
}

fn shown(value: &Shown) -> String {
    match value {
        Shown::Text(text) => one_line(text),
        Shown::Code(code) => format!("{CODE}{}{CODE:#}", one_line(code)),
    }
}

/// A text with its own words in colour, each by itself so that lines may end between them.
fn marked(parts: &[Part<'_>], style: Style) -> String {
    let style = style.bold();
    let word = |part: &Part<'_>| match part {
        Part::Same(word) => (*word).to_owned(),
        Part::Own(word) => format!("{style}{word}{style:#}"),
        Part::Elided => "…".to_owned(),
    };
    let words: Vec<String> = parts.iter().map(word).collect();
    words.join(" ")
}

/// `callers, source`.
pub(super) fn names(breaks: &[Breaks]) -> String {
    let names: Vec<&str> = breaks.iter().map(|breaks| breaks.name()).collect();
    names.join(", ")
}

fn summary(compared: &Compared<'_>) -> String {
    let said = verdict(compared);
    match said.split_once(':') {
        Some((step, why)) => format!("{STRONG}{step}{STRONG:#}:{why}"),
        None => said,
    }
}

/// The step that all changes take together, and why: `major: 2 changes break callers`.
pub(super) fn verdict(compared: &Compared<'_>) -> String {
    let counts = &compared.counts;
    let (minor, patch) = (counts.minor, counts.patch);
    let more = |number: usize, step: Step| {
        (number > 0).then(|| format!("{} {}", count(number, "is", "are"), step.name()))
    };
    match counts.step() {
        Some(Step::Major) => {
            let broken = broken(counts);
            let more = [more(minor, Step::Minor), more(patch, Step::Patch)];
            let more: Vec<String> = more.into_iter().flatten().collect();
            match more.as_slice() {
                [] => format!("major: {broken}"),
                more => format!("major: {broken}; {}", more.join(", ")),
            }
        }
        Some(Step::Minor) => {
            let new = count(minor, "change breaks nobody", "changes break nobody");
            let more = more(patch, Step::Patch).map(|more| format!("; {more}"));
            format!("minor: {new}{}", more.unwrap_or_default())
        }
        Some(Step::Patch) => {
            let texts = count(patch, "change is", "changes are");
            format!("patch: {texts} of texts and pages alone")
        }
        None => {
            let catalogs = compared.apis.iter().map(ApiChanges::catalog);
            let errors = catalogs.map(|catalog| catalog.errors.len()).sum();
            format!(
                "Nothing has changed in {} with {}",
                count(compared.apis.len(), "API", "APIs"),
                count(errors, "error", "errors"),
            )
        }
    }
}

/// `2 changes break callers, 1 breaks source`.
fn broken(counts: &Counts) -> String {
    let mut told: Vec<String> = Vec::new();
    for (number, breaks) in counts.breaks.into_iter().zip(Breaks::ALL) {
        if number > 0 {
            let verb = if told.is_empty() {
                count(number, "change breaks", "changes break")
            } else {
                count(number, "breaks", "break")
            };
            told.push(format!("{verb} {}", breaks.name()));
        }
    }
    told.join(", ")
}
