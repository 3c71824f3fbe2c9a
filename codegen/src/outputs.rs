//! What is generated: each output under the name that its folder and `errbook.toml` have for it.

/// Makes the enum of the outputs: a name, a variant, and what it holds.
macro_rules! outputs {
    ($($name:literal $variant:ident $docs:literal)*) => {
        /// Something that is generated, in a folder of its own.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum OutputKind {
            $(
                #[doc = $docs]
                $variant,
            )*
        }

        impl OutputKind {
            /// Every output, in the order of the names.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The key in `[output]` of `errbook.toml`, and the first part of its paths in
            /// [`Files`](crate::Files).
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }

            /// What it holds, in Markdown.
            pub const fn docs(self) -> &'static str {
                match self {
                    $(Self::$variant => $docs,)*
                }
            }
        }
    };
}

outputs! {
    "docs" Docs "Reference pages in Markdown: an index, and a page for each API."
    "fixtures" Fixtures "Example bodies: a JSON file for each error and each example."
    "rust" Rust "Rust: `mod.rs`, and a module for each API."
    "schema" Schema "JSON Schemas of catalogs and of `errbook.toml`, for editors."
}
