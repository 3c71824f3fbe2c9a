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
fn text_of_a_server_is_displayed_on_one_line() {
    let error = Error::new(Code::One).with_message("a\nFAKE\u{1b}[31m");
    assert_eq!(error.to_string(), "ONE, status 400: a FAKE [31m");

    // What breaks a line, starts an escape sequence, or changes the order of what is seen.
    let breaks = "\n\r\u{b}\u{c}\u{85}\u{2028}\u{2029}";
    let controls = "\0\u{7}\u{8}\u{1b}\u{7f}\u{90}\u{9b}\u{9d}";
    let directions = "\u{61c}\u{200e}\u{200f}\u{202a}\u{202e}\u{2066}\u{2069}";
    for char in breaks
        .chars()
        .chain(controls.chars())
        .chain(directions.chars())
    {
        let expected = "ONE, status 400: a FAKE";
        let message = format!("a{char}FAKE");
        let raised = Error::new(Code::One).with_message(&message);
        assert_eq!(raised.to_string(), expected, "{char:?}");
        let received = Error::decode(400, &(), &raised.body());
        assert_eq!(received.to_string(), expected, "{char:?}");
        assert_eq!(received.message(), message);
        let borrowed = raised.body();
        let borrowed = ErrorRef::decode(400, &(), &borrowed);
        assert_eq!(borrowed.to_string(), expected, "{char:?}");

        let unknown = Error::decode(500, &(), &message).to_string();
        assert_eq!(unknown, "unknown error, status 500: a FAKE", "{char:?}");
        let code = json!({ "code": message }).to_string();
        let unknown = Error::decode(500, &(), &code).to_string();
        assert!(!unknown.contains(char), "{unknown:?}");

        // Names and values of details that do not fit.
        let details = json!({ "fn": { &message: "x" }, "fields": [], "summary": "s" });
        let body = json!({ "error": { "code": "VALIDATION", "details": details } });
        let error = everything::Error::decode(422, &(), &body.to_string());
        let misfit = error.details_error().expect("it is not a number");
        assert_eq!(misfit.pointer(), format!("/fn/{message}"));
        assert!(!misfit.to_string().contains(char), "{misfit}");
        let body = json!({ "code": "QUOTA", "data": { "limit": message } });
        let error = Error::decode(402, &(), &body.to_string());
        let misfit = error.details_error().expect("it is not a number");
        assert!(!misfit.to_string().contains(char), "{misfit}");
    }
    // Other characters are shown as they are.
    let text = "größer 寸 👩\u{200d}🚀 e\u{301}\u{a0}";
    let error = Error::new(Code::One).with_message(text);
    assert_eq!(error.to_string(), format!("ONE, status 400: {text}"));
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
