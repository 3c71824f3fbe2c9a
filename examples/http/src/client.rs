//! A client of any API that has a catalog, and what one of them makes of its errors.

use std::time::Duration;

use errbook::{Error, ErrorCode};
use errbook_apis::markdown_anything::{self, Code, Details};
use reqwest::RequestBuilder;
use tokio::time::sleep;

/// What the server may ask for at the most before the client gives up.
const PATIENCE: Duration = Duration::from_mins(1);

/// The body of an answer, or the error that it tells of.
pub type Answer<C> = Result<Vec<u8>, Error<C>>;

/// Sends a request once. Fails only where no response came at all.
pub async fn send<C: ErrorCode>(request: RequestBuilder) -> reqwest::Result<Answer<C>> {
    let response = request.send().await?;
    let (status, headers) = (response.status(), response.headers().clone());
    let body = response.bytes().await?;
    // The status alone would not tell: some errors arrive with a 200.
    Ok(match Error::detect(status, &headers, &body) {
        Some(error) => Err(error),
        None => Ok(body.into()),
    })
}

/// Sends a request, and again while its errors advise to and a delay is left.
pub async fn send_patiently<C: ErrorCode>(request: RequestBuilder) -> reqwest::Result<Answer<C>> {
    for backoff in [200, 400, 800].map(Duration::from_millis) {
        let Some(copy) = request.try_clone() else {
            break; // A body that is a stream can be sent only once.
        };
        let error = match send(copy).await? {
            Ok(body) => return Ok(Ok(body)),
            Err(error) => error,
        };
        match error.retry_delay(backoff) {
            Some(delay) if delay <= PATIENCE => sleep(delay).await,
            _ => return Ok(Err(error)),
        }
    }
    send(request).await
}

/// What to tell a user of Markdown Anything.
pub fn explain(error: &markdown_anything::Error) -> String {
    match (error.code(), error.details()) {
        (_, Some(Details::InsufficientCredits(details))) => {
            let (required, available) = (details.credits_required, details.credits_available);
            format!("{required} credits are required, {available} available")
        }
        (_, Some(Details::ValidationFailed(details))) => {
            let fields: Vec<_> = details.errors.keys().map(String::as_str).collect();
            format!("look again at these fields: {}", fields.join(", "))
        }
        (Some(Code::RateLimited), _) => "too much at once: it is sent again in a moment".into(),
        (Some(code), _) => format!("{} {}", error.message(), code.action().unwrap_or_default()),
        (None, _) => format!("not in the catalog: {error}"),
    }
}
