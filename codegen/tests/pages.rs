//! Pages, read back by a Markdown parser: what stands in a catalog is what a reader sees.

use std::collections::BTreeSet;
use std::path::Path;

use errbook_codegen::__private::model::Catalog;
use errbook_codegen::{Input, Output, OutputKind, Source, generate};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use serde_json::Value;

use crate::support::{generated, path};

/// What a reader sees of a page: the cells of its tables, its other texts, its anchors and links.
#[derive(Debug, Default)]
struct Seen {
    tables: Vec<Vec<Vec<String>>>,
    paragraphs: BTreeSet<String>,
    headings: Vec<String>,
    items: BTreeSet<String>,
    anchors: Vec<String>,
    links: Vec<String>,
    html: Vec<String>,
    bodies: Vec<String>,
}

fn see(page: &str) -> Seen {
    let mut seen = Seen::default();
    let mut text = String::new();
    for event in Parser::new_ext(
        page,
        Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_GFM,
    ) {
        match event {
            Event::Start(Tag::Table(_)) => seen.tables.push(Vec::new()),
            Event::Start(Tag::TableHead | Tag::TableRow) => {
                seen.tables.last_mut().expect("in a table").push(Vec::new());
            }
            Event::Start(Tag::Link { dest_url, .. }) => seen.links.push(dest_url.to_string()),
            Event::Start(Tag::TableCell | Tag::Paragraph | Tag::Item | Tag::Heading { .. }) => {
                text.clear();
            }
            Event::End(TagEnd::TableCell) => {
                let row = seen
                    .tables
                    .last_mut()
                    .and_then(|table| table.last_mut())
                    .expect("in a row");
                row.push(std::mem::take(&mut text));
            }
            Event::Start(Tag::CodeBlock(_)) => text.clear(),
            Event::End(TagEnd::CodeBlock) => seen.bodies.push(std::mem::take(&mut text)),
            Event::End(TagEnd::Paragraph) => {
                seen.paragraphs.insert(std::mem::take(&mut text));
            }
            Event::End(TagEnd::Item) => {
                seen.items.insert(std::mem::take(&mut text));
            }
            Event::End(TagEnd::Heading(_)) => seen.headings.push(std::mem::take(&mut text)),
            Event::Text(part) | Event::Code(part) => text.push_str(&part),
            Event::SoftBreak | Event::HardBreak => text.push('\n'),
            Event::InlineHtml(html) | Event::Html(html) => match &*html {
                "<br>" => text.push('\n'),
                html => match html
                    .strip_prefix("<a id=\"")
                    .and_then(|rest| rest.strip_suffix("\">"))
                {
                    Some(anchor) => seen.anchors.push(anchor.to_owned()),
                    None => seen.html.push(html.to_owned()),
                },
            },
            _ => {}
        }
    }
    seen
}

fn output(folder: &str) -> Output {
    generated(Input::read(&path(folder), Path::new(".")))
}

/// A text as a page shows it: each line without the spaces around it, and no control characters.
fn shown(text: &str) -> String {
    let lines: Vec<&str> = text.trim().lines().map(str::trim).collect();
    let control = |c: char| {
        if c.is_control() && c != '\n' {
            '\u{fffd}'
        } else {
            c
        }
    };
    lines
        .join("\n")
        .replace('\t', " ")
        .chars()
        .map(control)
        .collect()
}

#[track_caller]
fn check(catalog: &Catalog, page: &str) {
    let seen = see(page);
    for table in &seen.tables {
        assert!(
            table.iter().all(|row| row.len() == table[0].len()),
            "a row of another length: {table:?}"
        );
    }
    let cells: BTreeSet<&str> = seen
        .tables
        .iter()
        .flatten()
        .flatten()
        .map(String::as_str)
        .collect();
    let cell = |text: &str, of: &str| {
        let text = shown(text);
        let marked = format!("{text} (inferred)");
        assert!(
            cells.contains(&*text) || cells.contains(&*marked),
            "{of}: {text:?} is in no cell of {cells:#?}"
        );
    };
    for error in &catalog.errors {
        cell(&error.key, &error.key);
        let texts = [&error.description, &error.action];
        texts
            .into_iter()
            .flatten()
            .for_each(|text| cell(text, &error.key));
        if let Some(title) = &error.title {
            let item = format!("{}: {}", catalog.api.headings.title, shown(title));
            assert!(
                seen.items.contains(&item),
                "{item:?} is no item of {:#?}",
                seen.items
            );
        }
        let messages: Vec<String> = error.messages.iter().map(ToString::to_string).collect();
        // Where no error has one, there is no column for it.
        if !messages.is_empty() {
            cell(&messages.join("\n"), &error.key);
        }
        if let Some(description) = &error.description {
            let paragraph = shown(description);
            assert!(
                seen.paragraphs.contains(&paragraph),
                "{paragraph:?} is no paragraph of {:#?}",
                seen.paragraphs
            );
        }
        let entries = seen
            .headings
            .iter()
            .filter(|text| *text == &shown(&error.key))
            .count();
        assert_eq!(entries, 1, "one heading for {}", error.key);
    }
    for row in &catalog.statuses {
        cell(&row.status.to_string(), "status");
        [&row.name, &row.meaning]
            .into_iter()
            .flatten()
            .for_each(|text| cell(text, "status"));
    }
    for rule in &catalog.rules {
        cell(&rule.field, "rule");
        cell(&rule.rule, "rule");
        rule.message.iter().for_each(|text| cell(text, "rule"));
    }
    check_structure(catalog, &seen);
}

