//! Generates the outputs: one pure function from catalogs to texts for each. None can fail.

mod output_file;
pub mod markdown_escape;
mod rust;
mod pages;
mod fixtures;
mod schema;

pub(crate) use output_file::OutputFile;
pub use schema::{catalog_schema, settings_schema};

use std::collections::BTreeSet;

use crate::model::Catalog;
use crate::output_kind::OutputKind;
use crate::util::parallel::{side_by_side, worth};

/// The outputs that are asked for, each under its name.
pub(crate) fn emit(catalogs: &[Catalog], outputs: &BTreeSet<OutputKind>) -> Vec<OutputFile> {
    let mut jobs = Vec::new();
    for &output in outputs {
        jobs.extend(catalogs.iter().map(|catalog| (output, Some(catalog))));
        jobs.push((output, None));
    }
    let errors = catalogs.iter().map(|catalog| catalog.errors.len()).sum();
    let made = side_by_side(
        worth(errors, 1000),
        &jobs,
        |(output, catalog)| match catalog {
            Some(catalog) => of_one(*output, catalog),
            None => of_all(*output, catalogs),
        },
    );
    made.into_iter().flatten().collect()
}

/// The files of one catalog.
fn of_one(output: OutputKind, catalog: &Catalog) -> Vec<OutputFile> {
    match output {
        OutputKind::Docs => vec![pages::emit(catalog)],
        OutputKind::Fixtures => fixtures::emit(catalog),
        OutputKind::Rust => rust::emit(catalog),
        OutputKind::Schema => Vec::new(),
    }
}

/// The files of all catalogs together.
fn of_all(output: OutputKind, catalogs: &[Catalog]) -> Vec<OutputFile> {
    match output {
        OutputKind::Docs => vec![pages::emit_index(catalogs)],
        OutputKind::Fixtures => Vec::new(),
        OutputKind::Rust => vec![rust::emit_root(catalogs)],
        OutputKind::Schema => schema::emit(),
    }
}
