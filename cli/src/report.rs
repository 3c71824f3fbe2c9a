//! Findings, for people: all of them, how many there are, and where there is more to read.

use std::io::{self, Write};

use errbook_codegen::{Report, Severity};

use crate::{ERROR, WARNING};

/// Shows what is wrong, and what does not happen for it, such as `nothing was written`.
pub(crate) fn refused(report: &Report, consequence: &str) -> io::Result<()> {
    let summary = format!("{ERROR}error{ERROR:#}: {}; {consequence}", found(report));
    tell(report, &summary)
}

/// Shows what is wrong.
pub(crate) fn errors(report: &Report) -> io::Result<()> {
    tell(report, &format!("{ERROR}error{ERROR:#}: {}", found(report)))
}

/// Shows what lints have found, if anything.
pub(crate) fn warnings(report: &Report) -> io::Result<()> {
    if report.is_empty() {
        return Ok(());
    }
    let summary = format!("{WARNING}warning{WARNING:#}: {}", found(report));
    tell(report, &summary)
}

fn tell(report: &Report, summary: &str) -> io::Result<()> {
    let mut out = anstream::stderr().lock();
    write!(out, "{}", report.styled())?;
    writeln!(out, "{summary}")?;
    if let Some(more) = more(report) {
        writeln!(out, "{more}")?;
    }
    Ok(())
}

/// Where there is more to read, if anything was found.
pub(crate) fn more(report: &Report) -> Option<String> {
    // An error is what most want to read about first.
    let findings = report.findings();
    let mut errors = findings
        .iter()
        .filter(|finding| finding.severity() == Severity::Error);
    let id = errors.next().or(findings.first())?.cause().id();
    Some(format!(
        "For more about a finding: cargo errbook explain {id}"
    ))
}

/// `2 errors, 1 warning`.
pub(crate) fn found(report: &Report) -> String {
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

/// `1 catalog`, `5 catalogs`.
pub(crate) fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}
