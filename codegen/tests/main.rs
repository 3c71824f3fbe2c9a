//! The tests of the generator and of the code that it generates: a module for each topic. They are one
//! program, which is linked once.

/// The generated Rust of `catalogs`, which compiles without a warning.
#[deny(missing_docs, warnings)]
#[path = "golden/rust/mod.rs"]
mod golden;
mod support;

mod compiled;
mod explained;
mod files;
mod findings;
mod format;
mod goldens;
mod hostile;
mod lock;
mod markdown;
mod pages;
mod positions;
mod wire;
