//! Doc comments: the document's words, as Markdown that rustdoc reads as them.

use proc_macro2::TokenStream;
use quote::quote;

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
