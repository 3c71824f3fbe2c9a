//! How long a crate takes to rebuild after one row of its error table was edited.
//!
//! ```text
//! cargo bench --manifest-path benches/Cargo.toml --bench rebuild
//! ```
//!
//! That is of 26, 256 and 2048 errors; `-- 2048 16384` behind it, of so many.
//!
//! Two crates hold the same errors: one what errbook generates, the other the enum that people
//! write by hand with thiserror, strum and serde. One description changes, alternately in the one and
//! the other, and the time that cargo takes from there is measured, `check` and `build --release`.
//! The comparison favours the hand-written crate: it has no categories, no catalog at run time and
//! no enum over the details, and where two ways of writing it are common, it takes one that compiles
//! no slower than the other.
//!
//! Nothing here asserts a time. The exit status is 0 unless a build fails.

use std::collections::BTreeMap;
use std::env;
use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use errbook_benches::catalogs::{Entry, catalog, errors};
use errbook_codegen::{Source, generate};

/// The numbers of errors that are measured when none is given.
const SIZES: [usize; 3] = [26, 256, 2048];

/// Past this many errors, only errbook is measured: one build of the other takes minutes.
const LAST_SIZE_BY_HAND: usize = 4096;

/// From this many errors on, three rounds are enough: the differences are far above the noise.
const FEW_ROUNDS_FROM: usize = 2048;

/// What is run, with the words for it in the table.
const COMMANDS: [(&str, &[&str]); 2] =
    [("check", &["check"]), ("release", &["build", "--release"])];

/// Both crates of a comparison, by their packages' names.
const COMPARISONS: [Comparison; 2] = [
    Comparison {
        details: true,
        errbook: "errbook-details",
        by_hand: "by-hand-details",
    },
    Comparison {
        details: false,
        errbook: "errbook-plain",
        by_hand: "by-hand-plain",
    },
];

/// Two crates that hold the same errors, with or without the types of their details.
struct Comparison {
    details: bool,
    errbook: &'static str,
    by_hand: &'static str,
}

type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Result<()> {
    // Only `cargo bench` passes this; `cargo test --benches` runs the program without it, and
    // asks whether it works, not how long things take.
    if !arguments.iter().any(|argument| argument == "--bench") {
        sources(&errors(SIZES[0]))?;
        println!("nothing is measured: use `cargo bench`");
        return Ok(());
    }
    let sizes = sizes(arguments)?;
    let scratch = Scratch::new()?;
    let mut rows = Vec::new();
    for size in sizes {
        rows.extend(measure_size(&scratch, size)?);
    }
    // Every time holds that of cargo itself, which finds nothing to do the second time.
    let (_, arguments) = COMMANDS[0];
    scratch.cargo(arguments, COMPARISONS[0].errbook)?;
    let nothing = scratch.cargo(arguments, COMPARISONS[0].errbook)?;
    print!("{}\n\n{}", scratch.versions()?, table(&rows));
    println!("\ncargo with nothing to do: {}", seconds(nothing));
    Ok(())
}

fn sizes(arguments: &[String]) -> Result<Vec<usize>> {
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
        sizes.extend(SIZES);
    }
    Ok(sizes)
}

/// One line of the table.
struct Row {
    size: usize,
    details: bool,
    command: &'static str,
    errbook: Vec<Duration>,
    /// Empty where it was not measured.
    by_hand: Vec<Duration>,
}

fn measure_size(scratch: &Scratch, size: usize) -> Result<Vec<Row>> {
    let errors = errors(size);
    // What the crates hold before and after an edit.
    let versions = [edited(&errors, "before"), edited(&errors, "after")];
    let start = Instant::now();
    let generated = [sources(&versions[0])?, sources(&versions[1])?];
    eprintln!(
        "{size} errors: generated in {} ({} bytes of Rust)",
        seconds(start.elapsed() / 2),
        generated[0].values().map(String::len).sum::<usize>(),
    );
    let mut rows = Vec::new();
    for comparison in &COMPARISONS {
        let by_hand = versions.each_ref().map(|errors| {
            let text = by_hand(errors, comparison.details);
            BTreeMap::from([("lib.rs".to_owned(), text)])
        });
        for (command, arguments) in COMMANDS {
            let mut crates = vec![(comparison.errbook, &generated)];
            if size <= LAST_SIZE_BY_HAND {
                crates.push((comparison.by_hand, &by_hand));
            }
            let rounds = if size < FEW_ROUNDS_FROM { 5 } else { 3 };
            let mut times = alternate(scratch, &crates, arguments, rounds)?.into_iter();
            rows.push(Row {
                size,
                details: comparison.details,
                command,
                errbook: times.next().unwrap_or_default(),
                by_hand: times.next().unwrap_or_default(),
            });
        }
    }
    Ok(rows)
}

