//! Markdown, escaped for where it stands: GitHub's dialect, which `CommonMark` readers with tables
//! share.

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
            '#' | '+' | '-' | '=' | ':' => position == 0,
            '.' | ')' => digits > 0 && position == digits,
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
            char if char.is_control() => out.push(char::REPLACEMENT_CHARACTER),
            char => out.push(char),
        }
        before = Some(char);
        position += 1;
    }
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
        && !plain.chars().any(char::is_control);
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

/// A catalog's own Markdown in a doc comment: no block of it may become a test that rustdoc runs.
///
/// Fences get the language `text`, and what is indented far enough to be code is pulled back.
pub(super) fn prose(markdown: &str) -> String {
    let mut out = String::new();
    let mut fence: Option<String> = None;
    for line in markdown.trim().lines() {
        let indent = line.len() - line.trim_start().len();
        let content = line.trim();
        let marks: String = content
            .chars()
            .take_while(|c| content.starts_with(*c))
            .collect();
        let is_fence = marks.len() >= 3 && marks.starts_with(['`', '~']);
        match &fence {
            Some(open)
                if is_fence
                    && marks.len() >= open.len()
                    && marks.starts_with(&open[..1])
                    && content == marks =>
            {
                fence = None;
                out.push_str(&marks);
            }
            Some(_) => out.push_str(line),
            None if is_fence => {
                out.push_str(&marks);
                out.push_str("text");
                fence = Some(marks);
            }
            None => {
                out.push_str(&" ".repeat(indent.min(3)));
                out.push_str(content);
            }
        }
        out.push('\n');
    }
    if let Some(open) = fence {
        out.push_str(&open);
    }
    out.trim_end().to_owned()
}
