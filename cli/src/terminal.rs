//! What stdout is, and texts that are cut or wrapped to fit it.

use std::io::{self, IsTerminal};

use clap::builder::styling::{AnsiColor, Style};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// As clap shows headings and what is to be typed as it stands.
pub(crate) const HEADING: Style = Style::new().bold().underline();
pub(crate) const STRONG: Style = Style::new().bold();
pub(crate) const CODE: Style = AnsiColor::Cyan.on_default();
pub(crate) const FAINT: Style = Style::new().dimmed();
pub(crate) const GOOD: Style = AnsiColor::Green.on_default().bold();

/// Where output goes.
#[derive(Clone, Copy)]
pub(crate) struct Terminal {
    /// How many columns a terminal has; `None` where stdout is none: then nothing is cut or wrapped.
    pub(crate) width: Option<usize>,
    /// Whether there are colours.
    pub(crate) styled: bool,
}

/// What a terminal has that does not say how wide it is.
const USUAL: usize = 80;

/// Lines of prose beyond this are hard to read.
const WIDEST_PROSE: usize = 100;

impl Terminal {
    /// Of a terminal, the environment variable COLUMNS says how wide it is, else the system.
    pub(crate) fn of_stdout() -> Self {
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
            width: stdout.is_terminal().then(|| width().unwrap_or(USUAL)),
            styled,
        }
    }

    /// A text behind `first`, its other lines behind `rest`, wrapped where this is a terminal.
    pub(crate) fn wrap(&self, text: &str, first: &str, rest: &str) -> String {
        /// However far the text is indented, it gets as much.
        const NARROWEST: usize = 16;
        let text = text.trim().replace('\t', " ");
        let Some(width) = self.width else {
            return first.to_owned() + &text.replace('\n', &format!("\n{rest}"));
        };
        let indent = textwrap::core::display_width(rest);
        let options = textwrap::Options::new(width.min(WIDEST_PROSE).max(indent + NARROWEST))
            .initial_indent(first)
            .subsequent_indent(rest)
            .word_splitter(textwrap::WordSplitter::NoHyphenation);
        let lines = textwrap::wrap(&text, options);
        let lines: Vec<&str> = lines.iter().map(|line| line.trim_end()).collect();
        lines.join("\n")
    }
}

/// A text without the ends of its lines.
pub(crate) fn one_line(text: &str) -> String {
    let words = text.split([' ', '\t', '\n']);
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

/// A text of one line, cut to as many columns; `…` stands for what is left out.
pub(crate) fn cut(text: &str, columns: usize) -> String {
    /// Signs without a width could go on for ever.
    const LONGEST: usize = 8;
    let end = text.char_indices().nth((columns + 1) * LONGEST);
    let seen = end.map_or(text, |(end, _)| &text[..end]);
    if seen.len() == text.len() && text.width() <= columns {
        return text.to_owned();
    }
    let ends = seen.char_indices().map(|(end, _)| end);
    let fits = |end: &usize| seen[..*end].width() < columns;
    // An accent belongs to the letter before it, and a joiner to both sides.
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

/// A text with spaces behind it up to a width, where it is not wider already.
pub(crate) fn padded(text: &str, width: usize) -> String {
    let spaces = width.saturating_sub(text.width());
    text.to_owned() + &" ".repeat(spaces)
}

#[cfg(test)]
mod tests {
    use unicode_width::UnicodeWidthStr;

    use super::{Terminal, cut, one_line, padded};

    #[test]
    fn what_is_cut_fits() {
        #[track_caller]
        fn check(text: &str, columns: usize, expected: &str) {
            let cut = cut(text, columns);
            assert_eq!(cut, expected);
            assert!(cut.width() <= columns, "{cut}");
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
    fn lines_become_one() {
        assert_eq!(one_line("\tone\n\n  two\tthree \n"), "one two three");
        assert_eq!(one_line("one\u{3000}two"), "one\u{3000}two");
        assert_eq!(padded("注文", 6), "注文  ");
        assert_eq!(padded("注文", 3), "注文");
    }

    #[test]
    fn a_text_is_wrapped_in_a_terminal_alone() {
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
