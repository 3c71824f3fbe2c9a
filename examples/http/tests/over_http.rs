//! Each API's errors, from a handler over a socket to the client.

use std::error::Error as _;
use std::future::IntoFuture;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use axum::middleware::{self, Next};
use axum::response::Html;
use axum::{Router, http::StatusCode, routing::get};
use errbook::{AdviceSource, Error, ErrorCode, IdentifiedBy, OrCode, Retry};
use errbook_apis::{audio_segments, converso, enconvert, markdown_anything, orders};
use five_apis::client::{explain, send, send_patiently};
use five_apis::server::{Service, router};
use reqwest::{Client, Method, RequestBuilder};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, mpsc};

/// A server on a socket of its own: one credit, a slot for one conversion, a queue for one job.
struct Server {
    at: String,
    service: Arc<Service>,
    seen: Arc<Seen>,
}

/// What happens behind the handlers.
struct Seen {
    calls: AtomicU32,
    /// Before this call is answered, a slot becomes free and a job leaves the queue.
    relief: AtomicU32,
    jobs: Mutex<mpsc::Receiver<String>>,
}

impl Server {
    async fn start() -> Self {
        let (queue, jobs) = mpsc::channel(1);
        let service = Arc::new(Service {
            credits: 1.into(),
            slots: Semaphore::new(1),
            queue,
        });
        let seen = Arc::new(Seen {
            calls: 0.into(),
            relief: 0.into(),
            jobs: jobs.into(),
        });

        let behind = (seen.clone(), service.clone());
        let see = middleware::from_fn(move |request, next: Next| {
            let (seen, service) = &behind;
            if seen.calls.fetch_add(1, Relaxed) + 1 == seen.relief.load(Relaxed) {
                service.slots.add_permits(1);
                seen.jobs.lock().unwrap().try_recv().ok();
            }
            next.run(request)
        });
        let proxy = || async { (StatusCode::SERVICE_UNAVAILABLE, Html("<h1>Try later</h1>")) };
        let router = Router::new()
            .merge(router(service.clone()))
            .route("/proxy", get(proxy))
            .layer(see);

        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let at = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(axum::serve(listener, router).into_future());
        Self { at, service, seen }
    }

    fn calls(&self) -> u32 {
        self.seen.calls.load(Relaxed)
    }

    fn get(&self, path: &str) -> RequestBuilder {
        self.request(Method::GET, path)
    }

    fn post(&self, path: &str, body: Value) -> RequestBuilder {
        self.request(Method::POST, path).json(&body)
    }

    fn convert(&self, file: &str, use_enhanced_ai: bool) -> RequestBuilder {
        let body = json!({ "file": file, "use_enhanced_ai": use_enhanced_ai });
        self.post("/markdown-anything/conversions", body)
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        Client::new().request(method, format!("{}{path}", self.at))
    }
}

/// The error that a request is answered with, as the client sees it, after a look at the response
/// itself: it has this status and this body.
async fn error<C: ErrorCode>(request: RequestBuilder, status: u16, body: Value) -> Error<C> {
    let response = request.try_clone().unwrap().send().await.unwrap();
    assert_eq!(response.status(), status);
    assert_eq!(response.headers()["content-type"], "application/json");
    assert_eq!(response.json::<Value>().await.unwrap(), body);

    let error = send::<C>(request).await.unwrap().unwrap_err();
    assert_eq!(error.status(), Some(status));
    error
}

#[tokio::test]
async fn markdown_anything_details_beside_the_code() {
    use markdown_anything::{Code, Details, details::InsufficientCredits};

    let server = Server::start().await;
    let request = server.convert("report.pdf", true);
    let error = error::<Code>(
        request,
        402,
        json!({
            "error": "insufficient_credits",
            "message": "Insufficient credits for this conversion.",
            "credits_required": 2,
            "credits_available": 1,
        }),
    )
    .await;
    assert_eq!(error.code(), Some(Code::InsufficientCredits));
    let details = InsufficientCredits {
        credits_required: 2,
        credits_available: 1,
    };
    assert_eq!(
        error.details(),
        Some(&Details::InsufficientCredits(details))
    );
    assert_eq!(error.retry_advice(), None);
    assert_eq!(explain(&error), "2 credits are required, 1 available");
}

#[tokio::test]
async fn markdown_anything_without_a_code() {
    use markdown_anything::{Code, Details};

    let server = Server::start().await;
    let request = server.convert("", false);
    let error = error::<Code>(
        request,
        422,
        json!({
            "message": "The file field is required.",
            "errors": { "file": ["The file field is required."] },
        }),
    )
    .await;
    assert_eq!(error.code(), Some(Code::ValidationFailed));
    assert_eq!(error.identified_by(), IdentifiedBy::Details);
    assert_eq!(error.message(), "The file field is required.");
    let Some(Details::ValidationFailed(details)) = error.details() else {
        panic!("{error:?}");
    };
    assert_eq!(details.errors["file"], ["The file field is required."]);
    assert_eq!(explain(&error), "look again at these fields: file");
}

