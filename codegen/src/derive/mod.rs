//! What is computed from a catalog both to check it and to generate from it.

mod envelope_layout;
mod samples;

pub(crate) use envelope_layout::EnvelopeLayout;
pub use samples::{Bodies, Sample, SampleOrigin};
