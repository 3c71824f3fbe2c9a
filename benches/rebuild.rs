//! How long a crate takes to rebuild after one row of its error table was edited.
//!
//! ```text
//! cargo bench --manifest-path benches/Cargo.toml --bench rebuild
//! ```
//!
//! That is of 26, 256 and 2048 errors; `-- 2048 16384` behind it, of so many.
//!
//! The crates hold the same errors: one what errbook generates; one the enum that people write by hand
//! with thiserror, strum and serde; one an enum with a `match` for each accessor. Where errbook reads and
//! writes bodies, it is measured against the derives alone, which then have a struct for the details of
//! each error that has some; and against the same with an enum over these structs, and the functions that
//! read it from JSON text and write it: what serde derives is compiled where somebody calls it. One description changes, and the time that cargo takes from there is
//! measured, `check` and `build --release`, of one crate after the other. The comparison favours the
//! hand-written crates: they have no categories, no catalog at run time and no envelope, and
//! where two ways of writing something are common, they have the one that compiles no slower.
//!
//! Nothing here asserts a time. The exit status is 0 unless a build fails.

use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use errbook_benches::catalogs::{Entry, errors};
use errbook_benches::hand_written::{DERIVES, Details, JSON, derives, matches};
use errbook_benches::scratch::{
    self, Result, Scratch, Sources, Spread, Way, errbook_dependency, generated, is_measured, sizes,
};

/// The numbers of errors that are measured when none is given.
const SIZES: [usize; 3] = [26, 256, 2048];

/// Past this many errors, only errbook is measured: one build of the others takes minutes.
const LAST_SIZE_BY_HAND: usize = 4096;

/// From this many errors on, three rounds are enough: the differences are far above the noise.
const FEW_ROUNDS_FROM: usize = 2048;

/// What is run, with the words for it in the table.
const COMMANDS: [(&str, &[&str]); 2] =
    [("check", &["check"]), ("release", &["build", "--release"])];

/// The first of each is what the others are measured against.
const COMPARISONS: [&[Way]; 2] = [
    &[
        Way {
            name: "errbook",
            package: "errbook-plain",
            sources: by_errbook,
        },
        Way {
            name: "derives",
            package: "derives-plain",
            sources: |errors| Ok(library(derives(errors, Details::None))),
        },
        Way {
            name: "a `match` each",
            package: "matches",
            sources: |errors| Ok(library(matches(errors))),
        },
    ],
    &[
        Way {
            name: "errbook, with bodies",
            package: "errbook-details",
            sources: by_errbook,
        },
        Way {
            name: "derives, with structs",
            package: "derives-details",
            sources: |errors| Ok(library(derives(errors, Details::Structs))),
        },
        Way {
            name: "derives, with structs that are read and written",
            package: "derives-bodies",
            sources: |errors| Ok(library(derives(errors, Details::ReadAndWritten))),
        },
    ],
];

fn main() -> ExitCode {
    scratch::main(run)
}

fn run(arguments: &[String]) -> Result<()> {
    if !is_measured(arguments) {
        let errors = errors(SIZES[0]);
        for way in COMPARISONS.iter().copied().flatten() {
            (way.sources)(&errors)?;
        }
        println!("nothing is measured: use `cargo bench`");
        return Ok(());
    }
    let sizes = sizes(arguments, &SIZES)?;
    let scratch = scratch()?;
    println!("{}\n", scratch.versions(&["thiserror", "strum", "serde"])?);
    println!("| errors | build | | seconds: median (quartiles) | of errbook's (paired) |");
    println!("|---:|---|---|---:|---:|");
    for size in sizes {
        for ways in COMPARISONS {
            measure(&scratch, size, ways)?;
        }
    }
    // Every time holds that of cargo itself, which finds nothing to do the second time.
    let (_, arguments) = COMMANDS[0];
    scratch.cargo(arguments, COMPARISONS[0][0].package)?;
    let nothing = scratch.cargo(arguments, COMPARISONS[0][0].package)?;
    println!("\ncargo with nothing to do: {:.2} s", nothing.as_secs_f64());
    Ok(())
}

fn scratch() -> Result<Scratch> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("rebuild");
    let packages = [
        ("errbook-plain", errbook_dependency(&[])),
        ("errbook-details", errbook_dependency(&["json"])),
        ("derives-plain", DERIVES.to_owned()),
        ("derives-details", DERIVES.to_owned()),
        ("derives-bodies", format!("{DERIVES}\n{JSON}")),
        ("matches", String::new()),
    ];
    Scratch::new(folder, packages)
}

fn by_errbook(errors: &[Entry]) -> Result<Sources> {
    let mut sources = generated(errors)?;
    sources.insert("lib.rs".to_owned(), "pub mod errors;\n".to_owned());
    Ok(sources)
}

fn library(text: String) -> Sources {
    Sources::from([("lib.rs".to_owned(), text)])
}

/// Prints the rows of a comparison.
fn measure(scratch: &Scratch, size: usize, ways: &[Way]) -> Result<()> {
    let errors = errors(size);
    let by_hand = if size > LAST_SIZE_BY_HAND {
        1
    } else {
        ways.len()
    };
    let ways = &ways[..by_hand];
    // What the crates hold before and after an edit.
    let versions = [edited(&errors, "before"), edited(&errors, "after")];
    let versions: Vec<[Sources; 2]> = ways
        .iter()
        .map(|way| Ok([(way.sources)(&versions[0])?, (way.sources)(&versions[1])?]))
        .collect::<Result<_>>()?;
    for (command, arguments) in COMMANDS {
        let rounds = if size < FEW_ROUNDS_FROM { 5 } else { 3 };
        let times = alternate(scratch, ways, &versions, arguments, rounds)?;
        for (way, own) in ways.iter().zip(&times) {
            let time = Spread::of(own.iter().copied());
            let ratio = Spread::of_ratios(own, &times[0]);
            println!(
                "| {size} | {command} | {} | {time:.2} | {ratio:.1} |",
                way.name
            );
        }
    }
    Ok(())
}

/// Builds the crates in turn, each time after an edit; the seconds of each. The first build of each,
/// with all that it depends on, does not count.
fn alternate(
    scratch: &Scratch,
    ways: &[Way],
    versions: &[[Sources; 2]],
    arguments: &[&str],
    rounds: usize,
) -> Result<Vec<Vec<f64>>> {
    let mut times = vec![Vec::new(); ways.len()];
    for round in 0..=rounds {
        for ((way, versions), times) in ways.iter().zip(versions).zip(&mut times) {
            scratch.write_sources(way.package, &versions[round % 2])?;
            let time: Duration = scratch.cargo(arguments, way.package)?;
            if round > 0 {
                times.push(time.as_secs_f64());
            }
        }
    }
    Ok(times)
}

/// The same errors with the description of the middle one changed.
fn edited(errors: &[Entry], word: &str) -> Vec<Entry> {
    let mut errors = errors.to_vec();
    let middle = errors.len() / 2;
    errors[middle].description = format!("This is how the description reads {word} the edit.");
    errors
}
