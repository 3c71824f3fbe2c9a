//! `cargo errbook lock`: records the released codes.

use std::collections::HashMap;
use std::io;

use errbook_codegen::__private::{Checked, Lock, ReleasedCode};
use errbook_codegen::Source;

use crate::console::{self, Outcome, count, join};
use crate::global_options::GlobalOptions;
use crate::render::unified_diff::DiffPrinter;
use crate::report;

/// The arguments of `lock`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// Write nothing; show what is not noted yet, and fail if there is any
    #[arg(long)]
    check: bool,
}

const EXAMPLES: &str = "Examples:
  cargo errbook lock            When you release: note new codes, and those that are retired
  cargo errbook lock --check    In CI, of a release: fail where one is not noted, and show it

`errbook.lock` is beside the catalogs, and committed with them. Without it, nothing is asked of anybody.";

pub(crate) fn run(args: &Args, global: &GlobalOptions) -> io::Result<Outcome> {
    let project = global.project()?;
    let input = project.read();
    let source = input.lock().cloned();
    let Checked { catalogs, lock, .. } =
        match errbook_codegen::__private::check(input).into_result() {
            Ok(checked) => checked,
            Err(report) => {
                let consequence = (!args.check).then_some("nothing was written");
                report::write_errors(&report, consequence)?;
                return Ok(Outcome::Findings);
            }
        };
    let file = Lock::path(&project.root.join(&project.catalogs));
    let before = lock.unwrap_or_default();
    let update = LockUpdate {
        shown: project.display_path(&file),
        after: before.updated(&catalogs),
        before,
        source,
    };
    if args.check {
        return update.check(global);
    }
    let (shown, total) = (&update.shown, update.total());
    if update.is_up_to_date() {
        global.status(format_args!("Nothing to do in {shown}: {total}"))?;
        return Ok(Outcome::Good);
    }
    update.after.write_to(&file)?;
    let changes = update.changes();
    let changes = changes.unwrap_or_else(|| update.rewritten().to_owned());
    global.status(format_args!("Wrote {shown}: {changes}; {total}"))?;
    Ok(Outcome::Good)
}

/// The lock on disk, and the lock for the catalogs.
struct LockUpdate {
    /// The path of the file for people.
    shown: String,
    before: Lock,
    /// The text of `before`, if the file exists.
    source: Option<Source>,
    after: Lock,
}

impl LockUpdate {
    fn is_up_to_date(&self) -> bool {
        let text = self.source.as_ref().map(Source::text);
        text.is_some_and(|text| text == self.after.to_string())
    }

    /// Writes what is missing in the lock. Differences are the result of `--check`, so `--quiet` does not
    /// hide them.
    fn check(&self, global: &GlobalOptions) -> io::Result<Outcome> {
        let shown = &self.shown;
        if self.is_up_to_date() {
            global.status(format_args!("{shown} is up to date: {}", self.total()))?;
            return Ok(Outcome::Good);
        }
        let message = if let Some(source) = &self.source {
            let mut printer = DiffPrinter::new();
            let mut out = anstream::stdout().lock();
            let read = || Ok(source.text().as_bytes().to_vec());
            printer.write(&mut out, shown, read, &self.after.to_string())?;
            printer.finish(&mut out)?;
            match self.changes() {
                Some(changes) => format!("{shown} is behind the catalogs: {changes}"),
                None => {
                    let how = self.rewritten();
                    format!("{shown} is not as `cargo errbook lock` writes it: {how}")
                }
            }
        } else {
            format!("there is no {shown} yet")
        };
        console::error(format_args!("{message}; run `cargo errbook lock`"))?;
        Ok(Outcome::Findings)
    }

    /// Returns the number of codes: `4 codes, 1 of them retired`.
    fn total(&self) -> String {
        let codes = count(self.after.released().count(), "code", "codes");
        let retired = self
            .after
            .released()
            .filter(|(_, row)| row.retired.is_some());
        match retired.count() {
            0 => codes,
            retired => format!("{codes}, {retired} of them retired"),
        }
    }

    /// Returns the number of changed rows: `2 added, 1 retired`, or `None` if the rows are equal.
    fn changes(&self) -> Option<String> {
        let before: HashMap<_, &ReleasedCode> =
            self.before.released().map(|it| (key(it), it.1)).collect();
        let (mut added, mut retired, mut back, mut amended) = (0, 0, 0, 0);
        for after in self.after.released() {
            match before.get(&key(after)) {
                None => added += 1,
                Some(before) if *before == after.1 => {}
                Some(before) => match (&before.retired, &after.1.retired) {
                    (None, Some(_)) => retired += 1,
                    (Some(_), None) => back += 1,
                    // The version or the meaning of an alias has changed.
                    _ => amended += 1,
                },
            }
        }
        let counted = [
            (added, "added"),
            (retired, "retired"),
            (back, "back in use"),
            (amended, "amended"),
        ];
        let counted = counted.into_iter().filter(|(number, _)| *number > 0);
        let counted = counted.map(|(number, what)| format!("{number} {what}"));
        Some(join(counted, ", ")).filter(|changes| !changes.is_empty())
    }

    /// Returns how the text differs if the rows are equal.
    fn rewritten(&self) -> &'static str {
        let [before, after] = [&self.before, &self.after].map(|lock| lock.released().map(key));
        if before.eq(after) {
            "the same rows, written anew"
        } else {
            "rows put in order"
        }
    }
}

/// Returns the key of a row.
fn key<'a>((api, row): (&'a str, &'a ReleasedCode)) -> (&'a str, &'a str) {
    (api, &row.code.text)
}
