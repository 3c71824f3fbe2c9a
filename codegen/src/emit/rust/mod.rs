//! Rust: a module for each catalog, and one with its tables. They are data; the runtime has the behaviour.

mod expression;
mod items;
mod code;
mod columns;
mod details;
mod tables;

use std::fmt::Write;
use std::slice;

use errbook::__private::INTERFACE;

use crate::emit::markdown_escape::{doc, prose};
use crate::emit::rust::items::{trim_article, write_module_docs};
use crate::model::Catalog;
use crate::output_kind::header;

/// The module of a catalog, and the module `tables` in it.
pub(super) fn emit(catalog: &Catalog) -> Vec<(String, String)> {
    let name = catalog.api.rust_name.trim_start_matches("r#");
    vec![
        (format!("{name}.rs"), module(catalog)),
        (format!("{name}/tables.rs"), tables_module(catalog)),
    ]
}

/// `mod.rs`, which declares the modules.
pub(super) fn emit_root(catalogs: &[Catalog]) -> (String, String) {
    let mut out = comment(catalogs);
    for catalog in catalogs {
        let name = &catalog.api.rust_name;
        let _ = write!(out, "\n#[allow(unreachable_pub)]\npub mod {name};\n");
    }
    ("mod.rs".to_owned(), out)
}

fn module(catalog: &Catalog) -> String {
    let mut out = comment(slice::from_ref(catalog)) + "\n";
    let title = format!("The errors of the {}.", trim_article(&catalog.api.title));
    let mut intro = vec![doc(&title)];
    intro.extend(catalog.api.summary.as_deref().map(prose));
    write_module_docs(&mut out, &intro.join("\n\n"));
    // The style of generated code is no user's concern; texts of a catalog may hold addresses and brackets that
    // mean nothing to rustdoc; and a crate may use only a part of the module.
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
    let _ = write!(
        out,
        "\n\n// The version of `errbook` must fit this code.\n::errbook::__interface!({INTERFACE});\n\nmod tables;\n"
    );
    code::emit(catalog, &mut out);
    columns::emit(catalog, &mut out);
    details::emit(catalog, &mut out);
    tables::emit_public(catalog, &mut out);
    out
}

fn tables_module(catalog: &Catalog) -> String {
    // rustfmt would break long rows: a row is a line.
    comment(slice::from_ref(catalog))
        + "\n//! The tables behind `Code`; see `errbook::Catalog`.\n\n\
           #![cfg_attr(rustfmt, rustfmt::skip)]\n\n"
        + &tables::emit(catalog)
}

fn comment(catalogs: &[Catalog]) -> String {
    header(catalogs).map(|line| format!("// {line}\n")).concat()
}
