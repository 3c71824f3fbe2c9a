//! `cargo errbook man`: prints or writes the manual pages.

use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;

use clap::Command;
use clap::builder::Resettable;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, roman};

use errbook_codegen::__private::printable;

use crate::console::{Outcome, count};
use crate::global_options::GlobalOptions;

/// The arguments of `man`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// Write the pages of all commands into this folder, and print none
    #[arg(long, value_name = "DIR")]
    output: Option<PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  cargo errbook man > cargo-errbook.1 && man -l cargo-errbook.1
  cargo errbook man --output ~/.local/share/man/man1

After the latter, `man cargo-errbook-check` shows the page of `cargo errbook check`.";

pub(crate) fn run(
    args: &Args,
    global: &GlobalOptions,
    command_line: Command,
) -> io::Result<Outcome> {
    let mut all = command_line
        .display_name(MAIN)
        .disable_help_subcommand(true);
    all.build();
    let Some(folder) = &args.output else {
        io::stdout().lock().write_all(&page(all)?)?;
        return Ok(Outcome::Good);
    };
    let subcommands: Vec<Command> = all.get_subcommands().cloned().collect();
    let pages = subcommands.into_iter().chain([all]);
    let named = |error: io::Error, path: &PathBuf| {
        io::Error::new(error.kind(), format!("{}: {error}", printable(path)))
    };
    fs::create_dir_all(folder).map_err(|error| named(error, folder))?;
    let mut written = 0;
    for command in pages {
        let path = folder.join(format!("{}.1", name(&command)));
        fs::write(&path, page(command)?).map_err(|error| named(error, &path))?;
        written += 1;
    }
    let written = count(written, "page", "pages");
    global.status(format_args!("Wrote {written} to {}", printable(folder)))?;
    Ok(Outcome::Good)
}

const MAIN: &str = "cargo-errbook";

/// Returns the name of a page: `cargo-errbook-check`.
fn name(command: &Command) -> String {
    command.get_display_name().unwrap_or(MAIN).to_owned()
}

/// Returns the page of a command as roff.
fn page(command: Command) -> io::Result<Vec<u8>> {
    let (name, has_subcommands) = (name(&command), command.has_subcommands());
    let after = command.get_after_long_help().map(ToString::to_string);
    // The text after the help gets a heading of its own.
    let command = command.after_long_help(Resettable::Reset);
    let man = Man::new(command)
        .title(name)
        .source(concat!("cargo-errbook ", env!("CARGO_PKG_VERSION")))
        .manual("errbook");
    let mut page = Vec::new();
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    if has_subcommands {
        man.render_subcommands_section(&mut page)?;
    }
    let mut rest = Roff::new();
    if let Some(after) = after {
        examples(&mut rest, &after);
    }
    if !has_subcommands {
        rest.control("SH", ["SEE ALSO"]);
        rest.text([roman(format!("{MAIN}(1)"))]);
    }
    rest.to_writer(&mut page)?;
    Ok(page)
}

/// Writes the examples: indented lines as they are, others as paragraphs.
fn examples(roff: &mut Roff, text: &str) {
    roff.control("SH", ["EXAMPLES"]);
    let mut is_verbatim = false;
    for line in text.lines().filter(|line| *line != "Examples:") {
        let indented = line.strip_prefix("  ");
        match (is_verbatim, indented.is_some()) {
            (false, true) => {
                roff.control("RS", []).control("nf", []);
            }
            (true, false) => {
                roff.control("fi", []).control("RE", []);
            }
            _ => {}
        }
        is_verbatim = indented.is_some();
        match indented.unwrap_or(line) {
            "" => roff.control("PP", []),
            line => roff.text([roman(line)]),
        };
    }
    if is_verbatim {
        roff.control("fi", []).control("RE", []);
    }
}
