//! Where the catalogs are and where generated files go.

use std::io;
use std::path::{Path, PathBuf};

/// The paths that commands work on.
#[derive(Debug, clap::Args)]
pub(crate) struct Paths {
    /// The folder of the catalogs, or the file of a single one [default: `catalog`, here or in the
    /// nearest folder above that has it]
    #[arg(long, value_name = "PATH")]
    catalogs: Option<PathBuf>,

    /// The folder that holds what is generated [default: `generated`, beside the folder `catalog`]
    #[arg(long, value_name = "DIR")]
    output: Option<PathBuf>,
}

/// The paths, settled.
pub(crate) struct Project {
    /// What the names of catalogs in findings and headers are relative to.
    pub(crate) root: PathBuf,
    /// Relative to `root`.
    pub(crate) catalogs: PathBuf,
    /// The folder that holds what is generated.
    pub(crate) output: PathBuf,
}

impl Paths {
    /// Finds the project, from the current folder upwards.
    ///
    /// # Errors
    ///
    /// Where there is no catalog to be found, with what to do about it.
    pub(crate) fn project(&self) -> io::Result<Project> {
        let here = std::env::current_dir()?;
        let (root, catalogs) = match &self.catalogs {
            Some(catalogs) => (here.clone(), catalogs.clone()),
            None => (root(&here)?, PathBuf::from("catalog")),
        };
        let output = match &self.output {
            Some(output) => here.join(output),
            None => root.join("generated"),
        };
        Ok(Project {
            root,
            catalogs,
            output,
        })
    }
}

impl Project {
    /// The output folder as a person at the prompt would write it.
    pub(crate) fn shown_output(&self) -> String {
        let shown = self.output.strip_prefix(&self.root).unwrap_or(&self.output);
        shown.display().to_string()
    }
}

fn root(here: &Path) -> io::Result<PathBuf> {
    let found = here
        .ancestors()
        .find(|folder| folder.join("catalog").is_dir());
    found.map(Path::to_path_buf).ok_or_else(|| {
        let message = "no folder `catalog` here or above; name the catalogs with --catalogs";
        io::Error::new(io::ErrorKind::NotFound, message)
    })
}
