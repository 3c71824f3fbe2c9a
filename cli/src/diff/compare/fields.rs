//! Members of details and of named types, and what becomes of their values.

use std::collections::{HashMap, HashSet};

use errbook_codegen::model::{
    Catalog, Details, EnvelopeMember, Error, Field, NamedType, Role, Type,
};

use crate::diff::change::{Change, Shown, Subject, Title, code};
use crate::diff::compare::Record;
use crate::diff::compare::api::order;
use crate::diff::compare::pairs::pairs;
use crate::diff::kind::Kind;

/// What types mean in both catalogs.
pub(super) struct Types<'a> {
    old: Side<'a>,
    new: Side<'a>,
}

struct Side<'a> {
    named: HashMap<&'a str, &'a [Field]>,
    /// Whether details are the body itself, which is always there.
    whole_body: bool,
}

impl<'a> Types<'a> {
    pub(super) fn new(old: &'a Catalog, new: &'a Catalog) -> Self {
        let side = |catalog: &'a Catalog| {
            let types = catalog.types.iter();
            let place = catalog.envelope.member(&Role::Details);
            let at_root =
                |member: &EnvelopeMember| member.pointers.iter().any(|it| it.as_str().is_empty());
            Side {
                named: types
                    .map(|named| (named.name.as_str(), named.fields.as_slice()))
                    .collect(),
                whole_body: place.is_some_and(at_root),
            }
        };
        Self {
            old: side(old),
            new: side(new),
        }
    }

    /// What it means that details are others. What changed in a type that keeps its name is told of the
    /// type.
    fn verdict(&self, old: &Details, new: &Details) -> Kind {
        let new_reads_old = holds((old, &self.old), (new, &self.new));
        let old_reads_new = holds((new, &self.new), (old, &self.old));
        match (old_reads_new, new_reads_old) {
            (true, true) => Kind::TypeInRust,
            (false, true) => Kind::TypeWidened,
            (true, false) => Kind::TypeNarrowed,
            (false, false) => Kind::TypeChanged,
        }
    }
}

/// Whether each value of the one, with its named types, is a value of the other.
fn holds(one: (&Details, &Side<'_>), other: (&Details, &Side<'_>)) -> bool {
    let mut question = Question {
        one: &one.1.named,
        other: &other.1.named,
        whole_body: other.1.whole_body,
        asked: HashSet::new(),
        open: Vec::new(),
    };
    if !question.details(one.0, other.0) {
        return false;
    }
    // Types may lead to each other, over any number of others.
    while let Some((one, other)) = question.open.pop() {
        let fields = (question.one.get(one), question.other.get(other));
        if let (Some(one), Some(other)) = fields
            && !question.fields(one, other)
        {
            return false;
        }
    }
    true
}

/// Whether values of one side are such of the other.
struct Question<'a> {
    one: &'a HashMap<&'a str, &'a [Field]>,
    other: &'a HashMap<&'a str, &'a [Field]>,
    /// Whether the other takes the body itself for details.
    whole_body: bool,
    /// Pairs of named types that are asked about.
    asked: HashSet<(&'a str, &'a str)>,
    open: Vec<(&'a str, &'a str)>,
}

impl<'a> Question<'a> {
    fn details(&mut self, one: &'a Details, other: &'a Details) -> bool {
        match (one, other) {
            (Details::Object(one), Details::Object(other)) => self.fields(one, other),
            (Details::Whole(one), Details::Whole(other)) => self.ty(one, other),
            // An object of which no member must be there may be left out, and a whole value may not.
            (Details::Object(one), Details::Whole(other)) => {
                let is_there = self.whole_body || !one.iter().all(is_optional);
                let need_not = matches!(other, Type::Any | Type::Optional(_));
                (is_there || need_not) && self.object(one, other)
            }
            (Details::Whole(Type::Named(one)), Details::Object(other)) => {
                let one = self.one.get(one.as_str()).copied();
                one.is_some_and(|one| self.fields(one, other))
            }
            _ => false,
        }
    }

    fn object(&mut self, one: &'a [Field], other: &'a Type) -> bool {
        match other {
            Type::Any => true,
            Type::Map(item) => **item == Type::Any,
            Type::Optional(other) => self.object(one, other),
            Type::Named(other) => {
                let other = self.other.get(other.as_str()).copied();
                other.is_some_and(|other| self.fields(one, other))
            }
            _ => false,
        }
    }

    /// Members that the other object does not know, it passes over.
    fn fields(&mut self, one: &'a [Field], other: &'a [Field]) -> bool {
        let one: HashMap<&str, &Field> = one
            .iter()
            .map(|field| (field.name.as_str(), field))
            .collect();
        other
            .iter()
            .all(|field| match one.get(field.name.as_str()) {
                Some(one) => self.ty(&one.ty, &field.ty),
                None => is_optional(field),
            })
    }

    fn ty(&mut self, one: &'a Type, other: &'a Type) -> bool {
        match (one, other) {
            (Type::Optional(one), Type::Optional(other))
            | (Type::List(one), Type::List(other))
            | (Type::Map(one), Type::Map(other)) => self.ty(one, other),
            // What may be absent is more than any value.
            (Type::Optional(_), _) => false,
            (one, Type::Optional(other)) => self.ty(one, other),
            (_, Type::Any)
            | (Type::U32, Type::U64 | Type::I64 | Type::F64)
            | (Type::U64 | Type::I64, Type::F64) => true,
            (Type::Named(_), Type::Map(item)) => **item == Type::Any,
            (Type::Named(one), Type::Named(other)) => {
                let pair = (one.as_str(), other.as_str());
                if self.asked.insert(pair) {
                    self.open.push(pair);
                }
                true
            }
            (one, other) => one == other,
        }
    }
}

