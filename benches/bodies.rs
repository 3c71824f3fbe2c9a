//! How long it takes to read and to write an error body, and how often memory is allocated for it.
//!
//! ```text
//! cargo bench --manifest-path benches/Cargo.toml --bench bodies
//! ```
//!
//! The same bodies go through what errbook generates and through what people write by hand, in turns
//! and in one process. The comparison favours the code by hand: each of its types fits the one error
//! that comes, while errbook finds out which of the catalog it is, and takes any other.
//!
//! Nothing here asserts a time. Before anything is measured, both sides have read the same values and
//! written equal JSON.

use std::env;
use std::error::Error;
use std::process::Command;
use std::time::{Duration, Instant};

use errbook_benches::{Table, Work, tables};

/// How many turns each way has.
const ROUNDS: usize = 101;

/// How long a turn takes, about: the clock is of no account then, and few turns are interrupted.
const TURN: Duration = Duration::from_micros(300);

fn main() -> Result<(), Box<dyn Error>> {
    let tables = tables();
    let counts = allocations()?;
    let mut counts = counts.split_whitespace();
    // Only `cargo bench` passes this; `cargo test --benches` runs the program without it, and asks
    // whether it works, not how long things take.
    if !env::args().any(|argument| argument == "--bench") {
        println!("nothing is measured: use `cargo bench`");
        return Ok(());
    }
    println!("In each cell: the time, the allocations, the ratio of the time to that by hand.");
    for table in tables {
        print(&table, &mut counts);
    }
    Ok(())
}

/// How often each way allocates. A program of its own counts, because an allocator that counts takes
/// longer, and the more often something allocates.
fn allocations() -> Result<String, Box<dyn Error>> {
    let output = Command::new(env!("CARGO_BIN_EXE_allocations")).output()?;
    if output.status.success() {
        Ok(String::from_utf8(output.stdout)?)
    } else {
        Err(String::from_utf8_lossy(&output.stderr).into())
    }
}

fn print<'a>(table: &Table, allocations: &mut impl Iterator<Item = &'a str>) {
    println!("\n| | {} |", table.columns.join(" | "));
    println!("|---|{}", "---:|".repeat(table.columns.len()));
    for (name, ways) in &table.rows {
        let medians = medians(ways);
        let cell = |median: &f64| {
            let (ratio, allocations) = (median / medians[0], allocations.next().unwrap_or("?"));
            format!("{median:.0} ns, {allocations}, **{ratio:.2}**")
        };
        let cells: Vec<String> = medians.iter().map(cell).collect();
        println!("| {name} | {} |", cells.join(" | "));
    }
}

/// The nanoseconds that each way takes: the medians over the rounds, in each of which every way has
/// its turn.
fn medians(ways: &[Work]) -> Vec<f64> {
    let times: Vec<u32> = ways.iter().map(times_in_a_turn).collect();
    let mut turns = vec![Vec::new(); ways.len()];
    for _ in 0..ROUNDS {
        for ((way, times), turns) in ways.iter().zip(&times).zip(&mut turns) {
            let nanoseconds = turn(way, *times).as_secs_f64() * 1e9;
            turns.push(nanoseconds / f64::from(*times));
        }
    }
    let median = |turns: &mut Vec<f64>| {
        turns.sort_by(f64::total_cmp);
        turns[turns.len() / 2]
    };
    turns.iter_mut().map(median).collect()
}

/// How often something is done in a turn.
fn times_in_a_turn(way: &Work) -> u32 {
    let mut times = 1;
    while turn(way, times) < TURN {
        times *= 2;
    }
    times
}

fn turn(way: &Work, times: u32) -> Duration {
    let start = Instant::now();
    way(times);
    start.elapsed()
}
