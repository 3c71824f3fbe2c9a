//! The descriptions for people, `catalog/README.md` of catalogs and `docs/guide/errbook-toml.md` of
//! settings, and those for editors are one.

use std::collections::{BTreeMap, BTreeSet};

use errbook_codegen::{OutputKind, Settings, Source};
use serde_json::Value;

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

/// The keys in the tables of each section of a text, by the name of the section, and the words in
/// code of the rows of a key that is a table itself, by that key.
fn told(markdown: &str) -> Keys {
    let mut keys = Keys::new();
    let mut sections: Vec<(usize, String)> = Vec::new();
    let prose = markdown.split("```").step_by(2);
    for line in prose.flat_map(str::lines) {
        let level = line.find(|c| c != '#').unwrap_or_default();
        if level > 0 {
            sections.retain(|(other, _)| *other < level);
            if let Some((_, rest)) = line.split_once("<a id=\"") {
                let name = rest.split('"').next().unwrap_or_default();
                sections.push((level, name.to_owned()));
            }
        }
        let (Some(row), Some((_, section))) = (line.strip_prefix("| `"), sections.last()) else {
            continue;
        };
        let (key, rest) = row.split_once('`').expect("it ends somewhere");
        let mark = if rest.starts_with(" | required |") {
            "!"
        } else {
            ""
        };
        let section = keys.entry(section.clone()).or_default();
        assert!(
            section.insert(format!("{key}{mark}")),
            "`{key}` is told twice"
        );
        if ["headings", "deprecated"].contains(&key) {
            let code = rest.split('`').skip(1).step_by(2);
            let words = code.flat_map(|code| code.split([' ', ',', '{', '}']));
            let words = words.filter(|word| !word.is_empty()).map(str::to_owned);
            keys.insert(key.to_owned(), words.collect());
        }
    }
    keys
}

#[test]
fn readme_describes_exactly_the_keys_of_each_table() {
    let (schema, readme) = (schema("catalog"), read("../catalog/README.md"));
    let (described, told) = (described(&schema), told(&readme));
    for (table, keys) in &described {
        assert_eq!(told.get(table), Some(keys), "[{table}]");
    }
    let tables: BTreeSet<_> = described.keys().collect();
    assert_eq!(told.keys().collect::<BTreeSet<_>>(), tables);
    for (key, _) in properties(&schema) {
        let heading = format!("\n## <a id=\"{key}\"></a>");
        assert!(readme.contains(&heading), "no section on `{key}`");
    }
}

#[test]
fn guide_describes_exactly_the_settings() {
    let (schema, guide) = (schema("errbook"), read("../docs/guide/errbook-toml.md"));
    let mut described = described(&schema);
    described.insert("errbook".to_owned(), keys(&schema));
    assert_eq!(told(&guide), described);
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
