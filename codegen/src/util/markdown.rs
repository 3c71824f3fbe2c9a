//! Markdown that authors write, and what it would do to a page that it becomes a part of: its raw HTML, and a
//! fence that it leaves open.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, OffsetIter, Options, Parser, Tag, TagEnd};

/// Parses with the extensions of GitHub's dialect, without formulas: many readers have none, and read the HTML
/// in them.
fn parse(markdown: &str) -> OffsetIter<'_> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM;
    Parser::new_ext(markdown, options).into_offset_iter()
}

/// The Markdown without the empty lines around it. The spaces of the first line may make code of it.
pub(crate) fn trim(markdown: &str) -> &str {
    let content = markdown.trim_start();
    let before = &markdown[..markdown.len() - content.len()];
    let line = before.rfind('\n').map_or(0, |end| end + 1);
    markdown[line..].trim_end()
}

/// Whether the Markdown is one line that can be followed by other text.
pub(crate) fn is_open_line(markdown: &str) -> bool {
    let blocks = top_level_blocks(markdown);
    !markdown.contains('\n') && matches!(blocks.as_slice(), [(Tag::Paragraph, _)])
}

/// The offset of the `<` that the first raw HTML begins with.
pub(crate) fn first_raw_html(markdown: &str) -> Option<usize> {
    if !may_hold_html(markdown) {
        return None;
    }
    parse(markdown).find_map(|(event, range)| match event {
        Event::Html(_) | Event::InlineHtml(_) => find_from(markdown, range, '<'),
        _ => None,
    })
}

/// The same Markdown with its raw HTML as text: code and autolinks stay, and so does the Markdown that the HTML
/// would have hidden.
pub(crate) fn without_raw_html(markdown: &str) -> Cow<'_, str> {
    // The first pass mostly escapes all of it. Only texts that someone makes up take more than a few.
    const MAX_PASSES: usize = 16;
    if !may_hold_html(markdown) {
        return Cow::Borrowed(markdown);
    }
    let mut out = Cow::Borrowed(markdown);
    let mut escapes = BTreeSet::new();
    for _ in 0..MAX_PASSES {
        let more = html_escapes(&out);
        if more.is_empty() {
            // HTML that has become text may join an author's backtick before it with one after it.
            if are_seen(&out, &escapes) {
                break;
            }
            return out;
        }
        let more = source_offsets(&more, &escapes);
        escapes.extend(more);
        out = Cow::Owned(with_backslashes(markdown, &escapes));
    }
    Cow::Owned(all_escaped(markdown))
}

/// The marks of the fence that the Markdown leaves open. A fence in a list or a quote ends with that.
pub(crate) fn open_fence(markdown: &str) -> Option<&str> {
    if !markdown.contains("```") && !markdown.contains("~~~") {
        return None;
    }
    // An open fence takes in a paragraph after it.
    let followed = format!("{markdown}\n\nA");
    let blocks = top_level_blocks(&followed);
    let (Tag::CodeBlock(CodeBlockKind::Fenced(_)), range) = blocks.last()? else {
        return None;
    };
    let fence = markdown[range.start..].trim_start();
    let sign = fence.chars().next()?;
    let rest = fence.trim_start_matches(sign);
    Some(&fence[..fence.len() - rest.len()])
}

/// Whether the Markdown would go on in a list before it: it begins with a list, or with spaces.
pub(crate) fn continues_list(markdown: &str) -> bool {
    let blocks = top_level_blocks(markdown);
    markdown.starts_with([' ', '\t']) || matches!(blocks.first(), Some((Tag::List(_), _)))
}

/// Whether the Markdown ends in a list, which the items of another list after it would join.
pub(crate) fn ends_in_list(markdown: &str) -> bool {
    let blocks = top_level_blocks(markdown);
    matches!(blocks.last(), Some((Tag::List(_), _)))
}

fn top_level_blocks(markdown: &str) -> Vec<(Tag<'_>, Range<usize>)> {
    let mut depth = 0_usize;
    let mut blocks = Vec::new();
    for (event, range) in parse(markdown) {
        match event {
            Event::Start(tag) => {
                if depth == 0 {
                    blocks.push((tag, range));
                }
                depth += 1;
            }
            Event::End(_) => depth -= 1,
            _ => {}
        }
    }
    blocks
}

/// Whether there is a sign with which HTML begins.
fn may_hold_html(markdown: &str) -> bool {
    markdown.match_indices('<').any(|(at, _)| {
        markdown[at + 1..]
            .starts_with(|next: char| next.is_ascii_alphabetic() || "/!?".contains(next))
    })
}

