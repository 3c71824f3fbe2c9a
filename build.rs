//! Generates the modules of `catalog/*.toml` into `OUT_DIR`, and in a working checkout refreshes
//! `generated/`.

fn main() {
    errbook_codegen::Build::new().mirror("generated").run();
}
