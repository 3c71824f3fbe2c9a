//! Both catalogs, with indexes for comparing their errors.

use std::collections::HashMap;

use errbook_codegen::__private::model::{Catalog, Error, Role, WireCode};

use crate::diff::compare::pairing::{Pair, pairs};
use crate::diff::compare::type_index::TypeIndex;

/// Both catalogs, with what comparing an error looks up in them.
pub(super) struct CatalogPair<'a> {
    pub(super) old: &'a Catalog,
    pub(super) new: &'a Catalog,
    pub(super) old_codes: CodeIndex<'a>,
    pub(super) new_codes: CodeIndex<'a>,
    pub(super) types: TypeIndex<'a>,
    /// The index of the old error for each new error.
    pub(super) partners: Vec<Option<usize>>,
    /// The indexes of the columns that both catalogs declare.
    pub(super) columns: Vec<[usize; 2]>,
    /// Whether the bodies of both contain codes. If not, the changes of the envelope include that.
    pub(super) have_codes: bool,
}

impl<'a> CatalogPair<'a> {
    pub(super) fn new(old: &'a Catalog, new: &'a Catalog) -> Self {
        let [old_columns, new_columns] = [old, new].map(|it| it.columns.iter().enumerate());
        let columns = pairs(old_columns, new_columns, |(_, column)| &column.key);
        let columns = columns.items.into_iter().filter_map(|pair| match pair {
            Pair::Both((old, _), (new, _)) => Some([old, new]),
            _ => None,
        });
        let has_code = |catalog: &Catalog| catalog.envelope.member(&Role::Code).is_some();
        let new_codes = CodeIndex::new(new);
        Self {
            old,
            new,
            types: TypeIndex::new(old, new),
            partners: partners(old, new, &new_codes),
            old_codes: CodeIndex::new(old),
            new_codes,
            columns: columns.collect(),
            have_codes: has_code(old) && has_code(new),
        }
    }
}

/// Returns the index of the old error for each new error: the one with the same key, or else the one whose
/// code it has as its code or alias. Similar texts do not make a pair.
fn partners(old: &Catalog, new: &Catalog, new_codes: &CodeIndex<'_>) -> Vec<Option<usize>> {
    let [old_errors, new_errors] = [old, new].map(|catalog| catalog.errors.iter().enumerate());
    let mut partners = vec![None; new.errors.len()];
    let mut removed = Vec::new();
    for pair in pairs(old_errors, new_errors, |(_, error)| &error.key).items {
        match pair {
            Pair::Both((old, _), (new, _)) => partners[new] = Some(old),
            Pair::Removed(old) => removed.push(old),
            Pair::Added(_) => {}
        }
    }
    for (old, error) in removed {
        let holders = error.code.iter().flat_map(|code| new_codes.get(code));
        let mut free = holders.filter(|new| partners[**new].is_none());
        if let (Some(new), None) = (free.next(), free.next()) {
            partners[*new] = Some(old);
        }
    }
    partners
}

/// The indexes of a catalog's errors by their codes and aliases.
pub(super) struct CodeIndex<'a>(HashMap<&'a str, Vec<usize>>);

impl<'a> CodeIndex<'a> {
    fn new(catalog: &'a Catalog) -> Self {
        let mut codes: HashMap<&str, Vec<usize>> = HashMap::new();
        for (index, error) in catalog.errors.iter().enumerate() {
            for code in error.code.iter().chain(&error.aliases) {
                codes.entry(&code.text).or_default().push(index);
            }
        }
        Self(codes)
    }

    /// Returns the indexes of the errors with a code or alias.
    pub(super) fn get(&self, code: &WireCode) -> &[usize] {
        self.0.get(code.text.as_str()).map_or(&[], Vec::as_slice)
    }
}

/// Returns the id of an error's section.
pub(super) fn section<'a>(catalog: &'a Catalog, error: &Error) -> Option<&'a str> {
    Some(&catalog.categories[error.category?].id)
}
