//! `cargo errbook new`: creates a package with a catalog, or adds a catalog to a package.

mod api_id;
mod files;
mod cargo;

use std::io;
use std::path::{Path, PathBuf, absolute};

use errbook_codegen::__private::{SETTINGS, printable};
use errbook_codegen::{Build, Input, OutputKind, Settings};

use crate::commands::new::api_id::ApiId;
use crate::commands::new::cargo::{CargoFiles, Package};
use crate::commands::new::files::{PackageFolder, output_folder, remove};
use crate::console::Outcome;
use crate::global_options::GlobalOptions;

/// The arguments of `new`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The folder of a package, which errbook is added to, or of one that is not there yet [default: this
    /// folder, if it holds a package or nothing]
    dir: Option<PathBuf>,

    /// The id of the API: small letters and digits, with single hyphens between. It names the module, the
    /// page, and a new package [default: made of the folder's name]
    #[arg(long, value_name = "ID")]
    api: Option<String>,
}

const EXAMPLES: &str = "\
Examples:
  cargo errbook new shop              A whole package, in a new folder
  cargo errbook new                   Add errbook to the package in this folder
  cargo errbook new --api payments    Add another API to it

A new package is what `cargo init` makes, with a catalog, a build script, and a program that raises an \
error; `cargo run` then makes the pages, too, in a repository and outside of CI. In a package that is \
there, only files are written that are not: what else is to be done is told. Nothing is overwritten.";

pub(crate) fn run(args: &Args, global: &GlobalOptions) -> io::Result<Outcome> {
    global.require_no_project("new", "DIR")?;
    let shown = args.dir.as_deref().unwrap_or(Path::new("."));
    let root = absolute(shown)?;
    if root.exists() && !root.is_dir() {
        let message = format!("`{}` is no folder", printable(shown));
        return Err(io::Error::other(message));
    }
    let folder = PackageFolder { shown, root: &root };
    let package = Package::read(&root)?;
    if package.is_none() && args.dir.is_none() && !folder.is_empty()? {
        // The folder may be inside a package, or contain something else.
        let message = "this folder holds no package; name that of one, or of a new one: \
            cargo errbook new DIR (`.` is this one)";
        return Err(io::Error::other(message));
    }
    let project = Input::read_project(&root);
    let id = ApiId::new(args.api.as_deref(), &root, &project)?;
    let summary = match package {
        None => create_package(&folder, &project, &id)?,
        Some(package) => add_to_package(&folder, &project, &package, &id)?,
    };
    let docs = output_folder(OutputKind::Docs, &Settings::read(&root));
    let page = docs.map(|docs| format!("{docs}/{id}.md"));
    global.status(summary.text(shown, page.as_deref()))?;
    Ok(Outcome::Good)
}

/// Creates a package with a catalog.
fn create_package(
    folder: &PackageFolder<'_>,
    project: &Input,
    id: &ApiId,
) -> io::Result<CreationSummary> {
    let catalog = format!("{}/{id}.toml", Settings::CATALOGS);
    let files = vec![
        files::build_script(),
        files::catalog(id, catalog.clone(), &project.settings()),
        files::settings(),
        files::program(id),
    ];
    let paths = files.iter().map(|(path, _)| path.as_str());
    for path in paths.chain(["src/lib.rs"]) {
        folder.require_free(path, "move it away, or make the package first: cargo init")?;
    }
    let before = CargoFiles::before(folder.root);
    let written = folder.write(&files)?;
    // Cargo rejects an id before it writes anything, and it has the best message.
    cargo::init(folder.root, id)
        .and_then(|()| cargo::add_dependencies(folder.root))
        .inspect_err(|_| remove(&written))?;

    let mut added: Vec<String> = files.into_iter().map(|(path, _)| path).collect();
    let (by_cargo, changed) = before.compare();
    added.extend(by_cargo);
    added.sort();
    Ok(CreationSummary {
        title: format!("Made the package {id} in {}", printable(folder.shown)),
        catalog,
        added,
        changed,
        steps: build_steps(folder.root, "cargo run"),
    })
}

