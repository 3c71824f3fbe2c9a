//! Catalogs of any size, the same at every call: what generators and compilers are measured with.

use std::collections::BTreeSet;
use std::fmt::Write as _;

/// An error of the measured API.
#[derive(Clone)]
pub struct Entry {
    /// The key, which is its code, too.
    pub key: String,
    /// The key as the name of a variant.
    pub name: String,
    /// The index of its section.
    pub category: usize,
    /// The HTTP status.
    pub status: u16,
    /// What it means: 5 to 40 words.
    pub description: String,
    /// What to do; a third of the errors say so.
    pub action: Option<String>,
    /// The members of its details; a tenth of the errors have some.
    pub details: Vec<Member>,
}

/// A member of an error's details: its name, its type in a catalog and in Rust.
pub type Member = (&'static str, &'static str, &'static str);

/// So many errors, in the order of their categories; the same at every call.
#[must_use]
pub fn errors(count: usize) -> Vec<Entry> {
    let mut random = Random(count as u64);
    let mut keys = BTreeSet::new();
    let mut errors: Vec<Entry> = (0..count)
        .map(|_| {
            let words = key(&mut random, &mut keys);
            Entry {
                key: words.join("_"),
                name: words.iter().map(|word| capitalized(word)).collect(),
                category: random.below(CATEGORIES.len()),
                status: STATUSES[random.below(STATUSES.len())],
                description: sentence(&mut random, 5, 40),
                action: (random.below(3) == 0).then(|| sentence(&mut random, 5, 20)),
                details: if random.below(10) == 0 {
                    details(&mut random)
                } else {
                    Vec::new()
                },
            }
        })
        .collect();
    errors.sort_by_key(|error| error.category);
    errors
}

/// The errors as a catalog.
#[must_use]
pub fn catalog(errors: &[Entry]) -> String {
    let mut out = String::from(
        "[api]\nid = \"api\"\ntitle = \"Media API\"\n\n[envelope]\ncode = \"/error/code\"\n\
         message = \"/error/message\"\ndetails = \"/error/details\"\n",
    );
    let mut category = None;
    for error in errors {
        if category.replace(error.category) != Some(error.category) {
            let id = CATEGORIES[error.category];
            let _ = write!(
                out,
                "\n[[category]]\nid = {id:?}\ntitle = \"Errors of {id}\"\n"
            );
        }
        let _ = write!(
            out,
            "\n[category.error.{}]\nstatus = {}\ndescription = {:?}\n",
            error.key, error.status, error.description
        );
        if let Some(action) = &error.action {
            let _ = writeln!(out, "action = {action:?}");
        }
        if !error.details.is_empty() {
            let members: Vec<String> = error
                .details
                .iter()
                .map(|(name, ty, _)| format!("{name} = {ty:?}"))
                .collect();
            let _ = writeln!(out, "details = {{ {} }}", members.join(", "));
        }
    }
    out
}

/// The words of a key that no other error has: one to five.
fn key(random: &mut Random, keys: &mut BTreeSet<Vec<&'static str>>) -> Vec<&'static str> {
    loop {
        let mut words: Vec<&str> = (0..random.below(5))
            .map(|_| SUBJECTS[random.below(SUBJECTS.len())])
            .collect();
        words.push(COMPLAINTS[random.below(COMPLAINTS.len())]);
        if keys.insert(words.clone()) {
            return words;
        }
    }
}

fn sentence(random: &mut Random, least: usize, most: usize) -> String {
    let words = least + random.below(most - least + 1);
    let words: Vec<&str> = (0..words)
        .map(|_| WORDS[random.below(WORDS.len())])
        .collect();
    let (first, rest) = words[0].split_at(1);
    let rest = [&[rest], &words[1..]].concat().join(" ");
    format!("{}{rest}.", first.to_uppercase())
}

/// One to three members.
fn details(random: &mut Random) -> Vec<Member> {
    let start = random.below(MEMBERS.len() - 2);
    MEMBERS[start..=start + random.below(3)].to_vec()
}

fn capitalized(word: &str) -> String {
    let (first, rest) = word.split_at(1);
    first.to_owned() + &rest.to_lowercase()
}

/// Pseudo-random numbers by `SplitMix64`: the same everywhere, from the same seed.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        usize::try_from(mixed % bound as u64).expect("a remainder is below its divisor, a usize")
    }
}

#[rustfmt::skip]
const CATEGORIES: [&str; 10] = [
    "authentication", "billing", "files", "jobs", "limits", "media", "projects", "requests",
    "system", "webhooks",
];

/// More often than once where it is more frequent.
const STATUSES: [u16; 24] = [
    400, 400, 400, 400, 400, 401, 402, 403, 403, 404, 404, 404, 409, 409, 410, 413, 415, 422, 422,
    429, 500, 502, 503, 504,
];

/// What an error is about: the first words of a key.
#[rustfmt::skip]
const SUBJECTS: [&str; 48] = [
    "ACCOUNT", "API", "ARCHIVE", "AUDIO", "BATCH", "BILLING", "BUCKET", "CALLBACK", "CHANNEL",
    "CHUNK", "CODEC", "CONTENT", "CREDIT", "CURSOR", "DOMAIN", "DOWNLOAD", "EMAIL", "EXPORT",
    "FIELD", "FILE", "FORMAT", "HEADER", "IMAGE", "IMPORT", "INVOICE", "JOB", "KEY", "LANGUAGE",
    "MEMBER", "PAGE", "PAYMENT", "PLAN", "PROJECT", "QUEUE", "QUOTA", "REGION", "REQUEST",
    "SESSION", "SIGNATURE", "SOURCE", "STREAM", "TASK", "TEMPLATE", "TOKEN", "UPLOAD", "USER",
    "VIDEO", "WEBHOOK",
];

/// What is wrong with it: the last word of a key.
#[rustfmt::skip]
const COMPLAINTS: [&str; 24] = [
    "ABORTED", "BLOCKED", "CONFLICT", "CORRUPTED", "DENIED", "DISABLED", "DUPLICATE", "EMPTY",
    "EXHAUSTED", "EXPIRED", "FAILED", "FORBIDDEN", "INVALID", "LOCKED", "MALFORMED", "MISMATCH",
    "MISSING", "REJECTED", "REVOKED", "SUSPENDED", "TIMEOUT", "UNAVAILABLE", "UNREACHABLE",
    "UNSUPPORTED",
];

/// The words of descriptions and actions.
#[rustfmt::skip]
const WORDS: [&str; 60] = [
    "a", "account", "after", "again", "already", "an", "and", "another", "API", "are", "be",
    "because", "been", "before", "body", "by", "call", "cannot", "check", "contains", "does",
    "each", "field", "file", "for", "format", "from", "has", "header", "if", "in", "is", "it",
    "job", "key", "limit", "longer", "more", "must", "no", "not", "of", "on", "one", "or", "page",
    "request", "response", "retry", "size", "support", "than", "that", "the", "this", "to", "URL",
    "value", "with", "your",
];

const MEMBERS: [Member; 9] = [
    ("allowed", "[string]", "Vec<String>"),
    ("available", "u64", "u64"),
    ("field", "string", "String"),
    ("limit", "u64", "u64"),
    ("problems", "[string]", "Vec<String>"),
    ("reason", "string", "String"),
    ("required", "u64", "u64"),
    ("resource", "string", "String"),
    ("retry_after", "u64", "u64"),
];
