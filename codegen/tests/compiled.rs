//! The golden Rust compiles without a warning, and says what its catalogs say.

use std::collections::BTreeMap;

use errbook::json::{Any, Optional};
use errbook::{Catalog, ErrorCategory, ErrorCode, ErrorDetails, Retry};
use serde_json::json;

use crate::golden::everything::{
    Area, Category, Code, Details, RULES, STATUSES, Severity, details,
};
use crate::golden::{deep, empty, names, r#type as hell};

#[test]
fn accessors_return_the_values_of_the_catalog() {
    let code = Code::Expired;
    assert_eq!(code.key(), "EXPIRED");
    assert_eq!(code.name(), "Expired");
    assert_eq!(
        code.wire().map(|wire| (wire.as_str(), wire.is_number())),
        Some(("EXPIRED", false))
    );
    assert_eq!(code.title(), Some("Expired"));
    assert_eq!(code.status(), Some(401));
    assert_eq!(code.statuses(), [401, 403]);
    assert_eq!(code.message(), Some("Token {token} expired at {at}"));
    let messages: Vec<_> = code.messages().collect();
    assert_eq!(
        messages,
        [
            "Token {token} expired at {at}",
            "Token expired",
            "{{ braces }} and {token}"
        ]
    );
    assert_eq!(code.messages().len(), 3);
    assert_eq!(code.description(), Some("A token | has expired"));
    assert_eq!(code.action(), Some("Get a new one\nand try again"));
    assert_eq!(code.category(), Some(Category::Auth));
    assert_eq!(code.retry(), Some(Retry::Never));
    assert_eq!(code.headers()[0].name, "WWW-Authenticate");
    assert_eq!(
        code.docs_url(),
        Some("https://example.com/errors/everything#EXPIRED")
    );
    assert_eq!(code.aliases(), ["TOKEN_OLD", "1234"]);
    let longest = "THE_LONGEST_OF_ALL_THE_NAMES_THAT_ERRORS_HAVE_IN_THIS_CATALOG";
    assert_eq!(code.see_also(), ["OLD", longest]);
    assert_eq!(code.since(), Some("1.2"));
    assert_eq!(code.inferred()[0].reason, "A token stays expired.");
    assert_eq!((code.deprecated(), code.retired()), (None, None));
    assert!(!code.is_event());
    assert_eq!(format!("{code:>9}|{code:?}"), "  EXPIRED|Expired");
}

#[test]
fn accessors_of_absent_keys_return_none() {
    let code = Code::Plain;
    assert_eq!(code.title(), None);
    assert_eq!(code.message(), None);
    assert_eq!(code.messages().next(), None);
    assert_eq!(code.action(), None);
    assert_eq!(code.category(), None);
    assert_eq!(code.retry(), None);
    assert!(code.headers().is_empty() && code.aliases().is_empty() && code.inferred().is_empty());
    assert!(code.see_also().is_empty());
    assert_eq!(Code::Hook.status(), None);
    assert!(Code::Hook.is_event());
    assert_eq!(Code::Silent.wire(), None);
    assert_eq!(Code::Validation.description(), None);
}

#[test]
fn accessors_work_in_constants() {
    const STATUS: Option<u16> = Code::Slow.status();
    const CATEGORY: Option<Category> = Code::Slow.category();
    const SEVERITY: Severity = Code::Slow.severity();
    const SEE_ALSO: &[&str] = Code::Expired.see_also();
    assert_eq!(
        (STATUS, CATEGORY, SEVERITY, SEE_ALSO[0]),
        (Some(429), Some(Category::Kind), Severity::Info, "OLD")
    );
}

#[test]
#[expect(deprecated, reason = "the catalog says so")]
fn deprecated_and_retired_errors_report_it() {
    let deprecated = Code::Old.deprecated().expect("it is deprecated");
    assert_eq!(deprecated.since, Some("2.0"));
    assert_eq!(deprecated.replaced_by, Some("EXPIRED"));
    assert_eq!(deprecated.note, Some("Will go away"));
    assert_eq!(Code::Gone.retired(), Some("2.1"));
}

#[test]
fn codes_are_found_by_key_and_by_wire_code() {
    for code in Code::ALL {
        assert_eq!(Code::from_key(code.key()), Some(*code));
        assert_eq!(code.key().parse(), Ok(*code));
        if let (Some(wire), Some(status)) = (code.wire(), code.status()) {
            assert_eq!(Code::from_wire(wire.as_str(), status), Some(*code));
        }
    }
    // One code, two errors: the status decides, and the first where it does not.
    assert_eq!(Code::from_wire("slow_down", 429), Some(Code::Slow));
    assert_eq!(Code::from_wire("slow_down", 503), Some(Code::SlowGateway));
    assert_eq!(Code::from_wire("slow_down", 200), Some(Code::Slow));
    // One error: at any status, by its aliases, too.
    assert_eq!(Code::from_wire("EXPIRED", 500), Some(Code::Expired));
    assert_eq!(Code::from_wire("TOKEN_OLD", 401), Some(Code::Expired));
    assert_eq!(Code::from_wire("1234", 401), Some(Code::Expired));
    assert_eq!(Code::from_wire("10001", 400), Some(Code::Numbered));
    assert_eq!(Code::from_wire("-1", 400), Some(Code::Negative));
    // Keys that are no codes, and codes that are no keys.
    for unknown in [
        "SILENT",
        "SLOW",
        "NUMBERED",
        "expired",
        "",
        "EXPIRED ",
        "NO_SUCH_CODE",
    ] {
        assert_eq!(Code::from_wire(unknown, 401), None, "{unknown:?}");
    }
    let unknown = "slow_down"
        .parse::<Code>()
        .expect_err("it is the key of nothing");
    assert_eq!(
        unknown.to_string(),
        "no error of the catalog `everything` has this key"
    );
    assert_eq!(Code::with_status(403).collect::<Vec<_>>(), [Code::Expired]);
    assert_eq!(Code::with_status(418).count(), 0);
}

#[test]
fn catalog_is_walked_without_its_enum() {
    fn walk<C: ErrorCode>() -> usize {
        C::all()
            .iter()
            .filter(|code| {
                code.category()
                    .is_some_and(|category| !category.title().is_empty())
            })
            .count()
    }
    assert_eq!(walk::<Code>(), Code::ALL.len() - 1);
    assert_eq!(walk::<hell::Code>(), 0);
    let catalog: &Catalog = Code::CATALOG;
    assert_eq!(
        (catalog.id(), catalog.title(), catalog.len()),
        ("everything", "The Everything API", Code::ALL.len())
    );
    assert_eq!(
        (catalog.version(), catalog.language()),
        (Some("2.1"), Some("en"))
    );
    assert_eq!(
        catalog.status_row(503).and_then(|row| row.name),
        Some("Unavailable")
    );
    assert_eq!(catalog.status_row(504), None);
    assert_eq!(catalog.api_inferred()[0].key, "version");
    assert_eq!(catalog.envelope_inferred()[0].reason, "Seen in responses.");
}

#[test]
fn tables_contain_their_rows() {
    assert_eq!(STATUSES.len(), 3);
    assert_eq!(STATUSES[1].retry, Some(Retry::Backoff));
    assert_eq!(STATUSES[1].inferred[0].key, "retry");
    assert_eq!(
        (RULES[0].error, RULES[0].field),
        (Some(Code::Validation), "url")
    );
    assert_eq!(
        (RULES[1].error, RULES[1].rule, RULES[1].message),
        (None, "At most 3 | 4", None)
    );
    assert_eq!(Category::ALL, [Category::Auth, Category::Kind]);
    assert_eq!(
        (Category::Kind.id(), Category::Kind.title()),
        ("type", "Keyword")
    );
}

#[test]
fn declared_columns_are_typed() {
    assert_eq!(Code::Expired.severity(), Severity::Warning);
    assert_eq!(Code::Expired.area().map(Area::as_str), Some("back-end"));
    assert_eq!(Code::Plain.area(), None);
    assert_eq!(
        Code::Expired.runbook(),
        Some("https://example.com/runbooks/expired")
    );
    assert_eq!(Code::Expired.kind(), Some(7));
    assert_eq!(Code::Expired.limits(), Some(&[("hours", &[1, -2][..])][..]));
    assert_eq!(Code::Expired.tags(), Some(&["a", "b"][..]));
    assert!((Code::Validation.factor() - 1000.0).abs() < f64::EPSILON);
    assert_eq!(Severity::Fatal.to_string(), "fatal");
}

#[test]
fn details_are_deserialized_and_serialized_unchanged() {
    let body = json!({
        "summary": "no",
        "fields": [{
            "field": "a", "children": [], "type": "x", "max-size": 1,
            "cause": { "field": "b", "message": null, "children": [], "type": "y", "max-size": 2 },
        }],
        "fn": { "a": 1 }, "score": 1.5, "flag": null, "when": -1, "size": 3,
        "node": { "tags": { "t": ["x", null] }, "payload": [1], "next": { "tags": {}, "payload": {} } },
    });
    let read: details::Validation = serde_json::from_value(body.clone()).expect("the details fit");
    assert_eq!(read.link, Optional::Absent);
    assert_eq!(read.flag, Optional::Null);
    assert_eq!(read.r#fn, BTreeMap::from([("a".to_owned(), 1)]));
    assert_eq!(read.fields[0].limit, 1);
    assert_eq!(
        read.fields[0]
            .cause
            .as_ref()
            .map(|cause| cause.message.is_absent()),
        Some(false)
    );
    assert_eq!(serde_json::to_value(&read).expect("details are JSON"), body);

    assert_eq!(Details::from(read).code(), Code::Validation);
    assert_eq!(Details::Raw(Any::Bool(true)).code(), Code::Raw);
    assert_eq!(Details::List(vec![]).code(), Code::List);
}

#[test]
fn object_members_are_read_in_any_order() {
    #[track_caller]
    fn check(text: &str, expected: Result<(&str, Option<u64>), &str>) {
        let read = serde_json::from_str::<details::Object>(text);
        let read = read
            .as_ref()
            .map(|object| (object.name.as_str(), object.size.as_ref().copied()));
        assert_eq!(
            read.map_err(ToString::to_string),
            expected.map_err(ToOwned::to_owned)
        );
    }
    check(r#"{"name":"a","size":1}"#, Ok(("a", Some(1))));
    check(r#"{"size":null,"other":[{}],"name":"a"}"#, Ok(("a", None)));
    check(r#"{"n\u0061me":"a"}"#, Ok(("a", None)));
    check(r#"{"name":"a","name":"b"}"#, Ok(("b", None)));
    let misfit = |problem| format!("the details do not fit: {problem}");
    check(r#"{"size":1}"#, Err(&misfit("`/name`: missing")));
    check("[]", Err(&misfit("expected an object, found []")));
    let wrong = misfit(r#"`/size`: expected u64, found "1""#);
    check(r#"{"name":"a","size":"1"}"#, Err(&wrong));

    let object = details::Object {
        name: "a".to_owned(),
        size: Optional::Absent,
    };
    assert_eq!(
        serde_json::to_string(&object).expect("it is JSON"),
        r#"{"name":"a"}"#
    );
}

#[test]
fn difficult_names_become_variants() {
    use hell::Code;
    let names: Vec<&str> = Code::ALL.iter().map(|code| code.name()).collect();
    let expected = "SelfError Ok None Error Code Fn CardDeclined RateLimited OutOfStock E404 Groesse \
                    HttpServerError2xx Signs Unicode";
    assert_eq!(names, expected.split_whitespace().collect::<Vec<_>>());
    assert_eq!(Code::from_key("größe"), Some(Code::Groesse));
    assert_eq!(
        Code::from_wire("`tick` | <pipe> [link] \\ *star* {{x}}", 400),
        Some(Code::Signs)
    );
    let details: hell::details::Fn = serde_json::from_value(
        json!({ "fn": "f", "type": 1, "r#try": true, "a b": "c", "Ünï": "u" }),
    )
    .expect("fits");
    assert_eq!(
        (details.r#type, details.r#try, details.uni.as_str()),
        (1, Optional::Value(true), "u")
    );
}

/// Rust takes a path such as `Code::Err` for the variant or for the associated type, by its place.
#[test]
fn variants_have_the_names_of_associated_items() {
    use names::{Category, Code, Details, Severity};
    const IN_ALL: Option<Category> = Code::InAll.category();
    for code in <Code as ErrorCode>::all() {
        assert_eq!(Code::from_key(code.key()), Some(*code));
        assert_eq!(code.key().parse(), Ok(*code));
        assert_eq!(code.key().starts_with("IN_"), code.category().is_some());
    }
    let keys = [Code::ALL, Code::CATALOG, Code::Err, Code::Details, Code::D].map(Code::key);
    assert_eq!(keys, ["ALL", "CATALOG", "Err", "Details", "D"]);
    assert_eq!(Code::InErr.category(), Some(Category::Err));
    assert_eq!(IN_ALL, Some(Category::ALL));
    assert_eq!(Category::ALL.id(), "all");
    assert_eq!(<Category as ErrorCategory>::all().len(), 10);
    assert_eq!(Severity::Err.as_str(), "err");
    for code in [Code::Err, Code::Error] {
        let details = Details::blank(code).map(|details| details.code());
        assert_eq!(details, Some(code));
    }
}

/// rustc sees that the deepest types are `Send`, also where futures and errors hold them.
#[test]
fn deepest_details_are_sent_to_other_threads() {
    fn spawn<T: Send + 'static>(task: impl Future<Output = T> + Send + 'static) {
        drop(task);
    }
    async fn call() -> Result<(), deep::Error> {
        std::future::ready(()).await;
        Err(deep::Code::Cycle.into())
    }
    spawn(async {
        call()
            .await
            .map_err(Box::<dyn std::error::Error + Send + Sync>::from)
    });
    let details = deep::Code::ALL
        .iter()
        .map(|code| deep::Details::blank(*code));
    assert!(details.into_iter().all(|details| details.is_some()));
}

#[test]
fn catalog_without_errors_compiles() {
    assert_eq!(empty::Code::ALL, []);
    assert_eq!(empty::Code::from_key("A"), None);
    assert_eq!(empty::Code::from_wire("A", 404), None);
    assert_eq!(empty::STATUSES.len(), 2);
    assert!(empty::RULES.is_empty() && empty::Code::CATALOG.is_empty());
}
