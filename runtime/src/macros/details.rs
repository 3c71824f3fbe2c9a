//! The macros behind the typed details.

/// The enum over typed details, and the types of errors that hold them: present with the feature
/// `json`.
///
/// The macro has one definition for each state of the feature, so that generated code holds no
/// `cfg`, which would speak of the features of the crate that it is compiled into. `$object` are the
/// variants whose details are a struct of their own in `$module`, `$leaf` those that hold another type.
///
/// rustc copies what a macro has matched whenever a repetition begins with another one, which takes the
/// square of their number. So no repetition does, here and in `__objects!`.
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
                    $(Self::$leaf(_) => $code::$leaf,)*
                }
            }
        }

        impl $crate::__private::Visit for $details {
            fn visit(&self, visitor: &mut $crate::__private::Visitor<'_>) {
                match *self {
                    $(Self::$object(ref details) => $crate::__private::DetailsValue::visit(details, visitor),)*
                    $(Self::$leaf(ref details) => $crate::__private::DetailsValue::visit(details, visitor),)*
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
                    $(Self::$object(ref mut details) => {
                        $crate::__private::DetailsValue::visit_mut(details, visitor)
                    })*
                    $(Self::$leaf(ref mut details) => {
                        $crate::__private::DetailsValue::visit_mut(details, visitor)
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
/// Before each are its name, and its fields with the members that they stand for.
#[cfg(feature = "json")]
#[doc(hidden)]
#[macro_export]
macro_rules! __objects {
    ($($name:ident($($field:ident = $member:literal),* $(,)?) $struct:item)*) => {
        $(
            #[derive(Clone, Debug, PartialEq)]
            $struct

            impl $crate::__private::DetailsValue for $name {
                fn blank() -> Self {
                    Self { $($field: $crate::__private::DetailsValue::blank()),* }
                }

                // Inlined, those of all structs are one function, which takes LLVM longer than each alone.
                #[inline(never)]
                fn visit(&self, visitor: &mut $crate::__private::Visitor<'_>) {
                    visitor.object(&[$(($member, &self.$field)),*]);
                }

                #[inline(never)]
                fn visit_mut(&mut self, visitor: &mut $crate::__private::VisitorMut<'_>) {
                    visitor.object(&mut [$(($member, &mut self.$field)),*]);
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
