//! `Build`, which a `build.rs` calls.

use std::env;
use std::io;
use std::path::{Path, PathBuf};

use crate::check::check;
use crate::findings::{Finding, Report, RuleId};
use crate::input::Input;
use crate::lock::LOCK;
use crate::output::Files;
use crate::output_kind::OutputKind;
use crate::settings::SETTINGS;
use crate::util::names::printable;

/// The environment variable that keeps builds from refreshing committed files: `ERRBOOK_MIRROR=off`.
const MIRROR: &str = "ERRBOOK_MIRROR";

/// Generates Rust from catalogs in a build script.
///
/// The whole of a `build.rs`:
///
/// ```no_run
/// # #[allow(clippy::needless_doctest_main)]
/// fn main() {
///     errbook_codegen::Build::new().run();
/// }
/// ```
///
/// The catalogs are the `*.toml` in `catalog/`, beside `Cargo.toml`, or where the `errbook.toml` there
/// says that they are. Their modules go to `$OUT_DIR/errbook/`, and one line of the library includes
/// them:
///
/// ```ignore
/// errbook::include_catalogs!();
/// ```
///
/// What compiles is always what was generated from the catalogs as they are: nothing can be stale. Where
/// an `errbook.lock` is beside them, a build fails that has lost a code that was released,
/// or given it another meaning.
///
/// What a package needs to build are the catalogs, with the lock, and `errbook.toml`, so `include` in
/// `Cargo.toml`, if there is one, lists them.
///
/// # The mirror
///
/// With [`mirror`](Self::mirror), a build also refreshes a folder of the repository with everything
/// that is generated, Rust and pages, to be reviewed and published; or, where `errbook.toml` has a
/// table `[output]`, the outputs that it names, each in its own folder. That is what `cargo errbook
/// generate` writes, too. It does so in a working checkout only, that is where
///
/// - `.git` stands in the folder of the package or in one above,
/// - the package is no copy that cargo made (a git dependency, a package, a vendored one), and in no
///   target folder,
/// - the environment holds neither `CI` nor `ERRBOOK_MIRROR=off`,
/// - and the folder can be written.
///
/// Anywhere else nothing outside of `OUT_DIR` is written, and the build passes all the same. That
/// the folder is fresh is for `cargo errbook generate --check` to say, or for a test that calls
/// [`Files::stale`]: a build script cannot see a hand edit of its own output.
#[derive(Clone, Debug, Default)]
pub struct Build {
    catalogs: Option<PathBuf>,
    mirror: Option<PathBuf>,
}

impl Build {
    /// Of the catalogs that `errbook.toml` names, or else those in `catalog/`; without a mirror.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The folder of the catalogs, or the file of a single one, relative to the package; whatever
    /// `errbook.toml` says.
    #[must_use]
    pub fn catalogs(mut self, path: impl Into<PathBuf>) -> Self {
        self.catalogs = Some(path.into());
        self
    }

    /// Refreshes committed files in a working checkout: the outputs that `errbook.toml` names in
    /// `[output]`, or, where it names none, all of them in this folder, relative to the package.
    #[must_use]
    pub fn mirror(mut self, folder: impl Into<PathBuf>) -> Self {
        self.mirror = Some(folder.into());
        self
    }

    /// Whether a build of the package in this folder refreshes its [`mirror`](Self::mirror), as things are: in
    /// a working checkout, and where nobody said no.
    #[must_use]
    pub fn refreshes(package: &Path) -> bool {
        may_refresh(package).unwrap_or(false)
    }

