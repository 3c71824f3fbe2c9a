//! Errors as types of other crates, each with the feature of its name.

#[cfg(feature = "http")]
mod http;
#[cfg(feature = "actix-web")]
mod actix;
#[cfg(feature = "axum")]
mod axum;
