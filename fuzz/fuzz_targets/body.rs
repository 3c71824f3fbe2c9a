//! Any bytes as a response of each of the five APIs.

#![no_main]

use errbook_fuzz::body;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| body::check(bytes));
