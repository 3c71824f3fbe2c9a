//! `[envelope]`.

use errbook_codegen::model::{
    BODY_FORMATS, Catalog, Details, Envelope, EnvelopeMember, Error, Pointer, Role, Type,
};

use crate::diff::change::{Change, ChangeValue, Subject, Title, code};
use crate::diff::compare::api::inferred;
use crate::diff::compare::pairing::pairs;
use crate::diff::compare::recorder::ChangeRecorder;
use crate::diff::kind::ChangeKind;

pub(super) fn compare(changes: &mut Vec<Change>, old_catalog: &Catalog, new_catalog: &Catalog) {
    let [old, new] = [&old_catalog.envelope, &new_catalog.envelope];
    let mut recorder = ChangeRecorder::new(changes, Subject::Envelope, &["envelope"]);
    let format = |envelope: &Envelope| {
        let mut words = BODY_FORMATS.iter();
        let word = words.find(|(_, format)| *format == envelope.format);
        word.map(|(word, _)| *word)
    };
    let formats = [format(old), format(new)];
    recorder.word(ChangeKind::EnvelopeFormat, "format", &["format"], formats);
    let pairs = pairs(&old.members, &new.members, identity);
    for [old, new] in pairs.items {
        match [old, new].map(|side| side.map(|(_, member)| member)) {
            [Some(old), Some(new)] => member(&mut recorder, old, new),
            [old, new] => added_or_removed(&mut recorder, old, new),
        }
    }
    beside_items(&mut recorder, old_catalog, new_catalog);
    if pairs.reordered {
        let title = "order of the members";
        recorder.push(ChangeKind::Order, title, &[], [None, None]);
    }
    inferred(&mut recorder, &old.inferred, &new.inferred);
}

/// What one side writes, and the other takes for an item of a map in the same object.
fn beside_items(recorder: &mut ChangeRecorder<'_>, old: &Catalog, new: &Catalog) {
    let mut one =
        |kind, member: &EnvelopeMember, after, on: fn(ChangeValue) -> [Option<ChangeValue>; 2]| {
            let place = member.pointers[0].as_str();
            let title = Title::of("member ", place, after);
            let keys = [key(&member.role), place];
            let constant = matches!(member.role, Role::Constant(_));
            let keys = if constant { &keys[..] } else { &keys[..1] };
            recorder.push(kind, title, keys, on(code(place)));
        };
    for member in strangers(&new.envelope, old) {
        let after = " added among the items of details";
        one(ChangeKind::MemberBesideMapsAdded, member, after, |place| {
            [None, Some(place)]
        });
    }
    for member in strangers(&old.envelope, new) {
        let after = " gone from among the items of details";
        one(
            ChangeKind::MemberBesideMapsRemoved,
            member,
            after,
            |place| [Some(place), None],
        );
    }
}

/// The members that one side writes in the object of details and the other does not know.
fn strangers<'a>(writer: &'a Envelope, reader: &'a Catalog) -> Vec<&'a EnvelopeMember> {
    if !reader.errors.iter().any(has_items_of_a_type) {
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
    let known: Vec<&str> = known.filter_map(|place| name_in(object, place)).collect();
    let is_stranger = |member: &&EnvelopeMember| {
        let name = name_in(object, &member.pointers[0]);
        name.is_some_and(|name| !known.contains(&name))
    };
    writer.members.iter().filter(is_stranger).collect()
}

/// Whether the details of an error are a map that does not take any value.
fn has_items_of_a_type(error: &Error) -> bool {
    let ty = match &error.details {
        Some(Details::Whole(Type::Optional(ty))) => ty,
        Some(Details::Whole(ty)) => ty,
        Some(Details::Object(_)) | None => return false,
    };
    matches!(ty, Type::Map(item) if **item != Type::Any)
}

/// The name that leads from an object to a place in it, as pointers write it.
fn name_in<'a>(object: &Pointer, place: &'a Pointer) -> Option<&'a str> {
    let path = place.as_str().strip_prefix(object.as_str())?;
    path.strip_prefix('/')?.split('/').next()
}

/// The same for what is one member: its role, and of a constant its place.
fn identity(member: &EnvelopeMember) -> (&'static str, Option<&Pointer>) {
    let constant = matches!(member.role, Role::Constant(_));
    (key(&member.role), constant.then(|| &member.pointers[0]))
}

