//! What comes over the wire: which error it is, what is read of it, and what is written.

#[path = "golden/rust/mod.rs"]
mod golden;

use std::time::Duration;

use errbook::IdentifiedBy::{self, *};
use errbook::json::{Any, Optional};
use errbook::{AdviceSource, AnyError, ErrorCode, OrCode, Retry};
use golden::wire::{Code, Error, ErrorRef, details};
use golden::{everything, problem, wire};
use serde_json::json;

/// What a body is, by key, and what told; `""` for an error that is not the catalog's.
#[track_caller]
fn check_in<C: ErrorCode>(
    status: u16,
    body: &str,
    key: &str,
    by: IdentifiedBy,
) -> errbook::Error<C> {
    let borrowed = errbook::ErrorRef::<C>::decode(status, &(), body);
    let error = errbook::Error::<C>::decode(status, &(), body);
    let said = error.code().map_or("", C::key);
    assert_eq!((said, error.identified_by()), (key, by), "{status} {body}");
    assert_eq!(error.body(), body.as_bytes());
    assert_eq!(error.code(), borrowed.code());
    assert_eq!(error.code_text(), borrowed.code_text());
    assert_eq!(
        error.details().is_some(),
        matches!(borrowed.details(), Some(Ok(_)))
    );
    assert_eq!(error.reference(), borrowed.reference());
    assert_eq!(error.likely(), borrowed.likely());
    error
}

#[track_caller]
fn check(status: u16, body: &str, key: &str, by: IdentifiedBy) -> Error {
    check_in(status, body, key, by)
}

