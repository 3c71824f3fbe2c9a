//! Markdown in a terminal: headings, lists, code and links as one reads them there.

use std::fmt::Write;

use clap::builder::styling::Style;
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::terminal::{CODE, FAINT, GOOD, HEADING, STRONG, Terminal};
use crate::{ERROR, highlight};

/// A text of Markdown: as it is written where there are no colours, which makes the best of it that
/// can be read without; else rendered.
pub(crate) fn shown(markdown: &str, terminal: &Terminal) -> String {
    if !terminal.styled {
        return markdown.trim_end().to_owned();
    }
    let mut renderer = Renderer::new(*terminal);
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
        renderer.event(event);
    }
    renderer.out.trim_end().to_owned()
}

/// Lists and quotes in others: those that are deeper are not indented any more.
const DEEPEST: usize = 8;

/// What stands before the lines of a block.
struct Margin {
    /// Before the first that is still to come; then this is empty and `rest` is meant.
    first: Option<String>,
    rest: String,
}

struct Renderer {
    terminal: Terminal,
    out: String,
    /// The text of the block that is being read.
    text: String,
    margins: Vec<Margin>,
    /// The number of the next item of each list that is open; `None` where they have none.
    lists: Vec<Option<u64>>,
    styles: Vec<Style>,
    /// The URLs of the links that are open, and where their texts begin.
    links: Vec<(String, usize)>,
    /// The words behind the fence of the block of code that is open.
    code: Option<String>,
}

impl Renderer {
    fn new(terminal: Terminal) -> Self {
        Self {
            terminal,
            out: String::new(),
            text: String::new(),
            margins: Vec::new(),
            lists: Vec::new(),
            styles: Vec::new(),
            links: Vec::new(),
            code: None,
        }
    }

    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => {
                self.text.push_str(&visible(&text));
            }
            Event::Code(code) => {
                self.push_style(CODE);
                self.text.push_str(&visible(&code));
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
                self.links.push((visible(&dest_url), self.text.len()));
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

    /// Ends the last style, which ends all: those around it begin anew.
    fn pop_style(&mut self) {
        if let Some(style) = self.styles.pop() {
            let _ = write!(self.text, "{style:#}");
        }
        for style in &self.styles {
            let _ = write!(self.text, "{style}");
        }
    }

    /// Ends a link: its URL, where the text does not say it.
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

    /// What stands before the next line, and before those after it.
    fn indents(&mut self) -> (String, String) {
        let (mut first, mut rest) = (String::new(), String::new());
        for margin in self.margins.iter_mut().take(DEEPEST) {
            first.push_str(margin.first.as_ref().unwrap_or(&margin.rest));
            margin.first = None;
            rest.push_str(&margin.rest);
        }
        (first, rest)
    }

    /// Ends the lines of a block, if there are any.
    fn lines(&mut self) {
        let text = std::mem::take(&mut self.text);
        if !text.trim().is_empty() {
            let (first, rest) = self.indents();
            self.out.push_str(&self.terminal.wrap(&text, &first, &rest));
            self.out.push('\n');
        }
    }

    /// Ends a block, and leaves space behind it: in a list, items follow at once.
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

    /// Code as it stands, indented. Of a catalog on a finding's page, it is said whether it is wrong.
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

/// A text without what a terminal would obey: Markdown can name any character by its number.
fn visible(text: &str) -> String {
    let obeyed = |c: char| {
        let turns = matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        turns || c.is_control() && !matches!(c, '\n' | '\t')
    };
    text.replace(obeyed, "\u{fffd}")
}
