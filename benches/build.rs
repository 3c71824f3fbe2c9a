//! Generates the module of `catalog/problem.toml`.

fn main() {
    errbook_codegen::Build::new().run();
}
