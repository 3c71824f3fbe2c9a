//! The typed details: a struct for each error that has members, the named types, and one enum over all of them.
//! They are the input of macros of the runtime, which define them if its feature `json` is on.

use std::fmt::Write;

use crate::emit::markdown_escape::{doc, doc_code};
use crate::emit::rust::expression::write_literal;
use crate::emit::rust::items::{write_block, write_docs};
use crate::model::{Catalog, Details, Error, Field, Type};

pub(super) fn emit(catalog: &Catalog, out: &mut String) {
    let with_details = catalog.errors.iter();
    let with_details = with_details.filter_map(|error| Some((error, error.details.as_ref()?)));
    let with_details: Vec<(&Error, &Details)> = with_details.collect();
    let has_structs = with_details.iter().any(|(_, details)| is_object(details));
    if has_structs || !catalog.types.is_empty() {
        module(catalog, &with_details, out);
    }
    enumeration(&with_details, out);
}

fn is_object(details: &Details) -> bool {
    matches!(details, Details::Object(_))
}

/// Appends the module with the structs.
fn module(catalog: &Catalog, with_details: &[(&Error, &Details)], out: &mut String) {
    out.push_str(
        "
/// The details of errors, each as a type of its own.
pub mod details {
    // Defines these structs if errbook's feature `json` is on, with Clone, Debug, PartialEq, and
    // serde's Deserialize and Serialize.
    ::errbook::__objects! {
",
    );
    for (error, details) in with_details {
        if let Details::Object(fields) = details {
            let docs = format!("The details of {}.", doc_code(&error.key));
            structure(out, &error.rust_name, &docs, fields);
        }
    }
    for named in &catalog.types {
        let docs = format!("The type {} of the catalog.", doc_code(&named.name));
        structure(out, &named.name, &docs, &named.fields);
    }
    out.push_str("    }\n}\n");
}

/// Appends a struct as the macro reads it: its name and its fields, each with its member if that has another
/// name, and the struct itself.
fn structure(out: &mut String, name: &str, docs: &str, fields: &[Field]) {
    let _ = write!(out, "        {name}(");
    for (index, field) in fields.iter().enumerate() {
        out.push_str(if index > 0 { ", " } else { "" });
        out.push_str(&field.rust_name);
        if field.rust_name != field.name {
            out.push_str(" = ");
            write_literal(out, &field.name);
        }
    }
    out.push_str(")\n");
    write_docs(out, "        ", docs);
    let _ = write!(out, "        pub struct {name} ");
    write_block(out, "        ", |out| {
        for field in fields {
            write_docs(out, "            ", &field_docs(field));
            let ty = member_type(field);
            let _ = writeln!(out, "            pub {}: {ty},", field.rust_name);
        }
    });
}

fn field_docs(field: &Field) -> String {
    match &field.description {
        Some(description) => doc(description),
        None => {
            let (name, ty) = (doc_code(&field.name), doc_code(&field.ty.to_string()));
            format!("{name}, of type {ty}.")
        }
    }
}

/// A member distinguishes absent from `null`; elsewhere there is only `null`.
fn member_type(field: &Field) -> String {
    let Type::Optional(inner) = &field.ty else {
        return value_type(&field.ty, "");
    };
    let mut inner = value_type(inner, "");
    if field.boxed {
        inner = format!("::errbook::__private::Box<{inner}>");
    }
    format!("::errbook::json::Optional<{inner}>")
}

/// The Rust type of a value; `module` is before the names of the catalog's types.
fn value_type(ty: &Type, module: &str) -> String {
    let string = "::errbook::__private::String";
    match ty {
        Type::String => string.to_owned(),
        Type::Bool | Type::U32 | Type::U64 | Type::I64 | Type::F64 => ty.to_string(),
        Type::Any => "::errbook::json::Any".to_owned(),
        Type::List(item) => format!("::errbook::__private::Vec<{}>", value_type(item, module)),
        Type::Map(item) => {
            let item = value_type(item, module);
            format!("::errbook::__private::BTreeMap<{string}, {item}>")
        }
        Type::Optional(inner) => {
            format!("::core::option::Option<{}>", value_type(inner, module))
        }
        Type::Named(name) => format!("{module}{name}"),
    }
}

/// Appends the enum over all details.
fn enumeration(with_details: &[(&Error, &Details)], out: &mut String) {
    out.push_str(
        "
// Defines, if errbook's feature `json` is on: Error and ErrorRef, errors of this API as raised and
// received; Details::code(); and the conversions from details into Details and Error. See
// errbook::Error.
::errbook::__details! {
    Code, Details,
",
    );
    let variants = |are_objects| -> Vec<&str> {
        let errors = with_details.iter();
        let errors = errors.filter(|(_, details)| is_object(details) == are_objects);
        errors.map(|(error, _)| &*error.rust_name).collect()
    };
    variant_list(out, "details", &variants(true));
    out.push_str(",\n");
    variant_list(out, "others", &variants(false));
    out.push_str("\n    /// The details of any error that has some.\n    pub enum Details ");
    write_block(out, "    ", |out| {
        for (error, details) in with_details {
            let Error { key, rust_name, .. } = error;
            write_docs(out, "        ", &format!("Of {}.", doc_code(key)));
            let ty = match details {
                Details::Object(_) => format!("details::{rust_name}"),
                Details::Whole(ty) => value_type(ty, "details::"),
            };
            let _ = writeln!(out, "        {rust_name}({ty}),");
        }
    });
    out.push_str("}\n");
}

/// Appends the names of variants, a line for each.
fn variant_list(out: &mut String, name: &str, variants: &[&str]) {
    let _ = write!(out, "    {name}(");
    for variant in variants {
        let _ = write!(out, "\n        {variant},");
    }
    out.push_str(if variants.is_empty() { ")" } else { "\n    )" });
}
