//! Renders findings as rustc would, for terminals and for build scripts.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use crate::findings::finding::{Finding, Severity};
use crate::findings::report::Report;
use crate::line_index::{LineIndex, Location, Position};

impl Report {
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
        // Cargo writes the word itself.
        for (finding, text) in self.rendered(&renderer, Level::no_name) {
            let directive = match finding.severity() {
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
            let directive = match self.unlisted(Severity::Error) {
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
        for (_, text) in self.rendered(&renderer, |level| level) {
            out.extend([&text, "\n\n"]);
        }
        if let Some(rest) = self.rest() {
            out.extend([&rest, "\n\n"]);
        }
        out
    }

    /// Each finding with its text; `level` changes how a level is shown.
    fn rendered(
        &self,
        renderer: &Renderer,
        level: impl Fn(Level<'static>) -> Level<'static>,
    ) -> impl Iterator<Item = (&Finding, String)> {
        let texts: Vec<LineIndex<'_>> = self.sources().iter().map(LineIndex::new).collect();
        self.findings().iter().map(move |finding| {
            let level = level(match finding.severity() {
                Severity::Error => Level::ERROR,
                Severity::Warning => Level::WARNING,
            });
            (finding, renderer.render(&[group(&texts, finding, level)]))
        })
    }

    /// What to say of findings that are not listed.
    fn rest(&self) -> Option<String> {
        let more = self.unlisted(Severity::Error) + self.unlisted(Severity::Warning);
        (more > 0).then(|| format!("and {more} more, which are not listed"))
    }
}

fn group<'a>(texts: &[LineIndex<'a>], finding: &'a Finding, level: Level<'a>) -> Group<'a> {
    let title = level.primary_title(finding.title());
    let mut group = Group::with_title(title.id(finding.cause().id()));
    let primary = finding.location.iter();
    let primary = primary.map(|place| (AnnotationKind::Primary, place));
    let others = finding.others.iter();
    let others = others.map(|place| (AnnotationKind::Context, place));
    let mut places: Vec<_> = primary.chain(others).collect();
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
    for help in finding.remedies() {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    group
}

/// How many bytes of a source are shown for one finding.
const MOST_SHOWN: usize = 16 * 1024;

/// The renderer reads all that it is given, for each finding anew, so it is given the lines that matter.
impl<'a> LineIndex<'a> {
    /// The lines from the first to the last of these places, with what there is to say of each;
    /// `None` where that is too much to be shown.
    fn snippet(
        &self,
        places: &[(AnnotationKind, &'a (Location, String))],
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
    fn origin(&self, place: &Location) -> Origin<'a> {
        let Position { line, column, .. } = self.position(place.span.start);
        Origin::path(self.source.name())
            .line(line)
            .char_column(column)
    }
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

/// The findings as rustc would show them, without colours.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(&Renderer::plain()))
    }
}

impl std::error::Error for Report {}
