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
//! and keeps what it makes in memory; only conjure-codegen cannot but write it. One that would take minutes
//! for so many errors is left out.
//!
//! A second table is of projects in which nothing has changed since all of it was generated: what `cargo
//! errbook generate` does there, but for its command line, in a process that is measured from its start to its
//! end. It must write nothing.
//!
//! Nothing here asserts a time. The exit status is 0 unless something cannot be generated.

#[cfg(feature = "peers")]
mod peers;

use std::collections::BTreeMap;
use std::env;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::{Instant, SystemTime};

use errbook_benches::catalogs::{Entry, catalog, errors};
use errbook_benches::scratch::{self, Result, Spread, is_measured, output, sizes};
use errbook_codegen::__private::check;
use errbook_codegen::{Input, OutputKind, Settings, Source};
use toml::de::DeTable;

/// The numbers of errors that are measured when none is given.
const SIZES: [usize; 4] = [26, 256, 2048, 16384];

/// How often each is run; the first time does not count.
const ROUNDS: usize = 7;

/// From this many errors on, three rounds are enough: the differences are far above the noise.
const FEW_ROUNDS_FROM: usize = 10_000;

/// Before the name of a contestant and a folder: to run that one and no other, in this process.
const RUN: &str = "--run";

/// Before the folder of a project: to generate there, in this process.
const GENERATE: &str = "--generate";

/// Something that makes something of errors.
struct Contestant {
    name: &'static str,
    /// The file that it reads.
    input: &'static str,
    /// The errors as that file.
    write: fn(&[Entry]) -> Result<String>,
    /// Reads the file and makes as many bytes as it says.
    run: fn(&Path) -> Result<usize>,
    /// Of more errors than these, it would take minutes.
    most: usize,
}

/// Those of errbook, the first of which the others are measured against, and the floor.
const CONTESTANTS: [Contestant; 4] = [
    Contestant {
        name: "errbook, Rust and pages",
        input: "catalog.toml",
        write: |errors| Ok(catalog(errors)),
        run: |file| generated(file, &[OutputKind::Rust, OutputKind::Docs]),
        most: usize::MAX,
    },
    Contestant {
        name: "errbook, Rust alone",
        input: "catalog.toml",
        write: |errors| Ok(catalog(errors)),
        run: |file| generated(file, &[OutputKind::Rust]),
        most: usize::MAX,
    },
    Contestant {
        name: "errbook, every output",
        input: "catalog.toml",
        write: |errors| Ok(catalog(errors)),
        run: |file| generated(file, OutputKind::ALL),
        most: usize::MAX,
    },
    Contestant {
        name: "toml alone",
        input: "catalog.toml",
        write: |errors| Ok(catalog(errors)),
        run: toml_alone,
        most: usize::MAX,
    },
];

#[cfg(not(feature = "peers"))]
const PEERS: [Contestant; 0] = [];
#[cfg(feature = "peers")]
use peers::PEERS;

fn contestants(size: usize) -> impl Iterator<Item = &'static Contestant> {
    let all = CONTESTANTS.iter().chain(&PEERS);
    all.filter(move |contestant| size <= contestant.most)
}

fn generated(file: &Path, outputs: &[OutputKind]) -> Result<usize> {
    let source = Source::new("catalog/api.toml", fs::read_to_string(file)?);
    let checked = check(source)
        .into_result()
        .map_err(|report| report.to_string())?;
    let files = checked.files(outputs.iter().copied());
    Ok(files.iter().map(|(_, _, text)| text.len()).sum())
}

fn toml_alone(file: &Path) -> Result<usize> {
    let text = fs::read_to_string(file)?;
    Ok(DeTable::parse(&text)?.get_ref().len())
}

/// Generates all outputs of a project, and writes what is not fresh.
fn generate(project: &Path) -> Result<()> {
    let checked = check(Input::read_project(project))
        .into_result()
        .map_err(|report| report.to_string())?;
    let files = checked.files(OutputKind::ALL.iter().copied());
    files.write_to(&project.join(Settings::GENERATED))?;
    Ok(())
}

fn main() -> ExitCode {
    scratch::main(|arguments| match arguments {
        [run, name, folder] if run == RUN => run_one(name, Path::new(folder)),
        [run, project] if run == GENERATE => generate(Path::new(project)),
        arguments => run_all(arguments),
    })
}

/// Runs one contestant, and prints what it took as [`Measured`] reads it.
fn run_one(name: &str, folder: &Path) -> Result<()> {
    let contestant = contestants(0)
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
    milliseconds: f64,
    /// What it made.
    bytes: f64,
    /// In KiB.
    memory: f64,
}

