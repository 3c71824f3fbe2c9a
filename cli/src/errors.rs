//! The errors of a project's catalogs, for the commands that show them.

use std::collections::{BTreeSet, HashMap};
use std::io::{self, Write};

use errbook_codegen::model::{
    Api, Catalog, Category, Details, Error, Field, NamedType, Retry, Rule, StatusRow,
};
use errbook_codegen::{Bodies, Checked, Report, Sample};

use crate::project::Project;
use crate::report;
use crate::{ERROR, Outcome};

/// The catalogs of a project: all, or those that are good.
pub(crate) struct Catalogs {
    catalogs: Vec<Catalog>,
    refused: Option<Refused>,
}

/// What is wrong with the catalogs of a project.
struct Refused {
    report: Report,
    /// The names of those that are not shown.
    left_out: Vec<String>,
}

impl Catalogs {
    /// Reads a project's catalogs. Where there are findings, each catalog that is good by itself can be
    /// shown all the same: who has to know what an error means need not wait for another to be mended.
    pub(crate) fn read(project: &Project) -> Self {
        let checked = errbook_codegen::check(project.read());
        let is_refused = checked.is_refused();
        let Checked {
            catalogs,
            report,
            left_out,
            ..
        } = checked;
        Self {
            catalogs,
            refused: is_refused.then_some(Refused { report, left_out }),
        }
    }

    /// Says what is wrong with the catalogs, if anything; how a command ends that did what else it was
    /// asked for.
    pub(crate) fn tell(&self) -> io::Result<Outcome> {
        let Some(Refused { report, left_out }) = &self.refused else {
            return Ok(Outcome::Good);
        };
        if self.catalogs.is_empty() {
            report::refused(report, "there is nothing to show")?;
            return Ok(Outcome::Findings);
        }
        let without = match left_out.as_slice() {
            [] => "all can be shown".to_owned(),
            [one] => format!("{one} is left out"),
            [first @ .., last] if first.len() < 4 => {
                format!("{} and {last} are left out", first.join(", "))
            }
            many => format!("{} of them are left out", many.len()),
        };
        writeln!(
            anstream::stderr(),
            "{ERROR}error{ERROR:#}: {} in the catalogs; {without}\nTo see what is wrong: cargo errbook check",
            report::found(report)
        )?;
        Ok(Outcome::Findings)
    }

    /// Whether there is nothing that can be shown.
    pub(crate) fn is_empty(&self) -> bool {
        self.catalogs.is_empty()
    }

    /// The APIs that can be shown.
    pub(crate) fn apis(&self) -> impl Iterator<Item = &Api> {
        self.catalogs.iter().map(|catalog| &catalog.api)
    }

    /// How a command ends that asks for an API of this id, if there is none.
    ///
    /// # Errors
    ///
    /// As [`without`](Self::without).
    pub(crate) fn without_api(&self, id: &str) -> io::Result<Option<Outcome>> {
        let ids = || self.apis().map(|api| api.id.as_str());
        if ids().any(|other| other.eq_ignore_ascii_case(id)) {
            return Ok(None);
        }
        self.without("API", id, &ids().collect::<Vec<_>>())
            .map(Some)
    }

    /// How a command ends that asks for what is not there: what is left out may be it.
    ///
    /// # Errors
    ///
    /// Where nothing is left out: there is no such thing.
    pub(crate) fn without(&self, kind: &str, word: &str, known: &[&str]) -> io::Result<Outcome> {
        let outcome = self.tell()?;
        let left_out = self.refused.as_ref().map(|refused| &refused.left_out);
        if left_out.is_none_or(Vec::is_empty) {
            let message = format!("there is no {kind} `{word}`; {}", instead(word, known));
            return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
        }
        if !self.is_empty() {
            writeln!(
                anstream::stderr(),
                "{ERROR}error{ERROR:#}: in the others there is no {kind} `{word}`; {}",
                instead(word, known)
            )?;
        }
        Ok(outcome)
    }

    /// Every error, in the order of the catalogs.
    pub(crate) fn entries(&self) -> impl Iterator<Item = Entry<'_>> {
        self.catalogs.iter().flat_map(|catalog| {
            (0..catalog.errors.len()).map(move |index| Entry { catalog, index })
        })
    }
}

/// What may be meant: the nearest of what there is, else all.
fn instead(word: &str, known: &[&str]) -> String {
    const MOST: usize = 12;
    match errbook_codegen::near(word, known.iter().copied()).first() {
        Some(near) => format!("did you mean `{near}`?"),
        None if known.is_empty() => "there is none at all".to_owned(),
        None if known.len() <= MOST => format!("known are {}", known.join(", ")),
        None => format!("known are {}, …", known[..MOST].join(", ")),
    }
}