    /// Generates, and tells cargo: what to watch, and each finding as an error of the build.
    ///
    /// Returns even where there are findings: cargo fails the build for them and shows nothing else.
    ///
    /// # Panics
    ///
    /// Outside of a build script, where cargo's environment variables are missing.
    pub fn run(&self) {
        let variable = |name| {
            env::var_os(name).unwrap_or_else(|| panic!("cargo sets {name} for build scripts"))
        };
        let package = PathBuf::from(variable("CARGO_MANIFEST_DIR"));
        let out_dir = PathBuf::from(variable("OUT_DIR"));
        let input = Input::read_settings(&package);
        let named = || input.settings().catalogs().to_owned();
        let catalogs = self.catalogs.clone().unwrap_or_else(named);
        println!("cargo::rerun-if-changed={}", printable(&catalogs));
        if self.mirror.is_some() {
            println!("cargo::rerun-if-env-changed={MIRROR}");
            println!("cargo::rerun-if-env-changed=CI");
        }
        // A file that is not there would count as changed each time. A new one is seen as soon as the
        // script runs for another reason.
        if package.join(SETTINGS).exists() {
            println!("cargo::rerun-if-changed={SETTINGS}");
        }
        // In the folder of the catalogs it is watched with that. A new one holds what the catalogs hold, so
        // until they change there is nothing to miss.
        let lock = catalogs.with_file_name(LOCK);
        if package.join(&catalogs).is_file() && package.join(&lock).exists() {
            println!("cargo::rerun-if-changed={}", printable(&lock));
        }
        let told = self.generate_in(&package, &out_dir, input);
        print!("{}", told.unwrap_or_else(|report| report.cargo_lines()));
    }

    /// What [`run`](Self::run) does, without cargo: from the catalogs of the package in `package` to
    /// the files in `out_dir` and, in a working checkout, in the mirror. What is returned are lines
    /// for cargo: what lints found, and a mirror that could not be refreshed for another reason than
    /// a read-only folder.
    fn generate_in(
        &self,
        package: &Path,
        out_dir: &Path,
        settings: Input,
    ) -> Result<String, Report> {
        let input = match &self.catalogs {
            Some(catalogs) => settings.read_catalogs(package, catalogs),
            None => settings.read_own_catalogs(package),
        };
        let checked = check(input).into_result()?;
        let mirror = match &self.mirror {
            Some(folder) if may_refresh(package)? => Some(folder),
            _ => None,
        };
        let folders = checked.settings.outputs();
        let mut outputs = vec![OutputKind::Rust];
        match (mirror, folders) {
            (Some(_), Some(folders)) => outputs.extend(folders.keys()),
            (Some(_), None) => outputs.extend(OutputKind::ALL),
            (None, _) => {}
        }
        let files = checked.files(outputs);
        files
            .write_output_to(OutputKind::Rust, out_dir, "errbook")
            .map_err(|error| {
                let title = format!("generated code could not be written: {error}");
                let help = "see that the folder can be written, and that there is room";
                Report::of_one(Finding::error(RuleId::Unwritable, title).help(help))
            })?;
        let refreshed = mirror.and_then(|folder| match folders {
            Some(folders) => refresh(&files.in_folders(folders), package, "what [output] names"),
            None => refresh(&files, &package.join(folder), &printable(folder)),
        });
        let unrefreshed = refreshed.map(|warning| warning_line(&warning));
        Ok(checked.report.cargo_lines() + &unrefreshed.unwrap_or_default())
    }
}

/// A warning for cargo. A line break in the name of a file would begin another directive.
fn warning_line(warning: &str) -> String {
    format!("cargo::warning={}\n", printable(warning))
}

/// Whether this is somebody's working checkout, and nobody said no.
fn may_refresh(package: &Path) -> Result<bool, Report> {
    match env::var_os(MIRROR) {
        None => Ok(env::var_os("CI").is_none() && is_working_checkout(package)),
        Some(value) if value == "off" => Ok(false),
        Some(value) => {
            let title = format!("`{MIRROR}` is `{}`", value.to_string_lossy());
            let help = "it may be `off`; unset it to refresh committed files in a working checkout";
            Err(Report::of_one(
                Finding::error(RuleId::Environment, title).help(help),
            ))
        }
    }
}

