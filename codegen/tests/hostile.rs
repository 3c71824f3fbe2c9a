//! Hostile texts and files. What a text says appears in Rust, on the page and in JSON as that text and
//! nothing else: each output is compared, piece by piece, with that of a plain word.

use std::fs;
use std::path::Path;

use errbook_codegen::{Files, Input, OutputKind, Source, generate};
use proc_macro2::{TokenStream, TokenTree};
use pulldown_cmark::{BrokenLink, Event, Options, Parser, Tag, TagEnd};
use serde_json::Value;

use crate::support::{EMPTY_SHOP, generated, write};

/// A word that stands where hostile texts will, and how such a text is written for each that reads it.
struct Word {
    plain: &'static str,
    catalog: fn(&str) -> String,
    page: fn(&str) -> String,
    rust: fn(&str) -> String,
}

const WORDS: [Word; 4] = [
    Word {
        plain: "Plainword",
        catalog: str::to_owned,
        page: str::to_owned,
        rust: str::to_owned,
    },
    // Braces have a meaning in messages, which pages show without them.
    Word {
        plain: "Messageword",
        catalog: in_message,
        page: str::to_owned,
        rust: in_message,
    },
    Word {
        plain: "Pointerword",
        catalog: in_pointer,
        page: in_pointer,
        rust: str::to_owned,
    },
    // Constants of bodies, and lists and maps in columns, are JSON on pages.
    Word {
        plain: "Jsonword",
        catalog: str::to_owned,
        page: in_quotes,
        rust: str::to_owned,
    },
];

fn in_message(text: &str) -> String {
    text.replace('{', "{{").replace('}', "}}")
}

fn in_pointer(text: &str) -> String {
    text.replace('~', "~0").replace('/', "~1")
}

/// Between the quotes of a JSON string.
fn in_quotes(text: &str) -> String {
    let quoted = serde_json::to_string(text).expect("a text is JSON");
    quoted[1..quoted.len() - 1].to_owned()
}

fn replace(text: &str, by: impl Fn(&Word) -> String) -> String {
    WORDS.iter().fold(text.to_owned(), |text, word| {
        text.replace(word.plain, &by(word))
    })
}

/// Every key that takes a plain text has it.
const CATALOG: &str = r#"
[api]
id = "shop"
title = "Plainword"
source = "Plainword"
version = "1"
headings = { code = "Plainword", status = "Plainword", title = "Plainword", message = "Plainword", description = "Plainword", action = "Plainword", retry = "Plainword" }
inferred = { title = "Plainword", version = "Plainword" }

[envelope]
code = ["/code", "/error/Pointerword"]
message = "/message"
title = "/title"
details = "/details"
reference = "/reference"
constants = { "/constant" = "Jsonword", "/list" = ["Jsonword", { "Jsonword" = "Jsonword" }], "/Pointerword" = 1 }
inferred = { code = "Plainword" }

[status]
400 = { name = "Plainword", meaning = "Plainword", retry = "never", inferred = { meaning = "Plainword" } }

[inferred]
description = "Plainword"

[type.Named]
"Plainword" = { type = "string?", description = "Plainword", rust-name = "field" }

[column.text]
type = "string"
title = "Plainword"
description = "Plainword"
[column.texts]
type = "[string]?"
[column.by-text]
type = "{string}?"

[error.PLAIN]
code = "Plainword"
status = [400, 500]
title = "Plainword"
message = ["Messageword {value}", "Messageword"]
description = "Plainword"
action = "Plainword"
retry = "backoff"
since = "1"
text = "Plainword"
texts = ["Jsonword", "Jsonword"]
by-text = { "Jsonword" = "Jsonword" }
inferred = ["description"]
[error.PLAIN.params]
value = { type = "string", description = "Plainword" }
[error.PLAIN.headers]
X-Header = "Plainword"
[error.PLAIN.details]
"Plainword" = { type = "string", description = "Plainword", rust-name = "field" }
named = "Named?"
any = "any?"
[error.PLAIN.deprecated]
since = "1"
note = "Plainword"
[[error.PLAIN.example]]
status = 500
message = "Plainword"
reference = "Plainword"
details = { "Plainword" = "Plainword", named = { "Plainword" = "Plainword" }, any = { "Plainword" = ["Plainword"] } }
[[error.PLAIN.example]]
params = { value = "Plainword" }
details = { "Plainword" = "Plainword" }

[error.RETIRED]
code = 7
status = 400
description = "Plainword"
text = "Plainword"
retired = "2"

