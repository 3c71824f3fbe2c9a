//! Catalogs that are TOML and have the keys of the format, and in them any texts.

#![no_main]

use errbook_fuzz::catalog;
use errbook_fuzz::rows::Rows;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|rows: Rows| catalog::check(&rows.to_string()));
