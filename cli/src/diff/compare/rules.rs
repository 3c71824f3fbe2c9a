//! `[[rule]]`: the validation rules for fields of requests.

use std::collections::{HashMap, HashSet};

use errbook_codegen::__private::model::Rule;

use crate::diff::change::{Subject, code, text};
use crate::diff::compare::pairing::{Pair, pairs};
use crate::diff::compare::recorder::ChangeRecorder;
use crate::diff::kind::ChangeKind;

/// A rule with its index.
type IndexedRule<'a> = (usize, &'a Rule);

pub(super) fn compare(recorder: &mut ChangeRecorder<'_>) {
    let [old, new] = [recorder.catalogs.old, recorder.catalogs.new].map(|it| it.rules.iter());
    let pairs = pairs(old.enumerate(), new.enumerate(), |(_, it)| {
        (&it.field, &it.rule)
    });
    for pair in pair_by_field(pairs.items) {
        let keys = pair.sides(|(index, _)| vec!["rule".to_owned(), index.to_string()]);
        recorder.begin_at(Subject::Rules, keys);
        let field = pair.newest().1.field.as_str();
        let rules = pair.sides(|(_, rule)| text(&rule.rule));
        let (kind, title) = match pair {
            Pair::Added(_) => (ChangeKind::RuleAdded, "rule added for {}"),
            Pair::Removed(_) => (ChangeKind::RuleRemoved, "rule removed of {}"),
            Pair::Both((_, old), (_, new)) => {
                rule(recorder, old, new);
                continue;
            }
        };
        recorder.push(kind, (title, field), &[], rules);
    }
    if pairs.reordered {
        recorder.order("order of the rules", &["rule"]);
    }
}

/// Compares two rules for one field.
fn rule(recorder: &mut ChangeRecorder<'_>, old: &Rule, new: &Rule) {
    let catalogs = recorder.catalogs;
    let field = new.field.as_str();
    let rules = [old, new].map(|rule| Some(text(&rule.rule)));
    let title = ("rule of {}", field);
    recorder.compare(ChangeKind::RuleChanged, title, &["rule"], rules);
    let is_same_error = match (old.error, new.error) {
        (Some(old), Some(new)) => catalogs.partners[new] == Some(old),
        (old, new) => old == new,
    };
    if !is_same_error {
        let errors = [
            old.error.map(|index| code(&catalogs.old.errors[index].key)),
            new.error.map(|index| code(&catalogs.new.errors[index].key)),
        ];
        let title = ("error that answers a breach of {}", field);
        recorder.compare(ChangeKind::RuleChanged, title, &["error"], errors);
    }
    let messages = [old, new].map(|rule| rule.message.as_deref().map(text));
    let title = ("message about {}", field);
    recorder.compare(ChangeKind::RuleText, title, &["message"], messages);
}

/// Pairs the remaining rules of a field on either side: the field has another rule.
fn pair_by_field(pairs: Vec<Pair<IndexedRule<'_>>>) -> Vec<Pair<IndexedRule<'_>>> {
    let mut removed: HashMap<&str, Vec<IndexedRule<'_>>> = HashMap::new();
    for pair in pairs.iter().rev() {
        if let Pair::Removed(old) = pair {
            removed.entry(&old.1.field).or_default().push(*old);
        }
    }
    let mut paired = HashSet::new();
    let mut pairs: Vec<_> = pairs
        .into_iter()
        .map(|pair| match pair {
            Pair::Added(new) => match removed.get_mut(new.1.field.as_str()).and_then(Vec::pop) {
                Some(old) => {
                    paired.insert(old.0);
                    Pair::Both(old, new)
                }
                None => pair,
            },
            pair => pair,
        })
        .collect();
    pairs.retain(|pair| !matches!(pair, Pair::Removed((index, _)) if paired.contains(index)));
    pairs
}
