//! What is the same in every generated module, written once.

/// The accessors and traits of a generated `Code`.
///
/// `$details` is what `__details!` made, `$all` the static array of its variants, `$catalog` the
/// static [`Catalog`](crate::Catalog).
#[doc(hidden)]
#[macro_export]
macro_rules! __code {
    ($code:ident, $category:ident, $details:ident, $catalog:path, $all:path) => {
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
                match $catalog.category(self as usize) {
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
            wire = wire -> ::core::option::Option<$crate::Wire>,
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
    ($code:ident, $catalog:path, $($(#[$doc:meta])* $name:ident = $column:ident -> $type:ty,)*) => {
        impl $code {
            $(
                $(#[$doc])*
                pub const fn $name(self) -> $type {
                    $catalog.$column(self as usize)
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
    ($category:ident, $all:path, $rows:path) => {
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

/// The enum over typed details, and the types of errors that hold them: present with the feature
/// `json`.
///
/// The macro has one definition for each state of the feature, so that generated code holds no
/// `cfg`, which would speak of the features of the crate that it is compiled into. `$object` are the
/// variants whose details are a struct of their own in `$module`, `$other` those that hold another type.
///
/// rustc copies what a macro has matched whenever a repetition begins with another one, which takes the
/// square of their number. So no repetition does, here and in `__objects!`.
#[cfg(feature = "json")]
#[doc(hidden)]
#[macro_export]
macro_rules! __details {
    (
        $code:ident, $details:ident, $module:ident($($object:ident),* $(,)?),
        others($($other:ident),* $(,)?)
        $enum:item
    ) => {
        /// An error of this API, raised or received.
        pub type Error = $crate::Error<$code>;

        /// An error of this API, read where its body lies.
        pub type ErrorRef<'a> = $crate::ErrorRef<'a, $code>;

        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        $enum

        #[allow(deprecated)]
        impl $details {
            /// The error that they belong to.
            #[inline]
            pub const fn code(&self) -> $code {
                match *self {
                    $(Self::$object(_) => $code::$object,)*
                    $(Self::$other(_) => $code::$other,)*
                }
            }
        }

        impl $crate::__private::View for $details {
            fn view(&self, see: &mut $crate::__private::See<'_>) {
                match *self {
                    $(Self::$object(ref details) => $crate::__private::Member::view(details, see),)*
                    $(Self::$other(ref details) => $crate::__private::Member::view(details, see),)*
                }
            }
        }

        #[allow(deprecated)]
        impl $crate::ErrorDetails<$code> for $details {
            fn code(&self) -> $code {
                self.code()
            }

            fn blank(code: $code) -> ::core::option::Option<Self> {
                match code {
                    $(
                        $code::$object => ::core::option::Option::Some(
                            Self::$object($crate::__private::Member::blank()),
                        ),
                    )*
                    $(
                        $code::$other => ::core::option::Option::Some(
                            Self::$other($crate::__private::Member::blank()),
                        ),
                    )*
                    _ => ::core::option::Option::None,
                }
            }

            fn view_mut(&mut self, see: &mut $crate::__private::SeeMut<'_>) {
                match *self {
                    $(Self::$object(ref mut details) => {
                        $crate::__private::Member::view_mut(details, see)
                    })*
                    $(Self::$other(ref mut details) => {
                        $crate::__private::Member::view_mut(details, see)
                    })*
                }
            }
        }

        impl ::core::convert::From<$details> for $crate::Error<$code> {
            #[inline]
            fn from(details: $details) -> Self {
                Self::from_details(details)
            }
        }

        $(
            impl ::core::convert::From<$module::$object> for $details {
                #[inline]
                fn from(details: $module::$object) -> Self {
                    Self::$object(details)
                }
            }

            impl ::core::convert::From<$module::$object> for $crate::Error<$code> {
                #[inline]
                fn from(details: $module::$object) -> Self {
                    // As what is the same for all of them, so that no code is made for each.
                    Self::from_details($details::$object(details))
                }
            }
        )*
    };
}

/// Without the feature `json` there are no details.
#[cfg(not(feature = "json"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __details {
    ($code:ident, $details:ident, $($ignored:tt)*) => {
        /// Details are there with the feature `json` of `errbook`.
        #[derive(Clone, Debug)]
        pub enum $details {}

        impl $crate::ErrorDetails<$code> for $details {}
    };
}

/// The structs of typed details: present with the feature `json`, absent without.
///
/// Before each are its name and its fields; a field whose member has another name is followed by that name.
#[cfg(feature = "json")]
#[doc(hidden)]
#[macro_export]
macro_rules! __objects {
    ($($name:ident($($field:ident $(= $member:literal)?),* $(,)?) $struct:item)*) => {
        $(
            #[derive(Clone, Debug, PartialEq)]
            $struct

            impl $crate::__private::Member for $name {
                fn blank() -> Self {
                    Self { $($field: $crate::__private::Member::blank()),* }
                }

                // Inlined, those of all structs are one function, which takes LLVM longer than each alone.
                #[inline(never)]
                fn view(&self, see: &mut $crate::__private::See<'_>) {
                    see.object(&[$(({ ::core::stringify!($field) $(; $member)? }, &self.$field)),*]);
                }

                #[inline(never)]
                fn view_mut(&mut self, see: &mut $crate::__private::SeeMut<'_>) {
                    see.object(&mut [$(({ ::core::stringify!($field) $(; $member)? }, &mut self.$field)),*]);
                }
            }

            impl<'de> $crate::__private::serde::Deserialize<'de> for $name {
                fn deserialize<D: $crate::__private::serde::Deserializer<'de>>(
                    deserializer: D,
                ) -> ::core::result::Result<Self, D::Error> {
                    $crate::__private::deserialize(deserializer)
                }
            }

            impl $crate::__private::serde::Serialize for $name {
                fn serialize<S: $crate::__private::serde::Serializer>(
                    &self,
                    serializer: S,
                ) -> ::core::result::Result<S::Ok, S::Error> {
                    $crate::__private::serialize(self, serializer)
                }
            }
        )*
    };
}

/// The structs of typed details: present with the feature `json`, absent without.
#[cfg(not(feature = "json"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __objects {
    ($($ignored:tt)*) => {};
}

/// A [`Texts`](crate::Texts), each text after its length in bytes: a changed text is one changed line of
/// generated code.
#[doc(hidden)]
#[macro_export]
macro_rules! __string_table {
    // `literal` would take rustc twice as long as `tt`.
    ($($length:tt $text:tt)*) => {
        $crate::Texts {
            text: ::core::concat!($($text,)*),
            bounds: &$crate::Texts::bounds([0, $($length,)*]),
        }
    };
}

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
