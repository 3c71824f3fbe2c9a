//! Lints of one error.

use std::ops::Range;

use crate::check::lints::reporter::LintReporter;
use crate::check::lints::status::misused;
use crate::check::table_reader::{Spanned, TableReader};
use crate::findings::Lint;
use crate::model::{Error, Retry, StatusRow};
use crate::util::http_status;

/// An error, with what it stands beside.
pub(in crate::check) struct LintSubject<'a> {
    pub(in crate::check) lints: LintReporter<'a>,
    /// The text of the catalog.
    pub(in crate::check) text: &'a str,
    pub(in crate::check) fields: &'a TableReader<'a>,
    pub(in crate::check) key: &'a Range<usize>,
    pub(in crate::check) messages: &'a [Spanned<String>],
    pub(in crate::check) docs: Option<&'a Spanned<String>>,
    pub(in crate::check) error: &'a Error,
    /// The page's table of statuses.
    pub(in crate::check) rows: &'a [StatusRow],
}

impl<'a> LintSubject<'a> {
    /// Reports what the lints find about the error.
    pub(in crate::check) fn check(&self) {
        self.action();
        self.lengths();
        self.missing_retry();
        self.unexpected_retry();
        self.unseen();
        self.statuses();
        self.names();
        self.docs();
    }

    /// The span of the value of a key, or of the error's own key.
    fn span(&self, key: &str) -> &'a Range<usize> {
        let entry = self.fields.entry_named(key);
        entry.map_or(self.key, |entry| &entry.value.span)
    }

    fn action(&self) {
        let Self { lints, error, .. } = self;
        if error.action.is_none() {
            let title = format!("nothing says what to do about `{}`", error.key);
            let help = "say what the caller should do: action = \"…\"";
            lints.report(Lint::MissingAction, self.key, title, "no `action`", help);
        }
        if let Some(said) = repeated(error) {
            let title = format!(
                "the action of `{}` only says again what went wrong",
                error.key
            );
            let [span, said] = ["action", said].map(|key| lints.findings.location(self.span(key)));
            let finding = lints.finding(Lint::ActionRepeats, title).map(|finding| {
                let finding = finding.at(span, "the same text").with(said, "said here");
                finding.help("say what to do, or leave it out")
            });
            lints.findings.extend(finding);
        }
    }

    fn lengths(&self) {
        let error = self.error;
        let texts = [
            ("title", &error.title),
            ("description", &error.description),
            ("action", &error.action),
        ];
        for (key, text) in texts {
            self.length(self.span(key), key, text.as_deref().unwrap_or_default());
        }
        for message in self.messages {
            self.length(&message.span, "message", &message.value);
        }
    }

    fn length(&self, span: &Range<usize>, key: &str, text: &str) {
        let most = if key == "title" { 120 } else { 1000 };
        let length = text.chars().count();
        if length > most {
            let title = format!("`{key}` is {length} characters long");
            let label = "hard to read in a table or a log";
            let help = format!("put into `docs` what goes beyond {most}");
            self.lints.report(Lint::LongText, span, title, label, &help);
        }
    }

    fn docs(&self) {
        if let Some(docs) = self.docs {
            self.lints.markdown(self.text, "docs", docs);
        }
    }

    fn missing_retry(&self) {
        let advised = |status: u16| {
            let mut rows = self.rows.iter();
            rows.any(|row| row.status == status && row.retry.is_some())
        };
        let mut statuses = self.error.statuses.iter().copied();
        let server = statuses.find(|status| *status >= 500 && !advised(*status));
        let (Some(status), None) = (server, self.error.retry) else {
            return;
        };
        let lint = Lint::MissingRetry;
        let span = self.span("status");
        let title = format!(
            "nothing says whether to send a request again after `{}`",
            self.error.key
        );
        let label = "the server's fault, and no `retry`";
        let help = format!(
            "add `retry`: \"never\", \"backoff\", \"retry-after\" or \"poll\"; or give it to the row of {status} in [status]"
        );
        self.lints.report(lint, span, title, label, &help);
    }

    fn unexpected_retry(&self) {
        let error = self.error;
        // Whoever polls asks something else.
        let again = matches!(error.retry, Some(Retry::Backoff | Retry::RetryAfter));
        let callers =
            |status: &u16| matches!(status, 400..=499) && !matches!(status, 408 | 425 | 429);
        if again && !error.statuses.is_empty() && error.statuses.iter().all(callers) {
            let lint = Lint::UnexpectedRetry;
            let span = self.span("retry");
            let title = format!(
                "the request that led to `{}` is advised to be sent again",
                error.key
            );
            let label = "as it was, it fails again";
            let help =
                "write retry = \"never\"; or allow it, and say why the same request may succeed";
            self.lints.report(lint, span, title, label, help);
        }
    }

    fn unseen(&self) {
        let error = self.error;
        if error.statuses.is_empty() && error.code.is_none() && !error.event {
            let title = format!("neither status nor code tells of `{}`", error.key);
            let label = "no `status`, no code, and no event";
            let help = "give it a `status`, or event = true for what arrives by itself";
            let lint = Lint::UnseenError;
            let span = self.key;
            self.lints.report(lint, span, title, label, help);
        }
    }

    /// Statuses that are not for errors, that nothing registers, or that the page's own table lacks.
    fn statuses(&self) {
        let Self { error, rows, .. } = self;
        let span = self.span("status");
        if let Some(why) = error.statuses.iter().find_map(|status| misused(*status)) {
            self.lints.misused(span, why);
        }
        for &status in &error.statuses {
            if !rows.is_empty() && !rows.iter().any(|row| row.status == status) {
                let title = format!(
                    "`{}` comes with {status}, which [status] does not list",
                    error.key
                );
                let label = "in no row of the table";
                let help = format!("add the row: {status} = {{ name = \"…\" }}");
                let lint = Lint::UnlistedStatus;
                self.lints.report(lint, span, title, label, &help);
            }
        }
    }

    /// Names that belong to another status.
    fn names(&self) {
        let error = self.error;
        let named = |name: Option<&String>| {
            let status = name.and_then(|name| http_status::named(name));
            status.filter(|status| !error.statuses.contains(status))
        };
        let key = named(Some(&error.key)).map(|other| (other, self.key));
        let wrong = key.or_else(|| Some((named(error.title.as_ref())?, self.span("title"))));
        if let (Some((other, span)), Some(status)) = (wrong, error.statuses.first()) {
            self.lints.misnamed(span, other, *status);
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
