//! Catalogs: the documented errors of an API, as static tables.

pub(crate) mod rows;
#[doc(hidden)]
pub(crate) mod envelope;
#[doc(hidden)]
pub(crate) mod perfect_hash;
#[doc(hidden)]
pub(crate) mod string_table;
#[doc(hidden)]
pub(crate) mod tables;

use core::fmt;

use crate::catalog::rows::{CategoryRow, Inferred, StatusRow};
use crate::catalog::tables::{CatalogTables, present};

/// Declares accessors of the API, each with its type and value.
macro_rules! api_accessors {
    ($self:ident: $($(#[$doc:meta])+ $name:ident: $type:ty = $value:expr;)+) => {
        $(
            $(#[$doc])+
            pub const fn $name(&$self) -> $type {
                $value
            }
        )+
    };
}

/// The catalog of one API: the documentation of the API and of its errors.
///
/// Errors are addressed by their index, their position in the catalog; it changes when the catalog does.
/// Programs use the generated `Code` and its accessors, or [`ErrorCode`](crate::ErrorCode) for any catalog.
#[derive(Clone, Copy)]
pub struct Catalog {
    /// The tables. Generated code fills them in.
    #[doc(hidden)]
    pub tables: CatalogTables<'static>,
}

impl Catalog {
    api_accessors! { self:
        /// The catalog's id, the name of its module and page.
        id: &'static str = self.tables.id;
        /// The API's name.
        title: &'static str = self.tables.api_title;
        /// What the API does, in Markdown.
        summary: Option<&'static str> = present(self.tables.summary);
        /// The URL of the API's own pages.
        homepage: Option<&'static str> = present(self.tables.homepage);
        /// The API's version.
        version: Option<&'static str> = present(self.tables.version);
        /// The language of the catalog's texts, as a BCP 47 tag.
        language: Option<&'static str> = present(self.tables.language);
        /// The values of the API that its documentation does not give, with the reasons for them.
        api_inferred: &'static [Inferred] = self.tables.api_inferred;
        /// The parts of error bodies that the documentation does not give, with the reasons for them.
        envelope_inferred: &'static [Inferred] = self.tables.envelope_inferred;
        /// The sections of the documentation, in its order.
        categories: &'static [CategoryRow] = self.tables.categories;
        /// The documentation's table of HTTP statuses, in its order.
        statuses: &'static [StatusRow] = self.tables.status_rows;
    }

    /// The row of a status.
    pub fn status_row(&self, status: u16) -> Option<&'static StatusRow> {
        self.statuses().iter().find(|row| row.status == status)
    }

    /// The number of errors.
    pub const fn len(&self) -> usize {
        self.tables.len()
    }

    /// Whether the catalog has no error.
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The index of the error with this key.
    #[inline]
    pub fn find_key(&self, key: &str) -> Option<usize> {
        self.tables.find_key(key)
    }

    /// The index of the error that a response with this code and status means.
    ///
    /// If one error has the code or had it as an alias, returns that error, at any status. If several errors
    /// have it, returns the one with this status, or else the first in the catalog.
    #[inline]
    pub fn find_code(&self, code: &str, status: u16) -> Option<usize> {
        self.tables.find_code(code, status)
    }
}

impl fmt::Debug for Catalog {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Catalog")
            .field("id", &self.id())
            .field("errors", &self.len())
            .finish_non_exhaustive()
    }
}
