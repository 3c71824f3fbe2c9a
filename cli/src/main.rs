//! `cargo errbook`: checks error catalogs and generates code and reference pages from them.

mod check;
mod diff;
mod explain;
mod generate;
mod list;
mod schema;

mod project;
mod report;

mod annotation;
mod json;
mod repository;
mod unified;
mod watch;

mod errors;
mod lookup;
mod record;

mod highlight;
mod markdown;
mod terminal;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::builder::styling::{AnsiColor, Style};
use clap::{Parser, Subcommand};

use crate::project::Global;

/// One source for an API's error codes: typed Rust and reference pages from TOML catalogs.
#[derive(Debug, Parser)]
#[command(name = "cargo errbook", bin_name = "cargo errbook", version, styles = clap::builder::Styles::styled())]
struct Cli {
    #[command(flatten)]
    global: Global,

    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Say what is wrong with the catalogs, and what lints have found; writes nothing
    Check(check::Args),
    /// Write the Rust code and the pages of every catalog, or say what is stale
    Generate(generate::Args),
    /// Show an error of the catalogs, or say what a finding means
    Explain(explain::Args),
    /// List the errors of the catalogs, all or those that are asked for
    List(list::Args),
    /// Say what changed between two versions of the catalogs, who breaks, and what step that takes
    Diff(diff::Args),
    /// Print the JSON Schema of catalogs, for editors, or of what a command prints
    Schema(schema::Args),
}

/// How a command ends: with 0, or with 1 where the catalogs or the generated files are not as they
/// should be. Wrong use and what the system refuses end with 2.
enum Outcome {
    Good,
    Findings,
}

fn main() -> ExitCode {
    // Cargo names the subcommand first: `cargo-errbook errbook generate`.
    let mut args: Vec<_> = std::env::args_os().collect();
    if args.get(1).is_some_and(|name| name == "errbook") {
        args.remove(1);
    }
    let Cli { global, command } = Cli::parse_from(args);
    global.set_color();
    let result = match command {
        Command::Check(args) => check::run(&args, &global),
        Command::Generate(args) => generate::run(&args, &global),
        Command::Explain(args) => explain::run(&args, &global),
        Command::List(args) => list::run(&args, &global),
        Command::Diff(args) => diff::run(&args, &global),
        Command::Schema(args) => schema::run(&args),
    };
    match result {
        Ok(Outcome::Good) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::from(1),
        // Whoever read the output has seen enough, as `head` has. It ends as programs do that the system
        // ends for it, so that nobody takes it for a whole run.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::from(READER_GONE),
        Err(error) => {
            // Where nobody hears it, the exit status says it.
            let _ = writeln!(anstream::stderr(), "{ERROR}error{ERROR:#}: {error}");
            ExitCode::from(2)
        }
    }
}

/// What a shell says of a program that SIGPIPE has ended: 128 and the signal's number.
const READER_GONE: u8 = 141;

/// As clap and cargo show them.
const ERROR: Style = AnsiColor::Red.on_default().bold();
const WARNING: Style = AnsiColor::Yellow.on_default().bold();
