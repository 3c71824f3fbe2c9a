//! What cargo knows and does: packages, workspaces, names, repositories.

use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Deserialize;

use crate::new::id::Id;
use crate::new::{BUILD_LINE, CODE_LINE, VERSION, refused};

const MANIFEST: &str = "Cargo.toml";

/// A package that is there.
pub(crate) struct Package {
    pub(crate) name: String,
    pub(crate) has_build_script: bool,
    /// What its author has to do.
    pub(crate) steps: Vec<String>,
}

/// What `cargo metadata` tells, as far as it matters here.
#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Described>,
}

#[derive(Deserialize)]
struct Described {
    name: String,
    manifest_path: PathBuf,
    dependencies: Vec<Dependency>,
    targets: Vec<Target>,
}

#[derive(Deserialize)]
struct Dependency {
    name: String,
    kind: Option<String>,
    features: Vec<String>,
}

#[derive(Deserialize)]
struct Target {
    kind: Vec<String>,
    src_path: PathBuf,
}

impl Package {
    /// The package in a folder, if there is one.
    ///
    /// # Errors
    ///
    /// Where cargo does not understand it, or it is a workspace without a package.
    pub(crate) fn read(root: &Path) -> io::Result<Option<Self>> {
        let manifest = root.join(MANIFEST);
        if !manifest.exists() {
            return Ok(None);
        }
        let mut cargo = cargo();
        cargo.args(["metadata", "--no-deps", "--offline", "--format-version=1"]);
        cargo.arg("--manifest-path").arg(&manifest);
        let told = run(cargo)?;
        let told = serde_json::from_slice(&told);
        let Metadata { packages } =
            told.map_err(|error| refused(format!("cargo metadata is not understood: {error}")))?;
        let real = fs::canonicalize(&manifest)?;
        let is_here = |package: &Described| {
            fs::canonicalize(&package.manifest_path).is_ok_and(|manifest| manifest == real)
        };
        match packages.into_iter().find(is_here) {
            Some(package) => Ok(Some(Self::new(package, root))),
            None => Err(refused(format!(
                "`{MANIFEST}` is that of a workspace, without a package; \
                 name the folder of a member, or of a new one: cargo errbook new DIR"
            ))),
        }
    }

    fn new(described: Described, root: &Path) -> Self {
        let Described {
            name,
            dependencies,
            targets,
            ..
        } = described;
        let source_of = |kind: &str| {
            let is_it = |target: &&Target| target.kind.iter().any(|other| other == kind);
            targets
                .iter()
                .find(is_it)
                .map(|target| target.src_path.as_path())
        };
        let mut steps = dependency_steps(&dependencies);
        let build = source_of("custom-build");
        let beside = root.join("build.rs");
        if let Some(script) = build.or(beside.exists().then_some(&beside)) {
            steps.extend(line_in(
                script,
                root,
                "main of ",
                "errbook_codegen::",
                BUILD_LINE,
            ));
        }
        let kinds = ["lib", "rlib", "dylib", "cdylib", "staticlib", "bin"];
        let code = kinds.into_iter().find_map(source_of);
        let code = code.map(|code| (code, CODE_LINE.to_owned()));
        // Procedural macros are all that their crates may hand out.
        let private = || format!("mod errors {{ {CODE_LINE} }}");
        let code = code.or_else(|| Some((source_of("proc-macro")?, private())));
        if let Some((code, line)) = code {
            steps.extend(line_in(code, root, "", "include_catalogs!", &line));
        }
        Self {
            name,
            has_build_script: build.is_some(),
            steps,
        }
    }
}

/// The steps that add the dependencies which are not there.
fn dependency_steps(there: &[Dependency]) -> Vec<String> {
    let find = |kind: Option<&str>, name: &str| {
        let mut there = there.iter();
        there.find(|other| other.name == name && other.kind.as_deref() == kind)
    };
    let mut steps = Vec::new();
    match find(None, "errbook") {
        None => steps.push(format!("in {MANIFEST}, [dependencies]: {}", runtime_line())),
        Some(errbook) => {
            let mut features = errbook.features.iter();
            if !features.any(|feature| WITH_JSON.contains(&feature.as_str())) {
                steps.push(format!(
                    "in {MANIFEST}, [dependencies]: errbook with features = [\"json\"]"
                ));
            }
        }
    }
    if find(Some("build"), "errbook-codegen").is_none() {
        let line = generator_line();
        steps.push(format!("in {MANIFEST}, [build-dependencies]: {line}"));
    }
    steps
}

/// The features of `errbook` with which bodies are read and written.
const WITH_JSON: [&str; 4] = ["json", "http", "axum", "actix-web"];

