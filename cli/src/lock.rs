//! `cargo errbook lock`.

use std::collections::HashMap;
use std::io::{self, Write};

use errbook_codegen::{Checked, Lock, Released, Source};

use crate::project::Global;
use crate::report::{self, count};
use crate::unified::Differences;
use crate::{ERROR, Outcome};

/// What `lock` is asked to do.
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

pub(crate) fn run(args: &Args, global: &Global) -> io::Result<Outcome> {
    let project = global.project()?;
    let input = project.read();
    let source = input.lock().cloned();
    let Checked { catalogs, lock, .. } = match errbook_codegen::check(input) {
        Ok(checked) => checked,
        Err(report) => {
            if args.check {
                report::errors(&report)?;
            } else {
                report::refused(&report, "nothing was written")?;
            }
            return Ok(Outcome::Findings);
        }
    };
    let file = Lock::path(&project.root.join(&project.catalogs));
    let before = lock.unwrap_or_default();
    let run = Run {
        shown: project.shown(&file),
        after: before.updated(&catalogs),
        before,
        source,
    };
    if args.check {
        return run.check(global);
    }
    if run.is_up_to_date() {
        global.status(format_args!(
            "Nothing to do in {}: {}",
            run.shown,
            run.all()
        ))?;
        return Ok(Outcome::Good);
    }
    run.after.write_to(&file)?;
    global.status(format_args!(
        "Wrote {}: {}; {}",
        run.shown,
        run.news(),
        run.all()
    ))?;
    Ok(Outcome::Good)
}

/// What is noted, and what should be.
struct Run {
    /// The file, for people.
    shown: String,
    before: Lock,
    /// The text of `before`, if there is a file.
    source: Option<Source>,
    after: Lock,
}

impl Run {
    fn is_up_to_date(&self) -> bool {
        let text = self.source.as_ref().map(Source::text);
        text.is_some_and(|text| text == self.after.to_string())
    }

    /// What is not noted is what was asked for, so it is said to the quiet, too.
    fn check(&self, global: &Global) -> io::Result<Outcome> {
        if self.is_up_to_date() {
            global.status(format_args!("{} is up to date: {}", self.shown, self.all()))?;
            return Ok(Outcome::Good);
        }
        let told = if let Some(source) = &self.source {
            let mut differences = Differences::new();
            let mut out = anstream::stdout().lock();
            let read = || Ok(source.text().as_bytes().to_vec());
            differences.show(&mut out, &self.shown, read, &self.after.to_string())?;
            differences.end(&mut out)?;
            format!("{} is behind the catalogs: {}", self.shown, self.news())
        } else {
            format!("there is no {} yet", self.shown)
        };
        writeln!(
            anstream::stderr(),
            "{ERROR}error{ERROR:#}: {told}; run `cargo errbook lock`"
        )?;
        Ok(Outcome::Findings)
    }

    /// How many codes there are: `4 codes, 1 of them retired`.
    fn all(&self) -> String {
        let codes = count(self.after.released().count(), "code", "codes");
        let retired = self.after.released().filter(|it| it.retired.is_some());
        match retired.count() {
            0 => codes,
            retired => format!("{codes}, {retired} of them retired"),
        }
    }

    /// What changes: `2 added, 1 retired`.
    fn news(&self) -> String {
        let key = |it: &Released<'_>| (it.api.to_owned(), it.code.text.clone());
        let before: HashMap<_, bool> = self
            .before
            .released()
            .map(|it| (key(&it), it.retired.is_some()))
            .collect();
        let (mut added, mut retired, mut back) = (0, 0, 0);
        for released in self.after.released() {
            let is_retired = released.retired.is_some();
            match before.get(&key(&released)) {
                None => added += 1,
                Some(false) if is_retired => retired += 1,
                Some(true) if !is_retired => back += 1,
                Some(_) => {}
            }
        }
        let counted = [
            (added, "added"),
            (retired, "retired"),
            (back, "back in use"),
        ];
        let told = counted.into_iter().filter(|(number, _)| *number > 0);
        let told: Vec<String> = told
            .map(|(number, what)| format!("{number} {what}"))
            .collect();
        if told.is_empty() {
            // A version that was not known, or the order after a merge.
            "rows put in order".to_owned()
        } else {
            told.join(", ")
        }
    }
}
