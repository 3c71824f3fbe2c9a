//! A server of five APIs, one module each. Handlers return errors, and what is sent is what the
//! documentation of the API says: its status, its body, its header fields.

use std::sync::{Arc, atomic::AtomicU64};

use axum::Router;
use axum::middleware::map_response;
use axum::response::Response;
use errbook::AnyError;
use tokio::sync::{Semaphore, mpsc};

mod audio_segments;
mod converso;
mod enconvert;
mod markdown_anything;
mod orders;

/// What the handlers share.
pub struct Service {
    /// What the workspace has left to pay conversions with.
    pub credits: AtomicU64,
    /// How many conversions may run at once.
    pub slots: Semaphore,
    /// The ids of jobs that wait for a worker, who holds the other end.
    pub queue: mpsc::Sender<String>,
}

pub fn router(service: Arc<Service>) -> Router {
    Router::new()
        .nest("/audio-segments", audio_segments::router())
        .nest("/converso", converso::router())
        .nest("/enconvert", enconvert::router())
        .nest("/markdown-anything", markdown_anything::router())
        .nest("/orders", orders::router())
        .with_state(service)
        .layer(map_response(log))
}

/// Tells the operator what callers are not told: a source is never sent.
async fn log(response: Response) -> Response {
    if let Some(error) = response.extensions().get::<Arc<dyn AnyError>>()
        && let Some(source) = error.source()
    {
        eprintln!("log: {error}: {source}");
    }
    response
}
