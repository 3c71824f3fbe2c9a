//! What `bodies` times and `allocations` counts: the same bodies, by hand and by errbook.
//!
//! Whoever makes the cases has it checked that both sides read the same values and write equal JSON.

mod by_hand;
pub mod catalogs;
pub mod hand_written;
pub mod inputs;
pub mod scratch;

use std::collections::BTreeMap;
use std::hint::black_box;

use errbook::{Error, ErrorCode, ErrorRef};
use errbook_apis::{audio_segments, converso, enconvert, markdown_anything, orders};
use serde_json::Value;

use crate::by_hand::Body;

errbook::include_catalogs!();

/// What is measured, by what is done with a body.
pub fn tables() -> [Table; 3] {
    let mut reading = Table::new(&[
        "read by hand",
        "`ErrorRef::decode`",
        "… and its details",
        "`Error::decode`",
        "`Error::detect`",
    ]);
    let mut writing = Table::new(&["written by hand", "`Error::body`"]);
    let mut raising = Table::new(&["raised and written by hand", "`Error::new`, `Error::body`"]);
    for case in cases() {
        let Case { name, read, write } = case;
        reading.rows.push((name, read));
        if let Some([write, raise]) = write {
            writing.rows.push((name, write));
            raising.rows.push((name, raise));
        }
    }
    [reading, writing, raising]
}

/// What is done with each body.
pub struct Table {
    /// The ways in which it is done.
    pub columns: &'static [&'static str],
    /// The bodies, and for each column what does it.
    pub rows: Vec<(&'static str, Ways)>,
}

impl Table {
    fn new(columns: &'static [&'static str]) -> Self {
        let rows = Vec::new();
        Self { columns, rows }
    }
}

/// Each way to do the same; the first is by hand.
pub type Ways = Vec<Work>;

/// Does something so many times.
pub type Work = Box<dyn Fn(u32)>;

fn work<T>(once: impl Fn() -> T + 'static) -> Work {
    Box::new(move |times| {
        for _ in 0..times {
            black_box(once());
        }
    })
}

/// One error, with the same values on both sides.
struct Case {
    name: &'static str,
    read: Ways,
    /// How one that is there is written, and one that is raised for it; what is in no catalog cannot
    /// be raised.
    write: Option<[Ways; 2]>,
}

impl Case {
    /// Of an error that both sides raise, and so can write.
    fn new<C: ErrorCode, B: Body>(
        name: &'static str,
        by_hand: impl Fn() -> B + 'static,
        errbook: impl Fn() -> Error<C> + 'static,
    ) -> Self {
        let (body, error) = (by_hand(), errbook());
        let status = error.status().expect("each of the cases has a status");
        let case = Self::unknown::<C, B>(name, status, &body);
        assert_eq!(json(&error.body()), json(&write(&body)), "{name}");
        let received = Error::<C>::decode(status, &(), &write(&body));
        let details = |error: &Error<C>| format!("{:?}", error.details());
        assert_eq!(received.code(), error.code(), "{name}");
        assert_eq!(details(&received), details(&error), "{name}");
        assert_eq!(received.reference(), error.reference(), "{name}");
        let written = vec![
            work(move || write(black_box(&body))),
            work(move || black_box(&error).body().into_owned()),
        ];
        let raised = vec![
            work(move || write(&by_hand())),
            work(move || errbook().body().into_owned()),
        ];
        Self {
            write: Some([written, raised]),
            ..case
        }
    }

    /// Of an error that is only read.
    fn unknown<C: ErrorCode, B: Body>(name: &'static str, status: u16, body: &B) -> Self {
        // What is measured lives as long as the program, and so may its body.
        let body: &'static [u8] = write(body).leak();
        let by_hand = move || by_hand::decode::<B>(black_box(body)).expect("it was written so");
        let errbook = move || ErrorRef::<C>::decode(black_box(status), &(), black_box(body));
        let ((code, read), error) = (by_hand(), errbook());
        let value = B::VALUE.and_then(|name| error.param(name));
        let names = (
            code.map(|code| format!("{code:?}")),
            error.code().map(C::name),
        );
        assert_eq!(names.0.as_deref(), names.1, "{name}");
        assert_eq!(Some(read.message()), error.message(), "{name}");
        assert_eq!(read.value(), value, "{name}");
        let read = vec![
            work(move || {
                let (code, read) = by_hand();
                black_box(read.value());
                (code, read)
            }),
            work(errbook),
            work(move || {
                let error = errbook();
                black_box(B::VALUE.and_then(|name| error.param(name)));
                (error.details(), error)
            }),
            work(move || Error::<C>::decode(black_box(status), &(), black_box(body))),
            work(move || Error::<C>::detect(black_box(status), &(), black_box(body))),
        ];
        let write = None;
        Self { name, read, write }
    }
}

