//! Rust: a module for each catalog, data that `errbook` gives its behaviour.

mod code;
mod columns;
mod details;
mod doc;
mod expression;
mod tables;

use std::fmt::Write;

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use crate::emit::markdown::{prose, text};
use crate::emit::rust::expression::Expression;
use crate::emit::{File, header};
use crate::model::{Catalog, Retry};

/// The module of a catalog.
pub(super) fn emit(catalog: &Catalog) -> File {
    let name = module_name(catalog);
    let path = format!("{}.rs", name.trim_start_matches("r#"));
    (path, module(catalog))
}

/// `mod.rs`, which stands beside the modules.
pub(super) fn emit_root(catalogs: &[Catalog]) -> File {
    let sources: Vec<&str> = catalogs
        .iter()
        .map(|catalog| catalog.source.as_str())
        .collect();
    let mut modules = Items::default();
    modules.push_text(&comment(&sources.join(", ")));
    for catalog in catalogs {
        let name = ident(&module_name(catalog));
        modules.push(quote!(#[allow(unreachable_pub)] pub mod #name;));
    }
    ("mod.rs".to_owned(), modules.out)
}

/// The id with underscores, raw where that is a keyword.
fn module_name(catalog: &Catalog) -> String {
    crate::check::identifier(&catalog.api.id.replace('-', "_"))
        .expect("`check` takes no id that cannot name a module")
}

fn module(catalog: &Catalog) -> String {
    let mut out = comment(&catalog.source) + "\n";
    let mut intro = vec![text(&format!(
        "The errors of the {}.",
        trim_article(&catalog.api.title)
    ))];
    intro.extend(catalog.api.summary.as_deref().map(prose));
    let intro = intro.join("\n\n");
    for line in intro.lines() {
        out.push_str(format!("//! {line}").trim_end());
        out.push('\n');
    }
    // Style is for what people write; texts of a catalog may hold addresses and brackets that mean
    // nothing to rustdoc; and a crate may keep the module to itself and use a part of it.
    for lint in [
        "dead_code",
        "clippy::all",
        "clippy::pedantic",
        "rustdoc::bare_urls",
        "rustdoc::broken_intra_doc_links",
        "rustdoc::invalid_html_tags",
    ] {
        let _ = write!(out, "\n#![allow({lint})]");
    }
    out.push('\n');
    let mut items = Items { out };
    code::emit(catalog, &mut items);
    columns::emit(catalog, &mut items);
    details::emit(catalog, &mut items);
    tables::emit(catalog, &mut items);
    items.out
}

/// `The errors of the The API` would read badly.
fn trim_article(title: &str) -> &str {
    title
        .strip_prefix("The ")
        .or_else(|| title.strip_prefix("the "))
        .unwrap_or(title)
}

fn comment(from: &str) -> String {
    header(from).map(|line| format!("// {line}\n")).concat()
}

/// Items as they are written, with a line between them. Code is quoted, and formatted item by item, for
/// prettyplease puts no line there; a static is text.
#[derive(Default)]
struct Items {
    out: String,
}

impl Items {
    fn push(&mut self, item: TokenStream) {
        self.push_text(&formatted(item));
    }

    fn push_text(&mut self, item: &str) {
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        self.out.push_str(item);
    }

    /// Adds a static or a constant, which is text up to its value.
    fn push_value(&mut self, head: &str, value: &Expression<'_>) {
        self.push_text(head);
        value.write_at(&mut self.out, 0, ";".len());
        self.out.push_str(";\n");
    }

    /// Adds an enum that is quoted with the one variant `VARIANTS`, in the place of which `write` writes lines.
    fn push_enum(&mut self, item: TokenStream, write: impl FnOnce(&mut String)) {
        let item = formatted(item);
        let (before, after) = item
            .rsplit_once("    VARIANTS,\n")
            .expect("it is quoted so");
        self.push_text(before);
        let length = self.out.len();
        write(&mut self.out);
        if self.out.len() == length {
            self.out.pop();
        }
        self.out.push_str(after);
    }
}

fn formatted(item: TokenStream) -> String {
    let file = syn::parse2(item).expect("an emitter quotes whole items");
    prettyplease::unparse(&file)
}

/// An identifier of the model, which may be raw.
fn ident(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(raw) => Ident::new_raw(raw, Span::call_site()),
        None => Ident::new(name, Span::call_site()),
    }
}

/// A static of this module, up to its value.
fn private(name: &str, ty: &str) -> String {
    format!("#[rustfmt::skip]\nstatic {name}: {ty} = ")
}

/// The same, of one that is an array with an item for each of something.
fn private_array(name: &str, ty: &str, length: usize) -> String {
    private(name, &format!("[{ty}; {length}]"))
}

fn retry(retry: Retry) -> Expression<'static> {
    Expression::word(format!("::errbook::Retry::{retry:?}"))
}
