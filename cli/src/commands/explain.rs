//! `cargo errbook explain`: shows an error of the catalogs, or the meaning of a finding.

use std::io::{self, Write};

use errbook_codegen::__private::{ErrorEntry, printable};
use errbook_codegen::Cause;
use unicode_width::UnicodeWidthStr;

use crate::console::{self, CODE, FAINT, Outcome, count, join};
use crate::formats::error_json;
use crate::global_options::GlobalOptions;
use crate::query::catalog_context::by_catalog;
use crate::query::catalogs::Catalogs;
use crate::query::search::{MatchedBy, SearchResult, Suggestion, near_finding, suggestions};
use crate::render::terminal::{Terminal, one_line, pad, truncate};
use crate::render::{error_page, markdown};

/// The arguments of `explain`.
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

pub(crate) fn run(args: &Args, global: &GlobalOptions) -> io::Result<Outcome> {
    let cause = Cause::from_id(&args.code);
    if args.finding {
        return match cause {
            Some(cause) => show_finding(cause, args),
            None => report_unknown_finding(&args.code),
        };
    }
    let project = match (global.project(), cause) {
        (Ok(project), _) => project,
        // Findings can be explained without a project.
        (Err(_), Some(cause)) if args.api.is_none() => return show_finding(cause, args),
        (Err(error), _) => return Err(error),
    };
    let catalogs = Catalogs::read(&project);
    let api = args.api.as_deref();
    if let Some(api) = api
        && let Some(outcome) = catalogs.require_api(api)?
    {
        if args.json {
            error_json::print(&[], None)?;
        }
        return Ok(outcome);
    }
    let result = SearchResult::new(&args.code, api, &catalogs);
    if !result.named.is_empty() {
        show_errors(args, &result, cause, global)?;
        return catalogs.report_problems();
    }
    match cause {
        Some(cause) if api.is_none() => show_finding(cause, args),
        _ => report_unknown(args, &catalogs),
    }
}

fn show_finding(cause: Cause, args: &Args) -> io::Result<Outcome> {
    if args.json {
        error_json::print(&[], Some(cause))?;
        return Ok(Outcome::Good);
    }
    let page = markdown::render(cause.page(), &Terminal::stdout());
    writeln!(anstream::stdout(), "{page}")?;
    Ok(Outcome::Good)
}

fn show_errors(
    args: &Args,
    result: &SearchResult<'_>,
    cause: Option<Cause>,
    global: &GlobalOptions,
) -> io::Result<()> {
    let entries: Vec<ErrorEntry<'_>> = result.named.iter().map(|(_, entry)| *entry).collect();
    if args.json {
        return error_json::print(&entries, cause);
    }
    let terminal = Terminal::stdout();
    let mut out = String::new();
    let mut matches = result.named.iter();
    let separator = format!("\n{FAINT}{}{FAINT:#}\n\n", "─".repeat(20));
    for (context, entries) in by_catalog(&entries) {
        for (entry, (by, _)) in entries.iter().zip(&mut matches) {
            if !out.is_empty() {
                out.push_str(&separator);
            }
            let alias = (*by == MatchedBy::Alias).then_some(args.code.as_str());
            out.push_str(&error_page::render(*entry, &context, alias, terminal));
        }
    }
    anstream::stdout().write_all(out.as_bytes())?;
    write_similar(result, cause, global)
}

/// Writes the errors with this name in another case, and the finding with this name.
fn write_similar(
    result: &SearchResult<'_>,
    cause: Option<Cause>,
    global: &GlobalOptions,
) -> io::Result<()> {
    if !result.in_other_case.is_empty() {
        let names = join(result.in_other_case.iter().map(|entry| entry.name()), ", ");
        global.status(format_args!("\nIn another case: {names}"))?;
    }
    if let Some(cause) = cause {
        let id = cause.id();
        global.status(format_args!(
            "\nThere is also a finding {id}: cargo errbook explain --finding {id}"
        ))?;
    }
    Ok(())
}

fn report_unknown_finding(id: &str) -> io::Result<Outcome> {
    console::error(format_args!("there is no finding `{}`", printable(id)))?;
    if let Some(cause) = near_finding(id) {
        let (id, summary) = (cause.id(), cause.summary());
        writeln!(anstream::stderr(), "Did you mean {id}: {summary}")?;
    }
    Ok(Outcome::Findings)
}

/// Writes that no error has this name, and what has a similar name.
fn report_unknown(args: &Args, catalogs: &Catalogs) -> io::Result<Outcome> {
    let (code, api) = (args.code.as_str(), args.api.as_deref());
    if args.json {
        error_json::print(&[], None)?;
    }
    catalogs.report_problems()?;
    if catalogs.is_empty() {
        return Ok(Outcome::Findings);
    }
    let shown = printable(code);
    let message = match api {
        Some(api) => format!("the API `{api}` has no error `{shown}`"),
        None => {
            let apis = count(catalogs.apis().count(), "API", "APIs");
            format!("there is no error `{shown}` in {apis}, and no finding")
        }
    };
    console::error(message)?;
    let mut out = anstream::stderr().lock();
    let suggested = suggestions(code, api, catalogs);
    if !suggested.is_empty() {
        writeln!(out, "Did you mean:")?;
    }
    let names: Vec<String> = suggested.iter().map(Suggestion::label).collect();
    let widest = names.iter().map(|name| name.width()).max().unwrap_or(0);
    for (suggestion, name) in suggested.iter().zip(&names) {
        let summary = truncate(&one_line(&suggestion.entry.summary()), 60);
        let name = pad(name, widest);
        writeln!(out, "  {CODE}{name}{CODE:#}  {summary}")?;
    }
    if let Some(cause) = near_finding(code).filter(|_| api.is_none()) {
        let (id, summary) = (cause.id(), cause.summary());
        writeln!(out, "Or the finding {id}: {summary}")?;
    }
    let with_status = |status: u16| {
        let entries = catalogs.entries();
        entries
            .filter(|entry| entry.error.statuses.contains(&status))
            .count()
    };
    if let Ok(status) = code.parse()
        && let number @ 1.. = with_status(status)
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
