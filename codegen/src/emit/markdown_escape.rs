//! Markdown, escaped for where it stands, with only the escapes that are needed there. Pages are in GitHub's
//! dialect, which `CommonMark` readers with tables share; documentation is in rustdoc's.

use std::fmt::Write;

use crate::util::characters::{all_plain, is_printed, plain_start};

/// Plain text as inline Markdown of a page. Works in a paragraph, a heading and a table cell, before and after other
/// text; line ends become line breaks.
pub fn text(plain: &str) -> String {
    escaped(plain, PAGE)
}

/// Plain text as a paragraph of documentation.
pub(super) fn doc(plain: &str) -> String {
    let place = TextPlace {
        is_joined: false,
        ..DOC
    };
    escaped(plain, place)
}

/// Plain text as the start of a paragraph of documentation.
pub(super) fn doc_start(plain: &str) -> String {
    escaped(plain, DOC)
}

/// Plain text as the end of a paragraph of documentation, after nothing but code spans.
pub(super) fn doc_end(plain: &str) -> String {
    let place = TextPlace {
        is_joined: false,
        ..DOC.inside()
    };
    escaped(plain, place)
}

/// Where a text stands.
#[derive(Clone, Copy)]
struct TextPlace {
    dialect: Dialect,
    /// Whether the text is at the start of a line, where its first signs may begin a block.
    begins_line: bool,
    /// Whether other text follows in the paragraph, which may end what a sign of this text begins.
    is_joined: bool,
}

/// Who reads the Markdown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Dialect {
    /// Forges and site generators: with tables, formulas, and template languages that read a page before Markdown.
    Page,
    /// rustdoc: with smart punctuation.
    Rustdoc,
}

const PAGE: TextPlace = TextPlace {
    dialect: Dialect::Page,
    begins_line: true,
    is_joined: true,
};

const DOC: TextPlace = TextPlace {
    dialect: Dialect::Rustdoc,
    ..PAGE
};

impl TextPlace {
    /// The place after other text of the same line.
    const fn inside(self) -> Self {
        Self {
            begins_line: false,
            ..self
        }
    }
}

fn escaped(plain: &str, place: TextPlace) -> String {
    let plain = plain.trim();
    // Most texts begin with a letter, so that they begin no block, and have no sign that Markdown reads.
    if plain.starts_with(|first: char| first.is_ascii_alphabetic()) && all_plain(plain, is_plain) {
        return plain.to_owned();
    }
    let lines: Vec<&str> = plain.lines().map(str::trim).collect();
    let block_start = lines.first().and_then(|line| block_start(line));
    let plain = lines.join("\n");
    let mut escaper = Escaper {
        last_closers: CLOSERS.map(|sign| {
            if place.is_joined {
                usize::MAX
            } else {
                last_closer(&plain, sign)
            }
        }),
        place,
        out: String::with_capacity(plain.len()),
        plain: &plain,
    };
    let mut position = 0;
    while position < plain.len() {
        position = escaper.push(position);
    }
    let Escaper { mut out, .. } = escaper;
    // Before the sign that begins a block, there are only digits, which stand for themselves.
    if let Some(at) = block_start.filter(|_| place.begins_line)
        && !out[at..].starts_with('\\')
    {
        out.insert(at, '\\');
    }
    out
}

