//! How long it takes to generate from a catalog, and how much memory.
//!
//! ```text
//! cargo bench --manifest-path benches/Cargo.toml --bench generator --features peers
//! ```
//!
//! That is of 26, 256, 2048 and 16384 errors; `-- 100000` behind it, of so many. Without `--features
//! peers`, which takes minutes to compile, errbook is measured alone, and against the floor: `toml`,
//! which only parses the catalog.
//!
//! Every peer makes Rust of the same errors, with their descriptions: prost-build an enum of a Protobuf
//! file that protox has read, typify an enum of a JSON Schema, conjure-codegen a struct of each error of a
//! Conjure definition, and typify and conjure-codegen what serde needs. None of them writes a page, nor
//! an example. Each is run in a process of its own, alternately with the others, reads its input from a file
//! and keeps what it makes in memory; only conjure-codegen cannot but write it.
//!
//! Nothing here asserts a time. The exit status is 0 unless something cannot be generated.

#[cfg(feature = "peers")]
mod peers;

use std::env;
use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use errbook_benches::catalogs::{Entry, catalog, errors};
use errbook_codegen::{OutputKind, Source, check};
use toml::de::DeTable;

/// The numbers of errors that are measured when none is given.
const SIZES: [usize; 4] = [26, 256, 2048, 16384];

/// How often each is run; the first time does not count.
const ROUNDS: usize = 7;

/// From this many errors on, three rounds are enough: the differences are far above the noise.
const FEW_ROUNDS_FROM: usize = 10_000;

/// Before the name of a contestant and a folder: to run that one and no other, in this process.
const RUN: &str = "--run";

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// Something that makes something of errors.
struct Contestant {
    name: &'static str,
    /// The file that it reads.
    input: &'static str,
    /// The errors as that file.
    write: fn(&[Entry]) -> Result<String>,
    /// Reads the file and makes as many bytes as it says.
    run: fn(&Path) -> Result<usize>,
}

/// Those of errbook, the first of which the others are measured against, and the floor.
const CONTESTANTS: [Contestant; 4] = [
    Contestant {
        name: "errbook, Rust and pages",
        input: "catalog.toml",
        write: |errors| Ok(catalog(errors)),
        run: |file| generated(file, &[OutputKind::Rust, OutputKind::Docs]),
    },
    Contestant {
        name: "errbook, Rust alone",
        input: "catalog.toml",
        write: |errors| Ok(catalog(errors)),
        run: |file| generated(file, &[OutputKind::Rust]),
    },
    Contestant {
        name: "errbook, every output",
        input: "catalog.toml",
        write: |errors| Ok(catalog(errors)),
        run: |file| generated(file, OutputKind::ALL),
    },
    Contestant {
        name: "toml alone",
        input: "catalog.toml",
        write: |errors| Ok(catalog(errors)),
        run: toml_alone,
    },
];

#[cfg(not(feature = "peers"))]
const PEERS: [Contestant; 0] = [];
#[cfg(feature = "peers")]
use peers::PEERS;

fn contestants() -> impl Iterator<Item = &'static Contestant> {
    CONTESTANTS.iter().chain(&PEERS)
}

fn generated(file: &Path, outputs: &[OutputKind]) -> Result<usize> {
    let source = Source::new("catalog/api.toml", fs::read_to_string(file)?);
    let checked = check(source).map_err(|report| report.to_string())?;
    let files = checked.files(outputs.iter().copied());
    Ok(files.iter().map(|(_, text)| text.len()).sum())
}

