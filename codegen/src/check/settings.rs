//! Reads the settings of a project, `errbook.toml`.

use std::ops::Range;

use crate::check::findings::Findings;
use crate::check::reasons::unknown_lint;
use crate::check::syntax::{is_forbidden, tree};
use crate::check::table_reader::{Spanned, TableReader, text};
use crate::findings::{Finding, Level, Lint, RuleId};
use crate::keys::{self, Key, NOT_IN_PATHS, Text};
use crate::line_index::Location;
use crate::output_kind::OutputKind;
use crate::settings::{CatalogLocation, Levels, Settings};
use crate::source::Source;
use crate::toml::{self, KeyValue, TomlTable};
use crate::util::names::is_reserved;

/// The settings, as far as they can be understood; findings where there is something else.
pub(super) fn read(findings: &Findings, source: &Source, index: usize) -> Settings {
    let Some(root) = tree(findings, source, index) else {
        return Settings::unknown();
    };
    let fields = TableReader::new(findings, &root, &keys::SETTINGS_TABLE);
    let catalogs = path(&fields, &keys::project::CATALOGS);
    let outputs = fields.filled(&keys::project::OUTPUT);
    let outputs = outputs.map(|table| outputs_in(findings, table));
    let levels = levels(findings, fields.entries(&keys::project::LINTS));
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
        Some(said) => finding.at(Location::new(index, said.value.span.clone()), "named here"),
        None => finding,
    }
}

fn levels(findings: &Findings, entries: &[KeyValue]) -> Levels {
    let mut levels = Levels::default();
    for entry in entries {
        let Some(lint) = Lint::from_name(&entry.key) else {
            unknown_lint(findings, &Spanned::key(entry));
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
fn outputs_in(findings: &Findings, table: &TomlTable) -> Vec<(OutputKind, Spanned<String>)> {
    let fields = TableReader::new(findings, table, &keys::OUTPUT_TABLE);
    let all = OutputKind::ALL.iter();
    all.filter_map(|output| Some((*output, path(&fields, &keys::output(*output))?)))
        .collect()
}

/// A path from the project's folder to something in it, written in the one way that means the same on
/// every system.
fn path(fields: &TableReader<'_>, key: &Key<Text>) -> Option<Spanned<String>> {
    let path = fields.text_at(key)?;
    // Of these there is a finding already.
    if path.value.contains(is_forbidden) {
        return None;
    }
    let Some((label, help)) = flaw(&path.value) else {
        return Some(path);
    };
    let title = format!("`{}` is no path in the project", path.value);
    let rule = RuleId::BadPath;
    let span = &path.span;
    fields.findings.report(rule, span, title, label, &help);
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
    if plain.iter().any(|part| is_reserved(part)) {
        let help = "use another name: Windows keeps `con`, `prn`, `aux`, `nul`, `com1` and so on, whatever their extension, for devices";
        return Some(("the name of a device on Windows", help.to_owned()));
    }
    // The second is the short name of the first on Windows.
    let is_git = |part: &&str| {
        [".git", "git~1"]
            .iter()
            .any(|git| part.eq_ignore_ascii_case(git))
    };
    if plain.iter().any(is_git) {
        let help = "name another folder, such as `docs/errors`: this one belongs to git";
        return Some(("the folder of git", help.to_owned()));
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
        let overlap = before.find_map(|first| Some((first, shared(first, folder)?)));
        if let Some((first, what)) = overlap {
            let spans = [folder.span, first.span].into_iter().flatten();
            let mut places = spans.map(|span| findings.location(span));
            let mut finding = Finding::error(RuleId::SharedFolder, what);
            if let Some(place) = places.next() {
                finding = finding.at(place, "not apart");
            }
            finding = finding.maybe_with(places.next(), "from this");
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
