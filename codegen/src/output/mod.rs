//! Generated files, in memory and on disk.

mod disk;
mod files;

pub use files::{Files, Stale, WriteOutcome};
