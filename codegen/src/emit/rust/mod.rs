//! Rust: a module for each catalog, data that `errbook` gives its behaviour.

mod code;
mod columns;
mod details;
mod doc;
mod tables;

use std::fmt::Write;

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

use crate::emit::header;
use crate::emit::markdown::{prose, text};
use crate::files::Files;
use crate::model::{Catalog, Retry};
use crate::outputs::OutputKind;

/// `mod.rs` and a module beside it for each catalog.
pub(super) fn emit(catalogs: &[Catalog], files: &mut Files) {
    let modules = catalogs.iter().map(|catalog| {
        let name = ident(&module_name(catalog));
        quote!(#[allow(unreachable_pub)] pub mod #name;)
    });
    let sources: Vec<&str> = catalogs
        .iter()
        .map(|catalog| catalog.source.as_str())
        .collect();
    files.insert(
        OutputKind::Rust,
        "mod.rs",
        comment(&sources.join(", ")) + "\n" + &items(modules),
    );
    for catalog in catalogs {
        let name = module_name(catalog);
        files.insert(
            OutputKind::Rust,
            &format!("{}.rs", name.trim_start_matches("r#")),
            module(catalog),
        );
    }
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
    out.push_str("\n\n");
    out.push_str(&items(code::emit(catalog)));
    for block in [
        items(columns::emit(catalog)),
        details::emit(catalog),
        items(tables::emit(catalog)),
    ] {
        if !block.is_empty() {
            out.push('\n');
            out.push_str(&block);
        }
    }
    out
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

/// Each item formatted by itself, for prettyplease puts no blank line between items.
fn items(items: impl IntoIterator<Item = TokenStream>) -> String {
    let format = |item: TokenStream| {
        let file = syn::parse2(item).expect("an emitter quotes whole items");
        prettyplease::unparse(&file)
    };
    items.into_iter().map(format).collect::<Vec<_>>().join("\n")
}

/// An identifier of the model, which may be raw.
fn ident(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(raw) => Ident::new_raw(raw, Span::call_site()),
        None => Ident::new(name, Span::call_site()),
    }
}

fn option<T>(value: Option<T>, tokens: impl FnOnce(T) -> TokenStream) -> TokenStream {
    match value.map(tokens) {
        Some(value) => quote!(::core::option::Option::Some(#value)),
        None => quote!(::core::option::Option::None),
    }
}

fn option_text(value: Option<&String>) -> TokenStream {
    option(value, |text| quote!(#text))
}

fn length(length: usize) -> Literal {
    Literal::usize_unsuffixed(length)
}

fn retry(retry: Retry) -> TokenStream {
    let variant = ident(&format!("{retry:?}"));
    quote!(::errbook::Retry::#variant)
}
