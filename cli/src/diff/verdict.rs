//! The verdict on all changes together: the version bump, and what breaks.

use serde::Serialize;

use crate::console::{count, join};
use crate::diff::change::{ApiChanges, Change};
use crate::diff::kind::{Breaks, VersionBump};

/// The number of changes with each verdict.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub(crate) struct VerdictCounts {
    major: usize,
    minor: usize,
    patch: usize,
    /// The number of major changes that break callers. One change can break several of these.
    callers: usize,
    servers: usize,
    source: usize,
}

impl VerdictCounts {
    pub(crate) fn new<'a>(changes: impl IntoIterator<Item = &'a Change>) -> Self {
        let mut counts = Self::default();
        for Change { kind, .. } in changes {
            *match kind.bump() {
                VersionBump::Major => &mut counts.major,
                VersionBump::Minor => &mut counts.minor,
                VersionBump::Patch => &mut counts.patch,
            } += 1;
            for breaks in kind.breaks() {
                *match breaks {
                    Breaks::Callers => &mut counts.callers,
                    Breaks::Servers => &mut counts.servers,
                    Breaks::Source => &mut counts.source,
                } += 1;
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
        match self.bump() {
            Some(VersionBump::Major) => {
                let more = more(&[(minor, VersionBump::Minor), (patch, VersionBump::Patch)]);
                format!("major: {}{more}", self.broken())
            }
            Some(VersionBump::Minor) => {
                let new = count(minor, "change breaks nobody", "changes break nobody");
                format!("minor: {new}{}", more(&[(patch, VersionBump::Patch)]))
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

    /// Returns what the major changes break: `2 changes break callers, 1 breaks source`.
    fn broken(&self) -> String {
        let breaks = [
            (self.callers, Breaks::Callers),
            (self.servers, Breaks::Servers),
            (self.source, Breaks::Source),
        ];
        let present = breaks.into_iter().filter(|(number, _)| *number > 0);
        let parts = present.enumerate().map(|(index, (number, breaks))| {
            let verb = match index {
                0 => count(number, "change breaks", "changes break"),
                _ => count(number, "breaks", "break"),
            };
            format!("{verb} {}", breaks.name())
        });
        join(parts, ", ")
    }
}

/// Returns the number of changes with smaller bumps: `; 1 is minor, 2 are patch`, or nothing.
fn more(bumps: &[(usize, VersionBump)]) -> String {
    let present = bumps.iter().filter(|(number, _)| *number > 0);
    let parts = present.map(|(number, bump)| {
        let verb = count(*number, "is", "are");
        format!("{verb} {}", bump.name())
    });
    match join(parts, ", ") {
        none if none.is_empty() => none,
        more => format!("; {more}"),
    }
}

/// Returns the names of those that a change breaks: `callers, source`.
pub(crate) fn breaks_text(breaks: &[Breaks]) -> String {
    join(breaks.iter().map(|breaks| breaks.name()), ", ")
}
