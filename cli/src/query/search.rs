//! Searches for the errors that a word on the command line names, and suggests similar ones.

use std::cmp::Reverse;
use std::collections::HashSet;

use errbook_codegen::__private::model::Api;
use errbook_codegen::__private::{ErrorEntry, near};
use errbook_codegen::Cause;

use crate::query::catalogs::Catalogs;

/// The kind of name by which an error was found, in order of preference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum MatchedBy {
    Code,
    Key,
    RustName,
    Alias,
}

/// The errors that a word names.
pub(crate) struct SearchResult<'a> {
    /// The errors with exactly this name, or else those with this name in another case; codes come first.
    pub(crate) named: Vec<(MatchedBy, ErrorEntry<'a>)>,
    /// The errors with this name in another case, if there are exact matches.
    pub(crate) in_other_case: Vec<ErrorEntry<'a>>,
}

impl<'a> SearchResult<'a> {
    /// Searches for a word among the errors of one API, or of all APIs.
    pub(crate) fn new(word: &str, api: Option<&str>, catalogs: &'a Catalogs) -> Self {
        let interpretations = interpretations(word, catalogs);
        let (mut exact, mut folded) = (Vec::new(), Vec::new());
        for entry in catalogs.entries().filter(|entry| is_of(*entry, api)) {
            let by = |same| {
                let by = interpretations.iter();
                by.filter_map(|it| it.names(entry, same)).min()
            };
            if let Some(by) = by(str::eq) {
                exact.push((by, entry));
            } else if let Some(by) = by(same_in_any_case) {
                folded.push((by, entry));
            }
        }
        if exact.is_empty() {
            exact = std::mem::take(&mut folded);
        }
        exact.sort_by_key(|(by, _)| *by);
        folded.sort_by_key(|(by, _)| *by);
        Self {
            named: exact,
            in_other_case: folded.into_iter().map(|(_, entry)| entry).collect(),
        }
    }
}

fn is_of(entry: ErrorEntry<'_>, api: Option<&str>) -> bool {
    api.is_none_or(|api| entry.api().id.eq_ignore_ascii_case(api))
}

fn same_in_any_case(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other)
        || !(one.is_ascii() && other.is_ascii()) && one.to_lowercase() == other.to_lowercase()
}

/// One way to interpret a word.
struct Interpretation<'a> {
    /// The id or the module of the API, if the word contains it.
    api: Option<&'a str>,
    name: &'a str,
    /// Whether the word is a path in Rust, which names variants only.
    rust: bool,
}

/// Returns the interpretations of a word: a plain name, `API/CODE`, or `Code::Name` with or without a module.
fn interpretations<'a>(word: &'a str, catalogs: &Catalogs) -> Vec<Interpretation<'a>> {
    let new = |api, name, rust| Interpretation { api, name, rust };
    let mut interpretations = vec![new(None, word, false)];
    if let Some((api, name)) = word.split_once('/') {
        interpretations.push(new(Some(api), name, false));
    }
    if let Some((path, name)) = word.rsplit_once("::") {
        let segments: Vec<&str> = path.split("::").collect();
        let (module, in_module) = match segments.as_slice() {
            [module @ .., "Code" | "details"] => (module, true),
            module => (module, false),
        };
        let module = module.last().copied().filter(|module| {
            let mut apis = catalogs.apis();
            apis.any(|api| is_module(module, api))
        });
        if in_module || module.is_some() {
            interpretations.push(new(module, name, true));
        }
    }
    interpretations
}

fn is_module(module: &str, api: &Api) -> bool {
    module.trim_start_matches("r#") == api.rust_name.trim_start_matches("r#")
}

impl Interpretation<'_> {
    fn names(&self, entry: ErrorEntry<'_>, same: fn(&str, &str) -> bool) -> Option<MatchedBy> {
        let id = &entry.api().id;
        let of_api =
            |api: &str| api.eq_ignore_ascii_case(id) || self.rust && is_module(api, entry.api());
        if !self.api.is_none_or(of_api) {
            return None;
        }
        names(entry)
            .find(|(by, name)| (!self.rust || *by == MatchedBy::RustName) && same(name, self.name))
            .map(|(by, _)| by)
    }
}

/// Returns the names of an error, in order of preference.
fn names(entry: ErrorEntry<'_>) -> impl Iterator<Item = (MatchedBy, &str)> {
    let error = entry.error;
    let code = error.code.iter();
    let code = code.map(|code| (MatchedBy::Code, code.text.as_str()));
    let own = [
        (MatchedBy::Key, error.key.as_str()),
        (MatchedBy::RustName, &error.rust_name),
    ];
    let aliases = error.aliases.iter();
    let aliases = aliases.map(|alias| (MatchedBy::Alias, alias.text.as_str()));
    code.chain(own).chain(aliases)
}

