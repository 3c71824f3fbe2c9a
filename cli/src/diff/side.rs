//! The two sides of a comparison, read.

use std::io::{self, Write};
use std::path::Path;

use errbook_codegen::model::Catalog;
use errbook_codegen::{Checked, Input, Report, Source, check};

use crate::diff::git::{self, Now, Spec};
use crate::project::{Global, Project};
use crate::report;
use crate::repository::Repository;

/// One side.
pub(super) struct Side {
    /// As it was named: `git:HEAD`, `catalog`.
    pub(super) name: String,
    pub(super) catalogs: Vec<Catalog>,
    /// The texts, one for each of the catalogs.
    pub(super) sources: Vec<Source>,
    /// Whether it is a single file, which is compared with nothing but its own API.
    pub(super) is_file: bool,
    /// Where its files are on disk; `None` for a revision, whose files have their paths in the repository
    /// for names.
    project: Option<Project>,
}

/// What was read of a side, before it is checked.
struct Read {
    name: String,
    /// Or what a revision does not have, which has no catalogs yet.
    input: Result<Input, String>,
    is_file: bool,
    project: Option<Project>,
}

impl Side {
    /// The path of a file from the root of its repository.
    pub(super) fn path(&self, name: &str) -> String {
        match &self.project {
            Some(project) => Repository::of(project).path(name),
            None => name.to_owned(),
        }
    }
}

/// Reads both sides; the new one is the project's own where it is not named.
///
/// # Errors
///
/// Where a side is not there, with what to do; or where something is wrong with its catalogs, which is
/// told.
pub(super) fn read(global: &Global, old: &str, new: Option<&str>) -> io::Result<(Side, Side)> {
    let old_read = read_one(global, old)?;
    let new_read = match new {
        Some(new) => read_one(global, new)?,
        None => {
            let project = global.project()?;
            let name = project.shown(&project.root.join(&project.catalogs));
            of_project(name, project)
        }
    };
    if let Err(nothing) = &new_read.input {
        let message = format!("{nothing}; {}", git::say_where(&new_read.name));
        return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
    }
    // The change that brings the first catalogs has nothing to be compared with. It is told, for who has moved
    // them would take everything for new.
    if let Err(nothing) = &old_read.input {
        global.note(format_args!(
            "{nothing}, so all is new; if there were some, {}",
            git::say_where(old)
        ))?;
    }
    // What is wrong with both is told at once.
    match (checked(old_read), checked(new_read)) {
        (Ok(old), Ok(new)) => Ok((old, new)),
        (old, new) => {
            let wrong = [("OLD", old.err()), ("NEW", new.err())];
            Err(refused(wrong)?)
        }
    }
}

/// Tells what is wrong; the error that the run ends with.
fn refused(wrong: [(&str, Option<Wrong>); 2]) -> io::Result<io::Error> {
    let mut out = anstream::stderr().lock();
    let (mut sides, mut more) = (Vec::new(), None);
    for (side, wrong) in wrong {
        let Some(Wrong { name, report }) = wrong else {
            continue;
        };
        write!(out, "{}", report.styled())?;
        sides.push(format!("{} in {side}, `{name}`", report::found(&report)));
        more = more.or(report::more(&report));
    }
    let message = format!(
        "{}: there is nothing to compare\n{}",
        sides.join(", and "),
        more.unwrap_or_default()
    );
    Ok(io::Error::new(io::ErrorKind::InvalidData, message))
}

fn read_one(global: &Global, spec: &str) -> io::Result<Read> {
    if let Some(git) = spec.strip_prefix("git:") {
        let revision = Spec::new(git)?;
        // A revision needs no project, but starts at the one that there is.
        let project = global.project_if_any()?;
        let here = std::env::current_dir()?;
        let now = Now {
            folder: project.as_ref().map_or(&here, |project| &project.root),
            catalogs: project.as_ref().map(|project| &*project.catalogs),
            named: project.as_ref().and_then(Project::named_catalogs),
        };
        let found = git::read(&now, &revision)?;
        return Ok(Read {
            name: spec.to_owned(),
            input: found.input,
            is_file: found.is_file,
            project: None,
        });
    }
    let path = Path::new(spec);
    if !path.exists() {
        let message =
            format!("there is no file or folder `{spec}`; a revision of git is written git:{spec}");
        return Err(io::Error::new(io::ErrorKind::NotFound, message));
    }
    Ok(of_project(spec.to_owned(), Project::at(path)?))
}

fn of_project(name: String, project: Project) -> Read {
    Read {
        name,
        // What may not be lost, and what a project denies, is no part of this.
        input: Ok(project.read().by_themselves()),
        is_file: project.root.join(&project.catalogs).is_file(),
        project: Some(project),
    }
}

/// A side with catalogs that are not as they should be.
struct Wrong {
    name: String,
    report: Report,
}

/// The catalogs, where nothing is wrong with them.
fn checked(read: Read) -> Result<Side, Wrong> {
    let Read {
        name,
        input,
        is_file,
        project,
    } = read;
    let Ok(input) = input else {
        return Ok(Side {
            name,
            catalogs: Vec::new(),
            sources: Vec::new(),
            is_file,
            project,
        });
    };
    let sources = input.catalogs().to_vec();
    match check(input).into_result() {
        Ok(Checked { catalogs, .. }) => Ok(Side {
            name,
            catalogs,
            sources,
            is_file,
            project,
        }),
        Err(report) => Err(Wrong { name, report }),
    }
}
