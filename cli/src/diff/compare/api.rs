//! `[api]`, `[status]`, the sections, and prose.

use errbook_codegen::model::{Api, Catalog, Headings, Inferred, Note, Retry, StatusRow};

use crate::diff::change::{Change, Subject, Title, code, text};
use crate::diff::compare::Record;
use crate::diff::compare::pairs::pairs;
use crate::diff::kind::Kind;

pub(super) fn compare(changes: &mut Vec<Change>, old: &Catalog, new: &Catalog) {
    let (old, new) = (&old.api, &new.api);
    let mut record = Record::new(changes, Subject::Api, &["api"]);
    let mut all = |kind, title, key, of: fn(&Api) -> Option<&str>| {
        record.text(kind, title, &[key], [of(old), of(new)]);
    };
    all(Kind::ApiId, "id", "id", |api| Some(&api.id));
    all(Kind::ApiText, "title", "title", |api| Some(&api.title));
    all(Kind::ApiText, "summary", "summary", |api| {
        api.summary.as_deref()
    });
    all(Kind::ApiText, "homepage", "homepage", |api| {
        api.homepage.as_deref()
    });
    all(Kind::ApiText, "source", "source", |api| {
        api.source.as_deref()
    });
    all(Kind::ApiText, "language", "language", |api| {
        api.language.as_deref()
    });
    all(Kind::ApiText, "version", "version", |api| {
        api.version.as_deref()
    });
    all(Kind::DocsUrl, "URL of its page", "docs-url", |api| {
        api.docs_url.as_deref()
    });
    headings(&mut record, &old.headings, &new.headings);
    inferred(&mut record, &old.inferred, &new.inferred);
}

fn headings(record: &mut Record<'_>, old: &Headings, new: &Headings) {
    let mut one = |key: &str, of: fn(&Headings) -> &str| {
        let title = Title::of("heading of the column ", key, "");
        let values = [Some(of(old)), Some(of(new))];
        record.text(Kind::ApiText, title, &["headings", key], values);
    };
    one("code", |headings| &headings.code);
    one("status", |headings| &headings.status);
    one("title", |headings| &headings.title);
    one("message", |headings| &headings.message);
    one("description", |headings| &headings.description);
    one("action", |headings| &headings.action);
    one("retry", |headings| &headings.retry);
}

