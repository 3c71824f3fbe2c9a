//! Errors that are received and sent again, as they came or changed.

use errbook::Headers;
use errbook::json::Optional;
use serde_json::json;

use crate::golden::wire::{Code, Error, ErrorRef, details};
use crate::golden::{everything, root};

#[test]
fn received_body_is_sent_again_unchanged() {
    let body = "{ \"code\" : \"ONE\",\n \"id\": 7, \"message\": \"m\", \"x\": 1.50, \"x\": 2e1 }";
    let headers = [
        ("content-type", "application/vnd.shop+json"),
        ("Date", "today"),
        ("X-Other", "x"),
    ];
    let error = Error::decode(418_u16, &headers, body);
    let response = error.to_response();
    assert_eq!(
        (response.status, response.body.as_slice()),
        (418, body.as_bytes())
    );
    assert_eq!(
        response.header("Content-Type"),
        Some(&b"application/vnd.shop+json"[..])
    );
    assert_eq!(response.headers.len(), 1);
    let untyped = Error::decode(404, &(), "").to_response();
    assert!(untyped.headers.is_empty());
    let typed = Error::decode(404, &[("Content-Type", "application/json")], "");
    let typed = typed.to_response();
    assert_eq!(typed.headers.len(), 1);
    assert_eq!(error.reference().as_deref(), Some("7"));
    assert_eq!(error.member("/x"), Some(json!(20.0)));
    assert_eq!(error.extra().len(), 2);

    // Changed in one place, it stays the same everywhere else, and known.
    let error = error
        .with_reference("r")
        .with_message("n")
        .with_member("/meta/a~1b", true);
    let expected = r#"{"code":"ONE","id":"r","message":"n","x":1.50,"x":2e1,"meta":{"a/b":true}}"#;
    assert_eq!(String::from_utf8_lossy(&error.body()), expected);
    assert_eq!(
        (error.message().as_ref(), error.reference().as_deref()),
        ("n", Some("r"))
    );
    assert_eq!(error.code(), Some(Code::One));

    let error = Error::decode(
        402_u16,
        &(),
        r#"{"code":"QUOTA","data":{"limit":"x"},"meta":{"status":402}}"#,
    );
    assert!(error.details_error().is_some());
    let quota = details::Quota {
        limit: 1,
        left: Optional::Absent,
        note: Optional::Absent,
    };
    let error = error.with_details(quota.clone()).with_status(403_u16);
    let expected = r#"{"code":"QUOTA","data":{"limit":1},"meta":{"status":403}}"#;
    assert_eq!(String::from_utf8_lossy(&error.body()), expected);
    assert_eq!(
        (error.details(), error.details_error()),
        (Some(&quota.into()), None)
    );

    // What is no JSON object has no place for anything.
    for body in ["<html>", "", "\"x\"", "{"] {
        let error = Error::decode(503_u16, &(), body)
            .with_reference("r")
            .with_member("/a", 1);
        assert_eq!(error.body(), body.as_bytes());
    }
}

/// A header field that describes the body holds for the body that is sent again.
#[test]
fn header_fields_of_the_body_stay_with_it() {
    #[track_caller]
    fn check(error: &Error, expected: &[(&str, &str)]) {
        let response = error.to_response();
        let fields: Vec<_> = response
            .headers
            .iter()
            .map(|(name, value)| (name.as_ref(), String::from_utf8_lossy(value)))
            .collect();
        let expected: Vec<_> = expected
            .iter()
            .map(|(name, value)| (*name, (*value).into()))
            .collect();
        assert_eq!(fields, expected);
        assert_eq!(response.body, error.body().as_ref());
    }
    let headers = [
        ("content-type", "application/json"),
        ("content-encoding", "gzip"),
        ("content-language", "de"),
        ("content-length", "30"),
        ("transfer-encoding", "chunked"),
    ];
    let json = ("Content-Type", "application/json");
    let language = ("Content-Language", "de");
    let gzip = ("Content-Encoding", "gzip");
    let encoded = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03";
    check(
        &Error::decode(400, &headers, encoded),
        &[language, gzip, json],
    );
    // The client has decoded it.
    let decoded = r#"{"code":"ONE","message":"m"}"#;
    check(&Error::decode(400, &headers, decoded), &[language, json]);
    check(&Error::decode(400, &headers, ""), &[language, json]);

    // A catalog that documents the field does not change that.
    let body = r#"{"code":"UNAUTHORIZED"}"#;
    let error = root::Error::decode(401, &headers, body);
    assert!(error.code().is_some());
    assert_eq!(error.to_response().header("Content-Encoding"), None);
}

