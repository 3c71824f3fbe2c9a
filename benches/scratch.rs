//! Packages that are made up to be measured, and what their measurements have in common.

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::error::Error;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use errbook_codegen::{OutputKind, Source, generate};

use crate::catalogs::{Entry, catalog};

/// What measuring returns.
pub type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// The files of a package's `src/`, by their paths in it.
pub type Sources = BTreeMap<String, String>;

/// The `main` of a benchmark: runs it with what stands on its command line, and says what went wrong.
pub fn main(run: impl FnOnce(&[String]) -> Result<()>) -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// A way to have errors in a package.
pub struct Way {
    /// What the table calls it.
    pub name: &'static str,
    /// The package's name.
    pub package: &'static str,
    /// The errors that way.
    pub sources: fn(&[Entry]) -> Result<Sources>,
}

/// A workspace with the measured packages. It stays where it is, so that the next run has no dependency to
/// compile.
pub struct Scratch {
    folder: PathBuf,
}

impl Scratch {
    /// Makes the workspace, in a folder of its own: packages by their names and the lines of their
    /// `[dependencies]`, after which other tables may come.
    ///
    /// # Errors
    ///
    /// Where the disk refuses.
    pub fn new<'a>(
        folder: PathBuf,
        packages: impl IntoIterator<Item = (&'a str, String)>,
    ) -> Result<Self> {
        let scratch = Self { folder };
        let mut members = Vec::new();
        for (name, dependencies) in packages {
            scratch.write(
                &format!("{name}/Cargo.toml"),
                &format!(
                    "[package]\nname = {name:?}\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
                     [dependencies]\n{dependencies}\n"
                ),
            )?;
            scratch.write(&format!("{name}/src/lib.rs"), "")?;
            members.push(name);
        }
        scratch.write(
            "Cargo.toml",
            &format!("[workspace]\nmembers = {members:?}\nresolver = \"3\"\n"),
        )?;
        // Without a network, what an earlier run downloaded will do; if it does not, the builds say
        // what is missing.
        if let Err(error) = output(scratch.command("fetch")) {
            eprintln!("warning: dependencies could not be fetched: {error}");
        }
        Ok(scratch)
    }

    /// Writes a file.
    ///
    /// # Errors
    ///
    /// Where the disk refuses.
    pub fn write(&self, path: &str, text: &str) -> io::Result<()> {
        let path = self.folder.join(path);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(path, text)
    }

    /// Writes the sources of a package.
    ///
    /// # Errors
    ///
    /// Where the disk refuses.
    pub fn write_sources(&self, package: &str, sources: &Sources) -> io::Result<()> {
        for (path, text) in sources {
            self.write(&format!("{package}/src/{path}"), text)?;
        }
        Ok(())
    }

    /// The time that cargo takes for a package.
    ///
    /// # Errors
    ///
    /// What cargo says, where it fails.
    pub fn cargo(&self, arguments: &[&str], package: &str) -> Result<Duration> {
        let (subcommand, options) = arguments.split_first().ok_or("cargo needs a subcommand")?;
        let mut command = self.command(subcommand);
        command
            .args(options)
            .args(["--offline", "--package", package]);
        let start = Instant::now();
        output(command)?;
        Ok(start.elapsed())
    }

