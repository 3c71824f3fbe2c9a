//! What is found in one catalog, and how it is said.

use std::cell::{Cell, RefCell};
use std::ops::Range;

use crate::check::fields::At;
use crate::check::suggest;
use crate::draft::{Kind, Value};
use crate::finding::{Cause, Counts, Finding, Place};
use crate::model::Retry;
use crate::rule::Rule;

/// How many errors and how many warnings of one catalog are kept: nobody reads more, and a large file may
/// have any number.
const MOST: usize = 1000;

/// The findings of one catalog, as they come.
pub(super) struct Findings {
    source: usize,
    list: RefCell<Vec<Finding>>,
    /// How many findings there are of each severity, those that are not kept among them.
    count: Cell<Counts>,
    /// How many rules have not been kept.
    broken: Cell<usize>,
}

impl Findings {
    pub(super) fn new(source: usize) -> Self {
        Self {
            source,
            list: RefCell::default(),
            count: Cell::default(),
            broken: Cell::default(),
        }
    }

    pub(super) fn push(&self, finding: Finding) {
        if let Cause::Rule(_) = finding.cause() {
            self.broken.set(self.broken.get() + 1);
        }
        let mut count = self.count.get();
        let of_severity = count.of(finding.severity());
        *of_severity += 1;
        if *of_severity <= MOST {
            self.list.borrow_mut().push(finding);
        }
        self.count.set(count);
    }

    /// Says what was found so far in another way.
    pub(super) fn amend(&self, amend: impl Fn(Finding) -> Finding) {
        let found = self.list.take();
        self.list.replace(found.into_iter().map(amend).collect());
    }

    pub(super) fn extend(&self, findings: Vec<Finding>) {
        for finding in findings {
            self.push(finding);
        }
    }

    /// Whether the catalog is refused.
    pub(super) fn refused(&self) -> bool {
        self.count.get().errors > 0
    }

    /// How many rules have not been kept so far.
    pub(super) fn errors(&self) -> usize {
        self.broken.get()
    }

    /// The index of the catalog.
    pub(super) fn source(&self) -> usize {
        self.source
    }

    pub(super) fn place(&self, span: &Range<usize>) -> Place {
        Place::new(self.source, span.clone())
    }

    /// Help that offers the nearest candidate; none once so much is wrong that nobody would see it.
    pub(super) fn did_you_mean<'a>(
        &self,
        word: &str,
        candidates: impl IntoIterator<Item = &'a str>,
    ) -> Option<String> {
        let near = self.nearest(word, candidates)?;
        Some(format!("did you mean `{near}`?"))
    }

    /// The nearest candidate; none once so much is wrong that nobody would see it.
    pub(super) fn nearest<'a>(
        &self,
        word: &str,
        candidates: impl IntoIterator<Item = &'a str>,
    ) -> Option<&'a str> {
        if self.count.get().errors >= MOST {
            return None;
        }
        suggest::nearest(word, candidates)
    }

    /// The findings, and how many more there were.
    pub(super) fn into_list(self) -> (Vec<Finding>, Counts) {
        let count = self.count.get();
        let unlisted = Counts {
            errors: count.errors.saturating_sub(MOST),
            warnings: count.warnings.saturating_sub(MOST),
        };
        (self.list.into_inner(), unlisted)
    }

    /// The plainest of findings: one place and what is wrong there.
    pub(super) fn report(
        &self,
        rule: Rule,
        span: &Range<usize>,
        title: impl Into<String>,
        label: &str,
        help: &str,
    ) {
        let finding = Finding::error(rule, title).at(self.place(span), label);
        self.push(if help.is_empty() {
            finding
        } else {
            finding.help(help)
        });
    }

    /// One of the words that the format has for something.
    pub(super) fn word<T: Copy>(
        &self,
        word: &At<String>,
        what: &str,
        known: &[(&str, T)],
    ) -> Option<T> {
        if let Some((_, value)) = known.iter().find(|(name, _)| *name == word.value) {
            return Some(*value);
        }
        let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
        let help = self.did_you_mean(&word.value, names.iter().copied());
        let title = format!("`{}` is no {what}", word.value);
        let finding = Finding::error(Rule::UnknownWord, title)
            .at(self.place(&word.span), "unknown word")
            .help(help.unwrap_or_else(|| format!("it is one of {}", suggest::list(&names))));
        self.push(finding);
        None
    }

    /// A value of another kind than the key takes.
    pub(super) fn wrong_kind(&self, value: &Value, what: &str, wanted: &str) {
        let title = format!("{what} is {wanted}, not {}", value.kind.name());
        let help = match (&value.kind, wanted) {
            (Kind::Bool(_), "a string") if what == "`retry`" => {
                let words: Vec<&str> = Retry::ALL.iter().map(|(word, _)| *word).collect();
                format!("it is one of {}", suggest::list(&words))
            }
            (Kind::Bool(true), "a table") if what == "`deprecated`" => DEPRECATED.to_owned(),
            (Kind::Bool(false), "a table") if what == "`deprecated`" => {
                "leave the key out".to_owned()
            }
            (Kind::Integer(Some(number)), "a string") => format!("put it in quotes: \"{number}\""),
            (Kind::Float(_) | Kind::Datetime, "a string") => "put it in quotes".to_owned(),
            (Kind::List(_), "a string") => "write one text, without brackets".to_owned(),
            (Kind::Text(text), "an array of codes") => format!("write [\"{text}\"]"),
            (Kind::Bool(flag), "a string") => format!("put it in quotes: \"{flag}\""),
            (Kind::Text(text), "an integer") if text.parse::<u32>().is_ok() => {
                format!("write it without quotes: {text}")
            }
            (Kind::Text(text), "an integer") if is_number(text.get(..3)) => {
                format!("write the number alone: {}", &text[..3])
            }
            (Kind::Text(_), "true or false") => "write true, or leave the key out".to_owned(),
            _ => String::new(),
        };
        self.report(
            Rule::WrongKind,
            &value.span,
            title,
            &format!("this is {}", value.kind.name()),
            &help,
        );
    }
}

/// What to say of an error that is on its way out.
pub(super) const DEPRECATED: &str = "say what is known of it, at least one of { since = \"1.2\", replaced-by = \"KEY\", note = \"…\" }";

fn is_number(text: Option<&str>) -> bool {
    text.is_some_and(|text| text.bytes().all(|byte| byte.is_ascii_digit()))
}
