//! Findings as a JSON document, described by `cli/schema/findings.schema.json`.

use std::collections::BTreeMap;

use errbook_codegen::{Cause, Finding, Location, Positions, Report, Severity};
use serde::Serialize;

use crate::formats::json::{self, LocationJson};

/// Returns the document.
pub(crate) fn document(report: &Report) -> String {
    let positions = report.positions();
    let findings = report.findings();
    let document = FindingsDocument {
        version: 1,
        errors: total(report, Severity::Error),
        warnings: total(report, Severity::Warning),
        unlisted: UnlistedCounts {
            errors: report.unlisted(Severity::Error),
            warnings: report.unlisted(Severity::Warning),
        },
        findings: findings
            .iter()
            .map(|finding| finding_json(report, &positions, finding))
            .collect(),
        pages: findings
            .iter()
            .map(|finding| (finding.cause().id(), finding.cause().page()))
            .collect(),
    };
    json::document(&document)
}

#[derive(Serialize)]
struct FindingsDocument<'a> {
    version: u32,
    errors: usize,
    warnings: usize,
    unlisted: UnlistedCounts,
    findings: Vec<FindingJson<'a>>,
    pages: BTreeMap<&'a str, &'a str>,
}

#[derive(Serialize)]
struct UnlistedCounts {
    errors: usize,
    warnings: usize,
}

#[derive(Serialize)]
struct FindingJson<'a> {
    id: &'a str,
    kind: &'a str,
    severity: &'a str,
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<LocationJson<'a>>,
    #[serde(rename = "other-places")]
    other_places: Vec<LocationJson<'a>>,
    remedies: &'a [String],
}

fn total(report: &Report, severity: Severity) -> usize {
    report.count(severity) + report.unlisted(severity)
}

fn finding_json<'a>(
    report: &'a Report,
    positions: &Positions<'_>,
    finding: &'a Finding,
) -> FindingJson<'a> {
    let location = |place: &Location, label| {
        let range = Some(positions.of(place));
        LocationJson::new(report.source(place).name(), range, label)
    };
    let place = match finding.location() {
        Some(place) => Some(location(place, finding.label())),
        None => report
            .file(finding)
            .map(|file| LocationJson::new(file, None, "")),
    };
    FindingJson {
        id: finding.cause().id(),
        kind: match finding.cause() {
            Cause::Lint(_) => "lint",
            Cause::Rule(_) => "rule",
        },
        severity: match finding.severity() {
            Severity::Error => "error",
            Severity::Warning => "warning",
        },
        title: finding.title(),
        place,
        other_places: finding
            .other_locations()
            .map(|(place, label)| location(place, label))
            .collect(),
        remedies: finding.remedies(),
    }
}
