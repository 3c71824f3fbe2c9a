//! The typed details: a struct for each error that has members, the named types, and one enum over
//! all. They stand inside of macros of the runtime that make of them what its feature `json` says.

use std::fmt::Write;

use crate::emit::markdown_escape::{code, text};
use crate::emit::rust::expression::{Expression, write_docs, write_literal};
use crate::emit::rust::items::Items;
use crate::model::{Catalog, Details, Error, Field, Type};

/// Text, not tokens: what stands inside of a macro, prettyplease would not format.
pub(super) fn emit(catalog: &Catalog, items: &mut Items) {
    let with_details: Vec<(&Error, &Details)> = catalog
        .errors
        .iter()
        .filter_map(|error| Some((error, error.details.as_ref()?)))
        .collect();
    let of_errors = with_details.iter().filter_map(|(error, details)| {
        let Details::Object(fields) = details else {
            return None;
        };
        let docs = format!("The details of {}.", code(&error.key));
        Some(structure(&error.rust_name, &docs, fields))
    });
    let named = catalog.types.iter().map(|named| {
        let docs = format!("The type {} of the catalog.", code(&named.name));
        structure(&named.name, &docs, &named.fields)
    });
    let structs: Vec<String> = of_errors.chain(named).collect();
    if !structs.is_empty() {
        items.push_text(&module(&structs));
    }
    items.push_text(&enumeration(&with_details));
}

fn module(structs: &[String]) -> String {
    let mut call = "::errbook::__objects! {\n".to_owned();
    push_indented(&mut call, 4, &structs.join("\n"));
    call.push_str("}\n");
    let mut module = "/// The details of errors, each as a type of its own.\n".to_owned();
    module.push_str("pub mod details {\n");
    push_indented(&mut module, 4, &call);
    module + "}\n"
}

/// No line of generated Rust is part of a literal that spans lines, so that each can be indented.
fn push_indented(out: &mut String, spaces: usize, text: &str) {
    for line in text.lines() {
        if !line.is_empty() {
            out.extend(std::iter::repeat_n(' ', spaces));
            out.push_str(line);
        }
        out.push('\n');
    }
}

/// A struct as the macro takes it: before it are its fields, each with the member that it stands for.
fn structure(name: &str, docs: &str, fields: &[Field]) -> String {
    let mut out = String::new();
    let members = fields.iter().map(|field| {
        let mut member = format!("{} = ", field.rust_name);
        write_literal(&mut member, &field.name);
        Expression::word(member)
    });
    let members = Expression::List(format!("{name}(").into(), members.collect(), ")");
    members.write_at(&mut out, 0, 0);
    out.push('\n');
    write_docs(&mut out, "", docs);
    let _ = write!(out, "pub struct {name} {{");
    if !fields.is_empty() {
        out.push('\n');
    }
    for field in fields {
        write_field(&mut out, field);
    }
    out + "}\n"
}

fn write_field(out: &mut String, field: &Field) {
    let docs = match &field.description {
        Some(description) => text(description),
        None => format!(
            "{}, of type {}.",
            code(&field.name),
            code(&field.ty.to_string())
        ),
    };
    write_docs(out, "    ", &docs);
    let _ = write!(out, "    pub {}: ", field.rust_name);
    member_type(field).write_at(out, 4, ",".len());
    out.push_str(",\n");
}

/// A member tells absent from `null`; elsewhere there is only `null`.
fn member_type(field: &Field) -> Expression<'_> {
    let Type::Optional(inner) = &field.ty else {
        return value_type(&field.ty, "");
    };
    let inner = value_type(inner, "");
    let inner = if field.boxed {
        Expression::generic("::errbook::__private::Box", [inner])
    } else {
        inner
    };
    Expression::generic("::errbook::json::Optional", [inner])
}

/// The Rust type of a value, named types being found in `module`.
fn value_type<'a>(ty: &'a Type, module: &str) -> Expression<'a> {
    match ty {
        Type::String => Expression::word("::errbook::__private::String"),
        Type::Bool => Expression::word("bool"),
        Type::U32 => Expression::word("u32"),
        Type::U64 => Expression::word("u64"),
        Type::I64 => Expression::word("i64"),
        Type::F64 => Expression::word("f64"),
        Type::Any => Expression::word("::errbook::json::Any"),
        Type::List(item) => {
            Expression::generic("::errbook::__private::Vec", [value_type(item, module)])
        }
        Type::Map(item) => {
            let key = Expression::word("::errbook::__private::String");
            let item = value_type(item, module);
            Expression::generic("::errbook::__private::BTreeMap", [key, item])
        }
        Type::Optional(inner) => {
            Expression::generic("::core::option::Option", [value_type(inner, module)])
        }
        Type::Named(name) => Expression::word(format!("{module}{name}")),
    }
}

/// The enum over all of them, as the macro takes it that makes of it all that belongs to errors.
fn enumeration(with_details: &[(&Error, &Details)]) -> String {
    let names = |are_objects: bool| {
        let of_kind = with_details
            .iter()
            .filter(move |(_, details)| matches!(details, Details::Object(_)) == are_objects);
        of_kind.map(|(error, _)| Expression::word(&*error.rust_name))
    };
    let mut input = "Code, Details, ".to_owned();
    let objects = Expression::List("details(".into(), names(true).collect(), ")");
    objects.write_at(&mut input, 0, ",".len());
    input.push_str(",\n");
    let others = Expression::List("others(".into(), names(false).collect(), ")");
    others.write_at(&mut input, 0, 0);
    input.push_str("\n/// The details of any error that has some.\npub enum Details {");
    if !with_details.is_empty() {
        input.push('\n');
    }
    for (error, details) in with_details {
        write_docs(&mut input, "    ", &format!("Of {}.", code(&error.key)));
        let ty = match details {
            Details::Object(_) => Expression::word(format!("details::{}", error.rust_name)),
            Details::Whole(ty) => value_type(ty, "details::"),
        };
        input.push_str("    ");
        let name = error.rust_name.clone();
        Expression::List((name + "(").into(), vec![ty], ")").write_at(&mut input, 4, ",".len());
        input.push_str(",\n");
    }
    input.push_str("}\n");
    let mut out = "::errbook::__details! {\n".to_owned();
    push_indented(&mut out, 4, &input);
    out + "}\n"
}
