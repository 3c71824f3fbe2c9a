//! `cargo errbook completions`: prints the completion script of a shell.

use std::io::{self, Write};

use clap_complete::Shell;

use crate::console::Outcome;

/// The arguments of `completions`.
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

/// The name of the program.
const PROGRAM: &str = "cargo-errbook";

pub(crate) fn run(args: &Args, mut command_line: clap::Command) -> io::Result<Outcome> {
    // Write to memory first: clap panics if it cannot write.
    let mut script = Vec::new();
    // The script of clap_complete 4.6 for bash completes no subcommand if the name contains a hyphen, so the
    // script gets a name without one. `cargo.bash` uses the right name.
    let program = match args.shell {
        Shell::Bash => "cargo_errbook",
        _ => PROGRAM,
    };
    clap_complete::generate(args.shell, &mut command_line, program, &mut script);
    script.extend(cargo_script(args.shell).bytes());
    io::stdout().lock().write_all(&script)?;
    Ok(Outcome::Good)
}

/// Returns the script that makes a shell complete `cargo errbook` as it does `cargo-errbook`.
fn cargo_script(shell: Shell) -> &'static str {
    match shell {
        Shell::Bash => include_str!("cargo.bash"),
        Shell::Fish => include_str!("cargo.fish"),
        Shell::Elvish => include_str!("cargo.elv"),
        // The completion of cargo in zsh looks for the function itself. In PowerShell a script would replace
        // the completion of cargo.
        _ => "",
    }
}
