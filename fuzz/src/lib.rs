//! What holds for any input, asserted: each target in `fuzz_targets/` makes an input of bytes and has it
//! checked here.

pub mod body;
pub mod catalog;
mod page;
pub mod rows;
