//! Lets handlers of axum return errors.

use alloc::sync::Arc;

use axum_core::body::Body;
use axum_core::response::{IntoResponse, Response};

use crate::code::ErrorCode;
use crate::error::{AnyError, Error};

/// The response keeps the error with its source as an extension of type `Arc<dyn AnyError>`, for middleware that
/// logs it.
impl<C: ErrorCode> IntoResponse for Error<C> {
    fn into_response(self) -> Response {
        let mut response = http::Response::from(&self).map(Body::from);
        let error: Arc<dyn AnyError> = Arc::new(self);
        response.extensions_mut().insert(error);
        response
    }
}
