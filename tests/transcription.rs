//! The compiled enums say what the catalogs say, row by row, and the catalogs have every row of the
//! documents that they transcribe.
//!
//! The catalogs are read a second time here, by `toml` alone, in order not to ask the generator
//! whether the generator is right.

mod support;

use errbook::{ErrorCategory, ErrorCode, Retry, Rule, WireCode};
use errbook_apis::{audio_segments, converso, enconvert, markdown_anything, orders};
use toml::{Table, Value};

/// The catalog and its errors in the order of the file: the title of the section, the key, the row.
fn read(id: &str) -> (Table, Vec<(Option<String>, String, Table)>) {
    let text = support::read(format!("catalog/{id}.toml"));
    let catalog: Table = text.parse().expect("the catalog is TOML");
    let mut errors = rows_of(&catalog, None);
    for category in tables(catalog.get("category")) {
        errors.extend(rows_of(
            category,
            Some(text_of(category, "title").expect("a section has a title")),
        ));
    }
    // `toml` sorts keys; their order is that of the headers.
    let position = |key: &str| {
        text.find(&format!("error.{key}]"))
            .expect("an error has a header")
    };
    errors.sort_by_key(|(_, key, _)| position(key));
    (catalog, errors)
}

fn rows_of(table: &Table, section: Option<&str>) -> Vec<(Option<String>, String, Table)> {
    let errors = table.get("error").and_then(Value::as_table);
    let row = |(key, row): (&String, &Value)| {
        (
            section.map(str::to_owned),
            key.clone(),
            row.as_table().expect("an error is a table").clone(),
        )
    };
    errors.into_iter().flatten().map(row).collect()
}

fn tables(value: Option<&Value>) -> impl Iterator<Item = &Table> {
    value
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_table)
}

fn text_of<'a>(table: &'a Table, key: &str) -> Option<&'a str> {
    table.get(key).and_then(Value::as_str)
}

/// A value, or the values of a list.
fn listed(value: Option<&Value>) -> Vec<Value> {
    match value {
        None => Vec::new(),
        Some(Value::Array(values)) => values.clone(),
        Some(value) => vec![value.clone()],
    }
}

/// Every row of a catalog against the enum that was compiled from it.
#[track_caller]
fn check<C: ErrorCode>(
    id: &str,
    errors: usize,
    statuses: usize,
    rules: &[Rule<C>],
    rule_count: usize,
) {
    let (catalog, rows) = read(id);
    assert_eq!(
        (C::CATALOG.id(), rows.len(), C::all().len()),
        (id, errors, errors)
    );
    let has_code = catalog["envelope"].get("code").is_some();
    for ((section, key, row), code) in rows.iter().zip(C::all().iter().copied()) {
        assert_eq!(code.key(), key);
        assert_eq!(
            code.category().map(ErrorCategory::title),
            section.as_deref(),
            "{key}"
        );
        let wire = match row.get("code") {
            Some(Value::Boolean(false)) => None,
            Some(wire) => wire.as_str(),
            None => has_code.then_some(key.as_str()),
        };
        assert_eq!(code.wire().map(WireCode::as_str), wire, "{key}");
        let statuses: Vec<Value> = code
            .statuses()
            .iter()
            .map(|status| Value::from(i64::from(*status)))
            .collect();
        assert_eq!(statuses, listed(row.get("status")), "{key}");
        let messages: Vec<Value> = code.messages().map(Value::from).collect();
        assert_eq!(messages, listed(row.get("message")), "{key}");
        assert_eq!(code.title(), text_of(row, "title"), "{key}");
        assert_eq!(code.description(), text_of(row, "description"), "{key}");
        assert_eq!(code.action(), text_of(row, "action"), "{key}");
        assert_eq!(
            code.retry().map(Retry::as_str),
            text_of(row, "retry"),
            "{key}"
        );
        assert_eq!(code.is_event(), row.contains_key("event"), "{key}");
        assert_eq!(
            code.headers().len(),
            row.get("headers")
                .map_or(0, |headers| headers.as_table().map_or(0, Table::len))
        );
        assert_eq!(code.inferred().len(), inferred(row), "{key}");
        if let (Some(wire), Some(status)) = (code.wire(), code.status()) {
            assert_eq!(C::from_wire(wire.as_str(), status), Some(code));
        }
        assert_eq!(key.parse(), Ok(code));
    }
    let rows = catalog
        .get("status")
        .and_then(Value::as_table)
        .cloned()
        .unwrap_or_default();
    assert_eq!(
        (rows.len(), C::CATALOG.statuses().len()),
        (statuses, statuses)
    );
    for row in C::CATALOG.statuses() {
        let expected = rows[&row.status.to_string()]
            .as_table()
            .expect("a status row is a table");
        assert_eq!(
            (row.name, row.meaning),
            (text_of(expected, "name"), text_of(expected, "meaning"))
        );
        assert_eq!(row.retry.map(Retry::as_str), text_of(expected, "retry"));
    }
    let expected: Vec<&Table> = tables(catalog.get("rule")).collect();
    assert_eq!((expected.len(), rules.len()), (rule_count, rule_count));
    for (rule, expected) in rules.iter().zip(expected) {
        assert_eq!(rule.error.map(ErrorCode::key), text_of(expected, "error"));
        assert_eq!(
            (Some(rule.field), Some(rule.rule)),
            (text_of(expected, "field"), text_of(expected, "rule"))
        );
        assert_eq!(rule.message, text_of(expected, "message"));
    }
}

