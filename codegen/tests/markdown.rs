//! Markdown of a catalog as a part of pages and documentation: what an author leaves open takes in nothing else,
//! and HTML is shown as text.

use errbook_codegen::__private::markdown_escape::block;
use errbook_codegen::{Files, OutputKind, Source};
use pulldown_cmark::{Event, Options, Parser, Tag};

use crate::support::generated;

/// Beginnings and ends of all that Markdown and HTML have, and words.
const PIECES: &[&str] = &[
    "<!--",
    "-->",
    "<details>",
    "</details>",
    "<pre>",
    "</pre>",
    "<table>",
    "<tr><td>",
    "<script>",
    "<style>",
    "<![CDATA[",
    "]]>",
    "<?",
    "?>",
    "<!X",
    "<b>",
    "</b>",
    "<b",
    "<i x='",
    "'>",
    "<a title=\"",
    "\">",
    "<https://a.example>",
    "<a@b.example>",
    "<",
    ">",
    "`",
    "``",
    "```",
    "~~~",
    "~~~\n",
    "```\n",
    "- ",
    "1. ",
    "> ",
    "    ",
    "\t",
    "  ",
    "# ",
    "===",
    "---",
    "|",
    "| a |\n|---|\n",
    "[x]: y",
    "[x]",
    "[^1]: ",
    "[^1]",
    "*",
    "**",
    "_",
    "~~",
    "~",
    "\\",
    "&lt;",
    "&",
    "!",
    "[",
    "](",
    "]",
    "$",
    "a",
    "b c",
    "é",
    " ",
    "\n",
    "\n",
    "\n",
    "\n",
    "\n\n",
    "\n\n",
    "\n- ",
    "\n> ",
    "\n    ",
    "\n  ",
];

/// Numbers that look random and are the same at every run.
struct RandomPieces(u64);

impl RandomPieces {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        usize::try_from(self.0 >> 33).expect("it has 31 bits") % limit
    }

    /// A text of some pieces that says something.
    fn text(&mut self) -> String {
        let length = 1 + self.below(16);
        let text: String = (0..length)
            .map(|_| PIECES[self.below(PIECES.len())])
            .collect();
        if text.trim().is_empty() {
            "a".to_owned()
        } else {
            text
        }
    }
}

fn github() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM
}

fn rustdoc() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
}

fn is_html(event: &Event<'_>) -> bool {
    matches!(event, Event::Html(_) | Event::InlineHtml(_))
}

/// The events, with neighbouring texts as one: where there is an escape, the parser has two.
fn events(markdown: &str, options: Options) -> Vec<String> {
    let mut events: Vec<String> = Vec::new();
    let mut is_text = false;
    for event in Parser::new_ext(markdown, options) {
        match event {
            Event::Text(text) if is_text => events.last_mut().expect("a text").push_str(&text),
            Event::Text(text) => {
                events.push(format!("text {text}"));
                is_text = true;
                continue;
            }
            other => events.push(format!("{other:?}")),
        }
        is_text = is_text && events.last().is_some_and(|last| last.starts_with("text "));
    }
    events
}

/// Signs that are as much punctuation as those that are escaped, and mean nothing.
const STAND_INS: [(char, char); 10] = [
    ('<', '‹'),
    ('`', '‵'),
    ('*', '⁎'),
    ('_', '‿'),
    ('[', '⁅'),
    (']', '⁆'),
    ('&', '⁊'),
    ('~', '⁓'),
    ('$', '‣'),
    ('\\', '‖'),
];

/// The page with stand-ins for each sign that it escapes and the source does not. Everything else of the source is
/// in it, and nothing more but the end of a fence.
fn with_stand_ins(source: &str, page: &str) -> String {
    let mut out = String::new();
    let (mut source, mut page) = (source, page);
    while let Some(sign) = source.chars().next() {
        let backslashes = run(source);
        let more = run(page) - backslashes;
        source = &source[backslashes..];
        page = &page[backslashes + more..];
        let next = source.chars().next();
        // An escaped pipe of a table stays as it is.
        let own = backslashes - usize::from(backslashes > 0 && next == Some('|'));
        let (is_doubled, is_sign_escaped) = match more {
            0 => (false, false),
            // Before a sign that is HTML, backslashes are even in number.
            1 if own != 1 => (false, true),
            _ if more == own => (true, false),
            _ if more == own + 1 => (true, true),
            _ => panic!("{more} more backslashes before {source:?}"),
        };
        let stand_in = |sign| {
            STAND_INS
                .iter()
                .find(|(of, _)| *of == sign)
                .expect("a sign that HTML has")
                .1
        };
        let doubled = if is_doubled { own } else { 0 };
        out.extend((0..doubled).map(|_| stand_in('\\')));
        out.extend((doubled..backslashes).map(|_| '\\'));
        if let Some(next) = next {
            assert!(
                page.starts_with(next),
                "{page:?} is not {source:?} after {sign:?}"
            );
            out.push(if is_sign_escaped {
                stand_in(next)
            } else {
                next
            });
            (source, page) = (&source[next.len_utf8()..], &page[next.len_utf8()..]);
        }
    }
    let fence = page.trim();
    assert!(
        fence.chars().all(|sign| "`~".contains(sign)),
        "{page:?} is more"
    );
    out + page
}

