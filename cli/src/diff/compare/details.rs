//! Members of details and of named types, and what becomes of their values.

use errbook_codegen::model::{Catalog, Details, Error, Field, NamedType};

use crate::diff::change::{Change, ChangeValue, Subject, Title, code};
use crate::diff::compare::pairing::pairs;
use crate::diff::compare::recorder::{ChangeRecorder, order};
use crate::diff::compare::type_index::{TypeIndex, is_optional};
use crate::diff::kind::ChangeKind;

/// `[type.Name]`.
pub(super) fn named_types(
    changes: &mut Vec<Change>,
    types: &TypeIndex<'_>,
    old: &Catalog,
    new: &Catalog,
) {
    let pairs = pairs(&old.types, &new.types, |named| &named.name);
    for [old, new] in pairs.items {
        let [old, new] = [old, new].map(|side| side.map(|(_, named)| named));
        let Some(named) = new.or(old) else { continue };
        let keys = ["type", named.name.as_str()];
        let mut recorder = ChangeRecorder::new(changes, Subject::Type(named.name.clone()), &keys);
        let shown = |named: &NamedType| code(members(&named.fields));
        let shown = [old.map(shown), new.map(shown)];
        match (old, new) {
            (Some(old), Some(new)) => fields(&mut recorder, types, &[], &old.fields, &new.fields),
            (None, _) => recorder.push(ChangeKind::TypeAdded, "type added", &[], shown),
            (_, None) => recorder.push(ChangeKind::TypeRemoved, "type removed", &[], shown),
        }
    }
    if pairs.reordered {
        order(changes, "order of the types", &["type"]);
    }
}

/// `details` of an error.
pub(super) fn details(
    recorder: &mut ChangeRecorder<'_>,
    types: &TypeIndex<'_>,
    [old, new]: [Option<&Details>; 2],
    required: bool,
) {
    let shown = [old, new].map(|details| details.map(shown_details));
    match (old, new) {
        (Some(Details::Object(old)), Some(Details::Object(new))) => {
            fields(recorder, types, &["details"], old, new);
        }
        (Some(Details::Whole(old)), Some(Details::Whole(new))) if old == new => {}
        (Some(old), Some(new)) => {
            let kind = types.verdict(old, new);
            recorder.push(kind, "details", &["details"], shown);
        }
        (None, Some(_)) if required => {
            let kind = ChangeKind::RequiredDetailsAdded;
            recorder.push(kind, "details added", &["details"], shown);
        }
        (None, Some(_)) => recorder.push(
            ChangeKind::DetailsAdded,
            "details added",
            &["details"],
            shown,
        ),
        (Some(_), None) => {
            recorder.push(
                ChangeKind::DetailsRemoved,
                "details removed",
                &["details"],
                shown,
            );
        }
        (None, None) => {}
    }
}

/// The details of an error that is known as another one now, which old servers send for those of that one.
pub(super) fn merged(
    recorder: &mut ChangeRecorder<'_>,
    types: &TypeIndex<'_>,
    old: &Error,
    new: &Error,
) {
    let good = match (&old.details, &new.details) {
        (Some(old), Some(new)) => types.new_reads_old(old, new),
        _ => false,
    };
    if new.requires_details() && !good {
        let title = Title::of("details are not those of ", &new.key, "");
        let shown = old.details.as_ref().map(shown_details);
        let kind = ChangeKind::RequiredDetailsAdded;
        recorder.push(
            kind,
            title,
            &["details"],
            [shown.or_else(|| Some(code("none"))), None],
        );
    }
}

fn shown_details(details: &Details) -> ChangeValue {
    match details {
        Details::Object(fields) => code(members(fields)),
        Details::Whole(ty) => code(ty),
    }
}

/// `{ left: u64, size: u64? }`.
fn members(fields: &[Field]) -> String {
    let member = |field: &Field| format!("{}: {}", field.name, field.ty);
    let members: Vec<String> = fields.iter().map(member).collect();
    format!("{{ {} }}", members.join(", "))
}

