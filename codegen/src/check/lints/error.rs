//! Lints of one error.

use std::ops::Range;

use crate::check::allowed_lints::AllowedLints;
use crate::check::lints::reporter::{LintMatch, LintReporter};
use crate::check::lints::status::misused;
use crate::check::table_reader::{Spanned, TableReader};
use crate::findings::Lint;
use crate::model::{Error, Retry, StatusRow};
use crate::util::http_status;

/// An error, with what it stands beside.
pub(in crate::check) struct LintSubject<'a> {
    pub(in crate::check) allowed: &'a AllowedLints,
    pub(in crate::check) fields: &'a TableReader<'a>,
    pub(in crate::check) key: &'a Range<usize>,
    pub(in crate::check) messages: &'a [Spanned<String>],
    pub(in crate::check) error: &'a Error,
    /// The page's table of statuses.
    pub(in crate::check) rows: &'a [StatusRow],
}

impl<'a> LintSubject<'a> {
    /// The span of the value of a key, or of the error's own key.
    fn span(&self, key: &str) -> &'a Range<usize> {
        let entry = self.fields.entry_named(key);
        entry.map_or(self.key, |entry| &entry.value.span)
    }
}

impl LintReporter<'_> {
    pub(in crate::check) fn error(&self, entry: &LintSubject<'_>) {
        self.action(entry);
        self.lengths(entry);
        self.missing_retry(entry);
        self.unexpected_retry(entry);
        self.unseen(entry);
        self.statuses(entry);
        self.names(entry);
    }

    fn action(&self, entry: &LintSubject<'_>) {
        let LintSubject { allowed, error, .. } = entry;
        if error.action.is_none() {
            let found = LintMatch {
                lint: Lint::MissingAction,
                span: entry.key,
                title: format!("nothing says what to do about `{}`", error.key),
                label: "no `action`",
                help: "say what the caller should do: action = \"…\"".to_owned(),
            };
            self.report(allowed, found);
        }
        if let Some(said) = repeated(error) {
            let found = LintMatch {
                lint: Lint::ActionRepeats,
                span: entry.span("action"),
                title: format!(
                    "the action of `{}` only says again what went wrong",
                    error.key
                ),
                label: "the same text",
                help: "say what to do, or leave it out".to_owned(),
            };
            self.report_beside(allowed, found, Some(entry.span(said)));
        }
    }

    fn lengths(&self, entry: &LintSubject<'_>) {
        let Error {
            title,
            description,
            action,
            ..
        } = entry.error;
        let texts = [
            ("title", title),
            ("description", description),
            ("action", action),
        ];
        for (key, text) in texts {
            self.length(entry.allowed, entry.span(key), key, text.as_deref());
        }
        for message in entry.messages {
            self.length(
                entry.allowed,
                &message.span,
                "message",
                Some(&message.value),
            );
        }
    }

    fn length(&self, allowed: &AllowedLints, span: &Range<usize>, key: &str, text: Option<&str>) {
        let most = if key == "title" { 120 } else { 1000 };
        let length = text.map_or(0, |text| text.chars().count());
        if length > most {
            let found = LintMatch {
                lint: Lint::LongText,
                span,
                title: format!("`{key}` is {length} characters long"),
                label: "hard to read in a table or a log",
                help: format!("put into `docs` what goes beyond {most}"),
            };
            self.report(allowed, found);
        }
    }

    fn missing_retry(&self, entry: &LintSubject<'_>) {
        let advised = |status: u16| {
            let mut rows = entry.rows.iter();
            rows.any(|row| row.status == status && row.retry.is_some())
        };
        let mut statuses = entry.error.statuses.iter().copied();
        let server = statuses.find(|status| *status >= 500 && !advised(*status));
        let (Some(status), None) = (server, entry.error.retry) else {
            return;
        };
        let found = LintMatch {
            lint: Lint::MissingRetry,
            span: entry.span("status"),
            title: format!(
                "nothing says whether to send a request again after `{}`",
                entry.error.key
            ),
            label: "the server's fault, and no `retry`",
            help: format!(
                "add `retry`: \"never\", \"backoff\", \"retry-after\" or \"poll\"; or give it to the row of {status} in [status]"
            ),
        };
        self.report(entry.allowed, found);
    }

    fn unexpected_retry(&self, entry: &LintSubject<'_>) {
        // Whoever polls asks something else.
        let again = matches!(entry.error.retry, Some(Retry::Backoff | Retry::RetryAfter));
        let callers =
            |status: &u16| matches!(status, 400..=499) && !matches!(status, 408 | 425 | 429);
        let statuses = &entry.error.statuses;
        if again && !statuses.is_empty() && statuses.iter().all(callers) {
            let found = LintMatch {
                lint: Lint::UnexpectedRetry,
                span: entry.span("retry"),
                title: format!(
                    "the request that led to `{}` is advised to be sent again",
                    entry.error.key
                ),
                label: "as it was, it fails again",
                help:
                    "write retry = \"never\"; or allow it, and say why the same request may succeed"
                        .to_owned(),
            };
            self.report(entry.allowed, found);
        }
    }

    fn unseen(&self, entry: &LintSubject<'_>) {
        let error = entry.error;
        if error.statuses.is_empty() && error.code.is_none() && !error.event {
            let found = LintMatch {
                lint: Lint::UnseenError,
                span: entry.key,
                title: format!("neither status nor code tells of `{}`", error.key),
                label: "no `status`, no code, and no event",
                help: "give it a `status`, or event = true for what arrives by itself".to_owned(),
            };
            self.report(entry.allowed, found);
        }
    }

    /// Statuses that are not for errors, that nothing registers, or that the page's own table lacks.
    fn statuses(&self, entry: &LintSubject<'_>) {
        let LintSubject {
            allowed,
            error,
            rows,
            ..
        } = entry;
        let span = entry.span("status");
        if let Some((title, label)) = error.statuses.iter().find_map(|status| misused(*status)) {
            let found = LintMatch {
                lint: Lint::MisusedStatus,
                span,
                title,
                label,
                help: "send another, or allow it, and say who decided so".to_owned(),
            };
            self.report(allowed, found);
        }
        for &status in &error.statuses {
            if !rows.is_empty() && !rows.iter().any(|row| row.status == status) {
                let found = LintMatch {
                    lint: Lint::UnlistedStatus,
                    span,
                    title: format!(
                        "`{}` comes with {status}, which [status] does not list",
                        error.key
                    ),
                    label: "in no row of the table",
                    help: format!("add the row: {status} = {{ name = \"…\" }}"),
                };
                self.report(allowed, found);
            }
        }
    }

    /// Names that belong to another status.
    fn names(&self, entry: &LintSubject<'_>) {
        let error = entry.error;
        let status_of = |name: Option<&String>| name.and_then(|name| http_status::named(name));
        let names = [
            (status_of(Some(&error.key)), entry.key),
            (status_of(error.title.as_ref()), entry.span("title")),
        ];
        let wrong = names.into_iter().find_map(|(status, span)| {
            Some((
                status.filter(|status| !error.statuses.contains(status))?,
                span,
            ))
        });
        if let (Some((other, span)), Some(status)) = (wrong, error.statuses.first()) {
            self.misnamed(entry.allowed, span, other, *status);
        }
    }
}

/// The key of the text that the action says again.
fn repeated(error: &Error) -> Option<&'static str> {
    let folded = |text: &str| text.trim().trim_end_matches('.').to_lowercase();
    let action = error.action.as_deref().map(folded)?;
    let texts = [("title", &error.title), ("description", &error.description)];
    let texts = texts
        .into_iter()
        .filter_map(|(key, text)| Some((key, text.as_deref()?)));
    let messages = error
        .messages
        .iter()
        .map(|message| ("message", message.text.as_str()));
    texts
        .chain(messages)
        .find(|(_, text)| folded(text) == action)
        .map(|(key, _)| key)
}
