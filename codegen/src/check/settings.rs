//! Reads the settings of a project, `errbook.toml`.

use std::ops::Range;

use crate::check::allowed_lints::unknown_lint;
use crate::check::findings::Findings;
use crate::check::forbidden_characters::is_forbidden;
use crate::check::syntax::tree;
use crate::check::table_reader::{Spanned, TableReader, text};
use crate::findings::Finding;
use crate::findings::RuleId;
use crate::findings::{Level, Lint};
use crate::keys::{self, Key, NOT_IN_PATHS, Text};
use crate::output_kind::OutputKind;
use crate::settings::Levels;
use crate::settings::{CatalogLocation, Settings};
use crate::source::Source;
use crate::toml::{self, TomlTable};

/// The settings, as far as they can be understood; findings where there is something else.
pub(super) fn read(findings: &Findings, source: &Source, index: usize) -> Settings {
    let Some(root) = tree(findings, source, index) else {
        return Settings::unknown();
    };
    let fields = TableReader::new(findings, &root, &keys::SETTINGS_TABLE);
    let catalogs = path(findings, &fields, &keys::project::CATALOGS);
    let outputs = fields
        .filled(&keys::project::OUTPUT)
        .map(|table| outputs(findings, table));
    let levels = levels(findings, fields.table(&keys::project::LINTS));
    apart(findings, catalogs.as_ref(), outputs.as_deref());
    Settings {
        catalogs: match catalogs {
            Some(path) => CatalogLocation::At(path.value),
            None if fields.value(&keys::project::CATALOGS).is_some() => CatalogLocation::Unknown,
            None => CatalogLocation::Unsaid,
        },
        outputs: outputs.map(|outputs| {
            let folders = outputs.into_iter();
            folders.map(|(output, path)| (output, path.value)).collect()
        }),
        levels,
    }
}

/// A finding that there are no catalogs, at the path that leads to none.
pub(super) fn pointed_at(finding: Finding, settings: &Source, index: usize) -> Finding {
    let root = toml::parse(settings, index).ok();
    match root.as_ref().and_then(|root| root.get("catalogs")) {
        Some(said) => finding.at(
            Findings::new(index).location(&said.value.span),
            "named here",
        ),
        None => finding,
    }
}

fn levels(findings: &Findings, table: Option<&TomlTable>) -> Levels {
    let mut levels = Levels::default();
    for entry in table.map_or(&[] as &[_], |table| &table.entries) {
        let Some(lint) = Lint::from_name(&entry.key) else {
            unknown_lint(findings, &entry.key, &entry.key_span);
            continue;
        };
        let word = text(findings, &entry.value, "the level of a lint");
        let level = word.and_then(|word| findings.word(&word, "level of a lint", Level::ALL));
        if let Some(level) = level {
            levels.set(lint, level);
        }
    }
    levels
}

/// The outputs that are named, and the folder of each.
fn outputs(findings: &Findings, table: &TomlTable) -> Vec<(OutputKind, Spanned<String>)> {
    let fields = TableReader::new(findings, table, &keys::OUTPUT_TABLE);
    let all = OutputKind::ALL.iter();
    all.filter_map(|output| Some((*output, path(findings, &fields, &keys::output(*output))?)))
        .collect()
}

/// A path from the project's folder to something in it, written in the one way that means the same on
/// every system.
fn path(findings: &Findings, fields: &TableReader<'_>, key: &Key<Text>) -> Option<Spanned<String>> {
    let path = fields.text_at(key)?;
    // Of these there is a finding already.
    if path.value.contains(is_forbidden) {
        return None;
    }
    let Some((label, help)) = flaw(&path.value) else {
        return Some(path);
    };
    let title = format!("`{}` is no path in the project", path.value);
    findings.report(RuleId::BadPath, &path.span, title, label, &help);
    None
}

