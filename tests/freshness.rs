//! `generated/` is what the catalogs give. A build refreshes it, but cannot see a hand edit.

use std::path::Path;

#[test]
fn generated_files_are_up_to_date() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let input = errbook_codegen::Input::read(root, Path::new("catalog"));
    let output = errbook_codegen::generate(input).unwrap_or_else(|report| panic!("{report}"));
    let stale = output
        .files
        .stale(&root.join("generated"))
        .expect("the folder can be read");
    assert!(stale.is_fresh(), "run `cargo errbook generate`: {stale:#?}");
}
