//! Which error a response is: by its code, its message, its details, or its status.

use errbook::IdentifiedBy::*;
use serde_json::json;

use crate::golden::everything;
use crate::golden::wire::{Code, Error};
use crate::support::wire::check;

#[test]
fn code_identifies_its_error() {
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
fn several_codes_first_pointer_with_one_wins() {
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
fn new_code_is_unknown_whatever_else_matches() {
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
fn body_without_code_is_identified_by_message() {
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
fn body_without_code_and_message_is_identified_by_details_then_status() {
    let error = check(
        410,
        r#"{"errors":[{"gone":["a"],"more":1}]}"#,
        "GONE_LIST",
        Details,
    );
    assert_eq!(error.extra(), [("/errors/0/more".to_owned(), json!(1))]);
    // In an object, `0` of the pointer is the name of a member.
    let error = check(
        410,
        r#"{"errors":{"0":{"gone":["a"],"more":1},"1":2}}"#,
        "GONE_LIST",
        Details,
    );
    let extra = [("/errors/0/more", json!(1)), ("/errors/1", json!(2))];
    assert_eq!(error.extra(), extra.map(|(at, json)| (at.to_owned(), json)));
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
fn repeated_member_last_one_replaces_the_first() {
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

#[test]
fn error_raised_without_values_is_identified() {
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
fn details_that_cannot_be_read_do_not_identify() {
    for payload in [
        r#""\ud800""#,
        "1e400",
        r#"[{"a":-1e400}]"#,
        r#"{"\udc00":1}"#,
    ] {
        let body = format!(r#"{{"data":{{"payload":{payload}}}}}"#);
        // The status alone has the same meaning.
        let error = check(421, &body, "ODD_PAYLOAD", Status);
        assert!(error.details().is_none() && error.details_error().is_some());
    }
    let error = check(421, r#"{"data":{"payload":1e300}}"#, "ODD_PAYLOAD", Details);
    assert!(error.details().is_some());
}

#[test]
fn last_of_duplicate_details_identifies() {
    let error = check(
        410,
        r#"{"data":{"gone":1,"gone":["a"]}}"#,
        "GONE_LIST",
        Details,
    );
    assert!(error.details().is_some());
    check(410, r#"{"data":{"gone":["a"],"gone":1}}"#, "", Nothing);
    let body = r#"{"data":{"payload":0,"counts":{"a":-1,"a":1}}}"#;
    let error = check(421, body, "ODD_PAYLOAD", Details);
    assert!(error.details().is_some());
}
