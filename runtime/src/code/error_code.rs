//! The traits of the generated enums `Code` and `Category`.

use core::fmt::{self, Debug, Display};
use core::hash::Hash;
use core::str::FromStr;

use crate::catalog::Catalog;
use crate::catalog::rows::{CategoryRow, Deprecated, Header, Inferred, MessageForms, WireCode};
use crate::code::error_details::ErrorDetails;
use crate::retry::Retry;

/// The error codes of one API: the enum `Code` of a generated module.
///
/// The methods are those of the enum itself, where they are `const`. [`Display`] and [`FromStr`] use
/// the key.
pub trait ErrorCode:
    Copy + Debug + Display + Eq + FromStr<Err = UnknownKey> + Hash + Ord + Send + Sync + 'static
{
    /// The sections of the API's documentation.
    type Category: ErrorCategory;

    /// The typed details of the errors: the enum `Details` of the generated module. Without the
    /// feature `json`, nothing.
    type Details: ErrorDetails<Self>;

    /// The tables behind the codes.
    const CATALOG: &'static Catalog;

    /// Every code, in the catalog's order.
    // A function: rustc checks what a constant refers to, and for variants takes the square of their number.
    fn all() -> &'static [Self];

    /// The code's place in [`all`](Self::all).
    fn index(self) -> usize;

    /// The error with this key.
    fn from_key(key: &str) -> Option<Self> {
        Self::CATALOG.find_key(key).map(|index| Self::all()[index])
    }

    /// The error that a response with this code and status means; see [`Catalog::find_code`].
    fn from_wire(code: &str, status: u16) -> Option<Self> {
        Self::CATALOG
            .find_code(code, status)
            .map(|index| Self::all()[index])
    }

    /// The errors that come with this status, in the catalog's order.
    fn with_status(status: u16) -> impl Iterator<Item = Self> {
        Self::all()
            .iter()
            .copied()
            .filter(move |code| code.statuses().contains(&status))
    }

    /// The error's name in the catalog, such as `JOB_NOT_FOUND`.
    fn key(self) -> &'static str {
        Self::CATALOG.tables.key(self.index())
    }

    /// The variant's name in Rust, such as `JobNotFound`.
    fn name(self) -> &'static str {
        Self::CATALOG.tables.name(self.index())
    }

    /// The code as it stands in a body, where the error has one.
    fn wire(self) -> Option<WireCode> {
        Self::CATALOG.tables.wire(self.index())
    }

    /// The documentation's title of the error.
    fn title(self) -> Option<&'static str> {
        Self::CATALOG.tables.error_title(self.index())
    }

    /// The HTTP status that the error is sent with: the first of its statuses.
    fn status(self) -> Option<u16> {
        Self::CATALOG.tables.error_status(self.index())
    }

    /// Every HTTP status that the error comes with.
    fn statuses(self) -> &'static [u16] {
        Self::CATALOG.tables.error_statuses(self.index())
    }

    /// Whether the error arrives as an event, such as a webhook, and answers no request.
    fn is_event(self) -> bool {
        Self::CATALOG.tables.is_event(self.index())
    }

    /// The main form of the message, a template: `{name}` stands for a value, `{{` for a brace.
    fn message(self) -> Option<&'static str> {
        Self::CATALOG.tables.message(self.index())
    }

    /// Every form of the message, the main one first.
    fn messages(self) -> MessageForms {
        Self::CATALOG.tables.message_forms(self.index())
    }

    /// What the error means, in the documentation's words.
    fn description(self) -> Option<&'static str> {
        Self::CATALOG.tables.description(self.index())
    }

    /// What the documentation suggests to do about it.
    fn action(self) -> Option<&'static str> {
        Self::CATALOG.tables.action(self.index())
    }

    /// The section that lists it.
    fn category(self) -> Option<Self::Category> {
        Self::CATALOG
            .tables
            .category(self.index())
            .map(|index| Self::Category::all()[index])
    }

    /// The documented advice about sending the request again.
    fn retry(self) -> Option<Retry> {
        Self::CATALOG.tables.retry(self.index())
    }

    /// Whether its body holds details that must be there; see [`Details`](Self::Details).
    fn requires_details(self) -> bool {
        Self::CATALOG.tables.requires_details(self.index())
    }

    /// The header fields that come with it.
    fn headers(self) -> &'static [Header] {
        Self::CATALOG.tables.headers(self.index())
    }

    /// Where the error is documented.
    fn docs_url(self) -> Option<&'static str> {
        Self::CATALOG.tables.docs_url(self.index())
    }

    /// Older codes that mean the same error.
    fn aliases(self) -> &'static [&'static str] {
        Self::CATALOG.tables.aliases(self.index())
    }

    /// The version of the API that introduced it.
    fn since(self) -> Option<&'static str> {
        Self::CATALOG.tables.since(self.index())
    }

    /// That it is on its way out, and what stands for it.
    fn deprecated(self) -> Option<&'static Deprecated> {
        Self::CATALOG.tables.deprecated(self.index())
    }

    /// The version of the API since which it is not sent any more.
    fn retired(self) -> Option<&'static str> {
        Self::CATALOG.tables.retired(self.index())
    }

    /// Which of its values the documentation does not give, and why they are as they are.
    fn inferred(self) -> &'static [Inferred] {
        Self::CATALOG.tables.inferred(self.index())
    }
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