[[note]]
title = "Plainword"
text = "A note."

[[rule]]
error = "PLAIN"
field = "Plainword"
rule = "Plainword"
message = "Plainword"

[[category]]
id = "section"
title = "Plainword"
[[category.note]]
title = "Plainword"
text = "A note."
"#;

/// What Markdown, HTML, Rust, JSON and those who read them may take for something else.
const HOSTILE: &[&str] = &[
    "-->",
    "--!>",
    "<!--",
    "<!-- -->",
    "*/",
    "/*",
    "/**/",
    "//",
    "\"#",
    "\"##",
    "r#\"a\"#",
    "]]>",
    "#[doc]",
    "{{",
    "}}",
    "{",
    "}",
    "{}",
    "{a}",
    "{{a}}",
    "{% raw %}",
    "{# a #}",
    "{{#include a}}",
    "${a}",
    "%s",
    "```",
    "`",
    "``",
    "`a`",
    "~~~",
    "```\na\n```",
    "~~~\na",
    "|",
    "\\|",
    "| - |",
    ":-: | :-:",
    "\\",
    "\\\\",
    "a\\",
    "a\\\nb",
    "\\n",
    "\\u{41}",
    "\\u0041",
    "\\x41",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<a id=\"x\">",
    "<br>",
    "</code>",
    "</td></tr></table>",
    "<?php",
    "<!DOCTYPE>",
    "<https://a.example>",
    "<a@b.example>",
    "javascript:alert(1)",
    "[x](javascript:alert(1))",
    "[x]",
    "[x]: y",
    "[x][y]",
    "![x](y)",
    "!",
    "![",
    "[^1]",
    "[^1]: a",
    "[ ] a",
    "[x] a",
    "- [ ] a",
    "&lt;",
    "&amp;",
    "&#60;",
    "&copy",
    "&copy;",
    "&",
    "---",
    "---\na: b\n---",
    "+++",
    "===",
    "a\n===",
    "a\n---",
    "***",
    "___",
    "# a",
    "#",
    "## a #",
    "a #",
    "#a#",
    "#1",
    "> a",
    ">",
    "- a",
    "+ a",
    "* a",
    "-",
    "1. a",
    "1) a",
    "0. a",
    "1.",
    "12345678901. a",
    "    a",
    "\ta",
    "a\tb",
    "a  \nb",
    "a\n\nb",
    " a",
    "*a*",
    "**a**",
    "_a_",
    "__a__",
    "a_b_c",
    "~a~",
    "~~a~~",
    "==a==",
    "^a^",
    "$a$",
    "$$a$$",
    "\\(a\\)",
    "www.a.example",
    "https://a.example/?b=c&d",
    "a@b.example",
    ":smile:",
    "@someone",
    "#123",
    ": a",
    "term\n: a",
    "...",
    "--",
    "'a' \"b\"",
    "'",
    "\"",
    "\"\"\"",
    "'''",
    "a = \"b\"",
    "a\u{a0}b",
    "é",
    "e\u{301}",
    "寸法",
    "📏",
    "\u{fffd}",
];

/// A text as a page shows it: white space folded, its lines kept, and no control characters.
fn shown(text: &str) -> String {
    let fold = |line: &str| {
        let words = line.trim().split([' ', '\t']);
        words
            .filter(|word| !word.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    };
    let lines: Vec<String> = text.trim().lines().map(fold).collect();
    let control = |c: char| c.is_control() && c != '\n';
    lines.join("\n").replace(control, "\u{fffd}")
}

fn files(text: &str) -> Files {
    // TOML has every escape of JSON, and takes one more character only escaped.
    let inside = |word: &Word| in_quotes(&(word.catalog)(text)).replace('\u{7f}', "\\u007f");
    generated(Source::new("shop.toml", replace(CATALOG, inside))).files
}

/// A piece of an output.
#[derive(Clone, Debug, PartialEq)]
enum Piece {
    /// What means something by where it stands: an element, a token.
    Mark(String),
    /// What a reader of the page sees.
    Shown(String),
    /// What a program reads.
    Exact(String),
    Json(Value),
}

/// What a reader of a page sees.
fn page(text: &str) -> Vec<Piece> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_MATH
        | Options::ENABLE_GFM
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    markdown(Parser::new_ext(text, options))
}

/// What a reader of documentation sees, with rustdoc's options; every link leads somewhere.
fn docs(text: &str) -> Vec<Piece> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION;
    let resolve = |link: BrokenLink<'_>| Some((link.reference.into_string().into(), "".into()));
    markdown(Parser::new_with_broken_link_callback(
        text,
        options,
        Some(resolve),
    ))
}

