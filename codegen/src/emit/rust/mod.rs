//! Rust: a module for each catalog. It is data; the runtime has the behaviour.

mod expression;
mod items;
mod code;
mod columns;
mod details;
mod tables;

use std::fmt::Write;

use quote::quote;

use crate::emit::markdown_escape::{prose, text};
use crate::emit::output_file::OutputFile;
use crate::emit::rust::items::{Items, ident, trim_article};
use crate::model::Catalog;
use crate::output_kind::{OutputKind, header};

/// The module of a catalog.
pub(super) fn emit(catalog: &Catalog) -> OutputFile {
    let name = &catalog.api.rust_name;
    let path = format!("{}.rs", name.trim_start_matches("r#"));
    OutputFile::new(OutputKind::Rust, path, module(catalog))
}

/// `mod.rs`, which stands beside the modules.
pub(super) fn emit_root(catalogs: &[Catalog]) -> OutputFile {
    let sources: Vec<&str> = catalogs
        .iter()
        .map(|catalog| catalog.source.as_str())
        .collect();
    let mut modules = Items::default();
    modules.push_text(&comment(&sources.join(", ")));
    for catalog in catalogs {
        let name = ident(&catalog.api.rust_name);
        modules.push(quote!(#[allow(unreachable_pub)] pub mod #name;));
    }
    OutputFile::new(OutputKind::Rust, "mod.rs", modules.out)
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

fn comment(from: &str) -> String {
    header(from).map(|line| format!("// {line}\n")).concat()
}
