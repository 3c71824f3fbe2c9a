//! `cargo errbook generate`: writes the generated files, or checks that they are up to date.

mod destination;
mod watch;

use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use errbook_codegen::__private::printable;

use crate::commands::generate::destination::Destination;
use crate::console::{self, Outcome, count};
use crate::global_options::GlobalOptions;
use crate::project::Project;
use crate::render::unified_diff::DiffPrinter;
use crate::report;

/// The arguments of `generate`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// Write nothing; show what is missing, changed, orphaned or not errbook's, and fail if there is any
    #[arg(long)]
    check: bool,

    /// Stay, and write again whenever a catalog or `errbook.toml` changes; Ctrl-C ends it
    #[arg(long, conflicts_with = "check")]
    watch: bool,

    /// Write every output, below this folder, which nothing else is generated into [default: what
    /// `errbook.toml` says, or else every output, below `generated` in the project]
    #[arg(long, value_name = "DIR")]
    output: Option<PathBuf>,
}

const EXAMPLES: &str = "Examples:
  cargo errbook generate                     Write what differs
  cargo errbook generate --check             In CI: fail where something is stale, and show it
  cargo errbook generate --watch             Write again while catalogs are edited
  cargo errbook generate --output ../site    Write elsewhere, whatever `errbook.toml` says";

pub(crate) fn run(args: &Args, global: &GlobalOptions) -> io::Result<Outcome> {
    let project = global.project()?;
    if args.output.is_none() && project.names_other_catalogs() {
        // The outputs of the other catalogs would count as orphaned.
        let message = "--catalogs names other catalogs than those of the project, from which its outputs are made; \
                       name a folder for what is made of these: --output DIR";
        return Err(io::Error::other(message));
    }
    if args.watch {
        watch::watch(global, project, |project| once(args, global, project))
    } else {
        once(args, global, &project)
    }
}

/// Generates everything once, and writes or checks it.
fn once(args: &Args, global: &GlobalOptions, project: &Project) -> io::Result<Outcome> {
    let checked = match errbook_codegen::__private::check(project.read()).into_result() {
        Ok(checked) => checked,
        Err(report) => {
            report::write_errors(&report, Some("nothing was written"))?;
            return Ok(Outcome::Findings);
        }
    };
    report::write_warnings(&checked.report)?;
    let catalogs = report::number_of(&checked.catalogs);
    global.status(format_args!(
        "Read {catalogs} from {}",
        printable(&project.catalogs)
    ))?;
    let destination = Destination::new(args.output.as_deref(), project, &checked)?;
    if args.check {
        check(global, &destination)
    } else {
        write(global, &destination)
    }
}

fn write(global: &GlobalOptions, to: &Destination) -> io::Result<Outcome> {
    let written = to.files.write_to(&to.folder)?;
    let shown = &to.shown;
    let list = to.list("added", &written.added)
        + &to.list("changed", &written.changed)
        + &to.list("removed", &written.removed)
        + &to.list("left alone", &written.foreign);
    if !list.is_empty() {
        global.status(format_args!("{}", list.trim_end()))?;
    }
    for path in &written.replaced_links {
        let name = to.name(path);
        let note = "was a symbolic link, and is a file now; what it led to is unchanged";
        global.note(format_args!("{name} {note}"))?;
    }
    let [added, changed, removed] =
        [&written.added, &written.changed, &written.removed].map(Vec::len);
    let unchanged = written.unchanged;
    if added + changed + removed == 0 {
        let files = count(unchanged, "file is", "files are");
        global.status(format_args!("Nothing to do in {shown}: {files} up to date"))?;
    } else {
        global.status(format_args!(
            "Wrote {shown}: {added} added, {changed} changed, {removed} removed, {unchanged} unchanged"
        ))?;
    }
    if !written.foreign.is_empty() {
        global.status(format_args!(
            "What errbook did not write is left alone; it belongs outside of {shown}"
        ))?;
    }
    Ok(Outcome::Good)
}

/// Writes which files are stale. They are the result of `--check`, so `--quiet` does not hide them.
fn check(global: &GlobalOptions, to: &Destination) -> io::Result<Outcome> {
    let stale = to.files.stale(&to.folder)?;
    let shown = &to.shown;
    if stale.is_fresh() {
        global.status(format_args!(
            "Nothing is stale in {shown}: {} as generated",
            count(stale.fresh, "file is", "files are")
        ))?;
        return Ok(Outcome::Good);
    }
    let mut out = anstream::stdout().lock();
    write_diffs(&mut out, to, &stale.changed)?;
    let list = to.list("missing", &stale.missing)
        + &to.list("changed", &stale.changed)
        + &to.list("orphaned", &stale.orphaned)
        + &to.list("foreign", &stale.foreign);
    write!(out, "{list}")?;
    drop(out);
    let number = stale.missing.len() + stale.changed.len() + stale.orphaned.len();
    if number > 0 {
        let files = count(number, "file is", "files are");
        console::error(format_args!(
            "{files} stale in {shown}: run `cargo errbook generate`"
        ))?;
    }
    if !stale.foreign.is_empty() {
        let files = count(stale.foreign.len(), "file is", "files are");
        console::error(format_args!(
            "{files} not errbook's in {shown}: move what it did not write elsewhere"
        ))?;
    }
    Ok(Outcome::Findings)
}

/// Reads a file that is compared with a text. Refuses one that is much longer, so that nothing big is read.
fn read_for_diff(file: &Path, text: &str) -> io::Result<Vec<u8>> {
    const MORE: u64 = 64 << 10;
    let most = text.len() as u64 + MORE;
    if file.is_symlink() {
        return Err(io::Error::other("a symbolic link"));
    }
    let size = fs::metadata(file)?.len();
    if size > most {
        let expected = count(text.len(), "byte", "bytes");
        return Err(io::Error::other(format!(
            "{size} bytes instead of {expected}"
        )));
    }
    let mut bytes = Vec::new();
    fs::File::open(file)?.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn write_diffs(out: &mut impl Write, to: &Destination, paths: &[String]) -> io::Result<()> {
    let mut printer = DiffPrinter::new();
    for path in paths {
        let Some(text) = to.files.at(path) else {
            continue;
        };
        let read = || read_for_diff(&to.folder.join(path), text);
        printer.write(out, &to.name(path), read, text)?;
    }
    printer.finish(out)
}
