//! Details are a list of what is wrong with the fields of a request.

use std::sync::Arc;

use axum::{Json, Router, routing::post};
use errbook_apis::audio_segments::Error;
use errbook_apis::audio_segments::details::{FieldError, InvalidParams};
use serde::Deserialize;

use super::Service;

pub fn router() -> Router<Arc<Service>> {
    Router::new().route("/jobs", post(create))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Job {
    segment_duration: i64,
    output_format: String,
}

async fn create(Json(job): Json<Job>) -> Result<&'static str, Error> {
    let mut fields = Vec::new();
    let mut refuse = |field: &str, message: &str| {
        fields.push(FieldError {
            field: field.into(),
            message: message.into(),
        });
    };
    if job.segment_duration < 1 {
        refuse("segmentDuration", "Must be a positive integer");
    }
    if !["mp3", "wav", "flac", "ogg", "aac"].contains(&job.output_format.as_str()) {
        refuse("outputFormat", "Must be one of: mp3, wav, flac, ogg, aac");
    }
    if fields.is_empty() {
        Ok("a job")
    } else {
        Err(InvalidParams { fields }.into())
    }
}