fn run_all(arguments: &[String]) -> Result<()> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("generator");
    if !is_measured(arguments) {
        measure(&folder, SIZES[0], 1)?;
        fresh(&folder, SIZES[0], 1)?;
        println!("nothing is measured: use `cargo bench`");
        return Ok(());
    }
    let rounds = |size| if size < FEW_ROUNDS_FROM { ROUNDS } else { 3 };
    let sizes = sizes(arguments, &SIZES)?;
    println!(
        "| errors | | ms: median (quartiles) | of errbook's (paired) | memory | made |\n\
         |---:|---|---:|---:|---:|---:|"
    );
    for &size in &sizes {
        print!("{}", table(size, &measure(&folder, size, rounds(size))?));
    }
    println!("\n| nothing changed | files | ms: median (quartiles) |\n|---|---:|---:|");
    print!("{}", fresh(&folder, 0, ROUNDS)?);
    for &size in &sizes {
        print!("{}", fresh(&folder, size, rounds(size))?);
    }
    Ok(())
}

/// What each contestant takes, round by round.
fn measure(folder: &Path, size: usize, rounds: usize) -> Result<Vec<Vec<Measured>>> {
    let folder = folder.join(size.to_string());
    fs::create_dir_all(&folder)?;
    let errors = errors(size);
    for contestant in contestants(size) {
        fs::write(folder.join(contestant.input), (contestant.write)(&errors)?)?;
    }
    let mut measured: Vec<Vec<Measured>> = contestants(size).map(|_| Vec::new()).collect();
    for round in 0..=rounds {
        for (contestant, measured) in contestants(size).zip(&mut measured) {
            let one = in_process(contestant, &folder)?;
            if round > 0 {
                measured.push(one);
            }
        }
    }
    Ok(measured)
}

fn in_process(contestant: &Contestant, folder: &Path) -> Result<Measured> {
    let mut command = Command::new(env::current_exe()?);
    command.args([RUN, contestant.name]).arg(folder);
    let printed = output(command)?;
    // What a peer prints comes before.
    let last = printed.lines().last().unwrap_or_default();
    let mut numbers = last.split(' ').map(str::parse::<f64>);
    let mut next = || numbers.next().ok_or("three numbers are printed");
    Ok(Measured {
        milliseconds: next()?? / 1e6,
        bytes: next()??,
        memory: next()??,
    })
}

fn table(size: usize, measured: &[Vec<Measured>]) -> String {
    let mut out = String::new();
    let times = |own: &[Measured]| -> Vec<f64> { own.iter().map(|one| one.milliseconds).collect() };
    let first = times(&measured[0]);
    for (contestant, own) in contestants(size).zip(measured) {
        let _ = writeln!(
            out,
            "| {size} | {} | {:.1} | {:.2} | {:.0} MiB | {:.1} MiB |",
            contestant.name,
            Spread::of(times(own)),
            Spread::of_ratios(&times(own), &first),
            Spread::of(own.iter().map(|one| one.memory)).median() / 1024.0,
            own[0].bytes / f64::from(1 << 20),
        );
    }
    out
}

/// The row for a project of so many errors where all is fresh, or for that of this repository's own catalogs.
fn fresh(folder: &Path, size: usize, rounds: usize) -> Result<String> {
    let project = folder.join(format!("fresh-{size}"));
    let catalogs = project.join(Settings::CATALOGS);
    fs::create_dir_all(&catalogs)?;
    let name = if size == 0 {
        let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("../catalog");
        for entry in fs::read_dir(own)? {
            let entry = entry?;
            fs::copy(entry.path(), catalogs.join(entry.file_name()))?;
        }
        "this repository".to_owned()
    } else {
        fs::write(catalogs.join("api.toml"), catalog(&errors(size)))?;
        format!("{size} errors")
    };
    generate(&project)?;
    let before = written(&project)?;
    let mut times = Vec::new();
    for round in 0..=rounds {
        let mut command = Command::new(env::current_exe()?);
        command.arg(GENERATE).arg(&project);
        let start = Instant::now();
        output(command)?;
        if round > 0 {
            times.push(start.elapsed().as_secs_f64() * 1e3);
        }
    }
    if written(&project)? != before {
        return Err(format!("of {name}, something was written that was fresh").into());
    }
    let files = before.keys().filter(|path| path.is_file()).count();
    let times = Spread::of(times);
    Ok(format!("| {name} | {files} | {times:.1} |\n"))
}

/// When each file and folder of what is generated was written.
fn written(project: &Path) -> Result<BTreeMap<PathBuf, SystemTime>> {
    let mut written = BTreeMap::new();
    let mut left = vec![project.join(Settings::GENERATED)];
    while let Some(path) = left.pop() {
        let metadata = fs::metadata(&path)?;
        if metadata.is_dir() {
            for entry in fs::read_dir(&path)? {
                left.push(entry?.path());
            }
        }
        written.insert(path, metadata.modified()?);
    }
    Ok(written)
}
