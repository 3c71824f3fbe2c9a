//! What the lints look for. `LINT.md` among the pages of the findings says why.

mod error;
mod styles;

pub(super) use error::Entry;

use std::cell::RefCell;
use std::collections::{BTreeSet, HashSet};
use std::ops::Range;

use crate::check::Context;
use crate::check::across::Places;
use crate::check::fields::{At, Fields};
use crate::check::findings::Findings;
use crate::check::suggest;
use crate::finding::{Finding, Severity};
use crate::lint::{Level, Levels, Lint};
use crate::model::{Catalog, Details, StatusRow};
use crate::rule::Rule;
use crate::status;

/// Tells what lints find, each as the project wants it.
pub(super) struct Lints<'a> {
    findings: &'a Findings,
    levels: &'a Levels,
}

/// The lints that an entry allows itself, with the reasons.
#[derive(Default)]
pub(super) struct Allowed {
    lints: Vec<(Lint, At<String>)>,
    used: RefCell<HashSet<Lint>>,
}

impl Allowed {
    /// The key `allow` of an entry.
    pub(super) fn read(findings: &Findings, fields: &Fields<'_>) -> (Self, Vec<(String, String)>) {
        let mut allowed = Self::default();
        let mut reasons = Vec::new();
        for (name, reason) in fields.text_table("allow") {
            match Lint::from_name(&name.value) {
                Some(lint) => {
                    reasons.push((name.value.clone(), reason));
                    allowed.lints.push((lint, name));
                }
                None => unknown_lint(findings, &name.value, &name.span),
            }
        }
        (allowed, reasons)
    }

    fn uses(&self, lint: Lint) -> bool {
        let allowed = self.lints.iter().any(|(other, _)| *other == lint);
        if allowed {
            self.used.borrow_mut().insert(lint);
        }
        allowed
    }
}

pub(super) fn unknown_lint(findings: &Findings, name: &str, span: &Range<usize>) {
    let lints = Lint::ALL.iter().map(|lint| lint.name());
    let finding = Finding::error(Rule::UnknownLint, format!("there is no lint `{name}`"))
        .at(findings.place(span), "unknown lint")
        .help(
            findings
                .did_you_mean(name, lints.clone())
                .unwrap_or_else(|| {
                    let lints: Vec<&str> = lints.collect();
                    format!(
                        "lints are {}; rules, whose ids begin with E, cannot be allowed",
                        suggest::list(&lints)
                    )
                }),
        );
    findings.push(finding);
}

/// What a lint has found, before it is known whether anybody wants to hear of it.
struct Found<'a> {
    lint: Lint,
    span: &'a Range<usize>,
    title: String,
    label: &'a str,
    help: String,
}

/// What can be said of a catalog as a whole; the last of the lints.
pub(super) fn catalog(context: &Context<'_>, catalog: &Catalog, places: &[Places]) {
    let lints = &context.lints;
    unused_types(context, catalog);
    lints.styles(&catalog.errors, places);
    for places in places {
        lints.unused(&places.allowed);
    }
}

impl<'a> Lints<'a> {
    pub(super) fn new(findings: &'a Findings, levels: &'a Levels) -> Self {
        Self { findings, levels }
    }

    fn report(&self, allowed: &Allowed, found: Found<'_>) {
        self.report_beside(allowed, found, None);
    }

    /// As [`report`](Self::report), with the place of what was said already.
    fn report_beside(&self, allowed: &Allowed, found: Found<'_>, said: Option<&Range<usize>>) {
        let severity = match self.levels.of(found.lint) {
            _ if allowed.uses(found.lint) => return,
            Level::Allow => return,
            Level::Warn => Severity::Warning,
            Level::Deny => Severity::Error,
        };
        let finding = Finding::lint(found.lint, severity, found.title)
            .at(self.findings.place(found.span), found.label)
            .help(found.help);
        self.findings.push(match said {
            Some(said) => finding.with(self.findings.place(said), "said here"),
            None => finding,
        });
    }

