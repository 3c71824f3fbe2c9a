//! The options that select errors.

use std::collections::BTreeSet;
use std::io;
use std::ops::RangeInclusive;

use clap::builder::PossibleValuesParser;
use errbook_codegen::__private::ErrorEntry;
use errbook_codegen::__private::model::Retry;

use crate::console::Outcome;
use crate::query::catalogs::Catalogs;

/// An inclusive range of statuses.
type StatusRange = RangeInclusive<u16>;

/// Conditions that an error must meet, all of them.
#[derive(Debug, clap::Args)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is an option of the command line"
)]
pub(crate) struct Filter {
    /// Words that are in the code, the key or the texts of an error, each in any of them and in whatever
    /// case
    #[arg(value_name = "WORD")]
    words: Vec<String>,

    /// Those of this API, or of several: `orders,shop`
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    api: Vec<String>,

    /// Those with this status, or one of several: 404, 4xx, 500-599 or 401,403
    #[arg(long, value_name = "STATUS", value_delimiter = ',', value_parser = statuses)]
    status: Vec<StatusRange>,

    /// Those of this section, or of several
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    category: Vec<String>,

    /// Those with this advice on sending a request again, of their own or of their statuses; `none` is where
    /// the catalog gives none
    #[arg(long, value_name = "ADVICE", value_delimiter = ',', value_parser = retry_words())]
    retry: Vec<String>,

    /// Those on their way out
    #[arg(long)]
    deprecated: bool,

    /// Those that are not sent any more
    #[arg(long)]
    retired: bool,

    /// Those of which, or of whose statuses, the catalog says something that its document does not
    #[arg(long)]
    inferred: bool,

    /// Those that answer no request, in a webhook say
    #[arg(long)]
    event: bool,
}

impl Filter {
    /// Checks that the APIs and sections of the filter exist. If one is missing, writes so and returns the
    /// outcome.
    ///
    /// # Errors
    ///
    /// As [`Catalogs::not_found`].
    pub(crate) fn require_known_names(&self, catalogs: &Catalogs) -> io::Result<Option<Outcome>> {
        for id in &self.api {
            if let Some(outcome) = catalogs.require_api(id)? {
                return Ok(Some(outcome));
            }
        }
        if self.category.is_empty() {
            return Ok(None);
        }
        let entries = catalogs.entries().filter(|entry| self.is_of_api(*entry));
        let sections = entries.filter_map(|entry| Some(entry.category()?.id.as_str()));
        let sections: BTreeSet<&str> = sections.collect();
        let is_known = |id: &String| sections.iter().any(|known| known.eq_ignore_ascii_case(id));
        let Some(id) = self.category.iter().find(|id| !is_known(id)) else {
            return Ok(None);
        };
        let known: Vec<&str> = sections.iter().copied().collect();
        catalogs.not_found("section", id, &known).map(Some)
    }

    /// Returns the words to search for in lower case, as [`matches`](Self::matches) compares them.
    pub(crate) fn words(&self) -> Vec<String> {
        self.words.iter().map(|word| word.to_lowercase()).collect()
    }

    /// Whether an error meets all conditions.
    pub(crate) fn matches(&self, entry: ErrorEntry<'_>, words: &[String]) -> bool {
        let error = entry.error;
        let is_or_any = |asked: bool, is: bool| !asked || is;
        let status =
            |statuses: &StatusRange| error.statuses.iter().any(|one| statuses.contains(one));
        let category = |id: &String| {
            let category = entry.category();
            category.is_some_and(|category| category.id.eq_ignore_ascii_case(id))
        };
        self.is_of_api(entry)
            && is_or_any(!self.status.is_empty(), self.status.iter().any(status))
            && is_or_any(
                !self.category.is_empty(),
                self.category.iter().any(category),
            )
            && (self.retry.is_empty() || self.matches_retry(&entry.retry_advice()))
            && is_or_any(self.deprecated, error.deprecated.is_some())
            && is_or_any(self.retired, error.retired.is_some())
            && is_or_any(self.inferred, entry.is_inferred())
            && is_or_any(self.event, error.event)
            && contains_words(entry, words)
    }

    fn matches_retry(&self, advice: &[Retry]) -> bool {
        self.retry.iter().any(|word| match advice {
            [] => word == "none",
            advice => advice.iter().any(|retry| retry.as_str() == word),
        })
    }

    fn is_of_api(&self, entry: ErrorEntry<'_>) -> bool {
        let id = &entry.api().id;
        self.api.is_empty() || self.api.iter().any(|api| api.eq_ignore_ascii_case(id))
    }
}

/// Whether each word is part of a name or a text of the error.
fn contains_words(entry: ErrorEntry<'_>, words: &[String]) -> bool {
    if words.is_empty() {
        return true;
    }
    let error = entry.error;
    let names = error.code.iter().chain(&error.aliases);
    let names = names
        .map(|code| code.text.as_str())
        .chain([error.key.as_str()]);
    let texts = [&error.title, &error.description, &error.action];
    let texts = texts.into_iter().flatten().map(String::as_str);
    let mut texts: Vec<String> = names.chain(texts).map(str::to_lowercase).collect();
    let messages = error.messages.iter();
    texts.extend(messages.map(|form| form.to_string().to_lowercase()));
    let is_contained = |word: &String| texts.iter().any(|text| text.contains(word));
    words.iter().all(is_contained)
}

/// The retry advice to filter by: the words of the catalog, and `none`.
fn retry_words() -> PossibleValuesParser {
    let words = Retry::ALL.iter().map(|(word, _)| *word);
    PossibleValuesParser::new(words.chain(["none"]))
}

/// Parses an inclusive range of statuses: `404`, `4xx`, `500-599`.
fn statuses(text: &str) -> Result<StatusRange, &'static str> {
    let number = |text: &str| {
        let digits = text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_digit());
        let number = digits.then(|| text.parse().ok()).flatten();
        number.filter(|status| (100..=599).contains(status))
    };
    let lower = text.to_ascii_lowercase();
    let range = match (lower.strip_suffix("xx"), lower.split_once('-')) {
        (Some(hundreds), _) => number(&format!("{hundreds}00")).map(|first| (first, first + 99)),
        (None, Some((first, last))) => number(first).zip(number(last)),
        (None, None) => number(text).map(|status| (status, status)),
    };
    match range {
        Some((first, last)) if first <= last => Ok(first..=last),
        Some(_) => Err("the first status is above the last"),
        None => Err("statuses are from 100 to 599: write 404, 4xx or 500-599"),
    }
}

#[cfg(test)]
mod tests {
    use std::ops::RangeInclusive;

    use super::statuses;

    #[test]
    fn status_range_parses_numbers_and_ranges() {
        #[track_caller]
        fn check(text: &str, expected: Option<(u16, u16)>) {
            let range = statuses(text).ok();
            assert_eq!(range.map(RangeInclusive::into_inner), expected, "{text}");
        }
        check("404", Some((404, 404)));
        check("4xx", Some((400, 499)));
        check("5XX", Some((500, 599)));
        check("500-599", Some((500, 599)));
        check("404-404", Some((404, 404)));
        for wrong in [
            "",
            "x",
            "xx",
            "6xx",
            "0xx",
            "40x",
            "4xxx",
            "44xx",
            "99",
            "600",
            "4040",
            "+404",
            "404-",
            "-404",
            "404-403",
            "404-4xx",
            "４０４",
        ] {
            check(wrong, None);
        }
    }
}
