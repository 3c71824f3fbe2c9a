//! Lets handlers of Actix Web return errors.

use actix_web::body::BoxBody;
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, ResponseError};

use crate::code::ErrorCode;
use crate::error::Error;
use crate::response::Response;

impl<C: ErrorCode> ResponseError for Error<C> {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.sent_status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    fn error_response(&self) -> HttpResponse<BoxBody> {
        let Response { headers, body, .. } = self.to_response();
        let mut response = HttpResponse::build(ResponseError::status_code(self));
        for (name, value) in headers {
            response.append_header((name.as_ref(), value));
        }
        response.body(body)
    }
}
