//! Types: their syntax, named types, and whether a value is of a type.

use std::cell::Cell;
use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use crate::check::did_you_mean;
use crate::check::findings::Findings;
use crate::check::rust_names::{Case, Scope, camel, settle};
use crate::check::table_reader::{Spanned, TableReader, constant, text};
use crate::check::type_graph::{components, heaviest_paths, postorder};
use crate::findings::{Finding, RuleId};
use crate::keys::{self, DEEPEST, MOST_MEMBERS};
use crate::line_index::Location;
use crate::model::{self, Details, Field, NamedType, Type};
use crate::toml::{KeyValue, TomlKind, TomlTable, TomlValue};

/// How many members a value of a type may have to hold, all levels counted, and on how many levels:
/// details are read with their types down to so many.
const MOST_HELD: usize = 1000;
const MOST_LEVELS: usize = 64;

/// How many layers of Rust types may be in each other, those of named types included. To see whether a type is `Send`,
/// rustc looks through all layers, and refuses more than 128 (its `recursion_limit`). Half of them are left to the
/// program, whose futures and errors hold the details.
const MOST_LAYERS: usize = 64;

/// The types that a catalog declares: their names, places and fields.
pub(super) struct NamedTypes<'a> {
    findings: &'a Findings,
    declared: BTreeMap<String, Range<usize>>,
    fields: BTreeMap<String, Vec<Field>>,
    /// How many layers each type has; see [`MOST_LAYERS`].
    layers: BTreeMap<String, usize>,
    /// Whether `any` stands for types that could not be read.
    guessed: Cell<bool>,
}

