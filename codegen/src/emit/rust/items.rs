//! Items of a module as text, and the identifiers and documentation in them.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use crate::emit::rust::expression::Expression;

/// Items as they are written, with a line between them. Code is quoted, and formatted item by item, for
/// prettyplease puts no line there; a static is text.
#[derive(Default)]
pub(super) struct Items {
    pub(super) out: String,
}

impl Items {
    pub(super) fn push(&mut self, item: TokenStream) {
        self.push_text(&formatted(item));
    }

    pub(super) fn push_text(&mut self, item: &str) {
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        self.out.push_str(item);
    }

    /// Adds a static or a constant, which is text up to its value.
    pub(super) fn push_value(&mut self, head: &str, value: &Expression<'_>) {
        self.push_text(head);
        value.write_at(&mut self.out, 0, ";".len());
        self.out.push_str(";\n");
    }

    /// Adds an enum that is quoted with the one variant `VARIANTS`, in the place of which `write` writes lines.
    pub(super) fn push_enum(&mut self, item: TokenStream, write: impl FnOnce(&mut String)) {
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

pub(super) fn formatted(item: TokenStream) -> String {
    let file = syn::parse2(item).expect("an emitter quotes whole items");
    prettyplease::unparse(&file)
}

/// An identifier of the model, which may be raw.
pub(super) fn ident(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(raw) => Ident::new_raw(raw, Span::call_site()),
        None => Ident::new(name, Span::call_site()),
    }
}

/// A static of this module, up to its value.
pub(super) fn private(name: &str, ty: &str) -> String {
    format!("#[rustfmt::skip]\nstatic {name}: {ty} = ")
}

/// The same, of one that is an array with an item for each of something.
pub(super) fn private_array(name: &str, ty: &str, length: usize) -> String {
    private(name, &format!("[{ty}; {length}]"))
}

/// One `#[doc]` for each line of Markdown.
pub(super) fn doc_comment(markdown: &str) -> TokenStream {
    let lines = markdown.lines().map(|line| {
        let line = if line.is_empty() {
            String::new()
        } else {
            format!(" {line}")
        };
        quote!(#[doc = #line])
    });
    lines.collect()
}

/// `The errors of the The API` would read badly.
pub(super) fn trim_article(title: &str) -> &str {
    title
        .strip_prefix("The ")
        .or_else(|| title.strip_prefix("the "))
        .unwrap_or(title)
}
