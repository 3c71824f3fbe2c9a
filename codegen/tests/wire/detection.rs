//! Responses that may be no error, and bodies that come without a response.

use errbook::IdentifiedBy::*;

use crate::golden::wire::{Code, Error, ErrorRef};

#[test]
fn response_below_400_with_an_error_body_is_detected() {
    #[track_caller]
    fn check(status: u16, body: &str, expected: Option<&str>) {
        let error = Error::detect(status, &(), body);
        let key = error
            .as_ref()
            .map(|error| error.code().map_or("", Code::key));
        assert_eq!(key, expected, "{status} {body}");
        assert_eq!(
            ErrorRef::detect(status, &(), body).is_some(),
            error.is_some()
        );
    }
    check(200, r#"{"code":"ONE"}"#, Some("ONE"));
    check(302, r#"{"code":"ONE"}"#, Some("ONE"));
    check(200, r#"{"meta":{"ok":false},"v":1}"#, Some(""));
    check(
        200,
        r#"{"meta":{"ok":false},"v":1.0,"code":"NEW"}"#,
        Some(""),
    );
    check(200, r#"{"meta":{"ok":false},"v":1e0}"#, Some(""));
    check(200, r#"{"meta":{"ok":false},"v":10E-1}"#, Some(""));
    check(200, r#"{"meta":{"ok":false},"v":2}"#, None);
    check(200, r#"{"meta":{"ok":false},"v":"1"}"#, None);
    check(200, r#"{"meta":{"ok":false}}"#, None);
    check(200, r#"{"meta":{"ok":true},"v":1}"#, None);
    check(200, r#"{"code":"NEW"}"#, None);
    check(200, r#"{"message":"Whenever"}"#, None);
    check(200, r#"{"data":{"gone":[]}}"#, None);
    check(204, "", None);
    check(399, "<html>", None);
    check(400, "", Some(""));
}

#[test]
fn event_is_identified_without_a_status() {
    let error = Error::from_event(r#"{"message":"A hook","meta":{"status":503}}"#);
    assert_eq!(
        (error.code(), error.identified_by()),
        (Some(Code::Hook), Message)
    );
    assert_eq!(error.status(), Some(503));
    let error = Error::from_event(r#"{"code":"ONE"}"#);
    assert_eq!((error.code(), error.status()), (Some(Code::One), None));
    assert_eq!(error.to_response().status, 500);
    let error = Error::from_event(r#"{"message":"Whenever","meta":{"status":9000}}"#);
    assert_eq!(
        (error.code(), error.status()),
        (Some(Code::AnyStatus), None)
    );
}
