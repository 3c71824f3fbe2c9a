//! The width and styling of standard output, and texts that are cut or wrapped to fit it.

use std::io::{self, IsTerminal};

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::console::join;

/// The properties of standard output.
#[derive(Clone, Copy, Default)]
pub(crate) struct Terminal {
    /// The number of columns; `None` if stdout is not a terminal, so that nothing is cut or wrapped.
    pub(crate) width: Option<usize>,
    /// Whether the output has styles.
    pub(crate) styled: bool,
}

/// The width of a terminal that does not report it.
const DEFAULT_WIDTH: usize = 80;

/// The maximum width of prose. Longer lines are hard to read.
const MAX_PROSE_WIDTH: usize = 100;

impl Terminal {
    /// Returns the properties of stdout. The environment variable COLUMNS takes precedence over the system.
    pub(crate) fn stdout() -> Self {
        let stdout = io::stdout();
        let styled = anstream::AutoStream::choice(&stdout) != anstream::ColorChoice::Never;
        let columns = std::env::var("COLUMNS").ok();
        let columns = columns.and_then(|columns| columns.parse().ok());
        let width = || {
            let size = || terminal_size::terminal_size_of(&stdout);
            let of_system = || size().map(|(width, _)| usize::from(width.0));
            columns.or_else(of_system).filter(|width| *width > 0)
        };
        Self {
            width: stdout
                .is_terminal()
                .then(|| width().unwrap_or(DEFAULT_WIDTH)),
            styled,
        }
    }

    /// Prefixes the first line of a text with `first` and the others with `rest`, and wraps it in a terminal.
    pub(crate) fn wrap(&self, text: &str, first: &str, rest: &str) -> String {
        /// The minimum width of the text, however deep its indentation.
        const MIN_WIDTH: usize = 16;
        let text = text.trim().replace('\t', " ");
        let Some(width) = self.width else {
            return first.to_owned() + &text.replace('\n', &format!("\n{rest}"));
        };
        let indent = textwrap::core::display_width(rest);
        let options = textwrap::Options::new(width.min(MAX_PROSE_WIDTH).max(indent + MIN_WIDTH))
            .initial_indent(first)
            .subsequent_indent(rest)
            .word_splitter(textwrap::WordSplitter::NoHyphenation);
        let lines = textwrap::wrap(&text, options);
        join(lines.iter().map(|line| line.trim_end()), "\n")
    }
}

/// Joins the lines of a text with spaces.
pub(crate) fn one_line(text: &str) -> String {
    let words = text.split([' ', '\t', '\n']);
    join(words.filter(|word| !word.is_empty()), " ")
}

/// Cuts a line to a number of columns; `…` replaces the rest.
pub(crate) fn truncate(text: &str, columns: usize) -> String {
    /// The maximum number of characters for each column. Characters without a width are unlimited otherwise.
    const MAX_CHARS: usize = 8;
    let end = text.char_indices().nth((columns + 1) * MAX_CHARS);
    let seen = end.map_or(text, |(end, _)| &text[..end]);
    if seen.len() == text.len() && text.width() <= columns {
        return text.to_owned();
    }
    let ends = seen.char_indices().map(|(end, _)| end);
    let fits = |end: &usize| seen[..*end].width() < columns;
    // Do not separate an accent from its letter, or a joiner from its neighbours.
    let whole = |end: &usize| {
        let after = seen[*end..].chars().next();
        after.is_none_or(|c| c.width() != Some(0))
    };
    let last = ends.take_while(fits).filter(whole).last().unwrap_or(0);
    let kept = seen[..last].trim_end_matches(['\u{200d}', ' ']);
    if columns == 0 {
        String::new()
    } else {
        format!("{kept}…")
    }
}

/// Pads a text with spaces to a width.
pub(crate) fn pad(text: &str, width: usize) -> String {
    let spaces = width.saturating_sub(text.width());
    text.to_owned() + &" ".repeat(spaces)
}

#[cfg(test)]
mod tests {
    use unicode_width::UnicodeWidthStr;

    use super::{Terminal, one_line, pad, truncate};

    #[test]
    fn truncated_text_fits() {
        #[track_caller]
        fn check(text: &str, columns: usize, expected: &str) {
            let truncated = truncate(text, columns);
            assert_eq!(truncated, expected);
            assert!(truncated.width() <= columns, "{truncated}");
        }
        check("order", 5, "order");
        check("orders", 5, "orde…");
        check("an order", 4, "an…");
        check("", 3, "");
        check("order", 1, "…");
        check("order", 0, "");
        // Two columns each.
        check("注文が見つかりません", 6, "注文…");
        check("注文が見つかりません", 7, "注文が…");
        check("🚚🚚🚚", 5, "🚚🚚…");
        // A letter keeps its accents, and no joiner is left at the end.
        check("e\u{301}e\u{301}e\u{301}", 2, "e\u{301}…");
        check("👨\u{200d}👩\u{200d}👧 gone", 4, "👨\u{200d}👩\u{200d}👧…");
        check("👨\u{200d}👩\u{200d}👧 gone", 2, "…");
        check("אין כזו הזמנה", 6, "אין כ…");
        check(&"\u{301}".repeat(10_000), 3, "…");
        check(&"order ".repeat(100_000), 8, "order o…");
    }

    #[test]
    fn one_line_joins_words() {
        assert_eq!(one_line("\tone\n\n  two\tthree \n"), "one two three");
        assert_eq!(one_line("one\u{3000}two"), "one\u{3000}two");
        assert_eq!(pad("注文", 6), "注文  ");
        assert_eq!(pad("注文", 3), "注文");
    }

    #[test]
    fn wrap_without_terminal_keeps_lines() {
        #[track_caller]
        fn check(width: Option<usize>, text: &str, expected: &str) {
            let terminal = Terminal {
                width,
                styled: false,
            };
            assert_eq!(terminal.wrap(text, "- ", "  "), expected);
        }
        let text = "Order no more than is left.\nOr wait";
        check(None, text, "- Order no more than is left.\n  Or wait");
        check(
            Some(20),
            text,
            "- Order no more than\n  is left.\n  Or wait",
        );
        // So narrow a terminal breaks the lines itself.
        check(Some(1), text, "- Order no more\n  than is left.\n  Or wait");
        check(
            Some(18),
            "rate-limit-of-orders",
            "- rate-limit-of-or\n  ders",
        );
        check(
            Some(18),
            "注文が見つかりません",
            "- 注文が見つかりま\n  せん",
        );
        check(
            Some(200),
            &"order ".repeat(18),
            &format!("- {}\n  order order", "order ".repeat(16).trim_end()),
        );
    }
}
