//! Typed errors from a catalog: `catalog/shop.toml` says what they are, `build.rs` makes them code.

errbook::include_catalogs!();

use shop::Code;

/// A handler of the shop.
fn order(pieces: u32, in_stock: u32) -> Result<u32, Code> {
    if pieces > in_stock {
        Err(Code::OutOfStock)
    } else {
        Ok(in_stock - pieces)
    }
}

fn main() {
    // The serving side: an error knows its status and what to say.
    let error = order(3, 2).expect_err("there are two");
    println!(
        "{} {error}: {}",
        error.status().unwrap_or(500),
        error.description().unwrap_or_default()
    );

    // The calling side: from what came over the wire back to the error, and what to do about it.
    for (code, status) in [
        ("OUT_OF_STOCK", 409),
        ("SHOP_CLOSED", 503),
        ("ON_FIRE", 500),
    ] {
        match Code::from_wire(code, status) {
            Some(code) => println!(
                "{code:?}: {}",
                code.action().unwrap_or("nothing to be done")
            ),
            None => println!("not in the catalog: {code}"),
        }
    }

    let logged: Vec<_> = Code::ALL.iter().filter(|code| code.logged()).collect();
    println!("logged: {logged:?}");
}
