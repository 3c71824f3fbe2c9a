//! What every command is told: where the catalogs are, and how to speak.

use std::ffi::OsString;
use std::fmt;
use std::io::{self, Write};
use std::path::{Path, PathBuf, absolute};

use clap::Args as _;
use clap::builder::styling::{AnsiColor, Style};
use errbook_codegen::{Input, SETTINGS, Settings};

/// As cargo shows it.
const NOTE: Style = AnsiColor::BrightGreen.on_default().bold();

/// Options of all commands.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Options of all commands")]
pub(crate) struct Global {
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

/// The paths, settled.
pub(crate) struct Project {
    /// What the names of catalogs in findings and headers are relative to.
    pub(crate) root: PathBuf,
    /// Relative to `root`, if it is below.
    pub(crate) catalogs: PathBuf,
    /// Whether they were named on the command line.
    named: bool,
    /// The settings, and no catalogs yet.
    settings: Input,
}

impl Global {
    /// Finds the project.
    ///
    /// # Errors
    ///
    /// Where there is none to be found, with what to do about it, or no catalogs where they are named.
    pub(crate) fn project(&self) -> io::Result<Project> {
        let project = self.project_of_any_time()?;
        match &self.catalogs {
            Some(named) if !project.root.join(&project.catalogs).exists() => {
                let message = format!(
                    "there is no file or folder `{}`; --catalogs starts at the current folder",
                    named.display()
                );
                Err(io::Error::new(io::ErrorKind::NotFound, message))
            }
            _ => Ok(project),
        }
    }

    /// Finds the project, whose catalogs may have been there in the past.
    fn project_of_any_time(&self) -> io::Result<Project> {
        let here = std::env::current_dir()?;
        let root = match (&self.project, nearest(&here)) {
            (Some(project), _) if project.is_dir() => absolute(project)?,
            (Some(project), _) => {
                let message = format!("there is no folder `{}`", project.display());
                return Err(io::Error::new(io::ErrorKind::NotFound, message));
            }
            (None, Some(project)) => project.to_path_buf(),
            (None, None) if self.catalogs.is_some() => here.clone(),
            (None, None) => {
                let message = format!(
                    "no folder `{}` and no {SETTINGS} here or above; \
                     name the catalogs with --catalogs, or make a first one: cargo errbook new",
                    Settings::CATALOGS,
                );
                return Err(io::Error::new(io::ErrorKind::NotFound, message));
            }
        };
        let settings = Input::read_settings(&root);
        let catalogs = match &self.catalogs {
            None => settings.settings().catalogs().to_owned(),
            Some(catalogs) => {
                let catalogs = absolute(here.join(catalogs))?;
                match catalogs.strip_prefix(&root) {
                    Ok(below) => below.to_path_buf(),
                    Err(_) => catalogs,
                }
            }
        };
        Ok(Project {
            root,
            catalogs,
            named: self.catalogs.is_some(),
            settings,
        })
    }

    /// The project, where there is one or one is named.
    ///
    /// # Errors
    ///
    /// Where the one that is named is not there.
    pub(crate) fn project_if_any(&self) -> io::Result<Option<Project>> {
        match self.project_of_any_time() {
            Ok(project) => Ok(Some(project)),
            Err(error) if self.project.is_some() => Err(error),
            Err(_) => Ok(None),
        }
    }

    /// Refuses options that name a project, for a command that is told of a folder otherwise.
    pub(crate) fn require_none(&self, command: &str, told_by: &str) -> io::Result<()> {
        if self.project.is_some() || self.catalogs.is_some() {
            let message = format!(
                "`{command}` takes neither --project nor --catalogs; the folder is its {told_by}"
            );
            return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
        }
        Ok(())
    }

    /// Prints a line about what is going on, which nobody needs.
    pub(crate) fn status(&self, line: fmt::Arguments<'_>) -> io::Result<()> {
        if self.quiet {
            return Ok(());
        }
        writeln!(anstream::stdout(), "{line}")
    }

