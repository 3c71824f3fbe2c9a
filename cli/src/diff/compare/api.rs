//! `[api]`, `[status]`, the sections, and prose.

use errbook_codegen::model::{Api, Catalog, Headings, Inferred, Note, Retry, StatusRow};

use crate::diff::change::{Change, Subject, Title, text};
use crate::diff::compare::pairing::pairs;
use crate::diff::compare::recorder::{ChangeRecorder, order};
use crate::diff::kind::ChangeKind;

pub(super) fn compare(changes: &mut Vec<Change>, old: &Catalog, new: &Catalog) {
    let (old, new) = (&old.api, &new.api);
    let mut recorder = ChangeRecorder::new(changes, Subject::Api, &["api"]);
    let mut all = |kind, title, key, of: fn(&Api) -> Option<&str>| {
        recorder.text(kind, title, &[key], [of(old), of(new)]);
    };
    all(ChangeKind::ApiId, "id", "id", |api| Some(&api.id));
    all(ChangeKind::ApiText, "title", "title", |api| {
        Some(&api.title)
    });
    all(ChangeKind::ApiText, "summary", "summary", |api| {
        api.summary.as_deref()
    });
    all(ChangeKind::ApiText, "homepage", "homepage", |api| {
        api.homepage.as_deref()
    });
    all(ChangeKind::ApiText, "source", "source", |api| {
        api.source.as_deref()
    });
    all(ChangeKind::ApiText, "language", "language", |api| {
        api.language.as_deref()
    });
    all(ChangeKind::ApiText, "version", "version", |api| {
        api.version.as_deref()
    });
    all(ChangeKind::DocsUrl, "URL of its page", "docs-url", |api| {
        api.docs_url.as_deref()
    });
    headings(&mut recorder, &old.headings, &new.headings);
    inferred(&mut recorder, &old.inferred, &new.inferred);
}

fn headings(recorder: &mut ChangeRecorder<'_>, old: &Headings, new: &Headings) {
    let mut one = |key: &str, of: fn(&Headings) -> &str| {
        let title = Title::of("heading of the column ", key, "");
        let values = [Some(of(old)), Some(of(new))];
        recorder.text(ChangeKind::ApiText, title, &["headings", key], values);
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
pub(super) fn inferred(recorder: &mut ChangeRecorder<'_>, old: &[Inferred], new: &[Inferred]) {
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
        recorder.push(
            ChangeKind::Inferred,
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
        let mut recorder = ChangeRecorder::new(changes, Subject::Status(row.status), &keys);
        match [old, new] {
            [Some(old), Some(new)] => status_row(&mut recorder, old, new),
            [old, new] => {
                let (kind, title) = match new {
                    Some(_) => (ChangeKind::StatusRowAdded, "row added"),
                    None => (ChangeKind::StatusRowRemoved, "row removed"),
                };
                let shown = |row: &StatusRow| {
                    let said = row.meaning.as_deref().or(row.name.as_deref());
                    text(said.unwrap_or_default())
                };
                recorder.push(kind, title, &[], [old.map(shown), new.map(shown)]);
            }
        }
    }
    if pairs.reordered {
        order(changes, "order of the statuses", &["status"]);
    }
}

fn status_row(recorder: &mut ChangeRecorder<'_>, old: &StatusRow, new: &StatusRow) {
    let names = [old.name.as_deref(), new.name.as_deref()];
    recorder.text(ChangeKind::StatusRowText, "name", &["name"], names);
    let meanings = [old.meaning.as_deref(), new.meaning.as_deref()];
    recorder.text(ChangeKind::StatusRowText, "meaning", &["meaning"], meanings);
    let retry = [old.retry, new.retry].map(|retry| retry.map(Retry::as_str));
    recorder.word(ChangeKind::StatusRowRetry, "retry", &["retry"], retry);
    inferred(recorder, &old.inferred, &new.inferred);
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
        let mut recorder = ChangeRecorder {
            changes,
            subject: subject.clone(),
            old_keys,
            new_keys,
        };
        let [(old_at, old), (new_at, new)] = match [old, new] {
            [Some(old), Some(new)] => [old, new],
            [old, new] => {
                let (kind, title) = match new {
                    Some(_) => (ChangeKind::CategoryAdded, "section added"),
                    None => (ChangeKind::CategoryRemoved, "section removed"),
                };
                let shown = [old, new].map(|side| side.map(|(_, it)| text(&it.title)));
                recorder.push(kind, title, &[], shown);
                continue;
            }
        };
        let titles = [Some(old.title.as_str()), Some(new.title.as_str())];
        recorder.text(ChangeKind::CategoryText, "title", &["title"], titles);
        let names = [Some(old.rust_name.as_str()), Some(new.rust_name.as_str())];
        recorder.word(ChangeKind::RustName, "name in Rust", &["rust-name"], names);
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
        let mut recorder = ChangeRecorder {
            changes,
            subject: subject.clone(),
            old_keys: at(0, old),
            new_keys: at(1, new),
        };
        let title = Title::of("note ", &note.title, "");
        recorder.text(ChangeKind::Note, title, &["text"], texts);
    }
    if pairs.reordered {
        order(changes, "order of the notes", &["note"]);
    }
}
