//! Collects the findings of one source.

use std::cell::{Cell, RefCell};
use std::ops::Range;

use crate::check::did_you_mean::{self, SearchBudget};
use crate::findings::{Cause, Finding, FindingCounts, RuleId};
use crate::line_index::Location;
use crate::toml::TomlValue;

/// How many errors and how many warnings of one catalog are kept: nobody reads more, and a large file may
/// have any number.
const MOST: usize = 1000;

/// The findings of one catalog, as they come.
pub(super) struct Findings {
    source: usize,
    list: RefCell<Vec<Finding>>,
    /// How many findings there are of each severity, those that are not kept among them.
    count: Cell<FindingCounts>,
    /// How many rules have not been kept.
    broken: Cell<usize>,
    searches: SearchBudget,
}

impl Findings {
    pub(super) fn new(source: usize) -> Self {
        Self {
            source,
            list: RefCell::default(),
            count: Cell::default(),
            broken: Cell::default(),
            searches: SearchBudget::new(),
        }
    }

    pub(super) fn push(&self, finding: Finding) {
        if let Cause::Rule(_) = finding.cause() {
            self.broken.set(self.broken.get() + 1);
        }
        let mut count = self.count.get();
        let of_severity = count.of(finding.severity());
        *of_severity += 1;
        if *of_severity <= MOST {
            self.list.borrow_mut().push(finding);
        }
        self.count.set(count);
    }

    /// Says what was found so far in another way.
    pub(super) fn amend(&self, amend: impl Fn(Finding) -> Finding) {
        let found = self.list.take();
        self.list.replace(found.into_iter().map(amend).collect());
    }

    pub(super) fn extend(&self, findings: impl IntoIterator<Item = Finding>) {
        for finding in findings {
            self.push(finding);
        }
    }

    /// Whether the catalog is refused.
    pub(super) fn refused(&self) -> bool {
        self.count.get().errors > 0
    }

    /// How many rules have not been kept so far.
    pub(super) fn errors(&self) -> usize {
        self.broken.get()
    }

    /// The index of the catalog.
    pub(super) fn source(&self) -> usize {
        self.source
    }

    pub(super) fn location(&self, span: &Range<usize>) -> Location {
        Location::new(self.source, span.clone())
    }

    /// Help that offers the nearest candidate, or other help where there is none.
    pub(super) fn did_you_mean<'a>(
        &self,
        word: &str,
        candidates: impl IntoIterator<Item = &'a str>,
        otherwise: impl FnOnce() -> String,
    ) -> String {
        let near = self.nearest(word, candidates);
        near.map_or_else(otherwise, |near| format!("did you mean `{near}`?"))
    }

    /// As [`did_you_mean`](Self::did_you_mean), with a list of all candidates where none is near.
    pub(super) fn one_of<'a>(
        &self,
        word: &str,
        candidates: impl Iterator<Item = &'a str> + Clone,
    ) -> String {
        self.did_you_mean(word, candidates.clone(), || {
            format!("it is one of {}", did_you_mean::list(candidates))
        })
    }

    /// The nearest candidate; none once so much is wrong that nobody would see it.
    pub(super) fn nearest<'a>(
        &self,
        word: &str,
        candidates: impl IntoIterator<Item = &'a str>,
    ) -> Option<&'a str> {
        if self.count.get().errors >= MOST {
            return None;
        }
        self.searches.nearest(word, candidates)
    }

    /// The findings, and how many more there were.
    pub(super) fn into_list(self) -> (Vec<Finding>, FindingCounts) {
        let count = self.count.get();
        let unlisted = FindingCounts {
            errors: count.errors.saturating_sub(MOST),
            warnings: count.warnings.saturating_sub(MOST),
        };
        (self.list.into_inner(), unlisted)
    }

    /// Reports a list without items, where the key could be left out.
    pub(super) fn empty_list(&self, key: &str, value: &TomlValue, help: &str) {
        let title = format!("`{key}` is an empty list");
        self.report(RuleId::Empty, &value.span, title, "nothing in it", help);
    }

    /// Reports an item that its list has already.
    pub(super) fn repeated(&self, span: &Range<usize>, title: impl Into<String>) {
        self.report(RuleId::Twice, span, title, "again", "delete it");
    }

    /// The plainest of findings: one place and what is wrong there.
    pub(super) fn report(
        &self,
        rule: RuleId,
        span: &Range<usize>,
        title: impl Into<String>,
        label: &str,
        help: &str,
    ) {
        let finding = Finding::error(rule, title).at(self.location(span), label);
        self.push(if help.is_empty() {
            finding
        } else {
            finding.help(help)
        });
    }
}