    /// Says what is worth to know beside what is printed.
    pub(crate) fn note(&self, line: fmt::Arguments<'_>) -> io::Result<()> {
        if self.quiet {
            return Ok(());
        }
        writeln!(anstream::stderr(), "{NOTE}note{NOTE:#}: {line}")
    }
}

/// A command without the options that name a project, which mean nothing to it. They are still known, so that
/// what is wrong with them can be told.
pub(crate) fn without_project(command: clap::Command) -> clap::Command {
    let options = Global::augment_args(clap::Command::new(""));
    let options = options.get_arguments();
    let of_project =
        options.filter(|option| ["project", "catalogs"].contains(&option.get_id().as_str()));
    let hidden: Vec<clap::Arg> = of_project.map(|option| option.clone().hide(true)).collect();
    command.args(hidden)
}

/// Settles whether anything that is printed has colours, also what is said of wrong arguments.
pub(crate) fn set_color(arguments: &[OsString]) {
    let arguments = arguments.iter().map_while(|argument| {
        let text = argument.to_string_lossy();
        (text != "--").then_some(text)
    });
    let arguments: Vec<_> = arguments.collect();
    let mut given = arguments
        .iter()
        .enumerate()
        .filter_map(|(index, argument)| {
            let rest = argument.strip_prefix("--color")?;
            match rest.strip_prefix('=') {
                Some(choice) => Some(choice),
                None if rest.is_empty() => arguments.get(index + 1).map(AsRef::as_ref),
                None => None,
            }
        });
    let choice = match given.next() {
        Some("always") => anstream::ColorChoice::Always,
        Some("never") => anstream::ColorChoice::Never,
        // Terminals, NO_COLOR and CLICOLOR_FORCE decide.
        _ => anstream::ColorChoice::Auto,
    };
    choice.write_global();
}

impl Project {
    /// What is at a path: a project, a folder of catalogs, or the file of one.
    ///
    /// # Errors
    ///
    /// Where there is no current folder.
    pub(crate) fn at(path: &Path) -> io::Result<Self> {
        let path = absolute(path)?;
        if is_project(&path) {
            let settings = Input::read_settings(&path);
            return Ok(Self {
                root: path,
                catalogs: settings.settings().catalogs().to_owned(),
                named: false,
                settings,
            });
        }
        let here = std::env::current_dir()?;
        let below = path.strip_prefix(&here).map(Path::to_path_buf);
        Ok(Self {
            catalogs: below.unwrap_or(path),
            settings: Input::read_settings(&here),
            root: here,
            named: true,
        })
    }

    /// Where the catalogs are, if the command line says so and not the settings: an absolute path where it
    /// is not below the project's folder.
    pub(crate) fn named_catalogs(&self) -> Option<&Path> {
        self.named.then_some(&*self.catalogs)
    }

    /// Reads the catalogs and the settings; what cannot be read becomes a finding.
    pub(crate) fn read(&self) -> Input {
        let settings = self.settings.clone();
        if self.named {
            settings.read_catalogs(&self.root, &self.catalogs)
        } else {
            settings.read_own_catalogs(&self.root)
        }
    }

    /// Whether the command line names other catalogs than the project has.
    pub(crate) fn has_others(&self) -> bool {
        let own = self.root.join(self.settings.settings().catalogs());
        let named = self.root.join(&self.catalogs);
        self.named
            && own
                .canonicalize()
                .is_ok_and(|own| named.canonicalize().is_ok_and(|named| own != named))
    }

    /// Looks again where the settings say that the catalogs are.
    pub(crate) fn look_again(&mut self) {
        self.settings = Input::read_settings(&self.root);
        if !self.named {
            let settings = self.settings.settings();
            settings.catalogs().clone_into(&mut self.catalogs);
        }
    }

    /// A path as a person in the project's folder would write it.
    pub(crate) fn shown(&self, path: &Path) -> String {
        match path.strip_prefix(&self.root).unwrap_or(path) {
            root if root.as_os_str().is_empty() => ".".to_owned(),
            shown => shown.display().to_string(),
        }
    }
}

fn nearest(here: &Path) -> Option<&Path> {
    here.ancestors().find(|folder| is_project(folder))
}

fn is_project(folder: &Path) -> bool {
    folder.join(SETTINGS).is_file() || folder.join(Settings::CATALOGS).is_dir()
}
