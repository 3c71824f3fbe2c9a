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

// In the order in which a catalog passes through them: a module imports only modules listed before it.
mod util;
mod source;
mod line_index;
mod findings;
mod toml;
pub mod model;
mod lock;
mod output_kind;
mod settings;
mod keys;
mod input;
mod derive;
mod check;
mod project;
mod emit;
mod output;
mod generate;
mod checkout;
mod build_script;

pub use build_script::Build;
pub use check::{Checked, check, near};
pub use derive::{Bodies, Sample, SampleOrigin};
#[doc(hidden)]
pub use derive::{ErrorEntry, describe};
pub use emit::{catalog_schema, markdown_escape, settings_schema};
pub use findings::{Cause, Finding, Level, Lint, Report, RuleId, Severity};
pub use generate::{Output, generate};
pub use input::Input;
pub use line_index::{Location, Position, Positions};
pub use lock::{LOCK, Lock, ReleasedCode};
pub use output::{Files, Stale, WriteOutcome};
pub use output_kind::OutputKind;
pub use settings::{SETTINGS, Settings};
pub use source::Source;
pub use toml::Outline;
pub use util::json_text::indented;

// rustdoc runs the examples that it finds in here: there must be none, whatever catalogs say.
#[cfg(doctest)]
#[path = "../tests/golden/rust/mod.rs"]
mod golden;
