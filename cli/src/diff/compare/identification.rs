//! What identifies an error in a response: its code, its statuses and its message.

use std::collections::HashSet;

use errbook_codegen::__private::model::{Error, Template, WireCode};

use crate::console::join;
use crate::diff::change::{ChangeValue, code, text};
use crate::diff::compare::catalog_pair::CodeIndex;
use crate::diff::compare::pairing::{Pair, pairs};
use crate::diff::compare::recorder::ChangeRecorder;
use crate::diff::kind::ChangeKind;

pub(super) fn compare(recorder: &mut ChangeRecorder<'_>, old: &Error, new: &Error) {
    let catalogs = recorder.catalogs;
    // If the code identifies the error in one catalog only, the other side needs the status and message.
    let by_code = is_unique(&catalogs.old_codes, old) && is_unique(&catalogs.new_codes, new);
    if catalogs.have_codes {
        codes(recorder, old, new);
    }
    if old.event == new.event {
        statuses(recorder, by_code, &old.statuses, &new.statuses);
    } else {
        let values = [old, new].map(|error| {
            let event = error.event.then(|| code("event"));
            event.or_else(|| list(&error.statuses))
        });
        recorder.push(ChangeKind::Event, "how it comes", &["event"], values);
    }
    messages(recorder, by_code, old, new);
    let nothing_else = |error: &Error| error.code.is_none() && error.messages.is_empty();
    let was_by_details = nothing_else(old) && old.requires_details();
    if was_by_details && nothing_else(new) && !new.requires_details() {
        let kind = ChangeKind::TellingDetailsRemoved;
        recorder.push(kind, "details tell it no more", &["details"], [None, None]);
    }
}

/// Whether an error has a code that no other error has.
fn is_unique(codes: &CodeIndex<'_>, error: &Error) -> bool {
    let mut code = error.code.iter();
    code.any(|code| codes.get(code).len() == 1)
}

/// Returns a code as it is in a body: a text in quotes, or a number.
fn wire_text(wire: &WireCode) -> ChangeValue {
    if wire.number {
        code(&wire.text)
    } else {
        code(format_args!("{:?}", wire.text))
    }
}

fn codes(recorder: &mut ChangeRecorder<'_>, old: &Error, new: &Error) {
    let catalogs = recorder.catalogs;
    let [old_texts, new_texts] = [old, new].map(|error| {
        let codes = error.code.iter().chain(&error.aliases);
        codes.map(|code| &*code.text).collect::<HashSet<_>>()
    });
    let was_of_another = |code: &WireCode| {
        let mut holders = catalogs.old_codes.get(code).iter();
        holders.any(|index| catalogs.old.errors[*index].key != old.key)
    };
    let codes = [&old.code, &new.code];
    let kind = match codes {
        [Some(before), Some(after)] if before.text == after.text => {
            (before.number != after.number).then_some(ChangeKind::CodeNumber)
        }
        [Some(_), Some(after)] if old_texts.contains(&*after.text) => Some(ChangeKind::CodeKnown),
        [Some(_), Some(after)] if was_of_another(after) => Some(ChangeKind::CodeTaken),
        [Some(_), Some(_)] => Some(ChangeKind::CodeChanged),
        [None, Some(_)] => Some(ChangeKind::CodeGiven),
        [Some(_), None] => Some(ChangeKind::CodeDropped),
        [None, None] => None,
    };
    if let Some(kind) = kind {
        let values = codes.map(|code| code.as_ref().map(wire_text));
        recorder.compare(kind, "code", &["code"], values);
    }
    for removed in old.code.iter().chain(&old.aliases) {
        if new_texts.contains(&*removed.text) {
            continue;
        }
        let key = match &old.code {
            Some(code) if code == removed => "code",
            _ => "aliases",
        };
        let values = [Some(wire_text(removed)), None];
        if let Some(holder) = catalogs.new_codes.get(removed).first() {
            let title = ("code is now of {}", &catalogs.new.errors[*holder].key);
            recorder.push(ChangeKind::CodePassedOn, title, &[key], values);
        } else {
            let title = "code no longer known";
            recorder.push(ChangeKind::CodeForgotten, title, &[key], values);
        }
    }
    for alias in &new.aliases {
        if !old_texts.contains(&*alias.text) {
            let values = [None, Some(wire_text(alias))];
            recorder.push(ChangeKind::AliasAdded, "alias added", &["aliases"], values);
        }
    }
}