/// One error of a catalog.
#[derive(Clone, Copy)]
pub(crate) struct Entry<'a> {
    pub(crate) catalog: &'a Catalog,
    pub(crate) index: usize,
}

impl<'a> Entry<'a> {
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

    /// What no other error is called: `shop/OUT_OF_STOCK`.
    pub(crate) fn name(&self) -> String {
        format!("{}/{}", self.api().id, self.error().key)
    }

    /// What there is to say in a line: what it means, else its message, else its title.
    pub(crate) fn summary(&self) -> String {
        let error = self.error();
        let said = error.description.clone();
        let said = said.or_else(|| error.messages.first().map(ToString::to_string));
        said.or_else(|| error.title.clone()).unwrap_or_default()
    }

    /// What the catalog says about sending a request again: of the error, else of its statuses.
    pub(crate) fn advice(&self) -> Vec<Retry> {
        match self.error().retry {
            Some(retry) => vec![retry],
            None => {
                let of_status = self.catalog.status_advice(self.error());
                of_status.into_iter().map(|(retry, _)| retry).collect()
            }
        }
    }

    /// What the catalog says of its statuses.
    pub(crate) fn status_rows(&self) -> impl Iterator<Item = &'a StatusRow> {
        let statuses = &self.error().statuses;
        let rows = self.catalog.statuses.iter();
        rows.filter(|row| statuses.contains(&row.status))
    }

    /// Whether the document does not say all of the error and its statuses. What it does not say of bodies
    /// is of no error alone.
    pub(crate) fn is_inferred(&self) -> bool {
        let mut rows = self.status_rows();
        !self.error().inferred.is_empty() || rows.any(|row| !row.inferred.is_empty())
    }

    /// What the document does not say of the error, its statuses and its body, with the reasons. A key of
    /// the error stands by itself, one of another table behind the table's own.
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

/// Errors in runs of one catalog, each with what that holds beside their rows.
pub(crate) fn by_catalog<'a, 'e>(
    entries: &'e [Entry<'a>],
) -> impl Iterator<Item = (Beside<'a>, &'e [Entry<'a>])> {
    let of_one = |one: &Entry<'_>, other: &Entry<'_>| std::ptr::eq(one.catalog, other.catalog);
    entries
        .chunk_by(of_one)
        .map(|run| (Beside::new(run[0].catalog), run))
}

/// What a catalog holds for its errors beside their rows.
pub(crate) struct Beside<'a> {
    catalog: &'a Catalog,
    bodies: Bodies<'a>,
    types: HashMap<&'a str, usize>,
    rules: HashMap<usize, Vec<&'a Rule>>,
}

impl<'a> Beside<'a> {
    fn new(catalog: &'a Catalog) -> Self {
        let types = catalog.types.iter().enumerate();
        let mut rules: HashMap<usize, Vec<&Rule>> = HashMap::new();
        for rule in &catalog.rules {
            if let Some(error) = rule.error {
                rules.entry(error).or_default().push(rule);
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

    /// The body that an error's row makes, and one for each of its examples.
    pub(crate) fn samples(&self, error: &Error) -> Vec<Sample> {
        if self.catalog.envelope.members.is_empty() {
            return Vec::new();
        }
        self.bodies.of(error)
    }

    /// The validation rules that an error answers.
    pub(crate) fn rules(&self, entry: Entry<'_>) -> &[&'a Rule] {
        self.rules.get(&entry.index).map_or(&[], Vec::as_slice)
    }

    /// The named types that an error's details may hold, with those in them, in the catalog's order.
    pub(crate) fn types(&self, error: &'a Error) -> Vec<&'a NamedType> {
        let mut names = BTreeSet::new();
        let fields: &[Field] = match &error.details {
            Some(Details::Object(fields)) => fields,
            Some(Details::Whole(ty)) => {
                ty.uses(&mut names);
                &[]
            }
            _ => &[],
        };
        fields_use(fields, &mut names);
        let mut held = BTreeSet::new();
        while let Some(name) = names.pop_first() {
            if let Some(index) = self.types.get(name)
                && held.insert(*index)
            {
                fields_use(&self.catalog.types[*index].fields, &mut names);
            }
        }
        held.into_iter()
            .map(|index| &self.catalog.types[index])
            .collect()
    }
}

/// Adds the named types that fields may hold.
fn fields_use<'a>(fields: &'a [Field], names: &mut BTreeSet<&'a str>) {
    for field in fields {
        field.ty.uses(names);
    }
}