fn markdown<'t>(events: impl Iterator<Item = Event<'t>>) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let show = |pieces: &mut Vec<Piece>, text: &str| match pieces.last_mut() {
        Some(Piece::Shown(before)) => before.push_str(text),
        _ => pieces.push(Piece::Shown(text.to_owned())),
    };
    for event in events {
        match event {
            Event::Text(text) => show(&mut pieces, &text),
            // An element of HTML or of Markdown, whichever can hold the text.
            Event::Code(text) => {
                pieces.push(Piece::Mark("<code>".to_owned()));
                show(&mut pieces, &text);
                pieces.push(Piece::Mark("</code>".to_owned()));
            }
            Event::InlineHtml(html) if &*html == "<br>" => show(&mut pieces, "\n"),
            Event::InlineHtml(html) => pieces.push(Piece::Mark(html.into_string())),
            Event::End(TagEnd::CodeBlock) => {
                if let Some(Piece::Shown(json)) = pieces.pop() {
                    let json = serde_json::from_str(&json).expect("bodies are JSON");
                    pieces.push(Piece::Json(json));
                }
            }
            Event::Start(Tag::HtmlBlock) | Event::End(TagEnd::HtmlBlock) => {}
            other => pieces.push(Piece::Mark(format!("{other:?}"))),
        }
    }
    pieces
}

fn rust(text: &str) -> Vec<Piece> {
    const SKIP: &str = "rustfmt :: skip";
    fn walk(tokens: TokenStream, pieces: &mut Vec<Piece>) {
        let is_doc = |pieces: &[Piece]| {
            let mark = |text: &str| Piece::Mark(text.to_owned());
            pieces.ends_with(&[mark("doc"), mark("=")])
        };
        for token in tokens {
            match token {
                // Whether a line has this attribute, its length decides.
                TokenTree::Group(group) if group.stream().to_string() == SKIP => {
                    pieces.pop_if(|piece| *piece == Piece::Mark("#".to_owned()));
                }
                TokenTree::Group(group) => {
                    pieces.push(Piece::Mark(format!("{:?}", group.delimiter())));
                    walk(group.stream(), pieces);
                    pieces.push(Piece::Mark("end".to_owned()));
                }
                TokenTree::Literal(literal) => match syn::parse_str(&literal.to_string()) {
                    Ok(syn::Lit::Str(text)) if is_doc(pieces) => {
                        pieces.extend(docs(&text.value()));
                    }
                    Ok(syn::Lit::Str(text)) => pieces.push(Piece::Exact(text.value())),
                    // Numbers of a hash, and lengths.
                    _ => pieces.push(Piece::Mark("a number".to_owned())),
                },
                // Whether there is a last comma, the length of the line decides.
                TokenTree::Punct(comma) if comma.as_char() == ',' => {}
                other => pieces.push(Piece::Mark(other.to_string())),
            }
        }
    }
    let tokens: TokenStream = text.parse().expect("it is Rust");
    syn::parse2::<syn::File>(tokens.clone()).expect("it is Rust");
    let mut pieces = Vec::new();
    walk(tokens, &mut pieces);
    pieces
}

fn pieces(path: &str, text: &str) -> Vec<Piece> {
    match path.rsplit('.').next() {
        Some("md") => page(text),
        Some("rs") => rust(text),
        _ => vec![Piece::Json(serde_json::from_str(text).expect("it is JSON"))],
    }
}

/// The piece with the text in the place of the words.
fn with(piece: Piece, text: &str) -> Piece {
    match piece {
        Piece::Mark(mark) => Piece::Mark(mark),
        Piece::Shown(plain) => Piece::Shown(replace(&plain, |word| (word.page)(text))),
        // Between quotes it is JSON in Rust, too: what stands at a place in every body.
        Piece::Exact(json) if json.contains('"') => {
            Piece::Exact(replace(&json, |_| in_quotes(text)))
        }
        Piece::Exact(plain) => Piece::Exact(replace(&plain, |word| (word.rust)(text))),
        Piece::Json(json) => Piece::Json(json_with(json, text)),
    }
}

fn json_with(json: Value, text: &str) -> Value {
    let replaced = |plain: &str| replace(plain, |_| text.to_owned());
    match json {
        Value::String(plain) => Value::String(replaced(&plain)),
        Value::Array(values) => values
            .into_iter()
            .map(|value| json_with(value, text))
            .collect(),
        Value::Object(members) => {
            let member = |(name, value): (String, Value)| (replaced(&name), json_with(value, text));
            members.into_iter().map(member).collect()
        }
        other => other,
    }
}

