//! Some failures answer 200 here, and all of them name the job for the day that support is needed.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::rejection::JsonRejection;
use axum::extract::{Path, State};
use axum::routing::{get, post};
use axum::{Json, Router};
use errbook::OrCode;
use errbook_apis::converso::{Code, Error};
use serde::Deserialize;
use serde_json::{Value, json};

use super::Service;

pub fn router() -> Router<Arc<Service>> {
    Router::new()
        .route("/extract", post(extract))
        .route("/jobs/{id}", get(job))
}

#[derive(Deserialize)]
struct Request {
    url: String,
}

async fn extract(
    State(service): State<Arc<Service>>,
    request: Result<Json<Request>, JsonRejection>,
) -> Result<Json<Value>, Error> {
    // Left to itself, axum would refuse a wrong body in a form that no caller of this API expects.
    let Json(request) = request.or_code(Code::InvalidRequest)?;
    let id = format!("job_{:016x}", request.url.len());
    if service.queue.try_send(id.clone()).is_err() {
        return Err(Error::new(Code::QueueFull).with_retry_after(Duration::from_secs(1)));
    }
    Ok(Json(json!({ "success": true, "jobId": id })))
}

async fn job(Path(id): Path<String>) -> Result<Json<Value>, Error> {
    match id.as_str() {
        "job_0000000000000001" => Ok(Json(json!({ "success": true, "jobId": id }))),
        "job_0000000000000002" => Err(Error::new(Code::ExtractionFailed).with_reference(id)),
        _ => Err(Error::new(Code::JobNotFound).with_reference(id)),
    }
}