fn runtime_line() -> String {
    format!("errbook = {{ version = \"{VERSION}\", features = [\"json\"] }}")
}

fn generator_line() -> String {
    format!("errbook-codegen = \"{VERSION}\"")
}

/// The step that adds a line to a file which lacks it.
fn line_in(file: &Path, root: &Path, part: &str, sign: &str, line: &str) -> Option<String> {
    let text = fs::read_to_string(file).unwrap_or_default();
    let shown = file.strip_prefix(root).unwrap_or(file).display();
    (!text.contains(sign)).then(|| format!("in {part}{shown}: {line}"))
}

/// Makes a package around the files that are there, with a repository if it is in none, as a member of the
/// workspace that it is in.
pub(crate) fn init(root: &Path, id: &Id) -> io::Result<()> {
    let mut cargo = cargo();
    cargo.args(["init", "--quiet", "--bin", "--name", &id.to_string()]);
    cargo.arg(root);
    run(cargo)
        .map(|_| ())
        .map_err(|error| refused(format!("{error}; name the API otherwise: --api ID")))
}

/// Adds the two dependencies to the manifest that [`init`] has made.
pub(crate) fn depend(root: &Path) -> io::Result<()> {
    let path = root.join(MANIFEST);
    let text = fs::read_to_string(&path)?;
    let dependencies = format!("[dependencies]\n{}\n", runtime_line());
    let build = format!("\n[build-dependencies]\n{}\n", generator_line());
    let text = match text.split_once("[dependencies]\n") {
        Some((before, after)) => format!("{before}{dependencies}{build}{after}"),
        None => format!("{text}\n{dependencies}{build}"),
    };
    fs::write(&path, text).map_err(|error| {
        // Half of a manifest, or one without what the build script needs, is worse than none.
        let _ = fs::remove_file(&path);
        io::Error::new(error.kind(), format!("{}: {error}", path.display()))
    })
}

/// A file beside our own that cargo makes or changes.
struct Touched {
    shown: String,
    path: PathBuf,
    /// Whether it was there, and its text, before cargo was called.
    before: (bool, Option<String>),
}

impl Touched {
    fn new(shown: String, path: PathBuf) -> Self {
        Self {
            before: Self::state(&path),
            shown,
            path,
        }
    }

    fn state(path: &Path) -> (bool, Option<String>) {
        (path.exists(), fs::read_to_string(path).ok())
    }

    fn is_new(&self) -> bool {
        !self.before.0 && self.path.exists()
    }

    fn is_changed(&self) -> bool {
        self.before.0 && Self::state(&self.path) != self.before
    }
}

/// What cargo makes or changes beside our own files.
pub(crate) struct Made(Vec<Touched>);

impl Made {
    /// Looks before cargo is called.
    pub(crate) fn before(root: &Path) -> Self {
        let own = [MANIFEST, ".gitignore", ".git"];
        let own = own.map(|name| Touched::new(name.to_owned(), root.join(name)));
        // Workspaces above get a new member. Without `..`, by which a folder would be above twice.
        let mut there = root.ancestors().skip(1);
        let real = there.find_map(|folder| folder.canonicalize().ok());
        let real = real.unwrap_or_default();
        let above = real.ancestors().map(|folder| folder.join(MANIFEST));
        let above = above.map(|path| Touched::new(path.display().to_string(), path));
        Self(own.into_iter().chain(above).collect())
    }

    /// What is there now and was not.
    pub(crate) fn added(&self) -> impl Iterator<Item = String> {
        let added = self.0.iter().filter(|touched| touched.is_new());
        added.map(|touched| touched.shown.clone())
    }

    /// What was there and is other now.
    pub(crate) fn changed(&self) -> impl Iterator<Item = String> {
        let changed = self.0.iter().filter(|touched| touched.is_changed());
        changed.map(|touched| touched.shown.clone())
    }
}

/// The cargo that called us, or else the one that a shell would find.
fn cargo() -> Command {
    Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// What cargo prints, or what it says is wrong, in one line.
fn run(mut cargo: Command) -> io::Result<Vec<u8>> {
    let output = cargo.output().map_err(|error| {
        let message = format!("cargo cannot be run: {error}; see that it is installed and in PATH");
        io::Error::new(error.kind(), message)
    })?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let told = String::from_utf8_lossy(&output.stderr);
    let told = told.split("\nhelp:").next().unwrap_or_default();
    let told = told.trim().strip_prefix("error: ").unwrap_or(told.trim());
    Err(refused(format!("cargo: {told}")))
}
