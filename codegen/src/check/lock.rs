//! Reads `errbook.lock` and compares it with the catalogs: no released code is lost or gets another meaning.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;

use crate::check::catalog::CheckedCatalog;
use crate::check::findings::Findings;
use crate::check::ids::is_id;
use crate::check::syntax::tree;
use crate::check::table_reader::{Spanned, TableReader, wire_code};
use crate::findings::{Cause, Finding, RuleId};
use crate::keys;
use crate::lock::{Lock, ReleasedCode, ReleasedHolders, code_text, is_in_use, meaning};
use crate::model::WireCode;
use crate::source::Source;
use crate::toml::{KeyValue, TomlKind, TomlTable, TomlValue};
use crate::util::json_text::json_string;

/// The lock with the places of its rows.
pub(super) struct LockWithSpans {
    apis: Vec<(Spanned<String>, Vec<Spanned<ReleasedCode>>)>,
}

impl LockWithSpans {
    pub(super) fn into_lock(self) -> Lock {
        let mut apis = BTreeMap::new();
        for (id, rows) in self.apis {
            let rows = rows.into_iter().map(|row| row.value);
            apis.insert(id.value, rows.collect());
        }
        Lock { apis }
    }
}

/// Reads the lock; findings where it is not as it is written.
pub(super) fn read(findings: &Findings, source: &Source, index: usize) -> Option<LockWithSpans> {
    if let Some(finding) = unmerged(findings, source.text()) {
        findings.push(finding);
        return None;
    }
    let located = tree(findings, source, index).map(|root| {
        let entries = root.entries.iter();
        LockWithSpans {
            apis: entries.map(|entry| api(findings, entry)).collect(),
        }
    });
    findings.amend(remedied);
    located.filter(|_| !findings.refused())
}

/// A finding of a file that people do not write, with what they can do.
fn remedied(finding: Finding) -> Finding {
    match finding.cause() {
        Cause::Rule(RuleId::Twice) => finding,
        Cause::Rule(RuleId::DuplicateKey) => {
            finding.help_instead("put the rows of both into one list, and run `cargo errbook lock`")
        }
        _ => {
            finding.help("`cargo errbook lock` writes this file: take it as it was committed last")
        }
    }
}

/// What git leaves where two branches changed the same rows.
fn unmerged(findings: &Findings, text: &str) -> Option<Finding> {
    let line_of = |sign: &str, from: usize| {
        let rest = &text[from..];
        let mut starts = rest.match_indices(sign).map(|(at, _)| from + at);
        let start = starts.find(|&at| at == 0 || text[..at].ends_with('\n'))?;
        let length = text[start..].find('\n').unwrap_or(text.len() - start);
        Some(start..start + length)
    };
    let ours = line_of("<<<<<<<", 0)?;
    let theirs = line_of(">>>>>>>", ours.end).map(|theirs| findings.location(&theirs));
    let finding = Finding::error(RuleId::UnmergedLock, "the lock has not been merged")
        .at(findings.location(&ours), "a mark of git's")
        .maybe_with(theirs, "up to here")
        .help("keep the rows of both sides, delete git's marks, and run `cargo errbook lock`");
    Some(finding)
}

/// The rows of an API.
fn api(findings: &Findings, entry: &KeyValue) -> (Spanned<String>, Vec<Spanned<ReleasedCode>>) {
    if !is_id(&entry.key) {
        let title = format!("`{}` is no id", entry.key);
        findings.report(RuleId::BadId, &entry.key_span, title, "no API has it", "");
    }
    let mut rows = Vec::new();
    if let TomlKind::List(items) = &entry.value.kind {
        let mut seen = HashMap::new();
        for item in items {
            let Some(table) = item.as_table() else {
                findings.wrong_kind(item, "a row of errbook.lock", "a table, { code = \"…\" }");
                continue;
            };
            let Some(row) = row(findings, table) else {
                continue;
            };
            match seen.insert(row.value.code.text.clone(), row.span.clone()) {
                Some(first) => twice(findings, &row, &first),
                None => rows.push(row),
            }
        }
    } else {
        let what = format!("`{}`", entry.key);
        findings.wrong_kind(&entry.value, &what, "an array of rows");
    }
    (Spanned::key(entry), rows)
}

