//! `[[rule]]`: what is demanded of the fields of requests.

use std::collections::HashMap;

use errbook_codegen::model::{Catalog, Rule};

use crate::diff::change::{Change, ChangeValue, Subject, Title, code, text};
use crate::diff::compare::pairing::pairs;
use crate::diff::compare::recorder::{ChangeRecorder, order};
use crate::diff::kind::ChangeKind;

/// A rule on one side, with its index.
type RuleSide<'a> = Option<(usize, &'a Rule)>;

/// Compares the rules; `partners` are the old errors that the new ones are.
pub(super) fn compare(
    changes: &mut Vec<Change>,
    old: &Catalog,
    new: &Catalog,
    partners: &[Option<usize>],
) {
    let of =
        |catalog: &Catalog, rule: &Rule| rule.error.map(|index| code(&catalog.errors[index].key));
    let pairs = pairs(&old.rules, &new.rules, |rule| (&rule.field, &rule.rule));
    for [before, after] in with_the_same_field(pairs.items) {
        let Some((_, rule)) = after.or(before) else {
            continue;
        };
        let keys = |side: RuleSide<'_>| Some(vec!["rule".to_owned(), side?.0.to_string()]);
        let mut recorder = ChangeRecorder {
            changes,
            subject: Subject::Rules,
            old_keys: keys(before),
            new_keys: keys(after),
        };
        let title = |before| Title::of(before, &rule.field, "");
        let shown = [before, after].map(shown);
        match [before, after] {
            [None, _] => recorder.push(ChangeKind::RuleAdded, title("rule added for "), &[], shown),
            [_, None] => recorder.push(
                ChangeKind::RuleRemoved,
                title("rule removed of "),
                &[],
                shown,
            ),
            [Some((_, before)), Some((_, after))] => {
                if before.rule != after.rule {
                    recorder.push(ChangeKind::RuleChanged, title("rule of "), &["rule"], shown);
                }
                let is_same = match (before.error, after.error) {
                    (Some(before), Some(after)) => partners[after] == Some(before),
                    (before, after) => before == after,
                };
                if !is_same {
                    let errors = [of(old, before), of(new, after)];
                    let title = title("error that answers a breach of ").of_sides(&errors);
                    recorder.push(ChangeKind::RuleChanged, title, &["error"], errors);
                }
                let messages = [before.message.as_deref(), after.message.as_deref()];
                let title = title("message about ");
                recorder.text(ChangeKind::RuleText, title, &["message"], messages);
            }
        }
    }
    if pairs.reordered {
        order(changes, "order of the rules", &["rule"]);
    }
}

fn shown(side: RuleSide<'_>) -> Option<ChangeValue> {
    side.map(|(_, rule)| text(&rule.rule))
}

/// Puts together what is left of a field on either side: it demands something else.
fn with_the_same_field(pairs: Vec<[RuleSide<'_>; 2]>) -> Vec<[RuleSide<'_>; 2]> {
    let mut gone: HashMap<&str, Vec<(usize, &Rule)>> = HashMap::new();
    for pair in pairs.iter().rev() {
        if let [Some(old), None] = pair {
            gone.entry(&old.1.field).or_default().push(*old);
        }
    }
    let mut taken = Vec::new();
    let mut paired = Vec::new();
    for pair in pairs {
        if let [None, Some(new)] = pair {
            let old = gone.get_mut(new.1.field.as_str()).and_then(Vec::pop);
            taken.extend(old.map(|(index, _)| index));
            paired.push([old, Some(new)]);
        } else {
            paired.push(pair);
        }
    }
    taken.sort_unstable();
    paired.retain(|pair| match pair {
        [Some((index, _)), None] => taken.binary_search(index).is_err(),
        _ => true,
    });
    paired
}
