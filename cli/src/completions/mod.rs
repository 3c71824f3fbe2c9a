//! `cargo errbook completions`.

use std::io::{self, Write};

use clap_complete::Shell;

use crate::{Outcome, command};

/// What `completions` is asked to do.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The shell that is to complete
    shell: Shell,
}

const EXAMPLES: &str = "\
Examples:
  cargo errbook completions bash > ~/.cargo/errbook.bash
  cargo errbook completions zsh > ~/.zfunc/_cargo-errbook
  cargo errbook completions fish > ~/.config/fish/conf.d/cargo-errbook.fish
  cargo errbook completions elvish >> ~/.config/elvish/rc.elv
  cargo errbook completions powershell > ~/errbook.ps1

Both `cargo errbook` and `cargo-errbook` are completed; in PowerShell, `cargo-errbook` alone.

For bash, ~/.bashrc says, after the line that is for cargo, if there is one:
  source ~/.cargo/errbook.bash
For zsh, ~/.zshrc says before `compinit` where this file is, and the one for cargo that comes with Rust:
  fpath+=(~/.zfunc $(rustc --print sysroot)/share/zsh/site-functions)
For PowerShell, $PROFILE says:
  . ~/errbook.ps1";

/// As the program is called; `cargo errbook` calls it so, too.
const PROGRAM: &str = "cargo-errbook";

pub(crate) fn run(args: &Args) -> io::Result<Outcome> {
    // Into memory first: what writes it panics where nobody reads.
    let mut script = Vec::new();
    // Of a program with a hyphen in its name, what clap_complete 4.6 writes for bash completes no subcommand:
    // it gets a name without one, and `cargo.bash` the right one.
    let program = match args.shell {
        Shell::Bash => "cargo_errbook",
        _ => PROGRAM,
    };
    clap_complete::generate(args.shell, &mut command(), program, &mut script);
    script.extend(of_cargo(args.shell).bytes());
    io::stdout().lock().write_all(&script)?;
    Ok(Outcome::Good)
}

/// What lets a shell complete `cargo errbook` as it does `cargo-errbook`.
fn of_cargo(shell: Shell) -> &'static str {
    match shell {
        Shell::Bash => include_str!("cargo.bash"),
        Shell::Fish => include_str!("cargo.fish"),
        Shell::Elvish => include_str!("cargo.elv"),
        // In zsh, what completes cargo looks for a function of this name by itself. PowerShell has no way to
        // ask what completes cargo, and would lose it.
        _ => "",
    }
}
