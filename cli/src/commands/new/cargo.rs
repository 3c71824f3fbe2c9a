//! Runs cargo: reads packages, and creates new ones.

use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Deserialize;

use errbook_codegen::__private::printable;

use crate::commands::new::api_id::ApiId;
use crate::commands::new::files::{BUILD_LINE, CODE_LINE, VERSION};

const MANIFEST: &str = "Cargo.toml";

/// An existing package.
pub(super) struct Package {
    pub(super) name: String,
    pub(super) has_build_script: bool,
    /// What the user has to do to use errbook in the package.
    pub(super) steps: Vec<String>,
}

/// The parts of the output of `cargo metadata` that are used.
#[derive(Deserialize)]
struct CargoMetadata {
    packages: Vec<MetadataPackage>,
}

#[derive(Deserialize)]
struct MetadataPackage {
    name: String,
    manifest_path: PathBuf,
    dependencies: Vec<MetadataDependency>,
    targets: Vec<MetadataTarget>,
}

#[derive(Deserialize)]
struct MetadataDependency {
    name: String,
    kind: Option<String>,
    features: Vec<String>,
}

#[derive(Deserialize)]
struct MetadataTarget {
    kind: Vec<String>,
    src_path: PathBuf,
}

impl Package {
    /// Reads the package in a folder, if there is one.
    ///
    /// # Errors
    ///
    /// Cargo rejects the manifest, or the manifest is that of a workspace without a package.
    pub(super) fn read(root: &Path) -> io::Result<Option<Self>> {
        let manifest = root.join(MANIFEST);
        if !manifest.exists() {
            return Ok(None);
        }
        let mut cargo = cargo();
        cargo.args(["metadata", "--no-deps", "--offline", "--format-version=1"]);
        cargo.arg("--manifest-path").arg(&manifest);
        let output = run(cargo)?;
        let metadata = serde_json::from_slice(&output);
        let CargoMetadata { packages } = metadata.map_err(|error| {
            io::Error::other(format!("cargo metadata is not understood: {error}"))
        })?;
        let real = fs::canonicalize(&manifest)?;
        let is_here = |package: &MetadataPackage| {
            fs::canonicalize(&package.manifest_path).is_ok_and(|manifest| manifest == real)
        };
        match packages.into_iter().find(is_here) {
            Some(package) => Ok(Some(Self::new(package, root))),
            None => Err(io::Error::other(format!(
                "`{MANIFEST}` is that of a workspace, without a package; \
                 name the folder of a member, or of a new one: cargo errbook new DIR"
            ))),
        }
    }

    fn new(package: MetadataPackage, root: &Path) -> Self {
        let source_of = |kind: &str| {
            let mut targets = package.targets.iter();
            let target = targets.find(|target| target.kind.iter().any(|it| it == kind))?;
            Some(target.src_path.as_path())
        };
        let mut steps = dependency_steps(&package.dependencies);
        let build = source_of("custom-build");
        let beside = root.join("build.rs");
        if let Some(script) = build.or(beside.exists().then_some(&beside)) {
            let sign = "errbook_codegen::";
            steps.extend(line_step(script, root, "main of ", sign, BUILD_LINE));
        }
        let kinds = ["lib", "rlib", "dylib", "cdylib", "staticlib", "bin"];
        let sign = "include_catalogs!";
        if let Some(code) = kinds.into_iter().find_map(source_of) {
            steps.extend(line_step(code, root, "", sign, CODE_LINE));
        } else if let Some(code) = source_of("proc-macro") {
            // A crate of procedural macros cannot export anything else.
            let line = format!("mod errors {{ {CODE_LINE} }}");
            steps.extend(line_step(code, root, "", sign, &line));
        }
        Self {
            has_build_script: build.is_some(),
            name: package.name,
            steps,
        }
    }
}

/// Returns the steps that add the missing dependencies.
fn dependency_steps(present: &[MetadataDependency]) -> Vec<String> {
    let find = |kind: Option<&str>, name: &str| {
        let mut present = present.iter();
        present.find(|other| other.name == name && other.kind.as_deref() == kind)
    };
    let mut steps = Vec::new();
    let has_json = |errbook: &MetadataDependency| {
        let mut features = errbook.features.iter();
        features.any(|feature| WITH_JSON.contains(&feature.as_str()))
    };
    let line = match find(None, "errbook") {
        None => Some(runtime_line()),
        Some(errbook) if has_json(errbook) => None,
        Some(_) => Some("errbook with features = [\"json\"]".to_owned()),
    };
    steps.extend(line.map(|line| format!("in {MANIFEST}, [dependencies]: {line}")));
    if find(Some("build"), "errbook-codegen").is_none() {
        let line = generator_line();
        steps.push(format!("in {MANIFEST}, [build-dependencies]: {line}"));
    }
    steps
}