/// The maximum number of suggestions.
const MAX_SUGGESTIONS: usize = 5;

/// An error that is similar to a word that names none.
pub(crate) struct Suggestion<'a> {
    pub(crate) entry: ErrorEntry<'a>,
    /// The kind of name that is similar to the word, and the name.
    by: MatchedBy,
    name: &'a str,
}

impl Suggestion<'_> {
    /// Returns the name of the error, with the similar name if it differs: `shop/EXPIRED (alias TOKEN_OLD)`.
    pub(crate) fn label(&self) -> String {
        let name = self.entry.name();
        let by = match self.by {
            MatchedBy::Code if last_part(self.name) != self.entry.error.key => "code",
            MatchedBy::Alias => "alias",
            _ => return name,
        };
        format!("{name} ({by} {})", self.name)
    }
}

/// Returns errors that are similar to a word that names none, in this order:
///
/// 1. errors with this name in other APIs,
/// 2. errors with a similar name,
/// 3. errors with words in common, those with the most first.
pub(crate) fn suggestions<'a>(
    word: &str,
    api: Option<&str>,
    catalogs: &'a Catalogs,
) -> Vec<Suggestion<'a>> {
    let word = last_part(word);
    let all = |api| {
        let entries = catalogs.entries().filter(move |entry| is_of(*entry, api));
        entries.flat_map(|entry| names(entry).map(move |(by, name)| Suggestion { entry, by, name }))
    };
    let is_named = |it: &Suggestion<'_>, name: &str| last_part(it.name) == name;
    let mut suggested: Vec<Suggestion<'_>> = all(None)
        .filter(|it| same_in_any_case(last_part(it.name), word))
        .collect();

    let candidates: HashSet<&str> = all(api).map(|it| last_part(it.name)).collect();
    let mut candidates: Vec<&str> = candidates.into_iter().collect();
    candidates.sort_unstable();
    for near in near(word, candidates).into_iter().take(MAX_SUGGESTIONS) {
        suggested.extend(all(api).filter(|it| is_named(it, near)));
    }

    let wanted = words(word);
    let shared = |it: &Suggestion<'_>| {
        let own = words(last_part(it.name));
        let shared = wanted
            .iter()
            .filter(|word| own.iter().any(|own| share_prefix(word, own)));
        (shared.count(), Reverse(own.len()))
    };
    let mut sharing: Vec<_> = all(api)
        .map(|it| (shared(&it), it))
        .filter(|((shared, _), _)| *shared > 0)
        .collect();
    sharing.sort_by(|(one, _), (other, _)| other.cmp(one));
    suggested.extend(sharing.into_iter().map(|(_, it)| it));

    let mut seen = HashSet::new();
    let new = suggested
        .into_iter()
        .filter(|it| seen.insert(it.entry.name()));
    new.take(MAX_SUGGESTIONS).collect()
}

/// Returns the part of a name after the path or address that many names have in common.
fn last_part(name: &str) -> &str {
    let mut parts = name.rsplit(['/', ':', '#']);
    parts.find(|part| !part.is_empty()).unwrap_or(name)
}

/// Returns the finding whose id is the most similar to a word.
pub(crate) fn near_finding(word: &str) -> Option<Cause> {
    let ids = Cause::all().map(Cause::id);
    near(word, ids).first().copied().and_then(Cause::from_id)
}

/// Whether two words are equal, or one is a prefix of the other: `TOKEN` and `TOKENS`.
fn share_prefix(one: &str, other: &str) -> bool {
    const MIN_PREFIX: usize = 4;
    let begins = |short: &str, long: &str| short.len() >= MIN_PREFIX && long.starts_with(short);
    one == other || begins(one, other) || begins(other, one)
}

/// Splits a name into lowercase words: `JOB_NOT_FOUND` and `JobNotFound` have the same words. Drops words of
/// one or two letters, which match too many names.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut was_small = false;
    for c in name.chars() {
        if !c.is_alphanumeric() || (was_small && c.is_uppercase()) {
            words.push(String::new());
        }
        was_small = c.is_lowercase();
        if c.is_alphanumeric() {
            let last = words.last_mut().expect("there is one at the start");
            last.extend(c.to_lowercase());
        }
    }
    words.retain(|word| word.len() > 2 && word != "not");
    words
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn words_are_equal_in_every_style() {
        #[track_caller]
        fn check(name: &str, expected: &[&str]) {
            assert_eq!(words(name), expected);
        }
        for name in [
            "FILE_NOT_FOUND",
            "FileNotFound",
            "file-not-found",
            "file.not.found",
        ] {
            check(name, &["file", "found"]);
        }
        check("E_10001", &["10001"]);
        check("", &[]);
        check("größe", &["größe"]);
    }
}