/// The position of the sign that makes a line begin a block: a list, a heading, a quote, a fence, a rule, the
/// underline of a heading or of the head of a table.
fn block_start(line: &str) -> Option<usize> {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let sign = line[digits..].chars().next()?;
    let length = line[digits..].chars().take_while(|c| *c == sign).count();
    let is_alone = |length| {
        let mut rest = line[digits + length..].chars();
        rest.next().is_none_or(char::is_whitespace)
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

/// The position of the last sign that may end something; 0 if there is none.
fn last_closer(plain: &str, sign: char) -> usize {
    let mut signs = plain.rmatch_indices(sign);
    let ends = |at: usize| matches!(sign, '>' | ']' | '`') || !plain[..at].ends_with(' ');
    signs.find(|(at, _)| ends(*at)).map_or(0, |(at, _)| at)
}

/// Makes Markdown of a text.
struct Escaper<'a> {
    /// The text, its lines without the spaces around them.
    plain: &'a str,
    place: TextPlace,
    last_closers: [usize; CLOSERS.len()],
    out: String,
}

impl Escaper<'_> {
    /// Appends what begins at a position; returns where it ends.
    fn push(&mut self, position: usize) -> usize {
        let rest = &self.plain[position..];
        let length = plain_start(rest, is_plain);
        let Some(sign) = rest[length..].chars().next() else {
            self.out.push_str(rest);
            return self.plain.len();
        };
        self.out.push_str(&rest[..length]);
        let start = position + length;
        let mut end = start + sign.len_utf8();
        match sign {
            '\n' => self.out.push_str("<br>"),
            '\t' => self.out.push(' '),
            '$' if self.is_page() => self.out.push_str("&#36;"),
            '`' | '*' | '_' | '~' => {
                end = start + run(&self.plain[start..], sign);
                let is_escaped = self.may_open(sign, start, end);
                for _ in start..end {
                    self.out.push_str(if is_escaped { "\\" } else { "" });
                    self.out.push(sign);
                }
            }
            sign if sign.is_control() => self.out.push(char::REPLACEMENT_CHARACTER),
            sign if needs_reference(sign) => {
                let _ = write!(self.out, "&#x{:X};", u32::from(sign));
            }
            sign => {
                let is_escaped = self.is_escaped(sign, start, end);
                self.out.push_str(if is_escaped { "\\" } else { "" });
                self.out.push(sign);
            }
        }
        end
    }

    fn is_page(&self) -> bool {
        self.place.dialect == Dialect::Page
    }

    /// Whether a sign from one position to another needs a backslash.
    fn is_escaped(&self, sign: char, start: usize, end: usize) -> bool {
        let rest = &self.plain[end..];
        let next = rest.chars().next();
        match sign {
            '\\' => match next {
                Some(next) => shown(next).is_ascii_punctuation(),
                None => self.place.is_joined,
            },
            '[' => self.is_closed(']', end),
            '<' => {
                let begins_tag = next.is_some_and(|c| c.is_ascii_alphabetic() || "/!?".contains(c));
                let begins_line = start == 0 && self.place.begins_line;
                begins_tag && (begins_line || self.is_closed('>', end))
            }
            '&' => begins_entity(rest),
            // A cell of a table ends at a pipe wherever it stands.
            '|' => self.is_page(),
            '{' | '%' | '#' => self.is_page() && self.plain[..start].ends_with('{'),
            // Two would become a dash.
            '-' => !self.is_page() && next == Some('-'),
            _ => false,
        }
    }

    /// Whether a run of a sign may begin code, emphasis or struck text that ends later.
    fn may_open(&self, sign: char, start: usize, end: usize) -> bool {
        if !self.is_closed(sign, end) {
            return false;
        }
        let before = self.plain[..start].chars().next_back();
        let is_after_word = before.is_some_and(char::is_alphanumeric);
        let next = self.plain[end..].chars().next().map(shown);
        let is_before_space = match next {
            Some(next) => next.is_whitespace(),
            None => !self.place.is_joined,
        };
        match sign {
            '`' => true,
            // Two of them begin struck text before a sign, too.
            '~' => !is_before_space,
            '_' => !is_after_word && !is_before_space,
            _ => {
                let is_before_sign = next.is_some_and(|next| next.is_ascii_punctuation());
                !(is_before_space || is_after_word && is_before_sign)
            }
        }
    }

    /// Whether a sign that may end something stands at a position or later.
    fn is_closed(&self, closer: char, position: usize) -> bool {
        let index = CLOSERS.iter().position(|sign| *sign == closer);
        index.is_some_and(|index| self.last_closers[index] >= position)
    }
}

/// Whether a byte is a sign that means nothing to Markdown inside of a line, whatever is beside it.
fn is_plain(byte: u8) -> bool {
    /// Whether each byte is one. Looked up, because every byte of every text is asked for.
    const PLAIN: [bool; 256] = {
        let others = b" \"'(),./:;=?@+>]!^}";
        let (mut plain, mut index) = ([false; 256], 0);
        while index < others.len() {
            plain[others[index] as usize] = true;
            index += 1;
        }
        let mut byte = 0_u8;
        while byte < 128 {
            plain[byte as usize] |= byte.is_ascii_alphanumeric();
            byte += 1;
        }
        plain
    };
    PLAIN[usize::from(byte)]
}

