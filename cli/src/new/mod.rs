//! `cargo errbook new`.

mod cargo;
mod id;

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf, absolute};

use errbook_codegen::{Build, Input, OutputKind, SETTINGS, Settings};

use crate::Outcome;
use crate::new::cargo::Package;
use crate::new::id::Id;
use crate::project::Global;

/// What `new` is asked to do.
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

const BUILD: &str = include_str!("template/build.rs");

/// What a build script calls.
const BUILD_LINE: &str = "errbook_codegen::Build::new().mirror(\"generated\").run();";

/// What a library or a program has at its top.
const CODE_LINE: &str = "errbook::include_catalogs!();";

const VERSION: &str = env!("CARGO_PKG_VERSION");

pub(crate) fn run(args: &Args, global: &Global) -> io::Result<Outcome> {
    global.require_none("new", "DIR")?;
    let shown = args.dir.as_deref().unwrap_or(Path::new("."));
    let root = absolute(shown)?;
    if root.exists() && !root.is_dir() {
        return Err(refused(format!("`{}` is no folder", shown.display())));
    }
    let package = Package::read(&root)?;
    if package.is_none() && args.dir.is_none() && !is_empty(&root)? {
        // It may be one below a package, or hold whatever else.
        let message = "this folder holds no package; name that of one, or of a new one: \
            cargo errbook new DIR (`.` is this one)";
        return Err(refused(message.to_owned()));
    }
    let id = Id::new(args.api.as_deref(), &root)?;
    let place = Place { shown, root: &root };
    let done = match package {
        None => place.make(&id)?,
        Some(package) => place.add_to(&package, &id)?,
    };
    global.status(format_args!("{}", done.told(&place, &id)))?;
    Ok(Outcome::Good)
}

/// Whether nothing but a repository is in a folder.
fn is_empty(folder: &Path) -> io::Result<bool> {
    let mut entries = fs::read_dir(folder)?;
    Ok(entries.all(|entry| entry.is_ok_and(|entry| entry.file_name() == ".git")))
}

/// What was done, and what is left to do.
struct Done {
    what: String,
    /// The path of the catalog, as the others are.
    catalog: String,
    /// Paths from the folder of the package.
    added: Vec<String>,
    changed: Vec<String>,
    steps: Vec<String>,
}

impl Done {
    fn told(&self, place: &Place<'_>, id: &Id) -> String {
        let mut lines = vec![self.what.clone()];
        let added = self.added.iter().map(|path| format!("  added      {path}"));
        let changed = self
            .changed
            .iter()
            .map(|path| format!("  changed    {path}"));
        lines.extend(added.chain(changed));
        lines.push("Next:".to_owned());
        if place.shown != Path::new(".") {
            let folder = place.shown.display().to_string();
            lines.push(format!("  cd {}", quoted(&folder)));
        }
        lines.extend(self.steps.iter().map(|step| format!("  {step}")));
        let page = match folder_of(OutputKind::Docs, &Settings::read(place.root)) {
            Some(folder) => format!("; their page is {folder}/{id}.md"),
            None => String::new(),
        };
        lines.push(format!("Your errors go into {}{page}", self.catalog));
        lines.join("\n")
    }
}

/// A file that is to be written: its path from the folder of the package, with `/`, and its text.
type File = (String, String);

/// The folder of the package.
struct Place<'a> {
    /// As the user wrote it.
    shown: &'a Path,
    root: &'a Path,
}

