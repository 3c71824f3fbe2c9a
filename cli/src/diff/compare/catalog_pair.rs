//! Both catalogs, with indexes for comparing their errors.

use std::collections::HashMap;

use errbook_codegen::model::{Catalog, Role, WireCode};

use crate::diff::compare::pairing::pairs;

/// Both catalogs, with what comparing an error looks up in them.
pub(super) struct CatalogPair<'a> {
    pub(super) old: &'a Catalog,
    pub(super) new: &'a Catalog,
    pub(super) old_codes: CodeIndex<'a>,
    pub(super) new_codes: CodeIndex<'a>,
    /// The indexes of the columns that both catalogs declare.
    pub(super) columns: Vec<[usize; 2]>,
    /// Whether the bodies of both contain codes. If not, the changes of the envelope include that.
    pub(super) have_codes: bool,
}

/// The indexes of a catalog's errors by their codes and aliases.
pub(super) type CodeIndex<'a> = HashMap<&'a str, Vec<usize>>;

impl<'a> CatalogPair<'a> {
    pub(super) fn new(old: &'a Catalog, new: &'a Catalog) -> Self {
        let columns = pairs(&old.columns, &new.columns, |column| &column.key);
        let columns = columns.items.into_iter();
        let has_code = |catalog: &Catalog| catalog.envelope.member(&Role::Code).is_some();
        Self {
            old,
            new,
            old_codes: codes(old),
            new_codes: codes(new),
            columns: columns
                .filter_map(|[old, new]| Some([old?.0, new?.0]))
                .collect(),
            have_codes: has_code(old) && has_code(new),
        }
    }

    /// Returns the old error for each new error: the one with the same key, or else the one whose code it has
    /// as its code or alias. Similar texts do not make a pair.
    pub(super) fn partners(&self) -> Vec<Option<usize>> {
        let by_key = pairs(&self.old.errors, &self.new.errors, |error| &error.key);
        let mut partners = vec![None; self.new.errors.len()];
        let mut gone = Vec::new();
        for pair in by_key.items {
            match pair {
                [Some((old, _)), Some((new, _))] => partners[new] = Some(old),
                [Some((old, error)), None] => gone.push((old, error)),
                _ => {}
            }
        }
        for (old, error) in gone {
            let known = self.holders(error.code.as_ref()).iter().copied();
            let mut free = known.filter(|new| partners[*new].is_none());
            if let (Some(new), None) = (free.next(), free.next()) {
                partners[new] = Some(old);
            }
        }
        partners
    }

    /// Returns the new errors that have a code or alias.
    pub(super) fn holders(&self, code: Option<&WireCode>) -> &[usize] {
        let holders = code.and_then(|code| self.new_codes.get(code.text.as_str()));
        holders.map_or(&[], Vec::as_slice)
    }
}

fn codes(catalog: &Catalog) -> CodeIndex<'_> {
    let mut codes = CodeIndex::new();
    for (index, error) in catalog.errors.iter().enumerate() {
        for code in error.code.iter().chain(&error.aliases) {
            codes.entry(&code.text).or_default().push(index);
        }
    }
    codes
}
