//! The example bodies of the catalogs, read back.

use errbook::ErrorCode;
use errbook::json::Any;

use crate::golden::wire::Code;
use crate::golden::{self, everything, problem};
use crate::support::{entries, read};

/// The fixtures of a catalog.
fn fixtures(id: &str) -> impl Iterator<Item = Any> {
    entries(format!("tests/golden/fixtures/{id}"))
        .map(|(_, file)| serde_json::from_str(&read(file)).expect("it is JSON"))
}

/// Every fixture is read back as what it is, and written again as it stands.
#[test]
fn fixture_is_read_with_its_details() {
    #[track_caller]
    fn check<C: ErrorCode>() {
        let mut count = 0;
        for fixture in fixtures(C::CATALOG.id()) {
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
    check::<golden::root::Code>();
}

/// Every fixture is read as its error: what `check` has taken, programs tell apart.
#[test]
fn fixture_is_identified_as_its_error() {
    fn check<C: ErrorCode>() {
        for fixture in fixtures(C::CATALOG.id()) {
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
    check::<golden::root::Code>();
    check::<golden::told::Code>();
    check::<Code>();
}

/// What is shown of an error is what a program sends that says no more of it than the catalog.
#[test]
fn fixture_has_the_body_that_is_sent() {
    fn check<C: ErrorCode>() {
        let mut count = 0;
        for fixture in fixtures(C::CATALOG.id()) {
            let code = fixture["error"].as_str().and_then(C::from_key);
            let code = code.expect("it is of the catalog");
            let needs_values = code.requires_details()
                || code
                    .messages()
                    .next()
                    .is_some_and(|form| form.contains('{'));
            if fixture["values"] == "example" || needs_values {
                continue;
            }
            let response = errbook::Error::<C>::new(code).to_response();
            let sent: Any = serde_json::from_slice(&response.body).expect("it is JSON");
            assert_eq!(sent, fixture["body"], "{code}");
            count += 1;
        }
        assert!(count > 0, "{}", C::CATALOG.id());
    }
    check::<everything::Code>();
    check::<problem::Code>();
    check::<golden::problem_code::Code>();
    check::<golden::r#type::Code>();
    check::<Code>();
}
