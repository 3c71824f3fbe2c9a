//! Findings for people: the lines of the catalogs, the number of findings, and a hint on where to read more.

use std::io::{self, Write};

use errbook_codegen::__private::model::Catalog;
use errbook_codegen::{Report, Severity};

use crate::console::{self, count, join};

/// Writes the findings, their number, and the consequence of the errors, such as `nothing was written`.
pub(crate) fn write_errors(report: &Report, consequence: Option<&str>) -> io::Result<()> {
    write_findings(report)?;
    let consequence = consequence.map(|consequence| format!("; {consequence}"));
    console::error(summary(report) + &consequence.unwrap_or_default())?;
    write_hint(report)
}

/// Writes the findings of lints, if there are any, and their number.
pub(crate) fn write_warnings(report: &Report) -> io::Result<()> {
    if report.is_empty() {
        return Ok(());
    }
    write_findings(report)?;
    console::warning(summary(report))?;
    write_hint(report)
}

/// Writes the findings with the lines of the catalogs.
pub(crate) fn write_findings(report: &Report) -> io::Result<()> {
    write!(anstream::stderr(), "{}", report.styled())
}

fn write_hint(report: &Report) -> io::Result<()> {
    match hint(report) {
        Some(hint) => writeln!(anstream::stderr(), "{hint}"),
        None => Ok(()),
    }
}

/// Returns the command that explains the first error, or the first finding if there is no error.
pub(crate) fn hint(report: &Report) -> Option<String> {
    let findings = report.findings();
    let mut errors = findings
        .iter()
        .filter(|finding| finding.severity() == Severity::Error);
    let id = errors.next().or(findings.first())?.cause().id();
    Some(format!(
        "For more about a finding: cargo errbook explain {id}"
    ))
}

/// Returns the number of findings: `2 errors, 1 warning`.
pub(crate) fn summary(report: &Report) -> String {
    let severities = [
        (Severity::Error, "error", "errors"),
        (Severity::Warning, "warning", "warnings"),
    ];
    let counts = severities.into_iter().filter_map(|(severity, one, many)| {
        let number = report.count(severity) + report.unlisted(severity);
        (number > 0).then(|| count(number, one, many))
    });
    join(counts, ", ")
}

/// Returns the number of catalogs and of their errors: `1 catalog with 5 errors`.
pub(crate) fn number_of(catalogs: &[Catalog]) -> String {
    let errors = catalogs.iter().map(|catalog| catalog.errors.len()).sum();
    let catalogs = count(catalogs.len(), "catalog", "catalogs");
    format!("{catalogs} with {}", count(errors, "error", "errors"))
}

/// Returns the number of findings of each severity that are not listed: `3 more errors`.
pub(crate) fn unlisted(report: &Report) -> impl Iterator<Item = (&'static str, String)> {
    [Severity::Error, Severity::Warning]
        .into_iter()
        .filter(|severity| report.unlisted(*severity) > 0)
        .map(|severity| {
            let name = severity_name(severity);
            (name, format!("{} more {name}s", report.unlisted(severity)))
        })
}

/// Returns the name of a severity in output for programs.
pub(crate) fn severity_name(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}
