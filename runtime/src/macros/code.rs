//! The macro that includes generated code, and the implementations of the enums `Code` and `Category`.

/// Includes the modules that [`errbook_codegen::Build`] wrote to `OUT_DIR`, one for each catalog.
///
/// ```ignore
/// errbook::include_catalogs!();
/// ```
///
/// [`errbook_codegen::Build`]: https://docs.rs/errbook-codegen/latest/errbook_codegen/struct.Build.html
#[macro_export]
macro_rules! include_catalogs {
    () => {
        ::core::include!(::core::concat!(::core::env!("OUT_DIR"), "/errbook/mod.rs"));
    };
}

/// Checks that generated code fits this version of the crate. Expands to nothing, or to an error with the remedy.
///
/// The number is that of [`INTERFACE`](crate::__private::INTERFACE). It changes whenever generated code of another
/// version of `errbook-codegen` would not compile, or would do something else, with this version.
#[doc(hidden)]
#[macro_export]
macro_rules! __interface {
    (1) => {};
    ($needed:literal) => {
        ::core::compile_error!(::core::concat!(
            "this code was generated for interface ",
            $needed,
            " of `errbook`, but this `errbook` has interface 1: use `errbook` and `errbook-codegen` \
             (or `cargo-errbook`) of the same version, and generate the code again"
        ));
    };
}

/// The functions and traits of a generated `Code`.
///
/// `$details` is the enum of `__details!`, `$all` the static array of the variants of `$code`, and `$catalog` the
/// static [`Catalog`](crate::Catalog).
///
/// Variants may have any name in camel case, also that of an associated type or constant. The macros therefore never
/// write `Self::Name` or `Code::Name` for such an item: rustc would take it for the variant, or refuse it as ambiguous.
#[doc(hidden)]
#[macro_export]
macro_rules! __code {
    ($code:ident, $category:ident, $details:ident, $catalog:path, $all:path) => {
        impl $code {
            /// Every code, in the catalog's order.
            pub const ALL: &'static [Self] = &$all;

            /// The catalog of the API.
            pub const CATALOG: &'static $crate::Catalog = &$catalog;

            // These functions use the static, not `ALL`: rustc checks a constant wherever it is used.

            /// The error with this key, such as `"JOB_NOT_FOUND"`.
            pub fn from_key(key: &str) -> ::core::option::Option<Self> {
                $catalog.find_key(key).map(|index| $all[index])
            }

            /// The error that a response with this code and status means.
            ///
            /// If one error has the code or had it as an alias, returns that error, at any status. If
            /// several errors have it, returns the one with this status, or else the first in the
            /// catalog. The code of a number is its digits.
            pub fn from_wire(code: &str, status: u16) -> ::core::option::Option<Self> {
                $catalog.find_code(code, status).map(|index| $all[index])
            }

            /// The errors with this status, in the catalog's order.
            pub fn with_status(status: u16) -> impl ::core::iter::Iterator<Item = Self> {
                <Self as $crate::ErrorCode>::with_status(status)
            }

            /// The code's index in [`ALL`](Self::ALL).
            pub const fn index(self) -> usize {
                self as usize
            }

            /// The section of the documentation that lists it.
            pub const fn category(self) -> ::core::option::Option<$category> {
                match $catalog.tables.category(self as usize) {
                    ::core::option::Option::Some(index) => {
                        ::core::option::Option::Some($category::__at(index))
                    }
                    ::core::option::Option::None => ::core::option::Option::None,
                }
            }
        }

        $crate::__accessors! { [$crate::__const_accessors] $code, $catalog, }

        impl $crate::ErrorCode for $code {
            type Category = $category;
            type Details = $details;
            const CATALOG: &'static $crate::Catalog = &$catalog;

            fn all() -> &'static [Self] {
                &$all
            }

            fn index(self) -> usize {
                self as usize
            }
        }

        /// The variant's name.
        // Not derived: a derived one grows with the variants, and takes seconds to compile for thousands.
        impl ::core::fmt::Debug for $code {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str(self.name())
            }
        }

        /// The error's key.
        impl ::core::fmt::Display for $code {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(self.key())
            }
        }

        /// Parses the error's key.
        impl ::core::str::FromStr for $code {
            type Err = $crate::UnknownKey;

            fn from_str(key: &str) -> ::core::result::Result<Self, $crate::UnknownKey> {
                Self::from_key(key).ok_or($crate::UnknownKey::new($catalog.id()))
            }
        }

        $crate::__serialize! { $code }
    };
}

/// The implementation of `Serialize` for a `Code`, with the feature `serde`.
#[cfg(feature = "serde")]
#[doc(hidden)]
#[macro_export]
macro_rules! __serialize {
    ($code:ident) => {
        /// Serialises the error's key. [`MaybeKnown`]($crate::MaybeKnown) deserialises it.
        impl $crate::__private::serde::Serialize for $code {
            fn serialize<S: $crate::__private::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.key())
            }
        }
    };
}

/// Without the feature `serde`, a `Code` does not implement `Serialize`.
#[cfg(not(feature = "serde"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __serialize {
    ($code:ident) => {};
}

/// The accessors of a generated `Code`, as `const` functions.
#[doc(hidden)]
#[macro_export]
macro_rules! __const_accessors {
    ($code:ident, $catalog:path, $($(#[$doc:meta])+ $name:ident: $type:ty,)+) => {
        impl $code {
            $(
                $(#[$doc])+
                pub const fn $name(self) -> $type {
                    $catalog.tables.$name(self as usize)
                }
            )+
        }
    };
}

/// The functions and traits of a generated `Category`.
///
/// `$all` is the static array of its variants, `$rows` the static array of their rows.
#[doc(hidden)]
#[macro_export]
macro_rules! __category {
    ($category:ident, $all:path, $rows:path) => {
        impl $category {
            /// Every category, in the documentation's order.
            pub const ALL: &'static [Self] = &$all;

            // Not `ALL[index]`: a variant may be named `ALL`, and hides the constant.
            #[doc(hidden)]
            pub const fn __at(index: usize) -> Self {
                $all[index]
            }

            /// The category's id in the catalog.
            pub const fn id(self) -> &'static str {
                $rows[self as usize].id
            }

            /// The section's heading.
            pub const fn title(self) -> &'static str {
                $rows[self as usize].title
            }
        }

        impl $crate::ErrorCategory for $category {
            fn all() -> &'static [Self] {
                &$all
            }

            fn row(self) -> &'static $crate::CategoryRow {
                &$rows[self as usize]
            }
        }

        /// The category's id.
        impl ::core::fmt::Display for $category {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(self.id())
            }
        }
    };
}
