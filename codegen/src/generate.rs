//! Checks catalogs and generates every output.

use crate::check::{Checked, check};
use crate::emit;
use crate::findings::Report;
use crate::input::Input;
use crate::model::Catalog;
use crate::output::Files;
use crate::output_kind::OutputKind;
use crate::settings::Settings;

/// What [`generate()`] returns.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Output {
    /// The catalogs, in the order of their sources.
    #[doc(hidden)]
    pub catalogs: Vec<Catalog>,
    /// The files of every output.
    pub files: Files,
    /// The findings of lints that the project does not deny.
    pub warnings: Report,
    /// The settings of the project, such as the folders of its outputs.
    pub settings: Settings,
}

/// Checks catalogs and generates everything from them. Writes nothing.
///
/// The output depends on the sources alone, and not on their order: it is that of their names.
///
/// # Errors
///
/// Every finding in every source, if one of them is an error.
pub fn generate(input: impl Into<Input>) -> Result<Output, Report> {
    let checked = check(input).into_result()?;
    Ok(Output {
        files: checked.files(OutputKind::ALL.iter().copied()),
        catalogs: checked.catalogs,
        warnings: checked.report,
        settings: checked.settings,
    })
}

impl Checked {
    /// Generates these outputs from the valid catalogs. Writes nothing.
    pub fn files(&self, outputs: impl IntoIterator<Item = OutputKind>) -> Files {
        let outputs = outputs.into_iter().collect();
        Files::new(emit::emit(&self.catalogs, &outputs))
    }
}
