//! `[api]`, `[status]`, the sections, and notes.

use errbook_codegen::__private::model::{Api, Category, Inferred, Note, Retry, StatusRow};

use crate::diff::change::{Keys, Subject, code, text};
use crate::diff::compare::pairing::{Pair, pairs};
use crate::diff::compare::recorder::ChangeRecorder;
use crate::diff::kind::ChangeKind;

pub(super) fn api(recorder: &mut ChangeRecorder<'_>, old: &Api, new: &Api) {
    recorder.begin(Subject::Api, &["api"]);
    let ids = [old, new].map(|api| Some(text(&api.id)));
    recorder.compare(ChangeKind::ApiId, "id", &["id"], ids);
    let texts = [old, new].map(|api| {
        [
            ("title", Some(&*api.title)),
            ("summary", api.summary.as_deref()),
            ("homepage", api.homepage.as_deref()),
            ("source", api.source.as_deref()),
            ("language", api.language.as_deref()),
            ("version", api.version.as_deref()),
        ]
    });
    recorder.texts(ChangeKind::ApiText, texts);
    let urls = [old, new].map(|api| api.docs_url.as_deref().map(text));
    recorder.compare(ChangeKind::DocsUrl, "URL of its page", &["docs-url"], urls);
    let [old_headings, new_headings] = [&old.headings, &new.headings].map(|headings| {
        [
            ("code", &headings.code),
            ("status", &headings.status),
            ("title", &headings.title),
            ("message", &headings.message),
            ("description", &headings.description),
            ("action", &headings.action),
            ("retry", &headings.retry),
        ]
    });
    for ((key, old), (_, new)) in old_headings.into_iter().zip(new_headings) {
        let title = ("heading of the column {}", key);
        let texts = [Some(text(old)), Some(text(new))];
        recorder.compare(ChangeKind::ApiText, title, &["headings", key], texts);
    }
    inferred(recorder, &old.inferred, &new.inferred);
}

/// Compares the inferred keys of a subject, with their reasons.
pub(super) fn inferred(recorder: &mut ChangeRecorder<'_>, old: &[Inferred], new: &[Inferred]) {
    for pair in pairs(old, new, |inferred| &inferred.key).items {
        let title = match pair {
            Pair::Added(_) => "{} is inferred",
            Pair::Removed(_) => "{} is documented",
            Pair::Both(old, new) if old.reason == new.reason => continue,
            Pair::Both(..) => "{}: why it is inferred",
        };
        let key = pair.newest().key.as_str();
        let keys = ["inferred", key];
        let reasons = pair.sides(|inferred| text(&inferred.reason));
        recorder.push(ChangeKind::Inferred, (title, key), &keys, reasons);
    }
}

pub(super) fn status_rows(recorder: &mut ChangeRecorder<'_>, old: &[StatusRow], new: &[StatusRow]) {
    let pairs = pairs(old, new, |row| row.status);
    for pair in pairs.items {
        let status = pair.newest().status;
        recorder.begin(Subject::Status(status), &["status", &status.to_string()]);
        if let Pair::Both(old, new) = pair {
            let texts = [old, new].map(|row| {
                let (name, meaning) = (row.name.as_deref(), row.meaning.as_deref());
                [("name", name), ("meaning", meaning)]
            });
            recorder.texts(ChangeKind::StatusRowText, texts);
            let retry = [old, new].map(|row| row.retry.map(Retry::as_str).map(code));
            recorder.compare(ChangeKind::StatusRowRetry, "retry", &["retry"], retry);
            inferred(recorder, &old.inferred, &new.inferred);
        } else {
            let kinds = [ChangeKind::StatusRowAdded, ChangeKind::StatusRowRemoved];
            let meaning = |row: &StatusRow| row.meaning.clone().or_else(|| row.name.clone());
            let texts = pair.sides(|row| text(&meaning(row).unwrap_or_default()));
            recorder.added_or_removed(kinds, "row", &[], texts);
        }
    }
    if pairs.reordered {
        recorder.order("order of the statuses", &["status"]);
    }
}

pub(super) fn categories(recorder: &mut ChangeRecorder<'_>, old: &[Category], new: &[Category]) {
    let pairs = pairs(old.iter().enumerate(), new.iter().enumerate(), |(_, it)| {
        &it.id
    });
    for pair in pairs.items {
        let subject = Subject::Category(pair.newest().1.id.clone());
        let keys = pair.sides(|(index, _)| vec!["category".to_owned(), index.to_string()]);
        recorder.begin_at(subject, keys);
        let titles = pair.sides(|(_, category)| text(&category.title));
        if let Pair::Both((_, old), (_, new)) = pair {
            recorder.compare(ChangeKind::CategoryText, "title", &["title"], titles);
            let names = [old, new].map(|category| Some(code(&category.rust_name)));
            recorder.compare(ChangeKind::RustName, "name in Rust", &["rust-name"], names);
            notes(recorder, &old.notes, &new.notes);
        } else {
            let kinds = [ChangeKind::CategoryAdded, ChangeKind::CategoryRemoved];
            recorder.added_or_removed(kinds, "section", &[], titles);
        }
    }
    if pairs.reordered {
        recorder.order("order of the sections", &["category"]);
    }
}

/// Compares the notes of the current subject.
pub(super) fn notes(recorder: &mut ChangeRecorder<'_>, old: &[Note], new: &[Note]) {
    let (subject, [old_keys, new_keys]) = (recorder.subject.clone(), recorder.keys.clone());
    let pairs = pairs(old.iter().enumerate(), new.iter().enumerate(), |(_, it)| {
        &it.title
    });
    for pair in pairs.items {
        let [old_key, new_key] = pair.sides(|(index, _)| ["note".to_owned(), index.to_string()]);
        let keys = |subject: &Option<Keys>, key: Option<[String; 2]>| {
            Some([subject.as_deref()?, &key?].concat())
        };
        let keys = [keys(&old_keys, old_key), keys(&new_keys, new_key)];
        recorder.begin_at(subject.clone(), keys);
        let texts = pair.sides(|(_, note)| text(&note.text));
        let title = ("note {}", &pair.newest().1.title);
        recorder.compare(ChangeKind::Note, title, &["text"], texts);
    }
    if pairs.reordered {
        recorder.order("order of the notes", &["note"]);
    }
}
