//! What is wrong with a catalog: where, why, and what to do about it.

use std::borrow::Cow;
use std::fmt::{self, Write};
use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use crate::source::Source;

/// A part of a catalog's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The index of the source in the report.
    pub source: usize,
    /// Bytes of the source's text.
    pub span: Range<usize>,
}

impl Place {
    pub(crate) fn new(source: usize, span: Range<usize>) -> Self {
        Self { source, span }
    }
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    title: String,
    place: Option<(Place, String)>,
    others: Vec<(Place, String)>,
    help: Vec<String>,
}

impl Finding {
    /// Without a place yet. Titles do not end in a full stop.
    pub(crate) fn error(title: impl Into<String>) -> Self {
        Self {
            title: one_line(title.into()),
            place: None,
            others: Vec::new(),
            help: Vec::new(),
        }
    }

    /// Where it is, with what there is to say at that place.
    pub(crate) fn at(mut self, place: Place, label: impl Into<String>) -> Self {
        self.place = Some((place, one_line(label.into())));
        self
    }

    /// Another place that has to do with it.
    pub(crate) fn with(mut self, place: Place, label: impl Into<String>) -> Self {
        self.others.push((place, one_line(label.into())));
        self
    }

    /// What to do about it.
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(one_line(help.into()));
        self
    }

    /// As [`help`](Self::help), where there is something to say.
    pub(crate) fn maybe_help(self, help: Option<String>) -> Self {
        match help {
            Some(help) => self.help(help),
            None => self,
        }
    }

    /// What is wrong, in one line.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// Where it is; findings about a folder have no place in a text.
    pub fn place(&self) -> Option<&Place> {
        self.place.as_ref().map(|(place, _)| place)
    }

    /// Other places that have to do with it, such as the first of two duplicates.
    pub fn other_places(&self) -> impl Iterator<Item = &Place> {
        self.others.iter().map(|(place, _)| place)
    }

    /// What to do about it.
    pub fn remedies(&self) -> &[String] {
        &self.help
    }
}

/// What a catalog holds is quoted in findings: on one line, and with TOML's escapes for what would not be
/// shown as it is, which means the same where it is copied from a remedy.
fn one_line(text: String) -> String {
    if !text.chars().any(is_hidden) {
        return text;
    }
    let mut out = String::with_capacity(text.len() + 8);
    for char in text.chars() {
        match char {
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            char if is_hidden(char) => {
                let _ = write!(out, "\\u{:04X}", u32::from(char));
            }
            char => out.push(char),
        }
    }
    out
}

