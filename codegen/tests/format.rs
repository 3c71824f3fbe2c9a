//! The descriptions of keys for people and for editors are the same. The rows of `catalog/README.md` are made
//! from the JSON Schema: `SNAPSHOTS=overwrite cargo test -p errbook-codegen --test codegen format` writes them.
//! The guide to `errbook.toml` is compared with its schema.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use errbook_codegen::{OutputKind, Settings, Source};
use serde_json::Value;
use snapbox::{Assert, Data};

use crate::support::{EMPTY_SHOP, generated, read};

type Keys = BTreeMap<String, BTreeSet<String>>;

fn schema(of: &str) -> Value {
    let output = generated(Source::new("shop.toml", EMPTY_SHOP));
    let text = output
        .files
        .get(OutputKind::Schema, &format!("{of}.schema.json"));
    serde_json::from_str(text.expect("it is generated")).expect("it is JSON")
}

fn properties(table: &Value) -> impl Iterator<Item = (&String, &Value)> {
    table["properties"].as_object().into_iter().flatten()
}

/// The keys of each table, those that must be there with a `!`.
fn described(schema: &Value) -> Keys {
    let definitions = schema["definitions"].as_object();
    let tables = definitions.expect("there are definitions").iter();
    tables
        .map(|(name, table)| (name.clone(), keys(table)))
        .collect()
}

fn keys(table: &Value) -> BTreeSet<String> {
    let required = table["required"].as_array().cloned().unwrap_or_default();
    let keys = properties(table).map(|(key, _)| {
        let required = required.contains(&Value::from(key.as_str()));
        format!("{key}{}", if required { "!" } else { "" })
    });
    keys.collect()
}

/// The names of the sections that a line of Markdown is in, the outermost first.
#[derive(Default)]
struct Sections(Vec<(usize, String)>);

impl Sections {
    /// Takes the next line, which may be a heading with an anchor.
    fn next(&mut self, line: &str) {
        let level = line.find(|c| c != '#').unwrap_or_default();
        if level > 0 {
            self.0.retain(|(other, _)| *other < level);
            if let Some((_, rest)) = line.split_once("<a id=\"") {
                let name = rest.split('"').next().unwrap_or_default();
                self.0.push((level, name.to_owned()));
            }
        }
    }

    fn innermost(&self) -> Option<&str> {
        self.0.last().map(|(_, name)| name.as_str())
    }
}

/// The key of a row in a table of keys, and the other cells. `deprecated.since` is a key of the table
/// `deprecated`.
fn row(line: &str) -> Option<(&str, &str)> {
    line.strip_prefix("| `")?.split_once('`')
}

/// The keys in the tables of each section of a text, by the name of the section.
fn keys_in_sections(markdown: &str) -> Keys {
    let mut keys = Keys::new();
    let mut sections = Sections::default();
    let prose = markdown.split("```").step_by(2);
    for line in prose.flat_map(str::lines) {
        sections.next(line);
        let (Some((key, rest)), Some(section)) = (row(line), sections.innermost()) else {
            continue;
        };
        let (section, key) = key.split_once('.').unwrap_or((section, key));
        let is_required = rest.starts_with(" | required |");
        let key = format!("{key}{}", if is_required { "!" } else { "" });
        let is_new = keys.entry(section.to_owned()).or_default().insert(key);
        assert!(is_new, "there are two rows for {line}");
    }
    keys
}

/// The row of a key, if the table has it. `name` is the key as the row has it.
fn described_row(table: &Value, key: &str, name: &str, has_required: bool) -> Option<String> {
    let docs = table["properties"][key]["description"].as_str()?;
    let required = keys(table).contains(&format!("{key}!"));
    Some(match (has_required, required) {
        (true, true) => format!("| `{name}` | required | {docs} |"),
        (true, false) => format!("| `{name}` | | {docs} |"),
        (false, _) => format!("| `{name}` | {docs} |"),
    })
}