/// The number of backslashes that a text begins with.
fn run(text: &str) -> usize {
    text.len() - text.trim_start_matches('\\').len()
}

/// The source with a backslash before every sign: as the last resort, all of it is text.
fn escaped(source: &str) -> String {
    let line = |line: &str| {
        let mut escaped = String::new();
        for sign in line.trim().chars() {
            escaped.push_str(if sign.is_ascii_punctuation() {
                "\\"
            } else {
                ""
            });
            escaped.push(sign);
        }
        escaped
    };
    source
        .trim()
        .lines()
        .map(line)
        .collect::<Vec<_>>()
        .join("\n")
}

/// The text without the empty lines around it.
fn trimmed(text: &str) -> &str {
    let indent = text.len() - text.trim_start().len();
    text[text[..indent].rfind('\n').map_or(0, |end| end + 1)..].trim_end()
}

const NEXT: &str =
    "\n\n## <a id=\"next\"></a>Next\n\nA `b` [c](#next).\n\n| d |\n| --- |\n| e<br>f |\n";

#[test]
fn html_and_fences_end_with_their_text() {
    let next = events(NEXT, github());
    let mut random = RandomPieces(1);
    let mut as_text = 0;
    for _ in 0..30_000 {
        let text = random.text();
        let page = block(&text);
        let html = Parser::new_ext(&page, github()).find(is_html);
        assert_eq!(html, None, "{text:?} as {page:?}");
        let read = events(&(page.clone() + NEXT), github());
        assert!(read.ends_with(&next), "{text:?} as {page:?} is {read:#?}");
        if page == escaped(&text) && page != trimmed(&text) {
            as_text += 1;
            continue;
        }
        // Every sign that is escaped is text, and nothing else changes.
        let source = with_stand_ins(trimmed(&text), &page);
        let mut expected = events(&source, github());
        let mut found = events(&page, github());
        for event in expected.iter_mut().chain(&mut found) {
            for (sign, stand_in) in STAND_INS {
                *event = event.replace(stand_in, &sign.to_string());
            }
        }
        assert_eq!(found, expected, "{text:?} as {page:?}");
    }
    assert!(as_text < 100, "{as_text} texts have lost their Markdown");
}

/// The outputs of a catalog whose texts in Markdown are all this one.
fn files(markdown: &str) -> Files {
    let quoted = serde_json::to_string(markdown).expect("a text is JSON");
    let catalog = format!(
        "[api]\nid = \"shop\"\ntitle = \"Shop\"\nsummary = {quoted}\nhomepage = \"https://shop.example\"\n\
         inferred = {{ summary = \"Nobody says it.\" }}\n\
         [envelope]\ncode = \"/code\"\ndetails = \"/details\"\n\
         [error.A]\nstatus = 400\ndescription = \"a\"\ndocs = {quoted}\ndetails = {{ a = \"u32\" }}\n\
         [error.B]\nstatus = 400\ndescription = \"b\"\ndocs = {quoted}\n\
         [[note]]\ntitle = \"Note\"\ntext = {quoted}\n\
         [[category]]\nid = \"section\"\ntitle = \"Section\"\n\
         [[category.note]]\ntitle = \"Other note\"\ntext = {quoted}\n"
    );
    generated(Source::new("shop.toml", catalog)).files
}

fn page(files: &Files) -> String {
    let page = files.get(OutputKind::Docs, "shop.md");
    page.expect("a page").to_owned()
}

/// The anchors, marks and bodies of a page, each with the events beside it.
fn own_parts(page: &str) -> Vec<Vec<String>> {
    let events = events(page, github());
    // A list that a text ends in is kept from the page's by a comment.
    let is_comment = |event: &String| event.contains("<!-- -->");
    let is_own = |event: &str| {
        [
            "Html(",
            "InlineHtml(",
            "\"json\"",
            "(inferred)",
            "https://shop.example",
        ]
        .iter()
        .any(|part| event.contains(part))
    };
    let parts = events
        .windows(2)
        .filter(|pair| is_own(&pair[0]) && !is_comment(&pair[0]));
    parts.map(<[String]>::to_vec).collect()
}

/// The comments of each item.
fn doc_comments(module: &str) -> Vec<String> {
    let mut comments = vec![String::new()];
    for line in module.lines().map(str::trim) {
        let text = line
            .strip_prefix("///")
            .or_else(|| line.strip_prefix("//!"));
        match (text, comments.last_mut()) {
            (Some(text), Some(comment)) => {
                comment.push_str(text.strip_prefix(' ').unwrap_or(text));
                comment.push('\n');
            }
            _ => comments.push(String::new()),
        }
    }
    comments
}

