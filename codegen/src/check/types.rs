//! Types: their syntax, named types, and whether a value is of a type.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::check::fields::{At, Fields, Findings, constant, text};
use crate::check::names::{Case, Scope, settle};
use crate::check::suggest;
use crate::draft::{Entry, Kind, Table, Value};
use crate::finding::Finding;
use crate::model::{self, Field, NamedType, Type};

const SCALARS: [(&str, Type); 7] = [
    ("string", Type::String),
    ("bool", Type::Bool),
    ("u32", Type::U32),
    ("u64", Type::U64),
    ("i64", Type::I64),
    ("f64", Type::F64),
    ("any", Type::Any),
];

/// How deep a type may nest; what is deeper is a mistake, and would be no use in Rust.
const DEEPEST: usize = 16;

/// How many members an object may have: rustc goes through them as through a list, so deep and no
/// deeper.
const MOST_MEMBERS: usize = 64;

/// How many values a value of a type may hold in itself, not counting lists and what stands in a box: each
/// level may double them, and Rust has room for all.
const MOST_VALUES: usize = 4096;

/// The types that a catalog declares: their names, places and fields.
pub(super) struct Types<'a> {
    findings: &'a Findings,
    declared: BTreeMap<String, Range<usize>>,
    fields: BTreeMap<String, Vec<Field>>,
}

impl<'a> Types<'a> {
    /// Reads the `[type.Name]` tables.
    pub(super) fn read(findings: &'a Findings, table: Option<&Table>) -> (Self, Vec<NamedType>) {
        let entries: &[Entry] = table.map_or(&[], |table| &table.entries);
        let mut declared = BTreeMap::new();
        for entry in entries {
            let camel = super::names::camel(&entry.key);
            if camel.as_ref() == Ok(&entry.key)
                && !SCALARS.iter().any(|(name, _)| *name == entry.key)
            {
                declared.insert(entry.key.clone(), entry.key_span.clone());
            } else {
                let proposal = camel.unwrap_or_else(|proposal| proposal);
                findings.report(
                    &entry.key_span,
                    format!("`{}` is no name for a type", entry.key),
                    "types are named as in Rust, `FieldError`",
                    &format!("write [type.{proposal}]"),
                );
            }
        }
        let mut types = Self {
            findings,
            declared,
            fields: BTreeMap::new(),
        };
        for entry in entries
            .iter()
            .filter(|entry| types.declared.contains_key(&entry.key))
        {
            let Kind::Table(table) = &entry.value.kind else {
                findings.wrong_kind(&entry.value, "a type", "a table of its members");
                continue;
            };
            if table.entries.is_empty() {
                let title = format!("the type `{}` has no member", entry.key);
                findings.report(
                    &entry.key_span,
                    title,
                    "empty",
                    "use `any`, or name its members",
                );
            }
            let fields = types.members(table);
            types.fields.insert(entry.key.clone(), fields);
        }
        types.box_recursion();
        types.bound_sizes();
        let named = entries.iter().filter_map(|entry| {
            let fields = types.fields.get(&entry.key)?.clone();
            Some(NamedType {
                name: entry.key.clone(),
                fields,
            })
        });
        let named = named.collect();
        (types, named)
    }

    /// Where each named type is declared.
    pub(super) fn declared(&self) -> &BTreeMap<String, Range<usize>> {
        &self.declared
    }

    /// The members of a named type.
    pub(super) fn fields(&self, name: &str) -> &[Field] {
        self.fields.get(name).map_or(&[], Vec::as_slice)
    }

    /// A table of members: each a type, or a table with `type`, `description` and `rust-name`.
    pub(super) fn members(&self, table: &Table) -> Vec<Field> {
        if table.entries.len() > MOST_MEMBERS {
            let title = format!("an object of more than {MOST_MEMBERS} members");
            let help = "make types of members that belong together: [type.Name]";
            self.findings.report(
                &table.entries[MOST_MEMBERS].key_span,
                title,
                "one too many",
                help,
            );
        }
        let mut scope = Scope::default();
        table
            .entries
            .iter()
            .filter_map(|entry| self.member(entry, &mut scope))
            .collect()
    }

    fn member(&self, entry: &Entry, scope: &mut Scope) -> Option<Field> {
        let key = At {
            value: entry.key.clone(),
            span: entry.key_span.clone(),
        };
        let (ty, description, rust_name) = match &entry.value.kind {
            Kind::Table(table) => {
                let fields = Fields::new(
                    self.findings,
                    table,
                    "a member",
                    &["type", "description", "rust-name"],
                );
                (
                    fields.required("type")?,
                    fields.text("description"),
                    fields.text_at("rust-name"),
                )
            }
            Kind::Text(_) => (text(self.findings, &entry.value, "a type")?, None, None),
            _ => {
                self.findings.wrong_kind(
                    &entry.value,
                    "a member",
                    "a type, or a table with `type`",
                );
                return None;
            }
        };
        let rust_name = settle(self.findings, &key, rust_name, Case::Snake);
        if let Some(name) = &rust_name {
            scope.take(self.findings, name, &key.span, name);
        }
        let ty = self.parse(&ty)?;
        Some(Field {
            name: key.value,
            rust_name: rust_name?,
            ty,
            description,
            boxed: false,
        })
    }

