//! `cargo errbook`: checks error catalogs and generates code and reference pages from them.

mod check;
mod explain;
mod generate;
mod json;
mod project;
mod report;
mod schema;
mod unified;
mod watch;

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
    /// Say what a finding means, with a wrong and a right catalog
    Explain(explain::Args),
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
        Command::Explain(args) => explain::run(&args),
        Command::Schema(args) => schema::run(&args),
    };
    match result {
        Ok(Outcome::Good) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::from(1),
        Err(error) => {
            anstream::eprintln!("{ERROR}error{ERROR:#}: {error}");
            ExitCode::from(2)
        }
    }
}

/// As clap and cargo show them.
const ERROR: Style = AnsiColor::Red.on_default().bold();
const WARNING: Style = AnsiColor::Yellow.on_default().bold();
