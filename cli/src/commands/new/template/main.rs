//! Errors of `catalog/{{id}}.toml`, raised and sent, received and read.

errbook::include_catalogs!();

use {{module}}::details::QuotaExceeded;
use {{module}}::{Code, Error};

/// The serving side: a handler fails with a code, such as `Code::RateLimited`, or with typed details.
fn add_item(used: u64) -> Result<u64, Error> {
    let limit = 20;
    if used >= limit {
        return Err(QuotaExceeded { limit, used }.into());
    }
    Ok(used + 1)
}

/// The calling side: from what came over the wire back to the error, and what to do about it.
fn advice(status: u16, body: &[u8]) -> String {
    let error = Error::decode(status, &(), body);
    match error.code() {
        Some(Code::RateLimited) => "wait".to_owned(),
        Some(code) => code.action().unwrap_or("nothing can be done").to_owned(),
        None => format!("not in the catalog: {error}"),
    }
}

fn main() {
    let error = add_item(20).expect_err("there is no room");
    println!("{error}");

    let response = error.to_response();
    let (status, body) = (response.status, response.body);
    println!("{status} {}", String::from_utf8_lossy(&body));
    println!("{}", advice(status, &body));
}
