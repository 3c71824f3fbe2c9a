//! Details, named types and the values of messages: their members, and the types of those.

use errbook_codegen::__private::model::{Details, Error, Field, NamedType};

use crate::console::join;
use crate::diff::change::{ChangeValue, Subject, Title, code, text};
use crate::diff::compare::pairing::{Pair, pairs};
use crate::diff::compare::recorder::ChangeRecorder;
use crate::diff::compare::type_index::is_optional;
use crate::diff::kind::ChangeKind;

/// Compares `[type.Name]`.
pub(super) fn named_types(recorder: &mut ChangeRecorder<'_>, old: &[NamedType], new: &[NamedType]) {
    let pairs = pairs(old, new, |named| &named.name);
    for pair in pairs.items {
        let name = &pair.newest().name;
        recorder.begin(Subject::Type(name.clone()), &["type", name]);
        if let Pair::Both(old, new) = pair {
            members(recorder, &[], &old.fields, &new.fields);
        } else {
            let kinds = [ChangeKind::TypeAdded, ChangeKind::TypeRemoved];
            let values = pair.sides(|named| code(object_text(&named.fields)));
            recorder.added_or_removed(kinds, "type", &[], values);
        }
    }
    if pairs.reordered {
        recorder.order("order of the types", &["type"]);
    }
}

/// Compares the `details` of an error. `required` says whether the new error requires them.
pub(super) fn details(
    recorder: &mut ChangeRecorder<'_>,
    details: [Option<&Details>; 2],
    required: bool,
) {
    let kind = match details {
        [Some(Details::Object(old)), Some(Details::Object(new))] => {
            return members(recorder, &["details"], old, new);
        }
        [Some(old), Some(new)] if old == new => return,
        [Some(old), Some(new)] => recorder.catalogs.types.change_kind(old, new),
        [None, Some(_)] if required => ChangeKind::RequiredDetailsAdded,
        [None, Some(_)] => ChangeKind::DetailsAdded,
        [Some(_), None] => ChangeKind::DetailsRemoved,
        [None, None] => return,
    };
    let values = details.map(|details| details.map(details_text));
    let title = Title::from("details").with_verb(&values);
    recorder.push(kind, title, &["details"], values);
}

/// Compares the details of a removed error with those of the new error that has its code as an alias, and so
/// receives the bodies of old servers.
pub(super) fn merged(recorder: &mut ChangeRecorder<'_>, old: &Error, new: &Error) {
    let is_readable = match (&old.details, &new.details) {
        (Some(old), Some(new)) => recorder.catalogs.types.new_reads_old(old, new),
        _ => false,
    };
    if new.requires_details() && !is_readable {
        let title = ("details are not those of {}", &new.key);
        let details = old
            .details
            .as_ref()
            .map_or_else(|| code("none"), details_text);
        let kind = ChangeKind::RequiredDetailsAdded;
        recorder.push(kind, title, &["details"], [Some(details), None]);
    }
}

fn details_text(details: &Details) -> ChangeValue {
    match details {
        Details::Object(fields) => code(object_text(fields)),
        Details::Whole(ty) => code(ty),
    }
}

/// Returns the members of an object: `{ left: u64, size: u64? }`.
fn object_text(fields: &[Field]) -> String {
    let members = fields.iter().map(|it| format!("{}: {}", it.name, it.ty));
    format!("{{ {} }}", join(members, ", "))
}

/// Compares the members of an object; `under` leads to the object.
fn members(recorder: &mut ChangeRecorder<'_>, under: &[&str], old: &[Field], new: &[Field]) {
    let pairs = pairs(old, new, |field| &field.name);
    for pair in pairs.items {
        let field = pair.newest();
        let keys = [under, &[field.name.as_str()]].concat();
        let kind = match pair {
            Pair::Both(old, new) => {
                member(recorder, &keys, old, new);
                continue;
            }
            Pair::Added(_) if is_optional(field) => ChangeKind::MemberAdded,
            Pair::Added(_) => ChangeKind::RequiredMemberAdded,
            Pair::Removed(_) if is_optional(field) => ChangeKind::MemberRemoved,
            Pair::Removed(_) => ChangeKind::RequiredMemberRemoved,
        };
        let values = pair.sides(|field| code(&field.ty));
        recorder.compare(kind, ("member {}", &field.name), &keys, values);
    }
    if pairs.reordered {
        let title = "order of the members";
        recorder.push(ChangeKind::Order, title, under, [None, None]);
    }
}

/// Compares a member that is in both objects; `keys` lead to it.
fn member(recorder: &mut ChangeRecorder<'_>, keys: &[&str], old: &Field, new: &Field) {
    let key = |key| [keys, &[key]].concat();
    let name = new.name.as_str();
    if old.ty != new.ty || old.boxed != new.boxed {
        // The rules for a member are those for whole details of its type.
        let [old_whole, new_whole] = [old, new].map(|field| Details::Whole(field.ty.clone()));
        let kind = recorder.catalogs.types.change_kind(&old_whole, &new_whole);
        let values = [old, new].map(|field| {
            let boxed = if field.boxed { " in a box" } else { "" };
            Some(code(format_args!("{}{boxed}", field.ty)))
        });
        recorder.push(kind, ("type of member {}", name), &key("type"), values);
    }
    let names = [old, new].map(|field| Some(code(&field.rust_name)));
    let title = ("name in Rust of member {}", name);
    recorder.compare(ChangeKind::RustName, title, &key("rust-name"), names);
    let title = ("description of member {}", name);
    let texts = [old, new].map(|field| field.description.as_deref().map(text));
    recorder.compare(ChangeKind::MemberText, title, &key("description"), texts);
}

/// Compares the `params` of an error, which are the values of its message that are not members.
pub(super) fn params(recorder: &mut ChangeRecorder<'_>, old: &[Field], new: &[Field]) {
    for pair in pairs(old, new, |field| &field.name).items {
        let name = pair.newest().name.as_str();
        let types = pair.sides(|field| code(&field.ty));
        let keys = ["params", name];
        let Pair::Both(old, new) = pair else {
            let kinds = [ChangeKind::ParamAdded, ChangeKind::ParamRemoved];
            recorder.added_or_removed(kinds, ("value {}", name), &keys, types);
            continue;
        };
        let title = ("description of value {}", name);
        let texts = [old, new].map(|field| field.description.as_deref().map(text));
        let key = ["params", name, "description"];
        recorder.compare(ChangeKind::MemberText, title, &key, texts);
        let title = ("type of value {}", name);
        recorder.compare(ChangeKind::ParamType, title, &keys, types);
    }
}