#[test]
fn a_code_tells_which_error_it_is() {
    // One error has it: at any status, wherever it stands, and under older names.
    for status in [400, 500, 200] {
        check(status, r#"{"errors":[{"code":"ONE"}]}"#, "ONE", Code);
    }
    check(400, r#"{"code":"ONE"}"#, "ONE", Code);
    check(400, r#"{"error":"ONE"}"#, "ONE", Code);
    check(400, r#"{"code":"UNO"}"#, "ONE", Code);
    check(400, r#"{"code":11}"#, "ONE", Code);
    check(400, r#"{"code":"11"}"#, "ONE", Code);
    check(400, r#"{"code":10}"#, "TEN", Code);
    check(400, r#"{"code":"10"}"#, "TEN", Code);
    check(400, r#"{"code":"\u004fNE"}"#, "ONE", Code);
    check(400, "\u{feff} {\"code\": \"ONE\"}\n", "ONE", Code);
    // Several have it: the one of this status, else of this message, else the first.
    check(503, r#"{"code":"busy"}"#, "BUSY_SHOP", CodeAndStatus);
    check(504, r#"{"code":"busy"}"#, "BUSY_BANK", CodeAndStatus);
    check(
        504,
        r#"{"code":"busy","message":"The shop is busy"}"#,
        "BUSY_BANK",
        CodeAndStatus,
    );
    check(
        400,
        r#"{"code":"busy","message":"The bank is busy"}"#,
        "BUSY_BANK",
        CodeAndMessage,
    );
    let until = r#"{"code":"busy","message":"The bank is busy until 9"}"#;
    check(400, until, "BUSY_BANK", CodeAndMessage);
    let until = r#"{"code":"busy","message":"The bank is busy until noon"}"#;
    check(400, until, "BUSY_SHOP", FirstOfCode);
    check(400, r#"{"code":"busy"}"#, "BUSY_SHOP", FirstOfCode);
}

#[test]
fn the_first_place_that_holds_a_code_counts() {
    check(
        400,
        r#"{"code":"ONE","errors":[{"code":"TEN"},{"code":"LOST"}]}"#,
        "",
        Nothing,
    );
    check(400, r#"{"code":"ONE","errors":[{"code":""}]}"#, "ONE", Code);
    check(
        400,
        r#"{"code":"ONE","errors":[{"code":null}]}"#,
        "ONE",
        Code,
    );
    check(
        400,
        r#"{"code":"ONE","errors":[{"code":["x"]}]}"#,
        "ONE",
        Code,
    );
    check(400, r#"{"code":"ONE","errors":[]}"#, "ONE", Code);
    check(
        400,
        r#"{"code":"ONE","errors":{"0":{"code":"LOST"}}}"#,
        "LOST",
        Code,
    );
    check(400, r#"{"code":"TEN","code":"ONE"}"#, "ONE", Code);
    check(
        400,
        r#"{"errors":[{"code":"ONE"}],"errors":[]}"#,
        "",
        Nothing,
    );
}

#[test]
fn a_new_code_is_never_an_old_error() {
    // Everything else about these would make them an error without a code.
    check(
        410,
        r#"{"code":"NEW","message":"It is gone {for good}"}"#,
        "",
        Nothing,
    );
    check(
        410,
        r#"{"code":7,"message":"It is gone {for good}"}"#,
        "",
        Nothing,
    );
    check(
        410,
        r#"{"code":"new","errors":[{"gone":["a"]}]}"#,
        "",
        Nothing,
    );
    let error = check(422, r#"{"code":"NEW"}"#, "", Nothing);
    assert_eq!((error.code_text(), error.likely()), (Some("NEW"), None));
    // Keys of errors that have none, or another, and codes but for their case.
    for code in ["GONE_MESSAGE", "BUSY_SHOP", "one", "ONE "] {
        check(400, &format!(r#"{{"code":"{code}"}}"#), "", Nothing);
    }
    check(400, r#"{"code":1e1}"#, "", Nothing);
}

#[test]
fn without_a_code_the_message_tells() {
    check(
        410,
        r#"{"message":"It is gone {for good}"}"#,
        "GONE_MESSAGE",
        Message,
    );
    check(410, r#"{"error":"It is gone {for good}"}"#, "", Nothing);
    check(410, r#"{"message":"It is gone {{for good}}"}"#, "", Nothing);
    let error = check(
        404,
        r#"{"message":"It is gone for 3 days, Ann, Bob"}"#,
        "GONE_FOR",
        MessageForm,
    );
    assert_eq!(error.param("days").as_deref(), Some("3"));
    assert_eq!(error.param("name").as_deref(), Some("Ann, Bob"));
    assert_eq!(error.param("hour"), None);
    // A value that is not of its type.
    check(
        404,
        r#"{"message":"It is gone for ever days, Ann"}"#,
        "",
        Nothing,
    );
    // A form tells at its own status only; a whole message anywhere, if one error alone has it.
    check(
        500,
        r#"{"message":"It is gone for 3 days, Ann"}"#,
        "",
        Nothing,
    );
    check(
        500,
        r#"{"message":"It is gone {for good}"}"#,
        "GONE_MESSAGE",
        MessageAtAnyStatus,
    );
    check(409, r#"{"message":"Same"}"#, "SAME_HERE", Message);
    check(412, r#"{"message":"Same"}"#, "SAME_THERE", Message);
    check(500, r#"{"message":"Same"}"#, "", Nothing);
    check(503, r#"{"message":"Whenever"}"#, "ANY_STATUS", Message);
    // The message of an error that has a code does not.
    check(429, r#"{"message":"The shop is busy"}"#, "", Nothing);
    check(
        400,
        r#"{"message":"The only error with its code"}"#,
        "",
        Nothing,
    );
}

#[test]
fn then_the_details_and_at_last_the_status() {
    let error = check(
        410,
        r#"{"errors":[{"gone":["a"],"more":1}]}"#,
        "GONE_LIST",
        Details,
    );
    assert_eq!(error.extra(), [("/errors/0/more".to_owned(), json!(1))]);
    check(410, r#"{"data":{"gone":[]}}"#, "GONE_LIST", Details);
    check(410, r#"{"data":{"gone":[1]}}"#, "", Nothing);
    check(410, r#"{"data":{"since":1}}"#, "", Nothing);
    check(400, r#"{"data":{"gone":[]}}"#, "", Nothing);

    check(422, "{}", "BAD", Status);
    check(422, r#"{"message":"Whatever"}"#, "BAD", Status);
    check(422, r#"{"code":"","message":"Whatever"}"#, "BAD", Status);
    for other in ["[]", "null", "\"x\"", "1", "", "<html>", "{", "{}x"] {
        let error = check(422, other, "", Nothing);
        assert_eq!(error.likely(), Some(Code::Bad));
    }
    // It has a message, and this is another.
    check(423, r#"{"message":"Open"}"#, "", Nothing);
    check(418, "{}", "", Nothing);
}

#[test]
fn problem_details_are_told_by_their_type() {
    use golden::problem::Code as Problem;
    #[track_caller]
    fn check(status: u16, body: &str, key: &str, by: IdentifiedBy) {
        check_in::<Problem>(status, body, key, by);
    }
    check(
        404,
        r#"{"type":"https://example.com/problems#not-found"}"#,
        "not-found",
        Code,
    );
    check(
        500,
        r#"{"type":"https://example.com/old#nothing"}"#,
        "not-found",
        Code,
    );
    check(
        403,
        r#"{"type":"https://example.com/probs/out-of-credit"}"#,
        "out-of-credit",
        Code,
    );
    check(
        403,
        r#"{"type":"https://example.com/probs/new"}"#,
        "",
        Nothing,
    );
    check(403, r#"{"type":"out-of-credit"}"#, "", Nothing);
    // RFC 9457, 4.2.1, and 3.1: what is of another type is passed over.
    for none in [
        r#""type":"about:blank","#,
        r#""type":7,"#,
        r#""type":{},"#,
        "",
    ] {
        let body = format!(r#"{{{none}"detail":"Something broke"}}"#);
        check(500, &body, "blank", Message);
    }
    let response = problem::Error::new(Problem::Blank).to_response();
    assert_eq!(
        response.header("content-type"),
        Some(&b"application/problem+json"[..])
    );
    assert_eq!(
        String::from_utf8_lossy(&response.body),
        r#"{"status":500,"detail":"Something broke"}"#
    );
}

#[test]
fn an_error_is_detected_below_400_too() {
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
    check(200, r#"{"meta":{"ok":false},"v":2}"#, None);
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
fn what_comes_unasked_is_read_too() {
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

#[test]
fn details_are_typed_or_say_why_not() {
    #[track_caller]
    fn check(data: &str, expected: Result<details::Quota, &str>) {
        let body = format!(r#"{{"code":"QUOTA","data":{data}}}"#);
        let error = Error::decode(402, &(), &body);
        assert_eq!(error.code(), Some(Code::Quota), "known all the same");
        assert_eq!(error.raw_details().as_deref(), Some(data));
        let read = match (error.details(), error.details_error()) {
            (Some(wire::Details::Quota(details)), None) => Ok(details.clone()),
            (None, Some(misfit)) => Err(misfit.to_string()),
            other => panic!("{other:?}"),
        };
        assert_eq!(read, expected.map_err(ToOwned::to_owned));
        assert_eq!(error.body(), body.as_bytes());
    }
    let quota = |limit, left, note| details::Quota { limit, left, note };
    check(
        r#"{"limit":1}"#,
        Ok(quota(1, Optional::Absent, Optional::Absent)),
    );
    let all = r#"{"limit":1,"left":-2,"note":"\u0041"}"#;
    check(
        all,
        Ok(quota(1, Optional::Value(-2), "A".to_owned().into())),
    );
    check(
        r#"{"left":null,"limit":1,"x":[]}"#,
        Ok(quota(1, Optional::Null, Optional::Absent)),
    );
    let misfits = [
        (r#"{"left":1}"#, "`/limit`: missing"),
        (r#"{"limit":"1"}"#, r#"`/limit`: expected u32, found "1""#),
        (r#"{"limit":-1}"#, "`/limit`: expected u32, found -1"),
        (r#"{"limit":1.0}"#, "`/limit`: expected u32, found 1.0"),
        (r#"{"limit":null}"#, "`/limit`: expected u32, found null"),
        (
            r#"{"limit":1,"note":{"a":[]}}"#,
            r#"`/note`: expected a string, found {"a":[]}"#,
        ),
        (
            r#"{"limit":1,"note":"\ud800"}"#,
            r#"`/note`: expected a string, found "\ud800""#,
        ),
        ("[]", "expected an object, found []"),
        ("null", "expected an object, found null"),
    ];
    for (data, problem) in misfits {
        check(data, Err(&format!("the details do not fit: {problem}")));
    }
    let error = Error::decode(402, &(), r#"{"code":"QUOTA"}"#);
    assert_eq!(
        error.details_error().map(ToString::to_string).as_deref(),
        Some("the details do not fit: missing")
    );
    assert_eq!(
        error.details_error().map(errbook::DetailsError::pointer),
        Some("")
    );
    // Where an error has none, there is nothing to fit.
    let error = Error::decode(400, &(), r#"{"code":"ONE","data":1}"#);
    assert_eq!((error.details(), error.details_error()), (None, None));
}

#[test]
fn details_deep_inside_say_where_they_differ() {
    let body = r#"{"error":{"code":"VALIDATION","details":{"summary":"s","fields":[{"field":"a","children":[{}],"type":"x","max-size":1}],"fn":{},"score":1,"when":1,"size":1}}}"#;
    let error = everything::Error::decode(422, &(), body);
    let misfit = error.details_error().expect("the child has no field");
    assert_eq!(misfit.pointer(), "/fields/0/children/0/field");

    // As deep as a body may be: looked into for a while, and kept.
    let depth = 100_000;
    let nested = format!("{}{{}}{}", r#"{"next":"#.repeat(depth), "}".repeat(depth));
    let body = format!(r#"{{"error":{{"code":"VALIDATION","details":{{"node":{nested}}}}}}}"#);
    let error = everything::Error::decode(422, &(), &body);
    assert_eq!(error.code(), Some(everything::Code::Validation));
    assert!(error.details().is_none() && error.details_error().is_some());
    assert_eq!(error.body(), body.as_bytes());
}

#[test]
fn messages_are_the_most_telling_of_which_all_values_are_there() {
    #[track_caller]
    fn check(error: &Error, expected: &str) {
        assert_eq!(error.message(), expected);
        let sent = Error::decode(error.status().unwrap_or(500), &(), &error.body());
        assert_eq!(
            (sent.code(), sent.message()),
            (error.code(), expected.into())
        );
    }
    check(&Error::new(Code::BusyBank), "The bank is busy");
    let until = Error::new(Code::BusyBank).with_param("hour", 9);
    check(&until, "The bank is busy until 9");
    check(&until.with_param("hour", 10), "The bank is busy until 10");
    let quota = |left| details::Quota {
        limit: 5,
        left,
        note: Optional::Absent,
    };
    check(
        &quota(Optional::Absent).into(),
        "Quota of 5 {units} reached",
    );
    check(&quota(Optional::Null).into(), "Quota of 5 {units} reached");
    let left = quota(Optional::Value(2));
    check(&left.clone().into(), "Quota of 5 reached, 2 left");
    check(
        &Error::new(Code::Quota).with_details(left),
        "Quota of 5 reached, 2 left",
    );
    check(&Error::new(Code::One).with_message("Else"), "Else");
    check(&Error::new(Code::One), "The only error with its code");
    // What could not be read back is no value.
    check(
        &Error::new(Code::BusyBank).with_param("hour", "noon"),
        "The bank is busy",
    );
    check(
        &Error::new(Code::BusyBank).with_param("hour", ""),
        "The bank is busy",
    );
    // Told by its message alone, it must stay one of its forms.
    let bare = Error::new(Code::GoneFor);
    assert_eq!(bare.message(), "It is gone for {days} days, {name}");
    let half = bare.with_param("days", 1);
    check(&half, "It is gone for 1 days, {name}");
    assert_eq!(
        everything::Error::new(everything::Code::Validation).message(),
        "Invalid: {summary}"
    );
}

#[test]
fn what_is_raised_is_written_in_the_envelopes_order() {
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
fn what_was_received_is_sent_again_as_it_came() {
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

#[test]
fn a_status_that_is_only_named_when_it_is_sent_stands_in_the_body_too() {
    let response = Error::new(Code::Lost).to_response();
    assert_eq!(response.status, 500);
    let sent = Error::decode(response.status, &response.headers, &response.body);
    assert_eq!(sent.member("/meta/status"), Some(json!(500)));
    assert_eq!(Error::new(Code::Lost).member("/meta/status"), None);
}

#[test]
#[cfg(debug_assertions)]
fn what_can_only_be_a_slip_is_told_while_developing() {
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
fn bytes_that_are_no_text_are_kept() {
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

#[test]
fn advice_says_where_it_is_from() {
    #[track_caller]
    fn check(
        status: u16,
        code: &str,
        field: Option<&str>,
        expected: Option<(Retry, AdviceSource)>,
    ) {
        let headers: Vec<_> = field
            .map(|value| ("Retry-After", value))
            .into_iter()
            .collect();
        let body = format!(r#"{{"code":"{code}"}}"#);
        let error = Error::decode(status, &headers, &body);
        let advice = error
            .retry_advice()
            .map(|advice| (advice.retry, advice.source));
        assert_eq!(advice, expected, "{status} {code}");
        let fallback = error
            .retry_advice()
            .is_some_and(errbook::RetryAdvice::is_fallback);
        assert_eq!(
            fallback,
            expected.is_some_and(|(_, source)| source != AdviceSource::Error)
        );
    }
    let of_error = Some((Retry::Poll, AdviceSource::Error));
    check(400, "ONE", None, of_error);
    check(503, "ONE", Some("1"), of_error);
    check(
        418,
        "TEAPOT",
        None,
        Some((Retry::Never, AdviceSource::StatusRow)),
    );
    check(
        418,
        "NEW",
        None,
        Some((Retry::Never, AdviceSource::StatusRow)),
    );
    for status in [408, 425, 429, 502, 503, 504] {
        check(
            status,
            "NEW",
            None,
            Some((Retry::Backoff, AdviceSource::Status)),
        );
    }
    check(
        429,
        "NEW",
        Some("1"),
        Some((Retry::RetryAfter, AdviceSource::Status)),
    );
    check(
        503,
        "busy",
        Some("1"),
        Some((Retry::RetryAfter, AdviceSource::Status)),
    );
    check(400, "NEW", Some("1"), None);
    check(500, "NEW", None, None);
}

#[test]
fn retry_after_is_a_number_of_seconds_or_a_date() {
    #[track_caller]
    fn check(value: &str, seconds: Option<u64>) {
        let headers = [
            ("date", "Tue, 03 Mar 2026 10:00:00 GMT"),
            ("retry-after", value),
        ];
        let error = Error::decode(503, &headers, "");
        assert_eq!(
            error.retry_after(),
            seconds.map(Duration::from_secs),
            "{value}"
        );
        assert_eq!(
            ErrorRef::decode(503, &headers, "").retry_after(),
            error.retry_after()
        );
        // Both are sent again, so that whoever comes next can tell.
        let again = error.to_response();
        assert_eq!(again.header("Retry-After"), Some(value.as_bytes()));
    }
    check("0", Some(0));
    check(" 120 ", Some(120));
    check("007", Some(7));
    check("99999999999999999999999", Some(u64::MAX));
    check("Tue, 03 Mar 2026 10:01:30 GMT", Some(90));
    check("Tuesday, 03-Mar-26 10:01:30 GMT", Some(90));
    check("Tue Mar  3 10:01:30 2026", Some(90));
    check("Tue, 03 Mar 2026 09:00:00 GMT", Some(0));
    for wrong in [
        "",
        "-1",
        "+1",
        "1.5",
        "1s",
        "soon",
        "Tue, 99 Mar 2026 10:00:00 GMT",
    ] {
        check(wrong, None);
    }
    let headers = [("retry-after", "Tue, 03 Mar 2026 10:01:30 GMT")];
    assert_eq!(
        Error::decode(503, &headers, "").retry_after(),
        None,
        "no date to take it against"
    );
    let headers = [("retry-after", [0xff_u8])];
    assert_eq!(Error::decode(503, &headers, "").retry_after(), None);

    let raised = Error::new(Code::One).with_retry_after(Duration::from_millis(1001));
    assert_eq!(raised.to_response().header("retry-after"), Some(&b"2"[..]));
    assert_eq!(raised.retry_after(), Some(Duration::from_secs(2)));
    // Its advice is to poll, which is another request.
    let backoff = Duration::from_millis(5);
    assert_eq!(raised.retry_delay(backoff), None);
    let busy = Error::new(Code::BusyShop);
    assert_eq!(busy.retry_delay(backoff), Some(backoff));
    let busy = busy.with_retry_after(Duration::from_secs(2));
    assert_eq!(busy.retry_delay(backoff), Some(Duration::from_secs(2)));
}

#[test]
fn errors_say_what_they_are() {
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
fn errors_of_any_api_are_of_one_kind() {
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
fn a_stored_key_may_be_newer_than_the_program() {
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

/// Every fixture is read back as what it is, and written again as it stands.
#[test]
fn fixtures_are_read_back() {
    #[track_caller]
    fn check<C: ErrorCode>() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/fixtures");
        let mut count = 0;
        for file in std::fs::read_dir(format!("{folder}/{}", C::CATALOG.id())).expect("it is there")
        {
            let text =
                std::fs::read_to_string(file.expect("it is there").path()).expect("it is there");
            let fixture: Any = serde_json::from_str(&text).expect("it is JSON");
            let body = fixture["body"].to_string();
            let status = fixture["status"]
                .as_u64()
                .map(|status| u16::try_from(status).expect("three digits"));
            let error = match (&fixture["event"], status) {
                (Any::Bool(true), _) => errbook::Error::<C>::from_event(&body),
                (_, status) => errbook::Error::<C>::decode(status.unwrap_or(555), &(), &body),
            };
            let code = error.code().expect("it is known");
            assert_eq!(code.key(), fixture["error"]);
            assert_eq!(error.details_error(), None);
            assert!(code.requires_details() <= error.details().is_some());
            count += 1;
        }
        assert!(count >= C::all().len());
    }
    check::<Code>();
    check::<problem::Code>();
    check::<golden::problem_code::Code>();
    check::<everything::Code>();
    check::<golden::r#type::Code>();
}

#[test]
fn problem_details_may_have_a_code_of_their_own() {
    use golden::problem_code::{Code as Coded, Error, details};
    let numbered = details::Numbered {
        zero: "x".to_owned(),
        odd: 1.into(),
    };
    let error = Error::from(numbered.clone()).with_reference("t1");
    let body = r#"{"type":"https://example.com/coded#NUMBERED","title":"Numbered","status":400,"detail":"Its code is a number","0":"x","a/~b":1,"code":7001,"trace":{"id":"t1"},"v":2}"#;
    assert_eq!(String::from_utf8_lossy(&error.body()), body);
    let read = check_in::<Coded>(400, body, "NUMBERED", Code);
    assert_eq!(read.details(), Some(&numbered.into()));
    assert_eq!(read.reference().as_deref(), Some("t1"));
    assert_eq!(read.extra(), []);
    // The type is no code here.
    let typed = r#"{"type":"https://example.com/coded#TEXT"}"#;
    check_in::<Coded>(404, typed, "", Nothing);
    check_in::<Coded>(404, r#"{"code":"TEXT"}"#, "TEXT", Code);
}

/// What with_… changes is what it says, and nothing that came is lost for it.
#[test]
fn what_is_changed_takes_the_place_of_nothing_else() {
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

#[test]
fn of_a_member_that_comes_twice_nothing_of_the_first_is_left() {
    let error = Error::decode(
        400_u16,
        &(),
        r#"{"errors":[{"code":"x"}],"errors":[{"code":{"a":1}}]}"#,
    );
    assert_eq!((error.code_text(), error.identified_by()), (None, Nothing));
    let error =
        everything::Error::decode(400_u16, &(), r#"{"error":"x","error":{"code":"PLAIN"}}"#);
    assert_eq!(error.code(), Some(everything::Code::Plain));
}

/// What holds a reference to header fields may wait for something, too.
#[test]
fn errors_go_from_thread_to_thread() {
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

#[test]
fn values_in_messages_are_written_as_json_writes_them() {
    for (days, key) in [("3", "GONE_FOR"), ("+3", ""), ("3.0", ""), ("inf", "")] {
        let body = format!(r#"{{"message":"It is gone for {days} days, Ann"}}"#);
        let error = Error::decode(404, &(), &body);
        assert_eq!(error.code().map_or("", Code::key), key, "{days}");
    }
}

#[test]
fn a_message_makes_no_lines_of_its_own_in_a_log() {
    let error = Error::new(Code::One).with_message("a\nFAKE\u{1b}[31m");
    assert_eq!(error.to_string(), "ONE, status 400: a FAKE [31m");
}

#[test]
fn what_was_raised_without_its_values_is_known_all_the_same() {
    for code in [Code::GoneFor, Code::BusyBank, Code::Quota] {
        let raised = Error::new(code);
        let status = raised.status().unwrap_or(500);
        assert_eq!(
            Error::decode(status, &(), &raised.body()).code(),
            Some(code)
        );
    }
}

#[test]
fn no_member_is_the_body_itself() {
    let raised = Error::new(Code::One);
    let body = raised.body().into_owned();
    assert_eq!(raised.with_member("", 1).body(), body);
}

/// Every fixture is read as its error: what `check` has taken, programs tell apart.
#[test]
fn each_error_is_known_by_its_fixtures() {
    fn check<C: ErrorCode>() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests/golden/fixtures")
            .join(C::CATALOG.id());
        let files = std::fs::read_dir(folder).expect("each catalog has fixtures");
        for file in files {
            let text = std::fs::read_to_string(file.expect("it is there").path());
            let fixture: serde_json::Value =
                serde_json::from_str(&text.expect("it is a text")).expect("it is JSON");
            let body = fixture["body"].to_string();
            // One of which no status is known comes with any.
            let status = fixture["status"].as_u64().unwrap_or(599);
            let status = u16::try_from(status).expect("it is a status");
            let error = if fixture["event"] == true {
                errbook::Error::<C>::from_event(&body)
            } else {
                errbook::Error::<C>::decode(status, &(), &body)
            };
            let read = error.code().map(C::key);
            assert_eq!(read, fixture["error"].as_str(), "{status} {body}");
        }
    }
    check::<everything::Code>();
    check::<problem::Code>();
    check::<golden::problem_code::Code>();
    check::<golden::r#type::Code>();
    check::<golden::told::Code>();
    check::<Code>();
}