/// The text with the rows that the schema gives the keys in it. A key without a row gets one behind the last row of
/// its section.
fn with_rows(markdown: &str, schema: &Value) -> String {
    let (mut sections, mut has_required, mut is_in_fence) = (Sections::default(), false, false);
    let mut lines = Vec::new();
    for line in markdown.lines() {
        lines.push((line.to_owned(), None));
        is_in_fence ^= line.starts_with("```");
        if is_in_fence {
            continue;
        }
        sections.next(line);
        if line.starts_with("| key |") {
            has_required = line.starts_with("| key | |");
        }
        if let (Some((name, _)), Some(section)) = (row(line), sections.innermost()) {
            let (table, key) = name.split_once('.').unwrap_or((section, name));
            let spec = &schema["definitions"][table];
            if let Some(row) = described_row(spec, key, name, has_required) {
                lines.pop();
                lines.push((row, Some((section.to_owned(), has_required))));
            }
        }
    }
    let rows = keys_in_sections(markdown);
    let (mut complete, mut last_lines_first) = (BTreeSet::new(), Vec::new());
    for (line, section) in lines.into_iter().rev() {
        if let Some((section, has_required)) = section
            && complete.insert(section.clone())
        {
            let spec = &schema["definitions"][&section];
            let missing = keys(spec).into_iter().rev();
            let missing = missing.filter(|key| !rows[&section].contains(key));
            last_lines_first.extend(missing.filter_map(|key| {
                let key = key.trim_end_matches('!');
                described_row(spec, key, key, has_required)
            }));
        }
        last_lines_first.push(line);
    }
    let lines: Vec<_> = last_lines_first.into_iter().rev().collect();
    lines.join("\n") + "\n"
}

#[test]
fn readme_describes_exactly_the_keys_of_each_table() {
    let (schema, readme) = (schema("catalog"), read("../catalog/README.md"));
    let (described, rows) = (described(&schema), keys_in_sections(&readme));
    for (table, keys) in &described {
        assert_eq!(rows.get(table), Some(keys), "[{table}]");
    }
    let tables: BTreeSet<_> = described.keys().collect();
    assert_eq!(rows.keys().collect::<BTreeSet<_>>(), tables);
    for (key, _) in properties(&schema) {
        let heading = format!("\n## <a id=\"{key}\"></a>");
        assert!(readme.contains(&heading), "no section on `{key}`");
    }
}

#[test]
fn readme_rows_are_the_descriptions_of_the_schema() {
    let readme = with_rows(&read("../catalog/README.md"), &schema("catalog"));
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../catalog/README.md");
    let expected = Data::read_from(Path::new(path), None);
    Assert::new().action_env("SNAPSHOTS").eq(readme, expected);
}

#[test]
fn guide_describes_exactly_the_settings() {
    let (schema, guide) = (schema("errbook"), read("../docs/guide/errbook-toml.md"));
    let mut described = described(&schema);
    described.insert("errbook".to_owned(), keys(&schema));
    assert_eq!(keys_in_sections(&guide), described);
    for (key, _) in properties(&schema) {
        let heading = format!("\n## <a id=\"{key}\"></a>");
        assert!(guide.contains(&heading), "no section on `{key}`");
    }
    for output in OutputKind::ALL {
        let (name, docs) = (output.name(), output.docs());
        let row = format!(
            "\n| `{name}` | `{}/{name}` | {docs} |\n",
            Settings::GENERATED
        );
        assert!(guide.contains(&row), "there is no row{row}");
    }
    let default = format!("\n| `catalogs` | `\"{}\"` |", Settings::CATALOGS);
    assert!(guide.contains(&default), "there is no row{default}");
}

#[test]
fn every_key_has_a_description() {
    for schema in ["catalog", "errbook"].map(schema) {
        let definitions = schema["definitions"].as_object();
        let tables = definitions.into_iter().flatten().map(|(_, table)| table);
        for (key, property) in tables.chain([&schema]).flat_map(properties) {
            let docs = property["description"].as_str().unwrap_or_default();
            assert!(docs.ends_with('.'), "`{key}`: {docs}");
        }
    }
}
