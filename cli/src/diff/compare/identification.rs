//! What tells an error: its code, its statuses, and its message. See `runtime/src/identify.rs`.

use std::collections::HashSet;

use errbook_codegen::model::{Catalog, Error, Template, WireCode};

use crate::diff::change::{ChangeValue, Title, code, text};
use crate::diff::compare::catalog_pair::{CatalogPair, CodeIndex};
use crate::diff::compare::pairing::pairs;
use crate::diff::compare::recorder::ChangeRecorder;
use crate::diff::kind::ChangeKind;

pub(super) fn compare(
    recorder: &mut ChangeRecorder<'_>,
    sides: &CatalogPair<'_>,
    old: &Error,
    new: &Error,
) {
    // Where it does so in one of the catalogs only, the other side needs the rest.
    let code_tells = is_own(&sides.old_codes, old) && is_own(&sides.new_codes, new);
    if sides.have_codes {
        codes(recorder, sides, old, new);
    }
    if old.event == new.event {
        statuses(recorder, code_tells, old, new);
    } else {
        let shown = [old, new].map(|error| {
            let event = error.event.then(|| code("event"));
            event.or_else(|| statuses_text(&error.statuses))
        });
        recorder.push(ChangeKind::Event, "how it comes", &["event"], shown);
    }
    messages(recorder, code_tells, old, new);
    let by_details = |error: &Error| {
        error.code.is_none() && error.messages.is_empty() && error.requires_details()
    };
    let nothing_else = new.code.is_none() && new.messages.is_empty();
    if by_details(old) && nothing_else && !new.requires_details() {
        let title = "details tell it no more";
        let kind = ChangeKind::TellingDetailsRemoved;
        recorder.push(kind, title, &["details"], [None, None]);
    }
}

/// Whether an error has a code that no other has.
fn is_own(codes: &CodeIndex<'_>, error: &Error) -> bool {
    let holders = |code: &WireCode| codes.get(code.text.as_str()).map_or(0, Vec::len);
    error.code.as_ref().is_some_and(|code| holders(code) == 1)
}

/// As it stands in a body: a text in quotes, a number without.
fn shown(code: &WireCode) -> String {
    if code.number {
        code.text.clone()
    } else {
        format!("{:?}", code.text)
    }
}

/// Whether an error of a catalog other than this one has a code.
fn is_of_another(codes: &CodeIndex<'_>, catalog: &Catalog, error: &Error, code: &WireCode) -> bool {
    let holders = codes.get(code.text.as_str()).into_iter().flatten();
    let mut holders = holders.map(|index| &catalog.errors[*index]);
    holders.any(|holder| !std::ptr::eq(holder, error))
}

fn codes(recorder: &mut ChangeRecorder<'_>, sides: &CatalogPair<'_>, old: &Error, new: &Error) {
    let wire = [old.code.as_ref(), new.code.as_ref()];
    let values = wire.map(|it| it.map(|it| code(shown(it))));
    let [known_before, known_now] = [old, new].map(|error| {
        let known = error.code.iter().chain(&error.aliases);
        known.map(|code| &*code.text).collect::<HashSet<_>>()
    });
    let kind = match wire {
        [Some(before), Some(after)] if before.text == after.text => {
            (before.number != after.number).then_some(ChangeKind::CodeNumber)
        }
        [Some(_), Some(after)] if known_before.contains(&*after.text) => {
            Some(ChangeKind::CodeKnown)
        }
        [Some(_), Some(after)] if is_of_another(&sides.old_codes, sides.old, old, after) => {
            Some(ChangeKind::CodeTaken)
        }
        [Some(_), Some(_)] => Some(ChangeKind::CodeChanged),
        [None, Some(_)] => Some(ChangeKind::CodeGiven),
        [Some(_), None] => Some(ChangeKind::CodeDropped),
        [None, None] => None,
    };
    if let Some(kind) = kind {
        let title = Title::from("code").of_sides(&values);
        recorder.push(kind, title, &["code"], values);
    }
    for gone in old.code.iter().chain(&old.aliases) {
        if !known_now.contains(&*gone.text) {
            let key = match &old.code {
                Some(code) if code == gone => "code",
                _ => "aliases",
            };
            let values = [Some(code(shown(gone))), None];
            let (kind, title) = match sides.new_codes.get(gone.text.as_str()).map(Vec::as_slice) {
                Some([holder, ..]) => {
                    let holder = &sides.new.errors[*holder].key;
                    (
                        ChangeKind::CodePassedOn,
                        Title::of("code is now of ", holder, ""),
                    )
                }
                _ => (ChangeKind::CodeForgotten, "code no longer known".into()),
            };
            recorder.push(kind, title, &[key], values);
        }
    }
    for alias in &new.aliases {
        if !known_before.contains(&*alias.text) {
            let values = [None, Some(code(shown(alias)))];
            recorder.push(ChangeKind::AliasAdded, "alias added", &["aliases"], values);
        }
    }
}

