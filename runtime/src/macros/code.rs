//! The macros behind the enums `Code` and `Category`.

/// The accessors and traits of a generated `Code`.
///
/// `$details` is what `__details!` made, `$all` the static array of its variants, `$catalog` the
/// static [`Catalog`](crate::Catalog).
#[doc(hidden)]
#[macro_export]
macro_rules! __code {
    ($code:ident, $category:ident, $details:ident, $catalog:ident, $all:ident) => {
        impl $code {
            /// Every code, in the catalog's order.
            pub const ALL: &'static [Self] = &$all;

            /// The tables behind the codes.
            pub const CATALOG: &'static $crate::Catalog = &$catalog;

            // These read the static, not `ALL`: a constant is checked anew, and with it all that it refers to.

            /// The error with this key, such as `"JOB_NOT_FOUND"`.
            pub fn from_key(key: &str) -> ::core::option::Option<Self> {
                $catalog.find_key(key).map(|index| $all[index])
            }

            /// The error that a response with this code and status means.
            ///
            /// One error has the code, or had it as an alias: that one, at any status. Several have
            /// it: the one of this status, else the first in the catalog. A code that is a number
            /// is given by its digits.
            pub fn from_wire(code: &str, status: u16) -> ::core::option::Option<Self> {
                $catalog.find_code(code, status).map(|index| $all[index])
            }

            /// The errors that come with this status, in the catalog's order.
            pub fn with_status(status: u16) -> impl ::core::iter::Iterator<Item = Self> {
                <Self as $crate::ErrorCode>::with_status(status)
            }

            /// The code's place in [`ALL`](Self::ALL).
            pub const fn index(self) -> usize {
                self as usize
            }

            /// The section that lists it.
            pub const fn category(self) -> ::core::option::Option<$category> {
                match $catalog.tables.category(self as usize) {
                    ::core::option::Option::Some(index) => {
                        ::core::option::Option::Some($category::ALL[index])
                    }
                    ::core::option::Option::None => ::core::option::Option::None,
                }
            }
        }

        $crate::__accessors! { $code, $catalog,
            /// The error's name in the catalog, such as `JOB_NOT_FOUND`.
            key = key -> &'static str,
            /// The variant's name in Rust, such as `JobNotFound`.
            name = name -> &'static str,
            /// The code as it stands in a body, where the error has one.
            wire = wire -> ::core::option::Option<$crate::WireCode>,
            /// The documentation's title of the error.
            title = error_title -> ::core::option::Option<&'static str>,
            /// The HTTP status that the error is sent with: the first of its statuses.
            status = error_status -> ::core::option::Option<u16>,
            /// Every HTTP status that the error comes with.
            statuses = error_statuses -> &'static [u16],
            /// Whether the error arrives as an event, such as a webhook, and answers no request.
            is_event = is_event -> bool,
            /// The main form of the message, a template: `{name}` stands for a value, `{{` for a
            /// brace.
            message = message -> ::core::option::Option<&'static str>,
            /// Every form of the message, the main one first.
            messages = message_forms -> $crate::MessageForms,
            /// What the error means, in the documentation's words.
            description = description -> ::core::option::Option<&'static str>,
            /// What the documentation suggests to do about it.
            action = action -> ::core::option::Option<&'static str>,
            /// The documented advice about sending the request again.
            retry = retry -> ::core::option::Option<$crate::Retry>,
            /// Whether its body holds details that must be there. Raised without them, it is sent
            /// without them.
            requires_details = requires_details -> bool,
            /// The header fields that come with it.
            headers = headers -> &'static [$crate::Header],
            /// Where the error is documented.
            docs_url = docs_url -> ::core::option::Option<&'static str>,
            /// Older codes that mean the same error.
            aliases = aliases -> &'static [&'static str],
            /// The version of the API that introduced it.
            since = since -> ::core::option::Option<&'static str>,
            /// That it is on its way out, and what stands for it.
            deprecated = deprecated -> ::core::option::Option<&'static $crate::Deprecated>,
            /// The version of the API since which it is not sent any more.
            retired = retired -> ::core::option::Option<&'static str>,
            /// Which of its values the documentation does not give, and why they are as they are.
            inferred = inferred -> &'static [$crate::Inferred],
        }

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
        // By hand: a derived one grows with the variants, to seconds of compile time at thousands.
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

        /// From the error's key.
        impl ::core::str::FromStr for $code {
            type Err = $crate::UnknownKey;

            fn from_str(key: &str) -> ::core::result::Result<Self, Self::Err> {
                Self::from_key(key).ok_or($crate::UnknownKey::new($catalog.id()))
            }
        }

        $crate::__serialize! { $code }
    };
}

/// Serialisation of a `Code` as its key: present with the feature `serde`, absent without.
#[cfg(feature = "serde")]
#[doc(hidden)]
#[macro_export]
macro_rules! __serialize {
    ($code:ident) => {
        /// As the error's key. To read one, see [`MaybeKnown`]($crate::MaybeKnown).
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

/// Serialisation of a `Code` as its key: present with the feature `serde`, absent without.
#[cfg(not(feature = "serde"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __serialize {
    ($code:ident) => {};
}

/// One inherent `const` accessor for each named column of the catalog.
#[doc(hidden)]
#[macro_export]
macro_rules! __accessors {
    ($code:ident, $catalog:ident, $($(#[$doc:meta])* $name:ident = $column:ident -> $type:ty,)*) => {
        impl $code {
            $(
                $(#[$doc])*
                pub const fn $name(self) -> $type {
                    $catalog.tables.$column(self as usize)
                }
            )*
        }
    };
}

/// The accessors and traits of a generated `Category`.
///
/// `$all` is the static array of its variants, `$rows` the static array of their rows.
#[doc(hidden)]
#[macro_export]
macro_rules! __category {
    ($category:ident, $all:ident, $rows:ident) => {
        impl $category {
            /// Every category, in the documentation's order.
            pub const ALL: &'static [Self] = &$all;

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
