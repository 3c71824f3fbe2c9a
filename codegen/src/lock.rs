//! The lock, `errbook.lock`: every code that was ever released.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt;
use std::path::{Path, PathBuf};

use crate::model::{Catalog, Error, WireCode};
use crate::util::json_text::json_string;

/// The name of the file, in the folder of the catalogs, that holds every code ever released.
pub const LOCK: &str = "errbook.lock";

/// Every code that was ever released, by API: what [`LOCK`] holds.
///
/// [`generate`](crate::generate()) refuses catalogs that lose one of these codes or give it another meaning.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lock {
    /// The rows of each API.
    pub(crate) apis: BTreeMap<String, Vec<ReleasedCode>>,
}

/// A code that was released: a row of the lock.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReleasedCode {
    /// The code.
    pub code: WireCode,
    /// The version that first had it, where that is known.
    pub since: Option<String>,
    /// The version since which it is not sent any more.
    pub retired: Option<String>,
    /// What it meant, once it is retired or only an alias: several, where it was the code of several errors.
    pub meanings: Vec<String>,
}

impl Lock {
    /// Where the lock of catalogs is: in their folder, or beside the file of a single one.
    pub fn path(catalogs: &Path) -> PathBuf {
        if catalogs.is_dir() {
            catalogs.join(LOCK)
        } else {
            catalogs.with_file_name(LOCK)
        }
    }

    /// The lock once these catalogs, which go with it, are
    /// released: with their new codes, and what is retired. It never loses a code.
    #[must_use]
    pub fn updated(&self, catalogs: &[Catalog]) -> Self {
        let mut apis = self.apis.clone();
        for catalog in catalogs {
            update(apis.entry(catalog.api.id.clone()).or_default(), catalog);
        }
        apis.retain(|_, rows| !rows.is_empty());
        for rows in apis.values_mut() {
            rows.sort_by(|a, b| by_code(&a.code).cmp(&by_code(&b.code)));
        }
        Self { apis }
    }

    /// Every code with the id of its API, in the order of the file.
    pub fn released(&self) -> impl Iterator<Item = (&str, &ReleasedCode)> {
        let apis = self.apis.iter();
        apis.flat_map(|(api, rows)| rows.iter().map(move |row| (api.as_str(), row)))
    }
}

/// The text of the file.
impl fmt::Display for Lock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(HEADER)?;
        for (api, rows) in &self.apis {
            let rows: String = rows.iter().map(row).collect();
            write!(f, "\n{api} = [\n{rows}]\n")?;
        }
        Ok(())
    }
}

const HEADER: &str = "\
# Every code that was ever released, so that none is lost and none gets another meaning.
# `cargo errbook lock` writes this file. Commit it, and edit it by hand only to merge, or where a finding says so:
# of two branches, keep the rows of both.
";

fn row(row: &ReleasedCode) -> String {
    let mut keys = format!("code = {}", code_text(&row.code));
    let mut add = |key: &str, value: &str| keys.extend([", ", key, " = ", value]);
    if let Some(since) = &row.since {
        add("since", &json_string(since));
    }
    if let Some(retired) = &row.retired {
        add("retired", &json_string(retired));
    }
    match row.meanings.as_slice() {
        [] => {}
        [one] => add("meaning", &json_string(one)),
        several => {
            let several: Vec<String> = several.iter().map(|one| json_string(one)).collect();
            add("meaning", &format!("[{}]", several.join(", ")));
        }
    }
    format!("  {{ {keys} }},\n")
}

/// A code in TOML.
pub(crate) fn code_text(code: &WireCode) -> String {
    if code.number {
        code.text.clone()
    } else {
        json_string(&code.text)
    }
}

