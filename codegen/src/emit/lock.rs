//! The text of `errbook.lock`: a line for each code, so that two branches seldom touch the same.

use std::fmt::Write;

use crate::lock::{Lock, Row};
use crate::model::Code;

const HEADER: &str = "\
# Every code that was ever released, so that none is lost and none gets another meaning.
# `cargo errbook lock` writes this file. Commit it, and edit it by hand only to merge, or where a finding says so:
# of two branches, keep the rows of both.
";

/// All of the file.
pub(crate) fn lock(lock: &Lock) -> String {
    let mut text = HEADER.to_owned();
    for (api, rows) in &lock.apis {
        let rows: String = rows.iter().map(row).collect();
        // Writing to a string does not fail.
        let _ = write!(text, "\n{api} = [\n{rows}]\n");
    }
    text
}

fn row(row: &Row) -> String {
    let mut keys = format!("code = {}", code(&row.code));
    let mut add = |key: &str, value: &str| keys.extend([", ", key, " = ", value]);
    if let Some(since) = &row.since {
        add("since", &quoted(since));
    }
    if let Some(retired) = &row.retired {
        add("retired", &quoted(retired));
    }
    match row.meanings.as_slice() {
        [] => {}
        [one] => add("meaning", &quoted(one)),
        several => {
            let several: Vec<String> = several.iter().map(|one| quoted(one)).collect();
            add("meaning", &format!("[{}]", several.join(", ")));
        }
    }
    format!("  {{ {keys} }},\n")
}

/// A code in TOML.
pub(crate) fn code(code: &Code) -> String {
    if code.number {
        code.text.clone()
    } else {
        quoted(&code.text)
    }
}

/// A text in TOML: as JSON has it, but for U+007F, which no text of a catalog holds.
pub(crate) fn quoted(text: &str) -> String {
    serde_json::to_string(text).expect("a text has a JSON text")
}
