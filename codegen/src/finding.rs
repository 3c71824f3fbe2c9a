//! What is wrong with a catalog: where, why, and what to do about it.

use std::borrow::Cow;
use std::fmt::{self, Write};
use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use crate::lint::Lint;
use crate::position::{Lines, Position};
use crate::rule::Rule;
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

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// The catalog is taken, and the finding told.
    Warning,
    /// The catalog is refused.
    Error,
}

/// What a finding is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Cause {
    /// A rule of the format, which every catalog keeps.
    Rule(Rule),
    /// A lint, which a project may allow.
    Lint(Lint),
}

impl Cause {
    /// The id of the rule, such as `E0201`, or the name of the lint, such as `missing-action`.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Rule(rule) => rule.id(),
            Self::Lint(lint) => lint.name(),
        }
    }

    /// Its page, in Markdown: what it means, a wrong catalog and a right one.
    pub const fn page(self) -> &'static str {
        match self {
            Self::Rule(rule) => rule.page(),
            Self::Lint(lint) => lint.page(),
        }
    }

    /// What it is about, in one line: the heading of its page.
    pub fn summary(self) -> &'static str {
        match self {
            Self::Rule(rule) => rule.summary(),
            Self::Lint(lint) => lint.summary(),
        }
    }

    /// Every rule, then every lint.
    pub fn all() -> impl Iterator<Item = Self> {
        let rules = Rule::ALL.iter().map(|rule| Self::Rule(*rule));
        let lints = Lint::ALL.iter().map(|lint| Self::Lint(*lint));
        rules.chain(lints)
    }

    /// The rule or lint of this id or name, in whatever case.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::all().find(|cause| cause.id().eq_ignore_ascii_case(id))
    }
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    cause: Cause,
    severity: Severity,
    title: String,
    file: Option<String>,
    place: Option<(Place, String)>,
    others: Vec<(Place, String)>,
    help: Vec<String>,
}

impl Finding {
    /// A rule that is not kept; without a place yet. Titles do not end in a full stop.
    pub(crate) fn error(rule: Rule, title: impl Into<String>) -> Self {
        Self::new(Cause::Rule(rule), Severity::Error, title.into())
    }

    /// What a lint has to say; without a place yet.
    pub(crate) fn lint(lint: Lint, severity: Severity, title: impl Into<String>) -> Self {
        Self::new(Cause::Lint(lint), severity, title.into())
    }

    fn new(cause: Cause, severity: Severity, title: String) -> Self {
        Self {
            cause,
            severity,
            title: shown(title),
            file: None,
            place: None,
            others: Vec::new(),
            help: Vec::new(),
        }
    }

    /// The file or folder that it is about, where that has no text to point into.
    pub(crate) fn about(mut self, file: &str) -> Self {
        self.file = Some(shown(file.to_owned()));
        self
    }

    /// Where it is, with what there is to say at that place.
    pub(crate) fn at(mut self, place: Place, label: impl Into<String>) -> Self {
        self.place = Some((place, shown(label.into())));
        self
    }

    /// Another place that has to do with it.
    pub(crate) fn with(mut self, place: Place, label: impl Into<String>) -> Self {
        self.others.push((place, shown(label.into())));
        self
    }

    /// What to do about it.
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(shown(help.into()));
        self
    }

    /// What to do about it instead of what was said before.
    pub(crate) fn help_instead(mut self, help: impl Into<String>) -> Self {
        self.help.clear();
        self.help(help)
    }

    /// As [`help`](Self::help), where there is something to say.
    pub(crate) fn maybe_help(self, help: Option<String>) -> Self {
        match help {
            Some(help) => self.help(help),
            None => self,
        }
    }

    /// The rule or the lint.
    pub fn cause(&self) -> Cause {
        self.cause
    }

    /// Whether the catalog is refused for it.
    pub fn severity(&self) -> Severity {
        self.severity
    }

    /// What is wrong, in one line.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// Where it is; findings about a folder have no place in a text.
    pub fn place(&self) -> Option<&Place> {
        self.place.as_ref().map(|(place, _)| place)
    }

    /// What there is to say at its place, in a few words; empty where the title says all.
    pub fn label(&self) -> &str {
        self.place.as_ref().map_or("", |(_, label)| label)
    }

    /// Other places that have to do with it, such as the first of two duplicates, with what there is to say
    /// at each.
    pub fn other_places(&self) -> impl Iterator<Item = (&Place, &str)> {
        self.others
            .iter()
            .map(|(place, label)| (place, label.as_str()))
    }

    /// What to do about it.
    pub fn remedies(&self) -> &[String] {
        &self.help
    }
}

