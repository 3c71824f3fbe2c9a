//! Compares two versions of the catalogs: reads both, pairs their APIs, and lists the changes with a verdict.

pub(crate) mod kind;
pub(crate) mod change;
pub(crate) mod verdict;
mod git;
pub(crate) mod input;
mod compare;

use std::collections::{HashMap, HashSet};
use std::io;

use errbook_codegen::__private::model::Catalog;

use crate::diff::change::ApiChanges;
use crate::diff::input::DiffSide;
use crate::diff::verdict::VerdictCounts;

/// The changes between two versions of the catalogs.
pub(crate) struct Comparison<'a> {
    /// The old and the new side.
    pub(crate) sides: [&'a DiffSide; 2],
    /// All APIs, with and without changes, in the order of the new side; removed APIs come last.
    apis: Vec<ApiChanges<'a>>,
    pub(crate) counts: VerdictCounts,
}

impl<'a> Comparison<'a> {
    /// Compares the APIs of both sides.
    ///
    /// # Errors
    ///
    /// One side is a single file, and the other side has no API with its id.
    pub(crate) fn new(old: &'a DiffSide, new: &'a DiffSide) -> io::Result<Self> {
        let apis = compare_apis(old, new)?;
        let counts = VerdictCounts::new(apis.iter().flat_map(|api| &api.changes));
        Ok(Self {
            sides: [old, new],
            apis,
            counts,
        })
    }

    /// Returns the APIs with changes.
    pub(crate) fn changed(&self) -> impl Iterator<Item = &ApiChanges<'a>> {
        self.apis.iter().filter(|api| !api.changes.is_empty())
    }

    /// Returns the verdict on all changes in words.
    pub(crate) fn verdict(&self) -> String {
        self.counts.verdict(&self.apis)
    }
}

/// Pairs the APIs of both sides by their ids, and compares them.
fn compare_apis<'a>(old: &'a DiffSide, new: &'a DiffSide) -> io::Result<Vec<ApiChanges<'a>>> {
    let indexed = |side: &'a DiffSide| side.catalogs.iter().enumerate();
    // A single file is compared with the only catalog of the other side, even if the ids differ.
    if (old.is_file || new.is_file) && old.catalogs.len() == 1 && new.catalogs.len() == 1 {
        let pair = compare::api([indexed(old).next(), indexed(new).next()]);
        return Ok(vec![pair]);
    }
    let by_id: HashMap<&str, (usize, &Catalog)> = indexed(old)
        .map(|(index, catalog)| (catalog.api.id.as_str(), (index, catalog)))
        .collect();
    let ids: HashSet<&str> = indexed(new).map(|(_, it)| it.api.id.as_str()).collect();
    let mut apis: Vec<ApiChanges<'a>> = Vec::new();
    for (index, catalog) in indexed(new) {
        let before = by_id.get(catalog.api.id.as_str()).copied();
        if before.is_some() || !old.is_file {
            apis.push(compare::api([before, Some((index, catalog))]));
        }
    }
    for (index, catalog) in indexed(old) {
        if !ids.contains(catalog.api.id.as_str()) && !new.is_file {
            apis.push(compare::api([Some((index, catalog)), None]));
        }
    }
    let is_pair = |api: &ApiChanges<'_>| api.catalogs.iter().all(Option::is_some);
    let found = old.catalogs.is_empty() || apis.iter().any(is_pair);
    if (old.is_file || new.is_file) && !found {
        let (file, other) = if old.is_file { (old, new) } else { (new, old) };
        let id = &file.catalogs[0].api.id;
        return Err(io::Error::other(format!(
            "`{}` is the catalog of `{id}`, and there is none of that id in `{}`; name the file to compare it with",
            file.name, other.name
        )));
    }
    Ok(apis)
}