/// The features of `errbook` that include bodies.
const WITH_JSON: [&str; 4] = ["json", "http", "axum", "actix-web"];

fn runtime_line() -> String {
    format!("errbook = {{ version = \"{VERSION}\", features = [\"json\"] }}")
}

fn generator_line() -> String {
    format!("errbook-codegen = \"{VERSION}\"")
}

/// Returns the step that adds a line to a file, unless the file contains `sign`.
fn line_step(file: &Path, root: &Path, part: &str, sign: &str, line: &str) -> Option<String> {
    let text = fs::read_to_string(file).unwrap_or_default();
    let shown = printable(file.strip_prefix(root).unwrap_or(file));
    (!text.contains(sign)).then(|| format!("in {part}{shown}: {line}"))
}

/// Creates a package around the existing files. Cargo also creates a repository if there is none, and adds
/// the package to a workspace if there is one.
pub(super) fn init(root: &Path, id: &ApiId) -> io::Result<()> {
    let mut cargo = cargo();
    cargo.args(["init", "--quiet", "--bin", "--name", &id.to_string()]);
    cargo.arg(root);
    run(cargo)
        .map(|_| ())
        .map_err(|error| io::Error::other(format!("{error}; name the API otherwise: --api ID")))
}

/// Adds the dependencies to the manifest that [`init`] has created.
pub(super) fn add_dependencies(root: &Path) -> io::Result<()> {
    let path = root.join(MANIFEST);
    let text = fs::read_to_string(&path)?;
    let dependencies = format!("[dependencies]\n{}\n", runtime_line());
    let build = format!("\n[build-dependencies]\n{}\n", generator_line());
    let text = match text.split_once("[dependencies]\n") {
        Some((before, after)) => format!("{before}{dependencies}{build}{after}"),
        None => format!("{text}\n{dependencies}{build}"),
    };
    fs::write(&path, text).map_err(|error| {
        // An incomplete manifest, or one without the build dependency, is worse than none.
        let _ = fs::remove_file(&path);
        io::Error::other(format!("{}: {error}", printable(path)))
    })
}

/// The files that cargo may create or change: each with its name for people, and its state before cargo ran.
pub(super) struct CargoFiles(Vec<(String, PathBuf, FileState)>);

/// Whether a file exists, and its text.
type FileState = (bool, Option<String>);

fn state(path: &Path) -> FileState {
    (path.exists(), fs::read_to_string(path).ok())
}

impl CargoFiles {
    /// Reads the files before cargo runs.
    pub(super) fn before(root: &Path) -> Self {
        let own = [MANIFEST, ".gitignore", ".git"];
        let own = own.map(|name| (name.to_owned(), root.join(name)));
        // Cargo adds the package to a workspace above. Resolve `..`, so that no folder is listed twice.
        let mut there = root.ancestors().skip(1);
        let real = there.find_map(|folder| folder.canonicalize().ok());
        let real = real.unwrap_or_default();
        let above = real.ancestors().map(|folder| folder.join(MANIFEST));
        let above = above.map(|path| (printable(&path), path));
        let files = own.into_iter().chain(above);
        let with_state = files.map(|(shown, path)| {
            let before = state(&path);
            (shown, path, before)
        });
        Self(with_state.collect())
    }

    /// Returns the files that were added and the files that changed.
    pub(super) fn compare(self) -> (Vec<String>, Vec<String>) {
        let (mut added, mut changed) = (Vec::new(), Vec::new());
        for (shown, path, before) in self.0 {
            if state(&path) != before {
                let (existed, _) = before;
                if existed { &mut changed } else { &mut added }.push(shown);
            }
        }
        (added, changed)
    }
}

/// Returns the cargo that runs this command, or else the one in PATH.
fn cargo() -> Command {
    Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Runs cargo and returns its output, or its error on one line.
fn run(mut cargo: Command) -> io::Result<Vec<u8>> {
    let output = cargo.output().map_err(|error| {
        let message = format!("cargo cannot be run: {error}; see that it is installed and in PATH");
        io::Error::other(message)
    })?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let error = String::from_utf8_lossy(&output.stderr);
    let error = error.split("\nhelp:").next().unwrap_or_default().trim();
    let error = error.strip_prefix("error: ").unwrap_or(error);
    Err(io::Error::other(format!("cargo: {error}")))
}
