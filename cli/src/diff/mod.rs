//! `cargo errbook diff`.

mod change;
mod changelog;
mod compare;
mod git;
mod github;
mod human;
mod json;
mod kind;
mod places;
mod side;
mod words;

use std::collections::{HashMap, HashSet};
use std::io::{self, Write};

use clap::ValueEnum;
use errbook_codegen::model::Catalog;

use crate::Outcome;
use crate::diff::change::{ApiChanges, Change, Counts};
use crate::diff::kind::Step;
use crate::diff::side::Side;
use crate::project::Global;
use crate::terminal::Terminal;

/// What `diff` is asked to do.
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
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Format::Human)]
    format: Format,

    /// Fail, with exit status 1, where the changes together take this step or a higher one
    #[arg(long, value_name = "STEP", value_enum)]
    fail_on: Option<Step>,
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
enum Format {
    /// Text, API by API and error by error
    Human,
    /// A JSON document
    Json,
    /// A changelog for those who use the API
    Markdown,
    /// Annotations of a workflow run of GitHub Actions
    Github,
}

pub(crate) fn run(args: &Args, global: &Global) -> io::Result<Outcome> {
    let (old, new) = side::read(global, &args.old, args.new.as_deref())?;
    let apis = compare_all(&old, &new)?;
    let counts = Counts::of(apis.iter().flat_map(|api| &api.changes));
    let compared = Compared {
        old: &old,
        new: &new,
        apis: &apis,
        counts,
        fail_on: args.fail_on,
    };
    match args.format {
        Format::Human => {
            let terminal = Terminal::of_stdout();
            let mut out = io::BufWriter::new(anstream::stdout().lock());
            human::write(&mut out, &compared, terminal)?;
            out.flush()?;
        }
        Format::Json => print(&json::document(&compared))?,
        Format::Markdown => print(&changelog::page(&compared))?,
        Format::Github => print(&github::commands(&compared))?,
    }
    let fails = args.fail_on.is_some_and(|step| counts.step() >= Some(step));
    Ok(if fails {
        Outcome::Findings
    } else {
        Outcome::Good
    })
}

fn print(text: &str) -> io::Result<()> {
    io::stdout().lock().write_all(text.as_bytes())
}

/// What there is to tell.
struct Compared<'a> {
    old: &'a Side,
    new: &'a Side,
    /// Those with changes and those without, in the order of the new side; what is gone comes last.
    apis: &'a [ApiChanges<'a>],
    counts: Counts,
    /// The step for which the run fails.
    fail_on: Option<Step>,
}

impl<'a> Compared<'a> {
    /// The APIs of which something is to be told.
    fn changed(&self) -> impl Iterator<Item = &'a ApiChanges<'a>> {
        self.apis.iter().filter(|api| !api.changes.is_empty())
    }
}

/// Pairs the APIs of both sides by their ids, and compares them.
///
/// # Errors
///
/// Where a single file is compared with what does not have its API.
fn compare_all<'a>(old: &'a Side, new: &'a Side) -> io::Result<Vec<ApiChanges<'a>>> {
    let indexed = |side: &'a Side| side.catalogs.iter().enumerate();
    // Of two files, or a file and the only other catalog, it is plain what is compared with what.
    if (old.is_file || new.is_file) && old.catalogs.len() == 1 && new.catalogs.len() == 1 {
        let pair = compare::api(indexed(old).next(), indexed(new).next());
        return Ok(vec![pair]);
    }
    let by_id: HashMap<&str, (usize, &Catalog)> = indexed(old)
        .map(|(index, catalog)| (catalog.api.id.as_str(), (index, catalog)))
        .collect();
    let ids: HashSet<&str> = indexed(new).map(|(_, it)| it.api.id.as_str()).collect();
    let mut apis: Vec<ApiChanges<'a>> = Vec::new();
    for (index, catalog) in indexed(new) {
        let before = by_id.get(catalog.api.id.as_str()).copied();
        if before.is_some() || !old.is_file {
            apis.push(compare::api(before, Some((index, catalog))));
        }
    }
    for (index, catalog) in indexed(old) {
        if !ids.contains(catalog.api.id.as_str()) && !new.is_file {
            apis.push(compare::api(Some((index, catalog)), None));
        }
    }
    let found = old.catalogs.is_empty()
        || apis
            .iter()
            .any(|api| api.old.is_some() && api.new.is_some());
    if (old.is_file || new.is_file) && !found {
        let (file, other) = if old.is_file { (old, new) } else { (new, old) };
        let id = &file.catalogs[0].api.id;
        let message = format!(
            "`{}` is the catalog of `{id}`, and there is none of that id in `{}`; name the file to compare it with",
            file.name, other.name
        );
        return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
    }
    Ok(apis)
}

/// Runs of changes of one subject.
fn by_subject(changes: &[Change]) -> impl Iterator<Item = &[Change]> {
    changes.chunk_by(|one, other| one.subject == other.subject)
}
