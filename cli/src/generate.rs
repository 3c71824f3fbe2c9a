//! `cargo errbook generate`.

use std::fs;
use std::io::{self, Write};
use std::path::{PathBuf, absolute};

use errbook_codegen::{Checked, Files, OutputKind, Settings, Stale, WriteOutcome};

use crate::project::{Global, Project};
use crate::report::{self, count};
use crate::unified::Differences;
use crate::{ERROR, Outcome, watch};

/// What `generate` is asked to do.
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

pub(crate) fn run(args: &Args, global: &Global) -> io::Result<Outcome> {
    let project = global.project()?;
    if args.output.is_none() && project.has_others() {
        // Everything else would be taken for orphaned.
        let message = "--catalogs names other catalogs than those of the project, from which its outputs are made; \
                       name a folder for what is made of these: --output DIR";
        return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
    }
    if args.watch {
        watch::run(args, global, project)
    } else {
        once(args, global, &project)
    }
}

/// Generates everything once, and writes or checks it.
pub(crate) fn once(args: &Args, global: &Global, project: &Project) -> io::Result<Outcome> {
    let checked = match errbook_codegen::check(project.read()).into_result() {
        Ok(checked) => checked,
        Err(report) => {
            report::refused(&report, "nothing was written")?;
            return Ok(Outcome::Findings);
        }
    };
    report::warnings(&checked.report)?;
    let catalogs = &checked.catalogs;
    let errors = catalogs.iter().map(|catalog| catalog.errors.len()).sum();
    global.status(format_args!(
        "Read {} with {} from {}",
        count(catalogs.len(), "catalog", "catalogs"),
        count(errors, "error", "errors"),
        project.catalogs.display(),
    ))?;
    let destination = Destination::new(args, project, &checked)?;
    if args.check {
        check(global, &destination)
    } else {
        write(global, &destination)
    }
}

/// Where files go.
struct Destination {
    /// What their paths start from.
    folder: PathBuf,
    files: Files,
    /// The folders that hold them, for people.
    shown: String,
    /// What stands before a path in the project's folder.
    prefix: String,
}

impl Destination {
    fn new(args: &Args, project: &Project, checked: &Checked) -> io::Result<Self> {
        let folder = match (&args.output, checked.settings.outputs()) {
            (Some(folder), _) => absolute(folder)?,
            (None, None) => project.root.join(Settings::GENERATED),
            (None, Some(outputs)) => {
                let folders: Vec<&str> = outputs.values().map(String::as_str).collect();
                return Ok(Self {
                    folder: project.root.clone(),
                    files: checked.files(outputs.keys().copied()).in_folders(outputs),
                    shown: folders.join(", "),
                    prefix: String::new(),
                });
            }
        };
        let shown = project.shown(&folder);
        Ok(Self {
            folder,
            files: checked.files(OutputKind::ALL.iter().copied()),
            prefix: format!("{shown}/"),
            shown,
        })
    }

    /// A file as findings and compilers name theirs: from the project's folder.
    fn name(&self, path: &str) -> String {
        format!("{}{path}", self.prefix)
    }

    /// A line for each path, and not for all of very many.
    fn list(&self, what: &str, paths: &[String]) -> String {
        const MOST: usize = 200;
        let line = |path: &String| format!("  {what:<10} {}\n", self.name(path));
        let lines = paths.iter().take(MOST).map(line);
        let rest = match paths.len().saturating_sub(MOST) {
            0 => None,
            more => Some(format!("  {what:<10} {more} more, not listed\n")),
        };
        lines.chain(rest).collect()
    }
}

fn write(global: &Global, to: &Destination) -> io::Result<Outcome> {
    let WriteOutcome {
        added,
        changed,
        removed,
        foreign,
        unchanged,
        ..
    } = to.files.write_to(&to.folder)?;
    let shown = &to.shown;
    let list = to.list("added", &added)
        + &to.list("changed", &changed)
        + &to.list("removed", &removed)
        + &to.list("left alone", &foreign);
    if !list.is_empty() {
        global.status(format_args!("{}", list.trim_end()))?;
    }
    if added.is_empty() && changed.is_empty() && removed.is_empty() {
        global.status(format_args!(
            "Nothing to do in {shown}: {} up to date",
            count(unchanged, "file is", "files are")
        ))?;
    } else {
        global.status(format_args!(
            "Wrote {shown}: {} added, {} changed, {} removed, {unchanged} unchanged",
            added.len(),
            changed.len(),
            removed.len(),
        ))?;
    }
    if !foreign.is_empty() {
        global.status(format_args!(
            "What errbook did not write is left alone; it belongs outside of {shown}"
        ))?;
    }
    Ok(Outcome::Good)
}

/// What is stale is what was asked for, so it is said to the quiet, too.
fn check(global: &Global, to: &Destination) -> io::Result<Outcome> {
    let stale = to.files.stale(&to.folder)?;
    let shown = &to.shown;
    if stale.is_fresh() {
        global.status(format_args!(
            "Nothing is stale in {shown}: {} as generated",
            count(stale.fresh, "file is", "files are")
        ))?;
        return Ok(Outcome::Good);
    }
    let Stale {
        missing,
        changed,
        orphaned,
        foreign,
        ..
    } = stale;
    let mut out = anstream::stdout().lock();
    show_differences(&mut out, to, &changed)?;
    let list = to.list("missing", &missing)
        + &to.list("changed", &changed)
        + &to.list("orphaned", &orphaned)
        + &to.list("foreign", &foreign);
    write!(out, "{list}")?;
    drop(out);
    let stale = missing.len() + changed.len() + orphaned.len();
    let mut told = Vec::new();
    if stale > 0 {
        let files = count(stale, "file is", "files are");
        told.push(format!(
            "{files} stale in {shown}: run `cargo errbook generate`"
        ));
    }
    if !foreign.is_empty() {
        let files = count(foreign.len(), "file is", "files are");
        told.push(format!(
            "{files} not errbook's in {shown}: move what it did not write elsewhere"
        ));
    }
    let mut out = anstream::stderr().lock();
    for told in told {
        writeln!(out, "{ERROR}error{ERROR:#}: {told}")?;
    }
    Ok(Outcome::Findings)
}

fn show_differences(out: &mut impl Write, to: &Destination, paths: &[String]) -> io::Result<()> {
    let mut differences = Differences::new();
    for path in paths {
        let Some(text) = to.files.get(path) else {
            continue;
        };
        let read = || fs::read(to.folder.join(path));
        differences.show(out, &to.name(path), read, text)?;
    }
    differences.end(out)
}
