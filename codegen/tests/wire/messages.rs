//! The message of an error that is raised, and the values in it.

use errbook::IdentifiedBy;
use errbook::json::Optional;

use crate::golden::everything;
use crate::golden::wire::{Code, Error, ErrorRef, details};
use crate::support::wire::check;

#[test]
fn raised_error_uses_the_first_message_with_all_its_values() {
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
fn message_value_is_read_only_in_the_notation_of_json() {
    for (days, key) in [("3", "GONE_FOR"), ("+3", ""), ("3.0", ""), ("inf", "")] {
        let body = format!(r#"{{"message":"It is gone for {days} days, Ann"}}"#);
        let error = Error::decode(404, &(), &body);
        assert_eq!(error.code().map_or("", Code::key), key, "{days}");
    }
}

#[test]
fn value_with_the_literal_after_it_is_read_back() {
    let name = "how a exceeds b.txt";
    let raised = Error::new(Code::TooLarge)
        .with_param("name", name)
        .with_param("limit", 5);
    assert_eq!(raised.message(), "File how a exceeds b.txt exceeds 5 MB");
    let body = String::from_utf8_lossy(&raised.body()).into_owned();
    let error = check(413, &body, "TOO_LARGE", IdentifiedBy::MessageForm);
    assert_eq!(error.param("name").as_deref(), Some(name));
    assert_eq!(error.param("limit").as_deref(), Some("5"));
    let borrowed = ErrorRef::decode(413, &(), &body);
    assert_eq!(borrowed.param("name"), Some(name));
    assert_eq!(borrowed.param("limit"), Some("5"));
}

#[test]
fn repeated_placeholder_has_one_value() {
    let by = IdentifiedBy::MessageForm;
    let body = r#"{"message":"x is not x"}"#;
    let error = check(406, body, "NOT_ITSELF", by);
    assert_eq!(error.param("name").as_deref(), Some("x"));
    let body = r#"{"message":"x is not y is not x is not y"}"#;
    let error = check(406, body, "NOT_ITSELF", by);
    assert_eq!(error.param("name").as_deref(), Some("x is not y"));
    let body = r#"{"message":"x is not y"}"#;
    check(406, body, "", IdentifiedBy::Nothing);
    let raised = Error::new(Code::NotItself).with_param("name", "a is not b");
    let body = String::from_utf8_lossy(&raised.body()).into_owned();
    check(406, &body, "NOT_ITSELF", by);
}

#[test]
fn values_of_a_message_are_those_of_one_form() {
    #[track_caller]
    fn check(message: &str, host: Option<&str>, when: Option<&str>) {
        let body = format!(r#"{{"message":"{message}"}}"#);
        let error = Error::decode(502, &(), &body);
        assert_eq!(error.code(), Some(Code::Down), "{message}");
        let borrowed = ErrorRef::decode(502, &(), &body);
        for (name, expected) in [("host", host), ("when", when)] {
            assert_eq!(error.param(name).as_deref(), expected, "{name}");
            assert_eq!(borrowed.param(name), expected, "{name}");
        }
    }
    check("Down", None, None);
    check("Down at db1", Some("db1"), None);
    check("Down at db1 until 6", Some("db1"), Some("6"));
    check("Down until 6", None, Some("6"));
    check("Down at db1 until noon", Some("db1 until noon"), None);
    check(
        "Down at db1 until 5 until 6",
        Some("db1 until 5"),
        Some("6"),
    );
    // Nobody sends this form without its values.
    check("Down at db1 until {when}", Some("db1 until {when}"), None);
    check("Down at {host}", None, None);
}

#[test]
fn value_of_an_unfilled_form_is_none() {
    let error = Error::decode(404, &(), r#"{"message":"It is gone for 3 days, {name}"}"#);
    assert_eq!(error.code(), Some(Code::GoneFor));
    assert_eq!(error.param("days").as_deref(), Some("3"));
    assert_eq!(error.param("name"), None);
}

#[test]
fn value_of_a_raised_error_is_the_sent_one() {
    #[track_caller]
    fn check(error: &Error, values: &[(&str, Option<&str>)]) {
        let sent = Error::decode(error.status().unwrap_or(500), &(), &error.body());
        for (name, expected) in values {
            assert_eq!(error.param(name).as_deref(), *expected, "{name}");
            assert_eq!(sent.param(name).as_deref(), *expected, "{name}");
        }
    }
    // From the details.
    let quota = |left| details::Quota {
        limit: 5,
        left,
        note: "spare".to_owned().into(),
    };
    let full = Error::from(quota(Optional::Value(2)));
    check(
        &full,
        &[("limit", Some("5")), ("left", Some("2")), ("note", None)],
    );
    let partial = Error::from(quota(Optional::Null));
    check(&partial, &[("limit", Some("5")), ("left", None)]);
    // The form has no value.
    let bare = Error::new(Code::GoneFor);
    check(&bare, &[("days", None), ("name", None)]);
    let half = bare.with_param("days", 1);
    check(&half, &[("days", Some("1")), ("name", None)]);
    // The value is not sent.
    let busy = || Error::new(Code::BusyBank);
    check(&busy().with_param("hour", "noon"), &[("hour", None)]);
    check(&busy().with_param("hour", ""), &[("hour", None)]);
    check(&busy().with_param("hour", 9), &[("hour", Some("9"))]);
    let other = busy().with_param("hour", 9).with_message("Else");
    check(&other, &[("hour", None)]);
    let down = Error::new(Code::Down).with_param("when", 6);
    check(&down, &[("host", None), ("when", Some("6"))]);
    let own = down.with_message("Down at db2");
    check(&own, &[("host", Some("db2")), ("when", None)]);
}