    /// Forgets all that was built.
    ///
    /// # Errors
    ///
    /// Where the disk refuses.
    pub fn clean(&self) -> io::Result<()> {
        match fs::remove_dir_all(self.folder.join("target")) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// How many packages have to be built for one, and it.
    ///
    /// # Errors
    ///
    /// What cargo says, where it fails.
    pub fn packages(&self, package: &str) -> Result<usize> {
        let mut command = self.command("tree");
        command.args(["--offline", "--package", package, "--prefix", "none"]);
        command.args(["--edges", "normal,build", "--format", "{p}"]);
        let printed = output(command)?;
        // A package that was told before has a mark.
        let packages = printed.lines().map(|line| line.trim_end_matches(" (*)"));
        Ok(packages.collect::<BTreeSet<_>>().len())
    }

    /// The program that `cargo build --release` has made of a package.
    #[must_use]
    pub fn program(&self, package: &str) -> PathBuf {
        let name = format!("{package}{}", env::consts::EXE_SUFFIX);
        self.folder.join("target/release").join(name)
    }

    fn command(&self, subcommand: &str) -> Command {
        let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = Command::new(cargo);
        command
            .arg(subcommand)
            .arg("--quiet")
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", self.folder.join("target"))
            // What is measured is the compiler as people have it, neither a cache nor the settings of
            // a CI job.
            .env_remove("CARGO_INCREMENTAL")
            .env_remove("RUSTC_WRAPPER")
            .env_remove("RUSTC_WORKSPACE_WRAPPER");
        command
    }

    /// The versions that the numbers hold for, of rustc and of packages, and the cores of the machine.
    ///
    /// # Errors
    ///
    /// Where rustc does not say its version.
    pub fn versions(&self, packages: &[&str]) -> Result<String> {
        let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
        let mut command = Command::new(rustc);
        command.arg("--version");
        let mut versions = vec![output(command)?.trim().to_owned()];
        let lock = fs::read_to_string(self.folder.join("Cargo.lock")).unwrap_or_default();
        for name in packages {
            let entry = format!("name = {name:?}\nversion = \"");
            if let Some((_, rest)) = lock.split_once(&entry) {
                let version = rest.split('"').next().unwrap_or_default();
                versions.push(format!("{name} {version}"));
            }
        }
        let cores = std::thread::available_parallelism()?;
        versions.push(format!("{cores} cores"));
        Ok(versions.join(", "))
    }
}

/// What a command prints.
///
/// # Errors
///
/// What it says, where it fails.
pub fn output(mut command: Command) -> Result<String> {
    let output = command.output()?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let messages = String::from_utf8_lossy(&output.stderr);
    Err(format!("{command:?} failed:\n{messages}").into())
}

/// The line of `[dependencies]` for the runtime of this checkout.
#[must_use]
pub fn errbook_dependency(features: &[&str]) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime");
    // As a string of TOML, whose escapes for a path are those of Rust.
    let path = path.to_string_lossy();
    format!("errbook = {{ path = {path:?}, features = {features:?} }}")
}

/// The module `errors` that errbook generates.
///
/// # Errors
///
/// The findings, if there were any.
pub fn generated(errors: &[Entry]) -> Result<Sources> {
    let output = generate(Source::new("catalog/api.toml", catalog(errors)))
        .map_err(|report| report.to_string())?;
    let sources = output.files.of(OutputKind::Rust);
    Ok(sources
        .map(|(path, text)| (format!("errors/{path}"), text.to_owned()))
        .collect())
}

/// Whether figures are asked for: only `cargo bench` passes this. `cargo test --benches` asks whether the
/// program works, not how long things take.
#[must_use]
pub fn is_measured(arguments: &[String]) -> bool {
    arguments.iter().any(|argument| argument == "--bench")
}

/// The numbers of errors on the command line, or else these.
///
/// # Errors
///
/// Where something else stands there.
pub fn sizes(arguments: &[String], otherwise: &[usize]) -> Result<Vec<usize>> {
    let mut sizes = Vec::new();
    for argument in arguments.iter().filter(|argument| *argument != "--bench") {
        match argument.parse() {
            Ok(size) if size > 0 => sizes.push(size),
            _ => {
                return Err(format!("`{argument}` is no number of errors, such as 2048").into());
            }
        }
    }
    if sizes.is_empty() {
        sizes.extend(otherwise);
    }
    Ok(sizes)
}

/// The middle of numbers, and what half of them are between.
#[derive(Clone, Copy, Debug)]
pub struct Spread {
    low: f64,
    median: f64,
    high: f64,
}

impl Spread {
    /// Of numbers, of which there must be one.
    #[must_use]
    pub fn of(numbers: impl IntoIterator<Item = f64>) -> Self {
        let mut numbers: Vec<f64> = numbers.into_iter().collect();
        numbers.sort_by(f64::total_cmp);
        let (quarter, last) = (numbers.len() / 4, numbers.len() - 1);
        Self {
            low: numbers[quarter],
            median: numbers[numbers.len() / 2],
            high: numbers[last - quarter],
        }
    }

    /// The middle.
    #[must_use]
    pub fn median(self) -> f64 {
        self.median
    }

    /// Of the ratios of numbers that were measured one after the other.
    #[must_use]
    pub fn of_ratios(numbers: &[f64], to: &[f64]) -> Self {
        Self::of(numbers.iter().zip(to).map(|(number, to)| number / to))
    }
}

/// The median, then the quartiles: `1.0 (0.9 to 1.2)`. The precision is that of each.
impl fmt::Display for Spread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { low, median, high } = self;
        let digits = f.precision().unwrap_or(1);
        write!(f, "{median:.digits$} ({low:.digits$} to {high:.digits$})")
    }
}

/// A number of things, to reckon with.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "nobody counts so many")]
pub fn count(number: usize) -> f64 {
    number as f64
}
