//! An error of an API: raised by a program, or received in a response.

mod retry_advice;
mod shared_accessors;
mod raised_body;
mod received_body;
mod owned;
mod raised;
mod borrowed;
mod received;
mod fmt;
mod any;
mod or_code;

pub use any::AnyError;
pub use borrowed::ErrorRef;
pub use or_code::OrCode;
pub use owned::Error;
pub use retry_advice::{AdviceSource, RetryAdvice};
