//! Findings as workflow commands of GitHub Actions, which become annotations of the files.
//!
//! A line for each: `::error file=…,line=…::message`. What stands in it is escaped as the runner
//! takes it apart; the reference is `packages/core/src/command.ts` of `actions/toolkit`.

use std::fmt::Write;

use errbook_codegen::{Finding, Place, Positions, Report, Severity};

use crate::check::repository::Repository;

/// The commands; none where there is no finding.
pub(super) fn commands(report: &Report, repository: &Repository<'_>) -> String {
    let run = Run {
        report,
        repository,
        positions: report.positions(),
    };
    let mut commands = String::new();
    for finding in report.findings() {
        run.command(&mut commands, finding);
    }
    for (severity, word) in [(Severity::Error, "errors"), (Severity::Warning, "warnings")] {
        let more = report.unlisted(severity);
        if more > 0 {
            let message = format!("and {more} more {word}, which are not listed");
            let properties = [("title", "errbook".to_owned())];
            push(&mut commands, severity, &properties, &message);
        }
    }
    commands
}

struct Run<'a> {
    report: &'a Report,
    repository: &'a Repository<'a>,
    positions: Positions<'a>,
}

impl Run<'_> {
    fn command(&self, commands: &mut String, finding: &Finding) {
        let mut properties = Vec::new();
        if let Some(name) = self.report.file(finding) {
            properties.push(("file", self.repository.path(name)));
        }
        if let Some(place) = finding.place() {
            let range = self.positions.of(place);
            properties.push(("line", range.start.line.to_string()));
            properties.push(("endLine", range.end.line.to_string()));
            // The runner takes no columns of what goes over several lines.
            if range.start.line == range.end.line {
                properties.push(("col", range.start.column.to_string()));
                properties.push(("endColumn", range.end.column.to_string()));
            }
        }
        properties.push(("title", format!("errbook {}", finding.cause().id())));
        push(
            commands,
            finding.severity(),
            &properties,
            &self.message(finding),
        );
    }

    /// All that there is to say: the log of a run shows this alone.
    fn message(&self, finding: &Finding) -> String {
        let mut message = finding.title().to_owned();
        let own = finding.place().map(|place| (place, finding.label()));
        for (place, label) in own.into_iter().chain(finding.other_places()) {
            message.push_str(&self.at(place, label));
        }
        for remedy in finding.remedies() {
            message.extend(["\nhelp: ", remedy]);
        }
        message
    }

    fn at(&self, place: &Place, label: &str) -> String {
        let start = self.positions.of(place).start;
        let path = self.repository.path(self.report.source(place).name());
        let at = format!("\n--> {path}:{}:{}", start.line, start.column);
        if label.is_empty() {
            at
        } else {
            format!("{at}: {label}")
        }
    }
}

fn push(commands: &mut String, severity: Severity, properties: &[(&str, String)], message: &str) {
    let command = match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let properties: Vec<String> = properties
        .iter()
        .map(|(name, value)| format!("{name}={}", property(value)))
        .collect();
    writeln!(
        commands,
        "::{command} {}::{}",
        properties.join(","),
        data(message)
    )
    .expect("writing to a string does not fail");
}

fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