/// Whether a character commands a terminal: control characters, and signs that change the direction of
/// the text after them.
pub(crate) fn is_hidden(char: char) -> bool {
    char.is_control() || matches!(char, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// The renderer shows control characters, but for those behind ASCII. In their place stands a sign of
/// as many bytes, so that everything is where it was.
fn shown_lines(text: &str) -> Cow<'_, str> {
    let unknown = |char: char| char.is_control() && !char.is_ascii();
    if text.contains(unknown) {
        text.replace(unknown, "\u{B7}").into()
    } else {
        text.into()
    }
}

/// Everything that a run found, with the texts that it was found in.
#[derive(Clone, Debug, Default)]
pub struct Report {
    sources: Vec<Source>,
    findings: Vec<Finding>,
}

impl Report {
    /// Findings in the order of their places: by source, then by line.
    pub(crate) fn new(sources: Vec<Source>, mut findings: Vec<Finding>) -> Self {
        findings.sort_by_key(|finding| {
            finding
                .place()
                .map(|place| (place.source, place.span.start, place.span.end))
        });
        Self { sources, findings }
    }

    pub(crate) fn of_one(finding: Finding) -> Self {
        Self {
            sources: Vec::new(),
            findings: vec![finding],
        }
    }

    /// The findings, in the order of their sources and places.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// The source that a place is in.
    pub fn source(&self, place: &Place) -> &Source {
        &self.sources[place.source]
    }

    /// Whether there is no finding.
    pub fn is_empty(&self) -> bool {
        self.findings.is_empty()
    }

    /// The findings as rustc would show them, with ANSI colours.
    pub fn styled(&self) -> String {
        self.render(
            &Renderer::styled().decor_style(DecorStyle::Ascii),
            &Level::ERROR,
        )
    }

    /// The findings as `cargo::error` lines for a build script to print, which then ends with status
    /// 0: cargo shows them alone, without the script's own output around them, and fails the build.
    ///
    /// They are coloured; cargo strips that where its own output is not a terminal.
    pub fn cargo_lines(&self) -> String {
        // The name of the level would stand after cargo's own.
        let rendered = self.render(
            &Renderer::styled().decor_style(DecorStyle::Ascii),
            &Level::ERROR.no_name(),
        );
        rendered
            .trim_end()
            .lines()
            .fold(String::new(), |lines, line| {
                lines + "cargo::error=" + line + "\n"
            })
    }

    fn render(&self, renderer: &Renderer, level: &Level<'_>) -> String {
        let texts: Vec<Lines<'_>> = self.sources.iter().map(Lines::new).collect();
        let mut out = String::new();
        for finding in &self.findings {
            out.push_str(&renderer.render(&[group(&texts, finding, level.clone())]));
            out.push_str("\n\n");
        }
        out
    }
}

fn group<'a>(texts: &[Lines<'a>], finding: &'a Finding, level: Level<'a>) -> Group<'a> {
    let mut group = Group::with_title(level.primary_title(finding.title.as_str()));
    let primary = finding
        .place
        .iter()
        .map(|place| (AnnotationKind::Primary, place));
    let context = finding
        .others
        .iter()
        .map(|place| (AnnotationKind::Context, place));
    let mut places: Vec<_> = primary.chain(context).collect();
    // One snippet for each source, that of the primary place first.
    while let Some((_, (first, _))) = places.first() {
        let source = first.source;
        let (here, elsewhere): (Vec<_>, Vec<_>) = places
            .into_iter()
            .partition(|(_, (place, _))| place.source == source);
        places = elsewhere;
        let spans = here.iter().map(|(_, (place, _))| place.span.clone());
        let window = texts[source].around(spans);
        let annotations = here.into_iter().map(|(kind, (place, label))| {
            let span = place.span.start - window.start..place.span.end - window.start;
            kind.span(span)
                .label((!label.is_empty()).then_some(label.as_str()))
        });
        let snippet = Snippet::source(shown_lines(window.text))
            .path(texts[source].source.name())
            .line_start(window.line)
            .annotations(annotations);
        group = group.element(snippet);
    }
    for help in &finding.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    group
}

/// A source and where its lines start: the renderer reads all that it is given, for each finding
/// anew, so it is given the lines that matter.
struct Lines<'a> {
    source: &'a Source,
    starts: Vec<usize>,
}

/// Some lines of a source.
struct Window<'a> {
    text: &'a str,
    /// The byte at which it starts.
    start: usize,
    /// The number of its first line, from 1.
    line: usize,
}

impl<'a> Lines<'a> {
    fn new(source: &'a Source) -> Self {
        let ends = source.text().match_indices('\n').map(|(end, _)| end + 1);
        Self {
            source,
            starts: std::iter::once(0).chain(ends).collect(),
        }
    }

    /// The lines from the first to the last of these places.
    fn around(&self, spans: impl Iterator<Item = Range<usize>> + Clone) -> Window<'a> {
        let first = spans
            .clone()
            .map(|span| span.start)
            .min()
            .unwrap_or_default();
        let last = spans.map(|span| span.end).max().unwrap_or_default();
        let line = self.starts.partition_point(|start| *start <= first);
        let start = self.starts[line - 1];
        let end = self.starts.partition_point(|start| *start <= last);
        let end = self
            .starts
            .get(end)
            .copied()
            .unwrap_or(self.source.text().len());
        Window {
            text: &self.source.text()[start..end],
            start,
            line,
        }
    }
}

/// The findings as rustc would show them, without colours.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(
            &Renderer::plain().decor_style(DecorStyle::Ascii),
            &Level::ERROR,
        ))
    }
}

impl std::error::Error for Report {}
