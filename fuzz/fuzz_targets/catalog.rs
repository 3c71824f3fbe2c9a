//! Any bytes as the text of a catalog.

#![no_main]

use errbook_fuzz::catalog;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| catalog::check(&String::from_utf8_lossy(bytes)));
