//! Handlers of axum return errors. With the feature `axum`.

use axum_core::body::Body;
use axum_core::response::{IntoResponse, Response};

use crate::code::ErrorCode;
use crate::error::Error;

impl<C: ErrorCode> IntoResponse for Error<C> {
    fn into_response(self) -> Response {
        let response = http::Response::from(&self);
        response.map(Body::from)
    }
}
