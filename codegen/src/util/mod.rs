//! Helpers that know nothing about catalogs.

mod unicode;
pub(crate) mod characters;
pub(crate) mod http_status;
pub(crate) mod json_text;
pub(crate) mod names;
pub(crate) mod markdown;
pub(crate) mod parallel;
