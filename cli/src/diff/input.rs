//! Reads the two sides of a comparison.

use std::cell::OnceCell;
use std::io;
use std::ops::Range;
use std::path::Path;

use errbook_codegen::__private::model::Catalog;
use errbook_codegen::__private::{Outline, check, printable};
use errbook_codegen::{Input, Position, Report, Source};

use crate::diff::change::Keys;
use crate::diff::git;
use crate::diff::git::revision_path::RevisionSpec;
use crate::global_options::GlobalOptions;
use crate::project::{Project, Repository};
use crate::report;

/// One side of a comparison.
pub(crate) struct DiffSide {
    /// The name on the command line: `git:HEAD`, `catalog`.
    pub(crate) name: String,
    pub(crate) catalogs: Vec<Catalog>,
    /// The texts of the catalogs, in the same order.
    pub(crate) sources: Vec<Source>,
    /// Whether the side is a single file, which is compared with its own API only.
    pub(crate) is_file: bool,
    /// The project on disk; `None` for a revision, whose files are named by their paths in the repository.
    project: Option<Project>,
}

impl DiffSide {
    /// Returns the path of a file from the root of its repository.
    pub(crate) fn path(&self, name: &str) -> String {
        match &self.project {
            Some(project) => Repository::new(project).path(name),
            None => name.to_owned(),
        }
    }
}

/// Finds positions in the catalogs of one side. A text is parsed again when the first position in it is
/// requested.
pub(crate) struct KeyPositions<'a> {
    side: &'a DiffSide,
    outlines: Vec<OnceCell<Option<Outline<'a>>>>,
}

impl<'a> KeyPositions<'a> {
    pub(crate) fn new(side: &'a DiffSide) -> Self {
        Self {
            side,
            outlines: side.sources.iter().map(|_| OnceCell::new()).collect(),
        }
    }

    /// Returns the position of a path of keys in a catalog, or of the longest part of the path that exists.
    pub(crate) fn find(&self, catalog: usize, keys: &Keys) -> Option<Range<Position>> {
        let outline = || Outline::new(&self.side.sources[catalog]);
        let outline = self.outlines[catalog].get_or_init(outline).as_ref();
        outline?.nearest(keys.iter().map(String::as_str))
    }
}

/// Reads both sides. The new side is the project if it is not named.
///
/// # Errors
///
/// A side does not exist, with the remedy, or its catalogs contain errors, which are written to standard error.
pub(crate) fn read(
    global: &GlobalOptions,
    old: &str,
    new: Option<&str>,
) -> io::Result<(DiffSide, DiffSide)> {
    let old_side = UncheckedSide::named(global, old)?;
    let new_side = match new {
        Some(new) => UncheckedSide::named(global, new)?,
        None => {
            let project = global.project()?;
            let name = project.display_path(&project.root.join(&project.catalogs));
            UncheckedSide::of_project(name, project)
        }
    };
    if let Err(nothing) = &new_side.input {
        let remedy = git::path_remedy(&new_side.name);
        return Err(io::Error::other(format!("{nothing}; {remedy}")));
    }
    // A project without old catalogs is compared with nothing. A note says so, because the user may have
    // moved the catalogs instead.
    if let Err(nothing) = &old_side.input {
        global.note(format_args!(
            "{nothing}, so all is new; if there were some, {}",
            git::path_remedy(old)
        ))?;
    }
    // Report the errors of both sides at once.
    match (old_side.check(), new_side.check()) {
        (Ok(old), Ok(new)) => Ok((old, new)),
        (old, new) => Err(report_invalid([("OLD", old.err()), ("NEW", new.err())])?),
    }
}

/// A side whose catalogs are not checked yet.
struct UncheckedSide {
    name: String,
    /// The catalogs, or a message about what is missing in a revision that has no catalogs yet.
    input: Result<Input, String>,
    is_file: bool,
    project: Option<Project>,
}

/// The name of a side, and the errors in its catalogs.
type InvalidSide = (String, Report);

impl UncheckedSide {
    /// Reads the side that the command line names.
    fn named(global: &GlobalOptions, spec: &str) -> io::Result<Self> {
        if spec.contains(char::is_control) {
            let spec = printable(spec);
            return Err(io::Error::other(format!(
                "`{spec}` has control characters; give a path or a revision without them"
            )));
        }
        if let Some(git) = spec.strip_prefix("git:") {
            let revision = RevisionSpec::new(git)?;
            // A revision does not need a project, but its paths start at the project if there is one.
            let catalogs = git::read(global.project_if_any()?.as_ref(), &revision)?;
            return Ok(Self {
                name: spec.to_owned(),
                is_file: catalogs.as_ref().is_ok_and(|catalogs| catalogs.is_file),
                input: catalogs.map(|catalogs| catalogs.input),
                project: None,
            });
        }
        let path = Path::new(spec);
        if !path.exists() {
            return Err(io::Error::other(format!(
                "there is no file or folder `{spec}`; a revision of git is written git:{spec}"
            )));
        }
        Ok(Self::of_project(spec.to_owned(), Project::at(path)?))
    }

    fn of_project(name: String, project: Project) -> Self {
        Self {
            name,
            // The lock and the denied lints of the project do not apply to a comparison.
            input: Ok(project.read().by_themselves()),
            is_file: project.root.join(&project.catalogs).is_file(),
            project: Some(project),
        }
    }

    fn check(self) -> Result<DiffSide, InvalidSide> {
        let mut side = DiffSide {
            name: self.name,
            catalogs: Vec::new(),
            sources: Vec::new(),
            is_file: self.is_file,
            project: self.project,
        };
        if let Ok(input) = self.input {
            side.sources = input.catalogs().to_vec();
            match check(input).into_result() {
                Ok(checked) => side.catalogs = checked.catalogs,
                Err(report) => return Err((side.name, report)),
            }
        }
        Ok(side)
    }
}

/// Writes what is wrong, and returns the error that the run ends with.
fn report_invalid(wrong: [(&str, Option<InvalidSide>); 2]) -> io::Result<io::Error> {
    let (mut sides, mut hint) = (Vec::new(), None);
    for (side, wrong) in wrong {
        let Some((name, report)) = wrong else {
            continue;
        };
        report::write_findings(&report)?;
        sides.push(format!("{} in {side}, `{name}`", report::summary(&report)));
        hint = hint.or(report::hint(&report));
    }
    Ok(io::Error::other(format!(
        "{}: there is nothing to compare\n{}",
        sides.join(", and "),
        hint.unwrap_or_default()
    )))
}
