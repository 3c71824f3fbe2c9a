//! Details stand beside code and message here, and some errors carry no code.

use std::collections::BTreeMap;
use std::sync::{Arc, atomic::AtomicU64, atomic::Ordering::Relaxed};
use std::time::Duration;

use axum::{Json, Router, extract::State, routing::post};
use errbook::OrCode;
use errbook_apis::markdown_anything::details::{InsufficientCredits, ValidationFailed};
use errbook_apis::markdown_anything::{Code, Error};
use serde::{Deserialize, Serialize};

use super::Service;

pub fn router() -> Router<Arc<Service>> {
    Router::new().route("/conversions", post(convert))
}

#[derive(Deserialize)]
struct Request {
    file: String,
    use_enhanced_ai: bool,
}

#[derive(Serialize)]
struct Conversion {
    markdown: String,
}

async fn convert(
    State(service): State<Arc<Service>>,
    Json(request): Json<Request>,
) -> Result<Json<Conversion>, Error> {
    let busy = || Error::new(Code::RateLimited).with_retry_after(Duration::from_secs(1));
    let _slot = service.slots.try_acquire().or_error(busy)?;

    if request.file.is_empty() {
        let message = "The file field is required.";
        let errors = BTreeMap::from([("file".into(), vec![message.into()])]);
        return Err(Error::from(ValidationFailed { errors }).with_message(message));
    }
    let title = request.file.strip_suffix(".pdf");
    let markdown = format!("# {}", title.ok_or(Code::ConversionFailed)?);
    charge(&service.credits, 1 + u64::from(request.use_enhanced_ai))?;
    Ok(Json(Conversion { markdown }))
}

/// Takes all the credits that are required, or none.
fn charge(credits: &AtomicU64, credits_required: u64) -> Result<u64, InsufficientCredits> {
    credits
        .fetch_update(Relaxed, Relaxed, |left| left.checked_sub(credits_required))
        .map_err(|credits_available| InsufficientCredits {
            credits_required,
            credits_available,
        })
}