#[tokio::test]
async fn markdown_anything_says_when_to_come_back() {
    use markdown_anything::Code;

    let server = Server::start().await;
    server.service.slots.forget_permits(1);
    let request = server.convert("report.pdf", false);
    let error = error::<Code>(request, 429, json!({ "message": "Too Many Attempts." })).await;
    assert_eq!(error.code(), Some(Code::RateLimited));
    assert_eq!(error.identified_by(), IdentifiedBy::Message);
    assert_eq!(error.retry_after(), Some(Duration::from_secs(1)));
    let advice = error.retry_advice().unwrap();
    assert_eq!(
        (advice.retry, advice.source),
        (Retry::RetryAfter, AdviceSource::Error)
    );
}

#[tokio::test]
async fn enconvert_a_value_in_the_message() {
    use enconvert::Code;

    let server = Server::start().await;
    let request = server.request(Method::POST, "/enconvert/auth/token");
    let refused = request
        .try_clone()
        .unwrap()
        .header("Origin", "https://example.org");
    let detail = json!({ "detail": "Domain example.org not authorized for this API key" });
    let named = error::<Code>(refused, 403, detail).await;
    assert_eq!(named.code(), Some(Code::DomainNotAuthorized));
    assert_eq!(named.identified_by(), IdentifiedBy::MessageForm);
    assert_eq!(named.param("domain").as_deref(), Some("example.org"));
    assert_eq!(named.code_text(), None);

    let unnamed = error::<Code>(request, 403, json!({ "detail": "Domain not authorized" })).await;
    assert_eq!(unnamed.code(), Some(Code::DomainNotAuthorized));
    assert_eq!(unnamed.identified_by(), IdentifiedBy::Message);
    assert_eq!(unnamed.param("domain"), None);
}

#[tokio::test]
async fn audio_segments_a_list_of_fields() {
    use audio_segments::{Code, Details, details::FieldError};

    let fields = [
        ("segmentDuration", "Must be a positive integer"),
        ("outputFormat", "Must be one of: mp3, wav, flac, ogg, aac"),
    ];
    let server = Server::start().await;
    let job = json!({ "segmentDuration": 0, "outputFormat": "midi" });
    let error = error::<Code>(
        server.post("/audio-segments/jobs", job),
        422,
        json!({
            "error": {
                "code": "INVALID_PARAMS",
                "message": "Validation failed",
                "status": 422,
                "details": {
                    "fields": fields.map(|(field, message)| json!({ "field": field, "message": message })),
                },
            },
        }),
    )
    .await;
    assert_eq!(error.code(), Some(Code::InvalidParams));
    let Some(Details::InvalidParams(details)) = error.details() else {
        panic!("{error:?}");
    };
    let fields = fields.map(|(field, message)| FieldError {
        field: field.into(),
        message: message.into(),
    });
    assert_eq!(details.fields, fields);
}

#[tokio::test]
async fn converso_a_failure_that_answers_200() {
    use converso::Code;

    let server = Server::start().await;
    let error = error::<Code>(
        server.get("/converso/jobs/job_0000000000000002"),
        200,
        json!({
            "success": false,
            "error": { "code": "EXTRACTION_FAILED", "message": "Audio extraction failed" },
            "jobId": "job_0000000000000002",
        }),
    )
    .await;
    assert_eq!(error.code(), Some(Code::ExtractionFailed));
    assert_eq!(error.reference().as_deref(), Some("job_0000000000000002"));
}

#[tokio::test]
async fn converso_a_full_queue() {
    use converso::Code;

    let server = Server::start().await;
    server.service.queue.try_send("job_0".into()).unwrap();
    let error = error::<Code>(
        server.post("/converso/extract", json!({ "url": "https://example.org" })),
        503,
        json!({
            "success": false,
            "error": { "code": "QUEUE_FULL", "message": "Processing queue is temporarily full" },
        }),
    )
    .await;
    assert_eq!(error.code(), Some(Code::QueueFull));
    assert_eq!(error.retry_after(), Some(Duration::from_secs(1)));
    let advice = error.retry_advice().unwrap();
    assert_eq!(
        (advice.retry, advice.source),
        (Retry::Backoff, AdviceSource::Error)
    );
}

#[tokio::test]
async fn converso_a_request_that_axum_refuses() {
    use converso::Code;

    let server = Server::start().await;
    let request = server.post("/converso/extract", json!({ "uri": "https://example.org" }));
    let error = send::<Code>(request).await.unwrap().unwrap_err();
    assert_eq!(error.code(), Some(Code::InvalidRequest));
    assert_eq!(
        error.message(),
        "Request payload invalid or missing required fields"
    );
}

