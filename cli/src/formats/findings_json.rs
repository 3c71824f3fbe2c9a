//! Findings as a JSON document, described by `cli/schema/findings.schema.json`.

use std::collections::BTreeMap;

use errbook_codegen::{Cause, Finding, Location, Positions, Report, Severity};

use crate::formats::json::{self, Object, array, location, object};
use crate::report::severity_name;

/// Returns the document.
pub(crate) fn document(report: &Report) -> String {
    let positions = report.positions();
    let findings = report.findings();
    let (errors, warnings) = (Severity::Error, Severity::Warning);
    let causes = findings.iter().map(Finding::cause);
    let pages: BTreeMap<_, _> = causes.map(|cause| (cause.id(), cause.page())).collect();
    json::document(&object! {
        "version": 1,
        "errors": report.count(errors) + report.unlisted(errors),
        "warnings": report.count(warnings) + report.unlisted(warnings),
        "unlisted": object! {
            "errors": report.unlisted(errors),
            "warnings": report.unlisted(warnings),
        },
        "findings": array(findings, |finding| finding_json(report, &positions, finding)),
        "pages": pages,
    })
}

fn finding_json(report: &Report, positions: &Positions<'_>, finding: &Finding) -> Object {
    let in_source = |place: &Location, label: &str| {
        let range = Some(positions.of(place));
        location(report.source(place).name(), range, label)
    };
    let place = match finding.location() {
        Some(place) => Some(in_source(place, finding.label())),
        None => report.file(finding).map(|file| location(file, None, "")),
    };
    let others = finding.other_locations();
    let kind = match finding.cause() {
        Cause::Lint(_) => "lint",
        Cause::Rule(_) => "rule",
    };
    object! {
        "id": finding.cause().id(),
        "kind": kind,
        "severity": severity_name(finding.severity()),
        "title": finding.title(),
    }
    .with("place", place)
    .with(
        "other-places",
        Some(array(others, |(place, label)| in_source(place, label))),
    )
    .with("remedies", Some(finding.remedies()))
}
