//! Errors as a table, a line for each.

use std::borrow::Cow;
use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use crate::errors::Entry;
use crate::terminal::{HEADING, Terminal, cut, one_line, padded};

/// The columns, in their order; the last is as wide as there is room.
const HEAD: [&str; COLUMNS] = ["Code", "Status", "API", "Category", "Retry", "Description"];
const COLUMNS: usize = 6;
const CODE: usize = 0;
const DESCRIPTION: usize = COLUMNS - 1;

/// What goes first where there is no room for all: what an error means is worth more than where it
/// stands, and its code and status more than that.
const DISPENSABLE: [usize; 4] = [3, 4, 2, DESCRIPTION];

/// Between two columns.
const GAP: usize = 2;

/// Writes a table; nothing where there is no error.
pub(super) fn write(
    out: &mut dyn Write,
    entries: &[Entry<'_>],
    terminal: Terminal,
) -> io::Result<()> {
    if entries.is_empty() {
        return Ok(());
    }
    let columns = Columns::new(entries, terminal.width);
    let head = columns.line(&HEAD.map(Cow::Borrowed));
    writeln!(out, "{HEADING}{head}{HEADING:#}")?;
    for entry in entries {
        writeln!(out, "{}", columns.line(&cells(*entry)))?;
    }
    Ok(())
}

/// What stands in the columns.
fn cells(entry: Entry<'_>) -> [Cow<'_, str>; COLUMNS] {
    [
        name(entry),
        statuses(entry),
        Cow::Borrowed(&entry.api().id),
        entry.category().map_or("", |category| &category.id).into(),
        advice(entry),
        entry.summary().into(),
    ]
}

/// The code, or the key where there is none, or where the code is but the address of the key.
fn name(entry: Entry<'_>) -> Cow<'_, str> {
    let error = entry.error();
    match &error.code {
        Some(code) if error.docs_url(entry.api()).as_ref() != Some(&code.text) => {
            Cow::Borrowed(&code.text)
        }
        _ => Cow::Borrowed(&error.key),
    }
}

fn statuses(entry: Entry<'_>) -> Cow<'_, str> {
    let error = entry.error();
    if error.event {
        return "event".into();
    }
    if error.statuses.is_empty() {
        return "any".into();
    }
    let statuses: Vec<String> = error.statuses.iter().map(u16::to_string).collect();
    statuses.join(",").into()
}

fn advice(entry: Entry<'_>) -> Cow<'_, str> {
    match entry.advice().as_slice() {
        [] => "".into(),
        [retry] => retry.as_str().into(),
        several => {
            let several: Vec<&str> = several.iter().map(|retry| retry.as_str()).collect();
            several.join(",").into()
        }
    }
}

/// How wide each column is; `None` for those that are left out.
struct Columns {
    widths: [Option<usize>; COLUMNS],
    /// Whether what is wider is cut.
    cut: bool,
}

impl Columns {
    /// Columns without a single entry are left out.
    fn new(entries: &[Entry<'_>], terminal: Option<usize>) -> Self {
        /// A cell that is wider is cut in a terminal; elsewhere it stands out of its column.
        const WIDEST: usize = 40;
        let counted = |width: usize| match terminal {
            Some(_) => width.min(WIDEST),
            None if width > WIDEST => 0,
            None => width,
        };
        let mut widths = [None; COLUMNS];
        for entry in entries {
            for (index, cell) in cells(*entry).iter().enumerate() {
                let width = widths[index].unwrap_or(HEAD[index].len());
                // No character takes more columns than bytes.
                if cell.len() > width && index != DESCRIPTION {
                    widths[index] = Some(width.max(counted(cell.width())));
                } else if !cell.is_empty() {
                    widths[index] = Some(width);
                }
            }
        }
        let columns = Self { widths, cut: false };
        match terminal {
            Some(terminal) => columns.fitting(terminal),
            None => columns,
        }
    }

    /// Leaves columns out until the others fit, and gives the rest to the description. The longest codes
    /// are cut before a column is left out for them.
    fn fitting(self, terminal: usize) -> Self {
        /// A description of fewer columns says nothing.
        const LEAST: usize = 24;
        let natural = self.widths[CODE].unwrap_or(0);
        let mut columns = self;
        columns.cut = true;
        columns.widths[CODE] = Some(natural.min((terminal / 3).max(LEAST)));
        columns.widths[DESCRIPTION] = columns.widths[DESCRIPTION].map(|_| LEAST);
        for column in DISPENSABLE {
            if columns.width() > terminal {
                columns.widths[column] = None;
            }
        }
        let others = columns.width() - columns.widths[CODE].unwrap_or(0);
        let left = terminal.saturating_sub(others).max(1);
        if columns.widths[DESCRIPTION].is_none() {
            columns.widths[CODE] = Some(natural.min(left));
        }
        let left = terminal.saturating_sub(columns.width());
        columns.widths[DESCRIPTION] = columns.widths[DESCRIPTION].map(|width| width + left);
        columns
    }

    /// Of a whole line.
    fn width(&self) -> usize {
        let shown = self.widths.iter().flatten();
        shown.map(|width| width + GAP).sum::<usize>() - GAP
    }

    fn line(&self, cells: &[Cow<'_, str>; COLUMNS]) -> String {
        let mut line = String::new();
        for (cell, width) in cells.iter().zip(&self.widths) {
            let Some(width) = width else { continue };
            let cell = one_line(cell);
            let cell = if self.cut { cut(&cell, *width) } else { cell };
            line.push_str(&padded(&cell, *width));
            line.push_str(&" ".repeat(GAP));
        }
        line.truncate(line.trim_end().len());
        line
    }
}
