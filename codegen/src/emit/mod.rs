//! Generates the outputs: one pure function from catalogs to texts for each. None can fail.

pub mod markdown_escape;
mod rust;
mod pages;
mod fixtures;
mod schema;

pub use schema::{catalog_schema, settings_schema};

use std::collections::{BTreeMap, BTreeSet};

use crate::model::Catalog;
use crate::output_kind::OutputKind;
use crate::util::parallel::{side_by_side, worth};

/// The outputs that are asked for: the text of each file by its path in the folder of the output.
pub(crate) fn emit(
    catalogs: &[Catalog],
    outputs: &BTreeSet<OutputKind>,
) -> BTreeMap<OutputKind, BTreeMap<String, String>> {
    let mut jobs = Vec::new();
    for &output in outputs {
        jobs.extend(catalogs.iter().map(|catalog| (output, Some(catalog))));
        jobs.push((output, None));
    }
    let errors = catalogs.iter().map(|catalog| catalog.errors.len()).sum();
    let made = side_by_side(worth(errors, 1000), &jobs, |job| match *job {
        // The files of one catalog.
        (OutputKind::Docs, Some(catalog)) => vec![pages::emit(catalog)],
        (OutputKind::Fixtures, Some(catalog)) => fixtures::emit(catalog),
        (OutputKind::Rust, Some(catalog)) => rust::emit(catalog),
        (OutputKind::Schema, Some(_)) | (OutputKind::Fixtures, None) => Vec::new(),
        // The files of all catalogs together.
        (OutputKind::Docs, None) => vec![pages::emit_index(catalogs)],
        (OutputKind::Rust, None) => vec![rust::emit_root(catalogs)],
        (OutputKind::Schema, None) => schema::emit(),
    });
    let mut files: BTreeMap<_, BTreeMap<_, _>> = BTreeMap::new();
    for ((output, _), made) in jobs.iter().zip(made) {
        files.entry(*output).or_default().extend(made);
    }
    files
}
