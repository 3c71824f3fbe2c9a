//! The named types of both catalogs: whether the values of one type can be read as another.

use std::collections::{HashMap, HashSet};

use errbook_codegen::__private::model::{Catalog, Details, EnvelopeMember, Field, Role, Type};

use crate::diff::kind::ChangeKind;

/// The named types of both catalogs.
pub(super) struct TypeIndex<'a> {
    old: FieldSide<'a>,
    new: FieldSide<'a>,
}

/// The named types of one catalog.
struct FieldSide<'a> {
    types: HashMap<&'a str, &'a [Field]>,
    /// Whether details are the body itself, which always exists.
    whole_body: bool,
}

impl<'a> TypeIndex<'a> {
    pub(super) fn new(old: &'a Catalog, new: &'a Catalog) -> Self {
        let side = |catalog: &'a Catalog| {
            let types = catalog.types.iter();
            let place = catalog.envelope.member(&Role::Details);
            let at_root =
                |member: &EnvelopeMember| member.pointers.iter().any(|it| it.as_str().is_empty());
            FieldSide {
                types: types
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

    /// Returns the kind of change from one type of details to another. A change inside a named type that
    /// keeps its name is a change of that type.
    pub(super) fn change_kind(&self, old: &Details, new: &Details) -> ChangeKind {
        let old_reads_new = is_subset((new, &self.new), (old, &self.old));
        match (old_reads_new, self.new_reads_old(old, new)) {
            (true, true) => ChangeKind::TypeInRust,
            (false, true) => ChangeKind::TypeWidened,
            (true, false) => ChangeKind::TypeNarrowed,
            (false, false) => ChangeKind::TypeChanged,
        }
    }

    /// Whether programs built from the new catalog can read every value of old details.
    pub(super) fn new_reads_old(&self, old: &Details, new: &Details) -> bool {
        is_subset((old, &self.old), (new, &self.new))
    }
}

/// Whether every value of one type of details is a value of the other. Each comes with its named types.
fn is_subset(one: (&Details, &FieldSide<'_>), other: (&Details, &FieldSide<'_>)) -> bool {
    let mut check = SubsetCheck {
        one: one.1,
        other: other.1,
        seen: HashSet::new(),
        open: Vec::new(),
    };
    if !check.details(one.0, other.0) {
        return false;
    }
    // A list instead of recursion: named types can refer to each other over any number of others.
    while let Some((one, other)) = check.open.pop() {
        let fields = (check.one.types.get(one), check.other.types.get(other));
        if let (Some(one), Some(other)) = fields
            && !check.fields(one, other)
        {
            return false;
        }
    }
    true
}

/// Checks whether every value of one type is a value of another.
struct SubsetCheck<'a> {
    one: &'a FieldSide<'a>,
    other: &'a FieldSide<'a>,
    /// Pairs of named types that are checked or will be.
    seen: HashSet<(&'a str, &'a str)>,
    open: Vec<(&'a str, &'a str)>,
}

impl<'a> SubsetCheck<'a> {
    fn details(&mut self, one: &'a Details, other: &'a Details) -> bool {
        match (one, other) {
            (Details::Object(one), Details::Object(other)) => self.fields(one, other),
            (Details::Whole(one), Details::Whole(other)) => self.ty(one, other),
            // An object without required members can be absent; a whole value cannot.
            (Details::Object(one), Details::Whole(other)) => {
                let is_there = self.other.whole_body || !one.iter().all(is_optional);
                let need_not = matches!(other, Type::Any | Type::Optional(_));
                (is_there || need_not) && self.object(one, other)
            }
            (Details::Whole(Type::Named(one)), Details::Object(other)) => {
                let one = self.one.types.get(one.as_str()).copied();
                one.is_some_and(|one| self.fields(one, other))
            }
            (Details::Whole(_), Details::Object(_)) => false,
        }
    }

    fn object(&mut self, one: &'a [Field], other: &'a Type) -> bool {
        match other {
            Type::Any => true,
            Type::Map(item) => **item == Type::Any,
            Type::Optional(other) => self.object(one, other),
            Type::Named(other) => {
                let other = self.other.types.get(other.as_str()).copied();
                other.is_some_and(|other| self.fields(one, other))
            }
            _ => false,
        }
    }

    /// The other object ignores members that it does not declare.
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
            // An optional value can be absent.
            (Type::Optional(_), _) => false,
            (one, Type::Optional(other)) => self.ty(one, other),
            (_, Type::Any)
            | (Type::U32, Type::U64 | Type::I64 | Type::F64)
            | (Type::U64 | Type::I64, Type::F64) => true,
            (Type::Named(_), Type::Map(item)) => **item == Type::Any,
            (Type::Named(one), Type::Named(other)) => {
                let pair = (one.as_str(), other.as_str());
                if self.seen.insert(pair) {
                    self.open.push(pair);
                }
                true
            }
            (one, other) => one == other,
        }
    }
}

pub(super) fn is_optional(field: &Field) -> bool {
    matches!(field.ty, Type::Optional(_))
}
