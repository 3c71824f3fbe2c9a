//! What holds for any response, whatever it is.

use std::time::Duration;

use errbook::{Error, ErrorCode, ErrorRef, IdentifiedBy};
use errbook_apis::{audio_segments, converso, enconvert, markdown_anything, orders};
use serde_json::{Value, json};

/// A response: the lines of its head are the status and the header fields, and after an empty line comes
/// the body.
struct Response<'a> {
    status: u16,
    headers: Vec<(String, &'a [u8])>,
    body: &'a [u8],
}

impl<'a> Response<'a> {
    /// Bytes without an empty line are a body alone.
    fn parse(bytes: &'a [u8]) -> Self {
        let head = bytes.windows(2).position(|pair| pair == b"\n\n");
        let (head, body) = head.map_or((&b"400"[..], bytes), |at| (&bytes[..at], &bytes[at + 2..]));
        let mut lines = head.split(|byte| *byte == b'\n');
        let status = lines.next().and_then(|line| str::from_utf8(line).ok());
        let header = |line: &'a [u8]| {
            let colon = line.iter().position(|byte| *byte == b':')?;
            let name = String::from_utf8_lossy(&line[..colon]);
            Some((name.into_owned(), line[colon + 1..].trim_ascii_start()))
        };
        Self {
            status: status.and_then(|line| line.parse().ok()).unwrap_or(400),
            headers: lines.filter_map(header).collect(),
            body,
        }
    }
}

/// Reads bytes as a response of each of the five APIs.
///
/// # Panics
///
/// Where something does not hold.
pub fn check(bytes: &[u8]) {
    let response = Response::parse(bytes);
    check_one::<audio_segments::Code>(&response);
    check_one::<converso::Code>(&response);
    check_one::<enconvert::Code>(&response);
    check_one::<markdown_anything::Code>(&response);
    check_one::<orders::Code>(&response);
}

fn check_one<C: ErrorCode>(response: &Response<'_>) {
    let Response {
        status,
        headers,
        body,
    } = response;
    let borrowed = ErrorRef::<C>::decode(*status, headers, *body);
    let error = Error::<C>::decode(*status, headers, *body);
    assert_eq!(
        (error.status(), borrowed.status()),
        (Some(*status), Some(*status))
    );
    check_read(&borrowed, &error, body);

    let detected = Error::<C>::detect(*status, headers, *body);
    let detected_where_it_lies = ErrorRef::<C>::detect(*status, headers, *body);
    assert_eq!(detected.is_some(), detected_where_it_lies.is_some());
    assert!(detected.is_some() || *status < 400);

    let event = ErrorRef::<C>::from_event(*body);
    check_read(&event, &Error::<C>::from_event(*body), body);

    let sent = error.to_response();
    // No framework can send a status that has not three digits.
    let sent_status = Some(*status).filter(|status| (100..=999).contains(status));
    let expected = (sent_status.unwrap_or(500), *body);
    assert_eq!((sent.status, sent.body.as_slice()), expected);
    for (name, value) in &sent.headers {
        assert!(!value.contains(&b'\n') && !name.contains('\n'), "{sent:?}");
    }
    let again = Error::<C>::decode(sent.status, &sent.headers, &sent.body);
    assert_eq!(again.body(), error.body());
    if sent_status.is_some() {
        assert_eq!(again.code(), error.code());
    }
    check_changes(&error);
}

/// Both readers agree, and nothing is lost.
fn check_read<C: ErrorCode>(borrowed: &ErrorRef<'_, C>, error: &Error<C>, body: &[u8]) {
    assert_eq!(
        (&*error.body(), borrowed.body()),
        (body, body),
        "nothing is lost"
    );
    assert_eq!(
        (error.code(), error.identified_by(), error.status()),
        (borrowed.code(), borrowed.identified_by(), borrowed.status())
    );
    assert_eq!(
        error.code().is_some(),
        error.identified_by() != IdentifiedBy::Nothing
    );
    assert_eq!(error.likely(), borrowed.likely());
    assert_eq!(error.code_text(), borrowed.code_text());
    assert!(
        borrowed
            .message()
            .is_none_or(|message| error.message() == message)
    );
    assert_eq!(error.reference(), borrowed.reference());
    assert_eq!(error.raw_details().as_deref(), borrowed.raw_details());
    match borrowed.details() {
        Some(Ok(_)) => assert!(error.details().is_some() && error.details_error().is_none()),
        Some(Err(misfit)) => {
            let other = error.details_error().map(ToString::to_string);
            assert_eq!(Some(misfit.to_string()), other);
        }
        None => assert!(error.details().is_none() && error.details_error().is_none()),
    }
    let second = Duration::from_secs(1);
    assert_eq!(error.retry_advice(), borrowed.retry_advice());
    assert_eq!(error.retry_after(), borrowed.retry_after());
    assert_eq!(error.retry_delay(second), borrowed.retry_delay(second));
    for name in ["domain", "x", ""] {
        assert_eq!(error.param(name).as_deref(), borrowed.param(name));
    }
    let extra = error.extra();
    let pointers = [
        "",
        "/error",
        "/error/details/fields/0",
        "/0",
        "error",
        "/~2/-",
    ];
    for pointer in extra
        .iter()
        .map(|(pointer, _)| pointer.as_str())
        .chain(pointers)
    {
        let json = borrowed.member(pointer);
        let value = json.and_then(|json| serde_json::from_str::<Value>(json).ok());
        assert_eq!(error.member(pointer), value, "at {pointer:?}");
    }
    let shown = error.to_string();
    assert_eq!(shown, borrowed.to_string());
    assert!(!shown.contains(char::is_control), "{shown:?}");
    assert!(!format!("{error:?}{borrowed:?}").is_empty());
    let owned = borrowed.clone().into_error();
    assert_eq!(format!("{owned:?}"), format!("{error:?}"));
}

/// What is said otherwise changes in the body of a JSON object, and nothing else does.
fn check_changes<C: ErrorCode>(error: &Error<C>) {
    let Ok(before) = serde_json::from_slice::<Value>(&error.body()) else {
        return;
    };
    if !before.is_object() {
        return;
    }
    let changed = [
        error.clone().with_message("x"),
        error.clone().with_reference("x"),
        error.clone().with_member("/an added/member", json!([1])),
    ];
    for changed in &changed {
        let after = serde_json::from_slice::<Value>(&changed.body()).expect("it is JSON still");
        let differences = differences(&before, &after);
        assert!(
            differences <= 1,
            "{differences} between {before} and {after}"
        );
        assert_eq!(
            (changed.code(), changed.status()),
            (error.code(), error.status())
        );
        assert_eq!(changed.code_text(), error.code_text());
    }
    let [message, reference, member] = changed;
    assert_eq!(message.reference(), error.reference());
    assert_eq!(reference.message(), error.message());
    assert_eq!(member.member("/an added/member"), Some(json!([1])));
}

/// In how many places a value differs from what it was before. Nothing is taken out of it.
fn differences(before: &Value, after: &Value) -> usize {
    match (before, after) {
        (Value::Object(before), Value::Object(after)) => {
            assert!(
                before.keys().all(|name| after.contains_key(name)),
                "a member is lost"
            );
            let differ = after.iter().map(|(name, after)| {
                before
                    .get(name)
                    .map_or(1, |before| differences(before, after))
            });
            differ.sum()
        }
        (Value::Array(before), Value::Array(after)) if before.len() <= after.len() => {
            let differ = before
                .iter()
                .zip(after)
                .map(|(before, after)| differences(before, after));
            differ.sum::<usize>() + after.len() - before.len()
        }
        _ => usize::from(before != after),
    }
}
