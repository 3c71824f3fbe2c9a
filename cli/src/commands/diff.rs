//! `cargo errbook diff`: compares two versions of the catalogs.

use std::io::{self, Write};

use clap::ValueEnum;

use crate::console::{Outcome, print};
use crate::diff::kind::VersionBump;
use crate::diff::{Comparison, input};
use crate::formats::{changelog, diff_json, github};
use crate::global_options::GlobalOptions;
use crate::render::changes;
use crate::render::terminal::Terminal;

/// The arguments of `diff`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The catalogs as they were: a file, a folder, or `git:REV[:PATH]`
    ///
    /// A folder is that of the catalogs or of a project. REV is a revision of git, or ONE...OTHER for the
    /// commit from which two have parted; without PATH, the catalogs are where the project has them in
    /// that revision. PATH starts at the root of the repository, or with `./` at the folder of the project.
    /// Where the project had no catalogs yet, all is new.
    old: String,

    /// The catalogs as they are, named in the same way [default: those of the project]
    new: Option<String>,

    /// How changes are told
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = DiffFormat::Human)]
    format: DiffFormat,

    /// Fail, with exit status 1, where the changes together take this step or a higher one
    #[arg(long, value_name = "STEP", value_enum)]
    fail_on: Option<VersionBump>,
}

const EXAMPLES: &str = "\
Examples:
  cargo errbook diff git:HEAD                      What is not committed
  cargo errbook diff git:main...                   What this branch changes
  cargo errbook diff git:v1.0 --fail-on major      In CI: fail where something breaks
  cargo errbook diff git:v1.0 --format markdown    For the notes of a release
  cargo errbook diff old/shop.toml catalog/shop.toml

Callers and servers that break are programs built from OLD, which meet others built from NEW; source is \
Rust that uses the generated code. Exits with 2 where the two cannot be compared.

The JSON Schema of `--format json`: cargo errbook schema diff";

#[derive(Clone, Copy, Debug, ValueEnum)]
enum DiffFormat {
    /// Text, API by API and error by error
    Human,
    /// A JSON document
    Json,
    /// A changelog for those who use the API
    Markdown,
    /// Annotations of a workflow run of GitHub Actions
    Github,
}

pub(crate) fn run(args: &Args, global: &GlobalOptions) -> io::Result<Outcome> {
    let (old, new) = input::read(global, &args.old, args.new.as_deref())?;
    let comparison = Comparison::new(&old, &new)?;
    match args.format {
        DiffFormat::Human => {
            let mut out = io::BufWriter::new(anstream::stdout().lock());
            changes::write(&mut out, &comparison, Terminal::stdout())?;
            out.flush()?;
        }
        DiffFormat::Json => print(&diff_json::document(&comparison))?,
        DiffFormat::Markdown => print(&changelog::page(&comparison))?,
        DiffFormat::Github => print(&github::changes(&comparison, args.fail_on))?,
    }
    let fails = |bump| comparison.counts.bump() >= Some(bump);
    Ok(Outcome::failed_if(args.fail_on.is_some_and(fails)))
}
