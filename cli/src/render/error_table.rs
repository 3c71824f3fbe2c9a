//! A table of errors, one line for each.

use std::borrow::Cow;
use std::io::{self, Write};

use errbook_codegen::__private::ErrorEntry;
use errbook_codegen::__private::model::Retry;
use unicode_width::UnicodeWidthStr;

use crate::console::{HEADING, join};
use crate::render::terminal::{Terminal, one_line, pad, truncate};

/// The headings of the columns. The last column takes the remaining width.
const HEAD: [&str; COLUMNS] = ["Code", "Status", "API", "Category", "Retry", "Description"];
const COLUMNS: usize = 6;
const CODE: usize = 0;
const DESCRIPTION: usize = COLUMNS - 1;

/// The columns to leave out if the terminal is too narrow, the least important first.
const DISPENSABLE: [usize; 4] = [3, 4, 2, DESCRIPTION];

/// The number of spaces between two columns.
const GAP: usize = 2;

/// Writes a table, or nothing if there are no errors.
pub(crate) fn write(
    out: &mut dyn Write,
    entries: &[ErrorEntry<'_>],
    terminal: Terminal,
) -> io::Result<()> {
    if entries.is_empty() {
        return Ok(());
    }
    let columns = TableLayout::new(entries, terminal.width);
    let head = columns.line(&HEAD.map(Cow::Borrowed));
    writeln!(out, "{HEADING}{head}{HEADING:#}")?;
    for entry in entries {
        writeln!(out, "{}", columns.line(&cells(*entry)))?;
    }
    Ok(())
}

/// Returns the cells of a row.
fn cells(entry: ErrorEntry<'_>) -> [Cow<'_, str>; COLUMNS] {
    [
        name(entry),
        statuses(entry),
        Cow::Borrowed(&entry.api().id),
        entry.category().map_or("", |category| &category.id).into(),
        retry_advice(entry),
        entry.summary().into(),
    ]
}

/// Returns the code, or the key if there is no code or the code is the URL of the error's page.
fn name(entry: ErrorEntry<'_>) -> Cow<'_, str> {
    let error = entry.error;
    match &error.code {
        Some(code) if error.docs_url(entry.api()).as_ref() != Some(&code.text) => {
            Cow::Borrowed(&code.text)
        }
        _ => Cow::Borrowed(&error.key),
    }
}

fn statuses(entry: ErrorEntry<'_>) -> Cow<'_, str> {
    let error = entry.error;
    if error.event {
        return "event".into();
    }
    if error.statuses.is_empty() {
        return "any".into();
    }
    join(&error.statuses, ",").into()
}

fn retry_advice(entry: ErrorEntry<'_>) -> Cow<'_, str> {
    let advice = entry.retry_advice().into_iter();
    join(advice.map(Retry::as_str), ",").into()
}

/// The width of each column.
struct TableLayout {
    /// The widths; `None` for a column that is left out.
    widths: [Option<usize>; COLUMNS],
    /// Whether wider cells are cut.
    cut: bool,
}

impl TableLayout {
    /// Computes the layout, without empty columns.
    fn new(entries: &[ErrorEntry<'_>], terminal: Option<usize>) -> Self {
        /// The maximum width of a column. A wider cell is cut in a terminal, and overflows elsewhere.
        const MAX_WIDTH: usize = 40;
        let counted = |width: usize| match terminal {
            Some(_) => width.min(MAX_WIDTH),
            None if width > MAX_WIDTH => 0,
            None => width,
        };
        let mut widths = [None; COLUMNS];
        for entry in entries {
            for (index, cell) in cells(*entry).iter().enumerate() {
                let width = widths[index].unwrap_or(HEAD[index].len());
                // A character never takes more columns than bytes.
                if cell.len() > width && index != DESCRIPTION {
                    widths[index] = Some(width.max(counted(cell.width())));
                } else if !cell.is_empty() {
                    widths[index] = Some(width);
                }
            }
        }
        let columns = Self { widths, cut: false };
        match terminal {
            Some(terminal) => columns.fit(terminal),
            None => columns,
        }
    }

    /// Leaves out columns until the others fit, and gives the remaining width to the description. Long codes
    /// are cut before a column is left out.
    fn fit(self, terminal: usize) -> Self {
        /// The minimum width of the description.
        const MIN_WIDTH: usize = 24;
        let natural = self.widths[CODE].unwrap_or(0);
        let mut columns = self;
        columns.cut = true;
        columns.widths[CODE] = Some(natural.min((terminal / 3).max(MIN_WIDTH)));
        columns.widths[DESCRIPTION] = columns.widths[DESCRIPTION].map(|_| MIN_WIDTH);
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

    /// Returns the width of a line.
    fn width(&self) -> usize {
        let shown = self.widths.iter().flatten();
        shown.map(|width| width + GAP).sum::<usize>() - GAP
    }

    fn line(&self, cells: &[Cow<'_, str>; COLUMNS]) -> String {
        let mut line = String::new();
        for (cell, width) in cells.iter().zip(&self.widths) {
            let Some(width) = width else { continue };
            let cell = one_line(cell);
            let cell = if self.cut {
                truncate(&cell, *width)
            } else {
                cell
            };
            line.push_str(&pad(&cell, *width));
            line.push_str(&" ".repeat(GAP));
        }
        line.truncate(line.trim_end().len());
        line
    }
}
