//! Starts the server, calls it, and prints what the client sees.

use std::future::IntoFuture;
use std::time::{Duration, Instant};

use errbook::ErrorCode;
use errbook_apis::{audio_segments, converso, enconvert, markdown_anything, orders};
use five_apis::client::{explain, send, send_patiently};
use five_apis::server::{Service, router};
use reqwest::{Client, RequestBuilder};
use serde_json::json;
use tokio::{net::TcpListener, sync::Semaphore, sync::mpsc, time::sleep};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (queue, mut jobs) = mpsc::channel(1);
    let service = Service {
        credits: 1.into(),
        slots: Semaphore::new(8),
        queue,
    };
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let at = format!("http://{}", listener.local_addr()?);
    tokio::spawn(axum::serve(listener, router(service.into())).into_future());
    tokio::spawn(async move {
        while jobs.recv().await.is_some() {
            sleep(Duration::from_millis(1500)).await;
        }
    });
    let client = Client::new();
    let get = |path| client.get(format!("{at}{path}"));
    let post = |path| client.post(format!("{at}{path}"));

    println!("Markdown Anything");
    for (file, use_enhanced_ai) in [("report.pdf", true), ("", false), ("report.exe", false)] {
        let conversion = json!({ "file": file, "use_enhanced_ai": use_enhanced_ai });
        let request = post("/markdown-anything/conversions").json(&conversion);
        if let Err(error) = send::<markdown_anything::Code>(request).await? {
            println!("  {error}\n    {}", explain(&error));
        }
    }

    println!("Enconvert");
    let token = post("/enconvert/auth/token");
    show::<enconvert::Code>(token.header("Origin", "https://example.org")).await?;

    println!("Audio segments");
    let job = json!({ "segmentDuration": 0, "outputFormat": "midi" });
    show::<audio_segments::Code>(post("/audio-segments/jobs").json(&job)).await?;

    println!("Converso");
    show::<converso::Code>(get("/converso/jobs/job_0000000000000001")).await?;
    show::<converso::Code>(get("/converso/jobs/job_0000000000000002")).await?;
    show::<converso::Code>(get("/converso/jobs/job_0000000000000003")).await?;
    // One is at work and one waits, so the queue is full for the third: the client sends it again.
    let started = Instant::now();
    for url in ["https://a", "https://ab", "https://abc"] {
        let request = post("/converso/extract").json(&json!({ "url": url }));
        show::<converso::Code>(request).await?;
    }
    println!("  after {:.1?}", started.elapsed());

    println!("Orders");
    for path in ["/orders/1", "/orders/2", "/orders/3", "/nowhere"] {
        show::<orders::Code>(get(path)).await?;
    }
    Ok(())
}

/// Prints what a request comes to. Works with every catalog.
async fn show<C: ErrorCode>(request: RequestBuilder) -> reqwest::Result<()> {
    match send_patiently::<C>(request).await? {
        Ok(body) => println!("  {}", String::from_utf8_lossy(&body)),
        Err(error) => match error.reference() {
            Some(id) => println!("  {error} [{id}]"),
            None => println!("  {error}"),
        },
    }
    Ok(())
}