/// Brings the rows of an API up to its catalog.
fn update(rows: &mut Vec<ReleasedCode>, catalog: &Catalog) {
    let mut holders = ReleasedHolders::by_code(catalog);
    for row in rows.iter_mut() {
        if let Some(holders) = holders.remove(row.code.text.as_str()) {
            holders.update(row);
        }
    }
    let new = holders.into_values().map(|holders| {
        let mut row = ReleasedCode {
            code: holders.code.clone(),
            since: None,
            retired: None,
            meanings: Vec::new(),
        };
        holders.update(&mut row);
        // The version of the API says nothing about a code that is not sent.
        if row.since.is_none() && holders.is_sent() {
            row.since.clone_from(&catalog.api.version);
        }
        row
    });
    rows.extend(new);
}

/// What rows are ordered by: numbers first, by their value, then texts. A new row moves no other.
fn by_code(code: &WireCode) -> (bool, i64, &str) {
    let number = code.number.then(|| code.text.parse().ok()).flatten();
    (number.is_none(), number.unwrap_or_default(), &code.text)
}

/// Who has a code.
pub(crate) struct ReleasedHolders<'a> {
    code: &'a WireCode,
    /// The errors that have it, each with its index.
    pub(crate) errors: Vec<(usize, &'a Error)>,
    /// Those of which it is an alias: an alias is no other's code.
    aliased: Vec<&'a Error>,
}

impl<'a> ReleasedHolders<'a> {
    /// Those of each code of a catalog.
    pub(crate) fn by_code(catalog: &'a Catalog) -> HashMap<&'a str, Self> {
        let mut all = HashMap::new();
        for (index, error) in catalog.errors.iter().enumerate() {
            if let Some(code) = &error.code {
                Self::of(&mut all, code).errors.push((index, error));
            }
            for alias in &error.aliases {
                Self::of(&mut all, alias).aliased.push(error);
            }
        }
        all
    }

    fn of<'m>(all: &'m mut HashMap<&'a str, Self>, code: &'a WireCode) -> &'m mut Self {
        all.entry(&code.text).or_insert_with(|| Self {
            code,
            errors: Vec::new(),
            aliased: Vec::new(),
        })
    }

    /// The errors of which it is the code.
    fn own(&self) -> impl Iterator<Item = &'a Error> {
        self.errors.iter().map(|(_, error)| *error)
    }

    /// Whether an error sends it.
    fn is_sent(&self) -> bool {
        self.own().any(is_in_use)
    }

    /// Brings the row of this code up to what its holders say.
    fn update(&self, row: &mut ReleasedCode) {
        // The version that introduced an error says nothing about its aliases, which are older.
        let since = || self.own().find_map(|error| error.since.clone());
        row.since = row.since.take().or_else(since);
        if let Some(code) = self.own().find_map(|error| error.code.as_ref()) {
            row.code.clone_from(code);
        }
        if self.is_sent() {
            row.retired = None;
            row.meanings.clear();
            return;
        }
        // Of those who have a code and send none, each is retired. An alias makes a retired code known
        // again, and does not bring it back.
        let own = self.own().find_map(|error| error.retired.clone());
        row.retired = own.or_else(|| row.retired.take()).or_else(|| {
            let known = self.aliased.iter().any(|error| is_in_use(error));
            let retired = self.aliased.iter().find_map(|error| error.retired.clone());
            retired.filter(|_| !known)
        });
        if row.meanings.is_empty() {
            let mut seen = HashSet::new();
            let meanings = self.own().chain(self.aliased.iter().copied()).map(meaning);
            let meanings = meanings.filter(|meaning| seen.insert(*meaning));
            row.meanings = meanings.map(str::to_owned).collect();
        }
    }
}

/// Whether an error is still sent.
pub(crate) fn is_in_use(error: &Error) -> bool {
    error.retired.is_none()
}

/// What an error means: its description, or else its message.
pub(crate) fn meaning(error: &Error) -> &str {
    let message = || error.messages.first().map(|form| form.text.as_str());
    let said = error.description.as_deref().or_else(message);
    said.unwrap_or_default()
}
