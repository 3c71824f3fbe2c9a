//! An API without codes: callers know its errors by their messages, which may hold values.

use std::sync::Arc;

use axum::http::{HeaderMap, header::ORIGIN};
use axum::{Router, routing::post};
use errbook_apis::enconvert::{Code, Error};

use super::Service;

pub fn router() -> Router<Arc<Service>> {
    Router::new().route("/auth/token", post(token))
}

async fn token(headers: HeaderMap) -> Result<&'static str, Error> {
    let origin = headers.get(ORIGIN).and_then(|origin| origin.to_str().ok());
    match origin.and_then(|origin| origin.strip_prefix("https://")) {
        Some("app.example.com") => Ok("a token"),
        Some(domain) => Err(Error::new(Code::DomainNotAuthorized).with_param("domain", domain)),
        None => Err(Code::DomainNotAuthorized.into()),
    }
}