#[test]
fn repeated_header_fields_are_all_kept() {
    let headers = [
        ("www-authenticate", "Basic realm=\"a\""),
        ("x-hint", "1"),
        ("WWW-Authenticate", "Bearer"),
        ("X-Hint", "2"),
        ("Retry-After", "1"),
        ("Retry-After", "2"),
    ];
    let body = r#"{"code":"UNAUTHORIZED"}"#;
    let error = root::Error::decode(401, &headers, body);
    let fields = |error: &root::Error, name: &str| -> Vec<String> {
        let response = error.to_response();
        let values = response.headers.fields(name).into_iter();
        values
            .map(|value| String::from_utf8_lossy(value).into())
            .collect()
    };
    let both = ["Basic realm=\"a\"", "Bearer"];
    assert_eq!(fields(&error, "WWW-Authenticate"), both);
    assert_eq!(fields(&error, "X-Hint"), ["1", "2"]);
    assert_eq!(fields(&error, "Retry-After"), ["1"]);

    // A program adds a field that may occur several times, and replaces any other.
    let raised = both.into_iter().fold(
        root::Error::new(root::Code::Unauthorized),
        |error, value| {
            let error = error.with_header("WWW-Authenticate", value);
            error
                .with_header("x-hint", value)
                .with_header("Content-Type", value)
        },
    );
    assert_eq!(fields(&raised, "www-authenticate"), both);
    assert_eq!(fields(&raised, "X-Hint"), ["Bearer"]);
    assert_eq!(fields(&raised, "Content-Type"), ["Bearer"]);
}

