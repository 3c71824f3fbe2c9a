//! Turns errbook catalogs into Rust enums, tables and Markdown reference pages.
//!
//! A catalog is a TOML file that transcribes the error tables of an API's documentation. In a
//! `build.rs`, [`Build`] is all there is to call:
//!
//! ```no_run
//! errbook_codegen::Build::new().run();
//! ```
//!
//! [`generate`] is the same without cargo and without a disk, from texts to texts:
//!
//! ```
//! use errbook_codegen::{Source, generate};
//!
//! let source = Source::new("catalog/shop.toml", r#"
//!     [api]
//!     id = "shop"
//!     title = "Shop API"
//!
//!     [envelope]
//!     code = "/code"
//!     message = "/message"
//!
//!     [error.OUT_OF_STOCK]
//!     status = 409
//!     description = "The shop has none left"
//! "#);
//! let output = generate(&[source])?;
//! assert!(output.files.get("rust/shop.rs").unwrap().contains("OutOfStock"));
//! assert!(output.files.get("docs/shop.md").unwrap().contains("The shop has none left"));
//! # Ok::<(), errbook_codegen::Report>(())
//! ```
//!
//! # The way of a catalog
//!
//! [`Input::read`] and [`Input::read_project`] find the texts, [`check()`] makes [`Catalog`](model::Catalog)s of them or says
//! everything that is wrong, [`generate`] makes [`Files`] of those, and [`Files::write_to`] puts
//! them on disk. A [`Lock`] beside the catalogs holds what was released, and [`check()`] holds them to it.

// In the order in which a catalog passes through them.
mod check;
mod draft;
mod emit;
mod files;
mod format;
pub mod model;
mod source;

mod anchor;
mod bodies;
mod build;
mod bytes;
mod checkout;
mod finding;
mod layout;
mod lint;
mod lock;
mod outline;
mod outputs;
mod position;
mod rule;
mod settings;
mod status;
mod threads;

pub use bodies::{Bodies, Origin, Sample, indented};
pub use build::Build;
pub use check::{Checked, check, near};
pub use emit::{catalog_schema, markdown, settings_schema};
pub use files::{Files, Stale, Written};
pub use finding::{Cause, Finding, Place, Report, Severity};
pub use lint::{Level, Lint};
pub use lock::{LOCK, Lock, Released};
pub use outline::Outline;
pub use outputs::OutputKind;
pub use position::{Position, Positions};
pub use rule::Rule;
pub use settings::Settings;
pub use source::{Input, SETTINGS, Source};

// rustdoc runs the examples that it finds in here: there must be none, whatever catalogs say.
#[cfg(doctest)]
#[path = "../tests/golden/rust/mod.rs"]
mod golden;

/// What [`generate`] made.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Output {
    /// The catalogs, in the order of their sources.
    pub catalogs: Vec<model::Catalog>,
    /// Every output, under its [name](OutputKind::name): Rust under `rust/`, pages under `docs/`,
    /// example bodies under `fixtures/`, and under `schema/` the format of catalogs, for editors.
    pub files: Files,
    /// What lints have found, and the project only wants to be told.
    pub warnings: Report,
    /// What the project says, such as the folders of its outputs.
    pub settings: Settings,
}

/// Checks catalogs and generates everything from them. Writes nothing.
///
/// The output depends on the sources alone, and not on their order: it is that of their names.
///
/// # Errors
///
/// Every finding in every source, where there is one that is more than a warning.
pub fn generate(input: impl Into<Input>) -> Result<Output, Report> {
    let checked = check(input)?;
    let files = checked.files(OutputKind::ALL.iter().copied());
    let Checked {
        catalogs,
        warnings,
        settings,
        ..
    } = checked;
    Ok(Output {
        catalogs,
        files,
        warnings,
        settings,
    })
}

impl Checked {
    /// Generates from the catalogs: the outputs that are asked for, each under its [name](OutputKind::name), as
    /// [`generate`] makes all of them. Writes nothing.
    pub fn files(&self, outputs: impl IntoIterator<Item = OutputKind>) -> Files {
        emit::emit(&self.catalogs, &outputs.into_iter().collect())
    }
}
