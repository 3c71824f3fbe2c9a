//! Errors as responses of web frameworks, and statuses and header fields of the crate `http`.
#![cfg(feature = "http")]

#[path = "../../codegen/tests/golden/rust/mod.rs"]
mod golden;

use std::time::Duration;

use golden::wire::{Code, Error};
use http::{HeaderMap, HeaderValue, StatusCode};

#[test]
fn status_and_headers_of_the_http_crate_are_accepted() {
    let mut headers = HeaderMap::new();
    headers.insert("retry-after", HeaderValue::from_static("7"));
    let error = Error::detect(StatusCode::BAD_REQUEST, &headers, br#"{"code":"ONE"}"#);
    let error = error.expect("it is one");
    assert_eq!(error.code(), Some(Code::One));
    assert_eq!(error.status_code(), StatusCode::BAD_REQUEST);
    assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));
    let unsaid = Error::new(Code::Lost).status_code();
    assert_eq!(unsaid, StatusCode::INTERNAL_SERVER_ERROR);
}

#[test]
fn http_response_has_status_headers_and_body() {
    let error = Error::new(Code::One)
        .with_retry_after(Duration::from_secs(1))
        .with_header("x-note", "good")
        .with_header("not a name", "x")
        .with_header("x-bad", "a\r\nset-cookie: b");
    assert_eq!(error.to_response().headers.len(), 3);
    let response = http::Response::from(&error);
    assert_eq!(response.status(), 400);
    let fields: Vec<_> = response
        .headers()
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_bytes()))
        .collect();
    let expected: [(&str, &[u8]); 3] = [
        ("retry-after", b"1"),
        ("x-note", b"good"),
        ("content-type", b"application/json"),
    ];
    assert_eq!(fields, expected);
    assert_eq!(*response.body(), error.body().as_ref());
}

#[test]
fn repeated_header_fields_are_all_sent() {
    use golden::root;

    let mut headers = HeaderMap::new();
    headers.append("www-authenticate", HeaderValue::from_static("Basic"));
    headers.append("www-authenticate", HeaderValue::from_static("Bearer"));
    let body = r#"{"code":"UNAUTHORIZED"}"#;
    let received = root::Error::decode(StatusCode::UNAUTHORIZED, &headers, body);
    let raised = root::Error::new(root::Code::Unauthorized)
        .with_header("WWW-Authenticate", "Basic")
        .with_header("WWW-Authenticate", "Bearer");
    for error in [received, raised] {
        let both = ["Basic", "Bearer"];
        let sent = http::Response::from(&error);
        let values = sent.headers().get_all("www-authenticate");
        assert!(values.iter().eq(both));
        #[cfg(feature = "actix-web")]
        {
            let sent = actix_web::error::ResponseError::error_response(&error);
            let values = sent.headers().get_all("www-authenticate");
            assert!(
                values
                    .map(actix_web::http::header::HeaderValue::as_bytes)
                    .eq(both.map(str::as_bytes))
            );
        }
        #[cfg(feature = "axum")]
        {
            let sent = axum_core::response::IntoResponse::into_response(error);
            let values = sent.headers().get_all("www-authenticate");
            assert!(values.iter().eq(both));
        }
    }
}

#[test]
fn status_is_the_same_in_every_response() {
    #[track_caller]
    fn check(error: &Error, expected: u16) {
        assert_eq!(error.to_response().status, expected);
        assert_eq!(error.status_code(), expected);
        assert_eq!(http::Response::from(error).status(), expected);
        #[cfg(feature = "axum")]
        {
            let response = axum_core::response::IntoResponse::into_response(error.clone());
            assert_eq!(response.status(), expected);
        }
        #[cfg(feature = "actix-web")]
        {
            use actix_web::ResponseError;
            let status = ResponseError::status_code(error).as_u16();
            let response = error.error_response().status().as_u16();
            assert_eq!((status, response), (expected, expected));
        }
    }
    check(&Error::new(Code::One), 400);
    check(&Error::new(Code::One).with_status(599_u16), 599);
    check(&Error::new(Code::Lost), 500);
    // A received status is kept. No response has one that is not of three digits.
    for status in [100, 302, 600, 999] {
        let received = Error::decode(status, &(), "{}");
        assert_eq!(received.status(), Some(status));
        check(&received, status);
    }
    for status in [0, 42, 99, 1000, u16::MAX] {
        let received = Error::decode(status, &(), "{}");
        assert_eq!(received.status(), Some(status));
        check(&received, 500);
    }
}

#[test]
fn status_that_is_none_is_ignored() {
    for status in [0, 99, 600, 1000] {
        for error in [Error::new(Code::One), Error::decode(404, &(), "{}")] {
            let (before, body) = (error.status(), error.body().into_owned());
            let with = || error.with_status(status);
            let changed = std::panic::catch_unwind(std::panic::AssertUnwindSafe(with));
            // Debug assertions report the mistake.
            assert_eq!(changed.is_err(), cfg!(debug_assertions), "{status}");
            if let Ok(error) = changed {
                assert_eq!((error.status(), error.body().into_owned()), (before, body));
            }
        }
    }
}

#[cfg(feature = "axum")]
#[test]
fn axum_handler_returns_an_error() {
    use std::sync::Arc;

    use axum_core::response::IntoResponse;
    use errbook::{AnyError, OrCode};

    let handler = || Err::<&str, Error>(Code::Ten.into());
    let response = handler().into_response();
    assert_eq!(response.status(), StatusCode::BAD_REQUEST);
    assert_eq!(response.headers()["content-type"], "application/json");

    // Middleware sees the error, and what is not sent.
    let handler = || "x".parse::<u8>().or_code(Code::One);
    let response = handler().map(|_| ()).into_response();
    let error = response.extensions().get::<Arc<dyn AnyError>>();
    let error = error.expect("it is kept");
    assert_eq!(error.key(), Some("ONE"));
    assert!(error.source().is_some());
}

#[cfg(feature = "actix-web")]
#[test]
fn actix_web_handler_returns_an_error() {
    use actix_web::body::MessageBody;

    let error = Error::new(Code::One).with_header("x-note", "good");
    let response = actix_web::error::ResponseError::error_response(&error);
    assert_eq!(response.status().as_u16(), 400);
    let field = |name| {
        let value = response.headers().get(name);
        value.map(|value| value.as_bytes().to_vec())
    };
    assert_eq!(field("x-note").as_deref(), Some(&b"good"[..]));
    let json = &b"application/json"[..];
    assert_eq!(field("content-type").as_deref(), Some(json));
    let body = response.into_body().try_into_bytes();
    assert_eq!(body.expect("it is all there"), error.body().as_ref());
}
