//! Reads the two sides of a comparison.

use std::io;
use std::path::Path;

use errbook_codegen::__private::model::Catalog;
use errbook_codegen::{Input, Report, Source};

use crate::diff::git::revision_spec::RevisionSpec;
use crate::diff::git::{self, CurrentCatalogs};
use crate::global_options::GlobalOptions;
use crate::project::Project;
use crate::report;
use crate::repository::Repository;

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

/// The input of a side, or a message about what is missing in a revision that has no catalogs yet.
type SideInput = Result<Input, String>;

/// A side whose catalogs contain errors.
struct InvalidSide {
    name: String,
    report: Report,
}

impl DiffSide {
    fn new(name: String, is_file: bool, project: Option<Project>) -> Self {
        Self {
            name,
            catalogs: Vec::new(),
            sources: Vec::new(),
            is_file,
            project,
        }
    }

    /// Checks the catalogs of the side, and adds them.
    fn check(mut self, input: SideInput) -> Result<Self, InvalidSide> {
        let Ok(input) = input else { return Ok(self) };
        self.sources = input.catalogs().to_vec();
        match errbook_codegen::__private::check(input).into_result() {
            Ok(checked) => {
                self.catalogs = checked.catalogs;
                Ok(self)
            }
            Err(report) => Err(InvalidSide {
                name: self.name,
                report,
            }),
        }
    }

    /// Returns the path of a file from the root of its repository.
    pub(crate) fn path(&self, name: &str) -> String {
        match &self.project {
            Some(project) => Repository::new(project).path(name),
            None => name.to_owned(),
        }
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
    let (old_side, old_input) = read_one(global, old)?;
    let (new_side, new_input) = match new {
        Some(new) => read_one(global, new)?,
        None => {
            let project = global.project()?;
            let name = project.display_path(&project.root.join(&project.catalogs));
            of_project(name, project)
        }
    };
    if let Err(nothing) = &new_input {
        let remedy = git::path_remedy(&new_side.name);
        return Err(io::Error::other(format!("{nothing}; {remedy}")));
    }
    // A project without old catalogs is compared with nothing. A note says so, because the user may have
    // moved the catalogs instead.
    if let Err(nothing) = &old_input {
        global.note(format_args!(
            "{nothing}, so all is new; if there were some, {}",
            git::path_remedy(old)
        ))?;
    }
    // Report the errors of both sides at once.
    match (old_side.check(old_input), new_side.check(new_input)) {
        (Ok(old), Ok(new)) => Ok((old, new)),
        (old, new) => {
            let wrong = [("OLD", old.err()), ("NEW", new.err())];
            Err(report_invalid(wrong)?)
        }
    }
}

/// Writes what is wrong, and returns the error that the run ends with.
fn report_invalid(wrong: [(&str, Option<InvalidSide>); 2]) -> io::Result<io::Error> {
    let (mut sides, mut hint) = (Vec::new(), None);
    for (side, wrong) in wrong {
        let Some(InvalidSide { name, report }) = wrong else {
            continue;
        };
        report::write_findings(&report)?;
        sides.push(format!("{} in {side}, `{name}`", report::summary(&report)));
        hint = hint.or(report::hint(&report));
    }
    let message = format!(
        "{}: there is nothing to compare\n{}",
        sides.join(", and "),
        hint.unwrap_or_default()
    );
    Ok(io::Error::other(message))
}

/// Reads a side. Returns it without catalogs, and its input.
fn read_one(global: &GlobalOptions, spec: &str) -> io::Result<(DiffSide, SideInput)> {
    if let Some(git) = spec.strip_prefix("git:") {
        let revision = RevisionSpec::new(git)?;
        // A revision does not need a project, but its paths start at the project if there is one.
        let project = global.project_if_any()?;
        let here = std::env::current_dir()?;
        let current = CurrentCatalogs {
            folder: project.as_ref().map_or(&here, |project| &project.root),
            catalogs: project.as_ref().map(|project| &*project.catalogs),
            named: project.as_ref().and_then(Project::named_catalogs),
        };
        let content = git::read(&current, &revision)?;
        let side = DiffSide::new(spec.to_owned(), content.is_file, None);
        return Ok((side, content.input));
    }
    let path = Path::new(spec);
    if !path.exists() {
        let message =
            format!("there is no file or folder `{spec}`; a revision of git is written git:{spec}");
        return Err(io::Error::other(message));
    }
    Ok(of_project(spec.to_owned(), Project::at(path)?))
}

fn of_project(name: String, project: Project) -> (DiffSide, SideInput) {
    // The lock and the denied lints of the project do not apply to a comparison.
    let input = project.read().by_themselves();
    let is_file = project.root.join(&project.catalogs).is_file();
    (DiffSide::new(name, is_file, Some(project)), Ok(input))
}