fn toml_alone(file: &Path) -> Result<usize> {
    let text = fs::read_to_string(file)?;
    Ok(DeTable::parse(&text)?.get_ref().len())
}

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let result = match arguments.as_slice() {
        [run, name, folder] if run == RUN => run_one(name, Path::new(folder)),
        arguments => run_all(arguments),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Runs one contestant, and prints what it took as [`Measured`] reads it.
fn run_one(name: &str, folder: &Path) -> Result<()> {
    let contestant = contestants()
        .find(|contestant| contestant.name == name)
        .ok_or("there is no such contestant")?;
    let start = Instant::now();
    let made = (contestant.run)(&folder.join(contestant.input))?;
    let time = start.elapsed();
    println!("{} {made} {}", time.as_nanos(), peak_memory()?);
    Ok(())
}

/// The most memory that this process has held, in KiB; 0 where the system does not say.
fn peak_memory() -> Result<u64> {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let Some(peak) = peak else { return Ok(0) };
    Ok(peak.trim().trim_end_matches("kB").trim().parse()?)
}

/// What a run took.
struct Measured {
    time: Duration,
    bytes: u64,
    /// In KiB.
    memory: u64,
}

fn run_all(arguments: &[String]) -> Result<()> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("generator");
    // Only `cargo bench` passes this; `cargo test --benches` runs the program without it, and
    // asks whether it works, not how long things take.
    if !arguments.iter().any(|argument| argument == "--bench") {
        measure(&folder, SIZES[0], 1)?;
        println!("nothing is measured: use `cargo bench`");
        return Ok(());
    }
    let mut sizes = Vec::new();
    for argument in arguments.iter().filter(|argument| *argument != "--bench") {
        let size = argument.parse();
        sizes.push(size.map_err(|_| format!("`{argument}` is no number of errors, such as 2048"))?);
    }
    if sizes.is_empty() {
        sizes.extend(SIZES);
    }
    println!(
        "| errors | | time: median (min to max) | of errbook's (paired) | memory | made |\n\
         |---:|---|---:|---:|---:|---:|"
    );
    for size in sizes {
        let rounds = if size < FEW_ROUNDS_FROM { ROUNDS } else { 3 };
        print!("{}", table(size, &measure(&folder, size, rounds)?));
    }
    Ok(())
}

/// What each contestant takes, round by round.
fn measure(folder: &Path, size: usize, rounds: usize) -> Result<Vec<Vec<Measured>>> {
    let folder = folder.join(size.to_string());
    fs::create_dir_all(&folder)?;
    let errors = errors(size);
    for contestant in contestants() {
        fs::write(folder.join(contestant.input), (contestant.write)(&errors)?)?;
    }
    let mut measured: Vec<Vec<Measured>> = contestants().map(|_| Vec::new()).collect();
    for round in 0..=rounds {
        for (contestant, measured) in contestants().zip(&mut measured) {
            let one = in_process(contestant, &folder)?;
            if round > 0 {
                measured.push(one);
            }
        }
    }
    Ok(measured)
}

fn in_process(contestant: &Contestant, folder: &Path) -> Result<Measured> {
    let program: PathBuf = env::current_exe()?;
    let output = Command::new(program)
        .args([RUN, contestant.name])
        .arg(folder)
        .output()?;
    if !output.status.success() {
        let messages = String::from_utf8_lossy(&output.stderr);
        return Err(format!("{}: {messages}", contestant.name).into());
    }
    let printed = String::from_utf8(output.stdout)?;
    // What a peer prints comes before.
    let last = printed.lines().last().unwrap_or_default();
    let mut numbers = last.split(' ').map(str::parse);
    let mut next = || numbers.next().ok_or("three numbers are printed");
    Ok(Measured {
        time: Duration::from_nanos(next()??),
        bytes: next()??,
        memory: next()??,
    })
}

fn table(size: usize, measured: &[Vec<Measured>]) -> String {
    let mut out = String::new();
    for (contestant, own) in contestants().zip(measured) {
        let milliseconds = |one: &Measured| one.time.as_secs_f64() * 1e3;
        let times = sorted(own.iter().map(milliseconds));
        let pairs = own.iter().zip(&measured[0]);
        let ratios = sorted(pairs.map(|(own, errbook)| milliseconds(own) / milliseconds(errbook)));
        let memory = sorted(own.iter().map(|one| mebibytes(one.memory)));
        let _ = writeln!(
            out,
            "| {size} | {} | {:.1} ms ({:.1} to {:.1}) | {:.2} ({:.2} to {:.2}) | {:.0} MiB | {:.1} MiB |",
            contestant.name,
            times[times.len() / 2],
            times[0],
            times[times.len() - 1],
            ratios[ratios.len() / 2],
            ratios[0],
            ratios[ratios.len() - 1],
            memory[memory.len() / 2],
            mebibytes(own[0].bytes / 1024),
        );
    }
    out
}

fn sorted(numbers: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut numbers: Vec<f64> = numbers.collect();
    numbers.sort_by(f64::total_cmp);
    numbers
}

#[expect(clippy::cast_precision_loss, reason = "a tenth is as much as is shown")]
fn mebibytes(kibibytes: u64) -> f64 {
    kibibytes as f64 / 1024.0
}
