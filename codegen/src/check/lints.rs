//! What the lints look for. `LINT.md` among the pages of the findings says why.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashSet};
use std::ops::Range;

use crate::check::Context;
use crate::check::across::Places;
use crate::check::fields::{At, Fields, Findings};
use crate::finding::{Finding, Severity};
use crate::lint::{Level, Levels, Lint};
use crate::model::{Catalog, Code, Details, Error, Retry, StatusRow};
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
        .maybe_help(findings.did_you_mean(name, lints));
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
        let severity = match self.levels.of(found.lint) {
            _ if allowed.uses(found.lint) => return,
            Level::Allow => return,
            Level::Warn => Severity::Warning,
            Level::Deny => Severity::Error,
        };
        let finding = Finding::lint(found.lint, severity, found.title)
            .at(self.findings.place(found.span), found.label)
            .help(found.help);
        self.findings.push(finding);
    }

    /// What can be said of an error by itself.
    pub(super) fn error(
        &self,
        allowed: &Allowed,
        fields: &Fields<'_>,
        key: &Range<usize>,
        error: &Error,
        rows: &[StatusRow],
    ) {
        let place = |name: &str| fields.value(name).map_or(key, |value| &value.span);
        let report = |found| self.report(allowed, found);
        if error.action.is_none() {
            report(Found {
                lint: Lint::MissingAction,
                span: key,
                title: format!("nothing says what to do about `{}`", error.key),
                label: "no `action`",
                help: "say what the caller should do: action = \"…\"".to_owned(),
            });
        }
        if repeats(error) {
            report(Found {
                lint: Lint::ActionRepeats,
                span: place("action"),
                title: format!(
                    "the action of `{}` only says again what went wrong",
                    error.key
                ),
                label: "the same text",
                help: "say what to do, or leave it out".to_owned(),
            });
        }
        let texts = [
            ("title", &error.title),
            ("description", &error.description),
            ("action", &error.action),
        ];
        for (name, text) in texts {
            self.length(allowed, place(name), name, text.as_deref());
        }
        for message in &error.messages {
            self.length(allowed, place("message"), "message", Some(&message.text));
        }
        let advised = |status: &u16| {
            rows.iter()
                .any(|row| row.status == *status && row.retry.is_some())
        };
        let server = error
            .statuses
            .iter()
            .find(|status| **status >= 500 && !advised(status));
        if let (Some(status), None) = (server, error.retry) {
            report(Found {
                lint: Lint::MissingRetry,
                span: place("status"),
                title: format!(
                    "nothing says whether to send a request again after `{}`",
                    error.key
                ),
                label: "the server's fault, and no `retry`",
                help: format!(
                    "add `retry`: \"never\", \"backoff\", \"retry-after\" or \"poll\"; or give it to the row of {status} in [status]"
                ),
            });
        }
        let again = error.retry.is_some_and(|retry| retry != Retry::Never);
        let client =
            |status: &u16| matches!(status, 400..=499) && !matches!(status, 408 | 425 | 429);
        if again && !error.statuses.is_empty() && error.statuses.iter().all(client) {
            report(Found {
                lint: Lint::UnexpectedRetry,
                span: place("retry"),
                title: format!(
                    "the request that led to `{}` is advised to be sent again",
                    error.key
                ),
                label: "as it was, it fails again",
                help:
                    "write retry = \"never\"; or allow it, and say why the same request may succeed"
                        .to_owned(),
            });
        }
        if error.statuses.is_empty() && error.code.is_none() && !error.event {
            report(Found {
                lint: Lint::UnseenError,
                span: key,
                title: format!("neither status nor code tells of `{}`", error.key),
                label: "no `status`, no code, and no event",
                help: "give it a `status` or a `code`, or event = true for what arrives by itself"
                    .to_owned(),
            });
        }
        self.statuses(allowed, place("status"), error, rows);
        self.names(allowed, key, place("title"), error);
    }

    fn length(&self, allowed: &Allowed, span: &Range<usize>, name: &str, text: Option<&str>) {
        let most = if name == "title" { 120 } else { 1000 };
        let length = text.map_or(0, |text| text.chars().count());
        if length > most {
            self.report(
                allowed,
                Found {
                    lint: Lint::LongText,
                    span,
                    title: format!("`{name}` is {length} characters long"),
                    label: "hard to read in a table or a log",
                    help: format!("put into `docs` what goes beyond {most}"),
                },
            );
        }
    }

    /// Statuses that are not for errors, that nothing registers, or that the page's own table lacks.
    fn statuses(&self, allowed: &Allowed, span: &Range<usize>, error: &Error, rows: &[StatusRow]) {
        if let Some((title, label)) = error.statuses.iter().find_map(|status| misused(*status)) {
            let help = "send another, or allow it, and say who decided so";
            self.report(
                allowed,
                Found {
                    lint: Lint::MisusedStatus,
                    span,
                    title,
                    label,
                    help: help.to_owned(),
                },
            );
        }
        for &status in &error.statuses {
            if !rows.is_empty() && !rows.iter().any(|row| row.status == status) {
                self.report(
                    allowed,
                    Found {
                        lint: Lint::UnlistedStatus,
                        span,
                        title: format!(
                            "`{}` comes with {status}, which [status] does not list",
                            error.key
                        ),
                        label: "in no row of the table",
                        help: format!("add the row: {status} = {{ name = \"…\" }}"),
                    },
                );
            }
        }
    }

    /// Names that belong to another status.
    fn names(&self, allowed: &Allowed, key: &Range<usize>, title: &Range<usize>, error: &Error) {
        let names = [(Some(&error.key), key), (error.title.as_ref(), title)];
        for (name, span) in names {
            let Some(other) = name.and_then(|name| status::named(name)) else {
                continue;
            };
            if !error.statuses.is_empty() && !error.statuses.contains(&other) {
                self.misnamed(allowed, span, other, error.statuses[0]);
                return;
            }
        }
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

    /// Codes that are not written as most of the catalog's are.
    fn styles(&self, errors: &[Error], places: &[Places]) {
        let style = |error: &Error| error.code.as_ref().map(styles);
        let most = STYLES.iter().copied().max_by_key(|(_, bit)| {
            // Of equals, the first.
            let of_it = errors
                .iter()
                .filter(|error| style(error).is_some_and(|own| own & bit != 0));
            (of_it.count(), std::cmp::Reverse(*bit))
        });
        let Some((name, most)) = most.filter(|most| *most != STYLES[11]) else {
            return;
        };
        for (error, places) in errors.iter().zip(places) {
            let Some(code) = &error.code else { continue };
            if styles(code) & most == 0 {
                self.report(
                    &places.allowed,
                    Found {
                        lint: Lint::MixedCodeStyles,
                        span: &places.code,
                        title: format!("the code `{}` is not written as the others are", code.text),
                        label: "another style",
                        help: format!("most codes of this catalog are {name}"),
                    },
                );
            }
        }
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
                        help: "delete it".to_owned(),
                    },
                );
            }
        }
    }
}

