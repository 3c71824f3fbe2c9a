//! `cargo errbook explain`.

use std::io::{self, Write};

use errbook_codegen::{Cause, Lint, Rule};

use crate::Outcome;

/// What `explain` is asked to do.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The id of a finding, such as `E0201`, or the name of a lint, such as `missing-action`
    id: String,
}

pub(crate) fn run(args: &Args) -> io::Result<Outcome> {
    let Some(cause) = Cause::from_id(&args.id) else {
        let (first, last) = (Rule::ALL[0].id(), Rule::ALL[Rule::ALL.len() - 1].id());
        let lints: Vec<&str> = Lint::ALL.iter().map(|lint| lint.name()).collect();
        let message = format!(
            "there is no finding `{}`; rules are {first} to {last}, lints are {}",
            args.id,
            lints.join(", ")
        );
        return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
    };
    write!(anstream::stdout(), "{}", cause.page())?;
    Ok(Outcome::Good)
}
