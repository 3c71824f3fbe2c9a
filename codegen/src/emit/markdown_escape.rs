//! Escapes text for Markdown (GitHub's dialect, which `CommonMark` readers with tables share).

use std::fmt::Write;

use crate::util::characters::{all_plain, is_printed, plain_start};

/// Plain text as inline Markdown that reads as that text. Works in a paragraph, a heading, a table
/// cell and a doc comment; line ends become line breaks.
pub fn text(plain: &str) -> String {
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
    // What would begin a list, a heading or a rule; `>` is escaped everywhere.
    let digits = plain.bytes().take_while(u8::is_ascii_digit).count();
    let mut position = 0;
    while let Some(char) = plain[position..].chars().next() {
        // Nearly all of a text means nothing to Markdown.
        let start = position;
        position += plain_bytes(&plain[start..], start > digits);
        if position > start {
            out.push_str(&plain[start..position]);
            before = plain[..position].chars().next_back();
            continue;
        }
        let after = plain[position + char.len_utf8()..].chars().next();
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
            char if starts_block || begins_template(before, char) => {
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
        position += char.len_utf8();
    }
}

/// How many bytes of a line are, wherever they stand, what they are in Markdown; behind what could begin a
/// block, there are more.
fn plain_bytes(line: &str, inside: bool) -> usize {
    plain_start(line, |byte| {
        let letter = (byte | 0x20).wrapping_sub(b'a') < 26;
        let digit = byte.wrapping_sub(b'0') < 10;
        let inside = inside && (byte == b'+' || byte == b'-' || byte == b'.' || byte == b')');
        let mut others = b" \"'(,/:;=?@".iter();
        letter || digit || inside || others.any(|other| byte == *other)
    })
}

/// What is given by number: signs that change the direction of the text after them, which rustc takes
/// in no comment, and those at which some readers end a line.
fn needs_reference(char: char) -> bool {
    matches!(char, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
}

/// Whether a template language, which reads a page before Markdown does, would find a sign of its own.
fn begins_template(before: Option<char>, char: char) -> bool {
    before == Some('{') && matches!(char, '{' | '%' | '#')
}

/// Whether it would find one anywhere.
fn holds_template(text: &str) -> bool {
    let mut braces = text.match_indices('{');
    braces.any(|(at, _)| text[at + 1..].starts_with(['{', '%', '#']))
}

fn is_word(char: Option<char>) -> bool {
    char.is_some_and(char::is_alphanumeric)
}

/// Text as code. Where a code span would not do, in a table or for a template language that reads
/// the page first, as an HTML element.
pub fn code(plain: &str) -> String {
    // In most codes no sign is any but these.
    let harmless = |byte| {
        let special = byte == b'`' || byte == b'|' || byte == b'\\' || byte == b'{';
        is_printed(byte) && !special
    };
    let special = |char: char| "`|\\".contains(char) || char.is_control() || needs_reference(char);
    let simple = !plain.is_empty()
        && plain.trim() == plain
        && (all_plain(plain, harmless) || !plain.contains(special) && !holds_template(plain));
    if simple {
        ["`", plain, "`"].concat()
    } else {
        // Some forges show no line breaks in code: the words on both sides stay apart all the same.
        format!("<code>{}</code>", text(plain).replace("<br>", "<br> "))
    }
}

/// JSON text as a block of code. What would not be shown as it is, or read first by a template
/// language, is written as JSON's own escape, which means the same.
pub(super) fn json(lines: &str) -> String {
    let mut out = String::with_capacity(lines.len() + 16);
    out.push_str("```json\n");
    let shown = |byte| is_printed(byte) || byte == b'\n';
    if all_plain(lines, shown) && !holds_template(lines) {
        return out + lines + "\n```";
    }
    let mut before = None;
    for char in lines.chars() {
        let hidden = char != '\n' && (char.is_control() || needs_reference(char));
        if begins_template(before, char) || hidden {
            let _ = write!(out, "\\u{:04x}", u32::from(char));
        } else {
            out.push(char);
        }
        before = Some(char);
    }
    out + "\n```"
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

/// A table; cells are Markdown already. A column without a single entry is left out, and so is a
/// table without a row.
pub(super) fn table(out: &mut String, head: &[&str], rows: &[Vec<String>]) {
    if rows.is_empty() {
        return;
    }
    let used = |column: &usize| rows.iter().any(|row| !row[*column].is_empty());
    let columns: Vec<usize> = (0..head.len()).filter(used).collect();
    push_row(out, columns.iter().map(|&column| head[column]));
    push_row(out, columns.iter().map(|_| "---"));
    for row in rows {
        push_row(out, columns.iter().map(|&column| row[column].as_str()));
    }
}

fn push_row<'a>(out: &mut String, cells: impl Iterator<Item = &'a str>) {
    out.push('|');
    for cell in cells {
        out.push(' ');
        out.push_str(cell);
        out.push_str(" |");
    }
    out.push('\n');
}

/// A catalog's own Markdown as a part of a page: a fence that it leaves open, which would take in the
/// rest of the page, is closed.
///
/// A fence in a list or a quote ends with that. So once one of them has begun, only fences that are
/// not indented can be the page's own.
pub(super) fn block(markdown: &str) -> String {
    let mut open: Option<String> = None;
    let mut contained = false;
    for line in markdown.lines() {
        let content = line.trim_start_matches(' ');
        let indent = line.len() - content.len();
        let marks: String = content
            .chars()
            .take_while(|c| content.starts_with(*c))
            .collect();
        let fence = indent < 4 && marks.len() >= 3 && marks.starts_with(['`', '~']);
        let info = &content[marks.len()..];
        match &open {
            Some(opening)
                if fence && info.trim().is_empty() && marks.starts_with(opening.as_str()) =>
            {
                open = None;
            }
            Some(_) => {}
            None if fence
                && (indent == 0 || !contained)
                && !(marks.starts_with('`') && info.contains('`')) =>
            {
                open = Some(marks);
            }
            None => contained |= list_marker(content).is_some() || content.starts_with('>'),
        }
    }
    let end = open.map(|marks| format!("\n{marks}")).unwrap_or_default();
    markdown.trim().to_owned() + &end
}

/// A catalog's own Markdown in a doc comment: its paragraphs, lists and code spans. Everything else
/// reads as it is written, so that nothing in it becomes a test that rustdoc runs.
pub(super) fn prose(markdown: &str) -> String {
    let line = |line: &str| {
        let content = line.trim();
        let marker = list_marker(content).unwrap_or_default();
        marker.to_owned() + &spans(content[marker.len()..].trim())
    };
    markdown
        .trim()
        .lines()
        .map(line)
        .collect::<Vec<_>>()
        .join("\n")
}

/// The first paragraph of a catalog's own Markdown, for a table cell.
pub(super) fn first_paragraph(markdown: &str) -> String {
    let lines = markdown
        .trim()
        .lines()
        .map(str::trim)
        .take_while(|line| !line.is_empty());
    spans(&lines.collect::<Vec<_>>().join(" "))
}

/// A line of Markdown with its simple code spans, everything else as it is written.
fn spans(line: &str) -> String {
    let parts: Vec<&str> = line.split('`').collect();
    let simple =
        parts.len() % 2 == 1 && parts.iter().skip(1).step_by(2).all(|part| !part.is_empty());
    if !simple {
        return text(line);
    }
    let mut out = String::new();
    for (index, part) in parts.iter().enumerate() {
        if index % 2 == 1 {
            out.push_str(&code(part));
        } else {
            // A part inside of the line begins no block, and its spaces count.
            let (start, end) = (part.trim_start(), part.trim_end());
            out.push_str(&part[..part.len() - start.len()]);
            out.push_str(&text(part));
            if !start.is_empty() {
                out.push_str(&part[end.len()..]);
            }
        }
    }
    out
}

/// What makes a line the item of a list.
fn list_marker(content: &str) -> Option<&str> {
    let digits = content.bytes().take_while(u8::is_ascii_digit).count();
    let sign = if digits > 0 {
        content[digits..].starts_with(['.', ')'])
    } else {
        content.starts_with(['-', '*', '+'])
    };
    let length = digits + 2;
    (sign && digits < 10 && content.as_bytes().get(length - 1) == Some(&b' '))
        .then(|| &content[..length])
}
