//! Markdown, escaped for where it stands, with only the escapes that are needed there. Pages are in GitHub's
//! dialect, which `CommonMark` readers with tables share; documentation is in rustdoc's.

use std::fmt::Write;

use crate::util::characters::{all_plain, is_printed, plain_start};
use crate::util::markdown::{open_fence, trim, without_raw_html};

/// Plain text as inline Markdown of a page. Works in a paragraph, a heading and a table cell, before and after other
/// text; line ends become line breaks.
pub fn text(plain: &str) -> String {
    escaped(plain, Dialect::Page, TextPosition::Start)
}

/// Plain text as a paragraph of documentation.
pub(super) fn doc(plain: &str) -> String {
    escaped(plain, Dialect::Rustdoc, TextPosition::Alone)
}

/// Plain text as the start of a paragraph of documentation.
pub(super) fn doc_start(plain: &str) -> String {
    escaped(plain, Dialect::Rustdoc, TextPosition::Start)
}

/// Plain text as the end of a paragraph of documentation, after nothing but code spans.
pub(super) fn doc_end(plain: &str) -> String {
    escaped(plain, Dialect::Rustdoc, TextPosition::End)
}

/// Who reads the Markdown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Dialect {
    /// Forges and site generators: with tables, formulas, and template languages that read a page before Markdown.
    Page,
    /// rustdoc: with smart punctuation.
    Rustdoc,
}

/// Where a text is in its paragraph. At the start, its first signs may begin a block; before other text, its signs
/// may begin something that ends there.
#[derive(Clone, Copy, PartialEq, Eq)]
enum TextPosition {
    Alone,
    Start,
    Middle,
    End,
}

fn escaped(plain: &str, dialect: Dialect, position: TextPosition) -> String {
    let plain = plain.trim();
    // Most texts begin with a letter, so that they begin no block, and have no sign that Markdown reads.
    if plain.starts_with(|first: char| first.is_ascii_alphabetic()) && all_plain(plain, is_plain) {
        return plain.to_owned();
    }
    let lines: Vec<&str> = plain.lines().map(str::trim).collect();
    let is_unknown = |char: char| char.is_control() && !matches!(char, '\n' | '\t');
    let plain = lines.join("\n").replace(is_unknown, "\u{FFFD}");
    let escaper = Escaper::new(&plain, dialect, position);
    let mut out = escaper.escape();
    // Before the sign that begins a block, there are only digits, which stand for themselves.
    if escaper.begins_line
        && let Some(at) = lines.first().and_then(|line| block_start(line))
        && !out[at..].starts_with('\\')
    {
        out.insert(at, '\\');
    }
    out
}

/// The position of the sign that makes a line begin a block: a list, a heading, a quote, a fence, a rule, the
/// underline of a heading or of the head of a table.
fn block_start(line: &str) -> Option<usize> {
    let digits = digits(line);
    let rest = &line[digits..];
    let sign = rest.chars().next()?;
    let length = run(rest, sign);
    let is_alone = |length: usize| {
        let after = &rest[length..];
        after.is_empty() || after.starts_with(char::is_whitespace)
    };
    let begins = match sign {
        '.' | ')' => digits > 0 && is_alone(1),
        _ if digits > 0 => false,
        '>' => true,
        '#' => length <= 6 && is_alone(length),
        '`' | '~' => length >= 3,
        '-' | '+' | '*' if is_alone(1) => true,
        _ => line.contains(['-', '=', '*', '_']) && line.chars().all(|c| "-=*_:| ".contains(c)),
    };
    begins.then_some(digits)
}

/// The signs that end something inline that began with another, or with the same.
const CLOSERS: [char; 6] = ['>', ']', '`', '*', '_', '~'];

/// Escapes the signs inside of a text.
struct Escaper<'a> {
    /// The text, its lines without the spaces around them.
    plain: &'a str,
    is_page: bool,
    begins_line: bool,
    /// Whether other text follows in the paragraph.
    is_joined: bool,
    /// Where each closer is for the last time in the paragraph.
    last_closers: [usize; CLOSERS.len()],
}