/// Headings are whole, anchors differ, links lead somewhere, and there is no HTML but ours.
#[track_caller]
fn check_structure(catalog: &Catalog, seen: &Seen) {
    let mut headings: Vec<&str> = vec![&catalog.api.title];
    headings.extend(
        catalog
            .categories
            .iter()
            .map(|category| category.title.as_str()),
    );
    headings.extend(catalog.notes.iter().map(|note| note.title.as_str()));
    for heading in headings {
        let marked = format!("{} (inferred)", shown(heading));
        let found = seen
            .headings
            .iter()
            .any(|seen| *seen == shown(heading) || *seen == marked);
        assert!(found, "{heading:?} is none of {:#?}", seen.headings);
    }
    let anchors: BTreeSet<&String> = seen.anchors.iter().collect();
    assert_eq!(
        anchors.len(),
        seen.anchors.len(),
        "two anchors of one name: {:?}",
        seen.anchors
    );
    for link in seen.links.iter().filter_map(|link| link.strip_prefix('#')) {
        assert!(anchors.contains(&link.to_owned()), "#{link} leads nowhere");
    }
    let harmless = ["</a>", "<code>", "</code>"];
    let html: Vec<&String> = seen
        .html
        .iter()
        .filter(|html| !harmless.contains(&html.trim()))
        .collect();
    // Beside these, the header is all there is.
    assert!(
        html.iter()
            .all(|html| html.starts_with("<!--") || html.contains("makes it again")),
        "{html:?}"
    );
}

#[test]
fn parsed_pages_equal_their_catalogs() {
    let output = output("tests/catalogs");
    for catalog in &output.catalogs {
        check(
            catalog,
            output
                .files
                .get(OutputKind::Docs, &format!("{}.md", catalog.api.id))
                .expect("it has a page"),
        );
    }
}

/// Each error's body is that of its fixture, or those of its examples.
#[test]
fn bodies_on_pages_equal_the_fixtures() {
    for folder in ["../catalog", "tests/catalogs"] {
        let Output {
            catalogs, files, ..
        } = output(folder);
        for catalog in catalogs {
            let id = &catalog.api.id;
            let body = |name: &str| {
                let text = files.get(OutputKind::Fixtures, &format!("{id}/{name}.json"));
                let fixture: Value = serde_json::from_str(text?).expect("it is JSON");
                Some(fixture["body"].clone())
            };
            let mut expected = BTreeSet::new();
            for (path, _) in files.of(OutputKind::Fixtures) {
                let name = path.strip_prefix(&format!("{id}/"));
                let Some(name) = name.and_then(|name| name.strip_suffix(".json")) else {
                    continue;
                };
                // A document's example takes the place of what the row makes.
                if body(&format!("{name}.example-1")).is_none() {
                    expected.extend(body(name).map(|body| body.to_string()));
                }
            }
            let page = files
                .get(OutputKind::Docs, &format!("{id}.md"))
                .expect("it has a page");
            let shown = see(page).bodies.into_iter();
            let shown: BTreeSet<String> = shown
                .filter_map(|body| serde_json::from_str::<Value>(&body).ok())
                .map(|body| body.to_string())
                .collect();
            assert_eq!(shown, expected, "{id}");
            assert!(catalog.errors.is_empty() || !shown.is_empty(), "{id}");
        }
    }
}

