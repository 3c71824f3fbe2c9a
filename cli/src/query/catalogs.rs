//! The catalogs of a project, for the commands that show their errors.

use std::io;

use errbook_codegen::__private::model::Api;
use errbook_codegen::__private::{Checked, ErrorEntry, check, printable};

use crate::console::{self, Outcome};
use crate::project::Project;
use crate::report;

/// The catalogs of a project, except those that contain errors.
pub(crate) struct Catalogs(Checked);

impl Catalogs {
    /// Reads the catalogs of a project. A catalog that is valid by itself can be shown even if another one
    /// contains errors, because a user who looks up an error need not wait until the other catalog is fixed.
    pub(crate) fn read(project: &Project) -> Self {
        Self(check(project.read()))
    }

    /// Writes what is wrong with the catalogs, if anything. Returns the outcome of a command that has
    /// otherwise succeeded.
    pub(crate) fn report_problems(&self) -> io::Result<Outcome> {
        let Checked {
            report, left_out, ..
        } = &self.0;
        if !self.0.is_refused() {
            return Ok(Outcome::Good);
        }
        if self.is_empty() {
            report::write_errors(report, Some("there is nothing to show"))?;
            return Ok(Outcome::Findings);
        }
        let without = match left_out.as_slice() {
            [] => "all can be shown".to_owned(),
            [one] => format!("{one} is left out"),
            [first @ .., last] if first.len() < 4 => {
                format!("{} and {last} are left out", first.join(", "))
            }
            many => format!("{} of them are left out", many.len()),
        };
        console::error(format_args!(
            "{} in the catalogs; {without}\nTo see what is wrong: cargo errbook check",
            report::summary(report)
        ))?;
        Ok(Outcome::Findings)
    }

    /// Whether no catalog is valid.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.catalogs.is_empty()
    }

    /// Returns the APIs of the valid catalogs.
    pub(crate) fn apis(&self) -> impl Iterator<Item = &Api> {
        self.0.catalogs.iter().map(|catalog| &catalog.api)
    }

    /// Checks that there is an API with this id. If it is missing, writes so and returns the outcome.
    ///
    /// # Errors
    ///
    /// As [`not_found`](Self::not_found).
    pub(crate) fn require_api(&self, id: &str) -> io::Result<Option<Outcome>> {
        let ids = || self.apis().map(|api| api.id.as_str());
        if ids().any(|other| other.eq_ignore_ascii_case(id)) {
            return Ok(None);
        }
        let ids: Vec<&str> = ids().collect();
        self.not_found("API", id, &ids).map(Some)
    }

    /// Writes that a name was not found, if a catalog with errors may contain it. Returns the outcome.
    ///
    /// # Errors
    ///
    /// All catalogs are valid, so the name does not exist.
    pub(crate) fn not_found(&self, kind: &str, word: &str, known: &[&str]) -> io::Result<Outcome> {
        let (outcome, word) = (self.report_problems()?, &printable(word));
        if self.0.left_out.is_empty() {
            let message = format!("there is no {kind} `{word}`; {}", suggestion(word, known));
            return Err(io::Error::other(message));
        }
        if !self.is_empty() {
            console::error(format_args!(
                "in the others there is no {kind} `{word}`; {}",
                suggestion(word, known)
            ))?;
        }
        Ok(outcome)
    }

    /// Returns every error, in the order of the catalogs.
    pub(crate) fn entries(&self) -> impl Iterator<Item = ErrorEntry<'_>> {
        self.0.catalogs.iter().flat_map(ErrorEntry::all)
    }
}

/// Returns the most similar name, or else a list of the known names.
fn suggestion(word: &str, known: &[&str]) -> String {
    const MAX_NAMES: usize = 12;
    match errbook_codegen::__private::near(word, known.iter().copied()).first() {
        Some(near) => format!("did you mean `{near}`?"),
        None if known.is_empty() => "there is none at all".to_owned(),
        None if known.len() <= MAX_NAMES => format!("known are {}", known.join(", ")),
        None => format!("known are {}, …", known[..MAX_NAMES].join(", ")),
    }
}
