//! From what somebody types to the errors that it may mean.

use std::cmp::Reverse;
use std::collections::HashSet;

use errbook_codegen::model::Api;
use errbook_codegen::{Cause, near};

use crate::errors::{Catalogs, Entry};

/// What an error is known by, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum By {
    Code,
    Key,
    RustName,
    Alias,
}

/// The errors that a word names.
#[derive(Default)]
pub(crate) struct Found<'a> {
    /// By what is written so to the letter, else by what is in whatever case: those with the code first.
    pub(crate) named: Vec<(By, Entry<'a>)>,
    /// Those of another case, where some are written to the letter.
    pub(crate) in_other_case: Vec<Entry<'a>>,
}

impl<'a> Found<'a> {
    /// Looks a word up among the errors of one API, or of all.
    pub(crate) fn of(word: &str, api: Option<&str>, catalogs: &'a Catalogs) -> Self {
        let readings = readings(word, catalogs);
        let (mut exact, mut folded) = (Vec::new(), Vec::new());
        for entry in catalogs.entries().filter(|entry| is_of(*entry, api)) {
            let by = |same| {
                let named = readings
                    .iter()
                    .filter_map(|reading| reading.names(entry, same));
                named.min()
            };
            if let Some(by) = by(str::eq) {
                exact.push((by, entry));
            } else if let Some(by) = by(same_in_any_case) {
                folded.push((by, entry));
            }
        }
        exact.sort_by_key(|(by, _)| *by);
        folded.sort_by_key(|(by, _)| *by);
        if exact.is_empty() {
            return Self {
                named: folded,
                in_other_case: Vec::new(),
            };
        }
        Self {
            named: exact,
            in_other_case: folded.into_iter().map(|(_, entry)| entry).collect(),
        }
    }
}

fn is_of(entry: Entry<'_>, api: Option<&str>) -> bool {
    api.is_none_or(|api| entry.api().id.eq_ignore_ascii_case(api))
}

fn same_in_any_case(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other)
        || !(one.is_ascii() && other.is_ascii()) && one.to_lowercase() == other.to_lowercase()
}

/// One way to read a word.
struct Reading<'a> {
    /// The id or the module of the one API that it may be of.
    api: Option<&'a str>,
    name: &'a str,
    /// Whether it is written as a path of Rust, which names nothing but variants.
    rust: bool,
}

/// A word as it stands; `API/CODE`; `Code::Name`, with its module or without.
fn readings<'a>(word: &'a str, catalogs: &Catalogs) -> Vec<Reading<'a>> {
    let mut readings = vec![Reading {
        api: None,
        name: word,
        rust: false,
    }];
    if let Some((api, name)) = word.split_once('/') {
        readings.push(Reading {
            api: Some(api),
            name,
            rust: false,
        });
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
            readings.push(Reading {
                api: module,
                name,
                rust: true,
            });
        }
    }
    readings
}

fn is_module(module: &str, api: &Api) -> bool {
    module.trim_start_matches("r#") == api.rust_name.trim_start_matches("r#")
}

impl Reading<'_> {
    fn names(&self, entry: Entry<'_>, same: fn(&str, &str) -> bool) -> Option<By> {
        let id = &entry.api().id;
        let of_api =
            |api: &str| api.eq_ignore_ascii_case(id) || self.rust && is_module(api, entry.api());
        if !self.api.is_none_or(of_api) {
            return None;
        }
        names(entry)
            .find(|(by, name)| (!self.rust || *by == By::RustName) && same(name, self.name))
            .map(|(by, _)| by)
    }
}

/// What an error is known by, the best first.
fn names(entry: Entry<'_>) -> impl Iterator<Item = (By, &str)> {
    let error = entry.error();
    let code = error.code.iter().map(|code| (By::Code, code.text.as_str()));
    let own = [
        (By::Key, error.key.as_str()),
        (By::RustName, &error.rust_name),
    ];
    let aliases = error.aliases.iter();
    code.chain(own)
        .chain(aliases.map(|alias| (By::Alias, alias.text.as_str())))
}

/// How many errors are suggested.
const MOST: usize = 5;

/// An error that a word without one may have meant.
pub(crate) struct Suggestion<'a> {
    pub(crate) entry: Entry<'a>,
    /// What it is known by that is like the word.
    by: By,
    name: &'a str,
}

impl Suggestion<'_> {
    /// The error's name, and what it is known by where its name does not say that: `shop/EXPIRED (alias
    /// TOKEN_OLD)`.
    pub(crate) fn shown(&self) -> String {
        let name = self.entry.name();
        let by = match self.by {
            By::Code if last_part(self.name) != self.entry.error().key => "code",
            By::Alias => "alias",
            _ => return name,
        };
        format!("{name} ({by} {})", self.name)
    }
}

/// The errors that a word without an error may have meant: those of that name in other APIs, those of a
/// name that is near, those that share words with it, and of these, those that share the most.
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
    for near in near(word, candidates).into_iter().take(MOST) {
        suggested.extend(all(api).filter(|it| is_named(it, near)));
    }

    let wanted = words(word);
    let shared = |it: &Suggestion<'_>| {
        let own = words(last_part(it.name));
        let shared = wanted
            .iter()
            .filter(|word| own.iter().any(|own| akin(word, own)));
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
    new.take(MOST).collect()
}

/// What tells a name from others like it: the end of a path or of an address, which many have in common.
fn last_part(name: &str) -> &str {
    let mut parts = name.rsplit(['/', ':', '#']);
    parts.find(|part| !part.is_empty()).unwrap_or(name)
}

/// The finding that a word without one may have meant.
pub(crate) fn near_finding(word: &str) -> Option<Cause> {
    let ids = Cause::all().map(Cause::id);
    near(word, ids).first().copied().and_then(Cause::from_id)
}

/// Whether two words are one, or one begins with the other: `TOKEN` and `TOKENS`.
fn akin(one: &str, other: &str) -> bool {
    const LEAST: usize = 4;
    let begins = |short: &str, long: &str| short.len() >= LEAST && long.starts_with(short);
    one == other || begins(one, other) || begins(other, one)
}

/// The words of a name in small letters: of `JOB_NOT_FOUND` and of `JobNotFound` the same three. Those of
/// one or two letters say nothing.
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
    fn a_name_has_the_same_words_in_every_style() {
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
