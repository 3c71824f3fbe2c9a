//! One error of a catalog.

use errbook_codegen::__private::model::{Api, Catalog, Category, Error, Retry, StatusRow};

/// One error of a catalog.
#[derive(Clone, Copy)]
pub(crate) struct ErrorEntry<'a> {
    pub(crate) catalog: &'a Catalog,
    pub(crate) index: usize,
}

impl<'a> ErrorEntry<'a> {
    pub(crate) fn error(&self) -> &'a Error {
        &self.catalog.errors[self.index]
    }

    pub(crate) fn api(&self) -> &'a Api {
        &self.catalog.api
    }

    pub(crate) fn category(&self) -> Option<&'a Category> {
        self.error()
            .category
            .map(|index| &self.catalog.categories[index])
    }

    /// Returns the unique name of the error: `shop/OUT_OF_STOCK`.
    pub(crate) fn name(&self) -> String {
        format!("{}/{}", self.api().id, self.error().key)
    }

    /// Returns one line about the error: its description, or else its message, or else its title.
    pub(crate) fn summary(&self) -> String {
        let error = self.error();
        let description = error.description.clone();
        let message = || error.messages.first().map(ToString::to_string);
        let text = description.or_else(message);
        text.or_else(|| error.title.clone()).unwrap_or_default()
    }

    /// Returns the retry advice of the error, or else that of its statuses.
    pub(crate) fn retry_advice(&self) -> Vec<Retry> {
        match self.error().retry {
            Some(retry) => vec![retry],
            None => {
                let of_status = self.catalog.status_advice(self.error());
                of_status.into_iter().map(|(retry, _)| retry).collect()
            }
        }
    }

    /// Returns the rows of the error's statuses.
    pub(crate) fn status_rows(&self) -> impl Iterator<Item = &'a StatusRow> {
        let statuses = &self.error().statuses;
        let rows = self.catalog.statuses.iter();
        rows.filter(|row| statuses.contains(&row.status))
    }

    /// Whether a value of the error or of its statuses is inferred. Inferred values of the envelope do not
    /// count, because they apply to every error.
    pub(crate) fn is_inferred(&self) -> bool {
        let mut rows = self.status_rows();
        !self.error().inferred.is_empty() || rows.any(|row| !row.inferred.is_empty())
    }

    /// Returns the inferred keys of the error, its statuses and its envelope, with the reasons. A key of
    /// another table has the name of the table as its prefix.
    pub(crate) fn inferred(&self) -> Vec<(String, &'a str)> {
        let (error, catalog) = (self.error(), self.catalog);
        let of_error = error.inferred.iter();
        let mut inferred: Vec<(String, &str)> = of_error
            .map(|inferred| (inferred.key.clone(), inferred.reason.as_str()))
            .collect();
        for row in self.status_rows() {
            let of_row = row.inferred.iter();
            inferred.extend(of_row.map(|inferred| {
                let key = format!("status.{}.{}", row.status, inferred.key);
                (key, inferred.reason.as_str())
            }));
        }
        let of_envelope = catalog.envelope.inferred.iter();
        inferred.extend(of_envelope.map(|inferred| {
            let key = format!("envelope.{}", inferred.key);
            (key, inferred.reason.as_str())
        }));
        inferred
    }
}