/// Adds errbook, or another API, to a package.
fn add_to_package(
    folder: &PackageFolder<'_>,
    project: &Input,
    package: &Package,
    id: &ApiId,
) -> io::Result<CreationSummary> {
    let settings = project.settings();
    let catalogs = printable(settings.catalogs());
    if folder.root.join(&catalogs).is_file() {
        return Err(io::Error::other(format!(
            "`{catalogs}` is a single catalog; \
             name a folder in {SETTINGS} to have several: catalogs = \"catalog\""
        )));
    }
    // A path that ends in `.toml` and is not a folder is that of a single catalog.
    let extension = settings.catalogs().extension();
    let is_file = extension.is_some_and(|it| it == "toml") && !folder.root.join(&catalogs).is_dir();
    let catalog = if is_file {
        catalogs
    } else {
        format!("{catalogs}/{id}.toml")
    };
    folder.require_free(&catalog, "give the new API another id: --api ID")?;
    let mut files = vec![files::catalog(id, catalog.clone(), &settings)];
    // A project with catalogs may rely on the default settings.
    let is_first = project.catalogs().is_empty();
    if is_first && !folder.contains(SETTINGS) {
        files.push(files::settings());
    }
    if !package.has_build_script && !folder.contains("build.rs") {
        files.push(files::build_script());
    }
    folder.write(&files)?;

    let mut steps = package.steps.clone();
    let package_now = Package::read(folder.root)?;
    if package_now.is_some_and(|package| !package.has_build_script) {
        steps.push("in Cargo.toml, [package]: take out `build = false`".to_owned());
    }
    steps.extend(build_steps(folder.root, "cargo build"));
    Ok(CreationSummary {
        title: format!("Added the API {id} to the package {}", package.name),
        catalog,
        added: files.into_iter().map(|(path, _)| path).collect(),
        changed: Vec::new(),
        steps,
    })
}

/// Returns the steps that generate everything. A build generates the pages in a working checkout only.
fn build_steps(root: &Path, build: &str) -> Vec<String> {
    let mut steps = vec![build.to_owned()];
    if !Build::refreshes(root) {
        steps.push("cargo errbook generate".to_owned());
    }
    steps
}

/// The output of `new`.
struct CreationSummary {
    /// The first line.
    title: String,
    /// The path of the catalog from the folder of the package, as all paths here.
    catalog: String,
    added: Vec<String>,
    changed: Vec<String>,
    /// What the user has to do.
    steps: Vec<String>,
}

impl CreationSummary {
    /// Returns the lines to print. `folder` is the path of the package on the command line, and `page` the
    /// path of the page, if the project has pages.
    fn text(&self, folder: &Path, page: Option<&str>) -> String {
        let mut lines = vec![self.title.clone()];
        let added = self.added.iter().map(|path| format!("  added      {path}"));
        let changed = self.changed.iter();
        let changed = changed.map(|path| format!("  changed    {path}"));
        lines.extend(added.chain(changed));
        lines.push("Next:".to_owned());
        if folder != Path::new(".") {
            lines.push(format!("  cd {}", shell_word(&printable(folder))));
        }
        lines.extend(self.steps.iter().map(|step| format!("  {step}")));
        let page = page.map(|page| format!("; their page is {page}"));
        let page = page.unwrap_or_default();
        lines.push(format!("Your errors go into {}{page}", self.catalog));
        lines.join("\n")
    }
}

/// Quotes a path so that a shell takes it for one word.
fn shell_word(path: &str) -> String {
    if path.starts_with('-') {
        return shell_word(&format!("./{path}"));
    }
    let is_unquoted = |c: char| c.is_alphanumeric() || "/\\._-+:@%,=".contains(c);
    if path.chars().all(is_unquoted) && (cfg!(windows) || !path.contains('\\')) {
        return path.to_owned();
    }
    if cfg!(windows) {
        return format!("\"{path}\"");
    }
    format!("'{}'", path.replace('\'', r"'\''"))
}
