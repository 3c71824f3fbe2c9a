//! The enums `Code` and `Category`: a documented variant for each error and section.

use std::borrow::Cow;
use std::fmt::Write;

use crate::derive::ErrorEntry;
use crate::derive::describe::{self, DOC_COMMENT_KEYS, Inline};
use crate::emit::markdown_escape::{doc, doc_code, doc_end, doc_start, prose};
use crate::emit::rust::expression::write_literal;
use crate::emit::rust::items::{trim_article, write_block, write_code, write_docs};
use crate::model::Catalog;

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
    let (count, title) = (catalog.errors.len(), trim_article(&catalog.api.title));
    let plural = if count == 1 { "" } else { "s" };
    let docs = format!("The {count} error{plural} of the {title}.");
    let docs = doc(&docs) + "\n\nCodes that the API adds later are new variants.";
    out.push('\n');
    write_docs(out, "", &docs);
    out.push_str("#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]\n");
    out.push_str("#[non_exhaustive]\npub enum Code ");
    write_block(out, "", |out| {
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
    let mut docs = doc_code(&error.key);
    if let Some(wire) = error.code.as_ref().filter(|wire| wire.text != error.key) {
        let _ = write!(docs, ", code {}", doc_code(&wire.text));
    }
    match describe::property(entry, "status") {
        Some(_) if error.event => docs.push_str(", an event"),
        Some(status) => {
            docs.push_str(", status ");
            docs.extend(status.value.iter().map(plain));
        }
        None => {}
    }
    if let Some(meaning) = error.description.as_ref().or(error.title.as_ref()) {
        let _ = write!(docs, ": {}", doc_end(meaning));
    }
    let property = |key| describe::property(entry, key);
    for property in DOC_COMMENT_KEYS.into_iter().filter_map(property) {
        // Each template is in a paragraph of its own.
        for value in property.value.split(|part| matches!(part, Inline::Or)) {
            docs.push_str("\n\n");
            docs.push_str(&paragraph(&property.heading, value));
        }
    }
    if let Some(more) = &error.docs {
        let _ = write!(docs, "\n\n{}", prose(more));
    }
    docs
}

/// Returns a paragraph of documentation: a heading and a value.
fn paragraph(heading: &[Inline<'_>], value: &[Inline<'_>]) -> String {
    let heading: String = heading.iter().map(plain).collect();
    let is_code = |part: &Inline<'_>| matches!(part, Inline::Template(_) | Inline::Error(_));
    if !value.iter().any(is_code) {
        let value: String = value.iter().map(plain).collect();
        return doc(&format!("{heading}: {value}"));
    }
    let value = value.iter().map(|part| match part {
        Inline::Template(template) => doc_code(&template.to_string()).into(),
        Inline::Error(error) => format!("[`Code::{}`]", error.rust_name).into(),
        part => plain(part),
    });
    doc_start(&heading) + ": " + &value.collect::<String>()
}

/// Returns the words of a part, without Markdown.
fn plain<'a>(part: &'a Inline<'_>) -> Cow<'a, str> {
    match part {
        Inline::Mark(_) => " (inferred)".into(),
        part => part.plain(),
    }
}

/// Appends rustc's own mark of a deprecated item. The version is part of the note: tools accept only three
/// numbers for `since`, and the versions of APIs have other forms.
fn write_deprecated(out: &mut String, entry: ErrorEntry<'_>) {
    let error = entry.error;
    let mut notes = Vec::new();
    if let Some(deprecated) = &error.deprecated {
        let since = deprecated.since.as_ref();
        notes.extend(since.map(|since| format!("since {since}")));
        let replacement = entry.replacement();
        notes.extend(replacement.map(|other| format!("use `{}`", other.rust_name)));
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
