//! The columns that a catalog declares: an enum where values are names, an accessor and a table.

use std::collections::HashMap;
use std::fmt::Write;

use crate::emit::markdown_escape::{doc, doc_code};
use crate::emit::rust::code::write_enum;
use crate::emit::rust::expression::{Expression, RustText, write_literal};
use crate::emit::rust::items::{write_block, write_code, write_docs};
use crate::model::{Catalog, Column, ColumnKind, Type, Value, Variant};

pub(super) fn emit(catalog: &Catalog, out: &mut String) {
    for column in &catalog.columns {
        if let ColumnKind::Names {
            rust_name,
            variants,
        } = &column.kind
        {
            out.push('\n');
            write_docs(out, "", &docs(column));
            names(rust_name, variants, out);
        }
    }
    if catalog.columns.is_empty() {
        return;
    }
    out.push_str("\n/// The columns that the catalog declares.\nimpl Code ");
    write_block(out, "", |out| {
        for (index, column) in catalog.columns.iter().enumerate() {
            out.push_str(if index > 0 { "\n" } else { "" });
            accessor(column, out);
        }
    });
}

fn docs(column: &Column) -> String {
    match &column.description {
        Some(description) => doc(&format!("{}: {description}", column.title)),
        None => doc(&column.title),
    }
}

/// Appends an enum of names with the name as its text.
fn names(rust_name: &str, variants: &[Variant], out: &mut String) {
    let documented = variants.iter();
    let documented = documented.map(|variant| (doc_code(&variant.name), &*variant.rust_name));
    write_enum(out, rust_name, documented);
    let _ = write!(
        out,
        "
impl {rust_name} {{
    /// The name in the catalog.
    pub const fn as_str(self) -> &'static str {{
        match self "
    );
    write_block(out, "        ", |out| {
        for Variant { name, rust_name } in variants {
            let mut arm = format!("Self::{rust_name} => ");
            write_literal(&mut arm, name);
            arm.push(',');
            write_code(out, "            ", &arm);
        }
    });
    let _ = write!(
        out,
        "    }}
}}

impl ::core::fmt::Display for {rust_name} {{
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {{
        f.pad(self.as_str())
    }}
}}
"
    );
}

fn accessor(column: &Column, out: &mut String) {
    let (name, table) = (&column.rust_name, table_name(column));
    let ty = column_type(column, "", "::core::option::Option");
    write_docs(out, "    ", &docs(column));
    let signature = format!("pub const fn {name}(self) -> {ty} {{");
    write_code(out, "    ", &signature);
    let _ = write!(out, "        tables::{table}[self as usize]\n    }}\n");
}

/// The name of the static that holds a column.
pub(super) fn table_name(column: &Column) -> String {
    let name = column.rust_name.trim_start_matches("r#");
    format!("COLUMN_{}", name.to_uppercase())
}

/// The type of a column's values; `module` is before an enum that the catalog declares.
pub(super) fn column_type(column: &Column, module: &str, option: &str) -> String {
    let ty = match &column.kind {
        ColumnKind::Type(ty) => constant_type(ty, option),
        ColumnKind::Names { rust_name, .. } => format!("{module}{rust_name}"),
    };
    if column.optional {
        format!("{option}<{ty}>")
    } else {
        ty
    }
}

/// The type of a constant: slices for lists, slices of pairs for maps.
fn constant_type(ty: &Type, option: &str) -> String {
    match ty {
        Type::String => "&'static str".to_owned(),
        Type::Bool | Type::U32 | Type::U64 | Type::I64 | Type::F64 => ty.to_string(),
        Type::List(item) => format!("&'static [{}]", constant_type(item, option)),
        Type::Map(item) => {
            format!("&'static [(&'static str, {})]", constant_type(item, option))
        }
        Type::Optional(inner) => format!("{option}<{}>", constant_type(inner, option)),
        Type::Any | Type::Named(_) => unreachable!("`check` takes no such column"),
    }
}

/// The values of a column.
pub(super) fn values<'a>(
    catalog: &'a Catalog,
    index: usize,
    column: &'a Column,
) -> Vec<Option<Constant<'a>>> {
    let variants: HashMap<&str, &str> = match &column.kind {
        ColumnKind::Type(_) => HashMap::new(),
        ColumnKind::Names { variants, .. } => {
            let variants = variants.iter();
            variants.map(|it| (&*it.name, &*it.rust_name)).collect()
        }
    };
    let constant = |value: &'a Value| match (&column.kind, value) {
        (ColumnKind::Type(ty), value) => Constant::Typed(ty, value),
        (ColumnKind::Names { rust_name, .. }, Value::Text(name)) => {
            Constant::Variant(rust_name, variants[name.as_str()])
        }
        (ColumnKind::Names { .. }, _) => unreachable!("`check` takes texts for names"),
    };
    let values = catalog.errors.iter().map(|error| &error.columns[index]);
    values.map(|value| value.as_ref().map(&constant)).collect()
}

/// A value that is not absent.
pub(super) enum Constant<'a> {
    Typed(&'a Type, &'a Value),
    /// The names of an enum and of its variant.
    Variant(&'a str, &'a str),
}

impl Expression for Constant<'_> {
    fn write(&self, out: &mut RustText) {
        match *self {
            Self::Variant(name, variant) => {
                let _ = write!(out.text, "super::{name}::{variant}");
            }
            Self::Typed(Type::Optional(inner), value) => {
                Some(Constant::Typed(inner, value)).write(out);
            }
            Self::Typed(Type::List(item), Value::List(values)) => {
                let values = values.iter().map(|value| Constant::Typed(item, value));
                values.collect::<Vec<_>>().write(out);
            }
            Self::Typed(Type::Map(item), Value::Map(entries)) => {
                let entries = entries.iter();
                let entries = entries.map(|(key, value)| (key, Constant::Typed(item, value)));
                entries.collect::<Vec<_>>().write(out);
            }
            #[expect(clippy::cast_precision_loss, reason = "an f64 holds no more")]
            Self::Typed(Type::F64, Value::Integer(integer)) => (*integer as f64).write(out),
            Self::Typed(_, Value::Integer(integer)) => integer.write(out),
            Self::Typed(_, Value::Float(float)) => float.write(out),
            Self::Typed(_, Value::Bool(bool)) => bool.write(out),
            Self::Typed(_, Value::Text(text)) => text.write(out),
            Self::Typed(_, Value::List(_) | Value::Map(_)) => {
                unreachable!("`check` takes values of the column's type")
            }
        }
    }
}
