//! Errors of five APIs, each odd in its own way, served and called over HTTP.

pub mod client;
pub mod server;
