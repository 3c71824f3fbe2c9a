//! Makes code of the catalogs, and in a working checkout refreshes `generated/`, where the pages are.

fn main() {
    errbook_codegen::Build::new().mirror("generated").run();
}