/// Whether a backslash for one of these offsets of the source is in code, where a reader sees it.
fn are_seen(markdown: &str, escapes: &BTreeSet<usize>) -> bool {
    let mut backslashes = escapes.iter().enumerate().map(|(index, at)| at + index);
    let mut next = backslashes.next();
    let mut code_depth = 0_usize;
    parse(markdown).any(|(event, range)| {
        match event {
            Event::Start(Tag::CodeBlock(_)) => code_depth += 1,
            Event::End(TagEnd::CodeBlock) => code_depth -= 1,
            _ => {}
        }
        let is_code =
            matches!(event, Event::Code(_)) || matches!(event, Event::Text(_)) && code_depth > 0;
        while next.is_some_and(|at| at < range.start) {
            next = backslashes.next();
        }
        is_code && next.is_some_and(|at| at < range.end)
    })
}

/// Where a backslash makes raw HTML text.
///
/// The parser does not look for Markdown in HTML. Once the first sign of a tag is escaped, the signs after it mean
/// something. In a line, they are escaped as well. A block of HTML becomes Markdown, as its author mostly meant
/// it: there only the tags at the start of lines are escaped. Where this may begin code, in which a backslash
/// would be seen, what follows is left for the next pass.
fn html_escapes(markdown: &str) -> Vec<usize> {
    let mut escapes = Vec::new();
    let mut may_begin_code = false;
    for (event, range) in parse(markdown) {
        match event {
            Event::InlineHtml(_) => push_inline_escapes(markdown, range, &mut escapes),
            Event::Start(Tag::HtmlBlock) => {
                escapes.extend(find_from(markdown, range, '<'));
            }
            Event::Html(_) if !may_begin_code => {
                let line = &markdown[range.clone()];
                let content = line.trim_start_matches(' ');
                let start = range.end - content.len();
                let is_new = escapes.last().is_none_or(|last| *last < start);
                may_begin_code = line.contains(['`', '~', '\t']) || start - range.start > 3;
                if !may_begin_code && is_new && begins_tag(content) {
                    escapes.push(start);
                }
            }
            Event::End(TagEnd::HtmlBlock) if may_begin_code => break,
            _ => {}
        }
    }
    escapes
}

/// Whether a line in HTML begins with a tag, and not with what may be an autolink.
fn begins_tag(line: &str) -> bool {
    line.starts_with('<') && !line.contains([':', '@'])
}

/// Escapes every sign of HTML inside of a line that Markdown would read.
fn push_inline_escapes(markdown: &str, range: Range<usize>, escapes: &mut Vec<usize>) {
    let html = &markdown[range.clone()];
    let mut before = ' ';
    for (at, sign) in html.char_indices() {
        let after = html[at + sign.len_utf8()..].chars().next();
        let is_in_word = before.is_alphanumeric() && after.is_some_and(char::is_alphanumeric);
        let has_meaning = match sign {
            '<' | '`' | '*' | '[' | ']' | '&' | '~' | '$' => true,
            '_' => !is_in_word,
            // A pipe in a cell of a table is escaped already.
            '\\' => after != Some('|'),
            _ => false,
        };
        if has_meaning {
            escapes.push(range.start + at);
        }
        before = sign;
    }
}

fn find_from(text: &str, range: Range<usize>, sign: char) -> Option<usize> {
    let at = text[range.clone()].find(sign)?;
    Some(range.start + at)
}

/// The offsets in the source of the signs at these offsets of the source with backslashes; nothing for the
/// backslashes.
fn source_offsets(offsets: &[usize], escapes: &BTreeSet<usize>) -> Vec<usize> {
    let mut backslashes = escapes.iter().enumerate().peekable();
    let mut count = 0;
    let mut of_source = Vec::new();
    for &offset in offsets {
        while backslashes
            .next_if(|(index, at)| **at + index < offset)
            .is_some()
        {
            count += 1;
        }
        if backslashes
            .peek()
            .is_none_or(|(index, at)| **at + index != offset)
        {
            of_source.push(offset - count);
        }
    }
    of_source
}

fn with_backslashes(text: &str, offsets: &BTreeSet<usize>) -> String {
    let mut out = String::with_capacity(text.len() + offsets.len());
    let mut end = 0;
    for offset in offsets {
        out.extend([&text[end..*offset], "\\"]);
        end = *offset;
    }
    out + &text[end..]
}

/// The Markdown as it is written, none of its signs with a meaning.
fn all_escaped(markdown: &str) -> String {
    let mut out = String::with_capacity(markdown.len() * 2);
    for (index, line) in markdown.lines().enumerate() {
        out.push_str(if index > 0 { "\n" } else { "" });
        for sign in line.trim().chars() {
            out.push_str(if sign.is_ascii_punctuation() {
                "\\"
            } else {
                ""
            });
            out.push(sign);
        }
    }
    out
}
