//! The errors: which are the same, which are gone, and which are new.

use std::collections::{HashMap, HashSet};

use errbook_codegen::model::{Catalog, Error, Role, Template, TemplatePart, WireCode};

use crate::diff::change::{Change, Keys, Shown, Subject, Title, text};
use crate::diff::compare::Record;
use crate::diff::compare::api::order;
use crate::diff::compare::error;
use crate::diff::compare::fields::{self, Types};
use crate::diff::compare::pairs::{merged, pairs};
use crate::diff::kind::Kind;

/// Both catalogs, and what is looked up in them for each error.
pub(super) struct Sides<'a> {
    pub(super) old: &'a Catalog,
    pub(super) new: &'a Catalog,
    pub(super) old_codes: Codes<'a>,
    pub(super) new_codes: Codes<'a>,
    /// The declared columns that both have, by their indexes.
    pub(super) columns: Vec<[usize; 2]>,
    /// Whether both bodies hold codes: where they do not, the envelope has told so.
    pub(super) have_codes: bool,
}

/// The errors of a catalog by what they are called on the wire, now or once.
pub(super) type Codes<'a> = HashMap<&'a str, Vec<usize>>;

/// Compares the errors; the old error that each new one is.
pub(super) fn compare(
    changes: &mut Vec<Change>,
    types: &Types<'_>,
    old: &Catalog,
    new: &Catalog,
) -> Vec<Option<usize>> {
    let columns = pairs(&old.columns, &new.columns, |column| &column.key);
    let columns = columns.items.into_iter();
    let has_code = |catalog: &Catalog| catalog.envelope.member(&Role::Code).is_some();
    let sides = Sides {
        old,
        new,
        old_codes: codes(old),
        new_codes: codes(new),
        columns: columns
            .filter_map(|[old, new]| Some([old?.0, new?.0]))
            .collect(),
        have_codes: has_code(old) && has_code(new),
    };
    let mistakable = Mistakable::new(old);
    let partners = sides.partners();
    for [before, after] in merged(old.errors.len(), &partners) {
        let subject = match (before, after) {
            (_, Some(after)) => &new.errors[after].key,
            (Some(before), None) => &old.errors[before].key,
            (None, None) => continue,
        };
        let mut record = Record {
            changes: &mut *changes,
            subject: Subject::Error(subject.clone()),
            old_keys: before.map(|index| keys(&old.errors[index])),
            new_keys: after.map(|index| keys(&new.errors[index])),
        };
        match (before, after) {
            (Some(before), Some(after)) => {
                error::compare(&mut record, types, &sides, before, after);
            }
            (Some(before), None) => sides.gone(&mut record, types, &old.errors[before]),
            (None, Some(after)) => sides.added(&mut record, &mistakable, &new.errors[after]),
            (None, None) => {}
        }
    }
    if sides.reordered(&partners) {
        order(changes, "order of the errors", &[]);
    }
    partners
}

fn codes(catalog: &Catalog) -> Codes<'_> {
    let mut codes = Codes::new();
    for (index, error) in catalog.errors.iter().enumerate() {
        for code in error.code.iter().chain(&error.aliases) {
            codes.entry(&code.text).or_default().push(index);
        }
    }
    codes
}

/// The keys that lead to an error.
fn keys(error: &Error) -> Keys {
    let mut keys = match error.category {
        Some(index) => vec!["category".to_owned(), index.to_string()],
        None => Vec::new(),
    };
    keys.extend(["error".to_owned(), error.key.clone()]);
    keys
}

/// What there is to say of an error in a line.
fn summary(error: &Error) -> Option<Shown> {
    let said = error.description.as_deref();
    let said = said.or(error.messages.first().map(|form| form.text.as_str()));
    said.map(text)
}

