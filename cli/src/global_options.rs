//! The options of all commands: where the project is, and how much is printed.

use std::ffi::OsString;
use std::fmt;
use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args as _;

use errbook_codegen::__private::printable;

use crate::console::NOTE;
use crate::project::Project;

/// Options of all commands.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Options of all commands")]
pub(crate) struct GlobalOptions {
    /// The folder of the project [default: the nearest, from here upwards, that holds `errbook.toml`
    /// or a folder `catalog`]
    #[arg(long, global = true, value_name = "DIR")]
    project: Option<PathBuf>,

    /// The folder of the catalogs, or the file of a single one, from the current folder on [default: what
    /// `errbook.toml` says, or else `catalog`, in the project]
    #[arg(long, global = true, value_name = "PATH")]
    catalogs: Option<PathBuf>,

    /// Say only what is asked for, and what is wrong
    #[arg(long, short, global = true)]
    quiet: bool,

    /// When to use colours
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    // `set_color` reads it before all others.
    color: clap::ColorChoice,
}

impl GlobalOptions {
    /// Finds the project.
    ///
    /// # Errors
    ///
    /// There is no project, or there are no catalogs where `--catalogs` names them. The message contains the
    /// remedy.
    pub(crate) fn project(&self) -> io::Result<Project> {
        let project = self.find_project()?;
        match &self.catalogs {
            Some(named) if !project.root.join(&project.catalogs).exists() => {
                Err(io::Error::other(format!(
                    "there is no file or folder `{}`; --catalogs starts at the current folder",
                    printable(named)
                )))
            }
            _ => Ok(project),
        }
    }

    /// Finds the project, if there is one. Its catalogs need not exist: they may exist in an older revision.
    ///
    /// # Errors
    ///
    /// There is no folder where `--project` names one.
    pub(crate) fn project_if_any(&self) -> io::Result<Option<Project>> {
        match self.find_project() {
            Ok(project) => Ok(Some(project)),
            Err(error) if self.project.is_some() => Err(error),
            Err(_) => Ok(None),
        }
    }

    fn find_project(&self) -> io::Result<Project> {
        Project::find(self.project.as_deref(), self.catalogs.as_deref())
    }

    /// Rejects options that name a project, for a command that takes its folder as an argument.
    pub(crate) fn require_no_project(&self, command: &str, argument: &str) -> io::Result<()> {
        if self.project.is_some() || self.catalogs.is_some() {
            return Err(io::Error::other(format!(
                "`{command}` takes neither --project nor --catalogs; the folder is its {argument}"
            )));
        }
        Ok(())
    }

    /// Prints a line about progress or results, unless `--quiet` is set.
    pub(crate) fn status(&self, line: impl fmt::Display) -> io::Result<()> {
        if self.quiet {
            return Ok(());
        }
        writeln!(anstream::stdout(), "{line}")
    }

    /// Writes a note to standard error, unless `--quiet` is set.
    pub(crate) fn note(&self, line: impl fmt::Display) -> io::Result<()> {
        if self.quiet {
            return Ok(());
        }
        writeln!(anstream::stderr(), "{NOTE}note{NOTE:#}: {line}")
    }
}

/// Hides the options that name a project in the help of a command that has none. They are still parsed, so
/// that the command can explain why it rejects them.
pub(crate) fn hide_project_options(command: clap::Command) -> clap::Command {
    let options = GlobalOptions::augment_args(clap::Command::new(""));
    let options = options.get_arguments();
    let of_project =
        options.filter(|option| ["project", "catalogs"].contains(&option.get_id().as_str()));
    let hidden: Vec<clap::Arg> = of_project.map(|option| option.clone().hide(true)).collect();
    command.args(hidden)
}

/// Applies `--color` before the arguments are parsed, so that errors in the arguments follow it, too.
pub(crate) fn set_color(arguments: &[OsString]) {
    let arguments = arguments.iter().map(|argument| argument.to_string_lossy());
    let mut arguments = arguments.take_while(|argument| argument != "--");
    let given = loop {
        let Some(argument) = arguments.next() else {
            break None;
        };
        match argument.strip_prefix("--color") {
            Some("") => break arguments.next(),
            Some(rest) if rest.starts_with('=') => break Some(rest[1..].to_owned().into()),
            _ => {}
        }
    };
    let choice = match given.as_deref() {
        Some("always") => anstream::ColorChoice::Always,
        Some("never") => anstream::ColorChoice::Never,
        // Terminals, NO_COLOR and CLICOLOR_FORCE decide.
        _ => anstream::ColorChoice::Auto,
    };
    choice.write_global();
}
