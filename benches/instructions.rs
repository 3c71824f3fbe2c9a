//! How many instructions it takes to read and to write an error body.
//!
//! ```text
//! cargo bench --manifest-path benches/Cargo.toml --bench instructions
//! ```
//!
//! What `bodies` times, callgrind counts: the same program on the same input gives the same number each time,
//! whatever else the machine does. It needs valgrind. Where that is missing, nothing is counted.
//!
//! Nothing here asserts a number.

use std::env;
use std::process::{Command, ExitCode};

use errbook_benches::scratch::{self, Result, is_measured};
use errbook_benches::{Work, tables};

/// Before the index of a way and how often it goes: to do that and nothing else, in this process.
const RUN: &str = "--run";

/// How often each goes, so that what comes but once is a small part.
const TIMES: u32 = 100;

fn main() -> ExitCode {
    scratch::main(|arguments| match arguments {
        [run, index, times] if run == RUN => run_one(index, times),
        _ => run_all(arguments),
    })
}

fn run_one(index: &str, times: &str) -> Result<()> {
    let tables = tables();
    let rows = tables.iter().flat_map(|table| &table.rows);
    let mut ways = rows.flat_map(|(_, ways)| ways);
    let way: &Work = ways.nth(index.parse()?).ok_or("there is no such way")?;
    way(times.parse()?);
    Ok(())
}

fn run_all(arguments: &[String]) -> Result<()> {
    if Command::new("valgrind").arg("--version").output().is_err() {
        println!("nothing is counted: there is no valgrind");
        return Ok(());
    }
    let mut index = 0;
    for table in tables() {
        println!("| instructions | {} |", table.columns.join(" | "));
        println!("|---|{}", "---:|".repeat(table.columns.len()));
        for (name, ways) in &table.rows {
            let mut counts = Vec::new();
            for _ in ways {
                counts.push((counted(index, TIMES + 1)? - counted(index, 1)?) / f64::from(TIMES));
                index += 1;
            }
            let cell = |count: &f64| format!("{count:.0}, **{:.2}**", count / counts[0]);
            let cells: Vec<String> = counts.iter().map(cell).collect();
            println!("| {name} | {} |", cells.join(" | "));
            if !is_measured(arguments) {
                println!("the rest is not counted: use `cargo bench`");
                return Ok(());
            }
        }
        println!();
    }
    Ok(())
}

/// The instructions of a process in which a way goes so many times.
fn counted(index: usize, times: u32) -> Result<f64> {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(env::current_exe()?)
        .args([RUN, &index.to_string(), &times.to_string()])
        .output()?;
    let told = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() {
        return Err(told.into());
    }
    let count = told.lines().find_map(|line| line.split_once("Collected :"));
    let (_, count) = count.ok_or("callgrind tells how many instructions it has collected")?;
    Ok(count.trim().parse()?)
}
