//! Why details are not of their type.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::{String, ToString};
use core::fmt;

use crate::json::pointer::escape;
use crate::json::scanner::NotJson;
use crate::one_line::OneLine;

/// The difference between the details of a body and their type in the catalog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DetailsError {
    pointer: String,
    problem: Cow<'static, str>,
}

impl DetailsError {
    pub(crate) fn new(problem: impl Into<Cow<'static, str>>) -> Self {
        Self {
            pointer: String::new(),
            problem: problem.into(),
        }
    }

    /// This error, with the pointer extended by the member or item that it occurred in.
    #[must_use]
    pub(crate) fn within(mut self, step: impl fmt::Display) -> Self {
        let token = escape(&step.to_string());
        self.pointer = format!("/{token}{}", self.pointer);
        self
    }

    /// The JSON pointer (RFC 6901) to the different value in the details; empty for the details themselves.
    pub fn pointer(&self) -> &str {
        &self.pointer
    }

    /// The difference at that value.
    pub fn problem(&self) -> &str {
        &self.problem
    }
}

/// On one line, as errors are displayed.
impl fmt::Display for DetailsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (pointer, problem) = (OneLine(&self.pointer), OneLine(&self.problem));
        match pointer.0 {
            "" => write!(f, "the details do not fit: {problem}"),
            _ => write!(f, "the details do not fit: `{pointer}`: {problem}"),
        }
    }
}

impl core::error::Error for DetailsError {}

impl From<NotJson> for DetailsError {
    fn from(_: NotJson) -> Self {
        Self::new("no JSON")
    }
}
