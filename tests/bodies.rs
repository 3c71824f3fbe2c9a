//! The bodies of the five documents, and what only looks like them.

mod support;

use std::fs;
use std::path::Path;

use errbook::IdentifiedBy::{self, *};
use errbook::{Error, ErrorCode, Retry};
use errbook_apis::{audio_segments, converso, enconvert, markdown_anything, orders};
use serde_json::Value;

use support::read;

/// Calls a function that is generic over the codes of an API, by the API's id.
macro_rules! of_api {
    ($api:expr, $function:ident($($argument:expr),*)) => {
        match $api {
            "audio-segments" => $function::<audio_segments::Code>($($argument),*),
            "converso" => $function::<converso::Code>($($argument),*),
            "enconvert" => $function::<enconvert::Code>($($argument),*),
            "markdown-anything" => $function::<markdown_anything::Code>($($argument),*),
            "orders" => $function::<orders::Code>($($argument),*),
            other => panic!("there is no API `{other}`"),
        }
    };
}

/// JSON text without a space between its parts, and otherwise to the byte.
fn compact(json: &str) -> String {
    let (mut in_string, mut escaped) = (false, false);
    let keep = |char: &char| {
        let inside = in_string;
        in_string ^= *char == '"' && !escaped;
        escaped = inside && *char == '\\' && !escaped;
        inside || !char.is_whitespace()
    };
    json.chars().filter(keep).collect()
}

/// What a program would raise to say the same.
fn raised_again<C: ErrorCode>(error: &Error<C>, params: &[&'static str]) -> Error<C> {
    let code = error.code().expect("it is known");
    let mut again = match error.details() {
        Some(details) => Error::from_details(details.clone()),
        None => Error::new(code),
    };
    for name in params {
        if let Some(value) = error.param(name) {
            again = again.with_param(*name, value);
        }
    }
    if code.message().is_none() && error.message() != again.message() {
        again = again.with_message(error.message());
    }
    match error.reference() {
        Some(reference) => again.with_reference(reference),
        None => again,
    }
}

/// That a body is this error, or none, and that a program that raises it sends the same.
#[track_caller]
fn check_body<C: ErrorCode>(status: Option<u16>, body: &str, key: Option<&str>) {
    let error = match status {
        Some(status) => Error::<C>::decode(status, &(), body),
        None => Error::<C>::from_event(body),
    };
    assert_eq!(error.code().map(C::key), key, "{body}");
    assert_eq!(error.details_error(), None, "{body}");
    assert_eq!(error.body(), body.as_bytes());
    if error.code().is_some() {
        let again = raised_again(&error, &["domain"]);
        let again = String::from_utf8(again.body().into_owned()).expect("it is a text");
        assert_eq!(again, compact(body));
    }
}

#[test]
fn documented_body_is_identified_as_documented() {
    let documents: toml::Table = read("tests/documents.toml").parse().expect("it is TOML");
    let bodies = documents["body"].as_array().expect("a list of bodies");
    assert_eq!(bodies.len(), 11);
    for body in bodies {
        let text = |key| body.get(key).and_then(toml::Value::as_str);
        let status = body["status"].as_integer().expect("a status");
        let status = u16::try_from(status).expect("three digits");
        let (api, json) = (
            text("api").expect("its API"),
            text("text").expect("its text"),
        );
        of_api!(api, check_body(Some(status), json, text("error")));
    }
}

#[test]
fn fixture_is_identified_and_raised_again_unchanged() {
    let mut count = 0;
    for api in [
        "audio-segments",
        "converso",
        "enconvert",
        "markdown-anything",
        "orders",
    ] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("generated/fixtures")
            .join(api);
        for file in fs::read_dir(folder).expect("it is there") {
            let fixture = read(file.expect("it is there").path());
            // Its members in their order, which a parsed value would not keep.
            let (_, body) = fixture.split_once("\"body\": ").expect("it has a body");
            let body = body
                .trim_end()
                .strip_suffix('}')
                .expect("the body is its last member");
            let fixture: Value = serde_json::from_str(&fixture).expect("it is JSON");
            let status = fixture["status"]
                .as_u64()
                .map(|status| u16::try_from(status).expect("three digits"));
            // Without a status, any will do; an event has none.
            let status = status.or((fixture["event"] == false).then_some(500));
            let audio_status = |body: &str| body.replace("\"status\": 500,", "");
            let body = if fixture["status"].is_null() {
                audio_status(body)
            } else {
                body.to_owned()
            };
            let key = fixture["error"].as_str();
            assert_eq!(fixture["api"], api);
            of_api!(api, check_fixture(status, &body, key));
            count += 1;
        }
    }
    assert_eq!(count, 85 + 4, "a fixture for each error and each example");
}

