//! From what went wrong inside to an error.

use alloc::boxed::Box;
use core::error::Error as StdError;

use crate::code::ErrorCode;
use crate::error::Error;

/// Makes an error of what went wrong inside: of a `Result`, whose error becomes the source, and of
/// an `Option`.
pub trait OrCode<T> {
    /// The error of a code.
    ///
    /// # Errors
    ///
    /// Where there is no value.
    fn or_code<C: ErrorCode>(self, code: C) -> Result<T, Error<C>>;

    /// An error that says more, from a function that is called where there is no value.
    ///
    /// # Errors
    ///
    /// Where there is no value.
    fn or_error<C: ErrorCode>(self, error: impl FnOnce() -> Error<C>) -> Result<T, Error<C>>;
}

impl<T, E: Into<Box<dyn StdError + Send + Sync>>> OrCode<T> for Result<T, E> {
    fn or_code<C: ErrorCode>(self, code: C) -> Result<T, Error<C>> {
        self.or_error(|| Error::new(code))
    }

    fn or_error<C: ErrorCode>(self, error: impl FnOnce() -> Error<C>) -> Result<T, Error<C>> {
        self.map_err(|source| error().with_source(source))
    }
}

impl<T> OrCode<T> for Option<T> {
    fn or_code<C: ErrorCode>(self, code: C) -> Result<T, Error<C>> {
        self.ok_or_else(|| Error::new(code))
    }

    fn or_error<C: ErrorCode>(self, error: impl FnOnce() -> Error<C>) -> Result<T, Error<C>> {
        self.ok_or_else(error)
    }
}
