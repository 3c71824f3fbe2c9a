//! Generated files: in memory, compared with a folder, and written to it.

mod disk;
mod files;

pub use files::{Files, Stale, WriteOutcome};