/// Everything that a run found, with the texts that it was found in.
#[derive(Clone, Debug, Default)]
pub struct Report {
    sources: Vec<Source>,
    findings: Vec<Finding>,
    /// How many more there are than are kept.
    unlisted: Counts,
}

/// How many findings there are of each severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) errors: usize,
    pub(crate) warnings: usize,
}

impl Counts {
    pub(crate) fn of(&mut self, severity: Severity) -> &mut usize {
        match severity {
            Severity::Error => &mut self.errors,
            Severity::Warning => &mut self.warnings,
        }
    }
}

impl Report {
    /// Findings in the order of their places: by source, then by line.
    pub(crate) fn new(sources: Vec<Source>, mut findings: Vec<Finding>, unlisted: Counts) -> Self {
        findings.sort_by_key(|finding| {
            finding
                .place()
                .map(|place| (place.source, place.span.start, place.span.end))
        });
        Self {
            sources,
            findings,
            unlisted,
        }
    }

    pub(crate) fn of_one(finding: Finding) -> Self {
        Self {
            findings: vec![finding],
            ..Self::default()
        }
    }

    /// The findings, in the order of their sources and places: of each catalog no more than 1,000
    /// errors and 1,000 warnings, the first that were met.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// How many more there are of a severity.
    pub fn unlisted(&self, severity: Severity) -> usize {
        match severity {
            Severity::Error => self.unlisted.errors,
            Severity::Warning => self.unlisted.warnings,
        }
    }

    /// The name of the file that a finding is about, or of the folder where there is no file; `None` where
    /// it is about neither.
    pub fn file<'a>(&'a self, finding: &'a Finding) -> Option<&'a str> {
        match finding.place() {
            Some(place) => Some(self.source(place).name()),
            None => finding.file.as_deref(),
        }
    }

    pub(crate) fn sources(&self) -> &[Source] {
        &self.sources
    }

    /// The source that a place is in.
    pub fn source(&self, place: &Place) -> &Source {
        &self.sources[place.source]
    }

    /// Whether there is no finding.
    pub fn is_empty(&self) -> bool {
        self.findings.is_empty()
    }

    /// How many findings are of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        let of_it = |finding: &&Finding| finding.severity == severity;
        self.findings.iter().filter(of_it).count()
    }

    /// The findings as rustc would show them, with ANSI colours.
    pub fn styled(&self) -> String {
        self.render(&Renderer::styled())
    }

    /// The findings as `cargo::error` and `cargo::warning` lines for a build script to print, which
    /// then ends with status 0: cargo shows them alone, without the script's own output around them,
    /// and fails the build where there is an error.
    ///
    /// They are coloured; cargo strips that where its own output is not a terminal.
    pub fn cargo_lines(&self) -> String {
        let renderer = Renderer::styled().decor_style(DecorStyle::Ascii);
        let mut lines = String::new();
        for (finding, text) in self.rendered(&renderer, Name::Cargos) {
            let directive = match finding.severity {
                Severity::Error => "cargo::error=",
                Severity::Warning => "cargo::warning=",
            };
            if !lines.is_empty() {
                lines.extend([directive, "\n"]);
            }
            for line in text.lines() {
                lines.extend([directive, line, "\n"]);
            }
        }
        if let Some(rest) = self.rest() {
            let directive = match self.unlisted.errors {
                0 => "cargo::warning=",
                _ => "cargo::error=",
            };
            lines.extend([directive, &rest, "\n"]);
        }
        lines
    }

    fn render(&self, renderer: &Renderer) -> String {
        let renderer = renderer.clone().decor_style(DecorStyle::Ascii);
        let mut out = String::new();
        for (_, text) in self.rendered(&renderer, Name::Own) {
            out.extend([&text, "\n\n"]);
        }
        if let Some(rest) = self.rest() {
            out.extend([&rest, "\n\n"]);
        }
        out
    }

    fn rendered<'a>(
        &'a self,
        renderer: &'a Renderer,
        name: Name,
    ) -> impl Iterator<Item = (&'a Finding, String)> {
        let texts: Vec<Lines<'_>> = self.sources.iter().map(Lines::new).collect();
        self.findings.iter().map(move |finding| {
            (
                finding,
                renderer.render(&[group(&texts, finding, name.level(finding))]),
            )
        })
    }

    /// What to say of findings that are not listed.
    fn rest(&self) -> Option<String> {
        let more = self.unlisted.errors + self.unlisted.warnings;
        (more > 0).then(|| format!("and {more} more, which are not listed"))
    }
}