    /// What can be said of a row of the table of statuses.
    pub(super) fn row(
        &self,
        allowed: &Allowed,
        key: &Range<usize>,
        name: &Range<usize>,
        row: &StatusRow,
    ) {
        if status::phrase(row.status).is_none() {
            let (title, label) = unregistered(row.status);
            let help = "send another, or allow it, and say who decided so".to_owned();
            self.report(
                allowed,
                Found {
                    lint: Lint::MisusedStatus,
                    span: key,
                    title,
                    label,
                    help,
                },
            );
        }
        let other = row.name.as_deref().and_then(status::named);
        if let Some(other) = other.filter(|other| *other != row.status) {
            self.misnamed(allowed, name, other, row.status);
        }
    }

    fn misnamed(&self, allowed: &Allowed, span: &Range<usize>, other: u16, status: u16) {
        let meant = status::phrase(status).map_or_else(
            || format!("{status} has no registered name"),
            |phrase| format!("{status} is registered as `{phrase}`"),
        );
        self.report(
            allowed,
            Found {
                lint: Lint::MisusedStatus,
                span,
                title: format!("this is what status {other} is called, and it comes with {status}"),
                label: "the name of another status",
                help: format!(
                    "{meant}: change one of the two, or allow it, and say who decided so"
                ),
            },
        );
    }

    fn unused_type(&self, name: &str, span: &Range<usize>) {
        self.report(
            &Allowed::default(),
            Found {
                lint: Lint::UnusedType,
                span,
                title: format!("nothing is of the type `{name}`"),
                label: "unused",
                help: "use it in `details`, or delete it".to_owned(),
            },
        );
    }

    /// Lints that an entry allows and that would have nothing to say. To be called when all have
    /// spoken.
    pub(super) fn unused(&self, allowed: &Allowed) {
        for (lint, place) in &allowed.lints {
            if !allowed.used.borrow().contains(lint) {
                self.report(
                    &Allowed::default(),
                    Found {
                        lint: Lint::UnusedAllow,
                        span: &place.span,
                        title: format!("`{}` has nothing to say here", lint.name()),
                        label: "allows nothing",
                        help: match lint {
                            Lint::UnusedAllow | Lint::UnusedType => {
                                "delete it: only errbook.toml sets this lint".to_owned()
                            }
                            _ => "delete it".to_owned(),
                        },
                    },
                );
            }
        }
    }
}

/// Types that no details hold, nor any type that details hold.
fn unused_types(context: &Context<'_>, catalog: &Catalog) {
    let mut used = BTreeSet::new();
    for error in &catalog.errors {
        match &error.details {
            Some(Details::Object(fields)) => {
                for field in fields {
                    field.ty.uses(&mut used);
                }
            }
            Some(Details::Whole(ty)) => ty.uses(&mut used),
            None => {}
        }
    }
    let mut left: Vec<&str> = used.iter().copied().collect();
    while let Some(name) = left.pop() {
        let mut held = BTreeSet::new();
        for field in context.types.fields(name) {
            field.ty.uses(&mut held);
        }
        left.extend(held.into_iter().filter(|name| used.insert(name)));
    }
    for (name, span) in context.types.declared() {
        if !used.contains(name.as_str()) {
            context.lints.unused_type(name, span);
        }
    }
}

/// Why an error should not come with a status, and what to say at its place.
fn misused(status: u16) -> Option<(String, &'static str)> {
    Some(match status {
        204 | 205 | 304 => (
            format!("a response with {status} has no body, so nothing tells of this error"),
            if status == 205 {
                "RFC 9110, 15.3.6"
            } else {
                "RFC 9110, 6.4.1"
            },
        ),
        100..=199 => (
            format!("{status} is no final response, and so no error's"),
            "RFC 9110, 15.2",
        ),
        200..=299 => (
            format!("{status} says that the request succeeded"),
            "RFC 9110, 15.3",
        ),
        300..=399 => (
            format!("{status} sends the caller somewhere else"),
            "RFC 9110, 15.4",
        ),
        _ if status::phrase(status).is_none() => unregistered(status),
        _ => return None,
    })
}

fn unregistered(status: u16) -> (String, &'static str) {
    (
        format!("{status} is no registered status"),
        "not in the registry of RFC 9110, 16.2",
    )
}