fn statuses(recorder: &mut ChangeRecorder<'_>, code_tells: bool, old: &Error, new: &Error) {
    let key = ["status"];
    let (old, new) = (&old.statuses, &new.statuses);
    let all = [statuses_text(old), statuses_text(new)];
    let (first, sent) = match (old.first(), new.first()) {
        (None, None) => return,
        (Some(_), None) => {
            let kind = if code_tells {
                ChangeKind::StatusOpen
            } else {
                ChangeKind::TellingStatusOpen
            };
            return recorder.push(kind, "status left open", &key, all);
        }
        (None, Some(_)) => {
            let kind = if code_tells {
                ChangeKind::StatusGiven
            } else {
                ChangeKind::TellingStatusRemoved
            };
            return recorder.push(kind, "status given", &key, all);
        }
        (Some(first), Some(sent)) => (first, sent),
    };
    if first != sent {
        let kind = if old.contains(sent) {
            ChangeKind::StatusSentKnown
        } else {
            ChangeKind::StatusSent
        };
        let values = [first, sent].map(|status| Some(code(status)));
        recorder.push(kind, "status that is sent", &key, values);
    }
    for pair in pairs(old, new, |status| *status).items {
        match pair {
            // That it is sent has been told.
            [None, Some((_, added))] if added != sent => {
                let kind = if code_tells {
                    ChangeKind::StatusAdded
                } else {
                    ChangeKind::TellingStatusAdded
                };
                recorder.push(kind, "status added", &key, [None, Some(code(added))]);
            }
            [Some((_, gone)), None] if !code_tells => {
                let kind = ChangeKind::TellingStatusRemoved;
                recorder.push(kind, "status removed", &key, [Some(code(gone)), None]);
            }
            // Of one that became another, that has been told.
            [Some((_, gone)), None] if old.len() + new.len() > 2 => {
                let kind = ChangeKind::StatusRemoved;
                recorder.push(kind, "status removed", &key, [Some(code(gone)), None]);
            }
            _ => {}
        }
    }
}

fn messages(recorder: &mut ChangeRecorder<'_>, code_tells: bool, old: &Error, new: &Error) {
    let key = ["message"];
    let all = |error: &Error| error.messages.first().map(|form| text(&form.text));
    match (old.messages.is_empty(), new.messages.is_empty()) {
        (true, false) if !code_tells => {
            let values = [None, all(new)];
            return recorder.push(ChangeKind::MessageGiven, "message added", &key, values);
        }
        (false, true) if !code_tells => {
            let values = [all(old), None];
            return recorder.push(ChangeKind::MessageDropped, "message removed", &key, values);
        }
        _ => {}
    }
    let pairs = pairs(&old.messages, &new.messages, |form| &form.text);
    let (mut gone, mut added) = (Vec::new(), Vec::new());
    for pair in pairs.items {
        match pair {
            [Some((_, form)), None] => gone.push(form),
            [None, Some((_, form))] => added.push(form),
            _ => {}
        }
    }
    // What nobody reads for more than its words changes from one text to the other.
    let counts = |error: &Error, form: &Template| !code_tells || has_params(error, form);
    let is_text = |error, forms: &mut Vec<&Template>| {
        let texts = forms.extract_if(.., |form| !counts(error, form));
        texts.map(|form| form.text.clone()).collect::<Vec<_>>()
    };
    let (old_texts, new_texts) = (is_text(old, &mut gone), is_text(new, &mut added));
    for index in 0..old_texts.len().max(new_texts.len()) {
        let texts = [&old_texts, &new_texts].map(|texts| texts.get(index).map(String::as_str));
        recorder.text(ChangeKind::MessageText, "message", &key, texts);
    }
    for form in added {
        let values = [None, Some(text(&form.text))];
        recorder.push(
            ChangeKind::MessageFormAdded,
            "form of the message added",
            &key,
            values,
        );
    }
    for form in gone {
        let values = [Some(text(&form.text)), None];
        recorder.push(
            ChangeKind::MessageFormRemoved,
            "form of the message removed",
            &key,
            values,
        );
    }
    if pairs.reordered {
        let title = "order of the forms of the message";
        recorder.push(ChangeKind::MessageFormOrder, title, &key, [None, None]);
    }
}

/// Whether a template has a placeholder for a value that no member of the body contains.
fn has_params(error: &Error, template: &Template) -> bool {
    let is_param = |name| error.params.iter().any(|param| param.name == name);
    template.placeholders().any(is_param)
}

/// Returns the statuses of an error as a catalog writes them.
pub(super) fn statuses_text(statuses: &[u16]) -> Option<ChangeValue> {
    let list: Vec<String> = statuses.iter().map(u16::to_string).collect();
    (!list.is_empty()).then(|| code(list.join(", ")))
}