/// Types that neither details nor other types use.
fn unused_types(context: &Context<'_>, catalog: &Catalog) {
    let mut used = BTreeSet::new();
    for error in &catalog.errors {
        match &error.details {
            Some(Details::Object(fields)) => {
                fields.iter().for_each(|field| field.ty.uses(&mut used))
            }
            Some(Details::Whole(ty)) => ty.uses(&mut used),
            None => {}
        }
    }
    for named in &catalog.types {
        let others = named.fields.iter().map(|field| &field.ty);
        let mut of_it = BTreeSet::new();
        others.for_each(|ty| ty.uses(&mut of_it));
        of_it.remove(named.name.as_str());
        used.extend(of_it);
    }
    for named in &catalog.types {
        if let (false, Some(span)) = (
            used.contains(named.name.as_str()),
            context.types.declared().get(&named.name),
        ) {
            context.lints.unused_type(&named.name, span);
        }
    }
}

/// Whether the action is what has been said already.
fn repeats(error: &Error) -> bool {
    let folded = |text: &str| text.trim().trim_end_matches('.').to_lowercase();
    let Some(action) = error.action.as_deref().map(folded) else {
        return false;
    };
    let messages = error.messages.iter().map(|message| message.text.as_str());
    let said = error
        .description
        .iter()
        .chain(&error.title)
        .map(String::as_str);
    said.chain(messages).any(|text| folded(text) == action)
}

