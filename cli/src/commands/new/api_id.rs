//! The id of a new API, which names its module, its page and its package.

use std::fmt;
use std::io;
use std::path::Path;

use errbook_codegen::__private::check;
use errbook_codegen::{Input, Location, Source};

/// A valid id that no other catalog of the project has.
pub(super) struct ApiId(String);

impl ApiId {
    /// Returns the given id, or else one made from the name of the folder.
    pub(super) fn new(given: Option<&str>, root: &Path, project: &Input) -> io::Result<Self> {
        let id = match (given, name(root)) {
            (Some(given), _) => given.to_owned(),
            (None, Some(name)) => from_folder_name(&name),
            (None, None) => {
                let message = "the folder has no name to make an id of; name the API: --api ID";
                return Err(io::Error::other(message));
            }
        };
        match rejection(&id, project) {
            None => Ok(Self(id)),
            Some(reason) => Err(io::Error::other(format!(
                "{reason}; name the API: --api ID"
            ))),
        }
    }

    /// Replaces the placeholders of a template.
    pub(super) fn fill(&self, template: &str) -> String {
        let module = match self.0.replace('-', "_") {
            // Cargo rejects all other keywords as the name of a package.
            keyword if keyword == "gen" => "r#gen".to_owned(),
            module => module,
        };
        template
            .replace("{{id}}", &self.0)
            .replace("{{module}}", &module)
            .replace("{{title}}", &self.title())
    }

    /// Returns the title: `My Shop API` for `my-shop` and `my-shop-api`.
    fn title(&self) -> String {
        let words = self.0.split('-').filter(|word| *word != "api");
        // Words are ASCII, and never empty.
        let words = words.map(|word| word[..1].to_uppercase() + &word[1..] + " ");
        words.collect::<String>() + "API"
    }
}

impl fmt::Display for ApiId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn name(root: &Path) -> Option<String> {
    let named = match root.file_name() {
        Some(_) => root.to_path_buf(),
        // Resolve `..`.
        None => root.canonicalize().ok()?,
    };
    Some(named.file_name()?.to_string_lossy().into_owned())
}

/// Converts the name of a folder to an id.
fn from_folder_name(name: &str) -> String {
    let words = name.split(|c: char| !c.is_alphanumeric());
    let words: Vec<String> = words
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.join("-")
}

/// Returns why `check` rejects a catalog with this id, if it does.
fn rejection(id: &str, project: &Input) -> Option<String> {
    const NEW: &str = "the new catalog";
    // A string of JSON is a string of TOML, too.
    let quoted = serde_json::Value::from(id);
    let text = format!("[api]\nid = {quoted}\ntitle = \"API\"\n[envelope]\n");
    let others = project.catalogs().iter().cloned();
    let all = Input::new(others.chain([Source::new(NEW, text)]));
    let report = check(all).into_result().err()?;
    let name = |place: &Location| report.source(place).name().to_owned();
    for finding in report.findings() {
        let others = finding.other_locations().map(|(place, _)| place);
        let (of_new, of_others): (Vec<String>, Vec<String>) = others
            .chain(finding.location())
            .map(name)
            .partition(|name| name == NEW);
        match (of_new.is_empty(), of_others.first()) {
            (true, _) => {}
            (false, None) => return Some(format!("{}: {}", finding.title(), finding.label())),
            (false, Some(other)) => return Some(format!("{other} has the id `{id}` already")),
        }
    }
    None
}