    /// A type from its text.
    pub(super) fn parse(&self, text: &At<String>) -> Option<Type> {
        let result = self.parse_part(text.value.trim(), 0);
        result
            .map_err(|problem| {
                let finding = Finding::error(problem.title)
                    .at(self.findings.place(&text.span), problem.label);
                self.findings.push(finding.maybe_help(problem.help));
            })
            .ok()
    }

    fn parse_part(&self, text: &str, depth: usize) -> Result<Type, Problem> {
        if depth == DEEPEST {
            return Err(Problem::new(
                "this type nests too deep",
                format!("more than {DEEPEST} levels"),
                None,
            ));
        }
        let inside = |open, close| {
            text.strip_prefix(open)
                .and_then(|rest| rest.strip_suffix(close))
        };
        if let Some(inner) = text.strip_suffix('?') {
            return match self.parse_part(inner, depth + 1)? {
                Type::Optional(_) => Err(Problem::new(
                    format!("`{text}` is optional twice"),
                    "one `?` is enough",
                    Some(format!("write `{inner}`")),
                )),
                inner => Ok(Type::Optional(Box::new(inner))),
            };
        }
        if let Some(inner) = inside('[', ']') {
            return Ok(Type::List(Box::new(self.parse_part(inner, depth + 1)?)));
        }
        if let Some(inner) = inside('{', '}') {
            return Ok(Type::Map(Box::new(self.parse_part(inner, depth + 1)?)));
        }
        if let Some((_, scalar)) = SCALARS.iter().find(|(name, _)| *name == text) {
            return Ok(scalar.clone());
        }
        if self.declared.contains_key(text) {
            return Ok(Type::Named(text.to_owned()));
        }
        let known = SCALARS
            .iter()
            .map(|(name, _)| *name)
            .chain(self.declared.keys().map(String::as_str));
        let known: Vec<&str> = known.collect();
        let help = suggest::did_you_mean(text, known.iter().copied()).unwrap_or_else(|| {
            format!("types are {}, and of these [T], {{T}} and T?; your own are declared as [type.Name]", suggest::list(&known))
        });
        Err(Problem::new(
            format!("there is no type `{text}`"),
            "unknown type",
            Some(help),
        ))
    }

    /// A type that holds itself: in Rust through a box where it may be absent, and not at all where
    /// it must be there, for then no value would ever end.
    fn box_recursion(&mut self) {
        let directly = |ty: &Type| match ty {
            Type::Named(name) => Some((name.clone(), false)),
            Type::Optional(inner) => match &**inner {
                Type::Named(name) => Some((name.clone(), true)),
                _ => None,
            },
            _ => None,
        };
        let edges = |optional_too: bool| -> BTreeMap<&String, BTreeSet<String>> {
            let held = |fields: &Vec<Field>| {
                let held = fields.iter().filter_map(|field| directly(&field.ty));
                held.filter(|(_, optional)| optional_too || !optional)
                    .map(|(name, _)| name)
                    .collect()
            };
            self.fields
                .iter()
                .map(|(name, fields)| (name, held(fields)))
                .collect()
        };
        let direct = edges(false);
        for name in direct.keys().filter(|name| reaches(&direct, name, name)) {
            self.findings.report(
                &self.declared[*name],
                format!("a value of the type `{name}` would hold another, without end"),
                "holds itself",
                "make a member on the way optional (`T?`) or a list (`[T]`)",
            );
        }
        let edges = edges(true);
        let boxed: Vec<(String, usize)> = self
            .fields
            .iter()
            .flat_map(|(name, fields)| {
                fields
                    .iter()
                    .enumerate()
                    .map(move |(index, field)| (name, index, field))
            })
            .filter(|(name, _, field)| {
                directly(&field.ty).is_some_and(|(held, optional)| {
                    optional && (held == **name || reaches(&edges, &held, name))
                })
            })
            .map(|(name, index, _)| (name.clone(), index))
            .collect();
        for (name, index) in boxed {
            if let Some(fields) = self.fields.get_mut(&name) {
                fields[index].boxed = true;
            }
        }
    }

    /// A type that holds too many values is reported, and not again whatever holds that type.
    fn bound_sizes(&self) {
        let mut sizes = BTreeMap::new();
        for (name, fields) in &self.fields {
            let size = self.size(name, &mut sizes);
            let mut held = fields.iter().filter_map(|field| held_inside(field));
            if size > MOST_VALUES && held.all(|name| self.size(name, &mut sizes) <= MOST_VALUES) {
                self.findings.report(
                    &self.declared[name],
                    format!(
                        "a value of the type `{name}` would hold more than {MOST_VALUES} others"
                    ),
                    "holds too many",
                    "make a member on the way a list (`[T]`), or leave out what no body holds",
                );
            }
        }
    }

