//! Turns errbook catalogs into Rust enums, tables and Markdown reference pages.
//!
//! A catalog is a TOML file that transcribes the error tables of an API's documentation. In a
//! `build.rs`, [`Build`] is all there is to call:
//!
//! ```no_run
//! errbook_codegen::Build::new().run();
//! ```
//!
//! [`generate()`] is the same without cargo and without a disk, from texts to texts:
//!
//! ```
//! use errbook_codegen::{OutputKind, Source, generate};
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
//! assert!(output.files.get(OutputKind::Rust, "shop.rs").unwrap().contains("OutOfStock"));
//! assert!(output.files.get(OutputKind::Docs, "shop.md").unwrap().contains("The shop has none left"));
//! # Ok::<(), errbook_codegen::Report>(())
//! ```
//!
//! [`Input::read`] and [`Input::read_project`] read catalogs from disk, and [`Files::write_to`] writes what
//! [`generate()`] returns. Catalogs that break a rule are refused with a [`Report`].

// In the order in which a catalog passes through them: a module imports only modules listed before it.
mod util;
mod source;
mod line_index;
mod findings;
mod toml;
mod model;
mod lock;
mod output_kind;
mod settings;
mod keys;
mod input;
mod derive;
mod check;
mod emit;
mod output;
mod generate;
mod build_script;

pub use build_script::Build;
pub use findings::{Cause, Finding, Level, Lint, Report, RuleId, Severity};
pub use generate::{Output, generate};
pub use input::Input;
pub use line_index::{Location, Position, Positions};
pub use output::{Files, Stale, WriteOutcome};
pub use output_kind::OutputKind;
pub use settings::Settings;
pub use source::Source;

/// What the command `cargo errbook` uses. Anything in here may change in any release.
#[doc(hidden)]
pub mod __private {
    pub use crate::check::{Checked, check, near};
    pub use crate::derive::{Bodies, ErrorEntry, Sample, SampleOrigin, describe};
    pub use crate::emit::{catalog_schema, markdown_escape, settings_schema};
    pub use crate::lock::{LOCK, Lock, ReleasedCode};
    pub use crate::settings::SETTINGS;
    pub use crate::toml::Outline;
    pub use crate::util::json_text::indented;
    pub use crate::util::names::printable;

    /// The checked catalogs.
    pub mod model {
        pub use crate::model::*;
    }
}

// rustdoc runs the examples that it finds in here: there must be none, whatever catalogs say.
#[cfg(doctest)]
#[path = "../tests/golden/rust/mod.rs"]
mod golden;

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
mod readme {}