fn twice(findings: &Findings, row: &Spanned<ReleasedCode>, first: &Range<usize>) {
    let title = format!("the code `{}` stands here twice", row.value.code.text);
    let finding = Finding::error(RuleId::Twice, title)
        .at(findings.location(&row.span), "again")
        .with(findings.location(first), "first here")
        .help("keep the row that says more, and run `cargo errbook lock`");
    findings.push(finding);
}

fn row(findings: &Findings, table: &TomlTable) -> Option<Spanned<ReleasedCode>> {
    let fields = TableReader::new(findings, table, &keys::LOCKED_TABLE);
    let code = fields.value(&keys::locked::CODE);
    if code.is_none() {
        fields.missing(&keys::locked::CODE);
    }
    if fields.value(&keys::locked::RETIRED).is_some()
        && fields.value(&keys::locked::MEANING).is_none()
    {
        fields.lacks("meaning", "say what it meant: meaning = \"…\"");
    }
    let since = fields.version(&keys::locked::SINCE);
    let retired = fields.version(&keys::locked::RETIRED);
    let meanings = fields.texts(&keys::locked::MEANING).into_iter();
    let meanings = meanings.map(|meaning| meaning.value).collect();
    let code = code?;
    Some(Spanned {
        value: ReleasedCode {
            code: self::code(findings, code)?,
            since,
            retired,
            meanings,
        },
        span: code.span.clone(),
    })
}

fn code(findings: &Findings, value: &TomlValue) -> Option<WireCode> {
    let (label, help) = match &value.kind {
        TomlKind::Text(text) if text.is_empty() => ("nothing in it", "delete the row"),
        TomlKind::Integer(None) => ("does not fit 64 bits", "put it in quotes"),
        TomlKind::Text(_) | TomlKind::Integer(_) => return wire_code(value),
        _ => {
            findings.wrong_kind(value, "`code`", "a string or an integer");
            return None;
        }
    };
    findings.report(RuleId::BadCode, &value.span, "this is no code", label, help);
    None
}

/// What the lock is held against.
pub(super) struct LockedCatalogs<'a> {
    /// By the id of the API; `None` where a catalog is not good enough to tell what is gone from it.
    by_id: HashMap<&'a str, Option<&'a CheckedCatalog>>,
    /// Whether there are no others.
    complete: bool,
}

impl<'a> LockedCatalogs<'a> {
    pub(super) fn new(catalogs: &'a [CheckedCatalog], complete: bool) -> Self {
        let mut by_id = HashMap::new();
        for read in catalogs {
            by_id
                .entry(read.catalog.api.id.as_str())
                // Two of one id are a finding of theirs.
                .and_modify(|good| *good = None)
                .or_insert(read.good.then_some(read));
        }
        Self { by_id, complete }
    }
}

/// Holds the lock against the catalogs.
pub(super) fn compare(findings: &Findings, lock: &LockWithSpans, catalogs: &LockedCatalogs<'_>) {
    for (id, rows) in &lock.apis {
        match catalogs.by_id.get(id.value.as_str()) {
            Some(Some(read)) => compare_one(findings, rows, read),
            None if catalogs.complete => api_gone(findings, id, rows, lock, catalogs),
            Some(None) | None => {}
        }
    }
}

fn compare_one(findings: &Findings, rows: &[Spanned<ReleasedCode>], read: &CheckedCatalog) {
    let holders = ReleasedHolders::by_code(&read.catalog);
    let heirs = Successors::new(rows, read);
    for row in rows {
        let code = row.value.code.text.as_str();
        match holders.get(code) {
            Some(holders) => reused(findings, row, holders, read),
            None if row.value.retired.is_none() => gone(findings, row, &heirs, read),
            None => {}
        }
    }
}

/// The errors that may have taken the place of others: those whose codes are new.
struct Successors<'a> {
    codes: Vec<&'a str>,
    keys: HashMap<&'a str, &'a str>,
}

impl<'a> Successors<'a> {
    fn new(rows: &[Spanned<ReleasedCode>], read: &'a CheckedCatalog) -> Self {
        // Of more, nobody gave each another name by hand.
        const MOST: usize = 256;
        let known = rows.iter().map(|row| row.value.code.text.as_str());
        let known: HashSet<&str> = known.collect();
        let errors = read.catalog.errors.iter();
        let new = errors.filter_map(|error| {
            let code = error.code.as_ref()?.text.as_str();
            (!known.contains(code)).then_some((code, error.key.as_str()))
        });
        let new: Vec<(&str, &str)> = new.take(MOST + 1).collect();
        let new = if new.len() > MOST { Vec::new() } else { new };
        Self {
            codes: new.iter().map(|(code, _)| *code).collect(),
            keys: new.into_iter().collect(),
        }
    }

