//! The id of a new API, which names its module, its page and its package.

use std::fmt;
use std::io;
use std::path::Path;

use errbook_codegen::{Input, Location, Source};

use crate::new::refused;

/// An id that `check` takes, also beside the catalogs that are there.
pub(crate) struct Id(String);

impl Id {
    /// The id that was given, or else one made of the folder's name.
    pub(crate) fn new(given: Option<&str>, root: &Path) -> io::Result<Self> {
        let id = match (given, name(root)) {
            (Some(given), _) => given.to_owned(),
            (None, Some(name)) => made_of(&name),
            (None, None) => {
                let message = "the folder has no name to make an id of; name the API: --api ID";
                return Err(refused(message.to_owned()));
            }
        };
        match refusal(&id, root) {
            None => Ok(Self(id)),
            Some(refusal) => Err(refused(format!("{refusal}; name the API: --api ID"))),
        }
    }

    /// A template with what stands for the id filled in.
    pub(crate) fn fill(&self, template: &str) -> String {
        let module = match self.0.replace('-', "_") {
            // Of all keywords this is the one that cargo takes for a package's name.
            keyword if keyword == "gen" => "r#gen".to_owned(),
            module => module,
        };
        template
            .replace("{{id}}", &self.0)
            .replace("{{module}}", &module)
            .replace("{{title}}", &self.title())
    }

    /// `my-shop` is the `My Shop API`, and so is `my-shop-api`.
    fn title(&self) -> String {
        let words = self.0.split('-').filter(|word| *word != "api");
        // Its words are ASCII, and none is empty.
        let words = words.map(|word| word[..1].to_uppercase() + &word[1..] + " ");
        words.collect::<String>() + "API"
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn name(root: &Path) -> Option<String> {
    let named = match root.file_name() {
        Some(_) => root.to_path_buf(),
        // What `..` is called, the file system knows.
        None => root.canonicalize().ok()?,
    };
    Some(named.file_name()?.to_string_lossy().into_owned())
}

/// The words of a name, as ids have them.
fn made_of(name: &str) -> String {
    let words = name.split(|c: char| !c.is_alphanumeric());
    let words: Vec<String> = words
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.join("-")
}

/// What `check` says against a catalog of this id, beside those that are there.
fn refusal(id: &str, root: &Path) -> Option<String> {
    const NEW: &str = "the new catalog";
    // What JSON calls a string is one to TOML.
    let quoted = serde_json::Value::from(id);
    let text = format!("[api]\nid = {quoted}\ntitle = \"API\"\n[envelope]\n");
    let there = Input::read_project(root);
    let others = there.catalogs().iter().cloned();
    let all = Input::new(others.chain([Source::new(NEW, text)]));
    let report = errbook_codegen::check(all).into_result().err()?;
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
