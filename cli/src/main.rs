//! `cargo errbook`: checks error catalogs and generates code and reference pages from them.

// In pipeline order: a module imports only modules listed before it.
mod console;
mod project;
mod global_options;
mod report;
mod query;
mod diff;
mod render;
mod formats;
mod commands;

use std::io;
use std::process::ExitCode;

use clap::builder::Resettable;
use clap::{CommandFactory, FromArgMatches, Parser};
use errbook_codegen::__private::printable;

use crate::commands::Command;
use crate::console::Outcome;
use crate::global_options::GlobalOptions;

/// One source for an API's error codes: typed Rust and reference pages from TOML catalogs.
#[derive(Debug, Parser)]
#[command(name = "cargo errbook", bin_name = "cargo errbook", version, after_help = EXAMPLES)]
#[command(styles = clap::builder::Styles::styled())]
struct Cli {
    #[command(flatten)]
    global: GlobalOptions,

    #[command(subcommand)]
    command: Command,
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

fn main() -> ExitCode {
    // Cargo names the subcommand first: `cargo-errbook errbook generate`.
    let mut args: Vec<_> = std::env::args_os().collect();
    if args.get(1).is_some_and(|name| name == "errbook") {
        args.remove(1);
    }
    global_options::set_color(&args);
    let matches = match command_line().try_get_matches_from(&args) {
        Ok(matches) => matches,
        Err(first) => {
            // The message repeats arguments: they are parsed again as they can be printed.
            let printable = args.iter().map(printable);
            let error = command_line().try_get_matches_from(printable).err();
            error.unwrap_or(first).exit()
        }
    };
    let Cli { global, command } =
        Cli::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    match command.run(&global, command_line()) {
        Ok(Outcome::Good) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::from(1),
        // The reader of the output, such as `head`, has stopped reading. The exit status is the one of a
        // program that SIGPIPE has ended, so that a script does not take the run for a complete one.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::from(SIGPIPE_STATUS),
        Err(error) => {
            // If stderr is closed, the exit status alone reports the error.
            let _ = console::error(error);
            ExitCode::from(2)
        }
    }
}

/// The exit status that shells give to a program that SIGPIPE has ended: 128 and the number of the signal.
const SIGPIPE_STATUS: u8 = 141;

/// Returns the command line parser. Examples are in `--help` only, so that `-h` stays short.
fn command_line() -> clap::Command {
    let examples_in_long_help = |command: clap::Command| match command.get_after_help().cloned() {
        None => command,
        Some(examples) => command
            .after_help(Resettable::Reset)
            .after_long_help(examples),
    };
    let all = examples_in_long_help(Cli::command()).mut_subcommands(examples_in_long_help);
    let without_project = ["new", "schema", "completions", "man"].into_iter();
    without_project.fold(all, |all, name| {
        all.mut_subcommand(name, global_options::hide_project_options)
    })
}