    /// The key of the error that most likely replaces that of a code: one of a like code, or else the only
    /// one that is new.
    fn of(&self, findings: &Findings, code: &str) -> Option<&'a str> {
        let near = findings.nearest(code, self.codes.iter().copied());
        let only = match self.codes.as_slice() {
            [only] => Some(*only),
            _ => None,
        };
        near.or(only).and_then(|code| self.keys.get(code).copied())
    }
}

/// A code that was not sent any more means what it meant, where an error has it again. As an alias nobody sends
/// it, and who wrote that says what became of the error that did.
fn reused(
    findings: &Findings,
    row: &Spanned<ReleasedCode>,
    holders: &ReleasedHolders<'_>,
    read: &CheckedCatalog,
) {
    let ReleasedCode {
        code,
        retired,
        meanings,
        ..
    } = &row.value;
    let Some(before) = meanings.first() else {
        return;
    };
    for (index, error) in &holders.errors {
        let same = meanings.iter().any(|it| it == meaning(error));
        if same || !is_in_use(error) {
            continue;
        }
        let (was, label) = match retired {
            Some(version) => ("retired", format!("not sent since {version}")),
            None => ("former", "an alias until now".to_owned()),
        };
        let code = &code.text;
        let title = format!("the {was} code `{code}` comes back with another meaning");
        let finding = Finding::error(RuleId::CodeReused, title)
            .at(read.code_location(*index), "means something else")
            .with(findings.location(&row.span), label)
            .help("who knows it from before would take one for the other: give the error a code of its own")
            .help(format!(
                "or, where it means what it meant, say so in the same words: description = {}",
                json_string(before)
            ));
        findings.push(finding);
    }
}

/// A code that was released is still known, or was retired.
fn gone(
    findings: &Findings,
    row: &Spanned<ReleasedCode>,
    heirs: &Successors<'_>,
    read: &CheckedCatalog,
) {
    let api = &read.catalog.api;
    let code = &row.value.code;
    let version = api.version.as_deref().unwrap_or("…");
    let heir = match heirs.of(findings, &code.text) {
        Some(key) => format!("or, if `{key}` replaces it, let that"),
        None => "or let the error that replaces it".to_owned(),
    };
    let alias = code_text(code);
    let title = format!("the released code `{}` of `{}` is gone", code.text, api.id);
    let finding = Finding::error(RuleId::CodeGone, title)
        .at(findings.location(&row.span), "no error has it, and no alias")
        .help(format!(
            "keep its error, with retired = \"{version}\"; when `cargo errbook lock` has noted that, it may go"
        ))
        .help(format!("{heir} answer to it: aliases = [{alias}]"));
    findings.push(finding);
}

/// The codes of an API that no catalog is of; those that were all retired need none.
fn api_gone(
    findings: &Findings,
    id: &Spanned<String>,
    rows: &[Spanned<ReleasedCode>],
    lock: &LockWithSpans,
    catalogs: &LockedCatalogs<'_>,
) {
    let in_use = rows.iter().filter(|row| row.value.retired.is_none());
    let in_use = in_use.count();
    if in_use == 0 {
        return;
    }
    let locked: HashSet<&str> = lock.apis.iter().map(|(id, _)| id.value.as_str()).collect();
    let ids = catalogs.by_id.keys().copied();
    let mut new: Vec<&str> = ids.filter(|id| !locked.contains(id)).collect();
    new.sort_unstable();
    let renamed = match new.as_slice() {
        [one] => Some(*one),
        several => findings.nearest(&id.value, several.iter().copied()),
    };
    let label = match in_use {
        1 => "1 code is in use".to_owned(),
        _ => format!("{in_use} codes are in use"),
    };
    let title = format!("the released API `{}` is gone", id.value);
    let help =
        "bring its catalog back; or, when nobody calls it any more, delete this list of its codes";
    let finding = Finding::error(RuleId::ApiGone, title)
        .at(findings.location(&id.span), label)
        .maybe_help(renamed.map(|new| format!("if its id is `{new}` now, write that here")))
        .help(help);
    findings.push(finding);
}
