//! What holds for any page.

use errbook_codegen::__private::model::Catalog;
use pulldown_cmark::{CowStr, Event, Options, Parser, Tag};

/// Reads a page as a forge would.
#[track_caller]
pub(crate) fn check(page: &str, catalogs: &[Catalog]) {
    let written: Vec<&str> = catalogs.iter().flat_map(markdown).collect();
    let is_written = |text: &str| {
        let text = text.trim();
        written.iter().any(|written| written.contains(text))
    };
    // HTML of an author's own may be anything, and take in what follows it.
    let own_html = written.iter().any(|text| text.contains('<'));
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_GFM;
    for (event, range) in Parser::new_ext(page, options).into_offset_iter() {
        let source = &page[range];
        match event {
            Event::Start(Tag::Table(_)) if !is_written(source) => check_table(source),
            Event::Html(html) | Event::InlineHtml(html) if !own_html => check_html(&html, page),
            _ => {}
        }
    }
    let hidden = |text: &str| text.chars().any(|char| is_hidden(char) && char != '\n');
    assert!(
        !hidden(page) || written.iter().any(|text| hidden(text)),
        "a hidden character in {page:?}"
    );
}

/// Whether a character is a control character, or changes the direction of the text after it.
pub(crate) fn is_hidden(char: char) -> bool {
    char.is_control() || matches!(char, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// What is Markdown by the rules of the format.
fn markdown(catalog: &Catalog) -> Vec<&str> {
    let sections = catalog.categories.iter().flat_map(|section| &section.notes);
    let notes = catalog.notes.iter().chain(sections);
    let docs = catalog.errors.iter().map(|error| &error.docs);
    let mut texts: Vec<&str> = notes.map(|note| note.text.as_str()).collect();
    texts.extend(
        docs.chain([&catalog.api.summary])
            .flatten()
            .map(String::as_str),
    );
    texts
}

/// Each row has the cells of the head. A parser makes it so, and drops what is too much: the cells are
/// counted in the source.
#[track_caller]
fn check_table(table: &str) {
    let mut rows = table.trim().lines().map(cells);
    let head = rows.next();
    assert!(
        rows.all(|row| Some(row) == head),
        "a row of another length: {table}"
    );
}

/// How many parts unescaped pipes make of a row that begins and ends with one.
fn cells(row: &str) -> usize {
    let mut escaped = false;
    let pipes = row.chars().filter(|char| {
        let splits = *char == '|' && !escaped;
        escaped = *char == '\\' && !escaped;
        splits
    });
    pipes.count().saturating_sub(1)
}

/// HTML that pages have of themselves.
#[track_caller]
fn check_html(html: &CowStr<'_>, page: &str) {
    let tag = html.trim();
    let anchor = tag
        .strip_prefix("<a id=\"")
        .and_then(|rest| rest.strip_suffix("\">"));
    let is_ours = match anchor {
        Some(id) => !id.contains(['"', '<', '>', '&']),
        None => ["</a>", "<br>", "<code>", "</code>"].contains(&tag) || is_of_the_header(tag, page),
    };
    assert!(is_ours, "{tag:?} in {page}");
}

/// The comment at the top.
fn is_of_the_header(line: &str, page: &str) -> bool {
    let end = page.find("-->").map_or(0, |end| end + "-->".len());
    page[..end].contains(line)
}
