//! The enums `Code` and `Category`: a documented variant for each error and section.

use std::fmt::Write;

use crate::emit::markdown_escape::{doc, doc_code, doc_end, doc_start, prose};
use crate::emit::phrases::{count, either};
use crate::emit::rust::expression::write_literal;
use crate::emit::rust::items::{trim_article, write_block, write_code, write_docs};
use crate::model::{Catalog, Error};

pub(super) fn emit(catalog: &Catalog, out: &mut String) {
    code_enum(catalog, out);
    out.push_str(CODE_MACRO);
    category_enum(catalog, out);
    out.push_str(CATEGORY_MACRO);
}

const CODE_MACRO: &str = "
// Implements for Code: ALL, CATALOG, from_key(), from_wire(), with_status(), key(), status(),
// message(), description(), action(), retry(), …, and the traits ErrorCode, Debug, Display and
// FromStr; see errbook::ErrorCode.
::errbook::__code! {
    Code, Category, Details, tables::CATALOG, tables::ALL_CODES
}
";

const CATEGORY_MACRO: &str = "
// Implements for Category: ALL, id(), title(), and the traits ErrorCategory and Display; see
// errbook::ErrorCategory.
::errbook::__category! {
    Category, tables::ALL_CATEGORIES, tables::CATEGORY_ROWS
}
";

fn code_enum(catalog: &Catalog, out: &mut String) {
    let docs = format!(
        "The {} of the {}.",
        count(catalog.errors.len(), "error", "errors"),
        trim_article(&catalog.api.title),
    );
    let docs = doc(&docs) + "\n\nCodes that the API adds later are new variants.";
    out.push('\n');
    write_docs(out, "", &docs);
    out.push_str("#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]\n");
    out.push_str("#[non_exhaustive]\npub enum Code ");
    write_block(out, "", |out| {
        for error in &catalog.errors {
            write_docs(out, "    ", &variant_docs(catalog, error));
            write_deprecated(out, catalog, error);
            let _ = writeln!(out, "    {},", error.rust_name);
        }
    });
}

/// What the row says, as the documentation of the variant.
fn variant_docs(catalog: &Catalog, error: &Error) -> String {
    let headings = &catalog.api.headings;
    let mut docs = doc_code(&error.key);
    if let Some(wire) = error.code.as_ref().filter(|wire| wire.text != error.key) {
        let _ = write!(docs, ", code {}", doc_code(&wire.text));
    }
    if error.event {
        docs.push_str(", an event");
    }
    if !error.statuses.is_empty() {
        let _ = write!(docs, ", status {}", either(&error.statuses));
        if error.inferred("status").is_some() {
            docs.push_str(" (inferred)");
        }
    }
    if let Some(meaning) = error.description.as_ref().or(error.title.as_ref()) {
        let _ = write!(docs, ": {}", doc_end(meaning));
    }
    for message in &error.messages {
        let message = doc_code(&message.to_string());
        let _ = write!(docs, "\n\n{}: {message}", doc_start(&headings.message));
    }
    if let Some(action) = &error.action {
        let action = format!("{}: {action}", headings.action);
        let _ = write!(docs, "\n\n{}", doc(&action));
    }
    if let Some(more) = &error.docs {
        let _ = write!(docs, "\n\n{}", prose(more));
    }
    docs
}

/// Appends rustc's own mark of a deprecated item. The version is part of the note: tools accept only three
/// numbers for `since`, and the versions of APIs have other forms.
fn write_deprecated(out: &mut String, catalog: &Catalog, error: &Error) {
    let mut notes = Vec::new();
    if let Some(deprecated) = &error.deprecated {
        let since = deprecated.since.as_ref();
        notes.extend(since.map(|since| format!("since {since}")));
        let replaced_by = deprecated.replaced_by.map(|index| &catalog.errors[index]);
        notes.extend(replaced_by.map(|error| format!("use `{}`", error.rust_name)));
        notes.extend(deprecated.note.clone());
    }
    let retired = error.retired.as_ref();
    notes.extend(retired.map(|retired| format!("not sent since {retired}")));
    if !notes.is_empty() {
        let mut attribute = "#[deprecated(note = ".to_owned();
        write_literal(&mut attribute, &notes.join("; "));
        attribute.push_str(")]");
        write_code(out, "    ", &attribute);
    } else if error.deprecated.is_some() {
        out.push_str("    #[deprecated]\n");
    }
}

fn category_enum(catalog: &Catalog, out: &mut String) {
    let docs = match catalog.categories.len() {
        0 => "The sections of the documentation: it has none.",
        _ => "The sections of the documentation.",
    };
    out.push('\n');
    write_docs(out, "", docs);
    let variants = catalog.categories.iter();
    let variants = variants.map(|category| (doc(&category.title), &*category.rust_name));
    write_enum(out, "Category", variants);
}

/// Appends an enum, each variant with its documentation.
pub(super) fn write_enum<'a>(
    out: &mut String,
    name: &str,
    variants: impl Iterator<Item = (String, &'a str)>,
) {
    out.push_str("#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]\n");
    let _ = write!(out, "#[non_exhaustive]\npub enum {name} ");
    write_block(out, "", |out| {
        for (docs, variant) in variants {
            write_docs(out, "    ", &docs);
            let _ = writeln!(out, "    {variant},");
        }
    });
}
