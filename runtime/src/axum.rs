//! Handlers of axum return errors. With the feature `axum`.

use alloc::sync::Arc;

use axum_core::body::Body;
use axum_core::response::{IntoResponse, Response};

use crate::any::AnyError;
use crate::code::ErrorCode;
use crate::error::Error;

/// The response keeps the error itself, with its source, for middleware that logs it: an
/// `Arc<dyn AnyError>` among its extensions.
impl<C: ErrorCode> IntoResponse for Error<C> {
    fn into_response(self) -> Response {
        let mut response = http::Response::from(&self).map(Body::from);
        let error: Arc<dyn AnyError> = Arc::new(self);
        response.extensions_mut().insert(error);
        response
    }
}