fn inferred(row: &Table) -> usize {
    match row.get("inferred") {
        Some(Value::Table(reasons)) => reasons.len(),
        other => listed(other).len(),
    }
}

#[test]
fn every_row_is_compiled_as_transcribed() {
    check("enconvert", 13, 11, enconvert::RULES, 0);
    check("audio-segments", 21, 13, audio_segments::RULES, 0);
    check("converso", 18, 0, converso::RULES, 0);
    check("markdown-anything", 7, 0, markdown_anything::RULES, 7);
    check("orders", 26, 0, orders::RULES, 0);
}

// What follows is what the documents say, written down once more.

#[test]
fn enconvert_has_no_codes_and_is_identified_by_message() {
    use enconvert::{Code, STATUSES};
    assert!(Code::ALL.iter().all(|code| code.wire().is_none()));
    let code = Code::DomainNotAuthorized;
    assert_eq!(code.status(), Some(403));
    let messages: Vec<_> = code.messages().collect();
    assert_eq!(
        messages,
        [
            "Domain not authorized",
            "Domain {domain} not authorized for this API key"
        ]
    );
    assert_eq!(
        code.description(),
        Some("The request origin does not match any domain in the API key's whitelist.")
    );
    assert_eq!(
        Code::PublicKeyOnlyForTokens.message(),
        Some("Public API keys can only be used to generate JWT tokens")
    );
    assert_eq!(Code::with_status(401).count(), 6);
    assert_eq!(Code::ServiceUnavailable.retry(), Some(Retry::Backoff));
    let row = STATUSES
        .iter()
        .find(|row| row.status == 413)
        .expect("413 is in the table");
    assert_eq!(row.name, Some("Payload Too Large"));
    assert_eq!(
        row.meaning,
        Some("Uploaded file exceeds the size limit for your subscription tier.")
    );
}

#[test]
fn audio_segments_documents_one_status_and_infers_the_others() {
    use audio_segments::{Category, Code};
    let titles: Vec<_> = Category::ALL
        .iter()
        .map(|category| category.title())
        .collect();
    let expected = [
        "Authentication Errors",
        "Validation Errors",
        "Job Errors",
        "Billing Errors",
        "File Errors",
    ];
    assert_eq!(titles, expected);
    assert_eq!(
        (Code::InvalidParams.status(), Code::InvalidParams.inferred()),
        (Some(422), &[][..])
    );
    assert_eq!(Code::InvalidParams.message(), Some("Validation failed"));
    let without = [
        Code::JobFailed,
        Code::DownloadExpired,
        Code::QuotaExceeded,
        Code::PaymentRequired,
    ];
    for code in Code::ALL {
        let marked = code
            .inferred()
            .iter()
            .any(|inferred| inferred.key == "status" && !inferred.reason.is_empty());
        assert_eq!(
            marked,
            !without.contains(code) && *code != Code::InvalidParams,
            "{code}"
        );
        assert_eq!(code.status().is_none(), without.contains(code), "{code}");
    }
    assert_eq!(
        Code::FileTooLarge.description(),
        Some("File exceeds plan's max file size")
    );
    assert_eq!(
        Code::CATALOG.status_row(204).and_then(|row| row.meaning),
        Some("successful deletion")
    );
}

