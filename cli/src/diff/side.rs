//! The two sides of a comparison, read.

use std::io::{self, Write};
use std::path::Path;

use errbook_codegen::model::Catalog;
use errbook_codegen::{Checked, Input, SETTINGS, Source, check};

use crate::diff::git::{self, Spec};
use crate::project::{Global, Project};
use crate::repository::Repository;
use crate::{ERROR, report};

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
    input: Input,
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

/// Reads both sides; the new one is the project's own where it is not named. `None` where one has
/// findings, which are told.
///
/// # Errors
///
/// Where a side is not there, with what to do.
pub(super) fn read(
    global: &Global,
    old: &str,
    new: Option<&str>,
) -> io::Result<Option<(Side, Side)>> {
    let old_read = read_one(global, old)?;
    let new_read = match new {
        Some(new) => read_one(global, new)?,
        None => {
            let project = global.project()?;
            let name = project.shown(&project.root.join(&project.catalogs));
            of_project(name, project)
        }
    };
    // Both are told at once.
    let (old, new) = (checked("OLD", old_read)?, checked("NEW", new_read)?);
    Ok(old.zip(new))
}

fn read_one(global: &Global, spec: &str) -> io::Result<Read> {
    if let Some(git) = spec.strip_prefix("git:") {
        let spec_of_git = Spec::new(git)?;
        // A revision needs no project, but starts at the one that there is.
        let folder = match global.project() {
            Ok(project) => project.root,
            Err(_) => std::env::current_dir()?,
        };
        let found = git::read(&folder, &spec_of_git)?;
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
        // What lints have to say of them is no part of this.
        input: project.read().with_settings(Source::new(SETTINGS, "")),
        is_file: project.root.join(&project.catalogs).is_file(),
        project: Some(project),
    }
}

/// The catalogs, where nothing is wrong with them.
fn checked(side: &str, read: Read) -> io::Result<Option<Side>> {
    let sources = read.input.catalogs().to_vec();
    match check(read.input) {
        Ok(Checked { catalogs, .. }) => Ok(Some(Side {
            name: read.name,
            catalogs,
            sources,
            is_file: read.is_file,
            project: read.project,
        })),
        Err(found) => {
            let name = &read.name;
            report::refused(&found, &format!("{side}, `{name}`, cannot be compared"))?;
            if side == "OLD" && read.project.is_none() {
                let mut out = anstream::stderr().lock();
                writeln!(
                    out,
                    "{ERROR}note{ERROR:#}: an older version of errbook may have taken it; \
                     mend a copy of it, and compare with that"
                )?;
            }
            Ok(None)
        }
    }
}
