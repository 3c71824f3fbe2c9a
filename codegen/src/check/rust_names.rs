//! Converts names of a catalog to Rust identifiers.

use std::collections::HashMap;
use std::fmt::Display;
use std::ops::Range;

use heck::{ToSnakeCase, ToUpperCamelCase};
use proc_macro2::{Ident, Span};

use crate::check::findings::Findings;
use crate::check::table_reader::Spanned;
use crate::findings::{Finding, RuleId};

/// The variant or type that a name becomes, such as `JobNotFound` for `JOB_NOT_FOUND`.
///
/// # Errors
///
/// A name to propose, where this one makes no good identifier: it has no ASCII letter to start
/// with, holds others than ASCII letters and digits, or is a keyword.
pub(super) fn camel(name: &str) -> Result<String, String> {
    let converted = from_capitals(name).unwrap_or_else(|| name.to_upper_camel_case());
    judge(name, &converted, "E", str::to_upper_camel_case)
}

/// `JobNotFound` for `JOB_NOT_FOUND`, as most keys are written: what `heck` makes of it, in a tenth of the time.
fn from_capitals(name: &str) -> Option<String> {
    let capitals = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_';
    if !name.bytes().all(capitals) {
        return None;
    }
    let mut camel = String::with_capacity(name.len());
    for word in name.split('_').filter(|word| !word.is_empty()) {
        let (first, rest) = word.split_at(1);
        camel.push_str(first);
        camel.extend(rest.chars().map(|c| c.to_ascii_lowercase()));
    }
    Some(camel)
}

/// The field, accessor or module that a name becomes, raw where it is a keyword.
///
/// # Errors
///
/// As for [`camel`].
pub(super) fn snake(name: &str) -> Result<String, String> {
    judge(name, &name.to_snake_case(), "field_", str::to_snake_case)
}

fn judge(
    name: &str,
    converted: &str,
    prefix: &str,
    convert: fn(&str) -> String,
) -> Result<String, String> {
    // Letters that are not ASCII could be kept by Rust, but not by everybody's keyboard.
    let plain = name.is_ascii() && converted.starts_with(|c: char| c.is_ascii_alphabetic());
    if plain && let Some(identifier) = identifier(converted) {
        return Ok(identifier);
    }
    let ascii: String = name
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { ' ' })
        .collect();
    let proposal = convert(&ascii);
    Err(if proposal.is_empty() {
        format!("{prefix}1")
    } else if proposal.starts_with(|c: char| c.is_ascii_digit()) {
        format!("{prefix}{proposal}")
    } else if identifier(&proposal).is_some() {
        proposal
    } else {
        convert(&format!("{proposal} value"))
    })
}

/// The identifier as Rust takes it, raw where it is a keyword; `None` where Rust takes it in no way.
pub(crate) fn identifier(name: &str) -> Option<String> {
    // A single keyword begins with a capital, and `syn` takes its time.
    let letters = |byte: u8| byte.is_ascii_alphanumeric();
    if name.starts_with(|c: char| c.is_ascii_uppercase())
        && name.bytes().all(letters)
        && name != "Self"
    {
        return Some(name.to_owned());
    }
    // Since edition 2024 a keyword, which syn does not know of.
    if name != "gen" && syn::parse_str::<Ident>(name).is_ok() {
        return Some(name.to_owned());
    }
    // These are keywords that cannot be raw; `Ident::new_raw` panics on them and on what is no name.
    let possible = !matches!(name, "self" | "Self" | "super" | "crate" | "_")
        && name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    possible.then(|| Ident::new_raw(name, Span::call_site()).to_string())
}

/// A `rust-name` that an author gave: an identifier that needs no escape, in the right case.
fn given(name: &str, convert: fn(&str) -> String) -> Result<String, String> {
    let converted = convert(name);
    let alphanumeric = name.is_ascii() && name.chars().all(|c| c.is_alphanumeric() || c == '_');
    // `E10001Legacy` and `V2Ray` are fine as they are; what matters is how they start.
    let cased = match converted.chars().next() {
        Some(first) if first.is_uppercase() => {
            !name.contains('_') && name.starts_with(|c: char| c.is_uppercase())
        }
        Some(_) => !name.chars().any(char::is_uppercase),
        None => false,
    };
    let tidy = !name.contains("__") && !name.starts_with('_') && !name.ends_with('_');
    let plain = alphanumeric && cased && tidy && !name.starts_with(|c: char| c.is_ascii_digit());
    plain.then(|| identifier(name)).flatten().ok_or(converted)
}

