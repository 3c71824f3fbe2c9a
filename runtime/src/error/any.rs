//! Errors of several APIs as one type.

use alloc::borrow::Cow;
use core::time::Duration;

use crate::catalog::Catalog;
use crate::code::ErrorCode;
use crate::error::owned::Error;
use crate::error::retry_advice::RetryAdvice;
use crate::identify::IdentifiedBy;
use crate::response::Response;

/// Declares the trait, with functions that call those of [`Error`] with the same names.
macro_rules! any_error {
    ($($name:ident($($argument:ident: $type:ty)?) -> $result:ty;)+) => {
        /// An [`Error`] of any API, as a trait object: `&dyn AnyError`, `Box<dyn AnyError>`.
        pub trait AnyError: core::error::Error + Send + Sync {
            /// The catalog of the API.
            fn catalog(&self) -> &'static Catalog;

            /// The error's index in the catalog, if it is known.
            fn index(&self) -> Option<usize>;

            /// The error's name in the catalog, if it is known.
            fn key(&self) -> Option<&'static str>;

            $(
                #[doc = concat!("See [`Error::", stringify!($name), "`].")]
                fn $name(&self $(, $argument: $type)?) -> $result;
            )+
        }

        impl<C: ErrorCode> AnyError for Error<C> {
            fn catalog(&self) -> &'static Catalog {
                C::CATALOG
            }

            fn index(&self) -> Option<usize> {
                self.code().map(C::index)
            }

            fn key(&self) -> Option<&'static str> {
                self.code().map(C::key)
            }

            $(
                fn $name(&self $(, $argument: $type)?) -> $result {
                    self.$name($($argument)?)
                }
            )+
        }
    };
}

any_error! {
    identified_by() -> IdentifiedBy;
    status() -> Option<u16>;
    code_text() -> Option<&str>;
    message() -> Cow<'_, str>;
    raw_details() -> Option<Cow<'_, str>>;
    reference() -> Option<Cow<'_, str>>;
    retry_advice() -> Option<RetryAdvice>;
    retry_after() -> Option<Duration>;
    retry_delay(backoff: Duration) -> Option<Duration>;
    to_response() -> Response;
}
