//! Typed details: what an error's body holds beyond code and message.

#[cfg(feature = "json")]
pub use json::{ErrorDetails, Misfit};
#[cfg(feature = "json")]
pub(crate) use json::{Raw, fits, read_of};

/// The typed details of the errors of one API: the enum `Details` of a generated module.
///
/// Without the feature `json` there are none.
#[cfg(not(feature = "json"))]
pub trait ErrorDetails<C>: 'static {}

#[cfg(feature = "json")]
mod json {
    use alloc::borrow::Cow;
    use alloc::format;
    use alloc::string::String;
    use core::fmt::{self, Debug};

    use crate::code::ErrorCode;
    use crate::object::{SeeMut, View, fits_details, read_details};
    use crate::scan::NotJson;

    /// The typed details of the errors of one API: the enum `Details` of a generated module.
    pub trait ErrorDetails<C>: View + Clone + Debug + Send + Sync + 'static {
        /// The error that they belong to.
        fn code(&self) -> C;

        /// The details of an error before anything was read into them; `None` where it has none.
        #[doc(hidden)]
        fn blank(code: C) -> Option<Self>;

        /// Shows the value, once, to be read into.
        #[doc(hidden)]
        fn view_mut(&mut self, see: &mut SeeMut<'_>);
    }

    /// Details as they came.
    #[derive(Clone, Copy)]
    pub struct Raw<'a> {
        /// JSON text; where they stand among other members, that of the object.
        pub json: &'a str,
        /// The place of the envelope that they are at.
        pub at: usize,
        /// Where in the text the first of their members is, if they stand behind others.
        pub first: Option<usize>,
    }

    /// The details of an error from the JSON text that holds them, if any does; `None` where it has
    /// none, or need not have any and there are none.
    pub(crate) fn read_of<C: ErrorCode>(
        code: Option<C>,
        raw: Option<Raw<'_>>,
    ) -> Option<Result<C::Details, Misfit>> {
        let code = code?;
        if raw.is_none() && !code.requires_details() {
            return None;
        }
        let mut details = C::Details::blank(code)?;
        let mut read = Ok(());
        details.view_mut(&mut SeeMut(&mut |value| {
            read = read_details(C::CATALOG.envelope, value, raw);
        }));
        Some(read.map(|()| details))
    }

    /// Whether a JSON text holds the details of an error.
    pub(crate) fn fits<C: ErrorCode>(code: C, raw: Option<Raw<'_>>) -> bool {
        let (Some(details), Some(raw)) = (C::Details::blank(code), raw) else {
            return false;
        };
        let details: &dyn View = &details;
        details.seen(|value| fits_details(C::CATALOG.envelope, value, raw))
    }

    /// Why details in a body are not what the catalog says of them.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Misfit {
        pointer: String,
        problem: Cow<'static, str>,
    }

    impl Misfit {
        pub(crate) fn new(problem: impl Into<Cow<'static, str>>) -> Self {
            Self {
                pointer: String::new(),
                problem: problem.into(),
            }
        }

        pub(crate) fn missing() -> Self {
            Self::new("missing")
        }

        /// The same, seen from the object or list that this member or item is in.
        #[must_use]
        pub(crate) fn within(mut self, step: impl fmt::Display) -> Self {
            let step = format!("{step}").replace('~', "~0").replace('/', "~1");
            self.pointer = format!("/{step}{}", self.pointer);
            self
        }

        /// Where in the details it is, as a JSON pointer (RFC 6901); empty for the details
        /// themselves.
        pub fn pointer(&self) -> &str {
            &self.pointer
        }

        /// What is different there.
        pub fn problem(&self) -> &str {
            &self.problem
        }
    }

    impl fmt::Display for Misfit {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            match self.pointer.as_str() {
                "" => write!(f, "the details do not fit: {}", self.problem),
                pointer => write!(f, "the details do not fit: `{pointer}`: {}", self.problem),
            }
        }
    }

    impl core::error::Error for Misfit {}

    impl From<NotJson> for Misfit {
        fn from(_: NotJson) -> Self {
            Self::new("no JSON")
        }
    }
}
