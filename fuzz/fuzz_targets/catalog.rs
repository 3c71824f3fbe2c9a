//! Any bytes as the text of a catalog, and as that of a lock.

#![no_main]

use errbook_fuzz::catalog;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    catalog::check(&text);
    catalog::check_as_lock(&text);
});
