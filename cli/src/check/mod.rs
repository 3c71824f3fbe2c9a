//! `cargo errbook check`.

mod github;
mod json;
mod sarif;

use std::io::{self, Write};

use clap::ValueEnum;
use errbook_codegen::model::Catalog;
use errbook_codegen::{Checked, Report};

use crate::Outcome;
use crate::project::Global;
use crate::report::{self, count};
use crate::repository::Repository;

/// What `check` is asked to do.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// How findings are told; all but `human` are for programs, and are all that is on standard output
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Format::Human)]
    format: Format,

    /// Fail for this, too
    #[arg(long, short = 'D', value_name = "WHAT", value_enum)]
    deny: Option<Deny>,
}

const EXAMPLES: &str = "\
Examples:
  cargo errbook check
  cargo errbook check --deny warnings
  cargo errbook check --format json | jq -r '.findings[].title'
  cargo errbook check --format sarif > errbook.sarif

The JSON Schema of `--format json`: cargo errbook schema findings";

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// Text with the lines of the catalogs
    Human,
    /// A JSON document
    Json,
    /// Annotations of a workflow run of GitHub Actions
    Github,
    /// SARIF 2.1.0, for code scanning
    Sarif,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Deny {
    /// What lints only warn of
    Warnings,
}

pub(crate) fn run(args: &Args, global: &Global) -> io::Result<Outcome> {
    let project = global.project()?;
    let checked = errbook_codegen::check(project.read());
    let is_refused = checked.is_refused();
    let Checked {
        catalogs, report, ..
    } = checked;
    let catalogs = (!is_refused).then_some(catalogs);
    let repository = || Repository::of(&project);
    match args.format {
        Format::Human => say(args, global, catalogs.as_deref(), &report)?,
        Format::Json => print(&json::document(&report))?,
        Format::Github => print(&github::commands(&report, &repository()))?,
        Format::Sarif => print(&sarif::log(&report, &repository()))?,
    }
    let denied = catalogs.is_none() || (args.deny.is_some() && !report.is_empty());
    Ok(if denied {
        Outcome::Findings
    } else {
        Outcome::Good
    })
}

/// What is found, for people; `catalogs` are those of a good project.
fn say(
    args: &Args,
    global: &Global,
    catalogs: Option<&[Catalog]>,
    report: &Report,
) -> io::Result<()> {
    let Some(catalogs) = catalogs else {
        return report::errors(report);
    };
    if args.deny.is_some() && !report.is_empty() {
        return report::refused(report, "warnings are denied");
    }
    report::warnings(report)?;
    let errors = catalogs.iter().map(|catalog| catalog.errors.len()).sum();
    let found = if report.is_empty() {
        "nothing to say".to_owned()
    } else {
        report::found(report)
    };
    global.status(format_args!(
        "{} with {}: {found}",
        count(catalogs.len(), "catalog", "catalogs"),
        count(errors, "error", "errors"),
    ))
}

fn print(text: &str) -> io::Result<()> {
    io::stdout().lock().write_all(text.as_bytes())
}
