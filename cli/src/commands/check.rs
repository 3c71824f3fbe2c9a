//! `cargo errbook check`: reports the findings of the catalogs.

use std::io;

use clap::ValueEnum;
use errbook_codegen::__private::{Checked, check};

use crate::console::{Outcome, print};
use crate::formats::{findings_json, findings_sarif, github};
use crate::global_options::GlobalOptions;
use crate::project::Repository;
use crate::report;

/// The arguments of `check`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// How findings are told; all but `human` are for programs, and are all that is on standard output
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = FindingsFormat::Human)]
    format: FindingsFormat,

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
enum FindingsFormat {
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

pub(crate) fn run(args: &Args, global: &GlobalOptions) -> io::Result<Outcome> {
    let project = global.project()?;
    let checked = check(project.read());
    let report = &checked.report;
    let repository = || Repository::new(&project);
    match args.format {
        FindingsFormat::Human => write_human(args, global, &checked)?,
        FindingsFormat::Json => print(&findings_json::document(report))?,
        FindingsFormat::Github => print(&github::findings(report, &repository()))?,
        FindingsFormat::Sarif => print(&findings_sarif::log(report, &repository()))?,
    }
    let denied = args.deny.is_some() && !report.is_empty();
    Ok(Outcome::failed_if(checked.is_refused() || denied))
}

/// Writes findings for people.
fn write_human(args: &Args, global: &GlobalOptions, checked: &Checked) -> io::Result<()> {
    let Checked {
        catalogs, report, ..
    } = checked;
    if checked.is_refused() {
        return report::write_errors(report, None);
    }
    if args.deny.is_some() && !report.is_empty() {
        return report::write_errors(report, Some("warnings are denied"));
    }
    report::write_warnings(report)?;
    let summary = if report.is_empty() {
        "nothing to say".to_owned()
    } else {
        report::summary(report)
    };
    global.status(format_args!("{}: {summary}", report::number_of(catalogs)))
}