    /// How many values a value of the type holds in itself.
    fn size<'t>(&'t self, name: &'t str, sizes: &mut BTreeMap<&'t str, usize>) -> usize {
        if let Some(size) = sizes.get(name) {
            return *size;
        }
        // One that holds itself has been told of.
        sizes.insert(name, 1);
        let of = |field| held_inside(field).map_or(1, |name| self.size(name, sizes));
        let size = self
            .fields(name)
            .iter()
            .map(of)
            .fold(0, usize::saturating_add);
        sizes.insert(name, size);
        size
    }

    /// A value, where it is of the type; findings where it is not.
    pub(super) fn value(&self, value: &Value, ty: &Type) -> Option<model::Value> {
        let constant = constant(self.findings, value);
        constant.filter(|_| self.fits(value, ty))
    }

    /// An object with these members.
    pub(super) fn object(&self, value: &Value, fields: &[Field], of: &str) -> Option<model::Value> {
        let constant = constant(self.findings, value);
        constant.filter(|_| self.fits_object(value, fields, of))
    }

    fn fits(&self, value: &Value, ty: &Type) -> bool {
        let fits = match (ty, &value.kind) {
            // An integer that does not fit has been told of where it was read.
            (_, Kind::Integer(None))
            | (Type::Any, _)
            | (Type::String, Kind::Text(_))
            | (Type::Bool, Kind::Bool(_))
            | (Type::I64, Kind::Integer(Some(_)))
            | (Type::F64, Kind::Float(_) | Kind::Integer(Some(_))) => true,
            (Type::U32, Kind::Integer(Some(integer))) => u32::try_from(*integer).is_ok(),
            (Type::U64, Kind::Integer(Some(integer))) => u64::try_from(*integer).is_ok(),
            (Type::List(item), Kind::List(values)) => {
                return all(values.iter().map(|value| self.fits(value, item)));
            }
            (Type::Map(item), Kind::Table(table)) => {
                return all(table
                    .entries
                    .iter()
                    .map(|entry| self.fits(&entry.value, item)));
            }
            (Type::Optional(inner), _) => return self.fits(value, inner),
            (Type::Named(name), _) => {
                return self.fits_object(value, self.fields(name), &format!("a `{name}`"));
            }
            _ => false,
        };
        if !fits {
            self.findings.report(
                &value.span,
                format!("this is not of type `{ty}`"),
                value.kind.name(),
                "",
            );
        }
        fits
    }

    fn fits_object(&self, value: &Value, fields: &[Field], of: &str) -> bool {
        let Kind::Table(table) = &value.kind else {
            self.findings.wrong_kind(value, of, "a table");
            return false;
        };
        let names: Vec<&str> = fields.iter().map(|field| field.name.as_str()).collect();
        let mut fits = true;
        for entry in &table.entries {
            if let Some(field) = fields.iter().find(|field| field.name == entry.key) {
                fits &= self.fits(&entry.value, &field.ty);
            } else {
                fits = false;
                let finding = Finding::error(format!("{of} has no member `{}`", entry.key))
                    .at(self.findings.place(&entry.key_span), "not declared")
                    .maybe_help(suggest::did_you_mean(&entry.key, names.iter().copied()));
                self.findings.push(finding);
            }
        }
        for field in fields {
            if !matches!(field.ty, Type::Optional(_)) && table.get(&field.name).is_none() {
                fits = false;
                let title = format!("{of} needs the member `{}`", field.name);
                self.findings.report(
                    &value.span,
                    title,
                    "missing here",
                    "give it, or declare its type with `?`",
                );
            }
        }
        fits
    }
}

struct Problem {
    title: String,
    label: String,
    help: Option<String>,
}

impl Problem {
    fn new(title: impl Into<String>, label: impl Into<String>, help: Option<String>) -> Self {
        Self {
            title: title.into(),
            label: label.into(),
            help,
        }
    }
}

/// The type of which a member holds a value in itself.
fn held_inside(field: &Field) -> Option<&str> {
    match &field.ty {
        Type::Named(name) => Some(name),
        Type::Optional(inner) => match &**inner {
            Type::Named(name) if !field.boxed => Some(name),
            _ => None,
        },
        _ => None,
    }
}

/// Whether all are true, every one being asked: each may have findings of its own.
fn all(fit: impl Iterator<Item = bool>) -> bool {
    fit.filter(|fits| !fits).count() == 0
}

/// Whether `to` is held, at any depth, by `from`.
fn reaches(edges: &BTreeMap<&String, BTreeSet<String>>, from: &String, to: &String) -> bool {
    let mut seen = BTreeSet::new();
    let mut left = vec![from];
    while let Some(name) = left.pop() {
        for held in edges.get(name).into_iter().flatten() {
            if held == to {
                return true;
            }
            if seen.insert(held) {
                left.push(held);
            }
        }
    }
    false
}