impl<'a> NamedTypes<'a> {
    /// Reads the `[type.Name]` tables.
    pub(super) fn read(findings: &'a Findings, entries: &[KeyValue]) -> (Self, Vec<NamedType>) {
        let mut declared = BTreeMap::new();
        for entry in entries {
            // Even under a bad name it is known: what uses it is not wrong for that.
            declared.insert(entry.key.clone(), entry.key_span.clone());
            let camel_case = camel(&entry.key);
            if camel_case.as_ref() != Ok(&entry.key) || scalar(&entry.key).is_some() {
                let title = format!("`{}` is no name for a type", entry.key);
                let label = "types are named as in Rust, `FieldError`";
                let proposal = camel_case.unwrap_or_else(|proposal| proposal);
                let help = format!("write [type.{proposal}]");
                findings.report(RuleId::BadTypeName, &entry.key_span, title, label, &help);
            }
        }
        let mut types = Self {
            findings,
            declared,
            fields: BTreeMap::new(),
            layers: BTreeMap::new(),
            guessed: Cell::default(),
        };
        for entry in entries {
            let TomlKind::Table(table) = &entry.value.kind else {
                findings.wrong_kind(&entry.value, "a type", "a table of its members");
                continue;
            };
            if table.entries.is_empty() {
                let title = format!("the type `{}` has no member", entry.key);
                let help = "use `any`, or name its members";
                findings.report(RuleId::Empty, &entry.key_span, title, "empty", help);
            }
            let fields = types.members(table);
            types.fields.insert(entry.key.clone(), fields);
        }
        types.box_recursion();
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
    pub(super) fn members(&self, table: &TomlTable) -> Vec<Field> {
        if table.entries.len() > MOST_MEMBERS {
            let title = format!("an object of more than {MOST_MEMBERS} members");
            let rule = RuleId::TooManyMembers;
            let label = "one too many";
            let help = "members of one kind are a map, \"{T}\"; else let `details` be \"any\"";
            let span = &table.entries[MOST_MEMBERS].key_span;
            self.findings.report(rule, span, title, label, help);
        }
        let mut scope = Scope::default();
        let entries = table.entries.iter().take(MOST_MEMBERS);
        entries
            .filter_map(|entry| self.member(entry, &mut scope))
            .collect()
    }

    /// Whether a type stands for one that could not be read. Then anything may fit.
    pub(super) fn is_guess(&self, ty: &Type) -> bool {
        *ty == Type::Any && self.guessed.get()
    }

    fn member(&self, entry: &KeyValue, scope: &mut Scope) -> Option<Field> {
        let key = Spanned::key(entry);
        let (ty, description, rust_name) = match &entry.value.kind {
            TomlKind::Table(table) => {
                let fields = TableReader::new(self.findings, table, &keys::MEMBER_TABLE);
                (
                    fields.required(&keys::member::TYPE)?,
                    fields.text(&keys::member::DESCRIPTION),
                    fields.text_at(&keys::member::RUST_NAME),
                )
            }
            TomlKind::Text(_) => (text(self.findings, &entry.value, "a type")?, None, None),
            _ => {
                let wanted = "a type, or a table with `type`";
                self.findings.wrong_kind(&entry.value, "a member", wanted);
                return None;
            }
        };
        let rust_name = settle(self.findings, &key, rust_name, Case::Snake);
        if let Some(name) = &rust_name {
            scope.take(self.findings, name, &key.span, name);
        }
        // What is declared badly is declared: what uses it is not wrong for that.
        let ty = self.parse(&ty).unwrap_or_else(|| {
            self.guessed.set(true);
            Type::Any
        });
        Some(Field {
            name: key.value,
            rust_name: rust_name.unwrap_or_default(),
            ty,
            description,
            boxed: false,
        })
    }

    /// A type from its text.
    pub(super) fn parse(&self, text: &Spanned<String>) -> Option<Type> {
        let place = self.findings.location(&text.span);
        let parsed = self.parse_part(text.value.trim(), &place, 0);
        let report = |finding: Box<Finding>| self.findings.push(*finding);
        parsed.map_err(report).ok()
    }

    fn parse_part(&self, text: &str, place: &Location, depth: usize) -> Result<Type, Box<Finding>> {
        let problem = |rule, title: &str, label: &str, help: &str| {
            let finding = Finding::error(rule, title).at(place.clone(), label);
            Box::new(finding.help(help))
        };
        let parse_inner = |inner| self.parse_part(inner, place, depth + 1);
        if depth == DEEPEST {
            let label = format!("more than {DEEPEST} levels");
            let help = "delete brackets, or give the inner part a name: [type.Name]";
            let title = "this type nests too deep";
            return Err(problem(RuleId::TypeTooDeep, title, &label, help));
        }
        let inside = |open, close| {
            text.strip_prefix(open)
                .and_then(|rest| rest.strip_suffix(close))
        };
        if let Some(inner) = text.strip_suffix('?') {
            return match parse_inner(inner)? {
                Type::Optional(_) => {
                    let title = format!("`{text}` is optional twice");
                    let label = "one `?` is enough";
                    let help = format!("write `{inner}`");
                    Err(problem(RuleId::OptionalTwice, &title, label, &help))
                }
                inner => Ok(Type::Optional(Box::new(inner))),
            };
        }
        if let Some(inner) = inside('[', ']') {
            return Ok(Type::List(Box::new(parse_inner(inner)?)));
        }
        if let Some(inner) = inside('{', '}') {
            return Ok(Type::Map(Box::new(parse_inner(inner)?)));
        }
        if let Some(scalar) = scalar(text) {
            return Ok(scalar.clone());
        }
        if self.declared.contains_key(text) {
            return Ok(Type::Named(text.to_owned()));
        }
        let ours = other_name(text).map(|ours| format!("here it is called `{ours}`"));
        let ours = ours.or_else(|| {
            let (open, inner, close) = other_shape(text)?;
            let inner = other_name(inner).unwrap_or(inner);
            parse_inner(inner).ok()?;
            Some(format!("did you mean `{open}{inner}{close}`?"))
        });
        let help = ours.unwrap_or_else(|| {
            let scalars = Type::SCALARS.iter().map(|(name, _)| *name);
            let known = scalars.chain(self.declared.keys().map(String::as_str));
            self.findings.did_you_mean(text, known.clone(), || {
                let known = did_you_mean::list(known);
                format!("types are {known}, and of these [T], {{T}} and T?; your own are declared as [type.Name]")
            })
        });
        let title = format!("there is no type `{text}`");
        Err(problem(RuleId::UnknownType, &title, "unknown type", &help))
    }

    /// A type that holds itself: in Rust through a box where it may be absent, and not at all where
    /// it must be there, for then no value would ever end.
    fn box_recursion(&mut self) {
        let names: Vec<String> = self.fields.keys().cloned().collect();
        // What a field holds directly, and whether it may be absent. The names are sorted.
        let held = |field: &Field| {
            let (ty, optional) = match &field.ty {
                Type::Optional(inner) => (&**inner, true),
                ty => (ty, false),
            };
            let Type::Named(name) = ty else { return None };
            Some((names.binary_search(name).ok()?, optional))
        };
        let edges = |optional_too: bool| -> Vec<Vec<usize>> {
            let of = |fields: &Vec<Field>| {
                let held = fields.iter().filter_map(held);
                let held = held.filter(|(_, optional)| optional_too || !optional);
                held.map(|(index, _)| index).collect()
            };
            self.fields.values().map(of).collect()
        };
        let direct = edges(false);
        let component = components(&direct);
        for (from, targets) in direct.iter().enumerate() {
            if targets.iter().any(|&to| component[to] == component[from]) {
                let name = &names[from];
                let rule = RuleId::EndlessType;
                let label = "holds itself";
                let title = format!("a value of the type `{name}` would hold another, without end");
                let remedy =
                    "make a member on the way optional (`T?`), a list (`[T]`) or a map (`{T}`)";
                self.findings
                    .report(rule, &self.declared[name], title, label, remedy);
            }
        }
        let small = self.limit_sizes(&names, &direct, &component);
        let component = components(&edges(true));
        for (from, fields) in self.fields.values_mut().enumerate() {
            for field in fields {
                let back = held(field).filter(|(to, _)| component[*to] == component[from]);
                field.boxed = back.is_some_and(|(_, optional)| optional);
            }
        }
        self.limit_layers(&names, &small);
    }

    /// Reports types that are so deep in each other that rustc refuses them.
    fn limit_layers(&mut self, names: &[String], small: &[bool]) {
        let (mut edges, mut ends) = (Vec::new(), Vec::new());
        for fields in self.fields.values() {
            let (mut own, mut end) = (Vec::new(), 0);
            for field in fields {
                let (layers, innermost) = layers_of_member(field);
                match innermost.map(|name| names.binary_search_by(|other| other.as_str().cmp(name)))
                {
                    Some(Ok(to)) => own.push((to, layers)),
                    _ => end = end.max(layers),
                }
            }
            edges.push(own);
            ends.push(end);
        }
        let layers = heaviest_paths(&edges, &ends);
        let is_deep = |index: usize| layers[index] > MOST_LAYERS;
        let targets = edges.iter().map(|edges| edges.iter().map(|(to, _)| *to));
        let component = components(&targets.map(Iterator::collect).collect::<Vec<_>>());
        let mut reported = HashSet::new();
        // Of types that hold each other, the first that is too deep. One that is too large has its finding.
        for (from, name) in names.iter().enumerate() {
            let inner = edges[from].iter().map(|(to, _)| *to);
            let mut inner = inner.filter(|to| component[*to] != component[from]);
            let first = !inner.any(is_deep) && small[from];
            if is_deep(from) && first && reported.insert(component[from]) {
                let title = format!("the types in `{name}` nest too deep");
                self.too_deep(&self.declared[name], title, layers[from]);
            }
        }
        self.layers = names.iter().cloned().zip(layers).collect();
    }

    /// Reports details that have too many layers, if no type in them has too many itself.
    pub(super) fn limit_details(&self, details: &Details, span: &Range<usize>) {
        let layers = |(own, innermost): (usize, Option<&str>)| match innermost {
            Some(name) => {
                let of_type = self.layers.get(name).copied().unwrap_or_default();
                (of_type <= MOST_LAYERS).then_some(own + of_type)
            }
            None => Some(own),
        };
        let layers = match details {
            Details::Object(fields) => {
                let fields = fields
                    .iter()
                    .filter_map(|field| layers(layers_of_member(field)));
                1 + fields.max().unwrap_or_default()
            }
            Details::Whole(ty) => layers(layers_of(ty)).unwrap_or_default(),
        };
        if layers > MOST_LAYERS {
            self.too_deep(span, "these details nest too deep".to_owned(), layers);
        }
    }

    fn too_deep(&self, span: &Range<usize>, title: String, layers: usize) {
        let label = format!("{layers} layers, where {MOST_LAYERS} are the most");
        let help = "a type and a `?` are a layer each, a list or a map three: let an inner member be `any`";
        self.findings
            .report(RuleId::TypeTooDeep, span, title, &label, help);
    }

    /// What a value must hold is written into every example, so there may not be too much of it.
    ///
    /// Returns for each type whether it is small enough.
    fn limit_sizes(
        &self,
        names: &[String],
        direct: &[Vec<usize>],
        component: &[usize],
    ) -> Vec<bool> {
        let (mut members, mut levels) = (vec![0_usize; names.len()], vec![0_usize; names.len()]);
        // What is held comes before what holds it.
        for from in postorder(direct) {
            let inner = direct[from].iter().copied();
            let inner = inner.filter(|to| component[*to] != component[from]);
            let required = |field: &&Field| !matches!(field.ty, Type::Optional(_));
            let own = self.fields[&names[from]].iter().filter(required).count();
            let of_inner = inner.clone().map(|to| members[to]);
            members[from] = of_inner.fold(own, usize::saturating_add);
            let deepest = inner.clone().map(|to| levels[to]).max();
            levels[from] = 1 + deepest.unwrap_or_default();
            let small = |index: usize| members[index] <= MOST_HELD && levels[index] <= MOST_LEVELS;
            // Of types that hold each other, the first that is too large.
            if !small(from) && inner.clone().all(small) {
                let name = &names[from];
                let title = format!("a value of the type `{name}` holds too much");
                let label = format!(
                    "{} members on {} levels, where {MOST_HELD} and {MOST_LEVELS} are the most",
                    members[from], levels[from]
                );
                let help = "make members optional (`T?`), or let them be `any`";
                self.findings
                    .report(RuleId::LargeType, &self.declared[name], title, &label, help);
            }
        }
        let sizes = members.iter().zip(&levels);
        let small = sizes.map(|(members, levels)| *members <= MOST_HELD && *levels <= MOST_LEVELS);
        small.collect()
    }

    /// A value, where it is of the type; findings where it is not.
    pub(super) fn value(&self, value: &TomlValue, ty: &Type) -> Option<model::Value> {
        let constant = constant(self.findings, value);
        constant.filter(|_| self.fits(value, ty))
    }

    /// An object with these members.
    pub(super) fn object(
        &self,
        value: &TomlValue,
        fields: &[Field],
        of: &str,
    ) -> Option<model::Value> {
        let constant = constant(self.findings, value);
        constant.filter(|_| self.fits_object(value, fields, of))
    }

    fn fits(&self, value: &TomlValue, ty: &Type) -> bool {
        let fits = match (ty, &value.kind) {
            // An integer that does not fit has been told of where it was read.
            (_, TomlKind::Integer(None))
            | (Type::Any, _)
            | (Type::String, TomlKind::Text(_))
            | (Type::Bool, TomlKind::Bool(_))
            | (Type::I64, TomlKind::Integer(Some(_)))
            | (Type::F64, TomlKind::Float(_) | TomlKind::Integer(Some(_))) => true,
            (Type::U32, TomlKind::Integer(Some(integer))) => u32::try_from(*integer).is_ok(),
            (Type::U64, TomlKind::Integer(Some(integer))) => u64::try_from(*integer).is_ok(),
            (Type::List(item), TomlKind::List(values)) => {
                return all(values.iter().map(|value| self.fits(value, item)));
            }
            (Type::Map(item), TomlKind::Table(table)) => {
                let entries = table.entries.iter();
                return all(entries.map(|entry| self.fits(&entry.value, item)));
            }
            (Type::Optional(inner), _) => return self.fits(value, inner),
            (Type::Named(name), _) => {
                return self.fits_object(value, self.fields(name), &format!("a `{name}`"));
            }
            _ => false,
        };
        if !fits {
            let title = format!("this is not of type `{ty}`");
            let wanted = of_type(ty);
            let help = format!("write {wanted}, or change the type where it is declared");
            let rule = RuleId::WrongType;
            let label = value.kind.name();
            self.findings.report(rule, &value.span, title, label, &help);
        }
        fits
    }

    fn fits_object(&self, value: &TomlValue, fields: &[Field], of: &str) -> bool {
        let TomlKind::Table(table) = &value.kind else {
            self.findings.wrong_kind(value, of, "a table");
            return false;
        };
        let mut fits = true;
        for entry in &table.entries {
            if let Some(field) = fields.iter().find(|field| field.name == entry.key) {
                fits &= self.fits(&entry.value, &field.ty);
            } else {
                fits = false;
                let names = fields.iter().map(|field| field.name.as_str());
                let help = self.findings.did_you_mean(&entry.key, names, || {
                    "declare it where its object is, or delete it".to_owned()
                });
                let span = &entry.key_span;
                let label = "not declared";
                let title = format!("{of} has no member `{}`", entry.key);
                self.findings
                    .report(RuleId::UnknownMember, span, title, label, &help);
            }
        }
        for field in fields {
            if !matches!(field.ty, Type::Optional(_)) && table.get(&field.name).is_none() {
                fits = false;
                let rule = RuleId::MissingMember;
                let label = "missing here";
                let title = format!("{of} needs the member `{}`", field.name);
                let help = "give it, or declare its type with `?`";
                self.findings.report(rule, &value.span, title, label, help);
            }
        }
        fits
    }
}

/// The layers of Rust types around the innermost type, and the name of that type if the catalog declares it.
fn layers_of(ty: &Type) -> (usize, Option<&str>) {
    let (own, inner) = match ty {
        Type::Optional(inner) => (1, inner),
        // `Vec` and `BTreeMap` consist of types that have the item as a parameter.
        Type::List(inner) | Type::Map(inner) => (3, inner),
        Type::Named(name) => return (0, Some(name)),
        _ => return (0, None),
    };
    let (layers, innermost) = layers_of(inner);
    (own + layers, innermost)
}

fn layers_of_member(field: &Field) -> (usize, Option<&str>) {
    let (layers, innermost) = layers_of(&field.ty);
    let of_box = if field.boxed { 2 } else { 0 };
    (of_box + layers, innermost)
}

/// The scalar type of a name.
fn scalar(name: &str) -> Option<&'static Type> {
    let mut scalars = Type::SCALARS.iter();
    scalars.find(|(own, _)| *own == name).map(|(_, ty)| ty)
}