#[test]
fn outputs_keep_their_own_parts_beside_any_markdown() {
    let plain = own_parts(&page(&files("Word")));
    let mut random = RandomPieces(2);
    let mut texts: Vec<String> = (0..400).map(|_| random.text()).collect();
    texts.extend(
        PIECES
            .iter()
            .filter(|piece| !piece.trim().is_empty())
            .map(|piece| (*piece).to_owned()),
    );
    for text in texts {
        // What the text has of these words is not the page's.
        if text.contains("inferred") {
            continue;
        }
        let files = files(&text);
        assert_eq!(own_parts(&page(&files)), plain, "{text:?}");
        let module = files.get(OutputKind::Rust, "shop.rs").expect("a module");
        for comment in doc_comments(module) {
            let mut events = Parser::new_ext(&comment, rustdoc());
            let foreign = events.find(|event| match event {
                Event::Html(_) => true,
                Event::InlineHtml(html) => !["<code>", "</code>", "<br>"].contains(&&**html),
                Event::Start(tag) => matches!(tag, Tag::CodeBlock(_) | Tag::Heading { .. }),
                _ => false,
            });
            assert_eq!(foreign, None, "{text:?} as {comment}");
        }
    }
}

#[test]
fn list_of_a_text_is_not_one_with_that_of_the_page() {
    let lists = |markdown| {
        let page = page(&files(markdown));
        let lists = events(&page, github()).into_iter();
        let lists = lists.filter(|event| event.starts_with("Start(List"));
        (lists.count(), page.contains("<!-- -->"))
    };
    let (own, is_separated) = lists("No list");
    assert!(!is_separated);
    for list in ["- a\n- b", "* a", "A list:\n\n- a", "- a\n\nb"] {
        // In the summary, in the docs of two errors, and in two notes.
        assert_eq!(lists(list), (own + 5, true), "{list:?}");
    }
    assert_eq!(lists("    code"), (own, true));
}

#[test]
fn html_is_text_and_markdown_stays() {
    #[track_caller]
    fn check(markdown: &str, expected: &str) {
        assert_eq!(block(markdown), expected);
    }
    for markdown in [
        "<https://a.example> and <a@b.example>",
        "`<b>` and ``<!-- ` -->``",
        "```html\n<details>\n```",
        "    <pre>\n\na",
        "- ~~~\n  <table>",
        "> ```\n> <script>",
        "a < b, a <- b, 1 <2> and \\<b>",
        "[a][x]\n\n[x]: https://a.example",
    ] {
        check(markdown, markdown);
    }
    check("\n \n    <pre>\n \n", "    <pre>");
    check(
        "a <b>c</b> <job-id> <br/>",
        r"a \<b>c\</b> \<job-id> \<br/>",
    );
    check("<!-- a\n\n## b `<c>`", "\\<!-- a\n\n## b `<c>`");
    check(
        "<details>\n<summary>a</summary>\n\n- b\n\n</details>",
        "\\<details>\n\\<summary>a\\</summary>\n\n- b\n\n\\</details>",
    );
    check(
        "<pre>\n```\n<b>\n```\n</pre>",
        "\\<pre>\n```\n<b>\n```\n\\</pre>",
    );
    check(
        "<table>\n<tr><td>`<b>`</td></tr>\n</table>",
        "\\<table>\n\\<tr>\\<td>`<b>`\\</td>\\</tr>\n\\</table>",
    );
    check(
        "- a\n  <div>\n\n  > <!-- b",
        "- a\n  \\<div>\n\n  > \\<!-- b",
    );
    check("<a title=\"`*\"> `<b>`", "\\<a title=\"\\`\\*\"> `<b>`");
    check("<![CDATA[ a", "\\<![CDATA[ a");
    check("<? a", "\\<? a");
    check(
        "<div>\n<https://a.example>\n</div>",
        "\\<div>\n<https://a.example>\n\\</div>",
    );
    // A backtick of the author's would make code of the tag and its backslash.
    check(
        "```a\n\n`` b\n<pre>`` <c>",
        "```a\n\n`` b\n<pre>`` <c>\n```",
    );
    check(
        "a `` b\n<pre>`` <c>",
        r"a \`\` b
\<pre\>\`\` \<c\>",
    );
}

/// A page of thousands of tags is not parsed as many times.
#[test]
fn html_in_every_line_is_escaped_at_once() {
    let rows = "<tr>\n<td>\n\n".repeat(20_000) + &"<!-- ".repeat(20_000) + &"<b>`".repeat(1000);
    assert!(block(&rows).starts_with("\\<tr>\n\\<td>\n\n\\<tr>"));
}
