//! `cargo errbook`: checks error catalogs and generates code and reference pages from them.

mod check;
mod completions;
mod diff;
mod explain;
mod generate;
mod list;
mod lock;
mod man;
mod new;
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

use clap::builder::Resettable;
use clap::builder::styling::{AnsiColor, Style};
use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::project::Global;

/// One source for an API's error codes: typed Rust and reference pages from TOML catalogs.
#[derive(Debug, Parser)]
#[command(name = "cargo errbook", bin_name = "cargo errbook", version, after_help = EXAMPLES)]
#[command(styles = clap::builder::Styles::styled())]
struct Cli {
    #[command(flatten)]
    global: Global,

    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make a package with a first catalog, or add errbook or another API to one
    New(new::Args),
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
    /// Note every code that is released, so that none is lost and none comes back as another
    Lock(lock::Args),
    /// Print the JSON Schema of catalogs, for editors, or of what a command prints
    Schema(schema::Args),
    /// Print what makes a shell complete these commands
    Completions(completions::Args),
    /// Print the manual page, or write the pages of all commands
    Man(man::Args),
}

const EXAMPLES: &str = "\
Examples:
  cargo errbook new shop               From an empty folder to typed errors and their page
  cargo errbook check                  Say what is wrong with the catalogs
  cargo errbook generate               Write code, pages, example bodies and schemas
  cargo errbook explain OUT_OF_STOCK   Show an error: what it means, what to do, its body
  cargo errbook list --status 5xx      List errors, one on a line
  cargo errbook diff git:v1.0          Say what changed since, and who breaks
  cargo errbook lock                   Note what is released

Exits with 0; with 1 where catalogs or generated files are not as they should be, or nothing is called so; \
with 2 where it is used wrongly or the system refuses.";

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
    project::set_color(&args);
    let matches = command().get_matches_from(args);
    let Cli { global, command } =
        Cli::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    let result = match command {
        Command::New(args) => new::run(&args, &global),
        Command::Check(args) => check::run(&args, &global),
        Command::Generate(args) => generate::run(&args, &global),
        Command::Explain(args) => explain::run(&args, &global),
        Command::List(args) => list::run(&args, &global),
        Command::Diff(args) => diff::run(&args, &global),
        Command::Lock(args) => lock::run(&args, &global),
        Command::Schema(args) => schema::run(&args),
        Command::Completions(args) => completions::run(&args),
        Command::Man(args) => man::run(&args, &global),
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

/// All commands. `-h` is short: the examples of each are in `--help`.
fn command() -> clap::Command {
    let examples_in_long_help = |command: clap::Command| match command.get_after_help().cloned() {
        None => command,
        Some(examples) => command
            .after_help(Resettable::Reset)
            .after_long_help(examples),
    };
    let all = examples_in_long_help(Cli::command()).mut_subcommands(examples_in_long_help);
    let of_no_project = ["new", "schema", "completions", "man"].into_iter();
    of_no_project.fold(all, |all, name| {
        all.mut_subcommand(name, project::without_project)
    })
}

/// What a shell says of a program that SIGPIPE has ended: 128 and the signal's number.
const READER_GONE: u8 = 141;

/// As clap and cargo show them.
const ERROR: Style = AnsiColor::Red.on_default().bold();
const WARNING: Style = AnsiColor::Yellow.on_default().bold();
