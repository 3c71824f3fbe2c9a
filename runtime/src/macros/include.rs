//! The macro that includes generated code.

/// Includes the modules that [`errbook_codegen::Build`] wrote to `OUT_DIR`, one for each catalog.
///
/// ```ignore
/// errbook::include_catalogs!();
/// ```
///
/// [`errbook_codegen::Build`]: https://docs.rs/errbook-codegen/latest/errbook_codegen/struct.Build.html
#[macro_export]
macro_rules! include_catalogs {
    () => {
        ::core::include!(::core::concat!(::core::env!("OUT_DIR"), "/errbook/mod.rs"));
    };
}