/// The files of a crate below `src/`, by their paths.
type Sources = BTreeMap<String, String>;

/// Builds the crates in turn, each time after an edit; the times of each. The first build of each,
/// with all that it depends on, does not count.
fn alternate(
    scratch: &Scratch,
    crates: &[(&str, &[Sources; 2])],
    arguments: &[&str],
    rounds: usize,
) -> Result<Vec<Vec<Duration>>> {
    let mut times = vec![Vec::new(); crates.len()];
    for round in 0..=rounds {
        for ((package, versions), times) in crates.iter().zip(&mut times) {
            scratch.write_sources(package, &versions[round % 2])?;
            let time = scratch.cargo(arguments, package)?;
            if round > 0 {
                times.push(time);
            }
        }
    }
    Ok(times)
}

fn table(rows: &[Row]) -> String {
    let mut out = String::from(
        "| errors | build | details | errbook: median (min to max) | by hand: median (min to max) | ratio of medians (paired) |\n\
         |---:|---|---|---:|---:|---:|\n",
    );
    for row in rows {
        let ratio = if row.by_hand.is_empty() {
            String::new()
        } else {
            let pairs = row.by_hand.iter().zip(&row.errbook);
            let mut paired: Vec<f64> = pairs.map(|(b, a)| ratio(*b, *a)).collect();
            paired.sort_by(f64::total_cmp);
            format!(
                "{:.1} ({:.1} to {:.1})",
                ratio(median(&row.by_hand), median(&row.errbook)),
                paired[0],
                paired[paired.len() - 1],
            )
        };
        let _ = writeln!(
            out,
            "| {} | {} | {} | {} | {} | {ratio} |",
            row.size,
            row.command,
            if row.details { "yes" } else { "no" },
            spread(&row.errbook),
            spread(&row.by_hand),
        );
    }
    out
}

fn ratio(by_hand: Duration, errbook: Duration) -> f64 {
    by_hand.as_secs_f64() / errbook.as_secs_f64()
}

fn median(times: &[Duration]) -> Duration {
    let mut times = times.to_vec();
    times.sort();
    times[times.len() / 2]
}

fn spread(times: &[Duration]) -> String {
    match (times.iter().min(), times.iter().max()) {
        (Some(min), Some(max)) => format!(
            "{} ({} to {})",
            seconds(median(times)),
            seconds(*min),
            seconds(*max)
        ),
        _ => "not measured".to_owned(),
    }
}

fn seconds(time: Duration) -> String {
    format!("{:.2} s", time.as_secs_f64())
}

/// A workspace in the target folder with the measured packages. It stays there, so that the next run
/// has no dependency to compile.
struct Scratch {
    folder: PathBuf,
}

impl Scratch {
    fn new() -> Result<Self> {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("rebuild");
        let scratch = Self { folder };
        let members: Vec<&str> = COMPARISONS
            .iter()
            .flat_map(|comparison| [comparison.errbook, comparison.by_hand])
            .collect();
        scratch.write(
            "Cargo.toml",
            &format!("[workspace]\nmembers = {members:?}\nresolver = \"3\"\n"),
        )?;
        for comparison in &COMPARISONS {
            scratch.write_package(comparison.errbook, &errbook_dependency(comparison.details))?;
            scratch.write_package(comparison.by_hand, BY_HAND_DEPENDENCIES)?;
        }
        // Without a network, what an earlier run downloaded will do; if it does not, the builds say
        // what is missing.
        if let Err(error) = scratch.output(scratch.command("fetch")) {
            eprintln!("warning: dependencies could not be fetched: {error}");
        }
        Ok(scratch)
    }

    fn write(&self, path: &str, text: &str) -> io::Result<()> {
        let path = self.folder.join(path);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(path, text)
    }

    fn write_package(&self, name: &str, dependencies: &str) -> io::Result<()> {
        self.write(
            &format!("{name}/Cargo.toml"),
            &format!(
                "[package]\nname = {name:?}\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
                 [dependencies]\n{dependencies}\n"
            ),
        )?;
        self.write(&format!("{name}/src/lib.rs"), "")
    }

    fn write_sources(&self, package: &str, sources: &Sources) -> io::Result<()> {
        for (path, text) in sources {
            self.write(&format!("{package}/src/{path}"), text)?;
        }
        Ok(())
    }