fn key(role: &Role) -> &'static str {
    match role {
        Role::Constant(_) => "constants",
        Role::Code => "code",
        Role::Message => "message",
        Role::Status => "status",
        Role::Details => "details",
        Role::Reference => "reference",
        Role::Title => "title",
        Role::DocsUrl => "docs-url",
    }
}

fn added_or_removed(
    recorder: &mut ChangeRecorder<'_>,
    old: Option<&EnvelopeMember>,
    new: Option<&EnvelopeMember>,
) {
    let Some(member) = new.or(old) else { return };
    let added = new.is_some();
    if let Role::Constant(value) = &member.role {
        let pointer = member.pointers[0].as_str();
        let (kind, after) = if added {
            (ChangeKind::ConstantAdded, " added")
        } else {
            (ChangeKind::ConstantRemoved, " removed")
        };
        let shown = [old, new].map(|side| side.map(|_| code(value)));
        let title = Title::of("constant ", pointer, after);
        return recorder.push(kind, title, &["constants", pointer], shown);
    }
    let (kind, after) = match (added, &member.role) {
        (true, Role::Code) => (ChangeKind::EnvelopeCodeAdded, " added"),
        (true, _) => (ChangeKind::EnvelopeMemberAdded, " added"),
        (false, Role::Code) => (ChangeKind::EnvelopeCodeRemoved, " removed"),
        (false, _) => (ChangeKind::EnvelopeMemberRemoved, " removed"),
    };
    let key = key(&member.role);
    let shown = [old, new].map(|side| side.map(|member| code(list(&member.pointers))));
    recorder.push(kind, Title::of("place of ", key, after), &[key], shown);
}

/// A member that is there on both sides.
fn member(recorder: &mut ChangeRecorder<'_>, old: &EnvelopeMember, new: &EnvelopeMember) {
    if let (Role::Constant(old_value), Role::Constant(new_value)) = (&old.role, &new.role) {
        if old_value != new_value {
            let pointer = new.pointers[0].as_str();
            let shown = [old_value, new_value].map(|value| Some(code(value)));
            let title = Title::of("constant ", pointer, "");
            recorder.push(
                ChangeKind::ConstantChanged,
                title,
                &["constants", pointer],
                shown,
            );
        }
        return;
    }
    let key = key(&new.role);
    let (old, new) = (&old.pointers, &new.pointers);
    let shown = |pointer: &Pointer| Some(code(shown(pointer)));
    if old[0] != new[0] {
        let kind = if old.contains(&new[0]) {
            ChangeKind::EnvelopePointerKnown
        } else {
            ChangeKind::EnvelopePointerWritten
        };
        let title = Title::of("where ", key, " is written");
        recorder.push(kind, title, &[key], [shown(&old[0]), shown(&new[0])]);
    }
    // Titles and addresses are written and never read.
    if matches!(key, "title" | "docs-url") {
        return;
    }
    for [before, after] in pairs(old, new, |pointer| pointer).items {
        match [before, after] {
            [Some((_, gone)), None] => {
                let title = Title::of("", key, " no longer read at");
                let kind = ChangeKind::EnvelopePointerRemoved;
                recorder.push(kind, title, &[key], [shown(gone), None]);
            }
            // Where it is written, it is read.
            [None, Some((1.., more))] => {
                let title = Title::of("", key, " also read at");
                let kind = ChangeKind::EnvelopePointerAdded;
                recorder.push(kind, title, &[key], [None, shown(more)]);
            }
            _ => {}
        }
    }
    // That another one goes first has been told.
    let others = |pointers: &[Pointer]| {
        let others = pointers.iter().filter(|pointer| **pointer != new[0]);
        others.cloned().collect::<Vec<_>>()
    };
    if pairs(&others(old), &others(new), |pointer| pointer).reordered {
        let title = Title::of("order in which ", key, " is looked for");
        let shown = [old, new].map(|pointers| Some(code(list(pointers))));
        recorder.push(ChangeKind::EnvelopePointerOrder, title, &[key], shown);
    }
}

fn list(pointers: &[Pointer]) -> String {
    let pointers: Vec<&str> = pointers.iter().map(shown).collect();
    pointers.join(", ")
}

/// A pointer as it can be seen.
fn shown(pointer: &Pointer) -> &str {
    match pointer.as_str() {
        "" => "\"\"",
        pointer => pointer,
    }
}