/// Which case a name is in.
#[derive(Clone, Copy)]
pub(super) enum Case {
    /// `JobNotFound`
    Camel,
    /// `job_not_found`
    Snake,
    /// As `Camel`, for what has no `rust-name`.
    Word,
}

/// Settles the Rust name of something with the key `key`: what `rust-name` says, or what the key
/// becomes. Without either, a finding, and no name.
pub(super) fn settle(
    findings: &Findings,
    key: &Spanned<String>,
    rust_name: Option<Spanned<String>>,
    case: Case,
) -> Option<String> {
    let from_key = |name: &str| match case {
        Case::Camel | Case::Word => camel(name),
        Case::Snake => snake(name),
    };
    let convert = match case {
        Case::Camel | Case::Word => str::to_upper_camel_case,
        Case::Snake => str::to_snake_case,
    };
    if let Some(name) = rust_name {
        let report = |better: String| {
            let title = format!("`{}` is no good name in Rust", name.value);
            let label = "not a plain identifier in the right case";
            let better = from_key(&better).unwrap_or_else(|proposal| proposal);
            let help = format!("write rust-name = \"{better}\"");
            findings.report(RuleId::BadRustName, &name.span, title, label, &help);
        };
        return given(&name.value, convert).map_err(report).ok();
    }
    let report = |proposal: String| {
        let title = format!("`{}` makes no good name in Rust", key.value);
        let label = "not to be turned into an identifier";
        let help = match case {
            Case::Word => format!("write another word, such as `{proposal}`"),
            _ => format!("give it one of its own: rust-name = \"{proposal}\""),
        };
        findings.report(RuleId::BadName, &key.span, title, label, &help);
    };
    from_key(&key.value).map_err(report).ok()
}

/// The names of one scope: each may be taken once.
#[derive(Default)]
pub(super) struct Scope {
    taken: HashMap<String, Range<usize>>,
}

impl Scope {
    /// For so many names.
    pub(super) fn with_capacity(names: usize) -> Self {
        let taken = HashMap::with_capacity(names);
        Self { taken }
    }

    /// Takes a name; a finding with both places where it is taken already. `shown` is the name as
    /// readers know it, such as `Code::NotFound`.
    pub(super) fn take(
        &mut self,
        findings: &Findings,
        name: &str,
        span: &Range<usize>,
        shown: impl Display,
    ) {
        let help =
            format_args!("give one a name of its own: rust-name = \"{name}2\", or a better word");
        self.take_or(findings, name, span, shown, help);
    }

    /// As [`take`](Self::take), with another remedy.
    pub(super) fn take_or(
        &mut self,
        findings: &Findings,
        name: &str,
        span: &Range<usize>,
        shown: impl Display,
        help: impl Display,
    ) {
        if let Some(first) = self.taken.get(name) {
            let finding = Finding::error(RuleId::SameName, format!("two names become `{shown}`"))
                .at(findings.location(span), format!("becomes `{name}` too"))
                .with(findings.location(first), "first here")
                .help(help.to_string());
            findings.push(finding);
        } else {
            self.taken.insert(name.to_owned(), span.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use heck::ToUpperCamelCase;

    use super::from_capitals;

    #[test]
    fn capitals_become_what_heck_makes_of_them() {
        for name in [
            "A",
            "NOT_FOUND",
            "_E2E__TEST_",
            "HTTP2_404",
            "4XX",
            "A_1B_C",
            "__",
            "",
        ] {
            assert_eq!(
                from_capitals(name),
                Some(name.to_upper_camel_case()),
                "{name}"
            );
        }
        assert_eq!(from_capitals("Not_FOUND"), None);
    }
}