fn is_optional(field: &Field) -> bool {
    matches!(field.ty, Type::Optional(_))
}

/// `[type.Name]`.
pub(super) fn named_types(
    changes: &mut Vec<Change>,
    types: &Types<'_>,
    old: &Catalog,
    new: &Catalog,
) {
    let pairs = pairs(&old.types, &new.types, |named| &named.name);
    for [old, new] in pairs.items {
        let [old, new] = [old, new].map(|side| side.map(|(_, named)| named));
        let Some(named) = new.or(old) else { continue };
        let keys = ["type", named.name.as_str()];
        let mut record = Record::new(changes, Subject::Type(named.name.clone()), &keys);
        let shown = |named: &NamedType| code(members(&named.fields));
        let shown = [old.map(shown), new.map(shown)];
        match (old, new) {
            (Some(old), Some(new)) => fields(&mut record, types, &[], &old.fields, &new.fields),
            (None, _) => record.push(Kind::TypeAdded, "type added", &[], shown),
            (_, None) => record.push(Kind::TypeRemoved, "type removed", &[], shown),
        }
    }
    if pairs.reordered {
        order(changes, "order of the types", &["type"]);
    }
}

/// `details` of an error.
pub(super) fn details(
    record: &mut Record<'_>,
    types: &Types<'_>,
    [old, new]: [Option<&Details>; 2],
    required: bool,
) {
    let shown = [old, new].map(|details| details.map(shown_details));
    match (old, new) {
        (Some(Details::Object(old)), Some(Details::Object(new))) => {
            fields(record, types, &["details"], old, new);
        }
        (Some(Details::Whole(old)), Some(Details::Whole(new))) if old == new => {}
        (Some(old), Some(new)) => {
            let kind = types.verdict(old, new);
            record.push(kind, "details", &["details"], shown);
        }
        (None, Some(_)) if required => {
            let kind = Kind::RequiredDetailsAdded;
            record.push(kind, "details added", &["details"], shown);
        }
        (None, Some(_)) => record.push(Kind::DetailsAdded, "details added", &["details"], shown),
        (Some(_), None) => {
            record.push(Kind::DetailsRemoved, "details removed", &["details"], shown);
        }
        (None, None) => {}
    }
}

/// The details of an error that is known as another one now, which old servers send for those of that one.
pub(super) fn merged(record: &mut Record<'_>, types: &Types<'_>, old: &Error, new: &Error) {
    let reads = |old: &Details, new: &Details| holds((old, &types.old), (new, &types.new));
    let good = match (&old.details, &new.details) {
        (Some(old), Some(new)) => reads(old, new),
        _ => false,
    };
    if new.requires_details() && !good {
        let title = Title::of("details are not those of ", &new.key, "");
        let shown = old.details.as_ref().map(shown_details);
        let kind = Kind::RequiredDetailsAdded;
        record.push(
            kind,
            title,
            &["details"],
            [shown.or_else(|| Some(code("none"))), None],
        );
    }
}

fn shown_details(details: &Details) -> Shown {
    match details {
        Details::Object(fields) => code(members(fields)),
        Details::Whole(ty) => code(ty),
        _ => code("…"),
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
    record: &mut Record<'_>,
    types: &Types<'_>,
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
                both(record, types, &keys, old, new);
                continue;
            }
            [None, _] if is_optional(field) => (Kind::MemberAdded, " added"),
            [None, _] => (Kind::RequiredMemberAdded, " added"),
            [_, None] if is_optional(field) => (Kind::MemberRemoved, " removed"),
            [_, None] => (Kind::RequiredMemberRemoved, " removed"),
        };
        record.push(kind, Title::of("member ", &field.name, after), &keys, shown);
    }
    if pairs.reordered {
        record.push(Kind::Order, "order of the members", under, [None, None]);
    }
}

/// A member that is there on both sides.
fn both(record: &mut Record<'_>, types: &Types<'_>, keys: &[&str], old: &Field, new: &Field) {
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
        record.push(kind, title("type of member "), &key("type"), shown);
    }
    let names = [Some(old.rust_name.as_str()), Some(new.rust_name.as_str())];
    let before = "name in Rust of member ";
    record.word(Kind::RustName, title(before), &key("rust-name"), names);
    let texts = [old.description.as_deref(), new.description.as_deref()];
    let before = "description of member ";
    record.text(Kind::MemberText, title(before), &key("description"), texts);
}

/// `params` of an error: the values of its message that no member holds.
pub(super) fn params(record: &mut Record<'_>, old: &[Field], new: &[Field]) {
    for [old, new] in pairs(old, new, |field| &field.name).items {
        let [old, new] = [old, new].map(|side| side.map(|(_, field)| field));
        let Some(field) = new.or(old) else { continue };
        let keys = ["params", field.name.as_str()];
        let shown = [old, new].map(|side| side.map(|field| code(&field.ty)));
        let (kind, before, after) = match [old, new] {
            [None, _] => (Kind::ParamAdded, "value ", " added"),
            [_, None] => (Kind::ParamRemoved, "value ", " removed"),
            [Some(old), Some(new)] => {
                let texts = [old.description.as_deref(), new.description.as_deref()];
                let title = Title::of("description of value ", &field.name, "");
                let key = [&keys[..], &["description"]].concat();
                record.text(Kind::MemberText, title, &key, texts);
                if old.ty == new.ty {
                    continue;
                }
                (Kind::ParamType, "type of value ", "")
            }
        };
        record.push(kind, Title::of(before, &field.name, after), &keys, shown);
    }
}