impl<'a> Escaper<'a> {
    fn new(plain: &'a str, dialect: Dialect, position: TextPosition) -> Self {
        let is_joined = matches!(position, TextPosition::Start | TextPosition::Middle);
        let last_closer = |sign| {
            let ends = |at: usize| matches!(sign, '>' | ']' | '`') || !plain[..at].ends_with(' ');
            let mut closers = plain.rmatch_indices(sign).filter(|(at, _)| ends(*at));
            match closers.next() {
                _ if is_joined => usize::MAX,
                closer => closer.map_or(0, |(at, _)| at),
            }
        };
        Self {
            plain,
            is_page: dialect == Dialect::Page,
            begins_line: matches!(position, TextPosition::Alone | TextPosition::Start),
            is_joined,
            last_closers: CLOSERS.map(last_closer),
        }
    }

    fn escape(&self) -> String {
        let mut out = String::with_capacity(self.plain.len());
        let mut end = 0;
        loop {
            let start = end + plain_start(&self.plain[end..], is_plain);
            out.push_str(&self.plain[end..start]);
            let Some(sign) = self.plain[start..].chars().next() else {
                return out;
            };
            end = match sign {
                '`' | '*' | '_' | '~' => start + run(&self.plain[start..], sign),
                _ => start + sign.len_utf8(),
            };
            let is_escaped = self.has_meaning(sign, start, end);
            for sign in self.plain[start..end].chars() {
                match sign {
                    '\n' => out.push_str("<br>"),
                    '\t' => out.push(' '),
                    '$' if self.is_page => out.push_str("&#36;"),
                    sign if needs_reference(sign) => push_reference(&mut out, sign),
                    sign if is_escaped => out.extend(['\\', sign]),
                    sign => out.push(sign),
                }
            }
        }
    }

    /// Whether a sign, or a run of one that marks code, emphasis or struck text, would be read as more than itself.
    fn has_meaning(&self, sign: char, start: usize, end: usize) -> bool {
        let (before, after) = (&self.plain[..start], &self.plain[end..]);
        let is_after_word = before.ends_with(char::is_alphanumeric);
        let next = after.chars().next().map(|next| match next {
            // A tag or a reference is written for it.
            '\n' => '<',
            next if needs_reference(next) => '&',
            next => next,
        });
        let is_before_sign = next.is_some_and(|next| next.is_ascii_punctuation());
        let is_before_space = next.map_or(!self.is_joined, char::is_whitespace);
        let is_closed_by = |closer| {
            let index = CLOSERS.iter().position(|sign| *sign == closer);
            index.is_some_and(|index| self.last_closers[index] >= end)
        };
        match sign {
            '\\' => is_before_sign || next.is_none() && self.is_joined,
            '[' => is_closed_by(']'),
            '`' => is_closed_by('`'),
            // Two of them begin struck text before a sign, too.
            '~' => is_closed_by('~') && !is_before_space,
            '_' => is_closed_by('_') && !is_before_space && !is_after_word,
            '*' => is_closed_by('*') && !is_before_space && !(is_after_word && is_before_sign),
            // At the start of a line, a tag begins a block even if it is not closed.
            '<' if start == 0 && self.begins_line => begins_tag(next),
            '<' => begins_tag(next) && is_closed_by('>'),
            '&' => begins_entity(after),
            // A cell of a table ends at a pipe wherever it stands.
            '|' => self.is_page,
            '{' | '%' | '#' => self.is_page && before.ends_with('{'),
            // Two would become a dash.
            '-' => !self.is_page && next == Some('-'),
            _ => false,
        }
    }
}

/// Whether a byte is a sign that means nothing to Markdown inside of a line, whatever is beside it.
fn is_plain(byte: u8) -> bool {
    // Looked up, because every byte of every text is asked for.
    const PLAIN: [bool; 128] = {
        let (mut plain, mut byte) = ([false; 128], b' ');
        while byte < 127 {
            plain[byte as usize] = !matches!(
                byte,
                b'#' | b'$' | b'%' | b'&' | b'*' | b'-' | b'<' | b'[' | b'\\' | b'_' | b'`' | b'{'
                    ..=b'~'
            );
            byte += 1;
        }
        plain
    };
    PLAIN.get(usize::from(byte)) == Some(&true)
}

/// The length in bytes of the run of a sign that a text begins with.
fn run(text: &str, sign: char) -> usize {
    text.len() - text.trim_start_matches(sign).len()
}

/// The number of digits that a text begins with.
fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

/// Whether a `<` before this sign would begin a tag.
fn begins_tag(next: Option<char>) -> bool {
    next.is_some_and(|next| next.is_ascii_alphabetic() || "/!?".contains(next))
}

/// Whether an `&` before this text would begin a reference to a character.
fn begins_entity(after: &str) -> bool {
    let name = after.strip_prefix('#').unwrap_or(after);
    let length = name.bytes().take_while(u8::is_ascii_alphanumeric).count();
    length > 0 && name[length..].starts_with(';')
}

