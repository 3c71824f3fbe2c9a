//! How long it takes to find an error by its code, and to read what is known of it.
//!
//! ```text
//! cargo bench --manifest-path benches/Cargo.toml --bench lookup
//! ```
//!
//! That is among 26, 256, 2048 and 16384 errors; `-- 100000` behind it, among so many.
//!
//! For each number of errors a program is made that has all of them in every way: what errbook generates,
//! a `match`, a map of phf, an enum that strum looks up with phf, and a `HashMap` of std's that is made
//! when the program starts. It asks for codes that there are, in no order, for codes that there are not,
//! and for codes after everything has been driven from the caches; then for the statuses and the descriptions
//! of errors, of what errbook generates and of an enum with a `match` for each. Each round, every way has its turn.
//! errbook's alone says which error a status and a code mean; the others find an enum's variant.
//!
//! Nothing here asserts a time. Before anything is measured, every way finds every error, and no other.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, ExitCode};

use errbook_benches::catalogs::{Entry, errors};
use errbook_benches::hand_written::{matches, phf_map, plain, strum_phf};
use errbook_benches::scratch::{
    self, Result, Scratch, Spread, errbook_dependency, generated, is_measured, output, sizes,
};

/// The numbers of errors that are measured when none is given.
const SIZES: [usize; 4] = [26, 256, 2048, 16384];

/// Past this many errors, strum's derive takes minutes, and so does a `match`.
const LAST_SIZE_OF_ALL: usize = 4096;

/// For 100,000 errors, phf's macro takes more memory than 24 GiB.
const LAST_SIZE_OF_PHF: usize = 32_768;

/// How many turns each way has.
const ROUNDS: &str = "101";

/// The program, which tells how long every way takes.
const PROGRAM: &str = include_str!("programs/lookup.rs");

fn main() -> ExitCode {
    scratch::main(run)
}

fn run(arguments: &[String]) -> Result<()> {
    let scratch = scratch()?;
    if !is_measured(arguments) {
        measure(&scratch, SIZES[0], "1")?;
        println!("nothing is measured: use `cargo bench`");
        return Ok(());
    }
    println!("{}\n", scratch.versions(&["phf", "strum"])?);
    println!("| errors | question | | ns: median (quartiles) | of errbook's (paired) |");
    println!("|---:|---|---|---:|---:|");
    for size in sizes(arguments, &SIZES)? {
        print!("{}", measure(&scratch, size, ROUNDS)?);
    }
    Ok(())
}

fn scratch() -> Result<Scratch> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("lookup");
    let dependencies = "\
phf = { version = \"0.14\", features = [\"macros\"] }
strum = { version = \"0.28\", features = [\"derive\", \"phf\"] }
";
    let dependencies = dependencies.to_owned() + &errbook_dependency(&[]);
    Scratch::new(folder, [("lookup", dependencies)])
}

/// The rows of the table for so many errors.
fn measure(scratch: &Scratch, size: usize, rounds: &str) -> Result<String> {
    let known = errors(size);
    // Those of another seed, but for what both have.
    let keys_of_known: HashSet<&str> = known.iter().map(|error| error.key.as_str()).collect();
    let mut unknown = errors(size + 1);
    unknown.retain(|error| !keys_of_known.contains(error.key.as_str()));
    let up_to = |last: usize| {
        if size <= last {
            &known[..]
        } else {
            &known[..1]
        }
    };
    let (small, of_phf) = (up_to(LAST_SIZE_OF_ALL), up_to(LAST_SIZE_OF_PHF));
    let mut left_out = Vec::new();
    if size > LAST_SIZE_OF_ALL {
        left_out.extend(["match", "strum with phf"]);
    }
    if size > LAST_SIZE_OF_PHF {
        left_out.push("phf");
    }
    let codes = format!(
        "pub const KNOWN: &[&str] = &{:?};\npub const UNKNOWN: &[&str] = &{:?};\n\
         pub const LEFT_OUT: &[&str] = &{left_out:?};\n",
        keys(&known),
        keys(&unknown),
    );
    let mut sources = generated(&known)?;
    let files = [
        ("by_match.rs", matches(small)),
        ("by_phf.rs", plain(of_phf) + &phf_map(of_phf)),
        ("by_strum.rs", strum_phf(small)),
        ("codes.rs", codes),
        ("main.rs", format!("#![allow(dead_code)]\n\n{PROGRAM}")),
    ];
    sources.extend(files.map(|(path, text)| (path.to_owned(), text)));
    scratch.write_sources("lookup", &sources)?;
    scratch.cargo(&["build", "--release"], "lookup")?;
    let mut command = Command::new(scratch.program("lookup"));
    command.arg(rounds);
    table(size, &output(command)?)
}

fn keys(errors: &[Entry]) -> Vec<&str> {
    errors.iter().map(|error| error.key.as_str()).collect()
}

/// The rows for what the program has printed: a question, a way, and the turns that it had.
fn table(size: usize, printed: &str) -> Result<String> {
    let mut rows = String::new();
    let mut first: (&str, Vec<f64>) = ("", Vec::new());
    for line in printed.lines() {
        let mut parts = line.split('\t');
        let mut next = || parts.next().ok_or("three parts are printed");
        let (question, way, turns) = (next()?, next()?, next()?);
        let turns: Vec<f64> = turns
            .split(' ')
            .map(str::parse)
            .collect::<std::result::Result<_, _>>()?;
        if first.0 != question {
            first = (question, turns.clone());
        }
        let time = Spread::of(turns.iter().copied());
        let ratio = Spread::of_ratios(&turns, &first.1);
        let _ = writeln!(
            rows,
            "| {size} | {question} | {way} | {time:.1} | {ratio:.2} |"
        );
    }
    Ok(rows)
}
