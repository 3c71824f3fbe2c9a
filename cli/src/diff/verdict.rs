//! What all changes together mean for the version.

use crate::console::count;
use crate::diff::change::{ApiChanges, Change};
use crate::diff::kind::{Breaks, VersionBump};

/// The number of changes with each verdict.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct VerdictCounts {
    pub(crate) major: usize,
    pub(crate) minor: usize,
    pub(crate) patch: usize,
    /// The number of major changes that break each of [`Breaks::ALL`]. One change can break several.
    pub(crate) breaks: [usize; Breaks::ALL.len()],
}

impl VerdictCounts {
    pub(crate) fn new<'a>(changes: impl IntoIterator<Item = &'a Change>) -> Self {
        let mut counts = Self::default();
        for Change { kind, .. } in changes {
            match kind.bump() {
                VersionBump::Major => counts.major += 1,
                VersionBump::Minor => counts.minor += 1,
                VersionBump::Patch => counts.patch += 1,
            }
            for (count, breaks) in counts.breaks.iter_mut().zip(Breaks::ALL) {
                *count += usize::from(kind.breaks().contains(&breaks));
            }
        }
        counts
    }

    /// Returns the version bump for all changes, or `None` if there are none.
    pub(crate) fn bump(&self) -> Option<VersionBump> {
        match self {
            Self { major: 1.., .. } => Some(VersionBump::Major),
            Self { minor: 1.., .. } => Some(VersionBump::Minor),
            Self { patch: 1.., .. } => Some(VersionBump::Patch),
            _ => None,
        }
    }

    /// Returns the version bump for all changes and the reason: `major: 2 changes break callers`.
    pub(crate) fn verdict(&self, apis: &[ApiChanges<'_>]) -> String {
        let (minor, patch) = (self.minor, self.patch);
        let more = |number: usize, step: VersionBump| {
            (number > 0).then(|| format!("{} {}", count(number, "is", "are"), step.name()))
        };
        match self.bump() {
            Some(VersionBump::Major) => {
                let broken = self.broken();
                let more = [
                    more(minor, VersionBump::Minor),
                    more(patch, VersionBump::Patch),
                ];
                let more: Vec<String> = more.into_iter().flatten().collect();
                match more.as_slice() {
                    [] => format!("major: {broken}"),
                    more => format!("major: {broken}; {}", more.join(", ")),
                }
            }
            Some(VersionBump::Minor) => {
                let new = count(minor, "change breaks nobody", "changes break nobody");
                let more = more(patch, VersionBump::Patch).map(|more| format!("; {more}"));
                format!("minor: {new}{}", more.unwrap_or_default())
            }
            Some(VersionBump::Patch) => {
                let texts = count(patch, "change is", "changes are");
                format!("patch: {texts} of texts and pages alone")
            }
            None => {
                let catalogs = apis.iter().map(ApiChanges::catalog);
                let errors = catalogs.map(|catalog| catalog.errors.len()).sum();
                format!(
                    "Nothing has changed in {} with {}",
                    count(apis.len(), "API", "APIs"),
                    count(errors, "error", "errors"),
                )
            }
        }
    }

    /// `2 changes break callers, 1 breaks source`.
    fn broken(&self) -> String {
        let mut told: Vec<String> = Vec::new();
        for (number, breaks) in self.breaks.into_iter().zip(Breaks::ALL) {
            if number > 0 {
                let verb = if told.is_empty() {
                    count(number, "change breaks", "changes break")
                } else {
                    count(number, "breaks", "break")
                };
                told.push(format!("{verb} {}", breaks.name()));
            }
        }
        told.join(", ")
    }
}

/// Returns the names of those that a change breaks: `callers, source`.
pub(crate) fn names(breaks: &[Breaks]) -> String {
    let names: Vec<&str> = breaks.iter().map(|breaks| breaks.name()).collect();
    names.join(", ")
}