/// What is given by number: signs that change the direction of the text after them, which rustc takes
/// in no comment, and those at which some readers end a line.
fn needs_reference(char: char) -> bool {
    matches!(char, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
}

fn push_reference(out: &mut String, sign: char) {
    let _ = write!(out, "&#x{:X};", u32::from(sign));
}

/// Whether a sign would not be shown as it is.
fn is_hidden(char: char) -> bool {
    char.is_control() || needs_reference(char)
}

/// Whether a template language, which reads a page before Markdown does, would find a sign of its own.
fn holds_template(text: &str) -> bool {
    ["{{", "{%", "{#"].iter().any(|sign| text.contains(sign))
}

/// Text as code on a page.
pub fn code(plain: &str) -> String {
    code_span(plain, Dialect::Page)
}

/// Text as code in documentation.
pub(super) fn doc_code(plain: &str) -> String {
    code_span(plain, Dialect::Rustdoc)
}

/// Text as a code span. Where that would not do, in a table or for a template language that reads the page first, as
/// an HTML element.
fn code_span(plain: &str, dialect: Dialect) -> String {
    // In most codes no sign is any but these.
    let is_simple = |byte| is_printed(byte) && !matches!(byte, b'`' | b'|' | b'\\' | b'{');
    let is_trimmed = !plain.is_empty() && plain.trim() == plain;
    if is_trimmed && all_plain(plain, is_simple) {
        return ["`", plain, "`"].concat();
    }
    let is_page = dialect == Dialect::Page;
    let is_read_first = is_page && (plain.contains(['`', '|', '\\']) || holds_template(plain));
    if !is_trimmed || plain.contains(is_hidden) || is_read_first {
        // Some forges show no line breaks in code: the words on both sides stay apart all the same.
        let lines = plain.trim().lines();
        let lines = lines.map(|line| escaped(line, dialect, TextPosition::Middle));
        // A link has it as its text.
        let lines = lines.collect::<Vec<_>>().join("<br> ").replace(']', "\\]");
        return format!("<code>{lines}</code>");
    }
    let longest = plain.split(|c| c != '`').map(str::len).max();
    let fence = "`".repeat(longest.unwrap_or(0) + 1);
    let touches = plain.starts_with('`') || plain.ends_with('`');
    let space = if touches { " " } else { "" };
    [&*fence, space, plain, space, &*fence].concat()
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
        let begins_template = before == Some('{') && matches!(char, '{' | '%' | '#');
        if begins_template || char != '\n' && is_hidden(char) {
            let _ = write!(out, "\\u{:04x}", u32::from(char));
        } else {
            out.push(char);
        }
        before = Some(char);
    }
    out + "\n```"
}

/// A link to a URL, shown as a plain text. A URL that is none of the web's is shown, not linked.
pub(super) fn link(plain: &str, url: &str) -> String {
    let mut schemes = ["https://", "http://", "mailto:"].iter();
    let is_of_web = schemes.any(|scheme| url.starts_with(scheme));
    if !is_of_web || url.contains(|c: char| c.is_whitespace() || c.is_control()) {
        return text(plain);
    }
    let mut target = String::with_capacity(url.len());
    for (at, c) in url.char_indices() {
        match c {
            '<' | '>' | '(' | ')' | '|' | '\\' => {
                let _ = write!(target, "%{:02X}", u32::from(c));
            }
            '&' if begins_entity(&url[at + 1..]) => target.push_str("&amp;"),
            c => target.push(c),
        }
    }
    format!("[{}]({target})", label(plain))
}

/// Plain text as the text of a link.
pub(super) fn label(plain: &str) -> String {
    text(plain).replace(']', "\\]")
}

/// A table; cells are Markdown already. A column without a single entry is left out, and so is a
/// table without a row.
pub(super) fn table(out: &mut String, head: &[&str], rows: impl IntoIterator<Item = Vec<String>>) {
    let rows: Vec<Vec<String>> = rows.into_iter().collect();
    if rows.is_empty() {
        return;
    }
    let used = |column: &usize| rows.iter().any(|row| !row[*column].is_empty());
    let columns: Vec<usize> = (0..head.len()).filter(used).collect();
    push_row(out, columns.iter().map(|&column| head[column]));
    push_row(out, columns.iter().map(|_| "---"));
    for row in &rows {
        push_row(out, columns.iter().map(|&column| row[column].as_str()));
    }
}

