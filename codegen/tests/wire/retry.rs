//! Retry advice and delays.

use std::time::{Duration, Instant};

use errbook::{AdviceSource, Retry};

use crate::golden::wire::{Code, Error, ErrorRef};

/// The seconds of 365 days, the maximum delay.
const YEAR: u64 = 31_536_000;

#[test]
fn delay_can_be_added_to_the_time_of_now() {
    let year = Duration::from_secs(YEAR);
    let headers = [("Retry-After", "99999999999999999999")];
    let busy = r#"{"code":"busy","message":"The shop is busy"}"#;
    let received = Error::decode(503, &headers, busy);
    assert_eq!(received.retry_after(), Some(year));
    assert_eq!(received.retry_delay(Duration::ZERO), Some(year));
    let raised = || Error::new(Code::BusyShop);
    assert_eq!(raised().retry_delay(Duration::MAX), Some(year));
    let sent = raised().with_retry_after(Duration::MAX).to_response();
    assert_eq!(sent.header("Retry-After"), Some(&b"31536000"[..]));
    for error in [received, raised()] {
        let delay = error.retry_delay(Duration::MAX).expect("it passes");
        assert!(Instant::now().checked_add(delay).is_some());
    }
}

#[test]
fn retry_advice_has_its_source() {
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
fn retry_after_is_read_as_seconds_or_date() {
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
    check("\t7 ", Some(7));
    check("31535999", Some(YEAR - 1));
    check("31536001", Some(YEAR));
    check("99999999999999999999999", Some(YEAR));
    check("Tue, 03 Mar 2099 10:00:00 GMT", Some(YEAR));
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
        // White space elsewhere, but not in a header field.
        "\u{a0}7",
        "7\u{2003}",
        "\u{85}7",
        "\u{a0}Tue, 03 Mar 2026 10:01:30 GMT",
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
