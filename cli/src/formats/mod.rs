//! Output for programs: JSON documents, SARIF, annotations of GitHub, and a changelog in Markdown.

pub(crate) mod json;
pub(crate) mod error_json;
pub(crate) mod findings_json;
pub(crate) mod findings_sarif;
pub(crate) mod diff_json;
pub(crate) mod github;
pub(crate) mod changelog;
