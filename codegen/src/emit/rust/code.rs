//! The enums `Code` and `Category`, one documented variant for each error and section.

use std::fmt::Write;

use proc_macro2::TokenStream;
use quote::quote;

use crate::derive::ErrorEntry;
use crate::derive::describe::{self, DOC_COMMENT_KEYS, Inline};
use crate::emit::markdown_escape::{code, prose, text};
use crate::emit::rust::expression::{Expression, write_docs, write_literal};
use crate::emit::rust::items::{Items, doc_comment, ident, private_array, trim_article};
use crate::model::{Catalog, Error};

pub(super) fn emit(catalog: &Catalog, items: &mut Items) {
    code_enum(catalog, items);
    all_codes(catalog, items);
    items.push(quote!(
        ::errbook::__code! { Code, Category, Details, CATALOG, ALL_CODES }
    ));
    items.push(category_enum(catalog));
    all_categories(catalog, items);
    items.push(quote!(
        ::errbook::__category! { Category, ALL_CATEGORIES, CATEGORY_ROWS }
    ));
}

fn code_enum(catalog: &Catalog, items: &mut Items) {
    let count = match catalog.errors.len() {
        1 => "1 error".to_owned(),
        count => format!("{count} errors"),
    };
    let docs = doc_comment(&format!(
        "The {count} of the {}.\n\nCodes that the API adds later are new variants.",
        text(trim_article(&catalog.api.title)),
    ));
    let code_enum = quote! {
        #docs
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code { VARIANTS }
    };
    items.push_enum(code_enum, |out| {
        for entry in ErrorEntry::all(catalog) {
            write_docs(out, "    ", &variant_docs(entry));
            write_deprecated(out, entry);
            let _ = writeln!(out, "    {},", entry.error.rust_name);
        }
    });
}

/// Returns the documentation of a variant.
fn variant_docs(entry: ErrorEntry<'_>) -> String {
    let error = entry.error;
    let mut docs = code(&error.key);
    if let Some(wire) = error.code.as_ref().filter(|wire| wire.text != error.key) {
        let _ = write!(docs, ", code {}", code(&wire.text));
    }
    match describe::property(entry, "status") {
        Some(_) if error.event => docs.push_str(", an event"),
        Some(status) => {
            let _ = write!(docs, ", status {}", inline(&status.value));
        }
        None => {}
    }
    if let Some(meaning) = error.description.as_ref().or(error.title.as_ref()) {
        let _ = write!(docs, ": {}", text(meaning));
    }
    let property = |key| describe::property(entry, key);
    for property in DOC_COMMENT_KEYS.into_iter().filter_map(property) {
        let heading = inline(&property.heading);
        // Each template is in a paragraph of its own.
        for value in property.value.split(|part| matches!(part, Inline::Or)) {
            let _ = write!(docs, "\n\n{heading}: {}", inline(value));
        }
    }
    if let Some(more) = &error.docs {
        let _ = write!(docs, "\n\n{}", prose(more));
    }
    docs
}

fn inline(parts: &[Inline<'_>]) -> String {
    let parts = parts.iter().map(|part| match part {
        Inline::Words(words) | Inline::Strong(words) => (*words).to_owned(),
        Inline::Text(plain) => text(plain),
        Inline::Literal(word) => code(word),
        Inline::Template(template) => code(&template.to_string()),
        Inline::Or => ", or: ".to_owned(),
        Inline::Status(status, _) => status.to_string(),
        Inline::Retry(retry) => describe::retry_sentence(*retry).to_owned(),
        Inline::Error(error) => code(&error.rust_name),
        Inline::Mark(_) => " (inferred)".to_owned(),
    });
    parts.collect()
}

/// rustc's own mark for what is on its way out. The version is a part of the note: tools take only
/// one of three numbers for `since`, and APIs have others.
fn write_deprecated(out: &mut String, entry: ErrorEntry<'_>) {
    let error = entry.error;
    let mut notes = Vec::new();
    if let Some(deprecated) = &error.deprecated {
        notes.extend(
            deprecated
                .since
                .as_ref()
                .map(|since| format!("since {since}")),
        );
        let replacement = entry.replacement();
        notes.extend(replacement.map(|other| format!("use `{}`", other.rust_name)));
        notes.extend(deprecated.note.clone());
    }
    notes.extend(
        error
            .retired
            .as_ref()
            .map(|retired| format!("not sent since {retired}")),
    );
    if !notes.is_empty() {
        out.push_str("    #[deprecated(note = ");
        write_literal(out, &notes.join("; "));
        out.push_str(")]\n");
    } else if error.deprecated.is_some() {
        out.push_str("    #[deprecated]\n");
    }
}

/// A static: as a constant, the array costs rustc twice the time.
fn all_codes(catalog: &Catalog, items: &mut Items) {
    let has_old_ones = catalog
        .errors
        .iter()
        .any(|error| error.deprecated.is_some() || error.retired.is_some());
    let mut head = private_array("ALL_CODES", "Code", catalog.errors.len());
    if has_old_ones {
        head = head.replacen("static", "#[allow(deprecated)]\nstatic", 1);
    }
    items.push_value(
        &head,
        &Expression::array(catalog.errors.iter().map(variant)),
    );
}

/// The variant of an error, as others name it.
pub(super) fn variant(error: &Error) -> Expression<'static> {
    Expression::word(format!("Code::{}", error.rust_name))
}

fn category_enum(catalog: &Catalog) -> TokenStream {
    let docs = doc_comment(match catalog.categories.len() {
        0 => "The sections of the documentation: it has none.",
        _ => "The sections of the documentation.",
    });
    let variants = catalog.categories.iter().map(|category| {
        let docs = doc_comment(&text(&category.title));
        let name = ident(&category.rust_name);
        quote!(#docs #name,)
    });
    quote! {
        #docs
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Category {
            #(#variants)*
        }
    }
}

fn all_categories(catalog: &Catalog, items: &mut Items) {
    let categories = &catalog.categories;
    let variants = categories
        .iter()
        .map(|category| Expression::word(format!("Category::{}", category.rust_name)));
    let head = private_array("ALL_CATEGORIES", "Category", categories.len());
    items.push_value(&head, &Expression::array(variants));
}
