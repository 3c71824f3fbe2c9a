//! What is computed from a catalog both to check it and to generate from it.

mod envelope_layout;
mod samples;
mod perfect_hash;
pub(crate) mod identification;
mod error_entry;
pub mod describe;

pub(crate) use envelope_layout::EnvelopeLayout;
pub use error_entry::ErrorEntry;
pub(crate) use identification::{IdentificationTables, TextHolders};
pub(crate) use perfect_hash::{HashTables, TextIndex};
pub use samples::{Bodies, Sample, SampleOrigin};
