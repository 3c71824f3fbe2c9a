//! A code and a message, and nothing else: what went wrong inside is for the log alone.

use std::sync::Arc;

use axum::{Json, Router, extract::Path, routing::get};
use errbook::OrCode;
use errbook_apis::orders::{Code, Error};
use serde_json::Value;

use super::Service;

pub fn router() -> Router<Arc<Service>> {
    Router::new().route("/{id}", get(order))
}

async fn order(Path(id): Path<String>) -> Result<Json<Value>, Error> {
    find(&id).map(Json)
}

fn find(id: &str) -> Result<Value, Error> {
    let row = match id.parse::<u32>().or_code(Code::InvalidParameter)? {
        1 => r#"{ "id": 1, "status": "pending" }"#,
        2 => r#"{ "id": 2, "status": "#,
        _ => return Err(Code::OrderNotFound.into()),
    };
    // The second row is damaged, as rows come to be.
    serde_json::from_str(row).or_code(Code::ServerInternalError)
}