/// What a type is called here that other languages call so.
fn other_name(text: &str) -> Option<&'static str> {
    match text {
        "int" | "integer" | "long" | "int64" => Some("i64"),
        "number" | "float" | "double" | "decimal" => Some("f64"),
        "boolean" => Some("bool"),
        "str" | "text" | "String" => Some("string"),
        "object" | "json" | "map" => Some("any"),
        _ => None,
    }
}

/// What stands here around the inner type of a list, a map or an optional type of other languages.
fn other_shape(text: &str) -> Option<(&'static str, &str, &'static str)> {
    if let Some(inner) = text.strip_suffix("[]").or(text.strip_prefix("[]")) {
        return Some(("[", inner, "]"));
    }
    let (name, inner) = text.strip_suffix('>')?.split_once('<')?;
    match name.to_ascii_lowercase().as_str() {
        "array" | "list" | "vec" => Some(("[", inner, "]")),
        "map" | "hashmap" | "btreemap" | "dict" | "record" => {
            let value = inner.split_once(',').map_or(inner, |(_, value)| value);
            Some(("{", value.trim(), "}"))
        }
        "option" | "optional" => Some(("", inner, "?")),
        _ => None,
    }
}

/// What a value of a type looks like in TOML.
pub(super) fn of_type(ty: &Type) -> &'static str {
    match ty {
        Type::String => "a string in quotes",
        Type::Bool => "true or false",
        Type::U32 => "an integer from 0 to 4294967295",
        Type::U64 => "an integer from 0 on",
        Type::I64 => "an integer",
        Type::F64 => "a number",
        Type::List(_) => "an array, [ … ]",
        Type::Map(_) | Type::Named(_) => "a table, { … }",
        Type::Optional(inner) => of_type(inner),
        Type::Any => "any value",
    }
}

/// Whether all are true, every one being asked: each may have findings of its own.
fn all(fit: impl Iterator<Item = bool>) -> bool {
    fit.filter(|fits| !fits).count() == 0
}
