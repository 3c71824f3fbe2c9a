//! How a command ends.

/// The exit status of a command that was used correctly. Wrong use and errors of the system end with 2.
pub(crate) enum Outcome {
    /// Exit status 0.
    Good,
    /// Exit status 1: the catalogs or the generated files have problems, or nothing has the requested name.
    Findings,
}

impl Outcome {
    /// `Findings` if something failed, else `Good`.
    pub(crate) fn failed_if(failed: bool) -> Self {
        if failed { Self::Findings } else { Self::Good }
    }
}
