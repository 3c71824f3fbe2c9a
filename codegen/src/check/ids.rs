//! Ids of APIs and sections.

use crate::check::findings::Findings;
use crate::check::rust_names::identifier;
use crate::check::table_reader::Spanned;
use crate::findings::RuleId;
use crate::keys::{CRATES, LONGEST_ID, RESERVED};

/// The form of an id, as findings describe it.
pub(super) const ID_FORM: &str =
    "ids are small letters and digits, with single hyphens between, a letter first";

/// Small letters, digits and single hyphens between them, a letter first.
pub(super) fn is_id(text: &str) -> bool {
    let part = |part: &str| {
        !part.is_empty()
            && part
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
    };
    text.starts_with(|c: char| c.is_ascii_lowercase()) && text.split('-').all(part)
}

pub(super) fn good_id(findings: &Findings, id: &Spanned<String>) -> bool {
    let device = ["com", "lpt"].iter().any(|device| {
        id.value
            .strip_prefix(device)
            .is_some_and(|rest| rest.len() == 1 && rest.as_bytes()[0].is_ascii_digit())
    });
    let (rule, title, label) = if !is_id(&id.value) {
        let title = format!("`{}` is no id", id.value);
        (RuleId::BadId, title, ID_FORM)
    } else if id.value.len() > LONGEST_ID {
        (
            RuleId::BadId,
            format!("an id of {} characters", id.value.len()),
            "64 at the most",
        )
    } else if RESERVED.contains(&id.value.as_str()) || device {
        (
            RuleId::ReservedId,
            format!("`{}` cannot be the name of a file", id.value),
            "a reserved name",
        )
    } else if CRATES.contains(&id.value.as_str()) {
        (
            RuleId::ReservedId,
            format!("`{}` cannot be the name of a module", id.value),
            "the name of a crate",
        )
    } else if identifier(&id.value.replace('-', "_")).is_none() {
        (
            RuleId::ReservedId,
            format!("`{}` cannot be the name of a module", id.value),
            "a keyword of Rust that nothing can be named",
        )
    } else {
        return true;
    };
    let proposal = match rule {
        RuleId::ReservedId => format!("{}-api", id.value),
        _ => proposed_id(&id.value),
    };
    let help = format!("modules and pages are named by it; write id = \"{proposal}\"");
    findings.report(rule, &id.span, title, label, &help);
    false
}

/// An id to propose in place of a text that is no id.
pub(super) fn proposed_id(text: &str) -> String {
    use heck::ToKebabCase;
    let ascii: String = text
        .chars()
        .take(LONGEST_ID / 2)
        .map(|c| if c.is_ascii_alphanumeric() { c } else { ' ' })
        .collect();
    let id = ascii.to_kebab_case();
    if is_id(&id) {
        id
    } else {
        format!("api-{id}").trim_end_matches('-').to_owned()
    }
}