/// What the document does not say of a subject, with the reasons.
pub(super) fn inferred(record: &mut Record<'_>, old: &[Inferred], new: &[Inferred]) {
    for [old, new] in pairs(old, new, |inferred| &inferred.key).items {
        let reason = |side: Option<(usize, &'_ Inferred)>| side.map(|(_, it)| it.reason.clone());
        let (old_reason, new_reason) = (reason(old), reason(new));
        if old_reason == new_reason {
            continue;
        }
        let Some((_, it)) = new.or(old) else { continue };
        let after = match (old, new) {
            (None, _) => " is inferred",
            (_, None) => " is documented",
            _ => ": why it is inferred",
        };
        record.push(
            Kind::Inferred,
            Title::of("", &it.key, after),
            &["inferred", &it.key],
            [old_reason, new_reason].map(|reason| reason.as_deref().map(text)),
        );
    }
}

pub(super) fn status_rows(changes: &mut Vec<Change>, old: &Catalog, new: &Catalog) {
    let pairs = pairs(&old.statuses, &new.statuses, |row| row.status);
    for [old, new] in pairs.items {
        let [old, new] = [old, new].map(|side| side.map(|(_, row)| row));
        let Some(row) = new.or(old) else { continue };
        let status = row.status.to_string();
        let keys = ["status", status.as_str()];
        let mut record = Record::new(changes, Subject::Status(row.status), &keys);
        match [old, new] {
            [Some(old), Some(new)] => status_row(&mut record, old, new),
            [old, new] => {
                let (kind, title) = match new {
                    Some(_) => (Kind::StatusRowAdded, "row added"),
                    None => (Kind::StatusRowRemoved, "row removed"),
                };
                let shown = |row: &StatusRow| {
                    let said = row.meaning.as_deref().or(row.name.as_deref());
                    text(said.unwrap_or_default())
                };
                record.push(kind, title, &[], [old.map(shown), new.map(shown)]);
            }
        }
    }
    if pairs.reordered {
        order(changes, "order of the statuses", &["status"]);
    }
}

fn status_row(record: &mut Record<'_>, old: &StatusRow, new: &StatusRow) {
    let names = [old.name.as_deref(), new.name.as_deref()];
    record.text(Kind::StatusRowText, "name", &["name"], names);
    let meanings = [old.meaning.as_deref(), new.meaning.as_deref()];
    record.text(Kind::StatusRowText, "meaning", &["meaning"], meanings);
    let retry = [old.retry, new.retry].map(|retry| retry.map(Retry::as_str));
    record.word(Kind::StatusRowRetry, "retry", &["retry"], retry);
    inferred(record, &old.inferred, &new.inferred);
}

pub(super) fn categories(changes: &mut Vec<Change>, old: &Catalog, new: &Catalog) {
    let pairs = pairs(&old.categories, &new.categories, |category| &category.id);
    for [old, new] in pairs.items {
        let Some((_, category)) = new.or(old) else {
            continue;
        };
        let subject = Subject::Category(category.id.clone());
        let keys = |index: usize| vec!["category".to_owned(), index.to_string()];
        let (old_keys, new_keys) = (old.map(|(at, _)| keys(at)), new.map(|(at, _)| keys(at)));
        let mut record = Record {
            changes,
            subject: subject.clone(),
            old_keys,
            new_keys,
        };
        let [(old_at, old), (new_at, new)] = match [old, new] {
            [Some(old), Some(new)] => [old, new],
            [old, new] => {
                let (kind, title) = match new {
                    Some(_) => (Kind::CategoryAdded, "section added"),
                    None => (Kind::CategoryRemoved, "section removed"),
                };
                let shown = [old, new].map(|side| side.map(|(_, it)| text(&it.title)));
                record.push(kind, title, &[], shown);
                continue;
            }
        };
        let titles = [Some(old.title.as_str()), Some(new.title.as_str())];
        record.text(Kind::CategoryText, "title", &["title"], titles);
        let names = [Some(old.rust_name.as_str()), Some(new.rust_name.as_str())];
        record.word(Kind::RustName, "name in Rust", &["rust-name"], names);
        let keys = [keys(old_at), keys(new_at)];
        notes(changes, &subject, &keys, &old.notes, &new.notes);
    }
    if pairs.reordered {
        order(changes, "order of the sections", &["category"]);
    }
}

/// Notes of a subject; `keys` lead to it in each catalog, or are the catalog's own.
pub(super) fn notes(
    changes: &mut Vec<Change>,
    subject: &Subject,
    keys: &[Vec<String>],
    old: &[Note],
    new: &[Note],
) {
    let pairs = pairs(old, new, |note| &note.title);
    for [old, new] in pairs.items {
        let Some((_, note)) = new.or(old) else {
            continue;
        };
        let texts = [old, new].map(|side| side.map(|(_, note)| note.text.as_str()));
        let at = |side: usize, note: Option<(usize, &Note)>| {
            let mut keys = keys.get(side).cloned().unwrap_or_default();
            keys.extend(["note".to_owned(), note?.0.to_string()]);
            Some(keys)
        };
        let mut record = Record {
            changes,
            subject: subject.clone(),
            old_keys: at(0, old),
            new_keys: at(1, new),
        };
        let title = Title::of("note ", &note.title, "");
        record.text(Kind::Note, title, &["text"], texts);
    }
    if pairs.reordered {
        order(changes, "order of the notes", &["note"]);
    }
}

/// The order of the tables under a key is another.
pub(super) fn order(changes: &mut Vec<Change>, title: &'static str, key: &[&str]) {
    let mut record = Record::new(changes, Subject::Api, &[]);
    record.push(Kind::Order, title, key, [None, None]);
}

/// The statuses of an error, as a catalog writes them.
pub(super) fn statuses(statuses: &[u16]) -> Option<crate::diff::change::Shown> {
    let list: Vec<String> = statuses.iter().map(u16::to_string).collect();
    (!list.is_empty()).then(|| code(list.join(", ")))
}
