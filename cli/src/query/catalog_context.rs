//! The tables of a catalog that belong to several errors: bodies, rules and types.

use std::collections::{BTreeSet, HashMap};

use errbook_codegen::__private::describe::{BodyChoice, BodyExample, body_examples};
use errbook_codegen::__private::model::{Catalog, Details, Error, Field, NamedType, Rule};
use errbook_codegen::__private::{Bodies, ErrorEntry, Sample};

/// The tables of a catalog that belong to several errors, indexed by error.
pub(crate) struct CatalogContext<'a> {
    catalog: &'a Catalog,
    bodies: Bodies<'a>,
    types: HashMap<&'a str, usize>,
    rules: HashMap<&'a str, Vec<&'a Rule>>,
}

impl<'a> CatalogContext<'a> {
    fn new(catalog: &'a Catalog) -> Self {
        let types = catalog.types.iter().enumerate();
        let mut rules: HashMap<&str, Vec<&Rule>> = HashMap::new();
        for rule in &catalog.rules {
            if let Some(index) = rule.error {
                rules
                    .entry(&catalog.errors[index].key)
                    .or_default()
                    .push(rule);
            }
        }
        Self {
            catalog,
            bodies: Bodies::new(catalog),
            types: types
                .map(|(index, named)| (named.name.as_str(), index))
                .collect(),
            rules,
        }
    }

    /// Returns the body made from the error itself, followed by one for each of its examples.
    pub(crate) fn samples(&self, error: &Error) -> Vec<Sample> {
        if self.catalog.envelope.members.is_empty() {
            return Vec::new();
        }
        self.bodies.of(error)
    }

    /// Returns the bodies to show of an error.
    pub(crate) fn body_examples(&self, entry: ErrorEntry<'a>) -> Vec<BodyExample<'a>> {
        body_examples(&self.bodies, entry, BodyChoice::OwnAndExamples)
    }

    /// Returns the validation rules whose breach the error reports.
    pub(crate) fn rules(&self, entry: ErrorEntry<'_>) -> &[&'a Rule] {
        self.rules.get(&*entry.error.key).map_or(&[], Vec::as_slice)
    }

    /// Returns the named types that the error's details use, directly or through other types, in the order of
    /// the catalog.
    pub(crate) fn types(&self, error: &'a Error) -> Vec<&'a NamedType> {
        let mut names = BTreeSet::new();
        let fields: &[Field] = match &error.details {
            Some(Details::Object(fields)) => fields,
            Some(Details::Whole(ty)) => {
                ty.uses(&mut names);
                &[]
            }
            None => &[],
        };
        add_types(fields, &mut names);
        let mut held = BTreeSet::new();
        while let Some(name) = names.pop_first() {
            if let Some(index) = self.types.get(name)
                && held.insert(*index)
            {
                add_types(&self.catalog.types[*index].fields, &mut names);
            }
        }
        held.into_iter()
            .map(|index| &self.catalog.types[index])
            .collect()
    }
}

/// Groups errors by catalog, each group with the context of its catalog.
pub(crate) fn by_catalog<'a, 'e>(
    entries: &'e [ErrorEntry<'a>],
) -> impl Iterator<Item = (CatalogContext<'a>, &'e [ErrorEntry<'a>])> {
    let same_catalog =
        |one: &ErrorEntry<'_>, other: &ErrorEntry<'_>| std::ptr::eq(one.catalog, other.catalog);
    entries
        .chunk_by(same_catalog)
        .map(|group| (CatalogContext::new(group[0].catalog), group))
}

/// Adds the named types that fields use.
fn add_types<'a>(fields: &'a [Field], names: &mut BTreeSet<&'a str>) {
    for field in fields {
        field.ty.uses(names);
    }
}
