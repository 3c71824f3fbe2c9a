//! Findings as annotations of files in GitHub Actions.

use errbook_codegen::{Finding, Location, Positions, Report, Severity};

use crate::formats::github_annotation::{AnnotationLevel, lines, push};
use crate::project::Repository;

/// Returns one command for each finding.
pub(crate) fn commands(report: &Report, repository: &Repository<'_>) -> String {
    let github = GitHubReport {
        report,
        repository,
        positions: report.positions(),
    };
    let mut commands = String::new();
    for finding in report.findings() {
        github.command(&mut commands, finding);
    }
    for (severity, word) in [(Severity::Error, "errors"), (Severity::Warning, "warnings")] {
        let more = report.unlisted(severity);
        if more > 0 {
            let message = format!("and {more} more {word}, which are not listed");
            let properties = vec![("title", "errbook".to_owned())];
            push(&mut commands, level(severity), &properties, &message);
        }
    }
    commands
}

struct GitHubReport<'a> {
    report: &'a Report,
    repository: &'a Repository<'a>,
    positions: Positions<'a>,
}

impl GitHubReport<'_> {
    fn command(&self, commands: &mut String, finding: &Finding) {
        let mut properties = Vec::new();
        if let Some(name) = self.report.file(finding) {
            properties.push(("file", self.repository.path(name)));
        }
        if let Some(place) = finding.location() {
            properties.extend(lines(&self.positions.of(place)));
        }
        properties.push(("title", format!("errbook {}", finding.cause().id())));
        push(
            commands,
            level(finding.severity()),
            &properties,
            &self.message(finding),
        );
    }

    /// Returns the whole finding, because the log of a run shows the message only.
    fn message(&self, finding: &Finding) -> String {
        let mut message = finding.title().to_owned();
        let own = finding.location().map(|place| (place, finding.label()));
        for (place, label) in own.into_iter().chain(finding.other_locations()) {
            message.push_str(&self.location_text(place, label));
        }
        for remedy in finding.remedies() {
            message.extend(["\nhelp: ", remedy]);
        }
        message
    }

    fn location_text(&self, place: &Location, label: &str) -> String {
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

fn level(severity: Severity) -> AnnotationLevel {
    match severity {
        Severity::Error => AnnotationLevel::Error,
        Severity::Warning => AnnotationLevel::Warning,
    }
}
