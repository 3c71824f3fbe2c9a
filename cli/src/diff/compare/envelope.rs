//! `[envelope]`.

use errbook_codegen::__private::model::{
    BODY_FORMATS, Catalog, Details, Envelope, EnvelopeMember, Error, Pointer, Role, Type,
};

use crate::console::join;
use crate::diff::change::{ChangeValue, Subject, code};
use crate::diff::compare::api::inferred;
use crate::diff::compare::pairing::{Pair, pairs};
use crate::diff::compare::recorder::ChangeRecorder;
use crate::diff::kind::ChangeKind;

pub(super) fn compare(recorder: &mut ChangeRecorder<'_>, old: &Envelope, new: &Envelope) {
    let catalogs = recorder.catalogs;
    recorder.begin(Subject::Envelope, &["envelope"]);
    let formats = [old, new].map(|envelope| {
        let mut words = BODY_FORMATS.iter();
        let word = words.find(|(_, format)| *format == envelope.format);
        word.map(|(word, _)| code(word))
    });
    recorder.compare(ChangeKind::EnvelopeFormat, "format", &["format"], formats);
    let pairs = pairs(&old.members, &new.members, identity);
    for pair in pairs.items {
        member(recorder, pair);
    }
    for member in members_taken_for_items(new, catalogs.old) {
        let (kind, place) = (ChangeKind::MemberBesideMapsAdded, place(member));
        let title = ("member {} added among the items of details", place);
        recorder.push(kind, title, &keys(member), [None, Some(code(place))]);
    }
    for member in members_taken_for_items(old, catalogs.new) {
        let (kind, place) = (ChangeKind::MemberBesideMapsRemoved, place(member));
        let title = ("member {} gone from among the items of details", place);
        recorder.push(kind, title, &keys(member), [Some(code(place)), None]);
    }
    if pairs.reordered {
        recorder.push(ChangeKind::Order, "order of the members", &[], [None, None]);
    }
    inferred(recorder, &old.inferred, &new.inferred);
}

/// Returns the place where a member is written.
fn place(member: &EnvelopeMember) -> &str {
    member.pointers[0].as_str()
}

/// Returns the keys that lead to a member.
fn keys(member: &EnvelopeMember) -> Vec<&str> {
    match member.role {
        Role::Constant(_) => vec!["constants", place(member)],
        _ => vec![member.role.key()],
    }
}

/// Returns what identifies a member: its role, and the place of a constant.
fn identity(member: &EnvelopeMember) -> (&'static str, Option<&str>) {
    let is_constant = matches!(member.role, Role::Constant(_));
    (member.role.key(), is_constant.then(|| place(member)))
}

/// Returns the members that one side writes into the object of details, and that the other side takes for
/// items of a map.
fn members_taken_for_items<'a>(
    writer: &'a Envelope,
    reader: &'a Catalog,
) -> Vec<&'a EnvelopeMember> {
    if !reader.errors.iter().any(has_map_of_typed_items) {
        return Vec::new();
    }
    let details = |envelope: &'a Envelope| envelope.member(&Role::Details);
    let (Some(written), Some(read)) = (details(writer), details(&reader.envelope)) else {
        return Vec::new();
    };
    let object = &written.pointers[0];
    if !read.pointers.contains(object) {
        return Vec::new();
    }
    let known = reader.envelope.members.iter();
    let known = known.flat_map(|member| &member.pointers);
    let known: Vec<&str> = known.filter_map(|it| name_in(object, it)).collect();
    let is_unknown = |member: &&EnvelopeMember| {
        let name = name_in(object, &member.pointers[0]);
        name.is_some_and(|name| !known.contains(&name))
    };
    writer.members.iter().filter(is_unknown).collect()
}

/// Whether the details of an error are a map whose items have a type.
fn has_map_of_typed_items(error: &Error) -> bool {
    let ty = match &error.details {
        Some(Details::Whole(Type::Optional(ty))) => ty,
        Some(Details::Whole(ty)) => ty,
        _ => return false,
    };
    matches!(ty, Type::Map(item) if **item != Type::Any)
}

/// Returns the name of the member of an object that contains the place of a pointer.
fn name_in<'a>(object: &Pointer, pointer: &'a Pointer) -> Option<&'a str> {
    let path = pointer.as_str().strip_prefix(object.as_str())?;
    path.strip_prefix('/')?.split('/').next()
}

fn member(recorder: &mut ChangeRecorder<'_>, pair: Pair<&EnvelopeMember>) {
    let newest = pair.newest();
    if let Role::Constant(_) = newest.role {
        let kind = match pair {
            Pair::Added(_) => ChangeKind::ConstantAdded,
            Pair::Removed(_) => ChangeKind::ConstantRemoved,
            Pair::Both(..) => ChangeKind::ConstantChanged,
        };
        let values = pair.sides(|member| match &member.role {
            Role::Constant(value) => code(value),
            _ => code(""),
        });
        let title = ("constant {}", place(newest));
        return recorder.compare(kind, title, &keys(newest), values);
    }
    if let Pair::Both(old, new) = pair {
        return pointers(recorder, new.role.key(), &old.pointers, &new.pointers);
    }
    let kinds = match newest.role {
        Role::Code => [
            ChangeKind::EnvelopeCodeAdded,
            ChangeKind::EnvelopeCodeRemoved,
        ],
        _ => [
            ChangeKind::EnvelopeMemberAdded,
            ChangeKind::EnvelopeMemberRemoved,
        ],
    };
    let key = newest.role.key();
    let values = pair.sides(|member| list(&member.pointers));
    recorder.added_or_removed(kinds, ("place of {}", key), &[key], values);
}

/// Compares the places of a member that is in both envelopes.
fn pointers(
    recorder: &mut ChangeRecorder<'_>,
    key: &'static str,
    old: &[Pointer],
    new: &[Pointer],
) {
    if old[0] != new[0] {
        let kind = if old.contains(&new[0]) {
            ChangeKind::EnvelopePointerKnown
        } else {
            ChangeKind::EnvelopePointerWritten
        };
        let values = [old, new].map(|pointers| Some(code(visible(&pointers[0]))));
        recorder.push(kind, ("where {} is written", key), &[key], values);
    }
    // Titles and URLs are only written.
    if matches!(key, "title" | "docs-url") {
        return;
    }
    for pair in pairs(old, new, |pointer| pointer).items {
        let (kind, title) = match pair {
            // The change of the written place includes this one.
            Pair::Added(pointer) if *pointer == new[0] => continue,
            Pair::Added(_) => (ChangeKind::EnvelopePointerAdded, "{} also read at"),
            Pair::Removed(_) => (ChangeKind::EnvelopePointerRemoved, "{} no longer read at"),
            Pair::Both(..) => continue,
        };
        let values = pair.sides(|pointer| code(visible(pointer)));
        recorder.push(kind, (title, key), &[key], values);
    }
    // The change of the written place includes its move to the front.
    let [old_others, new_others] =
        [old, new].map(|pointers| pointers.iter().filter(|pointer| **pointer != new[0]));
    if pairs(old_others, new_others, |pointer| pointer).reordered {
        let title = ("order in which {} is looked for", key);
        let values = [old, new].map(|pointers| Some(list(pointers)));
        recorder.push(ChangeKind::EnvelopePointerOrder, title, &[key], values);
    }
}

fn list(pointers: &[Pointer]) -> ChangeValue {
    code(join(pointers.iter().map(visible), ", "))
}

/// Returns a pointer, with quotes around the empty one.
fn visible(pointer: &Pointer) -> &str {
    match pointer.as_str() {
        "" => "\"\"",
        pointer => pointer,
    }
}
