//! `cargo errbook generate`.

use std::io::{self, Write};
use std::path::{Path, PathBuf, absolute};

use errbook_codegen::{Files, Output, Stale, Written};

use crate::project::{Global, Project};
use crate::report::{self, count};
use crate::{ERROR, Outcome};

/// What `generate` is asked to do.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Write nothing; list what is missing, changed or orphaned, and fail if there is any
    #[arg(long)]
    check: bool,

    /// The folder that holds what is generated [default: `generated`, in the project]
    #[arg(long, value_name = "DIR")]
    output: Option<PathBuf>,
}

pub(crate) fn run(args: &Args, global: &Global) -> io::Result<Outcome> {
    let project = global.project()?;
    let Output {
        catalogs,
        files,
        warnings,
        ..
    } = match errbook_codegen::generate(project.read()) {
        Ok(output) => output,
        Err(report) => {
            report::refused(&report, "nothing was written")?;
            return Ok(Outcome::Findings);
        }
    };
    report::warnings(&warnings)?;
    let errors = catalogs.iter().map(|catalog| catalog.errors.len()).sum();
    global.status(format_args!(
        "Read {} with {} from {}",
        count(catalogs.len(), "catalog", "catalogs"),
        count(errors, "error", "errors"),
        project.catalogs.display(),
    ))?;
    let output = match &args.output {
        Some(output) => absolute(output)?,
        None => project.root.join("generated"),
    };
    if args.check {
        check(global, &project, &output, &files)
    } else {
        write(global, &project, &output, &files)
    }
}

fn write(global: &Global, project: &Project, output: &Path, files: &Files) -> io::Result<Outcome> {
    let Written {
        added,
        changed,
        removed,
        foreign,
        unchanged,
        ..
    } = files.write_to(output)?;
    let folder = project.shown(output);
    list(
        global,
        &[
            ("added", &added),
            ("changed", &changed),
            ("removed", &removed),
            ("left alone", &foreign),
        ],
    )?;
    if added.is_empty() && changed.is_empty() && removed.is_empty() {
        global.status(format_args!(
            "Nothing to do in {folder}: {} up to date",
            count(unchanged, "file is", "files are")
        ))?;
    } else {
        global.status(format_args!(
            "Wrote {folder}: {} added, {} changed, {} removed, {unchanged} unchanged",
            added.len(),
            changed.len(),
            removed.len(),
        ))?;
    }
    if !foreign.is_empty() {
        global.status(format_args!(
            "What errbook did not write is left alone; it belongs outside of {folder}"
        ))?;
    }
    Ok(Outcome::Good)
}

fn check(global: &Global, project: &Project, output: &Path, files: &Files) -> io::Result<Outcome> {
    let stale = files.stale(output)?;
    let folder = project.shown(output);
    if stale.is_fresh() {
        global.status(format_args!(
            "{folder} is fresh: {} as generated",
            count(stale.fresh, "file is", "files are")
        ))?;
        return Ok(Outcome::Good);
    }
    let Stale {
        missing,
        changed,
        orphaned,
        foreign,
        ..
    } = stale;
    list(
        global,
        &[
            ("missing", &missing),
            ("changed", &changed),
            ("orphaned", &orphaned),
            ("foreign", &foreign),
        ],
    )?;
    let mut remedies = Vec::new();
    if !(missing.is_empty() && changed.is_empty() && orphaned.is_empty()) {
        remedies.push("run `cargo errbook generate`".to_owned());
    }
    if !foreign.is_empty() {
        remedies.push(format!("move what errbook did not write out of {folder}"));
    }
    writeln!(
        anstream::stderr(),
        "{ERROR}error{ERROR:#}: {folder} is stale: {}",
        remedies.join(", and ")
    )?;
    Ok(Outcome::Findings)
}

fn list(global: &Global, lists: &[(&str, &Vec<String>)]) -> io::Result<()> {
    for (what, files) in lists {
        for file in *files {
            global.status(format_args!("  {what:<10} {file}"))?;
        }
    }
    Ok(())
}
