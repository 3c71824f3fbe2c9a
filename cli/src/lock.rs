//! `cargo errbook lock`.

use std::collections::HashMap;
use std::io::{self, Write};

use errbook_codegen::{Checked, Lock, ReleasedCode, Source};

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
    let Checked { catalogs, lock, .. } = match errbook_codegen::check(input).into_result() {
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
        run.news().unwrap_or_else(|| run.rewritten().to_owned()),
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
            match self.news() {
                Some(news) => format!("{} is behind the catalogs: {news}", self.shown),
                None => format!(
                    "{} is not as `cargo errbook lock` writes it: {}",
                    self.shown,
                    self.rewritten()
                ),
            }
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

    /// What changes: `2 added, 1 retired`; `None` where the rows are the same.
    fn news(&self) -> Option<String> {
        let before: HashMap<_, ReleasedCode<'_>> =
            self.before.released().map(|it| (key(&it), it)).collect();
        let (mut added, mut retired, mut back, mut amended) = (0, 0, 0, 0);
        for after in self.after.released() {
            match before.get(&key(&after)) {
                None => added += 1,
                Some(before) if *before == after => {}
                Some(before) => match (before.retired, after.retired) {
                    (None, Some(_)) => retired += 1,
                    (Some(_), None) => back += 1,
                    // A version that was not known, or what an alias meant.
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
        let told = counted.into_iter().filter(|(number, _)| *number > 0);
        let told: Vec<String> = told
            .map(|(number, what)| format!("{number} {what}"))
            .collect();
        (!told.is_empty()).then(|| told.join(", "))
    }

    /// What is written otherwise, where the rows are the same.
    fn rewritten(&self) -> &'static str {
        let [before, after] =
            [&self.before, &self.after].map(|lock| lock.released().map(|it| key(&it)));
        if before.eq(after) {
            "the same rows, written anew"
        } else {
            "rows put in order"
        }
    }
}

/// What a row is found by.
fn key<'a>(released: &ReleasedCode<'a>) -> (&'a str, &'a str) {
    (released.api, &released.code.text)
}