/// What marks a copy that cargo made: of a git dependency, of a package, of a vendored package.
const COPIES: [&str; 4] = [
    ".cargo-ok",
    ".cargo_vcs_info.json",
    ".cargo-checksum.json",
    "Cargo.toml.orig",
];

/// What marks a folder of things that can be made again, such as cargo's target folder.
const CACHE: &str = "CACHEDIR.TAG";

/// Whether the package in `manifest_dir` is part of somebody's working checkout: `.git` stands in its
/// folder or in one above, and no folder from the package up to there is a copy of cargo's or a cache.
fn is_working_checkout(manifest_dir: &Path) -> bool {
    let has = |folder: &Path, name: &str| folder.join(name).exists();
    for folder in manifest_dir.ancestors() {
        if COPIES.iter().any(|mark| has(folder, mark)) {
            return false;
        }
        if has(folder, ".git") {
            return true;
        }
        if has(folder, CACHE) {
            return false;
        }
    }
    false
}

fn refresh(files: &Files, folder: &Path, shown: &str) -> Option<String> {
    let error = files.write_to(folder).err()?;
    let read_only = matches!(
        error.kind(),
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem
    );
    (!read_only).then(|| format!("{shown} was not refreshed: {error}"))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{Build, COPIES, is_working_checkout, warning_line};
    use crate::input::Input;

    /// The module that is generated from where the settings and the script say that catalogs are.
    #[track_caller]
    fn check(settings: &str, build: &Build, expected: &str) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let package = folder.path();
        fs::write(package.join("errbook.toml"), settings).expect("it can be written");
        for id in ["catalog", "errors", "other"] {
            let text = format!("[api]\nid = \"of-{id}\"\ntitle = \"API\"\n[envelope]\n");
            fs::create_dir(package.join(id)).expect("it can be made");
            fs::write(package.join(id).join("api.toml"), text).expect("it can be written");
        }
        let told = build.generate_in(package, &package.join("out"), Input::read_settings(package));
        assert_eq!(told.unwrap_or_else(|report| panic!("{report}")), "");
        let module = package.join(format!("out/errbook/of_{expected}.rs"));
        assert!(module.exists(), "{}", module.display());
    }

    #[test]
    fn warning_is_one_line() {
        let line = warning_line("/tmp/a\ncargo::rustc-env=A=1\r\u{1b}[31m/docs was not refreshed");
        let expected =
            r"cargo::warning=/tmp/a\ncargo::rustc-env=A=1\r\u{1b}[31m/docs was not refreshed";
        assert_eq!(line, format!("{expected}\n"));
    }

    #[test]
    fn catalogs_are_where_the_script_says_or_the_settings_or_nobody() {
        check("", &Build::new(), "catalog");
        check("catalogs = \"errors\"", &Build::new(), "errors");
        let file = "catalogs = \"errors/api.toml\"";
        check(file, &Build::new(), "errors");
        check(file, &Build::new().catalogs("other"), "other");
        check("", &Build::new().catalogs("other"), "other");
    }

    #[test]
    fn a_checkout_is_where_git_is_and_nothing_marks_a_copy() {
        #[track_caller]
        fn check(files: &[&str], expected: bool) {
            let folder = tempfile::tempdir().expect("a temporary folder");
            let package = folder.path().join("repository/backend/crates/api");
            fs::create_dir_all(&package).expect("it can be made");
            for file in files {
                fs::write(folder.path().join("repository").join(file), "")
                    .expect("it can be written");
            }
            assert_eq!(is_working_checkout(&package), expected, "{files:?}");
        }
        check(&[], false);
        check(&["backend/crates/api/.git"], true);
        check(&["backend/.git"], true);
        check(&[".git"], true);
        for mark in COPIES {
            check(&[".git", &format!("backend/crates/api/{mark}")], false);
            check(&[".git", &format!("backend/{mark}")], false);
            check(&["backend/.git", mark], true);
        }
        check(&[".git", "backend/CACHEDIR.TAG"], false);
        check(&["backend/.git", "CACHEDIR.TAG"], true);
    }
}