impl Sides<'_> {
    /// The old error that each new one is: that of the same key, else the one whose code it has or had. That
    /// two errors only look alike says nothing.
    fn partners(&self) -> Vec<Option<usize>> {
        let by_key = pairs(&self.old.errors, &self.new.errors, |error| &error.key);
        let mut partners = vec![None; self.new.errors.len()];
        let mut gone = Vec::new();
        for pair in by_key.items {
            match pair {
                [Some((old, _)), Some((new, _))] => partners[new] = Some(old),
                [Some((old, error)), None] => gone.push((old, error)),
                _ => {}
            }
        }
        for (old, error) in gone {
            let known = self.holders(error.code.as_ref()).iter().copied();
            let mut free = known.filter(|new| partners[*new].is_none());
            if let (Some(new), None) = (free.next(), free.next()) {
                partners[new] = Some(old);
            }
        }
        partners
    }

    /// The new errors that are known by a code.
    fn holders(&self, code: Option<&WireCode>) -> &[usize] {
        let holders = code.and_then(|code| self.new_codes.get(code.text.as_str()));
        holders.map_or(&[], Vec::as_slice)
    }

    fn gone(&self, record: &mut Record<'_>, types: &Types<'_>, error: &Error) {
        let holder = self.holders(error.code.as_ref()).first();
        if let (Some(code), Some(holder)) = (&error.code, holder) {
            let holder = &self.new.errors[*holder];
            // An alias is no other's code, nor is a code an alias of another.
            let is_alias = holder.aliases.iter().any(|alias| alias.text == code.text);
            let (kind, title) = if is_alias {
                let title = Title::of("error removed, its code is an alias of ", &holder.key, "");
                (Kind::ErrorMerged, title)
            } else {
                let title = Title::of("error removed, its code is that of ", &holder.key, "");
                (Kind::ErrorRemovedWithKnownCode, title)
            };
            record.push(kind, title, &[], [summary(error), None]);
            if is_alias {
                fields::merged(record, types, error, holder);
            }
            return;
        }
        let replaced_by = error.deprecated.as_ref().and_then(|it| it.replaced_by);
        let title = match replaced_by {
            Some(other) => {
                let other = &self.old.errors[other].key;
                Title::of("error removed, in favour of ", other, "")
            }
            None => "error removed".into(),
        };
        record.push(Kind::ErrorRemoved, title, &[], [summary(error), None]);
    }

    fn added(&self, record: &mut Record<'_>, mistakable: &Mistakable<'_>, error: &Error) {
        let known = |code: &WireCode| self.old_codes.contains_key(code.text.as_str());
        let (kind, title) = match &error.code {
            Some(wire) if known(wire) => {
                let title = Title::of("error added with the known code ", &wire.text, "");
                (Kind::ErrorAddedWithKnownCode, title)
            }
            wire if (wire.is_none() || !self.have_codes) && mistakable.with(error) => (
                Kind::ErrorAddedWithoutCode,
                "error added without a code".into(),
            ),
            _ => (Kind::ErrorAdded, "error added".into()),
        };
        record.push(kind, title, &[], [None, summary(error)]);
    }

    /// Whether the errors of a section have another order.
    fn reordered(&self, partners: &[Option<usize>]) -> bool {
        let section = |catalog: &Catalog, error: &Error| {
            error
                .category
                .map(|index| catalog.categories[index].id.clone())
        };
        let mut last: HashMap<Option<String>, usize> = HashMap::new();
        for (error, partner) in self.new.errors.iter().zip(partners) {
            let Some(partner) = *partner else { continue };
            let of = section(self.new, error);
            if of != section(self.old, &self.old.errors[partner]) {
                continue;
            }
            if last.insert(of, partner).is_some_and(|last| last > partner) {
                return true;
            }
        }
        false
    }
}

/// Errors without a code that are not known by a message to the letter, or not by that alone: what else
/// comes with their statuses may be taken for them.
struct Mistakable<'a> {
    statuses: HashSet<u16>,
    /// Whether one comes as an event, and whether one comes with any status.
    as_event: bool,
    anywhere: bool,
    /// The messages of all errors without a code.
    messages: HashSet<&'a str>,
}

impl<'a> Mistakable<'a> {
    fn new(catalog: &'a Catalog) -> Self {
        let mut mistakable = Self {
            statuses: HashSet::new(),
            as_event: false,
            anywhere: false,
            messages: HashSet::new(),
        };
        for error in catalog.errors.iter().filter(|error| error.code.is_none()) {
            let forms = error.messages.iter().map(|form| form.text.as_str());
            mistakable.messages.extend(forms);
            let to_the_letter = !error.messages.is_empty() && error.messages.iter().all(is_plain);
            if to_the_letter && !error.requires_details() {
                continue;
            }
            mistakable.statuses.extend(&error.statuses);
            mistakable.as_event |= error.event;
            mistakable.anywhere |= error.statuses.is_empty() && !error.event;
        }
        mistakable
    }

    /// Whether an error without a code may be taken for one of them, or one of them for it.
    fn with(&self, error: &Error) -> bool {
        let says = |form: &Template| self.messages.contains(form.text.as_str());
        let anywhere = error.statuses.is_empty();
        let comes = if anywhere {
            self.as_event || (!error.event && !self.statuses.is_empty())
        } else {
            let known = |status| self.statuses.contains(status);
            error.statuses.iter().any(known)
        };
        self.anywhere || comes || error.messages.iter().any(says)
    }
}

/// Whether a form of a message holds no value.
pub(super) fn is_plain(form: &Template) -> bool {
    !form
        .parts
        .iter()
        .any(|part| matches!(part, TemplatePart::Value(_)))
}