/// Why an error should not come with a status, and what to say at its place.
fn misused(status: u16) -> Option<(String, &'static str)> {
    Some(match status {
        204 | 205 | 304 => (
            format!("a response with {status} has no body, so nothing tells of this error"),
            "RFC 9110, 6.4.1",
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

/// How codes may be written, each with a bit: a code of one word is written in several ways at once.
const STYLES: [(&str, u16); 12] = [
    ("numbers", 1),
    ("words in capitals with `_` between", 1 << 1),
    ("small words with `_` between", 1 << 2),
    ("small words with `-` between", 1 << 3),
    ("small words, the later ones with a capital", 1 << 4),
    ("words with a capital each", 1 << 5),
    (
        "parts with dots between, words in capitals with `_`",
        1 << 6,
    ),
    ("parts with dots between, small words with `_`", 1 << 7),
    ("parts with dots between, small words with `-`", 1 << 8),
    (
        "parts with dots between, the later words with a capital",
        1 << 9,
    ),
    (
        "parts with dots between, words with a capital each",
        1 << 10,
    ),
    ("in no style that has a name", 1 << 11),
];
const BETWEEN_DOTS: u32 = 5;

/// The bits of the styles that a code is written in.
fn styles(code: &Code) -> u16 {
    if code.number {
        return STYLES[0].1;
    }
    let all =
        |part: &str, good: fn(char) -> bool| part.chars().all(|c| c.is_ascii_digit() || good(c));
    let starts = |part: &str, good: fn(&char) -> bool| {
        part.chars()
            .next()
            .is_some_and(|c| good(&c) || c.is_ascii_digit())
    };
    let one = |part: &str| {
        let is = [
            all(part, |c| c.is_ascii_uppercase() || c == '_'),
            all(part, |c| c.is_ascii_lowercase() || c == '_'),
            all(part, |c| c.is_ascii_lowercase() || c == '-'),
            all(part, |c| c.is_ascii_alphabetic()) && starts(part, char::is_ascii_lowercase),
            all(part, |c| c.is_ascii_alphabetic()) && starts(part, char::is_ascii_uppercase),
        ];
        is.iter().enumerate().fold(0_u16, |bits, (index, is)| {
            bits | u16::from(*is) << (index + 1)
        })
    };
    let parts = code
        .text
        .split('.')
        .map(one)
        .reduce(|all, part| all & part)
        .unwrap_or_default();
    let dotted = if code.text.contains('.') {
        parts << BETWEEN_DOTS
    } else {
        parts
    };
    if dotted == 0 { STYLES[11].1 } else { dotted }
}

#[cfg(test)]
mod tests {
    use super::{STYLES, styles};
    use crate::model::Code;

    #[test]
    fn codes_are_written_in_styles() {
        #[track_caller]
        fn check(text: &str, expected: &[usize]) {
            let bits = styles(&Code {
                text: text.to_owned(),
                number: false,
            });
            let found: Vec<usize> = (0..STYLES.len())
                .filter(|index| bits & STYLES[*index].1 != 0)
                .collect();
            assert_eq!(found, expected, "{text}");
        }
        check("NOT_FOUND", &[1]);
        check("not_found", &[2]);
        check("not-found", &[3]);
        check("notFound", &[4]);
        check("NotFound", &[5]);
        check("card.not_found", &[7]);
        check("Card.NotFound", &[10]);
        check("timeout", &[2, 3, 4]);
        check("E1001", &[1, 5]);
        check("1001", &[1, 2, 3, 4, 5]);
        check("https://bank.example/errors#x", &[11]);
        check("Not found", &[11]);
    }
}
