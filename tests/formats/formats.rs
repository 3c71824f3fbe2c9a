//! Typed details in TOML and JSON, with the features of `serde_json` that change its values.
#![cfg(test)]

#[path = "../../codegen/tests/golden/rust/mod.rs"]
mod golden;

use errbook::json::{Any, Optional};
use serde::{Deserialize, Serialize};

use golden::everything::details::{FieldError, Node, Validation};
use golden::wire::{Code, Error, details::Quota};

/// Details that have values of every type.
const DETAILS: &str = r#"{"summary":"s","fields":[{"field":"a","children":[],"cause":{"field":"b","children":[],"type":"y","max-size":2},"type":"x","max-size":18446744073709551615}],"fn":{"a":1},"score":1.5,"flag":true,"when":-1,"size":3}"#;

#[test]
fn details_are_written_as_plain_toml() {
    let quota = Quota {
        limit: 7,
        left: Optional::Value(-2),
        note: Optional::Absent,
    };
    let text = toml::to_string(&quota).expect("TOML has such values");
    assert_eq!(text, "limit = 7\nleft = -2\n");
    assert_eq!(toml::from_str(&text), Ok(quota));

    let payload = serde_json::from_str(r#"{"a":[1,-1,2.5,true,"x"],"b":null}"#);
    let node = Node {
        next: Optional::Null,
        tags: [("t".to_owned(), vec![Some("x".to_owned())])].into(),
        payload: payload.expect("it is JSON"),
    };
    let text = toml::to_string(&node).expect("TOML has such values");
    let expected = "[tags]\nt = [\"x\"]\n\n[payload]\na = [1, -1, 2.5, true, \"x\"]\n";
    assert_eq!(text, expected);
    let read: Node = toml::from_str(&text).expect("it is a node");
    assert_eq!(read.payload["a"][2].as_f64(), Some(2.5));
    // TOML has no null.
    assert_eq!(read.next, Optional::Absent);
}

#[test]
fn details_are_written_and_read_as_json() {
    let read: Validation = serde_json::from_str(DETAILS).expect("they are of the type");
    assert_eq!(serde_json::to_string(&read).expect("it is JSON"), DETAILS);
    let value = serde_json::to_value(&read).expect("it is JSON");
    assert_eq!(value.to_string(), DETAILS);
    assert_eq!(serde_json::from_value::<Validation>(value).ok(), Some(read));
}

/// serde buffers values of flattened structs and untagged enums.
#[test]
fn details_are_read_from_buffered_values() {
    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Stored {
        id: u8,
        #[serde(flatten)]
        quota: Quota,
    }

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    #[serde(untagged)]
    enum Either {
        Field(FieldError),
        Quota(Quota),
    }

    let json = r#"{"id":1,"limit":7,"left":-2}"#;
    let stored: Stored = serde_json::from_str(json).expect("it is one");
    assert_eq!(stored.quota.limit, 7);
    assert_eq!(serde_json::to_string(&stored).expect("it is JSON"), json);
    let either: Either = serde_json::from_str(json).expect("it is one of both");
    assert_eq!(either, Either::Quota(stored.quota));
}

#[test]
fn number_of_many_digits_is_rounded() {
    let number = |text| {
        let payload: Any = serde_json::from_str(text).expect("it is JSON");
        let node = Node {
            next: Optional::Absent,
            tags: [].into(),
            payload,
        };
        toml::Value::try_from(node).expect("TOML has floats")["payload"].as_float()
    };
    assert_eq!(
        number("123456789012345678901234567890"),
        Some(1.2345678901234568e29)
    );
    assert_eq!(number("1e999"), Some(f64::INFINITY));
}

/// Received bodies keep every digit.
#[test]
fn body_is_sent_again_as_received() {
    let body = r#"{"meta":{"ok":false},"v":1.00,"code":"ONE","message":"m","x":1.50,"y":1e999}"#;
    let error = Error::detect(200, &(), body).expect("the constants are those of an error");
    assert_eq!(error.code(), Some(Code::One));
    assert_eq!(error.body(), body.as_bytes());
}
