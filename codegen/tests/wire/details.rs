//! Typed details that are read.

use errbook::json::Optional;

use crate::golden::wire::{Code, Error, details};
use crate::golden::{everything, wire};

#[test]
fn details_are_typed_or_report_the_mismatch() {
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
fn nested_details_report_the_pointer_of_the_mismatch() {
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

/// `""` is the root (RFC 6901), in a list of pointers, too.
#[test]
fn details_are_read_at_the_second_pointer_that_is_the_root() {
    use crate::golden::root::{Code, Details, Error, details::Quota};

    let quota = |limit, left| Details::Quota(Quota { limit, left });
    let read = |body: &str| Error::decode(402, &(), body);
    for body in [
        r#"{"code":"QUOTA","details":{"limit":1}}"#,
        r#"{"code":"QUOTA","details":{"limit":1},"limit":2}"#,
        r#"{"code":"QUOTA","limit":1}"#,
        r#"{"limit":1,"code":"QUOTA","details":null}"#,
    ] {
        let error = read(body);
        assert_eq!(error.details_error(), None, "{body}");
        assert_eq!(error.details(), Some(&quota(1, Optional::Absent)), "{body}");
    }
    let counts = Error::decode(409, &(), r#"{"code":"COUNTS","a":1,"id":"r"}"#);
    let expected = Details::Counts([("a".to_owned(), 1)].into());
    assert_eq!(counts.details(), Some(&expected));
    let list = Error::decode(410, &(), r#"{"gone":["x"]}"#);
    assert_eq!(list.code(), Some(Code::List));

    // Each is changed where it is, and written in the first place.
    for (body, expected) in [
        (
            r#"{"code":"QUOTA","details":{"limit":1},"id":"r"}"#,
            r#"{"code":"QUOTA","details":{"limit":2,"left":3},"id":"r"}"#,
        ),
        (
            r#"{"code":"QUOTA","limit":1,"id":"r"}"#,
            r#"{"code":"QUOTA","id":"r","limit":2,"left":3}"#,
        ),
    ] {
        let error = read(body).with_details(quota(2, Optional::Value(3)));
        assert_eq!(String::from_utf8_lossy(&error.body()), expected);
    }
    let raised = Error::from(quota(2, Optional::Absent));
    let expected =
        r#"{"code":"QUOTA","message":"No more than 2 are allowed","details":{"limit":2}}"#;
    assert_eq!(String::from_utf8_lossy(&raised.body()), expected);
}