/// What is wrong with a path, and what to do about it.
fn flaw(path: &str) -> Option<(&'static str, String)> {
    let from_here = "write it from the folder of errbook.toml on, such as `docs/errors`".to_owned();
    if path.starts_with(['/', '\\', '~']) || path.chars().nth(1) == Some(':') {
        return Some(("does not start in the project", from_here));
    }
    let parts: Vec<&str> = path.split(['/', '\\']).collect();
    if parts.contains(&"..") {
        let help =
            "errbook reads and writes in the project only, and a path goes down from its folder";
        return Some(("leads upwards", help.to_owned()));
    }
    let kept = parts.iter().filter(|part| !matches!(**part, "" | "."));
    let plain: Vec<&str> = kept.copied().collect();
    if plain.is_empty() {
        let help = "name a folder in it, such as `docs/errors`";
        return Some(("this is the project's folder itself", help.to_owned()));
    }
    let unsafe_part = |part: &&str| {
        part.contains(|c: char| c.is_control() || NOT_IN_PATHS.contains(c))
            || part.starts_with(' ')
            || part.ends_with([' ', '.'])
    };
    if plain.iter().any(unsafe_part) {
        let help = format!(
            "names hold none of {}, and neither a space at their ends nor a dot at the last",
            NOT_IN_PATHS.replace('\\', "")
        );
        return Some(("not a name on every system", help));
    }
    (plain.join("/") != path).then(|| {
        let help = format!("write `{}`", plain.join("/"));
        ("there is a plainer way to write it", help)
    })
}

/// A folder, what it is for, and where that stands.
struct Folder<'a> {
    name: &'a str,
    path: String,
    span: Option<&'a Range<usize>>,
}

/// No two folders are one, and none is in another.
fn apart(
    findings: &Findings,
    catalogs: Option<&Spanned<String>>,
    outputs: Option<&[(OutputKind, Spanned<String>)]>,
) {
    let mut folders = vec![Folder {
        name: "catalogs",
        path: catalogs.map_or(Settings::CATALOGS.to_owned(), |path| path.value.clone()),
        span: catalogs.map(|path| &path.span),
    }];
    match outputs {
        Some(outputs) => folders.extend(outputs.iter().map(|(output, path)| Folder {
            name: output.name(),
            path: path.value.clone(),
            span: Some(&path.span),
        })),
        None => folders.extend(OutputKind::ALL.iter().map(|output| Folder {
            name: output.name(),
            path: format!("{}/{}", Settings::GENERATED, output.name()),
            span: None,
        })),
    }
    for (index, folder) in folders.iter().enumerate() {
        let mut before = folders[..index].iter();
        if let Some((first, what)) = before.find_map(|first| Some((first, shared(first, folder)?)))
        {
            let places: Vec<_> = [folder, first]
                .into_iter()
                .filter_map(|it| it.span)
                .collect();
            let mut finding = Finding::error(RuleId::SharedFolder, what);
            if let Some(place) = places.first() {
                finding = finding.at(findings.location(place), "not apart");
            }
            if let Some(other) = places.get(1) {
                finding = finding.with(findings.location(other), "from this");
            }
            findings.push(finding.help("give each a folder of its own: errbook removes from those of its outputs what it no longer generates"));
            if folder.span.is_none() {
                return;
            }
        }
    }
}

/// How two folders are not apart, if they are not; some systems take both cases for one.
fn shared(first: &Folder<'_>, second: &Folder<'_>) -> Option<String> {
    let [one, two] = [first, second].map(|folder| folder.path.to_lowercase() + "/");
    let (a, b) = (first.name, second.name);
    if one == two {
        Some(format!("`{a}` and `{b}` are one folder"))
    } else if two.starts_with(&one) {
        Some(format!("`{b}` is in the folder of `{a}`"))
    } else if one.starts_with(&two) {
        Some(format!("`{a}` is in the folder of `{b}`"))
    } else {
        None
    }
}
