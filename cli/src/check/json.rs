//! Findings as a JSON document, which `cli/schema/findings.schema.json` describes.

use std::collections::BTreeMap;
use std::ops::Range;

use errbook_codegen::{Cause, Finding, Location, Positions, Report, Severity};
use serde::Serialize;

use crate::json::Point;

/// The document.
pub(super) fn document(report: &Report) -> String {
    let positions = report.positions();
    let findings = report.findings();
    let document = Document {
        version: 1,
        errors: all(report, Severity::Error),
        warnings: all(report, Severity::Warning),
        unlisted: Unlisted {
            errors: report.unlisted(Severity::Error),
            warnings: report.unlisted(Severity::Warning),
        },
        findings: findings
            .iter()
            .map(|finding| told(report, &positions, finding))
            .collect(),
        pages: findings
            .iter()
            .map(|finding| (finding.cause().id(), finding.cause().page()))
            .collect(),
    };
    crate::json::document(&document)
}

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    errors: usize,
    warnings: usize,
    unlisted: Unlisted,
    findings: Vec<Told<'a>>,
    pages: BTreeMap<&'a str, &'a str>,
}

#[derive(Serialize)]
struct Unlisted {
    errors: usize,
    warnings: usize,
}

#[derive(Serialize)]
struct Told<'a> {
    id: &'a str,
    kind: &'a str,
    severity: &'a str,
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<At<'a>>,
    #[serde(rename = "other-places")]
    other_places: Vec<At<'a>>,
    remedies: &'a [String],
}

#[derive(Serialize)]
struct At<'a> {
    file: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    start: Option<Point>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<Point>,
    #[serde(skip_serializing_if = "str::is_empty")]
    label: &'a str,
}

fn all(report: &Report, severity: Severity) -> usize {
    report.count(severity) + report.unlisted(severity)
}

fn told<'a>(report: &'a Report, positions: &Positions<'_>, finding: &'a Finding) -> Told<'a> {
    let at = |place, label| at(report, positions, place, label);
    let place = match finding.location() {
        Some(place) => Some(at(place, finding.label())),
        None => report.file(finding).map(|file| At {
            file,
            start: None,
            end: None,
            label: "",
        }),
    };
    Told {
        id: finding.cause().id(),
        kind: match finding.cause() {
            Cause::Lint(_) => "lint",
            _ => "rule",
        },
        severity: match finding.severity() {
            Severity::Error => "error",
            Severity::Warning => "warning",
        },
        title: finding.title(),
        place,
        other_places: finding
            .other_locations()
            .map(|(place, label)| at(place, label))
            .collect(),
        remedies: finding.remedies(),
    }
}

fn at<'a>(
    report: &'a Report,
    positions: &Positions<'_>,
    place: &Location,
    label: &'a str,
) -> At<'a> {
    let Range { start, end } = positions.of(place);
    At {
        file: report.source(place).name(),
        start: Some(start.into()),
        end: Some(end.into()),
        label,
    }
}
