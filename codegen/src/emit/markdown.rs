//! Markdown, escaped for where it stands: GitHub's dialect, which `CommonMark` readers with tables
//! share.

use std::fmt::Write;

/// Plain text as inline Markdown that reads as that text. Works in a paragraph, a heading, a table
/// cell and a doc comment; line ends become line breaks.
pub(super) fn text(plain: &str) -> String {
    let mut out = String::with_capacity(plain.len());
    let mut lines = plain.trim().lines().map(str::trim);
    if let Some(first) = lines.next() {
        line(&mut out, first);
    }
    for next in lines {
        out.push_str("<br>");
        line(&mut out, next);
    }
    out
}

fn line(out: &mut String, plain: &str) {
    let mut before = None;
    let mut chars = plain.chars().peekable();
    // What would begin a list, a heading or a rule; `>` is escaped everywhere.
    let digits = plain.chars().take_while(char::is_ascii_digit).count();
    let mut position = 0;
    while let Some(char) = chars.next() {
        let after = chars.peek().copied();
        let starts_block = match char {
            '#' | '+' | '-' => position == 0,
            '.' | ')' => digits > 0 && position == digits && after.is_none_or(char::is_whitespace),
            _ => false,
        };
        match char {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            // Tables split at a pipe wherever it stands, and `$` begins a formula on some forges.
            '|' => out.push_str("&#124;"),
            '$' => out.push_str("&#36;"),
            '_' if is_word(before) && is_word(after) => out.push('_'),
            '\\' | '`' | '*' | '_' | '[' | ']' | '{' | '}' | '~' | '!'
                if char != '!' || after == Some('[') =>
            {
                out.push('\\');
                out.push(char);
            }
            char if starts_block => {
                out.push('\\');
                out.push(char);
            }
            '\t' => out.push(' '),
            char if char.is_control() => out.push(char::REPLACEMENT_CHARACTER),
            char if needs_reference(char) => {
                let _ = write!(out, "&#x{:X};", u32::from(char));
            }
            char => out.push(char),
        }
        before = Some(char);
        position += 1;
    }
}

/// What is given by number: signs that change the direction of the text after them, which rustc takes
/// in no comment, and those at which some readers end a line.
fn needs_reference(char: char) -> bool {
    matches!(char, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
}

fn is_word(char: Option<char>) -> bool {
    char.is_some_and(char::is_alphanumeric)
}

/// Text as code. Where a code span would not do, in a table or for a template language that reads
/// the page first, as an HTML element.
pub(super) fn code(plain: &str) -> String {
    let simple = !plain.is_empty()
        && plain.trim() == plain
        && !plain.contains(['`', '|', '\\'])
        && !plain.contains("{{")
        && !plain.contains("{%")
        && !plain
            .chars()
            .any(|char| char.is_control() || needs_reference(char));
    if simple {
        format!("`{plain}`")
    } else {
        format!("<code>{}</code>", text(plain))
    }
}

/// A link to a URL, shown as a text that is Markdown already. A URL that is none of the web's is
/// shown, not linked.
pub(super) fn link(shown: &str, url: &str) -> String {
    let web = ["https://", "http://", "mailto:"]
        .iter()
        .any(|scheme| url.starts_with(scheme));
    if !web || url.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return shown.to_owned();
    }
    let url: String = url
        .chars()
        .map(|c| match c {
            '<' => "%3C".to_owned(),
            '>' => "%3E".to_owned(),
            '(' => "%28".to_owned(),
            ')' => "%29".to_owned(),
            '|' => "%7C".to_owned(),
            '\\' => "%5C".to_owned(),
            '&' => "&amp;".to_owned(),
            c => c.to_string(),
        })
        .collect();
    format!("[{shown}]({url})")
}

/// A table; cells are Markdown already. A column without a single entry is left out.
pub(super) fn table(head: &[&str], rows: &[Vec<String>]) -> String {
    let used = |column: &usize| rows.iter().any(|row| !row[*column].is_empty());
    let columns: Vec<usize> = (0..head.len()).filter(used).collect();
    let mut out = String::new();
    let mut push = |cells: Vec<&str>| {
        out.push_str("| ");
        out.push_str(&cells.join(" | "));
        out.push_str(" |\n");
    };
    push(columns.iter().map(|&column| head[column]).collect());
    push(columns.iter().map(|_| "---").collect());
    for row in rows {
        push(columns.iter().map(|&column| row[column].as_str()).collect());
    }
    out
}

/// A catalog's own Markdown as a part of a page: a fence that it leaves open is closed.
pub(super) fn block(markdown: &str) -> String {
    let mut fence = Fence::default();
    markdown
        .trim()
        .lines()
        .for_each(|line| drop(fence.next(line)));
    let end = fence
        .open
        .map(|marks| format!("\n{marks}"))
        .unwrap_or_default();
    markdown.trim().to_owned() + &end
}

/// A catalog's own Markdown in a doc comment: no block of it may become a test that rustdoc runs.
///
/// Fences get the language `text`, and what is indented far enough to be code is pulled back.
pub(super) fn prose(markdown: &str) -> String {
    let mut fence = Fence::default();
    let mut out = String::new();
    for line in block(markdown).lines() {
        match fence.next(line) {
            Line::Opens(marks) => out.push_str(&(marks + "text")),
            Line::Inside => out.push_str(line),
            Line::Outside => {
                let content = line.trim_start();
                out.push_str(&" ".repeat((line.len() - content.len()).min(3)));
                out.push_str(content);
            }
        }
        out.push('\n');
    }
    out.trim_end().to_owned()
}

/// Follows fenced blocks line by line.
#[derive(Default)]
struct Fence {
    /// The marks that opened the block.
    open: Option<String>,
}

enum Line {
    Outside,
    Opens(String),
    /// The closing line, too.
    Inside,
}

impl Fence {
    fn next(&mut self, line: &str) -> Line {
        let content = line.trim();
        let marks: String = content
            .chars()
            .take_while(|c| content.starts_with(*c))
            .collect();
        let is_fence = marks.len() >= 3 && marks.starts_with(['`', '~']);
        match &self.open {
            Some(open) => {
                if content == marks && marks.starts_with(open.as_str()) {
                    self.open = None;
                }
                Line::Inside
            }
            None if is_fence => {
                self.open = Some(marks.clone());
                Line::Opens(marks)
            }
            None => Line::Outside,
        }
    }
}
