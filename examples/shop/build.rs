fn main() {
    errbook_codegen::Build::new().run();
}
