//! The lint for types that nothing uses.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::check::allowed_lints::AllowedLints;
use crate::check::lints::reporter::{LintMatch, LintReporter};
use crate::check::types::NamedTypes;
use crate::findings::Lint;
use crate::model::{Catalog, Details};

impl LintReporter<'_> {
    /// Reports types that no details hold, nor any type that details hold.
    pub(super) fn unused_types(&self, types: &NamedTypes<'_>, catalog: &Catalog) {
        let mut used = BTreeSet::new();
        for error in &catalog.errors {
            match &error.details {
                Some(Details::Object(fields)) => {
                    for field in fields {
                        field.ty.uses(&mut used);
                    }
                }
                Some(Details::Whole(ty)) => ty.uses(&mut used),
                None => {}
            }
        }
        let mut left: Vec<&str> = used.iter().copied().collect();
        while let Some(name) = left.pop() {
            let mut held = BTreeSet::new();
            for field in types.fields(name) {
                field.ty.uses(&mut held);
            }
            left.extend(held.into_iter().filter(|name| used.insert(name)));
        }
        for (name, span) in types.declared() {
            if !used.contains(name.as_str()) {
                self.unused_type(name, span);
            }
        }
    }

    fn unused_type(&self, name: &str, span: &Range<usize>) {
        self.report(
            &AllowedLints::default(),
            LintMatch {
                lint: Lint::UnusedType,
                span,
                title: format!("nothing is of the type `{name}`"),
                label: "unused",
                help: "use it in `details`, or delete it".to_owned(),
            },
        );
    }
}
