//! The texts that `new` writes.

use std::path::Path;

use errbook_codegen::__private::SETTINGS;
use errbook_codegen::{OutputKind, Settings};

use crate::commands::new::api_id::ApiId;

/// The version of errbook that new packages depend on.
pub(super) const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The line of a build script that generates code.
pub(super) const BUILD_LINE: &str = "errbook_codegen::Build::new().mirror(\"generated\").run();";

/// The line of a library or a program that includes the generated code.
pub(super) const CODE_LINE: &str = "errbook::include_catalogs!();";

/// A file to write: its path from the folder of the package, with `/`, and its text.
pub(super) type TemplateFile = (String, String);

/// Returns the build script.
pub(super) fn build_script() -> TemplateFile {
    let text = include_str!("template/build.rs");
    ("build.rs".to_owned(), text.to_owned())
}

/// Returns the program that raises an error.
pub(super) fn program(id: &ApiId) -> TemplateFile {
    let text = id.fill(include_str!("template/main.rs"));
    ("src/main.rs".to_owned(), text)
}

/// Returns the settings of a new project.
pub(super) fn settings() -> TemplateFile {
    let text = include_str!("template/errbook.toml");
    let (generated, schema) = (Settings::GENERATED, OutputKind::Schema.name());
    let text = format!("#:schema ./{generated}/{schema}/errbook.schema.json\n{text}");
    (SETTINGS.to_owned(), text)
}

/// Returns the catalog. Its first line refers to the generated schema, if the project has that output.
pub(super) fn catalog(id: &ApiId, path: String, settings: &Settings) -> TemplateFile {
    let text = id.fill(include_str!("template/catalog.toml"));
    let up = "../".repeat(Path::new(&path).components().count() - 1);
    let text = match output_folder(OutputKind::Schema, settings) {
        Some(schema) => format!("#:schema {up}{schema}/catalog.schema.json\n{text}"),
        None => text,
    };
    (path, text)
}

/// Returns the folder of an output from that of the project, or `None` if the project does not have the
/// output.
pub(super) fn output_folder(output: OutputKind, settings: &Settings) -> Option<String> {
    match settings.outputs() {
        None => Some(format!("{}/{}", Settings::GENERATED, output.name())),
        Some(outputs) => outputs.get(&output).cloned(),
    }
}
