//! One error of a catalog, with what the catalog says about it in other tables.

use crate::model::{Api, Catalog, Category, Error, Inferred, Retry, StatusRow};

/// One error of a catalog, with its catalog.
#[derive(Clone, Copy)]
pub struct ErrorEntry<'a> {
    /// The catalog.
    pub catalog: &'a Catalog,
    /// The error, which is one of the catalog.
    pub error: &'a Error,
}

impl<'a> ErrorEntry<'a> {
    /// Returns the errors of a catalog, in its order.
    pub fn all(catalog: &'a Catalog) -> impl Iterator<Item = Self> {
        let errors = catalog.errors.iter();
        errors.map(move |error| Self { catalog, error })
    }

    /// Returns the API of the error.
    pub fn api(self) -> &'a Api {
        &self.catalog.api
    }

    /// Returns the section of the error.
    pub fn category(self) -> Option<&'a Category> {
        let index = self.error.category?;
        Some(&self.catalog.categories[index])
    }

    /// Returns the unique name of the error: `shop/OUT_OF_STOCK`.
    pub fn name(self) -> String {
        format!("{}/{}", self.api().id, self.error.key)
    }

    /// Returns the path of the variant in generated code: `shop::Code::OutOfStock`.
    pub fn rust_path(self) -> String {
        format!("{}::Code::{}", self.api().rust_name, self.error.rust_name)
    }

    /// Returns one line about the error: its description, or else its message, or else its title.
    pub fn summary(self) -> String {
        let error = self.error;
        let message = || error.messages.first().map(ToString::to_string);
        let text = error.description.clone().or_else(message);
        text.or_else(|| error.title.clone()).unwrap_or_default()
    }

    /// Returns the error that a deprecated error names as its replacement.
    pub fn replacement(self) -> Option<&'a Error> {
        let index = self.error.deprecated.as_ref()?.replaced_by?;
        Some(&self.catalog.errors[index])
    }

    /// Returns the row of a status.
    pub fn status_row(self, status: u16) -> Option<&'a StatusRow> {
        let mut rows = self.catalog.statuses.iter();
        rows.find(|row| row.status == status)
    }

    /// Returns the rows of the error's statuses, in the order of the catalog.
    pub fn status_rows(self) -> impl Iterator<Item = &'a StatusRow> {
        let statuses = &self.error.statuses;
        let rows = self.catalog.statuses.iter();
        rows.filter(|row| statuses.contains(&row.status))
    }

    /// Returns the retry advice of the error, or else that of its statuses.
    pub fn retry_advice(self) -> Vec<Retry> {
        let advice = self.retry_with_rows().into_iter();
        advice.map(|(retry, _)| retry).collect()
    }

    /// Returns the retry advice of the error, without rows, or else that of its statuses, each with all rows
    /// that give it.
    pub(crate) fn retry_with_rows(self) -> Vec<(Retry, Vec<&'a StatusRow>)> {
        if let Some(retry) = self.error.retry {
            return vec![(retry, Vec::new())];
        }
        let mut advice: Vec<(Retry, Vec<&StatusRow>)> = Vec::new();
        let statuses = self.error.statuses.iter();
        let rows = statuses.filter_map(|status| self.status_row(*status));
        for (retry, row) in rows.filter_map(|row| Some((row.retry?, row))) {
            match advice.iter_mut().find(|(other, _)| *other == retry) {
                Some((_, rows)) => rows.push(row),
                None => advice.push((retry, vec![row])),
            }
        }
        advice
    }

    /// Whether a value of the error or of its statuses is inferred. Inferred values of the envelope do not
    /// count, because they apply to every error.
    pub fn is_inferred(self) -> bool {
        let mut rows = self.status_rows();
        !self.error.inferred.is_empty() || rows.any(|row| !row.inferred.is_empty())
    }

    /// Returns the inferred keys of the error, its statuses and its envelope, with the reasons. A key of
    /// another table has the name of the table as its prefix.
    pub fn inferred(self) -> Vec<(String, &'a str)> {
        let mut inferred = Vec::new();
        let mut add = |prefix: &str, of: &'a [Inferred]| {
            let entry = |of: &'a Inferred| (format!("{prefix}{}", of.key), &*of.reason);
            inferred.extend(of.iter().map(entry));
        };
        add("", &self.error.inferred);
        for row in self.status_rows() {
            add(&format!("status.{}.", row.status), &row.inferred);
        }
        add("envelope.", &self.catalog.envelope.inferred);
        inferred
    }
}