fn write(body: &impl Body) -> Vec<u8> {
    serde_json::to_vec(body).expect("the bodies hold nothing that JSON cannot")
}

fn json(body: &[u8]) -> Value {
    serde_json::from_slice(body).expect("the bodies are JSON")
}

/// An error of each envelope, where the documentation shows one, that; then what is unusual.
fn cases() -> Vec<Case> {
    let many: Vec<_> = FIELDS.iter().copied().cycle().take(1000).collect();
    let unknown = by_hand::orders::Failure {
        code: "ORDER_ON_HOLD".into(),
        message: "Order waits for an approval".into(),
    };
    vec![
        converso(),
        insufficient_credits(),
        validation_failed(),
        enconvert(),
        audio_segments("audio-segments, details", &FIELDS),
        orders(),
        problem(),
        Case::unknown::<orders::Code, _>("orders, unknown code", 409, &unknown),
        audio_segments("audio-segments, 1,000 fields", &many),
    ]
}

fn converso() -> Case {
    use by_hand::converso::{Code, Failure};

    const JOB: &str = "job_1f0a9c3b5d7e2468";
    Case::new(
        "converso, reference",
        || {
            let message = "Processing queue is temporarily full";
            Failure::new(Code::QueueFull, message, JOB.to_owned())
        },
        || Error::new(converso::Code::QueueFull).with_reference(JOB),
    )
}

fn insufficient_credits() -> Case {
    use by_hand::markdown_anything::InsufficientCredits;
    use markdown_anything::details;

    Case::new(
        "markdown-anything, details beside",
        || InsufficientCredits::new(2, 1),
        || {
            markdown_anything::Error::from(details::InsufficientCredits {
                credits_required: 2,
                credits_available: 1,
            })
        },
    )
}

/// The message of this error is that of its first field, and differs from body to body.
fn validation_failed() -> Case {
    use by_hand::markdown_anything::ValidationFailed;
    use markdown_anything::details;

    const MESSAGE: &str = "The file field is required.";
    let errors = || {
        BTreeMap::from([
            ("file", MESSAGE),
            ("webhook_url", "The webhook URL must be a valid URL."),
        ])
        .into_iter()
        .map(|(field, message)| (field.to_owned(), vec![message.to_owned()]))
        .collect()
    };
    Case::new(
        "markdown-anything, no code",
        move || ValidationFailed {
            message: MESSAGE.into(),
            errors: errors(),
        },
        move || {
            let details = details::ValidationFailed { errors: errors() };
            markdown_anything::Error::from(details).with_message(MESSAGE)
        },
    )
}

fn enconvert() -> Case {
    const DOMAIN: &str = "app.example.com";
    Case::new(
        "enconvert, by message",
        || by_hand::enconvert::Failure::domain_not_authorized(DOMAIN),
        || Error::new(enconvert::Code::DomainNotAuthorized).with_param("domain", DOMAIN),
    )
}

const FIELDS: [(&str, &str); 2] = [
    ("segmentDuration", "Must be a positive integer"),
    ("outputFormat", "Must be one of: mp3, wav, flac, ogg, aac"),
];

fn audio_segments(name: &'static str, fields: &[(&str, &str)]) -> Case {
    use audio_segments::details;

    let by_hand: Vec<_> = fields
        .iter()
        .map(|(field, message)| by_hand::audio_segments::FieldError {
            field: (*field).to_owned(),
            message: (*message).to_owned(),
        })
        .collect();
    let errbook: Vec<_> = fields
        .iter()
        .map(|(field, message)| details::FieldError {
            field: (*field).to_owned(),
            message: (*message).to_owned(),
        })
        .collect();
    Case::new(
        name,
        move || by_hand::audio_segments::InvalidParams::new(by_hand.clone()),
        move || {
            audio_segments::Error::from(details::InvalidParams {
                fields: errbook.clone(),
            })
        },
    )
}

fn orders() -> Case {
    use by_hand::orders::{Code, Failure};

    Case::new(
        "orders",
        || Failure::new(Code::OrderNotFound, "Order not found"),
        || Error::new(orders::Code::OrderNotFound),
    )
}

fn problem() -> Case {
    use problem::details;

    const INSTANCE: &str = "/account/12345/msgs/abc";
    let accounts = || vec!["/account/12345".to_owned(), "/account/67890".to_owned()];
    Case::new(
        "problem details",
        move || by_hand::problem::OutOfCredit::new(30, 50, accounts(), INSTANCE.to_owned()),
        move || {
            let details = details::OutOfCredit {
                balance: 30,
                accounts: accounts(),
            };
            problem::Error::from(details)
                .with_param("cost", 50)
                .with_reference(INSTANCE)
        },
    )
}
