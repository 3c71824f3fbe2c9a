//! The declared columns, `[column.name]`, and their values.

use std::collections::HashSet;

use errbook::__private::ACCESSOR_NAMES;

use crate::check::context::Context;
use crate::check::did_you_mean;
use crate::check::findings::Findings;
use crate::check::rust_names::{Case, Scope, camel, settle};
use crate::check::table_reader::{Spanned, TableReader, text, text_of};
use crate::check::types::of_type;
use crate::findings::RuleId;
use crate::keys::{self, MOST_COLUMNS};
use crate::model::{Column, ColumnKind, Type, Value, Variant};
use crate::toml::{KeyValue, TomlKind, TomlValue};

/// What every generated module has already.
const TYPES: &[&str] = &["Category", "Code", "Details", "Error", "ErrorRef"];
const NAME_TAKEN: &str = "the name is taken";

pub(super) fn read(context: &Context<'_>, root: &TableReader<'_>) -> Vec<Column> {
    let (mut accessors, mut enums) = (Scope::default(), Scope::default());
    let entries = root.entries(&keys::root::COLUMN);
    if let Some(entry) = entries.get(MOST_COLUMNS) {
        let title = format!("more than {MOST_COLUMNS} columns");
        let help = "columns of one kind are one column of type \"{T}\"";
        let span = &entry.key_span;
        let label = "one too many";
        let findings = context.findings;
        findings.report(RuleId::TooManyColumns, span, title, label, help);
    }
    let entries = entries.iter().take(MOST_COLUMNS);
    entries
        .filter_map(|entry| read_one(context, entry, &mut accessors, &mut enums))
        .collect()
}

/// The keys of all declared columns, those that are refused among them.
pub(super) fn keys<'a>(root: &TableReader<'a>) -> impl Iterator<Item = &'a str> {
    let table = root
        .value(&keys::root::COLUMN)
        .and_then(TomlValue::as_table);
    let entries = table.map_or(&[] as &[_], |table| &table.entries);
    entries.iter().map(|entry| entry.key.as_str())
}

fn read_one(
    context: &Context<'_>,
    entry: &KeyValue,
    accessors: &mut Scope,
    enums: &mut Scope,
) -> Option<Column> {
    let findings = context.findings;
    let key = Spanned::key(entry);
    if keys::ERROR_TABLE.key(&key.value).is_some() {
        let title = format!("every error has a key `{}` already", key.value);
        let label = "not to be declared again";
        let help = "use that key, if it is what you mean, or give the column another name";
        findings.report(RuleId::ColumnIsKey, &key.span, title, label, help);
        return None;
    }
    let Some(table) = entry.value.as_table() else {
        findings.wrong_kind(&entry.value, "a column", "a table with `type`");
        return None;
    };
    let fields = TableReader::new(findings, table, &keys::COLUMN_TABLE);
    let rust_name = fields.text_at(&keys::column::RUST_NAME);
    let rust_name = settle(findings, &key, rust_name, Case::Snake)?;
    take_accessor(findings, accessors, &rust_name, &key)?;
    let kind = match fields.value(&keys::column::TYPE) {
        Some(TomlValue {
            kind: TomlKind::List(names),
            ..
        }) => names_of(context, &key, &rust_name, names, enums),
        Some(value) => plain_type(context, value),
        None => {
            fields.missing(&keys::column::TYPE);
            None
        }
    };
    let (kind, optional) = optional(&fields, kind?);
    let title = fields.text(&keys::column::TITLE);
    let title = title.unwrap_or_else(|| title_of(&key.value));
    Some(Column {
        key: key.value,
        rust_name,
        title,
        description: fields.text(&keys::column::DESCRIPTION),
        kind,
        optional,
    })
}

/// Takes the name of the column's accessor; `None` where every code has one of this name.
fn take_accessor(
    findings: &Findings,
    accessors: &mut Scope,
    rust_name: &str,
    key: &Spanned<String>,
) -> Option<()> {
    if ACCESSOR_NAMES.contains(&rust_name) {
        let title = format!("every code has an accessor `{rust_name}` already");
        let help = format!("add rust-name = \"{rust_name}_column\", or a better word");
        findings.report(RuleId::NameTaken, &key.span, title, NAME_TAKEN, &help);
        return None;
    }
    let shown = format!("Code::{rust_name}");
    accessors.take(findings, rust_name, &key.span, &shown);
    Some(())
}

/// Whether errors may lack the column: `optional` says so, or its type.
fn optional(fields: &TableReader<'_>, kind: ColumnKind) -> (ColumnKind, bool) {
    let optional = fields.flag(&keys::column::OPTIONAL);
    let ColumnKind::Type(Type::Optional(inner)) = kind else {
        return (kind, optional);
    };
    if let Some(entry) = fields.entry(&keys::column::OPTIONAL) {
        let title = "the type says already that the column is optional";
        let span = &entry.key_span;
        let label = "said twice";
        let findings = fields.findings;
        findings.report(RuleId::OptionalTwice, span, title, label, "leave it out");
    }
    (ColumnKind::Type(*inner), true)
}

