//! `cargo errbook explain`.

mod page;

use std::io::{self, Write};

use errbook_codegen::Cause;
use unicode_width::UnicodeWidthStr;

use crate::errors::{Catalogs, Entry, by_catalog};
use crate::lookup::{By, Found, Suggestion, near_finding, suggestions};
use crate::project::Global;
use crate::report::count;
use crate::terminal::{CODE, FAINT, Terminal, cut, one_line, padded};
use crate::{ERROR, Outcome, markdown, record};

/// What `explain` is asked to do.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// A code, also an older one, a key or a Rust name of an error, in whatever case; or the id of a
    /// finding, such as `E0201`, or the name of a lint
    ///
    /// What is written so to the letter goes before what is written in another case, and an error before
    /// a finding. Where several errors have the code, all are shown: API/CODE is that of one API.
    #[arg(allow_negative_numbers = true)]
    code: String,

    /// Look in the API of this id alone
    #[arg(long, value_name = "ID")]
    api: Option<String>,

    /// Take CODE for a finding or a lint, also where an error is called so
    #[arg(long, conflicts_with = "api")]
    finding: bool,

    /// Print all of it as JSON, for scripts
    #[arg(long)]
    json: bool,
}

const EXAMPLES: &str = "\
Examples:
  cargo errbook explain QUEUE_FULL            by its code
  cargo errbook explain orders/QUEUE_FULL     that of one API alone
  cargo errbook explain Code::QueueFull       by its name in Rust
  cargo errbook explain QUEUE_FULL --json     for scripts
  cargo errbook explain E0510                 what a finding means

Exits with 1 where nothing is called so, or where catalogs have findings.";

pub(crate) fn run(args: &Args, global: &Global) -> io::Result<Outcome> {
    let cause = Cause::from_id(&args.code);
    if args.finding {
        return match cause {
            Some(cause) => show_finding(cause, args),
            None => unknown_finding(&args.code),
        };
    }
    let project = match (global.project(), cause) {
        (Ok(project), _) => project,
        // What a finding means, it means without a project.
        (Err(_), Some(cause)) if args.api.is_none() => return show_finding(cause, args),
        (Err(error), _) => return Err(error),
    };
    let catalogs = Catalogs::read(&project);
    let api = args.api.as_deref();
    if let Some(api) = api
        && let Some(outcome) = catalogs.without_api(api)?
    {
        if args.json {
            record::write(&mut io::stdout().lock(), &[], None)?;
        }
        return Ok(outcome);
    }
    let found = Found::of(&args.code, api, &catalogs);
    if !found.named.is_empty() {
        show(args, &found, cause, global)?;
        return catalogs.tell();
    }
    match cause {
        Some(cause) if api.is_none() => show_finding(cause, args),
        _ => unknown(args, &catalogs),
    }
}

fn show_finding(cause: Cause, args: &Args) -> io::Result<Outcome> {
    if args.json {
        record::write(&mut io::stdout().lock(), &[], Some(cause))?;
        return Ok(Outcome::Good);
    }
    let page = markdown::shown(cause.page(), &Terminal::of_stdout());
    writeln!(anstream::stdout(), "{page}")?;
    Ok(Outcome::Good)
}

fn show(args: &Args, found: &Found<'_>, cause: Option<Cause>, global: &Global) -> io::Result<()> {
    let entries: Vec<Entry<'_>> = found.named.iter().map(|(_, entry)| *entry).collect();
    if args.json {
        let mut out = io::BufWriter::new(io::stdout().lock());
        record::write(&mut out, &entries, cause)?;
        return out.flush();
    }
    let terminal = Terminal::of_stdout();
    let mut out = String::new();
    let mut ways = found.named.iter();
    let separator = format!("\n{FAINT}{}{FAINT:#}\n\n", "─".repeat(20));
    for (beside, entries) in by_catalog(&entries) {
        for (entry, (by, _)) in entries.iter().zip(&mut ways) {
            if !out.is_empty() {
                out.push_str(&separator);
            }
            let alias = (*by == By::Alias).then_some(args.code.as_str());
            out.push_str(&page::page(*entry, &beside, alias, terminal));
        }
    }
    anstream::stdout().write_all(out.as_bytes())?;
    also(found, cause, global)
}

/// What else is called so, or nearly so.
fn also(found: &Found<'_>, cause: Option<Cause>, global: &Global) -> io::Result<()> {
    let others: Vec<String> = found.in_other_case.iter().map(Entry::name).collect();
    if !others.is_empty() {
        global.status(format_args!("\nIn another case: {}", others.join(", ")))?;
    }
    if let Some(cause) = cause {
        let id = cause.id();
        global.status(format_args!(
            "\nThere is also a finding {id}: cargo errbook explain --finding {id}"
        ))?;
    }
    Ok(())
}

fn unknown_finding(id: &str) -> io::Result<Outcome> {
    let mut out = anstream::stderr().lock();
    writeln!(out, "{ERROR}error{ERROR:#}: there is no finding `{id}`")?;
    if let Some(cause) = near_finding(id) {
        writeln!(out, "Did you mean {}: {}", cause.id(), cause.summary())?;
    }
    Ok(Outcome::Findings)
}

/// Says that nothing is called so, and what may have been meant.
fn unknown(args: &Args, catalogs: &Catalogs) -> io::Result<Outcome> {
    let (code, api) = (args.code.as_str(), args.api.as_deref());
    if args.json {
        record::write(&mut io::stdout().lock(), &[], None)?;
    }
    catalogs.tell()?;
    if catalogs.is_empty() {
        return Ok(Outcome::Findings);
    }
    let mut out = anstream::stderr().lock();
    let among = match api {
        Some(api) => format!("the API `{api}` has no error `{code}`"),
        None => {
            let apis = count(catalogs.apis().count(), "API", "APIs");
            format!("there is no error `{code}` in {apis}, and no finding")
        }
    };
    writeln!(out, "{ERROR}error{ERROR:#}: {among}")?;
    let suggested = suggestions(code, api, catalogs);
    if !suggested.is_empty() {
        writeln!(out, "Did you mean:")?;
    }
    let names: Vec<String> = suggested.iter().map(Suggestion::shown).collect();
    let widest = names.iter().map(|name| name.width()).max().unwrap_or(0);
    for (suggestion, name) in suggested.iter().zip(&names) {
        let summary = cut(&one_line(&suggestion.entry.summary()), 60);
        let name = padded(name, widest);
        writeln!(out, "  {CODE}{name}{CODE:#}  {summary}")?;
    }
    if let Some(cause) = near_finding(code).filter(|_| api.is_none()) {
        let (id, summary) = (cause.id(), cause.summary());
        writeln!(out, "Or the finding {id}: {summary}")?;
    }
    let of_status = |status: u16| {
        let entries = catalogs.entries();
        entries
            .filter(|entry| entry.error().statuses.contains(&status))
            .count()
    };
    if let Ok(status) = code.parse()
        && let number @ 1.. = of_status(status)
    {
        let errors = count(number, "error comes", "errors come");
        writeln!(
            out,
            "{errors} with this status: cargo errbook list --status {status}"
        )?;
    }
    writeln!(out, "To search all texts: cargo errbook list WORD")?;
    Ok(Outcome::Findings)
}
