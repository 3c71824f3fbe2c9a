//! Findings as a SARIF log for code scanning.
//!
//! SARIF 2.1.0 requires doubled braces in messages (3.11.5). Viewers do not undo that in messages without
//! arguments, so texts are written as they are.

use std::collections::HashMap;
use std::fmt::Write;

use errbook_codegen::{Cause, Finding, Level, Location, Positions, Report};
use serde_json::{Value, json};

use crate::console::join;
use crate::formats::json;
use crate::project::Repository;
use crate::report;

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The base of all paths, which viewers resolve.
const ROOT: &str = "%SRCROOT%";

/// Returns the log: one run, with the rules of its results.
pub(crate) fn log(report: &Report, repository: &Repository<'_>) -> String {
    let mut run = SarifRun {
        report,
        repository,
        positions: report.positions(),
        causes: Vec::new(),
        seen: HashMap::new(),
    };
    let results: Vec<Value> = report
        .findings()
        .iter()
        .map(|finding| run.result(finding))
        .collect();
    let mut driver = json!({
        "name": "errbook",
        "semanticVersion": env!("CARGO_PKG_VERSION"),
        "rules": run.causes.iter().map(|cause| rule(*cause)).collect::<Vec<_>>(),
    });
    if let Some(uri) = Some(env!("CARGO_PKG_REPOSITORY")).filter(|uri| !uri.is_empty()) {
        driver["informationUri"] = json!(uri);
    }
    json::document(&json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": driver },
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": {
                ROOT: { "description": { "text": "The folder of the repository." } },
            },
            "invocations": [{
                "executionSuccessful": true,
                "toolExecutionNotifications": unlisted(report),
            }],
            "results": results,
        }],
    }))
}

/// Returns notifications about findings that are not listed.
fn unlisted(report: &Report) -> Vec<Value> {
    let notifications = report::unlisted(report).map(|(level, more)| {
        let text = format!("{more} are not listed");
        json!({ "level": level, "message": { "text": text } })
    });
    notifications.collect()
}

struct SarifRun<'a> {
    report: &'a Report,
    repository: &'a Repository<'a>,
    positions: Positions<'a>,
    /// The causes of the results, in the order of their first results.
    causes: Vec<Cause>,
    /// The number of equal findings about equal texts in a file.
    seen: HashMap<(Option<&'a str>, u64), usize>,
}

impl<'a> SarifRun<'a> {
    fn result(&mut self, finding: &'a Finding) -> Value {
        let cause = finding.cause();
        let index = self.causes.iter().position(|known| *known == cause);
        let index = index.unwrap_or_else(|| {
            self.causes.push(cause);
            self.causes.len() - 1
        });
        let related = finding.other_locations().enumerate();
        let related: Vec<Value> = related
            .map(|(index, (place, label))| {
                let location = self.location(place, label);
                with(location, "id", json!(index))
            })
            .collect();
        json!({
            "ruleId": cause.id(),
            "ruleIndex": index,
            "level": report::severity_name(finding.severity()),
            "message": { "text": message(finding) },
            "locations": self.own_location(finding),
            "relatedLocations": related,
            "partialFingerprints": { "errbook/v1": self.fingerprint(finding) },
        })
    }

    fn own_location(&self, finding: &Finding) -> Vec<Value> {
        let location = match finding.location() {
            Some(place) => Some(self.location(place, finding.label())),
            None => self.report.file(finding).map(
                |name| json!({ "physicalLocation": { "artifactLocation": self.artifact(name) } }),
            ),
        };
        Vec::from_iter(location)
    }

    fn location(&self, place: &Location, label: &str) -> Value {
        /// The maximum length of a snippet.
        const MAX_SNIPPET: usize = 1000;
        let source = self.report.source(place);
        let range = self.positions.of(place);
        let mut region = json!({
            "startLine": range.start.line,
            "startColumn": range.start.column,
            "endLine": range.end.line,
            "endColumn": range.end.column,
        });
        let text = &source.text()[place.span.clone()];
        if text.len() <= MAX_SNIPPET {
            region = with(region, "snippet", json!({ "text": text }));
        }
        let location = json!({ "physicalLocation": {
            "artifactLocation": self.artifact(source.name()),
            "region": region,
        } });
        if label.is_empty() {
            location
        } else {
            with(location, "message", json!({ "text": label }))
        }
    }

    fn artifact(&self, name: &str) -> Value {
        let path = self.repository.path(name);
        json!({ "uri": percent_encoded(&path), "uriBaseId": ROOT })
    }

    /// Returns an identifier that does not change with other lines: a hash of the finding and its text, and
    /// its number among equal findings.
    fn fingerprint(&mut self, finding: &'a Finding) -> String {
        let text = finding.location().map(|place| {
            let text = &self.report.source(place).text()[place.span.clone()];
            text.lines().next().unwrap_or_default().trim()
        });
        let parts = [
            finding.cause().id(),
            finding.title(),
            text.unwrap_or_default(),
        ];
        let hash = fnv(&parts.join("\0"));
        let file = self.report.file(finding);
        let time = self.seen.entry((file, hash)).or_default();
        *time += 1;
        format!("{hash:016x}:{time}")
    }
}

/// Returns the whole finding, because viewers do not show the labels of locations.
fn message(finding: &Finding) -> String {
    let mut message = finding.title().to_owned();
    if !finding.label().is_empty() {
        message.extend(["\n", finding.label()]);
    }
    for remedy in finding.remedies() {
        message.extend(["\nhelp: ", remedy]);
    }
    message
}

/// A rule or a lint, with its page.
fn rule(cause: Cause) -> Value {
    let page = cause.page();
    let (name, configuration) = match cause {
        Cause::Rule(rule) => (format!("{rule:?}"), json!({ "level": "error" })),
        Cause::Lint(lint) => {
            let configuration = match lint.default_level() {
                Level::Allow => json!({ "enabled": false, "level": "warning" }),
                Level::Warn => json!({ "level": "warning" }),
                Level::Deny => json!({ "level": "error" }),
            };
            (format!("{lint:?}"), configuration)
        }
    };
    json!({
        "id": cause.id(),
        "name": name,
        "shortDescription": { "text": cause.summary() },
        "fullDescription": { "text": first_paragraph(page) },
        "help": { "text": page, "markdown": page },
        "defaultConfiguration": configuration,
    })
}

/// Returns the first paragraph of a page on one line.
fn first_paragraph(page: &str) -> String {
    let paragraph = page.split("\n\n").nth(1).unwrap_or_default();
    join(paragraph.lines(), " ")
}

/// Encodes a path as a relative reference (RFC 3986, 4.2).
fn percent_encoded(path: &str) -> String {
    let mut encoded = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'/' | b'-' | b'.' | b'_' | b'~' => encoded.push(char::from(byte)),
            _ if byte.is_ascii_alphanumeric() => encoded.push(char::from(byte)),
            _ => write!(encoded, "%{byte:02X}").expect("writing to a string does not fail"),
        }
    }
    encoded
}

/// Returns the FNV-1a hash, which is the same in every version of Rust.
fn fnv(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

fn with(mut object: Value, key: &str, value: Value) -> Value {
    object[key] = value;
    object
}