#[test]
fn sections_keep_the_order_of_the_catalog() {
    let output = output("tests/catalogs");
    let page = output
        .files
        .get(OutputKind::Docs, "everything.md")
        .expect("it has a page");
    let headings: Vec<&str> = page
        .lines()
        .filter_map(|line| line.strip_prefix("## "))
        .collect();
    let titles: Vec<&str> = headings
        .iter()
        .map(|heading| heading.rsplit('>').next().unwrap_or_default())
        .collect();
    let expected = [
        "Error body",
        "HTTP statuses",
        "Errors",
        "Authentication & keys",
        "Keyword",
        "Types",
        "Validation rules",
        "Refunds",
        "What is inferred",
    ];
    assert_eq!(titles, expected);
}

/// Each level would have twice the values of the one before.
#[test]
fn example_body_of_nested_types_is_bounded() {
    let types: Vec<String> = (0..14)
        .map(|level| {
            let next = level + 1;
            format!("[type.T{level}]\na = \"[T{next}]\"\nb = \"{{T{next}}}\"\n")
        })
        .collect();
    let types = types.concat();
    let catalog = format!(
        "[api]\nid = \"shop\"\ntitle = \"Shop\"\n[envelope]\ncode = \"/code\"\ndetails = \"/details\"\n\
         {types}[type.T14]\na = \"string\"\n[error.A]\ndescription = \"A\"\ndetails = {{ first = \"T0\" }}\n"
    );
    let output = generated(Source::new("shop.toml", catalog));
    let fixture = output
        .files
        .get(OutputKind::Fixtures, "shop/A.json")
        .expect("it is there");
    assert!(fixture.lines().count() < 10_000);
}

/// Texts that would be something else if they were Markdown or HTML.
const HOSTILE: &[&str] = &[
    "<script>alert(1)</script>",
    "</td></tr></table>",
    "<!-- -->",
    "]]>",
    "&lt;",
    "&#60;",
    "&amp;amp;",
    "a | b",
    "|",
    "\\|",
    "\\",
    "\\\\",
    "`",
    "``",
    "```",
    "`a` `",
    "*a*",
    "**a**",
    "_a_",
    "__a__",
    "a_b_c",
    "~~a~~",
    "~a~",
    "[a](b)",
    "![a](b)",
    "[a]",
    "[^1]",
    "[a]: b",
    "<https://example.com>",
    "# a",
    "#",
    "## a #",
    "- a",
    "+ a",
    "* a",
    "1. a",
    "1) a",
    "12345678901. a",
    "> a",
    "---",
    "***",
    "___",
    "===",
    "a\n===",
    "a\n---",
    "a  \nb",
    "a\\\nb",
    "a\n\nb",
    "    a",
    "\ta",
    "| - |",
    ":-: | :-:",
    "{{#include x}}",
    "{% raw %}",
    "{{ x }}",
    "$a$",
    "$$a$$",
    "a@b.c",
    "*/ //",
    "\"# '#",
    "<a id=\"x\">",
    "<br>",
    "a<br>b",
    "job_<16 hex>",
    "/v1/auth/token",
    "sk_ or pk_",
    "!",
    "!!",
    "![",
    "é",
    "寸法",
    "📏",
    "a\u{a0}b",
    "~~~\na",
    "```\na\n```",
    "0. a",
    "1.",
    "a.",
    "(a)",
    "a &copy b",
    "&copy;",
    "a #",
    "a ##",
    "#a#",
];

#[test]
fn hostile_texts_are_parsed_as_themselves() {
    for text in HOSTILE {
        let quoted = format!("{text:?}")
            .replace("\\'", "'")
            .replace("\\u{a0}", "\\u00A0");
        let message = quoted.replace('{', "{{").replace('}', "}}");
        let catalog = format!(
            "[api]\nid = \"shop\"\ntitle = {quoted}\n[envelope]\ncode = \"/code\"\nmessage = \"/message\"\n[status]\n400 = {{ name = {quoted}, meaning = {quoted} }}\n\
             [error.A]\ntitle = {quoted}\nmessage = {message}\ndescription = {quoted}\naction = {quoted}\n\
             [error.B]\ntitle = \"B\"\nmessage = \"a\"\ndescription = \"b\"\naction = \"c\"\n\
             [[rule]]\nfield = \"f\"\nrule = {quoted}\nmessage = {quoted}\n"
        );
        let output = generate(&[Source::new("shop.toml", catalog)])
            .unwrap_or_else(|report| panic!("{text:?}: {report}"));
        check(
            &output.catalogs[0],
            output
                .files
                .get(OutputKind::Docs, "shop.md")
                .expect("it has a page"),
        );
    }
}
