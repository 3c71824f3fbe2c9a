//! Errors and codes as values: displayed, stored, sent between threads, and of any API.

use errbook::json::{Any, Optional};
use errbook::{AnyError, OrCode};
use serde_json::json;

use crate::golden::wire::{Code, Error, ErrorRef, details};
use crate::golden::{everything, problem, wire};

#[test]
fn error_displays_code_status_and_message() {
    #[track_caller]
    fn check(error: &Error, expected: &str) {
        assert_eq!(error.to_string(), expected);
        let (status, body) = (error.status().unwrap_or(500), error.body());
        let borrowed = ErrorRef::decode(status, &(), &body).to_string();
        assert!(error.status().is_none() || borrowed == expected);
    }
    check(
        &Error::new(Code::One),
        "ONE, status 400: The only error with its code",
    );
    check(&Error::new(Code::Lost), "LOST: No status is known of it");
    check(
        &Error::decode(400, &(), r#"{"code":"ONE","message":"m"}"#),
        "ONE, status 400: m",
    );
    check(
        &Error::decode(400, &(), r#"{"code":"N\nEW","message":"m"}"#),
        "unknown code \"N\\nEW\", status 400: m",
    );
    check(
        &Error::decode(503, &(), "<html>\n</html>"),
        "unknown error, status 503: <html> </html>",
    );
    check(&Error::decode(503, &(), ""), "unknown error, status 503");
    let long = "é".repeat(500);
    let shown = format!("unknown error, status 503: {}…", "é".repeat(120));
    check(&Error::decode(503, &(), &long), &shown);

    let source = "12x"
        .parse::<u32>()
        .or_code(Code::Lost)
        .map_err(Box::<dyn std::error::Error>::from);
    let error = source.expect_err("it is no number");
    assert_eq!(error.to_string(), "LOST: No status is known of it");
    let source = error.source().map(ToString::to_string);
    assert_eq!(source.as_deref(), Some("invalid digit found in string"));
    assert_eq!(size_of::<Error>(), size_of::<usize>());
}

#[test]
fn control_characters_of_a_message_are_displayed_as_spaces() {
    let error = Error::new(Code::One).with_message("a\nFAKE\u{1b}[31m");
    assert_eq!(error.to_string(), "ONE, status 400: a FAKE [31m");
}

#[test]
fn errors_of_several_apis_are_one_trait_object() {
    let errors: [Box<dyn AnyError>; 3] = [
        Box::new(Error::new(Code::One)),
        Box::new(problem::Error::new(problem::Code::NotFound)),
        Box::new(everything::Error::decode(
            500,
            &(),
            r#"{"error":{"code":"NEW"}}"#,
        )),
    ];
    let said: Vec<_> = errors
        .iter()
        .map(|error| {
            (
                error.catalog().id(),
                error.key(),
                error.code_text(),
                error.to_response().status,
            )
        })
        .collect();
    let expected = [
        ("wire", Some("ONE"), Some("ONE"), 400),
        (
            "problem",
            Some("not-found"),
            Some("https://example.com/problems#not-found"),
            404,
        ),
        ("everything", None, Some("NEW"), 500),
    ];
    assert_eq!(said, expected);
}

#[test]
fn stored_key_that_is_newer_deserializes_as_unknown() {
    use errbook::MaybeKnown;
    let read: Vec<MaybeKnown<Code>> = serde_json::from_str(r#"["ONE","NEWER"]"#).expect("texts");
    assert_eq!(
        read,
        [Code::One.into(), MaybeKnown::Unknown("NEWER".into())]
    );
    assert_eq!((read[0].code(), read[1].code()), (Some(Code::One), None));
    assert_eq!(
        serde_json::to_value(&read).expect("texts"),
        json!(["ONE", "NEWER"])
    );
    assert_eq!(
        serde_json::to_value(Code::Ten).expect("a text"),
        Any::from("TEN")
    );
}

/// What holds a reference to header fields may wait for something, too.
#[test]
fn errors_are_send_and_sync() {
    fn check<T: Send + Sync>() {}
    check::<Error>();
    check::<ErrorRef<'_>>();
    check::<Box<dyn AnyError>>();
    let details: Error = wire::Details::from(details::GoneList {
        gone: Vec::new(),
        since: Optional::Absent,
    })
    .into();
    assert_eq!(details.code(), Some(Code::GoneList));
}
