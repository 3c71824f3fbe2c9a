//! One finding: what is wrong in a catalog, where, and what to do about it.

use std::fmt::Write;

use crate::findings::cause::{Cause, Lint, RuleId};
use crate::line_index::Location;
use crate::util::characters::is_invisible;

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// The catalog is taken, and the finding told.
    Warning,
    /// The catalog is refused.
    Error,
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    cause: Cause,
    severity: Severity,
    title: String,
    pub(super) file: Option<String>,
    pub(super) location: Option<(Location, String)>,
    pub(super) others: Vec<(Location, String)>,
    help: Vec<String>,
}

impl Finding {
    /// A rule that is not kept; without a place yet. Titles do not end in a full stop.
    pub(crate) fn error(rule: RuleId, title: impl Into<String>) -> Self {
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
            location: None,
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
    pub(crate) fn at(mut self, location: Location, label: impl Into<String>) -> Self {
        self.location = Some((location, shown(label.into())));
        self
    }

    /// Another place that has to do with it.
    pub(crate) fn with(mut self, location: Location, label: impl Into<String>) -> Self {
        self.others.push((location, shown(label.into())));
        self
    }

    /// As [`with`](Self::with), if there is such a place.
    pub(crate) fn maybe_with(self, location: Option<Location>, label: &str) -> Self {
        match location {
            Some(location) => self.with(location, label),
            None => self,
        }
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
    pub fn location(&self) -> Option<&Location> {
        self.location.as_ref().map(|(location, _)| location)
    }

    /// What there is to say at its place, in a few words; empty where the title says all.
    pub fn label(&self) -> &str {
        self.location.as_ref().map_or("", |(_, label)| label)
    }

    /// Other places that have to do with it, such as the first of two duplicates, with what there is to say
    /// at each.
    pub fn other_locations(&self) -> impl Iterator<Item = (&Location, &str)> {
        self.others
            .iter()
            .map(|(location, label)| (location, label.as_str()))
    }

    /// What to do about it.
    pub fn remedies(&self) -> &[String] {
        &self.help
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
