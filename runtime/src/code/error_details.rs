//! The trait of a generated enum `Details`.

/// The typed details of the errors of one API: the enum `Details` of a generated module.
///
/// Without the feature `json` it is empty.
#[cfg(not(feature = "json"))]
pub trait ErrorDetails<C>: 'static {}

#[cfg(feature = "json")]
use crate::details::visit::{Visit, VisitorMut};

/// The typed details of the errors of one API: the enum `Details` of a generated module.
#[cfg(feature = "json")]
pub trait ErrorDetails<C>: Visit + Clone + core::fmt::Debug + Send + Sync + 'static {
    /// The error that the details belong to.
    fn code(&self) -> C;

    /// The blank details of an error, if it has details.
    #[doc(hidden)]
    fn blank(code: C) -> Option<Self>;

    /// Passes the details to the visitor, once.
    #[doc(hidden)]
    fn visit_mut(&mut self, visitor: &mut VisitorMut<'_>);
}
