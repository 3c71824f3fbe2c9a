//! Converts a failure inside the program to an error of the API.

use alloc::boxed::Box;
use core::error::Error as StdError;

use crate::code::ErrorCode;
use crate::error::owned::Error;

/// Converts an `Option`, or a `Result` whose error becomes the source, to one with an error of the API.
pub trait OrCode<T>: Sized {
    /// Returns the value, or else the error of a code.
    ///
    /// # Errors
    ///
    /// Fails if there is no value.
    fn or_code<C: ErrorCode>(self, code: C) -> Result<T, Error<C>> {
        self.or_error(|| Error::new(code))
    }

    /// Returns the value, or else the error that a function returns.
    ///
    /// # Errors
    ///
    /// Fails if there is no value.
    fn or_error<C: ErrorCode>(self, error: impl FnOnce() -> Error<C>) -> Result<T, Error<C>>;
}

impl<T, E: Into<Box<dyn StdError + Send + Sync>>> OrCode<T> for Result<T, E> {
    fn or_error<C: ErrorCode>(self, error: impl FnOnce() -> Error<C>) -> Result<T, Error<C>> {
        self.map_err(|source| error().with_source(source))
    }
}

impl<T> OrCode<T> for Option<T> {
    fn or_error<C: ErrorCode>(self, error: impl FnOnce() -> Error<C>) -> Result<T, Error<C>> {
        self.ok_or_else(error)
    }
}
