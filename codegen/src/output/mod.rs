//! Generated files, in memory and on disk.

mod disk;
mod placed_files;
mod files;

pub use files::Files;
pub use placed_files::{Stale, WriteOutcome};