/// The length in bytes of the run of an ASCII sign that a text begins with.
fn run(text: &str, sign: char) -> usize {
    text.len() - text.trim_start_matches(sign).len()
}

/// The first sign of what is written for a sign.
fn shown(sign: char) -> char {
    match sign {
        '\n' => '<',
        '\t' => ' ',
        sign if sign.is_control() => char::REPLACEMENT_CHARACTER,
        sign if needs_reference(sign) => '&',
        sign => sign,
    }
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

/// Whether a template language, which reads a page before Markdown does, would find a sign of its own.
fn begins_template(before: Option<char>, char: char) -> bool {
    before == Some('{') && matches!(char, '{' | '%' | '#')
}

/// Whether it would find one anywhere.
fn holds_template(text: &str) -> bool {
    let mut braces = text.match_indices('{');
    braces.any(|(at, _)| text[at + 1..].starts_with(['{', '%', '#']))
}

/// Text as code on a page. Where a code span would not do, in a table or for a template language that reads
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
        code_element(plain, PAGE)
    }
}

/// Text as code in documentation: a code span, or what cannot stand in one as an HTML element.
pub(super) fn doc_code(plain: &str) -> String {
    let special = |char: char| char.is_control() || needs_reference(char);
    let has_special = || !all_plain(plain, is_printed) && plain.contains(special);
    if plain.is_empty() || plain.trim() != plain || has_special() {
        return code_element(plain, DOC);
    }
    let longest = plain.split(|c| c != '`').map(str::len).max();
    let fence = "`".repeat(longest.unwrap_or(0) + 1);
    let touches = plain.starts_with('`') || plain.ends_with('`');
    let space = if touches { " " } else { "" };
    [&*fence, space, plain, space, &*fence].concat()
}

fn code_element(plain: &str, place: TextPlace) -> String {
    // Some forges show no line breaks in code: the words on both sides stay apart all the same.
    let lines = plain.trim().lines();
    let lines: Vec<String> = lines.map(|line| escaped(line, place.inside())).collect();
    // A link has it as its text.
    let lines = lines.join("<br> ").replace(']', "\\]");
    format!("<code>{lines}</code>")
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

/// A link to a URL, shown as a plain text. A URL that is none of the web's is shown, not linked.
pub(super) fn link(plain: &str, url: &str) -> String {
    let web = ["https://", "http://", "mailto:"]
        .iter()
        .any(|scheme| url.starts_with(scheme));
    if !web || url.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return text(plain);
    }
    let mut target = String::with_capacity(url.len());
    for (at, c) in url.char_indices() {
        match c {
            '<' => target.push_str("%3C"),
            '>' => target.push_str("%3E"),
            '(' => target.push_str("%28"),
            ')' => target.push_str("%29"),
            '|' => target.push_str("%7C"),
            '\\' => target.push_str("%5C"),
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

/// A catalog's own Markdown in documentation: its paragraphs, lists and code spans. Everything else
/// reads as it is written, so that nothing in it becomes a test that rustdoc runs.
pub(super) fn prose(markdown: &str) -> String {
    let line = |line: &str| {
        let content = line.trim();
        let marker = list_marker(content).unwrap_or_default();
        marker.to_owned() + &spans(content[marker.len()..].trim(), DOC, doc_code)
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
    spans(&lines.collect::<Vec<_>>().join(" "), PAGE, code)
}

/// A line of Markdown with its simple code spans, everything else as it is written.
fn spans(line: &str, place: TextPlace, code: fn(&str) -> String) -> String {
    let parts: Vec<&str> = line.split('`').collect();
    let simple =
        parts.len() % 2 == 1 && parts.iter().skip(1).step_by(2).all(|part| !part.is_empty());
    if !simple {
        return escaped(line, place);
    }
    let mut out = String::new();
    for (index, part) in parts.iter().enumerate() {
        if index % 2 == 1 {
            out.push_str(&code(part));
        } else {
            // The spaces beside a code span count.
            let (start, end) = (part.trim_start(), part.trim_end());
            let place = if index == 0 { place } else { place.inside() };
            out.push_str(&part[..part.len() - start.len()]);
            out.push_str(&escaped(part, place));
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
