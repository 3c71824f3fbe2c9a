//! The errors in the formats that others generate from.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::catalogs::Entry;

/// The errors as an enum of Protobuf.
#[must_use]
pub fn protobuf(errors: &[Entry]) -> String {
    let mut out =
        "syntax = \"proto3\";\npackage api;\n\nenum Code {\n  CODE_UNSPECIFIED = 0;\n".to_owned();
    for (number, error) in (1..).zip(errors) {
        for line in docs(error).lines() {
            let _ = writeln!(out, "  // {line}");
        }
        let _ = writeln!(out, "  CODE_{} = {number};", error.key);
    }
    out + "}\n"
}

/// The errors as an enum of JSON Schema.
#[must_use]
pub fn schema(errors: &[Entry]) -> Value {
    let one = |error: &Entry| json!({ "description": docs(error), "enum": [error.key] });
    let all: Vec<Value> = errors.iter().map(one).collect();
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Code",
        "type": "string",
        "oneOf": all,
    })
}

/// The errors as those of Conjure.
#[must_use]
pub fn conjure(errors: &[Entry]) -> Value {
    let one = |error: &Entry| {
        let argument = |(name, ty, _): &(&str, &str, &str)| {
            let item = json!({ "type": "primitive", "primitive": "STRING" });
            let ty = match *ty {
                "[string]" => json!({ "type": "list", "list": { "itemType": item } }),
                "u64" => json!({ "type": "primitive", "primitive": "SAFELONG" }),
                _ => item,
            };
            // Its names are in camel case.
            json!({ "fieldName": name.replace("retry_after", "retryAfter"), "type": ty })
        };
        let arguments: Vec<Value> = error.details.iter().map(argument).collect();
        json!({
            "errorName": { "name": error.name, "package": "com.example.api" },
            "docs": docs(error),
            "namespace": "Api",
            "code": "INVALID_ARGUMENT",
            "safeArgs": arguments,
            "unsafeArgs": [],
        })
    };
    let errors: Vec<Value> = errors.iter().map(one).collect();
    json!({ "version": 1, "errors": errors, "types": [], "services": [], "extensions": {} })
}

/// What a comment or a description says of an error.
fn docs(error: &Entry) -> String {
    let Entry {
        key,
        status,
        description,
        action,
        ..
    } = error;
    let mut docs = format!("`{key}`, status {status}: {description}");
    if let Some(action) = action {
        let _ = write!(docs, "\n\nAction: {action}");
    }
    docs
}
