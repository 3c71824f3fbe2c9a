//! The typed details: a struct for each error that has members, the named types, and one enum over
//! all. They stand inside of macros of the runtime that make of them what its feature `json` says.

use std::fmt::Write;

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::markdown::{code, text};
use crate::emit::rust::{doc, ident, items};
use crate::model::{Catalog, Details, Error, Field, Type};

/// Text, not tokens: what stands inside of a macro, prettyplease would not format.
pub(super) fn emit(catalog: &Catalog) -> String {
    let with_details: Vec<(&Error, &Details)> = catalog
        .errors
        .iter()
        .filter_map(|error| Some((error, error.details.as_ref()?)))
        .collect();
    let mut structs: Vec<TokenStream> = with_details
        .iter()
        .filter_map(|(error, details)| match details {
            Details::Object(fields) => {
                let docs = format!("The details of {}.", code(&error.key));
                Some(structure(&error.rust_name, &docs, fields))
            }
            Details::Whole(_) => None,
        })
        .collect();
    structs.extend(catalog.types.iter().map(|named| {
        structure(
            &named.name,
            &format!("The type {} of the catalog.", code(&named.name)),
            &named.fields,
        )
    }));
    let mut out = String::new();
    if !structs.is_empty() {
        out.push_str("/// The details of errors, each as a type of its own.\npub mod details {\n");
        let objects = items(structs);
        out.push_str(&indent(&format!(
            "::errbook::__objects! {{\n{}}}\n",
            indent(&objects)
        )));
        out.push_str("}\n\n");
    }
    out + &enumeration(&with_details)
}

/// No line of generated Rust is part of a literal that spans lines, so that each can be indented.
fn indent(text: &str) -> String {
    text.lines()
        .map(|line| {
            if line.is_empty() {
                "\n".to_owned()
            } else {
                format!("    {line}\n")
            }
        })
        .collect()
}

/// A struct as the macro takes it: each field with the member that it stands for.
fn structure(name: &str, docs: &str, fields: &[Field]) -> TokenStream {
    let name = ident(name);
    let docs = doc::comment(docs);
    let fields = fields.iter().map(field);
    quote! {
        #docs
        pub struct #name {
            #(#fields)*
        }
    }
}

fn field(field: &Field) -> TokenStream {
    let docs = doc::comment(&match &field.description {
        Some(description) => text(description),
        None => format!(
            "{}, of type {}.",
            code(&field.name),
            code(&field.ty.to_string())
        ),
    });
    let (name, ty, member) = (ident(&field.rust_name), member_type(field), &field.name);
    quote!(#docs #[member = #member] pub #name: #ty,)
}

/// A member tells absent from `null`; elsewhere there is only `null`.
fn member_type(field: &Field) -> TokenStream {
    match &field.ty {
        Type::Optional(inner) => {
            let inner = value_type(inner, &quote!());
            if field.boxed {
                quote!(::errbook::json::Optional<::errbook::__private::Box<#inner>>)
            } else {
                quote!(::errbook::json::Optional<#inner>)
            }
        }
        ty => value_type(ty, &quote!()),
    }
}

/// The Rust type of a value, named types being found in `module`.
fn value_type(ty: &Type, module: &TokenStream) -> TokenStream {
    match ty {
        Type::String => quote!(::errbook::__private::String),
        Type::Bool => quote!(bool),
        Type::U32 => quote!(u32),
        Type::U64 => quote!(u64),
        Type::I64 => quote!(i64),
        Type::F64 => quote!(f64),
        Type::Any => quote!(::errbook::json::Any),
        Type::List(item) => {
            let item = value_type(item, module);
            quote!(::errbook::__private::Vec<#item>)
        }
        Type::Map(item) => {
            let item = value_type(item, module);
            quote!(::errbook::__private::BTreeMap<::errbook::__private::String, #item>)
        }
        Type::Optional(inner) => {
            let inner = value_type(inner, module);
            quote!(::core::option::Option<#inner>)
        }
        Type::Named(name) => {
            let name = ident(name);
            quote!(#module #name)
        }
    }
}

/// The enum over all of them, as the macro takes it that makes of it all that belongs to errors.
fn enumeration(with_details: &[(&Error, &Details)]) -> String {
    let variants = with_details.iter().map(|(error, details)| {
        let docs = doc::comment(&format!("Of {}.", code(&error.key)));
        let name = ident(&error.rust_name);
        let ty = match details {
            Details::Object(_) => quote!(details::#name),
            Details::Whole(ty) => value_type(ty, &quote!(details::)),
        };
        quote!(#docs #name(#ty),)
    });
    let enumeration = quote! {
        /// The details of any error that has some.
        pub enum Details {
            #(#variants)*
        }
    };
    let mut list = String::new();
    for (error, details) in with_details {
        if let Details::Object(_) = details {
            let _ = writeln!(list, "    details::{},", error.rust_name);
        }
    }
    let objects = if list.is_empty() {
        "[]".to_owned()
    } else {
        format!("[\n{list}]")
    };
    let input = format!("Code, {objects}\n\n{}", items([enumeration]));
    format!("::errbook::__details! {{\n{}}}\n", indent(&input))
}
