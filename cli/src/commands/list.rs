//! `cargo errbook list`: lists errors.

use std::io::{self, Write};

use errbook_codegen::__private::ErrorEntry;

use crate::console::{Outcome, count};
use crate::formats::error_json;
use crate::global_options::GlobalOptions;
use crate::query::catalogs::Catalogs;
use crate::query::filter::Filter;
use crate::render::error_table;
use crate::render::terminal::Terminal;

/// The arguments of `list`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    #[command(flatten)]
    filter: Filter,

    /// Print all of them as JSON, for scripts
    #[arg(long)]
    json: bool,
}

const EXAMPLES: &str = "\
Examples:
  cargo errbook list                          every error of every API
  cargo errbook list --status 5xx             what servers answer for
  cargo errbook list --api orders not found   those of one API with both words in their texts
  cargo errbook list --retry none --json      what says nothing of trying again, for scripts

An error is shown that all options and words let through. Its code stands first, or its key where \
bodies carry no code. In a terminal, each error takes one line of the terminal's width (or as many \
columns as the environment variable COLUMNS says). Elsewhere nothing is cut or left out, columns \
are aligned with spaces, and --quiet leaves the last line out.";

pub(crate) fn run(args: &Args, global: &GlobalOptions) -> io::Result<Outcome> {
    let catalogs = Catalogs::read(&global.project()?);
    if let Some(outcome) = args.filter.require_known_names(&catalogs)? {
        if args.json {
            error_json::print(&[], None)?;
        }
        return Ok(outcome);
    }
    let words = args.filter.words();
    let matches = |entry: &ErrorEntry<'_>| args.filter.matches(*entry, &words);
    let entries: Vec<ErrorEntry<'_>> = catalogs.entries().filter(matches).collect();
    if catalogs.is_empty() && !args.json {
        return catalogs.report_problems();
    }
    if args.json {
        error_json::print(&entries, None)?;
        return catalogs.report_problems();
    }
    let mut out = io::BufWriter::new(anstream::stdout().lock());
    error_table::write(&mut out, &entries, Terminal::stdout())?;
    out.flush()?;
    drop(out);
    let all = count(catalogs.entries().count(), "error", "errors");
    match entries.len() {
        0 => global.status(format_args!("Nothing is like that: 0 of {all}"))?,
        shown => global.status(format_args!("{shown} of {all}"))?,
    }
    catalogs.report_problems()
}
