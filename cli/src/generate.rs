//! `cargo errbook generate`.

use std::io::{self, Write};

use errbook_codegen::{Files, Input, Output, Report, Severity, Stale, Written};

use crate::project::{Paths, Project};
use crate::{ERROR, Outcome, WARNING};

/// What `generate` is asked to do.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Write nothing; list what is missing, changed or orphaned, and fail if there is any
    #[arg(long)]
    check: bool,

    #[command(flatten)]
    paths: Paths,
}

pub(crate) fn run(args: &Args) -> io::Result<Outcome> {
    let project = args.paths.project()?;
    let input = Input::read(&project.root, &project.catalogs);
    let Output {
        catalogs,
        files,
        warnings,
        ..
    } = match errbook_codegen::generate(input) {
        Ok(output) => output,
        Err(report) => {
            write!(anstream::stderr(), "{}", report.styled())?;
            let found = found(&report);
            writeln!(
                anstream::stderr(),
                "{ERROR}error{ERROR:#}: {found}; nothing was written"
            )?;
            explain(&report)?;
            return Ok(Outcome::Findings);
        }
    };
    if !warnings.is_empty() {
        write!(anstream::stderr(), "{}", warnings.styled())?;
        writeln!(
            anstream::stderr(),
            "{WARNING}warning{WARNING:#}: {}",
            found(&warnings)
        )?;
        explain(&warnings)?;
    }
    let errors = catalogs.iter().map(|catalog| catalog.errors.len()).sum();
    writeln!(
        anstream::stdout(),
        "Read {} with {} from {}",
        count(catalogs.len(), "catalog", "catalogs"),
        count(errors, "error", "errors"),
        project.catalogs.display(),
    )?;
    if args.check {
        check(&project, &files)
    } else {
        write(&project, &files)
    }
}

fn write(project: &Project, files: &Files) -> io::Result<Outcome> {
    let Written {
        added,
        changed,
        removed,
        foreign,
        unchanged,
        ..
    } = files.write_to(&project.output)?;
    let folder = project.shown_output();
    list(&[
        ("added", &added),
        ("changed", &changed),
        ("removed", &removed),
        ("left alone", &foreign),
    ])?;
    if added.is_empty() && changed.is_empty() && removed.is_empty() {
        writeln!(
            anstream::stdout(),
            "Nothing to do in {folder}: {} up to date",
            count(unchanged, "file is", "files are")
        )?;
    } else {
        writeln!(
            anstream::stdout(),
            "Wrote {folder}: {} added, {} changed, {} removed, {unchanged} unchanged",
            added.len(),
            changed.len(),
            removed.len(),
        )?;
    }
    if !foreign.is_empty() {
        writeln!(
            anstream::stdout(),
            "What errbook did not write is left alone; it belongs outside of {folder}"
        )?;
    }
    Ok(Outcome::Good)
}

fn check(project: &Project, files: &Files) -> io::Result<Outcome> {
    let stale = files.stale(&project.output)?;
    let folder = project.shown_output();
    if stale.is_fresh() {
        writeln!(
            anstream::stdout(),
            "{folder} is fresh: {} as generated",
            count(stale.fresh, "file is", "files are")
        )?;
        return Ok(Outcome::Good);
    }
    let Stale {
        missing,
        changed,
        orphaned,
        foreign,
        ..
    } = stale;
    list(&[
        ("missing", &missing),
        ("changed", &changed),
        ("orphaned", &orphaned),
        ("foreign", &foreign),
    ])?;
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

fn list(lists: &[(&str, &Vec<String>)]) -> io::Result<()> {
    for (what, files) in lists {
        for file in *files {
            writeln!(anstream::stdout(), "  {what:<10} {file}")?;
        }
    }
    Ok(())
}

/// `2 errors, 1 warning`.
fn found(report: &Report) -> String {
    let kinds = [
        (Severity::Error, "error", "errors"),
        (Severity::Warning, "warning", "warnings"),
    ];
    let of = |severity| report.count(severity) + report.unlisted(severity);
    let counted = kinds.map(|(severity, one, many)| (of(severity), one, many));
    let told = counted.into_iter().filter(|(number, ..)| *number > 0);
    let told: Vec<String> = told
        .map(|(number, one, many)| count(number, one, many))
        .collect();
    told.join(", ")
}

/// Where there is more to read about the first finding, an error if there is one.
fn explain(report: &Report) -> io::Result<()> {
    let mut findings = report.findings().iter();
    let error = findings
        .clone()
        .find(|finding| finding.severity() == Severity::Error);
    if let Some(first) = error.or_else(|| findings.next()) {
        let id = first.cause().id();
        writeln!(
            anstream::stderr(),
            "For more about a finding: cargo errbook explain {id}"
        )?;
    }
    Ok(())
}

/// `1 catalog`, `5 catalogs`.
fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}