/// The members of an object, which `under` leads to.
fn fields(
    recorder: &mut ChangeRecorder<'_>,
    types: &TypeIndex<'_>,
    under: &[&str],
    old: &[Field],
    new: &[Field],
) {
    let pairs = pairs(old, new, |field| &field.name);
    for [old, new] in pairs.items {
        let [old, new] = [old, new].map(|side| side.map(|(_, field)| field));
        let Some(field) = new.or(old) else { continue };
        let keys = [under, &[field.name.as_str()]].concat();
        let shown = [old, new].map(|side| side.map(|field| code(&field.ty)));
        let (kind, after) = match [old, new] {
            [Some(old), Some(new)] => {
                both(recorder, types, &keys, old, new);
                continue;
            }
            [None, _] if is_optional(field) => (ChangeKind::MemberAdded, " added"),
            [None, _] => (ChangeKind::RequiredMemberAdded, " added"),
            [_, None] if is_optional(field) => (ChangeKind::MemberRemoved, " removed"),
            [_, None] => (ChangeKind::RequiredMemberRemoved, " removed"),
        };
        recorder.push(kind, Title::of("member ", &field.name, after), &keys, shown);
    }
    if pairs.reordered {
        recorder.push(
            ChangeKind::Order,
            "order of the members",
            under,
            [None, None],
        );
    }
}

/// A member that is there on both sides.
fn both(
    recorder: &mut ChangeRecorder<'_>,
    types: &TypeIndex<'_>,
    keys: &[&str],
    old: &Field,
    new: &Field,
) {
    let key = |key| [keys, &[key]].concat();
    let title = |before| Title::of(before, &new.name, "");
    if old.ty != new.ty || old.boxed != new.boxed {
        // A member by itself is as the details that are nothing but it.
        let whole = |field: &Field| Details::Whole(field.ty.clone());
        let kind = types.verdict(&whole(old), &whole(new));
        let shown = [old, new].map(|field| {
            let boxed = if field.boxed { " in a box" } else { "" };
            Some(code(format_args!("{}{boxed}", field.ty)))
        });
        recorder.push(kind, title("type of member "), &key("type"), shown);
    }
    let names = [Some(old.rust_name.as_str()), Some(new.rust_name.as_str())];
    let before = "name in Rust of member ";
    recorder.word(
        ChangeKind::RustName,
        title(before),
        &key("rust-name"),
        names,
    );
    let texts = [old.description.as_deref(), new.description.as_deref()];
    let before = "description of member ";
    recorder.text(
        ChangeKind::MemberText,
        title(before),
        &key("description"),
        texts,
    );
}

/// `params` of an error: the values of its message that no member holds.
pub(super) fn params(recorder: &mut ChangeRecorder<'_>, old: &[Field], new: &[Field]) {
    for [old, new] in pairs(old, new, |field| &field.name).items {
        let [old, new] = [old, new].map(|side| side.map(|(_, field)| field));
        let Some(field) = new.or(old) else { continue };
        let keys = ["params", field.name.as_str()];
        let shown = [old, new].map(|side| side.map(|field| code(&field.ty)));
        let (kind, before, after) = match [old, new] {
            [None, _] => (ChangeKind::ParamAdded, "value ", " added"),
            [_, None] => (ChangeKind::ParamRemoved, "value ", " removed"),
            [Some(old), Some(new)] => {
                let texts = [old.description.as_deref(), new.description.as_deref()];
                let title = Title::of("description of value ", &field.name, "");
                let key = [&keys[..], &["description"]].concat();
                recorder.text(ChangeKind::MemberText, title, &key, texts);
                if old.ty == new.ty {
                    continue;
                }
                (ChangeKind::ParamType, "type of value ", "")
            }
        };
        recorder.push(kind, Title::of(before, &field.name, after), &keys, shown);
    }
}