/// Who says whether something is an error.
#[derive(Clone, Copy)]
enum Name {
    Own,
    /// The word stands in cargo's own words already.
    Cargos,
}

impl Name {
    fn level(self, finding: &Finding) -> Level<'static> {
        let level = match finding.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        match self {
            Self::Own => level,
            Self::Cargos => level.no_name(),
        }
    }
}

fn group<'a>(texts: &[Lines<'a>], finding: &'a Finding, level: Level<'a>) -> Group<'a> {
    let title = level.primary_title(finding.title.as_str());
    let mut group = Group::with_title(title.id(finding.cause.id()));
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
        let text = &texts[source];
        if let Some(snippet) = text.snippet(&here) {
            group = group.element(snippet);
            continue;
        }
        // Too far apart to be shown with all that is between.
        for place in here {
            group = match text.snippet(&[place]) {
                Some(snippet) => group.element(snippet),
                None => group.element(text.origin(&place.1.0)),
            };
        }
    }
    for help in &finding.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    group
}

/// How many bytes of a source are shown for one finding.
const MOST_SHOWN: usize = 16 * 1024;

/// The renderer reads all that it is given, for each finding anew, so it is given the lines that matter.
impl<'a> Lines<'a> {
    /// The lines from the first to the last of these places, with what there is to say of each;
    /// `None` where that is too much to be shown.
    fn snippet(
        &self,
        places: &[(AnnotationKind, &'a (Place, String))],
    ) -> Option<Snippet<'a, Annotation<'a>>> {
        // Of what goes on for long, the first line.
        let shown = |span: &Range<usize>| {
            if span.len() > MOST_SHOWN / 2 {
                span.start..span.end.min(self.line_end(span.start))
            } else {
                span.clone()
            }
        };
        let spans = || places.iter().map(|(_, (place, _))| shown(&place.span));
        let first = spans().map(|span| span.start).min()?;
        let last = spans().map(|span| span.end).max()?;
        let ((line, start), end) = (self.line(first), self.line_end(last));
        if end - start > MOST_SHOWN {
            return None;
        }
        let annotations = places
            .iter()
            .zip(spans())
            .map(|((kind, (_, label)), span)| {
                kind.span(span.start - start..span.end - start)
                    .label((!label.is_empty()).then_some(label.as_str()))
            });
        let snippet = Snippet::source(lines(&self.source.text()[start..end]))
            .path(self.source.name())
            .line_start(line)
            .annotations(annotations);
        Some(snippet)
    }

    /// A place in a line too long to be shown.
    fn origin(&self, place: &Place) -> Origin<'a> {
        let Position { line, column, .. } = self.position(place.span.start);
        Origin::path(self.source.name())
            .line(line)
            .char_column(column)
    }
}

/// A text on one line that hides nothing: with TOML's escapes for what has no sign of its own, which mean
/// the same where they are copied from a remedy. Of what is very long, the middle is left out.
fn shown(text: String) -> String {
    const LONGEST: usize = 600;
    let hidden = |c: char| c.is_control() || is_invisible(c);
    if text.len() <= LONGEST && !text.contains(hidden) {
        return text;
    }
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => escaped.push_str("\\n"),
            '\t' => escaped.push_str("\\t"),
            c if hidden(c) => {
                write!(escaped, "\\u{:04X}", u32::from(c))
                    .expect("writing to a string does not fail");
            }
            c => escaped.push(c),
        }
    }
    let length = escaped.chars().count();
    if length <= LONGEST {
        return escaped;
    }
    let first = escaped.chars().take(LONGEST * 2 / 3);
    let last = escaped.chars().skip(length - LONGEST / 3);
    first.chain([' ', '…', ' ']).chain(last).collect()
}

/// The lines of a source. The renderer has signs for control characters, but for those behind ASCII: in
/// their place stands one of as many bytes, so that everything is where it was.
fn lines(text: &str) -> Cow<'_, str> {
    let unknown = |c: char| c.is_control() && !c.is_ascii();
    if text.contains(unknown) {
        text.replace(unknown, "\u{b7}").into()
    } else {
        text.into()
    }
}

/// Characters that no reader sees and that change how others are shown or read: those that turn the
/// direction of text (Unicode's `Bidi_Control`), the separators of lines and paragraphs, and spaces without
/// a width.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'
            | '\u{2066}'..='\u{2069}' | '\u{feff}'
    )
}

/// The findings as rustc would show them, without colours.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(&Renderer::plain()))
    }
}

impl std::error::Error for Report {}