/// Returns the statuses of an error as a catalog writes them.
fn list(statuses: &[u16]) -> Option<ChangeValue> {
    (!statuses.is_empty()).then(|| code(join(statuses, ", ")))
}

/// Compares statuses. `by_code` says whether the code alone identifies the error.
fn statuses(recorder: &mut ChangeRecorder<'_>, by_code: bool, old: &[u16], new: &[u16]) {
    let key = ["status"];
    let either = |by_code_kind, kind| if by_code { by_code_kind } else { kind };
    let (old_sent, sent) = match (old.first(), new.first()) {
        (None, None) => return,
        (Some(_), None) => {
            let kind = either(ChangeKind::StatusOpen, ChangeKind::TellingStatusOpen);
            return recorder.push(kind, "status left open", &key, [list(old), list(new)]);
        }
        (None, Some(_)) => {
            let kind = either(ChangeKind::StatusGiven, ChangeKind::TellingStatusRemoved);
            return recorder.push(kind, "status given", &key, [list(old), list(new)]);
        }
        (Some(old_sent), Some(sent)) => (old_sent, sent),
    };
    if old_sent != sent {
        let kind = if old.contains(sent) {
            ChangeKind::StatusSentKnown
        } else {
            ChangeKind::StatusSent
        };
        let values = [old_sent, sent].map(|status| Some(code(status)));
        recorder.push(kind, "status that is sent", &key, values);
    }
    let is_replaced = by_code && old.len() == 1 && new.len() == 1;
    for pair in pairs(old, new, |status| *status).items {
        let kind = match pair {
            // The change of the sent status includes these.
            Pair::Added(status) if status == sent => continue,
            Pair::Removed(_) if is_replaced => continue,
            Pair::Added(_) => either(ChangeKind::StatusAdded, ChangeKind::TellingStatusAdded),
            Pair::Removed(_) => either(ChangeKind::StatusRemoved, ChangeKind::TellingStatusRemoved),
            Pair::Both(..) => continue,
        };
        recorder.compare(kind, "status", &key, pair.sides(code));
    }
}

/// Compares messages. `by_code` says whether the code alone identifies the error.
fn messages(recorder: &mut ChangeRecorder<'_>, by_code: bool, old: &Error, new: &Error) {
    let key = ["message"];
    let kind = match (old.messages.is_empty(), new.messages.is_empty()) {
        (true, false) if !by_code => Some(ChangeKind::MessageGiven),
        (false, true) if !by_code => Some(ChangeKind::MessageDropped),
        _ => None,
    };
    if let Some(kind) = kind {
        let first = |error: &Error| error.messages.first().map(|form| text(&form.text));
        return recorder.compare(kind, "message", &key, [first(old), first(new)]);
    }
    let pairs = pairs(&old.messages, &new.messages, |form| &form.text);
    // A form that is only read by people is a text. Changes of texts are pairs of an old and a new one.
    let is_text = |error: &Error, form: &Template| by_code && !has_params(error, form);
    let (mut texts, mut added, mut removed) = ([Vec::new(), Vec::new()], Vec::new(), Vec::new());
    for pair in pairs.items {
        match pair {
            Pair::Removed(form) if is_text(old, form) => texts[0].push(text(&form.text)),
            Pair::Added(form) if is_text(new, form) => texts[1].push(text(&form.text)),
            Pair::Removed(form) => removed.push(text(&form.text)),
            Pair::Added(form) => added.push(text(&form.text)),
            Pair::Both(..) => {}
        }
    }
    for index in 0..texts[0].len().max(texts[1].len()) {
        let values = [0, 1].map(|side: usize| texts[side].get(index).cloned());
        recorder.compare(ChangeKind::MessageText, "message", &key, values);
    }
    let title = "form of the message";
    let added = added.into_iter().map(|form| [None, Some(form)]);
    let removed = removed.into_iter().map(|form| [Some(form), None]);
    let kinds = [ChangeKind::MessageFormAdded, ChangeKind::MessageFormRemoved];
    for values in added.chain(removed) {
        recorder.added_or_removed(kinds, title, &key, values);
    }
    if pairs.reordered {
        let title = "order of the forms of the message";
        recorder.push(ChangeKind::MessageFormOrder, title, &key, [None, None]);
    }
}

/// Whether a form contains a value that is not a member of the body.
fn has_params(error: &Error, form: &Template) -> bool {
    let is_param = |name: &str| error.params.iter().any(|param| param.name == name);
    form.placeholders().any(is_param)
}
