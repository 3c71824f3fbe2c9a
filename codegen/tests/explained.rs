//! The pages of rules and lints, `docs/findings/`: each shows a wrong catalog, about which exactly
//! this is said, and a right one, about which nothing is.
//!
//! `SNAPSHOTS=overwrite cargo test -p errbook-codegen --test codegen explained` writes the index anew.

use std::collections::BTreeSet;
use std::fmt::Write;

use errbook_codegen::__private::{LOCK, SETTINGS};
use errbook_codegen::{Cause, Finding, Input, Lint, Report, RuleId, Severity, Source, generate};
use snapbox::{Data, assert_data_eq};

use crate::support::{EMPTY_SHOP, entries, path};

/// Rules about files and about very large catalogs, of which no small catalog is an example; `files.rs`
/// and `findings.rs` have their cases.
const WITHOUT_CATALOG: [RuleId; 9] = [
    RuleId::Unreadable,
    RuleId::NoCatalog,
    RuleId::NotUtf8,
    RuleId::Changing,
    RuleId::TooLarge,
    RuleId::Unwritable,
    RuleId::Environment,
    RuleId::TooManyWithoutCode,
    RuleId::TooManyColumns,
];

fn all() -> impl Iterator<Item = Cause> {
    let rules = RuleId::ALL.iter().map(|rule| Cause::Rule(*rule));
    rules.chain(Lint::ALL.iter().map(|lint| Cause::Lint(*lint)))
}

/// The code blocks with this after their fence, such as `toml wrong`.
fn blocks(page: &str, info: &str) -> Vec<String> {
    let fence = format!("```{info}\n");
    let mut parts = page.split(&fence);
    parts.next();
    parts
        .map(|rest| rest.split("```").next().unwrap_or_default().to_owned())
        .collect()
}

/// What is said of a catalog, with the lock behind it if there is one, or of settings beside a good one,
/// with every lint but that of the page at its own level.
fn said(cause: Cause, text: &str) -> Report {
    let (catalog, settings) = if text.starts_with("# errbook.toml\n") {
        (EMPTY_SHOP, text.to_owned())
    } else if let Cause::Lint(lint) = cause {
        (text, format!("[lints]\n{} = \"warn\"\n", lint.name()))
    } else {
        (text, String::new())
    };
    let (catalog, lock) = match catalog.split_once("# catalog/errbook.lock\n") {
        Some((catalog, lock)) => (catalog, Some(lock)),
        None => (catalog, None),
    };
    let mut input = Input::new([Source::new("catalog/shop.toml", catalog)]);
    if let Some(lock) = lock {
        input = input.with_lock(Source::new(format!("catalog/{LOCK}"), lock));
    }
    match generate(input.with_settings(Source::new(SETTINGS, settings))) {
        Ok(output) => output.warnings,
        Err(report) => report,
    }
}

/// What is said of a wrong catalog, where that is not what its page is about, and nothing else.
fn is_told(cause: Cause, text: &str) -> Result<(), Report> {
    let report = said(cause, text);
    let severity = if matches!(cause, Cause::Lint(_)) {
        Severity::Warning
    } else {
        Severity::Error
    };
    let told = |finding: &Finding| finding.cause() == cause && finding.severity() == severity;
    if !report.is_empty() && report.findings().iter().all(told) {
        Ok(())
    } else {
        Err(report)
    }
}

/// What is amiss with the catalogs of a page.
fn amiss(cause: Cause) -> Vec<String> {
    let (id, page) = (cause.id(), cause.page());
    let (wrong, right) = (blocks(page, "toml wrong"), blocks(page, "toml right"));
    let without = matches!(cause, Cause::Rule(rule) if WITHOUT_CATALOG.contains(&rule));
    if without != wrong.is_empty() || without != right.is_empty() {
        let (wrong, right) = (wrong.len(), right.len());
        return vec![format!(
            "{id} shows {wrong} wrong catalogs and {right} right ones"
        )];
    }
    let wrong = wrong.iter().filter_map(|text| {
        let report = is_told(cause, text).err()?;
        Some(format!("{id}: not this alone is said of\n{text}\n{report}"))
    });
    let right = right.iter().filter_map(|text| {
        let report = said(cause, text);
        (!report.is_empty()).then(|| format!("{id}: not right is\n{text}\n{report}"))
    });
    wrong.chain(right).collect()
}

#[test]
fn wrong_examples_have_the_finding_and_right_ones_have_none() {
    let amiss: Vec<String> = all().flat_map(amiss).collect();
    assert!(amiss.is_empty(), "{}", amiss.join("\n"));
}

#[test]
fn page_starts_with_the_id_of_its_finding() {
    for cause in all() {
        let first = cause.page().lines().next().unwrap_or_default();
        let expected = format!("# {}: ", cause.id());
        assert!(
            first.starts_with(&expected) && first.len() > expected.len(),
            "{first}"
        );
        assert!(!first.ends_with('.'), "{first}");
        assert_eq!(Cause::from_id(&cause.id().to_lowercase()), Some(cause));
    }
}

#[test]
fn every_page_belongs_to_a_finding() {
    let files: BTreeSet<String> = entries("docs/findings")
        .map(|(name, _)| name)
        .filter(|name| name != "README.md")
        .collect();
    let pages: BTreeSet<String> = all().map(|cause| format!("{}.md", cause.id())).collect();
    assert_eq!(files, pages);
}

#[test]
fn index_lists_every_finding() {
    let mut index = String::from(
        "# Findings\n\nWhat errbook says of catalogs, and what to do about it.\n\n## Rules\n\nEvery catalog keeps them.\n\n| id | what it demands |\n|---|---|\n",
    );
    for rule in RuleId::ALL {
        let _ = writeln!(index, "| [{0}]({0}.md) | {1} |", rule.id(), rule.summary());
    }
    index.push_str("\n## Lints\n\nWhat a catalog may do, and mostly should not. `errbook.toml` at the root of the project sets each to `allow`,\n`warn` or `deny`; an error or a row of `[status]` allows one for itself, with the reason:\n`allow = { missing-action = \"Nothing can be done.\" }`.\n\n```toml\n# errbook.toml\n[lints]\nmissing-action = \"warn\"\nunused-type = \"deny\"\n```\n\n| name | at first | what it looks for |\n|---|---|---|\n");
    for lint in Lint::ALL {
        let level = format!("{:?}", lint.default_level()).to_lowercase();
        let _ = writeln!(
            index,
            "| [{0}]({0}.md) | {level} | {1} |",
            lint.name(),
            lint.summary()
        );
    }
    let file = path("docs/findings/README.md");
    assert_data_eq!(index, Data::read_from(&file, None).raw());
}