#[track_caller]
fn check_fixture<C: ErrorCode>(status: Option<u16>, body: &str, key: Option<&str>) {
    check_body::<C>(status, body.trim(), key);
}

/// API, status and body; the key of the error that it is, or none, and what told.
#[rustfmt::skip]
const LOOK_ALIKES: &[(&str, u16, &str, &str, IdentifiedBy)] = &[
    // A new code of the status that one error without a code has.
    ("markdown-anything", 422, r#"{"error":"page_limit_exceeded","message":"Too many pages."}"#, "", Nothing),
    ("markdown-anything", 422, r#"{"message":"The file field is required.","errors":{"file":[]}}"#, "VALIDATION_FAILED", Details),
    ("markdown-anything", 422, r#"{"message":"The file field is required."}"#, "VALIDATION_FAILED", Status),
    ("markdown-anything", 422, r#"{"message":"x","errors":["file"]}"#, "VALIDATION_FAILED", Status),
    ("markdown-anything", 422, "[]", "", Nothing),
    // What a framework says by itself, where the API's own error has a code.
    ("markdown-anything", 404, r#"{"message":"Not Found"}"#, "", Nothing),
    ("markdown-anything", 404, r#"{"message":"Conversion not found."}"#, "", Nothing),
    ("markdown-anything", 405, r#"{"message":"The GET method is not supported for this route."}"#, "", Nothing),
    ("markdown-anything", 429, r#"{"message":"Too Many Attempts."}"#, "RATE_LIMITED", Message),
    ("markdown-anything", 503, r#"{"message":"Too Many Attempts."}"#, "RATE_LIMITED", MessageAtAnyStatus),
    ("markdown-anything", 429, r#"{"message":"Too many attempts."}"#, "", Nothing),
    // Codes that are none, or of another kind, or at another status.
    ("markdown-anything", 401, r#"{"error":null,"message":"Unauthenticated."}"#, "UNAUTHENTICATED", Message),
    ("markdown-anything", 401, r#"{"error":{},"message":"Unauthenticated."}"#, "UNAUTHENTICATED", Message),
    ("markdown-anything", 401, r#"{"error":401,"message":"Unauthenticated."}"#, "", Nothing),
    ("markdown-anything", 402, r#"{"error":"insufficient_credits"}"#, "INSUFFICIENT_CREDITS", Code),
    ("markdown-anything", 409, r#"{"error":"not_found"}"#, "NOT_FOUND", Code),
    ("orders", 404, r#"{"code":404}"#, "", Nothing),
    ("orders", 404, r#"{"code":null,"message":"Order not found"}"#, "", Nothing),
    ("orders", 404, r#"{"code":{"code":"ORDER_NOT_FOUND"}}"#, "", Nothing),
    ("orders", 404, r#"{"error":{"code":"ORDER_NOT_FOUND"}}"#, "", Nothing),
    ("orders", 200, r#"{"code":"ORDER_NOT_FOUND"}"#, "ORDER_NOT_FOUND", Code),
    ("audio-segments", 404, r#"{"error":{"code":"PLAN_NOT_FOUND","status":"404"}}"#, "PLAN_NOT_FOUND", Code),
    ("audio-segments", 404, r#"{"error":"PLAN_NOT_FOUND"}"#, "", Nothing),
    ("audio-segments", 402, r#"{"error":{"code":"PAYMENT_REQUIRED"}}"#, "PAYMENT_REQUIRED", Code),
    ("converso", 503, r#"{"success":false,"code":"QUEUE_FULL"}"#, "QUEUE_FULL", Code),
    ("converso", 503, r#"{"success":false,"error":"QUEUE_FULL"}"#, "QUEUE_FULL", Code),
    ("converso", 503, r#"{"success":false,"error":"The queue is full"}"#, "", Nothing),
    // No body of a proxy is anybody's error.
    ("markdown-anything", 503, "<html><head><title>503</title></head></html>", "", Nothing),
    ("enconvert", 503, "<html><head><title>503</title></head></html>", "", Nothing),
    ("converso", 503, "<html><head><title>503</title></head></html>", "", Nothing),
    ("enconvert", 503, "", "", Nothing),
    ("enconvert", 503, r#"{"detail":"Service temporarily unavailable"}"#, "SERVICE_UNAVAILABLE", Message),
    ("enconvert", 503, r#"{"detail":"Service Unavailable"}"#, "", Nothing),
    ("enconvert", 404, r#"{"detail":"Not Found"}"#, "", Nothing),
    ("enconvert", 422, r#"{"detail":[{"loc":["body","file"],"msg":"field required"}]}"#, "", Nothing),
    ("enconvert", 403, r#"{"detail":"Domain  not authorized for this API key"}"#, "", Nothing),
    ("enconvert", 403, r#"{"detail":"Domain a not authorized for this API key."}"#, "", Nothing),
    ("enconvert", 403, r#"{"detail":"Domain a not authorized for this API key"}"#, "DOMAIN_NOT_AUTHORIZED", MessageForm),
    ("enconvert", 400, r#"{"detail":"Token has expired"}"#, "TOKEN_EXPIRED", MessageAtAnyStatus),
];

#[test]
fn look_alike_body_is_unknown_and_related_body_is_identified() {
    fn check<C: ErrorCode>(status: u16, body: &str, key: &str, by: IdentifiedBy) {
        let error = Error::<C>::decode(status, &(), body);
        let said = (error.code().map_or("", C::key), error.identified_by());
        assert_eq!(said, (key, by), "{} {status} {body}", C::CATALOG.id());
        assert_eq!(error.body(), body.as_bytes());
    }
    for (api, status, body, key, by) in LOOK_ALIKES {
        of_api!(*api, check(*status, body, key, *by));
    }
}

#[test]
fn error_with_status_200_is_detected_and_success_is_not() {
    #[track_caller]
    fn check(status: u16, body: &str, expected: Option<&str>) {
        let error = converso::Error::detect(status, &(), body);
        let key = error.map(|error| error.code().map_or("unknown", converso::Code::key));
        assert_eq!(key, expected, "{status} {body}");
    }
    check(
        200,
        r#"{"success":false,"jobId":"job_1","error":{"code":"EXTRACTION_FAILED"}}"#,
        Some("EXTRACTION_FAILED"),
    );
    check(202, r#"{"success":false,"jobId":"job_1"}"#, Some("unknown"));
    check(
        202,
        r#"{"error":{"code":"JOB_NOT_COMPLETED"}}"#,
        Some("JOB_NOT_COMPLETED"),
    );
    check(
        200,
        r#"{"success":true,"jobId":"job_1","data":{"code":"EXTRACTION_FAILED"}}"#,
        None,
    );
    check(202, r#"{"success":true,"status":"queued"}"#, None);
    check(200, r#"{"success":"false"}"#, None);
    check(200, "", None);
    check(500, "", Some("unknown"));
}

#[test]
fn received_error_exposes_all_of_its_body() {
    use markdown_anything::{Code as Markdown, Details as Typed, Error, details};
    let body = r#"{"error":"insufficient_credits","message":"No.","credits_required":2,"credits_available":"1","plan":{"id":3}}"#;
    let error = Error::decode(402, &(), body);
    assert_eq!(error.code(), Some(Markdown::InsufficientCredits));
    let problem = error.details_error().map(ToString::to_string);
    let expected = r#"the details do not fit: `/credits_available`: expected u64, found "1""#;
    assert_eq!(problem.as_deref(), Some(expected));
    assert_eq!(error.raw_details().as_deref(), Some(body));
    assert_eq!(error.member("/plan/id"), Some(3.into()));
    assert_eq!(error.message(), "No.");

    let body = body.replace("\"1\"", "1");
    let error = Error::decode(402, &(), &body);
    let credits = details::InsufficientCredits {
        credits_required: 2,
        credits_available: 1,
    };
    assert_eq!(error.details(), Some(&Typed::InsufficientCredits(credits)));
    assert_eq!(
        error.extra(),
        [("/plan".to_owned(), serde_json::json!({ "id": 3 }))]
    );

    let headers = [("Retry-After", "30")];
    let error = Error::decode(429, &headers, r#"{"message":"Too Many Attempts."}"#);
    assert_eq!(
        error.retry_advice().map(|advice| advice.retry),
        Some(Retry::RetryAfter)
    );
    assert_eq!(error.retry_after().map(|delay| delay.as_secs()), Some(30));
}

/// Megabytes of anything are kept, and cost neither stack nor time out of proportion.
#[test]
fn large_or_deep_body_is_kept() {
    #[track_caller]
    fn check(body: &str, key: Option<&str>) {
        let error = markdown_anything::Error::decode(422, &(), body);
        assert_eq!(error.code().map(markdown_anything::Code::key), key);
        assert!(error.body() == body.as_bytes());
        assert!(error.to_string().len() < 1000 + error.message().len());
        assert!(error.to_response().body.len() == body.len());
        let _ = (error.extra(), error.member("/a/0/0"), error.raw_details());
    }
    const TEN_MEGABYTES: usize = 10_000_000;
    const MANY: usize = 300_000;
    check(&"[".repeat(TEN_MEGABYTES), None);
    let (open, close) = ("[".repeat(MANY), "]".repeat(MANY));
    check(&format!("{open}{close}"), None);
    check(
        &format!(r#"{{"error":"not_found","a":{open}{close}}}"#),
        Some("NOT_FOUND"),
    );
    check(
        &format!(r#"{{"errors":{open}{close}}}"#),
        Some("VALIDATION_FAILED"),
    );
    check(
        &format!(r#"{{"errors":{{"a":{open}{close}}}}}"#),
        Some("VALIDATION_FAILED"),
    );
    check(&r#"{"a":"#.repeat(MANY / 5), None);
    check(
        &format!(r#"{{"error":"not_found","a":[{}0]}}"#, "0,".repeat(MANY)),
        Some("NOT_FOUND"),
    );
    check(
        &format!(
            r#"{{"error":"not_found","message":"{}"}}"#,
            "x".repeat(MANY)
        ),
        Some("NOT_FOUND"),
    );
    check(
        &format!(
            r#"{{{}"error":"not_found"}}"#,
            r#""error":1,"#.repeat(MANY / 10)
        ),
        Some("NOT_FOUND"),
    );
    check(&" ".repeat(MANY), None);
}

/// A member for each of many details does not make reading them slower than in proportion.
#[test]
fn many_details_are_read_in_linear_time() {
    let members: Vec<String> = (0..20_000).map(|at| format!("\"f{at}\":[\"x\"]")).collect();
    let body = format!(r#"{{"message":"m","errors":{{{}}}}}"#, members.join(","));
    let error = markdown_anything::Error::decode(422, &(), &body);
    assert_eq!(error.identified_by(), Details);
    assert_eq!(error.extra(), []);
}

/// Details that stand among the envelope's members are read from their first on, wherever that is.
#[test]
fn flattened_details_are_read_in_any_order_of_members() {
    use markdown_anything::{Details as Typed, Error, details};

    let mut members = [
        r#""error":"insufficient_credits""#,
        r#""message":"Too few""#,
        r#""credits_required":2"#,
        r#" "credits_available" : 1"#,
        r#""more":{"credits_required":9}"#,
    ];
    let expected = details::InsufficientCredits {
        credits_required: 2,
        credits_available: 1,
    };
    let expected = Some(Typed::InsufficientCredits(expected));
    for turn in 0..2 * members.len() {
        members.rotate_left(1);
        if turn == members.len() {
            members.reverse();
        }
        let members = members.join(",");
        for body in [
            format!("{{{members}}}"),
            format!("{{\"credits_required\":3,{members}}}"),
            format!("\u{feff} {{{members} , \"message\":\"Too few\"}} "),
        ] {
            let error = Error::decode(402, &(), &body);
            assert_eq!(error.details(), expected.as_ref(), "{body}");
        }
    }
}
