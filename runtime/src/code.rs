//! The traits of the generated enums `Code`, `Category` and `Details`, for programs that work with any catalog.

use core::fmt::{self, Debug, Display};
use core::hash::Hash;
use core::str::FromStr;

use crate::catalog::Catalog;
use crate::catalog::rows::CategoryRow;
#[cfg(feature = "json")]
use crate::details::visit::{Visit, VisitorMut};

/// Implements the accessors by the tables of the catalog.
macro_rules! accessors_by_index {
    ($($(#[$doc:meta])+ $name:ident: $type:ty,)+) => {
        $(
            $(#[$doc])+
            fn $name(self) -> $type {
                Self::CATALOG.tables.$name(self.index())
            }
        )+
    };
}

/// The error codes of one API: the enum `Code` of a generated module.
///
/// The enum itself has the same methods, most of them `const`. [`Display`] and [`FromStr`] use the key.
pub trait ErrorCode:
    Copy + Debug + Display + Eq + FromStr<Err = UnknownKey> + Hash + Ord + Send + Sync + 'static
{
    /// The sections of the API's documentation.
    type Category: ErrorCategory;

    /// The typed details of the errors: the enum `Details` of the generated module. Without the feature `json` it
    /// is empty.
    type Details: ErrorDetails<Self>;

    /// The catalog of the API.
    const CATALOG: &'static Catalog;

    /// Every code, in the catalog's order.
    // Not a constant: rustc would check all variants in it, which takes the square of their number.
    fn all() -> &'static [Self];

    /// The code's index in [`all`](Self::all).
    fn index(self) -> usize;

    /// The error with this key.
    fn from_key(key: &str) -> Option<Self> {
        Self::CATALOG.find_key(key).map(|index| Self::all()[index])
    }

    /// The error that a response with this code and status means; see [`Catalog::find_code`]. The code of a number
    /// is its digits.
    fn from_wire(code: &str, status: u16) -> Option<Self> {
        Self::CATALOG
            .find_code(code, status)
            .map(|index| Self::all()[index])
    }

    /// The errors with this status, in the catalog's order.
    fn with_status(status: u16) -> impl Iterator<Item = Self> {
        Self::all()
            .iter()
            .copied()
            .filter(move |code| code.statuses().contains(&status))
    }

    /// The section of the documentation that lists it.
    fn category(self) -> Option<Self::Category> {
        Self::CATALOG
            .tables
            .category(self.index())
            .map(|index| Self::Category::all()[index])
    }

    crate::__accessors! { [accessors_by_index] }
}

/// The typed details of the errors of one API: the enum `Details` of a generated module.
///
/// Without the feature `json` it is empty.
#[cfg(not(feature = "json"))]
pub trait ErrorDetails<C>: 'static {}

/// The typed details of the errors of one API: the enum `Details` of a generated module.
#[cfg(feature = "json")]
pub trait ErrorDetails<C>: Visit + Clone + Debug + Send + Sync + 'static {
    /// The error that the details belong to.
    fn code(&self) -> C;

    /// The blank details of an error, if it has details.
    #[doc(hidden)]
    fn blank(code: C) -> Option<Self>;

    /// Passes the details to the visitor, once.
    #[doc(hidden)]
    fn visit_mut(&mut self, visitor: &mut VisitorMut<'_>);
}

/// The sections of one API's documentation: the enum `Category` of a generated module.
pub trait ErrorCategory: Copy + Debug + Display + Eq + Hash + Ord + Send + Sync + 'static {
    /// Every category, in the documentation's order.
    fn all() -> &'static [Self];

    /// The category's id and heading.
    fn row(self) -> &'static CategoryRow;

    /// The category's id in the catalog.
    fn id(self) -> &'static str {
        self.row().id
    }

    /// The section's heading.
    fn title(self) -> &'static str {
        self.row().title
    }
}

/// The error for a text that is not the key of any error of the catalog.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnknownKey {
    /// The id of the catalog.
    pub catalog: &'static str,
}

impl UnknownKey {
    #[doc(hidden)]
    pub const fn new(catalog: &'static str) -> Self {
        Self { catalog }
    }
}

impl Display for UnknownKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no error of the catalog `{}` has this key", self.catalog)
    }
}

impl core::error::Error for UnknownKey {}