impl Place<'_> {
    /// Makes a whole package.
    fn make(&self, id: &Id) -> io::Result<Done> {
        let catalog = format!("{}/{id}.toml", Settings::CATALOGS);
        let text = self.catalog(id, &catalog);
        let files = vec![
            ("build.rs".to_owned(), BUILD.to_owned()),
            (catalog.clone(), text),
            (SETTINGS.to_owned(), first_settings()),
            (
                "src/main.rs".to_owned(),
                id.fill(include_str!("template/main.rs")),
            ),
        ];
        let library = ("src/lib.rs".to_owned(), String::new());
        for (path, _) in files.iter().chain([&library]) {
            self.require_free(path, "move it away, or make the package first: cargo init")?;
        }
        let made = cargo::Made::before(self.root);
        let written = self.write(&files)?;
        // Cargo refuses before it writes anything, and knows best what it refuses.
        cargo::init(self.root, id)
            .and_then(|()| cargo::depend(self.root))
            .inspect_err(|_| take_back(&written))?;

        let mut added: Vec<String> = files.into_iter().map(|(path, _)| path).collect();
        added.extend(made.added());
        added.sort();
        Ok(Done {
            what: format!("Made the package {id} in {}", self.shown.display()),
            catalog,
            added,
            changed: made.changed().collect(),
            steps: self.with_pages("cargo run"),
        })
    }

    /// Adds errbook, or another API, to a package.
    fn add_to(&self, package: &Package, id: &Id) -> io::Result<Done> {
        let settings = Settings::read(self.root);
        let catalogs = settings.catalogs().display().to_string();
        if self.root.join(&catalogs).is_file() {
            let message = format!(
                "`{catalogs}` is a single catalog; \
                 name a folder in {SETTINGS} to have several: catalogs = \"catalog\""
            );
            return Err(refused(message));
        }
        // A file that is not there yet is to be the single catalog.
        let ends_as_one = settings
            .catalogs()
            .extension()
            .is_some_and(|it| it == "toml");
        let is_file = ends_as_one && !self.root.join(&catalogs).is_dir();
        let catalog = if is_file {
            catalogs
        } else {
            format!("{catalogs}/{id}.toml")
        };
        self.require_free(&catalog, "give the new API another id: --api ID")?;
        let mut files = vec![(catalog.clone(), self.catalog(id, &catalog))];
        // Where there are catalogs, what lints say of them is settled.
        let is_first = Input::read_project(self.root).catalogs().is_empty();
        if is_first && !self.is_there(SETTINGS) {
            files.push((SETTINGS.to_owned(), first_settings()));
        }
        if !package.has_build_script && !self.is_there("build.rs") {
            files.push(("build.rs".to_owned(), BUILD.to_owned()));
        }
        self.write(&files)?;

        let mut steps = package.steps.clone();
        let now = Package::read(self.root)?;
        if now.is_some_and(|package| !package.has_build_script) {
            steps.push("in Cargo.toml, [package]: take out `build = false`".to_owned());
        }
        steps.extend(self.with_pages("cargo build"));
        Ok(Done {
            what: format!("Added the API {id} to the package {}", package.name),
            catalog,
            added: files.into_iter().map(|(path, _)| path).collect(),
            changed: Vec::new(),
            steps,
        })
    }

    /// A build makes the pages, too, in a working checkout; elsewhere the command has to.
    fn with_pages(&self, build: &str) -> Vec<String> {
        let mut steps = vec![build.to_owned()];
        if !Build::refreshes(self.root) {
            steps.push("cargo errbook generate".to_owned());
        }
        steps
    }

    /// The text of the catalog. Its first line leads to the schema that is generated, if it is.
    fn catalog(&self, id: &Id, path: &str) -> String {
        let text = id.fill(include_str!("template/catalog.toml"));
        let settings = Settings::read(self.root);
        let schema = folder_of(OutputKind::Schema, &settings);
        let up = "../".repeat(Path::new(path).components().count() - 1);
        match schema {
            Some(schema) => format!("#:schema {up}{schema}/catalog.schema.json\n{text}"),
            None => text,
        }
    }

    fn is_there(&self, path: &str) -> bool {
        // A link that leads nowhere is in the way, too.
        self.root.join(path).symlink_metadata().is_ok()
    }

    fn require_free(&self, path: &str, remedy: &str) -> io::Result<()> {
        if self.is_there(path) {
            let path = self.shown.join(path);
            let message = format!(
                "`{}` is in the way, nothing was written; {remedy}",
                path.display()
            );
            return Err(refused(message));
        }
        Ok(())
    }

    /// Writes all of the files, or none; the paths of what is new, folders before what is in them.
    fn write(&self, files: &[File]) -> io::Result<Vec<PathBuf>> {
        let mut written = Vec::new();
        for (path, text) in files {
            let path = self.root.join(path);
            write_new(&path, text, &mut written).map_err(|error| {
                take_back(&written);
                let path = path.display();
                io::Error::new(
                    error.kind(),
                    format!("{path}: {error}; nothing was written"),
                )
            })?;
        }
        Ok(written)
    }
}

/// A path as a shell takes it for one word.
fn quoted(path: &str) -> String {
    if path.starts_with('-') {
        return quoted(&format!("./{path}"));
    }
    let is_plain = |c: char| c.is_alphanumeric() || "/\\._-+:@%,=".contains(c);
    if path.chars().all(is_plain) && (cfg!(windows) || !path.contains('\\')) {
        return path.to_owned();
    }
    if cfg!(windows) {
        return format!("\"{path}\"");
    }
    format!("'{}'", path.replace('\'', r"'\''"))
}

/// Removes what was written, the last first.
fn take_back(written: &[PathBuf]) {
    for path in written.iter().rev() {
        // What cannot be removed, or has something else in it by now, stays.
        let _ = fs::remove_file(path).or_else(|_| fs::remove_dir(path));
    }
}

/// The folder of an output, from that of the project; `None` where the project does not want it.
fn folder_of(output: OutputKind, settings: &Settings) -> Option<String> {
    match settings.outputs() {
        None => Some(format!("{}/{}", Settings::GENERATED, output.name())),
        Some(outputs) => outputs.get(&output).cloned(),
    }
}

/// Writes a file that is not there yet, with the folders above it.
fn write_new(path: &Path, text: &str, written: &mut Vec<PathBuf>) -> io::Result<()> {
    let above = path.ancestors().skip(1);
    let mut missing: Vec<&Path> = above.take_while(|folder| !folder.exists()).collect();
    while let Some(folder) = missing.pop() {
        fs::create_dir(folder)?;
        written.push(folder.to_path_buf());
    }
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    written.push(path.to_path_buf());
    file.write_all(text.as_bytes())
}

fn first_settings() -> String {
    let text = include_str!("template/errbook.toml");
    let (generated, schema) = (Settings::GENERATED, OutputKind::Schema.name());
    format!("#:schema ./{generated}/{schema}/errbook.schema.json\n{text}")
}

fn refused(message: String) -> io::Error {
    io::Error::other(message)
}
