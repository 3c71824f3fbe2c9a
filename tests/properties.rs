//! What holds for any response: nothing panics, nothing is lost, and both readers agree.

mod support;

use std::fs;
use std::path::Path;

use errbook::{Error, ErrorCode, ErrorRef, IdentifiedBy};
use errbook_apis::{audio_segments, converso, enconvert, markdown_anything, orders};
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use serde_json::{Value, json};

/// Any JSON, and more often such as has the members that the five APIs know.
fn any_json() -> impl Strategy<Value = Value> {
    let texts = prop_oneof![
        Just("QUEUE_FULL".to_owned()),
        Just("not_found".to_owned()),
        Just("Too Many Attempts.".to_owned()),
        Just("Domain a not authorized for this API key".to_owned()),
        ".*",
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        texts.prop_map(Value::from),
    ];
    let names = prop_oneof![
        4 => prop::sample::select(vec![
            "error", "code", "message", "status", "details", "detail", "errors", "success", "jobId",
            "fields", "credits_required", "credits_available",
        ]).prop_map(str::to_owned),
        1 => ".*",
    ];
    leaf.prop_recursive(4, 64, 8, move |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            btree_map(names.clone(), inner, 0..6)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// What holds for a response, whatever it is.
fn check_one<C: ErrorCode>(status: u16, body: &[u8]) {
    let error = Error::<C>::decode(status, &(), body);
    let borrowed = ErrorRef::<C>::decode(status, &(), body);
    assert_eq!(error.body(), body, "nothing is lost");
    assert_eq!(
        (error.code(), error.identified_by()),
        (borrowed.code(), borrowed.identified_by())
    );
    assert_eq!(
        error.code().is_some(),
        error.identified_by() != IdentifiedBy::Nothing
    );
    assert_eq!(error.code_text(), borrowed.code_text());
    assert_eq!(error.reference(), borrowed.reference());
    assert_eq!(error.raw_details().as_deref(), borrowed.raw_details());
    assert_eq!(
        error.details().is_some(),
        matches!(borrowed.details(), Some(Ok(_)))
    );
    assert!(error.details().is_none() || error.details_error().is_none());
    assert!(ErrorRef::<C>::detect(status, &(), body).is_some() || status < 400);
    assert_eq!(error.status(), Some(status));
    let response = error.to_response();
    // No response has a status that is not of three digits.
    let sent = if (100..=999).contains(&status) {
        status
    } else {
        500
    };
    assert_eq!((response.status, response.body.as_slice()), (sent, body));
    let _ = (
        error.to_string(),
        format!("{error:?}"),
        error.extra(),
        error.likely(),
        error.retry_advice(),
    );

    let event = Error::<C>::from_event(body);
    assert_eq!(event.body(), body);

    // Changed in one member, and the same in all others.
    if let Ok(Value::Object(before)) = serde_json::from_slice::<Value>(body) {
        let changed = error.with_member("/an added member", json!([1]));
        let after: Value = serde_json::from_slice(&changed.body()).expect("it is JSON still");
        let mut expected = before;
        expected.insert("an added member".to_owned(), json!([1]));
        assert_eq!(after, Value::Object(expected));
    }
}

fn check(status: u16, body: &[u8]) {
    check_one::<audio_segments::Code>(status, body);
    check_one::<converso::Code>(status, body);
    check_one::<enconvert::Code>(status, body);
    check_one::<markdown_anything::Code>(status, body);
    check_one::<orders::Code>(status, body);
}

fn any_status() -> impl Strategy<Value = u16> {
    prop_oneof![
        prop::sample::select(vec![
            200, 202, 400, 401, 402, 403, 404, 413, 422, 429, 500, 503
        ]),
        any::<u16>(),
    ]
}

/// The bodies of all fixtures.
fn fixtures() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("generated/fixtures");
    let apis = fs::read_dir(folder).expect("it is there");
    let files =
        apis.flat_map(|api| fs::read_dir(api.expect("it is there").path()).expect("it is there"));
    let bodies = files.map(|file| {
        let text = support::read(file.expect("it is there").path());
        serde_json::from_str::<Value>(&text).expect("it is JSON")["body"].to_string()
    });
    bodies.collect()
}

proptest! {
    #[test]
    fn any_json_is_decoded_and_kept(status in any_status(), body in any_json()) {
        check(status, body.to_string().as_bytes());
        check(status, serde_json::to_string_pretty(&body).expect("it is JSON").as_bytes());
    }

    #[test]
    fn any_bytes_are_decoded_and_kept(status in any_status(), body in vec(any::<u8>(), 0..200)) {
        check(status, &body);
    }

    #[test]
    fn damaged_body_is_decoded_and_kept(
        status in any_status(),
        body in prop::sample::select(fixtures()),
        at in any::<prop::sample::Index>(),
        with in prop_oneof![Just(String::new()), ".{0,3}", Just("null".to_owned()), Just("[{".to_owned())],
        cut in 0_usize..9,
    ) {
        let start = body.char_indices().map(|(at, _)| at).nth(at.index(body.chars().count())).unwrap_or(0);
        let end = body[start..].char_indices().map(|(at, _)| start + at).nth(cut).unwrap_or(body.len());
        let damaged = format!("{}{with}{}", &body[..start], &body[end..]);
        check(status, damaged.as_bytes());
        check(status, &body.as_bytes()[..start]);
    }

    #[test]
    fn raised_error_is_decoded_as_itself(
        index in 0_usize..18,
        reference in ".*",
        message in ".+",
        note in any_json(),
    ) {
        use converso::{Code, Error};
        let code = Code::ALL[index];
        let raised = Error::new(code)
            .with_reference(reference.clone())
            .with_message(message.clone())
            .with_member("/note", note.clone());
        let read = Error::decode(raised.status().unwrap_or(400), &(), &raised.body());
        prop_assert_eq!(read.code(), Some(code));
        prop_assert_eq!(read.message(), message);
        prop_assert_eq!(read.reference(), Some(reference.into()));
        prop_assert_eq!(read.member("/note"), Some(note.clone()));
        prop_assert_eq!(read.extra(), vec![("/note".to_owned(), note)]);
    }
}