#[tokio::test]
async fn orders_a_code_and_no_more() {
    use orders::Code;

    let server = Server::start().await;
    let body = json!({ "code": "ORDER_NOT_FOUND", "message": "Order not found" });
    let missing = error::<Code>(server.get("/orders/3"), 404, body).await;
    assert_eq!(missing.code(), Some(Code::OrderNotFound));

    // What went wrong inside is not sent.
    let body = json!({ "code": "SERVER_INTERNAL_ERROR", "message": "Internal server error" });
    let damaged = error::<Code>(server.get("/orders/2"), 500, body).await;
    assert_eq!(damaged.code(), Some(Code::ServerInternalError));
    assert!(damaged.source().is_none());

    // It is kept where it happened.
    let raised = "three"
        .parse::<u32>()
        .or_code(Code::InvalidParameter)
        .unwrap_err();
    let source = raised.source().unwrap();
    assert!(source.is::<std::num::ParseIntError>(), "{source}");
}

#[tokio::test]
async fn a_success_is_left_alone() {
    let server = Server::start().await;
    let job = server.get("/converso/jobs/job_0000000000000001");
    let body = send::<converso::Code>(job).await.unwrap().unwrap();
    let expected = json!({ "success": true, "jobId": "job_0000000000000001" });
    assert_eq!(serde_json::from_slice::<Value>(&body).unwrap(), expected);

    let order = server.get("/orders/1");
    assert!(send::<orders::Code>(order).await.unwrap().is_ok());

    let request = server.convert("report.pdf", false);
    let body = send::<markdown_anything::Code>(request)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(body, br##"{"markdown":"# report"}"##);
    assert_eq!(server.service.credits.load(Relaxed), 0);
}

#[tokio::test]
async fn what_is_not_in_the_catalog_is_kept_whole() {
    let server = Server::start().await;
    let nowhere = send::<orders::Code>(server.get("/nowhere"))
        .await
        .unwrap()
        .unwrap_err();
    assert_eq!((nowhere.code(), nowhere.status()), (None, Some(404)));
    assert_eq!(nowhere.identified_by(), IdentifiedBy::Nothing);
    assert_eq!(nowhere.to_string(), "unknown error, status 404");
    assert!(nowhere.body().is_empty());
    assert_eq!(nowhere.retry_advice(), None);

    let proxy = send::<orders::Code>(server.get("/proxy"))
        .await
        .unwrap()
        .unwrap_err();
    assert_eq!((proxy.code(), proxy.status()), (None, Some(503)));
    assert_eq!(
        proxy.to_string(),
        "unknown error, status 503: <h1>Try later</h1>"
    );
    let advice = proxy.retry_advice().unwrap();
    assert_eq!(
        (advice.retry, advice.source),
        (Retry::Backoff, AdviceSource::Status)
    );

    // A gateway can pass it on as it came.
    let again = proxy.to_response();
    assert_eq!(
        (again.status, &again.body[..]),
        (503, &b"<h1>Try later</h1>"[..])
    );
    assert_eq!(
        again.header("content-type"),
        Some(&b"text/html; charset=utf-8"[..])
    );
}

#[tokio::test]
async fn a_full_queue_is_waited_for() {
    use converso::Code;

    let server = Server::start().await;
    let request = server.post("/converso/extract", json!({ "url": "https://example.org" }));
    let first = send::<Code>(request.try_clone().unwrap()).await.unwrap();
    assert!(first.is_ok(), "{first:?}");

    // The second and the third call find the queue full, the fourth does not.
    server.seen.relief.store(4, Relaxed);
    let started = Instant::now();
    let answer = send_patiently::<Code>(request).await.unwrap();
    assert!(answer.is_ok(), "{answer:?}");
    assert_eq!(server.calls(), 4);
    assert!(started.elapsed() >= Duration::from_secs(2));
}

#[tokio::test]
async fn too_many_attempts_are_spaced_out() {
    use markdown_anything::Code;

    let server = Server::start().await;
    server.service.slots.forget_permits(1);
    server.seen.relief.store(3, Relaxed);
    let started = Instant::now();
    let answer = send_patiently::<Code>(server.convert("report.pdf", false))
        .await
        .unwrap();
    assert!(answer.is_ok(), "{answer:?}");
    assert_eq!(server.calls(), 3);
    assert!(started.elapsed() >= Duration::from_secs(2));
}

#[tokio::test]
async fn what_nobody_advises_to_send_again_is_sent_once() {
    let server = Server::start().await;
    let answer = send_patiently::<orders::Code>(server.get("/orders/3"))
        .await
        .unwrap();
    assert_eq!(
        answer.unwrap_err().code(),
        Some(orders::Code::OrderNotFound)
    );
    assert_eq!(server.calls(), 1);
}
