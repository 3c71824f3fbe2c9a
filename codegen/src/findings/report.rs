//! The findings of a run, in order, with the texts that they point into.

use crate::findings::finding::{Finding, Severity};
use crate::line_index::{Location, Positions};
use crate::source::Source;

/// Everything that a run found, with the texts that it was found in.
#[derive(Clone, Debug, Default)]
pub struct Report {
    sources: Vec<Source>,
    findings: Vec<Finding>,
    /// How many more there are than are kept.
    unlisted: FindingCounts,
}

/// How many findings there are of each severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct FindingCounts {
    pub(crate) errors: usize,
    pub(crate) warnings: usize,
}

impl FindingCounts {
    pub(crate) fn of(&mut self, severity: Severity) -> &mut usize {
        match severity {
            Severity::Error => &mut self.errors,
            Severity::Warning => &mut self.warnings,
        }
    }
}

impl Report {
    /// Findings in the order of their places: by source, then by line.
    pub(crate) fn new(
        sources: Vec<Source>,
        mut findings: Vec<Finding>,
        unlisted: FindingCounts,
    ) -> Self {
        findings.sort_by_key(|finding| {
            finding
                .location()
                .map(|location| (location.source, location.span.start, location.span.end))
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
        match finding.location() {
            Some(place) => Some(self.source(place).name()),
            None => finding.file.as_deref(),
        }
    }

    pub(crate) fn sources(&self) -> &[Source] {
        &self.sources
    }

    /// The source that a place is in.
    pub fn source(&self, location: &Location) -> &Source {
        &self.sources[location.source]
    }

    /// Whether there is no finding.
    pub fn is_empty(&self) -> bool {
        self.findings.is_empty()
    }

    /// Whether a finding is an error, listed or not.
    pub fn has_errors(&self) -> bool {
        self.count(Severity::Error) + self.unlisted(Severity::Error) > 0
    }

    /// How many findings are of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        let of_it = |finding: &&Finding| finding.severity() == severity;
        self.findings.iter().filter(of_it).count()
    }

    /// The lines and columns of the locations of the findings.
    pub fn positions(&self) -> Positions<'_> {
        Positions::new(self.sources())
    }
}