fn folded(piece: Piece) -> Piece {
    match piece {
        // rustdoc shows quotes and dots as printed books have them.
        Piece::Shown(text) => Piece::Shown(
            shown(&text)
                .replace(['“', '”'], "\"")
                .replace(['‘', '’'], "'")
                .replace('…', "..."),
        ),
        other => other,
    }
}

/// The pieces of each file.
type Outputs = Vec<(String, Vec<Piece>)>;

fn outputs(files: &Files) -> Outputs {
    let output = |(_, path, text): (_, &str, &str)| (path.to_owned(), pieces(path, text));
    files.iter().map(output).collect()
}

#[track_caller]
fn check(plain: &Outputs, text: &str) {
    let files = files(text);
    for ((path, hostile), (_, plain)) in outputs(&files).into_iter().zip(plain) {
        let expected = plain.iter().map(|piece| folded(with(piece.clone(), text)));
        let expected: Vec<Piece> = expected.collect();
        let found: Vec<Piece> = hostile.into_iter().map(folded).collect();
        let mut both = expected.iter().zip(&found);
        if let Some((expected, found)) = both.find(|(expected, found)| expected != found) {
            panic!("{text:?} in {path}:\n{expected:?}, but found\n{found:?}");
        }
        assert_eq!(found.len(), expected.len(), "{text:?} in {path}");
    }
    assert_eq!(files.iter().count(), plain.len(), "{text:?}");
    // What makes pages of these pages may read templates in them first.
    for (path, page) in files.of(OutputKind::Docs) {
        let sign = ["{{", "{%", "{#"].iter().find(|sign| page.contains(**sign));
        assert_eq!(sign, None, "{text:?} in {path}");
    }
}

#[test]
fn hostile_texts_appear_as_themselves_in_every_output() {
    let plain = outputs(&generated(Source::new("shop.toml", CATALOG)).files);
    for text in HOSTILE {
        check(&plain, text);
    }
    check(&plain, &HOSTILE.concat());
    check(
        &plain,
        &("`a` *b* | <c> {d}, and some words that mean nothing at all\n".repeat(150) + "end"),
    );
}

/// What is said of the file `catalog/PATH`, made by `set_up`, beside a good one.
#[track_caller]
fn check_file(path: &str, set_up: impl Fn(&Path), expected: &str) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    write(folder.path(), "catalog/good.toml", EMPTY_SHOP);
    set_up(&folder.path().join("catalog").join(path));
    let input = Input::read(folder.path(), Path::new("catalog"));
    let report = generate(input).expect_err("it is no catalog");
    let [finding] = report.findings() else {
        panic!("one finding: {report}");
    };
    assert!(finding.title().starts_with(expected), "{}", finding.title());
}

#[test]
fn oversized_or_binary_file_is_refused() {
    let large = |path: &Path| {
        let file = fs::File::create(path).expect("it can be made");
        // It takes no room on a disk.
        file.set_len((64 << 20) + 1).expect("it can be longer");
    };
    check_file(
        "large.toml",
        large,
        "`catalog/large.toml` is larger than 64 MiB",
    );
    let binary = |path: &Path| fs::write(path, b"a = \"\xff\"").expect("it can be written");
    check_file("binary.toml", binary, "this file is not UTF-8");
}

#[cfg(unix)]
#[test]
fn pipes_devices_and_broken_links_are_refused_at_once() {
    use std::os::unix::fs::symlink;
    let pipe = |path: &Path| {
        let made = std::process::Command::new("mkfifo").arg(path).status();
        assert!(
            made.is_ok_and(|status| status.success()),
            "a pipe can be made"
        );
    };
    check_file("pipe.toml", pipe, "`catalog/pipe.toml` is no file");
    let device = |path: &Path| symlink("/dev/zero", path).expect("it can be made");
    check_file("zero.toml", device, "`catalog/zero.toml` is no file");
    let itself = |path: &Path| symlink(path, path).expect("it can be made");
    check_file("loop.toml", itself, "`catalog/loop.toml` cannot be read");
    // Left out, its API would vanish from all that is generated.
    let nowhere = |path: &Path| symlink("nowhere", path).expect("it can be made");
    check_file("link.toml", nowhere, "`catalog/link.toml` cannot be read");
}
