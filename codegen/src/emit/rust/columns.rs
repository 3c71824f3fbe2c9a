//! The columns that a catalog declares: an enum where values are names, and an accessor.

use std::collections::HashMap;

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use crate::emit::markdown_escape::{code, text};
use crate::emit::rust::expression::Expression;
use crate::emit::rust::items::{Items, doc_comment, ident, private_array};
use crate::model::{Catalog, Column, ColumnKind, Type, Value, Variant};

pub(super) fn emit(catalog: &Catalog, items: &mut Items) {
    for (index, column) in catalog.columns.iter().enumerate() {
        emit_one(catalog, index, column, items);
    }
}

fn emit_one(catalog: &Catalog, index: usize, column: &Column, items: &mut Items) {
    let name = ident(&column.rust_name);
    let table = format_ident!(
        "COLUMN_{}",
        column.rust_name.trim_start_matches("r#").to_uppercase()
    );
    let docs = doc_comment(&match &column.description {
        Some(description) => format!("{}: {}", text(&column.title), text(description)),
        None => text(&column.title),
    });
    let ty = match &column.kind {
        ColumnKind::Type(ty) => constant_type(ty),
        ColumnKind::Names { rust_name, .. } => rust_name.clone(),
    };
    let ty = if column.optional {
        format!("::core::option::Option<{ty}>")
    } else {
        ty
    };
    let constants = Constants::new(&column.kind);
    let values = catalog.errors.iter().map(|error| {
        let value = |value| constants.constant(value);
        match &error.columns[index] {
            Some(present) if !column.optional => value(present),
            present => Expression::option(present.as_ref().map(value)),
        }
    });
    if let ColumnKind::Names {
        rust_name,
        variants,
    } = &column.kind
    {
        names(rust_name, variants, &docs, items);
    }
    let head = private_array(&table.to_string(), &ty, catalog.errors.len());
    let ty: TokenStream = ty.parse().expect("a type is written as Rust");
    // prettyplease and rustfmt differ on where to break a long signature.
    items.push(quote! {
        #[rustfmt::skip]
        impl Code {
            #docs
            pub const fn #name(self) -> #ty {
                #table[self as usize]
            }
        }
    });
    items.push_value(&head, &Expression::array(values));
}

/// An enum of names with the name as its text.
fn names(rust_name: &str, variants: &[Variant], docs: &TokenStream, items: &mut Items) {
    let name = ident(rust_name);
    let idents: Vec<_> = variants
        .iter()
        .map(|variant| ident(&variant.rust_name))
        .collect();
    let texts: Vec<_> = variants
        .iter()
        .map(|variant| variant.name.as_str())
        .collect();
    let variant_docs = variants
        .iter()
        .map(|variant| doc_comment(&code(&variant.name)));
    items.push(quote! {
        #docs
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum #name {
            #(#variant_docs #idents,)*
        }
    });
    items.push(quote! {
        impl #name {
            /// The name in the catalog.
            pub const fn as_str(self) -> &'static str {
                match self {
                    #(Self::#idents => #texts,)*
                }
            }
        }
    });
    items.push(quote! {
        impl ::core::fmt::Display for #name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(self.as_str())
            }
        }
    });
}

/// The type of a constant: slices for lists, slices of pairs for maps.
fn constant_type(ty: &Type) -> String {
    match ty {
        Type::String => "&'static str".to_owned(),
        Type::Bool => "bool".to_owned(),
        Type::U32 => "u32".to_owned(),
        Type::U64 => "u64".to_owned(),
        Type::I64 => "i64".to_owned(),
        Type::F64 => "f64".to_owned(),
        Type::List(item) => format!("&'static [{}]", constant_type(item)),
        Type::Map(item) => format!("&'static [(&'static str, {})]", constant_type(item)),
        Type::Optional(inner) => format!("::core::option::Option<{}>", constant_type(inner)),
        Type::Any | Type::Named(_) => unreachable!("`check` takes no such column"),
    }
}

/// How the values of a column are written.
enum Constants<'a> {
    Type(&'a Type),
    Names {
        rust_name: &'a str,
        /// From the names of the variants to those in Rust.
        variants: HashMap<&'a str, &'a str>,
    },
}

impl<'a> Constants<'a> {
    fn new(kind: &'a ColumnKind) -> Self {
        let names = |variant: &'a Variant| (variant.name.as_str(), variant.rust_name.as_str());
        match kind {
            ColumnKind::Type(ty) => Self::Type(ty),
            ColumnKind::Names {
                rust_name,
                variants,
            } => Self::Names {
                rust_name,
                variants: variants.iter().map(names).collect(),
            },
        }
    }

    fn constant(&self, value: &'a Value) -> Expression<'a> {
        match (self, value) {
            (Self::Type(ty), value) => typed(ty, value),
            (
                Self::Names {
                    rust_name,
                    variants,
                },
                Value::Text(name),
            ) => {
                let variant = variants.get(name.as_str());
                let variant = variant.expect("`check` knows the names");
                Expression::word(format!("{rust_name}::{variant}"))
            }
            (Self::Names { .. }, _) => unreachable!("`check` takes texts for names"),
        }
    }
}

fn typed<'a>(ty: &Type, value: &'a Value) -> Expression<'a> {
    match (ty, value) {
        (Type::Optional(inner), value) => Expression::option(Some(typed(inner, value))),
        (Type::List(item), Value::List(values)) => {
            Expression::slice(values.iter().map(|value| typed(item, value)))
        }
        (Type::Map(item), Value::Map(entries)) => Expression::slice(
            entries
                .iter()
                .map(|(key, value)| Expression::pair(Expression::Text(key), typed(item, value))),
        ),
        #[expect(clippy::cast_precision_loss, reason = "an f64 holds no more")]
        (Type::F64, Value::Integer(integer)) => float(*integer as f64),
        (_, Value::Integer(integer)) => Expression::Simple(integer.to_string()),
        (_, Value::Float(value)) => float(*value),
        (_, Value::Bool(bool)) => Expression::Simple(bool.to_string()),
        (_, Value::Text(text)) => Expression::Text(text),
        (_, Value::List(_) | Value::Map(_)) => {
            unreachable!("`check` takes values of the column's type")
        }
    }
}

fn float(value: f64) -> Expression<'static> {
    Expression::word(Literal::f64_unsuffixed(value).to_string())
}
