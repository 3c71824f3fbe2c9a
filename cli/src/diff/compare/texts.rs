//! The texts of each table that are compared as a whole.

use errbook_codegen::__private::model::{Api, Column, Error, Headings, StatusRow};

/// Keys with their texts.
pub(super) type KeyedTexts<'a> = Vec<(&'static str, Option<&'a str>)>;

pub(super) fn api(api: &Api) -> KeyedTexts<'_> {
    vec![
        ("title", Some(&api.title)),
        ("summary", api.summary.as_deref()),
        ("homepage", api.homepage.as_deref()),
        ("source", api.source.as_deref()),
        ("language", api.language.as_deref()),
        ("version", api.version.as_deref()),
    ]
}

pub(super) fn headings(headings: &Headings) -> [(&'static str, &str); 7] {
    [
        ("code", &headings.code),
        ("status", &headings.status),
        ("title", &headings.title),
        ("message", &headings.message),
        ("description", &headings.description),
        ("action", &headings.action),
        ("retry", &headings.retry),
    ]
}

pub(super) fn status_row(row: &StatusRow) -> KeyedTexts<'_> {
    vec![
        ("name", row.name.as_deref()),
        ("meaning", row.meaning.as_deref()),
    ]
}

pub(super) fn column(column: &Column) -> KeyedTexts<'_> {
    vec![
        ("title", Some(&column.title)),
        ("description", column.description.as_deref()),
    ]
}

pub(super) fn error(error: &Error) -> KeyedTexts<'_> {
    vec![
        ("title", error.title.as_deref()),
        ("description", error.description.as_deref()),
        ("action", error.action.as_deref()),
        ("docs", error.docs.as_deref()),
    ]
}
