//! The enums of generated modules, for programs that work with any of them.

pub(crate) mod accessors;
pub(crate) mod error_details;

pub(crate) mod error_code;

#[cfg(feature = "serde")]
pub(crate) mod maybe_known;

pub use error_code::{ErrorCategory, ErrorCode, UnknownKey};
pub use error_details::ErrorDetails;
