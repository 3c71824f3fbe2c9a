//! Renders Markdown for a terminal.

use std::fmt::Write;

use clap::builder::styling::Style;
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::console::{CODE, ERROR, FAINT, GOOD, HEADING, STRONG};
use crate::render::highlight;
use crate::render::terminal::Terminal;

/// Renders Markdown. Without styles the source is easier to read, so it is returned as it is.
pub(crate) fn render(markdown: &str, terminal: &Terminal) -> String {
    if !terminal.styled {
        return markdown.trim_end().to_owned();
    }
    let mut renderer = MarkdownRenderer {
        terminal: *terminal,
        ..MarkdownRenderer::default()
    };
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
        renderer.event(event);
    }
    renderer.out.trim_end().to_owned()
}

/// The maximum number of nested lists and quotes that are indented.
const MAX_DEPTH: usize = 8;

/// The prefixes of the lines of a block.
struct Margin {
    /// The prefix of the next line, if it differs from `rest`.
    first: Option<String>,
    rest: String,
}

#[derive(Default)]
struct MarkdownRenderer {
    terminal: Terminal,
    out: String,
    /// The text of the current block.
    text: String,
    margins: Vec<Margin>,
    /// The number of the next item of each open list; `None` for a list without numbers.
    lists: Vec<Option<u64>>,
    styles: Vec<Style>,
    /// The URLs of the open links, and the offsets of their texts.
    links: Vec<(String, usize)>,
    /// The words after the fence of the open code block.
    code: Option<String>,
}

impl MarkdownRenderer {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => {
                self.text.push_str(&without_controls(&text));
            }
            Event::Code(code) => {
                self.push_style(CODE);
                self.text.push_str(&without_controls(&code));
                self.pop_style();
            }
            Event::SoftBreak => self.text.push(' '),
            Event::HardBreak => self.text.push('\n'),
            Event::Rule => {
                self.text.push_str(&"─".repeat(20));
                self.block();
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Heading { level, .. } => {
                let is_first = level == HeadingLevel::H1;
                self.push_style(if is_first { HEADING } else { STRONG });
            }
            Tag::TableHead | Tag::Strong => self.push_style(STRONG),
            Tag::Emphasis => self.push_style(Style::new().italic()),
            Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => {
                self.links
                    .push((without_controls(&dest_url), self.text.len()));
            }
            Tag::CodeBlock(kind) => {
                self.lines();
                self.code = Some(match kind {
                    CodeBlockKind::Fenced(words) => words.into_string(),
                    CodeBlockKind::Indented => String::new(),
                });
            }
            Tag::List(number) => {
                self.lines();
                self.lists.push(number);
            }
            Tag::Item => {
                let marker = match self.lists.last_mut() {
                    Some(Some(number)) => {
                        *number += 1;
                        format!("{}. ", *number - 1)
                    }
                    _ => "• ".to_owned(),
                };
                let rest = " ".repeat(marker.chars().count());
                self.margins.push(Margin {
                    first: Some(marker),
                    rest,
                });
            }
            Tag::BlockQuote(_) => self.margins.push(Margin {
                first: None,
                rest: format!("{FAINT}│{FAINT:#} "),
            }),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) => {
                self.pop_style();
                self.block();
            }
            TagEnd::Strong | TagEnd::Emphasis => self.pop_style(),
            TagEnd::Link | TagEnd::Image => self.link(),
            TagEnd::Paragraph | TagEnd::HtmlBlock | TagEnd::Table => self.block(),
            TagEnd::TableCell => self.text.push_str("  "),
            TagEnd::TableHead => {
                self.pop_style();
                self.lines();
            }
            TagEnd::TableRow => self.lines(),
            TagEnd::CodeBlock => self.code_block(),
            TagEnd::Item => {
                self.lines();
                self.margins.pop();
            }
            TagEnd::List(_) => {
                self.lists.pop();
                if self.lists.is_empty() {
                    self.space();
                }
            }
            TagEnd::BlockQuote(_) => {
                self.lines();
                self.margins.pop();
                self.space();
            }
            _ => {}
        }
    }

    fn push_style(&mut self, style: Style) {
        self.styles.push(style);
        let _ = write!(self.text, "{style}");
    }

    /// Ends the last style. The reset ends all styles, so the outer ones start again.
    fn pop_style(&mut self) {
        if let Some(style) = self.styles.pop() {
            let _ = write!(self.text, "{style:#}");
        }
        for style in &self.styles {
            let _ = write!(self.text, "{style}");
        }
    }

    /// Ends a link, with its URL unless the text contains it.
    fn link(&mut self) {
        let Some((url, start)) = self.links.pop() else {
            return;
        };
        if !url.is_empty() && !self.text[start..].contains(&url) {
            let _ = write!(self.text, " {FAINT}({url}){FAINT:#}");
            for style in &self.styles {
                let _ = write!(self.text, "{style}");
            }
        }
    }

    /// Returns the prefix of the next line, and that of the lines after it.
    fn indents(&mut self) -> (String, String) {
        let (mut first, mut rest) = (String::new(), String::new());
        for margin in self.margins.iter_mut().take(MAX_DEPTH) {
            first.push_str(margin.first.as_ref().unwrap_or(&margin.rest));
            margin.first = None;
            rest.push_str(&margin.rest);
        }
        (first, rest)
    }

    /// Writes the lines of the current block, if there are any.
    fn lines(&mut self) {
        let text = std::mem::take(&mut self.text);
        if !text.trim().is_empty() {
            let (first, rest) = self.indents();
            self.out.push_str(&self.terminal.wrap(&text, &first, &rest));
            self.out.push('\n');
        }
    }

    /// Ends a block, followed by an empty line except in a list.
    fn block(&mut self) {
        self.lines();
        if self.lists.is_empty() {
            self.space();
        }
    }

    fn space(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }

    /// Writes a code block, indented. A catalog on the page of a finding has a label that says whether it is
    /// wrong.
    fn code_block(&mut self) {
        let words = self.code.take().unwrap_or_default();
        let code = std::mem::take(&mut self.text);
        let mut words = words.split_whitespace();
        let language = words.next();
        let (first, rest) = self.indents();
        let label = match words.next() {
            Some("wrong") => Some(("wrong", ERROR)),
            Some("right") => Some(("right", GOOD)),
            _ => None,
        };
        if let Some((label, style)) = label {
            let _ = writeln!(self.out, "{first}{style}{label}{style:#}");
        }
        for line in code.lines() {
            let line = match language {
                Some("toml") => highlight::toml(line),
                Some("json") => highlight::json(line),
                _ => format!("{CODE}{line}{CODE:#}"),
            };
            let _ = writeln!(self.out, "{}", format!("{rest}    {line}").trim_end());
        }
        self.space();
    }
}

/// Replaces control characters, which Markdown can contain as numeric references.
fn without_controls(text: &str) -> String {
    let is_control = |c: char| {
        let changes_direction = matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        changes_direction || c.is_control() && !matches!(c, '\n' | '\t')
    };
    text.replace(is_control, "\u{fffd}")
}
