//! What comes over the wire: which error it is, what is read of it, and what is written.

mod details;
mod detection;
mod fixtures;
mod identification;
mod messages;
mod problem_details;
mod raised;
mod received;
mod retry;
mod values;