/// `needs_review` as a heading: `Needs review`.
fn title_of(key: &str) -> String {
    let words = key.replace(['-', '_'], " ");
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}

fn plain_type(context: &Context<'_>, value: &TomlValue) -> Option<ColumnKind> {
    let at = text(context.findings, value, "a column's type")?;
    let ty = context.types.parse(&at)?;
    if is_constant(&ty) {
        return Some(ColumnKind::Type(ty));
    }
    let title = format!("a column cannot be of type `{ty}`");
    let help = "columns are constants: of string, bool, numbers, and lists and maps of them, or one of a list of names";
    let label = "holds `any` or a type of the catalog's own";
    let findings = context.findings;
    findings.report(RuleId::ColumnType, &at.span, title, label, help);
    None
}

fn is_constant(ty: &Type) -> bool {
    match ty {
        Type::Any | Type::Named(_) => false,
        Type::List(inner) | Type::Map(inner) | Type::Optional(inner) => is_constant(inner),
        _ => true,
    }
}

fn names_of(
    context: &Context<'_>,
    key: &Spanned<String>,
    rust_name: &str,
    names: &[TomlValue],
    enums: &mut Scope,
) -> Option<ColumnKind> {
    let findings = context.findings;
    let enum_name = camel(rust_name.trim_start_matches("r#")).ok()?;
    if TYPES.contains(&enum_name.as_str()) {
        let title = format!("every module has a type `{enum_name}` already");
        let help = "give the column a `rust-name`";
        findings.report(RuleId::NameTaken, &key.span, title, NAME_TAKEN, help);
    }
    enums.take(findings, &enum_name, &key.span, &enum_name);
    if names.is_empty() {
        let title = "a column of no names has no values";
        let help = "name at least one, or give it a type: type = \"string\"";
        findings.report(RuleId::Empty, &key.span, title, "an empty list", help);
    }
    let mut scope = Scope::default();
    let variants = names.iter().filter_map(|name| {
        let name = text(findings, name, "a name")?;
        let variant = settle(findings, &name, None, Case::Word);
        if let Some(variant) = &variant {
            let shown = format!("{enum_name}::{variant}");
            let help = "leave one of them out, or give it another name";
            scope.take_or(findings, variant, &name.span, &shown, help);
        }
        Some(Variant {
            name: name.value,
            // Without one there is a finding; the errors that have it need none of their own.
            rust_name: variant.unwrap_or_default(),
        })
    });
    Some(ColumnKind::Names {
        variants: variants.collect(),
        rust_name: enum_name,
    })
}

/// The names that each column takes; none for one of a type.
pub(super) fn names(columns: &[Column]) -> Vec<HashSet<&str>> {
    let names = columns.iter().map(|column| match &column.kind {
        ColumnKind::Type(_) => HashSet::new(),
        ColumnKind::Names { variants, .. } => names_in_order(variants).collect(),
    });
    names.collect()
}

fn names_in_order(variants: &[Variant]) -> impl Iterator<Item = &str> + Clone {
    variants.iter().map(|variant| variant.name.as_str())
}

/// Reads the value of a column from an error. `names` are the names that the column accepts.
pub(super) fn value(
    context: &Context<'_>,
    column: &Column,
    names: &HashSet<&str>,
    fields: &TableReader<'_>,
) -> Option<Value> {
    let Some(entry) = fields.entry_named(&column.key) else {
        if !column.optional {
            let value = match &column.kind {
                ColumnKind::Type(ty) => of_type(ty).to_owned(),
                ColumnKind::Names { variants, .. } => {
                    format!("one of {}", did_you_mean::list(names_in_order(variants)))
                }
            };
            fields.lacks(&column.key, &format!("add `{}`: {value}", column.key));
        }
        return None;
    };
    let variants = match &column.kind {
        ColumnKind::Type(ty) => return context.types.value(&entry.value, ty),
        ColumnKind::Names { variants, .. } => variants,
    };
    let name = text_of(context.findings, entry)?;
    if names.contains(name.value.as_str()) {
        return Some(Value::Text(name.value));
    }
    let help = context
        .findings
        .one_of(&name.value, names_in_order(variants));
    let title = format!(
        "`{}` is not one of the names of `{}`",
        name.value, column.key
    );
    let rule = RuleId::UnknownColumnName;
    let label = "unknown name";
    context
        .findings
        .report(rule, &name.span, title, label, &help);
    None
}