/// What the members of a body are if they are `null`, as many APIs write what they do not have.
#[test]
fn null_is_no_value_of_the_envelope() {
    let nothing = r#"{"code":null,"message":null,"errors":[null],"data":null,"meta":{"id":null,"status":null},"id":null}"#;
    let error = Error::decode(402, &(), nothing);
    assert_eq!((error.code_text(), error.reference()), (None, None));
    assert_eq!(ErrorRef::decode(402, &(), nothing).reference(), None);
    assert_eq!(ErrorRef::decode(402, &(), nothing).message(), None);
    assert_eq!(Error::from_event(nothing).status(), None);
    assert_eq!(error.body(), nothing.as_bytes());

    // A member with a value counts, even after one that is `null`.
    let body = r#"{"errors":[null],"code":"QUOTA","data":{"limit":1},"meta":{"id":null},"id":"r"}"#;
    let error = Error::decode(402, &(), body);
    assert_eq!(error.reference().as_deref(), Some("r"));
    assert_eq!(error.details_error(), None);
    assert_eq!(error.raw_details().as_deref(), Some(r#"{"limit":1}"#));
    let error = error.with_reference("s");
    assert_eq!(error.member("/id"), Some(json!("s")));
    assert_eq!(error.member("/meta/id"), Some(json!(null)));
    assert_eq!(error.reference().as_deref(), Some("s"));
    let error = error.with_member("/id", json!(null)).with_reference("t");
    assert_eq!(error.member("/meta/id"), Some(json!("t")));

    // Details that are required are missing; those that are not are absent.
    let body = r#"{"error":{"code":"THE_LONGEST_OF_ALL_THE_NAMES_THAT_ERRORS_HAVE_IN_THIS_CATALOG","details":null}}"#;
    let error = everything::Error::decode(400, &(), body);
    assert!(error.code().is_some());
    assert_eq!((error.details(), error.details_error()), (None, None));
    let borrowed = everything::ErrorRef::decode(400, &(), body);
    assert_eq!(borrowed.details(), None);

    let raised = Error::new(Code::One).with_reference(None::<String>);
    assert_eq!(raised.reference(), None);
    assert_eq!(raised.body(), Error::new(Code::One).body());
}

#[test]
fn body_that_is_not_utf8_is_kept() {
    let body = b"{\"code\":\"ONE\",\"message\":\"\xff\"}";
    let error = Error::decode(400_u16, &(), body);
    assert_eq!((error.code(), error.code_text()), (None, None));
    assert_eq!(error.body(), &body[..]);
    assert_eq!(error.to_response().body, body);
    assert_eq!(
        error.to_string(),
        "unknown error, status 400: {\"code\":\"ONE\",\"message\":\"\u{fffd}\"}"
    );
    assert!(error.member("/code").is_none() && error.extra().is_empty());
}

/// What with_… changes is what it says, and nothing that came is lost for it.
#[test]
fn changed_member_leaves_all_others() {
    #[track_caller]
    fn check(body: &str, change: fn(Error) -> Error, expected: &str) -> Error {
        let error = change(Error::decode(402_u16, &(), body));
        assert_eq!(String::from_utf8_lossy(&error.body()), expected);
        error
    }
    // The code stands where the object would have to be in which the message is written.
    let error = check(
        r#"{"errors":"x","error":"ONE"}"#,
        |error| error.with_message("m"),
        r#"{"errors":"x","error":"ONE","message":"m"}"#,
    );
    assert_eq!(
        (error.code_text(), error.message()),
        (Some("ONE"), "m".into())
    );
    // A list has nothing but items; what is no pointer is a name.
    check(
        r#"{"code":"ONE","list":[1]}"#,
        |error| error.with_member("/list/x", 2).with_member("/list/01", 2),
        r#"{"code":"ONE","list":[1]}"#,
    );
    check(
        r#"{"code":"ONE","list":[1]}"#,
        |error| {
            error
                .with_member("/list/-", 2)
                .with_member("a/b", 3)
                .with_member("", 4)
        },
        r#"{"code":"ONE","list":[1,2],"a/b":3}"#,
    );
    // Details among other members: those that are absent go.
    let quota = || details::Quota {
        limit: 1,
        left: Optional::Absent,
        note: Optional::Absent,
    };
    let error = Error::from(quota()).with_member("/errors/0/x", 1);
    assert_eq!(error.member("/errors/0/x"), Some(json!(1)));
    let error = check(
        r#"{"errors":[{"code":"QUOTA","limit":5,"left":2,"x":0}]}"#,
        |error| {
            error.with_details(details::Quota {
                limit: 6,
                left: Optional::Absent,
                note: Optional::Absent,
            })
        },
        r#"{"errors":[{"code":"QUOTA","x":0,"limit":6}]}"#,
    );
    assert!(error.details().is_some());
    let error = error.with_member("/errors/0/limit", "many");
    assert!(error.details().is_none() && error.details_error().is_some());
    // Where they were found among others that are only read, too.
    check(
        r#"{"code":"QUOTA","meta":{"limit":5,"status":402,"x":0}}"#,
        |error| {
            error.with_details(details::Quota {
                limit: 6,
                left: Optional::Null,
                note: Optional::Absent,
            })
        },
        r#"{"code":"QUOTA","meta":{"status":402,"x":0,"limit":6,"left":null}}"#,
    );
    // One content type.
    let headers = [("content-type", "application/json")];
    let error = Error::decode(400_u16, &headers, "{}").with_header("Content-Type", "text/x");
    let response = error.to_response();
    assert_eq!(response.headers.len(), 1);
    assert_eq!(response.header("content-type"), Some(&b"text/x"[..]));
}
