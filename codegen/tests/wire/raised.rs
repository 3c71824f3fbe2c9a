//! Bodies of errors that are raised.

use errbook::json::Optional;
use serde_json::json;

use crate::golden::wire::{Code, Error, details};

#[test]
fn raised_body_follows_the_order_of_the_envelope() {
    #[track_caller]
    fn check(error: &Error, expected: &str) {
        assert_eq!(String::from_utf8_lossy(&error.body()), expected);
    }
    let one = || Error::new(Code::One);
    check(
        &one().with_reference("r\"1\""),
        r#"{"meta":{"ok":false,"status":400,"help":"https://example.com/wire#ONE","id":"r\"1\""},"v":1.0,"errors":[{"code":"ONE","title":"One of its kind","message":"The only error with its code"}]}"#,
    );
    check(
        &one()
            .with_status(409_u16)
            .with_member("/meta/trace", json!({ "id": [1] })),
        r#"{"meta":{"ok":false,"status":409,"help":"https://example.com/wire#ONE","trace":{"id":[1]}},"v":1.0,"errors":[{"code":"ONE","title":"One of its kind","message":"The only error with its code"}]}"#,
    );
    let list = details::GoneList {
        gone: vec!["a".to_owned()],
        since: Optional::Null,
    };
    check(
        &list.into(),
        r#"{"meta":{"ok":false,"status":410,"help":"https://example.com/wire#GONE_LIST"},"v":1.0,"errors":[{"message":"Told by its details","gone":["a"],"since":null}]}"#,
    );
    check(
        &Error::new(Code::Ten).with_message("\u{1}\t\u{7f}é\u{2028}/"),
        "{\"meta\":{\"ok\":false,\"status\":400,\"help\":\"https://example.com/wire#TEN\"},\"v\":1.0,\"errors\":[{\"code\":10,\"message\":\"\\u0001\\t\u{7f}é\u{2028}/\"}]}",
    );
}

#[test]
fn default_status_of_a_response_is_written_to_the_body() {
    let response = Error::new(Code::Lost).to_response();
    assert_eq!(response.status, 500);
    let sent = Error::decode(response.status, &response.headers, &response.body);
    assert_eq!(sent.member("/meta/status"), Some(json!(500)));
    assert_eq!(
        Error::new(Code::Lost).member("/meta/status"),
        Some(json!(500))
    );
}

/// What is shown of an error is what is sent.
#[test]
fn body_is_that_of_the_response() {
    let lost = || Error::new(Code::Lost);
    for error in [
        lost(),
        lost().with_status(410_u16),
        lost().with_reference("r").with_member("/x", 1),
        Error::new(Code::One),
        Error::new(Code::Hook),
        Error::new(Code::Hook).with_status(400_u16),
        Error::decode(700, &(), "{}"),
        Error::from_event(r#"{"message":"A hook"}"#),
    ] {
        assert_eq!(error.to_response().body, error.body().as_ref(), "{error:?}");
    }
    // An event is not a response: it has no status.
    assert_eq!(Error::new(Code::Hook).member("/meta/status"), None);
}

#[test]
#[cfg(debug_assertions)]
fn wrong_param_or_details_panic_in_debug_builds() {
    #[track_caller]
    fn check(slip: fn() -> Error, expected: &str) {
        let message = std::panic::catch_unwind(slip).expect_err("it is a slip");
        assert_eq!(
            message.downcast_ref::<String>().map(String::as_str),
            Some(expected)
        );
    }
    check(
        || Error::new(Code::BusyBank).with_param("huor", 9),
        "no message of BUSY_BANK has a value `huor`",
    );
    let list = || details::GoneList {
        gone: Vec::new(),
        since: Optional::Absent,
    };
    check(
        || {
            Error::new(Code::One).with_details(details::GoneList {
                gone: Vec::new(),
                since: Optional::Absent,
            })
        },
        "ONE does not have the details of GONE_LIST",
    );
    assert_eq!(
        Error::new(Code::GoneList).with_details(list()).code(),
        Some(Code::GoneList)
    );
}

#[test]
fn member_with_empty_pointer_changes_nothing() {
    let raised = Error::new(Code::One);
    let body = raised.body().into_owned();
    assert_eq!(raised.with_member("", 1).body(), body);
}
