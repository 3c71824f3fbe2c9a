//! Bodies of RFC 9457.

use errbook::IdentifiedBy::{self, *};

use crate::golden::{self, problem};
use crate::support::wire::check_in;

#[test]
fn problem_type_identifies_the_error() {
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
fn problem_with_code_member_is_identified_by_it() {
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
