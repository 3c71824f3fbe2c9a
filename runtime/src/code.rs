//! The traits of the generated enums `Code`, `Category` and `Details`, for programs that work with any catalog.

use core::fmt::{self, Debug, Display};
use core::hash::Hash;
use core::str::FromStr;

use crate::catalog::Catalog;
use crate::catalog::rows::CategoryRow;
#[cfg(feature = "json")]
use crate::details::visit::{Visit, VisitorMut};

/// Calls a macro with the arguments and the table of accessors.
///
/// Each accessor is a function of [`CatalogTables`](crate::catalog::tables::CatalogTables), of the trait
/// [`ErrorCode`](crate::ErrorCode), and of every generated `Code`.
#[doc(hidden)]
#[macro_export]
macro_rules! __accessors {
    ([$($macro:tt)+] $($arguments:tt)*) => {
        $($macro)+! { $($arguments)*
            /// The error's name in the catalog, such as `JOB_NOT_FOUND`.
            key: &'static str,
            /// The variant's name in Rust, such as `JobNotFound`.
            name: &'static str,
            /// The code in a body, if the error has one.
            wire: ::core::option::Option<$crate::WireCode>,
            /// The documentation's title of the error.
            title: ::core::option::Option<&'static str>,
            /// The HTTP status that the error is sent with: the first of its statuses.
            status: ::core::option::Option<u16>,
            /// Every HTTP status of the error.
            statuses: &'static [u16],
            /// Whether the error arrives as an event, such as a webhook, and does not answer a request.
            is_event: bool,
            /// The main template of the message: `{name}` is a placeholder, `{{` is a brace.
            message: ::core::option::Option<&'static str>,
            /// Every template of the message, the main one first.
            messages: $crate::MessageForms,
            /// What the error means, in the documentation's words.
            description: ::core::option::Option<&'static str>,
            /// What the documentation suggests to do about it.
            action: ::core::option::Option<&'static str>,
            /// The documented advice about sending the request again.
            retry: ::core::option::Option<$crate::Retry>,
            /// Whether the error has required details. If it is raised without them, its body lacks them.
            requires_details: bool,
            /// The header fields of its response.
            headers: &'static [$crate::Header],
            /// The URL of its documentation.
            docs_url: ::core::option::Option<&'static str>,
            /// Older codes of the same error.
            aliases: &'static [&'static str],
            /// The version of the API that introduced it.
            since: ::core::option::Option<&'static str>,
            /// Its deprecation, if it is deprecated.
            deprecated: ::core::option::Option<&'static $crate::Deprecated>,
            /// The version of the API since which it is not sent.
            retired: ::core::option::Option<&'static str>,
            /// The values that the documentation does not give, with the reasons for them.
            inferred: &'static [$crate::Inferred],
        }
    };
}

macro_rules! names {
    ($($(#[$doc:meta])+ $name:ident: $type:ty,)+) => {
        /// The names of all functions of a generated `Code`. A catalog's own columns need other names.
        #[doc(hidden)]
        pub const ACCESSOR_NAMES: &[&str] = &[
            "category",
            "from_key",
            "from_wire",
            "index",
            "with_status",
            $(stringify!($name),)+
        ];
    };
}

crate::__accessors! { [names] }

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
