//! The implementations of the enum `Details` and of the structs of details.

/// The enum `Details`, and the types `Error` and `ErrorRef` of an API.
///
/// `$object` are the variants whose details are a struct in `$module`, `$leaf` those whose details are of another type.
///
/// The macro has a second definition for programs without the feature `json`. A `cfg` in generated code would
/// check the features of the program's own crate instead.
///
/// No repetition starts with another one, here and in `__objects!`: rustc would copy all matches each time, which
/// takes the square of their number.
#[cfg(feature = "json")]
#[doc(hidden)]
#[macro_export]
macro_rules! __details {
    (
        $code:ident, $details:ident, $module:ident($($object:ident),* $(,)?),
        others($($leaf:ident),* $(,)?)
        $enum:item
    ) => {
        /// An error of this API, raised or received.
        pub type Error = $crate::Error<$code>;

        /// A received error of this API that borrows its body.
        pub type ErrorRef<'a> = $crate::ErrorRef<'a, $code>;

        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        $enum

        #[allow(deprecated)]
        impl $details {
            /// The error that the details belong to.
            #[inline]
            pub const fn code(&self) -> $code {
                match *self {
                    $(Self::$object(_) => $code::$object,)*
                    $(Self::$leaf(_) => $code::$leaf,)*
                }
            }
        }

        impl $crate::__private::Visit for $details {
            fn visit(&self, visitor: &mut $crate::__private::Visitor<'_>) {
                match *self {
                    $(Self::$object(ref details) => $crate::__private::Visit::visit(details, visitor),)*
                    $(Self::$leaf(ref details) => $crate::__private::Visit::visit(details, visitor),)*
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
                            Self::$object($crate::__private::DetailsValue::blank()),
                        ),
                    )*
                    $(
                        $code::$leaf => ::core::option::Option::Some(
                            Self::$leaf($crate::__private::DetailsValue::blank()),
                        ),
                    )*
                    _ => ::core::option::Option::None,
                }
            }

            fn visit_mut(&mut self, visitor: &mut $crate::__private::VisitorMut<'_>) {
                match *self {
                    $(Self::$object(ref mut details) => $crate::__private::VisitMut::visit_mut(details, visitor),)*
                    $(Self::$leaf(ref mut details) => $crate::__private::VisitMut::visit_mut(details, visitor),)*
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
                    // Converts to the enum first, so that rustc compiles the rest once for all structs.
                    Self::from_details($details::$object(details))
                }
            }
        )*
    };
}

/// Without the feature `json`, `Details` is an empty enum.
#[cfg(not(feature = "json"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __details {
    ($code:ident, $details:ident, $($ignored:tt)*) => {
        /// The details of errors. Empty without the feature `json` of `errbook`.
        #[derive(Clone, Debug)]
        pub enum $details {}

        impl $crate::ErrorDetails<$code> for $details {}
    };
}

/// The structs of details.
///
/// The name of each struct and its fields come before the struct itself. A field whose member has another name
/// is followed by that name.
#[cfg(feature = "json")]
#[doc(hidden)]
#[macro_export]
macro_rules! __objects {
    ($($name:ident($($field:ident $(= $member:literal)?),* $(,)?) $struct:item)*) => {
        $(
            #[derive(Clone, Debug, PartialEq)]
            $struct

            impl $crate::__private::Visit for $name {
                // If this function were inlined, LLVM would compile those of all structs as one, which takes longer.
                #[inline(never)]
                fn visit(&self, visitor: &mut $crate::__private::Visitor<'_>) {
                    visitor($crate::__private::Node::Object(&[
                        $(({ ::core::stringify!($field) $(; $member)? }, &self.$field)),*
                    ]));
                }
            }

            impl $crate::__private::VisitMut for $name {
                #[inline(never)]
                fn visit_mut(&mut self, visitor: &mut $crate::__private::VisitorMut<'_>) {
                    visitor($crate::__private::NodeMut::Object(&mut [
                        $(({ ::core::stringify!($field) $(; $member)? }, &mut self.$field)),*
                    ]));
                }

                fn clear(&mut self) {
                    *self = $crate::__private::DetailsValue::blank();
                }
            }

            impl $crate::__private::DetailsValue for $name {
                fn blank() -> Self {
                    Self { $($field: $crate::__private::DetailsValue::blank()),* }
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

/// Without the feature `json`, there are no structs of details.
#[cfg(not(feature = "json"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __objects {
    ($($ignored:tt)*) => {};
}
