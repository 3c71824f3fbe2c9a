//! Doc comments: the document's words, as Markdown that rustdoc reads as them.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::markdown::text;

/// One `#[doc]` for each line of Markdown.
pub(super) fn comment(markdown: &str) -> TokenStream {
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

/// Plain text on one line of Markdown.
pub(super) fn line(plain: &str) -> String {
    text(plain)
}
