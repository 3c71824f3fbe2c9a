//! The commands, in the order of the help.

mod new;
mod check;
mod generate;
mod explain;
mod list;
mod diff;
mod lock;
mod schema;
mod completions;
mod man;

use std::io;

use clap::Subcommand;

use crate::console::Outcome;
use crate::global_options::GlobalOptions;

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
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

impl Command {
    /// Runs the command. `command_line` is the parser of all commands, for those that describe it.
    pub(crate) fn run(
        self,
        global: &GlobalOptions,
        command_line: clap::Command,
    ) -> io::Result<Outcome> {
        match self {
            Self::New(args) => new::run(&args, global),
            Self::Check(args) => check::run(&args, global),
            Self::Generate(args) => generate::run(&args, global),
            Self::Explain(args) => explain::run(&args, global),
            Self::List(args) => list::run(&args, global),
            Self::Diff(args) => diff::run(&args, global),
            Self::Lock(args) => lock::run(&args, global),
            Self::Schema(args) => schema::run(&args),
            Self::Completions(args) => completions::run(&args, command_line),
            Self::Man(args) => man::run(&args, global, command_line),
        }
    }
}