fn push_row<'a>(out: &mut String, cells: impl Iterator<Item = &'a str>) {
    out.push('|');
    for cell in cells {
        out.extend([" ", cell, " |"]);
    }
    out.push('\n');
}

/// A catalog's own Markdown as a part of a page: raw HTML is text, and a fence that it leaves open is closed. Either
/// would take in the rest of the page.
pub fn block(markdown: &str) -> String {
    let markdown = without_raw_html(trim(markdown));
    let end = open_fence(&markdown).map(|marks| format!("\n{marks}"));
    [&*markdown, end.as_deref().unwrap_or_default()].concat()
}

/// A catalog's own Markdown in documentation: its paragraphs, lists and code spans. Everything else
/// reads as it is written, so that nothing in it becomes a test that rustdoc runs.
pub(super) fn prose(markdown: &str) -> String {
    let lines = markdown.trim().lines().map(|line| {
        let content = line.trim();
        let marker = list_marker(content).unwrap_or_default();
        marker.to_owned() + &spans(content[marker.len()..].trim(), Dialect::Rustdoc)
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The first paragraph of a catalog's own Markdown, for a table cell.
pub(super) fn first_paragraph(markdown: &str) -> String {
    let lines = markdown.trim().lines().map(str::trim);
    let lines: Vec<&str> = lines.take_while(|line| !line.is_empty()).collect();
    spans(&lines.join(" "), Dialect::Page)
}

/// A line of Markdown with its simple code spans, everything else as it is written.
fn spans(line: &str, dialect: Dialect) -> String {
    let parts: Vec<&str> = line.split('`').collect();
    let mut codes = parts.iter().skip(1).step_by(2);
    if parts.len().is_multiple_of(2) || codes.any(|code| code.is_empty()) {
        return escaped(line, dialect, TextPosition::Start);
    }
    let parts = parts.iter().enumerate().map(|(index, part)| {
        if index % 2 == 1 {
            return code_span(part, dialect);
        }
        let position = match index {
            0 => TextPosition::Start,
            _ => TextPosition::Middle,
        };
        // The spaces beside a code span count.
        let (before, after) = part.split_once(part.trim()).unwrap_or_default();
        [before, &escaped(part, dialect, position), after].concat()
    });
    parts.collect()
}

/// What makes a line the item of a list.
fn list_marker(content: &str) -> Option<&str> {
    let digits = digits(content);
    let signs: &[char] = if digits > 0 {
        &['.', ')']
    } else {
        &['-', '*', '+']
    };
    let rest = content[digits..].strip_prefix(signs)?.strip_prefix(' ')?;
    (digits < 10).then(|| &content[..content.len() - rest.len()])
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::{BrokenLink, Event, Options, Parser, Tag, TagEnd};

    use super::{code, doc, doc_code, doc_end, doc_start, text};

    /// The text that a reader sees, or the first thing that is none. rustdoc's quotes and dots are those of the
    /// text.
    fn shown<'t>(events: impl Iterator<Item = Event<'t>>) -> Result<String, String> {
        let mut shown = String::new();
        for event in events {
            match event {
                Event::Text(text) | Event::Code(text) => shown.push_str(&text),
                Event::InlineHtml(html) if &*html == "<br>" => shown.push('\n'),
                Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph) => {}
                other => return Err(format!("{other:?} after {shown:?}")),
            }
        }
        let straight = shown.replace(['“', '”'], "\"").replace(['‘', '’'], "'");
        Ok(straight.replace('…', "..."))
    }

    /// What rustdoc shows; every link leads somewhere.
    fn rustdoc(markdown: &str) -> Result<String, String> {
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_SMART_PUNCTUATION;
        let resolve = |link: BrokenLink<'_>| Some((link.reference.into_string().into(), "".into()));
        let parser = Parser::new_with_broken_link_callback(markdown, options, Some(resolve));
        shown(parser)
    }

    /// What GitHub shows of a paragraph.
    fn page(markdown: &str) -> Result<String, String> {
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_MATH
            | Options::ENABLE_GFM;
        shown(Parser::new_ext(markdown, options))
    }

    #[test]
    fn signs_without_a_meaning_have_no_escape() {
        for plain in [
            "Use valid job_<16 hex> ID",
            "Job & Processing Errors",
            "sk_ or pk_, snake_case and __init",
            "a < b, a <- b, 1 <2> and x > y",
            "AT&T, R&D and a &copy b",
            "5 * 3 and 5*3",
            "application/* and *.example.com",
            "~/path and ~5",
            "a~b",
            "array[0",
            "or] so",
            "C:\\temp",
            "1.5, 2. and (3)",
            "a - b, a-b, #1, C#, a + b = c",
            "it's \"quoted\"!",
            "`",
        ] {
            assert_eq!(doc(plain), plain);
        }
        for plain in ["{name} is missing", "a | b", "costs $5"] {
            assert_eq!(doc(plain), plain);
        }
        assert_eq!(
            text("{name} or job_<16 hex> & more"),
            "{name} or job_<16 hex> & more"
        );
    }

    #[test]
    fn signs_with_a_meaning_are_escaped() {
        for (plain, expected) in [
            ("*/*, 2*3*4", r"\*/\*, 2\*3*4"),
            ("_a_ and __b__", r"\_a_ and \_\_b__"),
            ("`a` ~~b~~", r"\`a` \~\~b~~"),
            ("see [Code] or [a](b)", r"see \[Code] or \[a](b)"),
            ("<tag>, <https://a.b>", r"\<tag>, \<https://a.b>"),
            ("<div", r"\<div"),
            ("&lt; &#60;", r"\&lt; \&#60;"),
            ("a\\*b\\", r"a\\*b\"),
            ("--force", r"\--force"),
            ("# a", r"\# a"),
            ("- a", r"\- a"),
            ("1. a", r"1\. a"),
            ("> a", r"\> a"),
            ("===", r"\==="),
            ("~~~", r"\~~~"),
            ("a\nb", "a<br>b"),
        ] {
            assert_eq!(doc(plain), expected);
        }
        assert_eq!(text("a | {{b}} $c"), r"a \| {\{b}} &#36;c");
    }

    #[test]
    fn code_is_a_span_where_it_can_be() {
        for (plain, in_docs, on_a_page) in [
            ("a|b", "`a|b`", r"<code>a\|b</code>"),
            ("a`b", "``a`b``", r"<code>a\`b</code>"),
            ("`a`", "`` `a` ``", r"<code>\`a\`</code>"),
            ("{{a}}", "`{{a}}`", r"<code>{\{a}}</code>"),
            (" a", "<code>a</code>", "<code>a</code>"),
            ("a\nb", "<code>a<br> b</code>", "<code>a<br> b</code>"),
        ] {
            assert_eq!((&*doc_code(plain), &*code(plain)), (in_docs, on_a_page));
        }
    }

    /// Numbers that look random and are the same at every run.
    struct Random(u64);

    impl Random {
        fn pick<'a>(&mut self, items: &[&'a str]) -> &'a str {
            self.0 = self
                .0
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            let index = (self.0 >> 33) % items.len() as u64;
            items[usize::try_from(index).expect("it is below the length")]
        }
    }

    #[test]
    fn any_text_is_read_as_itself() {
        const SIGNS: [&str; 40] = [
            "*", "**", "_", "__", "~", "~~", "`", "``", "```", "[", "]", "(", ")", "<", ">", "</",
            "<!--", "&", "&amp;", "&#35;", "\\", "|", "$", "{", "#", "-", "--", "+", "=", ".", "1",
            "!", "^", ":", "é", "寸", " ", "a", "b c", "\n",
        ];
        let mut random = Random(1);
        for _ in 0..100_000 {
            let length = random.pick(&["1", "2", "3", "5", "8", "13"]);
            let length: usize = length.parse().expect("it is a number");
            let plain: String = (0..length).map(|_| random.pick(&SIGNS)).collect();
            let lines: Vec<&str> = plain.trim().lines().map(str::trim).collect();
            let expected = lines.join("\n");
            let check =
                |read: Result<String, String>, before: &str, after: &str, markdown: &str| {
                    let expected = [before, &expected, after].concat();
                    assert_eq!(read.as_ref(), Ok(&expected), "{plain:?} as {markdown:?}");
                };
            let markdown = doc(&plain);
            check(rustdoc(&markdown), "", "", &markdown);
            let markdown = format!("`A`: {}", doc_end(&plain));
            if !expected.is_empty() {
                check(rustdoc(&markdown), "A: ", "", &markdown);
                let markdown = format!("{}: `*` [a](b) <br>", doc_start(&plain));
                let start = markdown.len() - " [a](b) <br>".len();
                check(rustdoc(&markdown[..start]), "", ": *", &markdown);
                let markdown = format!("{}: b", text(&plain));
                check(page(&markdown), "", ": b", &markdown);
            }
        }
    }
}