#[test]
fn converso_fails_with_200_and_in_webhooks() {
    use converso::{Category, Code};
    assert_eq!(Code::ExtractionFailed.statuses(), [200, 202]);
    assert_eq!(
        (
            Code::JobNotCompleted.status(),
            Code::JobNotCompleted.retry()
        ),
        (Some(202), Some(Retry::Poll))
    );
    assert_eq!(
        Code::InvalidJobId.action(),
        Some("Use valid job_<16 hex> ID")
    );
    let events: Vec<_> = Code::ALL.iter().filter(|code| code.is_event()).collect();
    assert_eq!(events, [&Code::InvalidWebhook, &Code::WebhookFailed]);
    assert!(
        events
            .iter()
            .all(|code| code.statuses().is_empty() && code.category() == Some(Category::Webhook))
    );
    let transient: Vec<_> = Code::ALL
        .iter()
        .filter(|code| code.retry() == Some(Retry::Backoff))
        .collect();
    assert_eq!(transient, [&Code::QueueFull, &Code::ServiceUnavailable]);
    assert_eq!(Category::Job.title(), "Job & Processing Errors");
}

#[test]
fn markdown_anything_mixes_errors_with_and_without_codes() {
    use markdown_anything::{Code, RULES};
    let codes: Vec<_> = Code::ALL
        .iter()
        .filter_map(|code| code.wire())
        .map(WireCode::as_str)
        .collect();
    assert_eq!(
        codes,
        ["insufficient_credits", "not_found", "conversion_failed"]
    );
    assert_eq!(
        Code::from_wire("insufficient_credits", 402),
        Some(Code::InsufficientCredits)
    );
    assert_eq!(
        Code::with_status(422).collect::<Vec<_>>(),
        [Code::ConversionFailed, Code::ValidationFailed]
    );
    assert_eq!(Code::RateLimited.retry(), Some(Retry::RetryAfter));
    assert_eq!(Code::RateLimited.headers()[0].name, "Retry-After");
    assert_eq!(
        (Code::ConversionFailed.refunded(), Code::NotFound.refunded()),
        (Some(true), None)
    );
    assert_eq!(
        RULES[4].message,
        Some("The webhook URL must not exceed 2048 characters.")
    );
    assert_eq!(
        (RULES[4].field, RULES[4].rule),
        ("webhook_url", "Max length")
    );
}

#[cfg(feature = "json")]
#[test]
fn documented_details_are_typed() {
    use audio_segments::details::{FieldError, InvalidParams};
    use markdown_anything::Details;
    use markdown_anything::details::{InsufficientCredits, ValidationFailed};
    use serde_json::json;

    let documented = json!({ "credits_required": 2, "credits_available": 1 });
    let details = InsufficientCredits {
        credits_required: 2,
        credits_available: 1,
    };
    assert_eq!(
        serde_json::to_value(&details).expect("details are JSON"),
        documented
    );
    assert_eq!(
        Details::from(details).code(),
        markdown_anything::Code::InsufficientCredits
    );

    let documented = json!({ "errors": { "file": ["The file field is required."] } });
    let details: ValidationFailed = serde_json::from_value(documented).expect("the details fit");
    assert_eq!(details.errors["file"], ["The file field is required."]);

    let documented = json!({ "fields": [{ "field": "segmentDuration", "message": "Must be a positive integer" }] });
    let details: InvalidParams = serde_json::from_value(documented).expect("the details fit");
    let field = FieldError {
        field: "segmentDuration".into(),
        message: "Must be a positive integer".into(),
    };
    assert_eq!(details.fields, [field]);
}

#[test]
fn orders_has_prefixed_codes_in_seven_sections() {
    use orders::{Category, Code};
    assert_eq!(Category::ALL.len(), 7);
    assert_eq!(
        Code::from_wire("ORDER_TYPE_CANT_DOWNLOAD", 400),
        Some(Code::OrderTypeCantDownload)
    );
    assert_eq!(
        Code::OrderTypeCantDownload.description(),
        Some("This order type cannot be downloaded")
    );
    assert_eq!(Code::OrderTimeout.status(), Some(408));
    assert_eq!(
        Code::RateLimitExceeded.category(),
        Some(Category::RateLimit)
    );
    assert!(
        Code::ALL
            .iter()
            .all(|code| code.inferred().is_empty() && code.action().is_none())
    );
}