    /// The time that cargo takes for a package.
    fn cargo(&self, arguments: &[&str], package: &str) -> Result<Duration> {
        let (subcommand, options) = arguments.split_first().ok_or("cargo needs a subcommand")?;
        let mut command = self.command(subcommand);
        command
            .args(options)
            .args(["--offline", "--package", package]);
        let start = Instant::now();
        self.output(command)?;
        Ok(start.elapsed())
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

    fn output(&self, mut command: Command) -> Result<String> {
        let output = command.output()?;
        if output.status.success() {
            return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
        }
        let messages = String::from_utf8_lossy(&output.stderr);
        let folder = self.folder.display();
        Err(format!("{command:?} in {folder} failed:\n{messages}").into())
    }

    /// The versions that the numbers hold for, and the cores of the machine.
    fn versions(&self) -> Result<String> {
        let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
        let mut command = Command::new(rustc);
        command.arg("--version");
        let mut versions = vec![self.output(command)?.trim().to_owned()];
        let lock = fs::read_to_string(self.folder.join("Cargo.lock")).unwrap_or_default();
        for name in ["thiserror", "strum", "serde"] {
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

/// The newest versions at the time of writing; all that a hand-written enum needs.
const BY_HAND_DEPENDENCIES: &str = "\
serde = { version = \"1\", features = [\"derive\"] }
strum = { version = \"0.28\", features = [\"derive\"] }
thiserror = \"2\"";

fn errbook_dependency(details: bool) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime");
    let features: &[&str] = if details { &["json"] } else { &[] };
    // As a string of TOML, whose escapes for a path are those of Rust.
    let path = path.to_string_lossy();
    format!("errbook = {{ path = {path:?}, features = {features:?} }}")
}

/// The same errors with the description of the middle one changed.
fn edited(errors: &[Entry], word: &str) -> Vec<Entry> {
    let mut errors = errors.to_vec();
    let middle = errors.len() / 2;
    errors[middle].description = format!("This is how the description reads {word} the edit.");
    errors
}

/// The sources of a crate around what errbook generates.
fn sources(errors: &[Entry]) -> Result<Sources> {
    let output = generate(&[Source::new("catalog/api.toml", catalog(errors))])
        .map_err(|report| report.to_string())?;
    let modules = output.files.under("rust");
    let mut sources: Sources = modules
        .iter()
        .map(|(path, text)| (format!("errors/{path}"), text.to_owned()))
        .collect();
    sources.insert("lib.rs".to_owned(), "pub mod errors;\n".to_owned());
    Ok(sources)
}

/// The errors as the enum that people write by hand.
fn by_hand(errors: &[Entry], details: bool) -> String {
    let mut out = String::from(
        "//! The errors of the Media API.\n\n\
         /// The errors of the Media API.\n\
         #[derive(\n    Debug, Clone, Copy, PartialEq, Eq, Hash,\n    \
         thiserror::Error, serde::Serialize, serde::Deserialize,\n    \
         strum::EnumString, strum::IntoStaticStr, strum::EnumIter, strum::EnumProperty,\n)]\n\
         #[non_exhaustive]\n\
         pub enum Code {\n",
    );
    for error in errors {
        let Entry {
            key,
            name,
            status,
            description,
            ..
        } = error;
        let _ = writeln!(out, "    /// `{key}`, status {status}: {description}");
        let mut properties = String::new();
        if let Some(action) = &error.action {
            let _ = writeln!(out, "    ///\n    /// Action: {action}");
            properties = format!(", props(action = {action:?})");
        }
        let _ = writeln!(
            out,
            "    #[error({description:?})]\n    #[strum(serialize = {key:?}{properties})]\n    \
             #[serde(rename = {key:?})]\n    {name},"
        );
    }
    out.push_str("}\n\n");
    out.push_str(&status_by_hand(errors));
    if details {
        out.push_str(&details_by_hand(errors));
    }
    out
}

/// One arm for each status, which compiles no slower than an arm for each variant.
fn status_by_hand(errors: &[Entry]) -> String {
    let mut arms: BTreeMap<u16, Vec<String>> = BTreeMap::new();
    for error in errors {
        let pattern = format!("Self::{}", error.name);
        arms.entry(error.status).or_default().push(pattern);
    }
    let mut out = String::from(
        "impl Code {\n    /// The HTTP status.\n    pub const fn status(self) -> u16 {\n        \
         match self {\n",
    );
    for (status, patterns) in arms {
        let patterns = patterns.join("\n            | ");
        let _ = writeln!(out, "            {patterns} => {status},");
    }
    out.push_str("        }\n    }\n}\n");
    out
}

fn details_by_hand(errors: &[Entry]) -> String {
    let mut out = String::from("\n/// The details of errors.\npub mod details {\n");
    for error in errors.iter().filter(|error| !error.details.is_empty()) {
        let _ = writeln!(
            out,
            "    /// The details of `{}`.\n    \
             #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]\n    \
             pub struct {} {{",
            error.key, error.name
        );
        for (name, _, ty) in &error.details {
            let _ = writeln!(out, "        /// The {name}.\n        pub {name}: {ty},");
        }
        out.push_str("    }\n");
    }
    out.push_str("}\n");
    out
}
