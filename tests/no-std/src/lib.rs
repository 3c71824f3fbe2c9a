//! Reads an error and writes it again, without std.

#![no_std]

use core::alloc::{GlobalAlloc, Layout};
use core::panic::PanicInfo;

use errbook_apis::markdown_anything::{Code, Error};

/// Whether a body is read and written. To be called from C.
#[unsafe(no_mangle)]
pub extern "C" fn round_trip() -> bool {
    let body = br#"{"error":"not_found","message":"Conversion not found."}"#;
    let error = Error::decode(404, &(), body);
    error.code() == Some(Code::NotFound) && Error::new(Code::NotFound).body() == error.body()
}

/// With std there would be two of these, which rustc refuses.
#[panic_handler]
fn panic(_: &PanicInfo<'_>) -> ! {
    loop {}
}

#[global_allocator]
static NONE: NoMemory = NoMemory;

/// Has nothing to give: what counts here is that it links.
struct NoMemory;

// SAFETY: the null pointer says that there is no memory.
unsafe impl GlobalAlloc for NoMemory {
    unsafe fn alloc(&self, _: Layout) -> *mut u8 {
        core::ptr::null_mut()
    }

    unsafe fn dealloc(&self, _: *mut u8, _: Layout) {}
}
