//! Output for people, in a terminal or in a pipe.

pub(crate) mod terminal;
pub(crate) mod highlight;
pub(crate) mod markdown;
pub(crate) mod unified_diff;
pub(crate) mod word_diff;
pub(crate) mod error_table;
pub(crate) mod error_page;
pub(crate) mod changes;
