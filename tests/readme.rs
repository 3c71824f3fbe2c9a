//! What the READMEs quote is what stands in the catalogs, and what they make up is accepted.

mod support;

use errbook_codegen::__private::SETTINGS;
use errbook_codegen::{Input, Source, generate};

use support::read;

/// The blocks of a language in a Markdown text.
fn blocks<'t>(markdown: &'t str, language: &str) -> Vec<&'t str> {
    markdown
        .split(&format!("```{language}\n"))
        .skip(1)
        .map(|rest| rest.split("```").next().unwrap_or_default())
        .collect()
}

#[test]
fn rows_quoted_by_the_format_are_in_their_catalogs() {
    let text = read("catalog/README.md");
    let (mut quoted, mut whole) = (0, 0);
    for block in blocks(&text, "toml") {
        if let Some((catalog, rows)) = block
            .strip_prefix("# ")
            .and_then(|rest| rest.split_once('\n'))
        {
            if catalog == SETTINGS {
                let good = "[api]\nid = \"shop\"\ntitle = \"Shop\"\n[envelope]\n";
                let input = Input::from(Source::new("catalog/shop.toml", good));
                generate(input.with_settings(Source::new(SETTINGS, rows)))
                    .unwrap_or_else(|report| panic!("{report}"));
                continue;
            }
            assert!(
                read(catalog).contains(rows),
                "{catalog} does not hold\n{rows}"
            );
            quoted += 1;
        } else {
            generate(&[Source::new("README.md", block)])
                .unwrap_or_else(|report| panic!("{report}"));
            whole += 1;
        }
    }
    assert!(quoted > 15 && whole > 0, "{quoted} quoted, {whole} whole");
}

#[test]
fn row_quoted_by_the_readme_is_in_its_catalog() {
    let text = read("README.md");
    assert!(read("catalog/converso.toml").contains(blocks(&text, "toml")[0]));
}

#[test]
fn code_quoted_by_the_readme_is_in_its_example() {
    let text = read("README.md");
    let mut quoted = 0;
    for block in blocks(&text, "rust") {
        let Some((path, code)) = block
            .strip_prefix("// ")
            .and_then(|rest| rest.split_once('\n'))
            .filter(|(path, _)| path.starts_with("examples/http/src/"))
        else {
            continue;
        };
        assert!(read(path).contains(code), "{path} does not hold\n{code}");
        quoted += 1;
    }
    assert!(quoted >= 3, "{quoted} quoted");
}

#[test]
fn packages_have_readmes_without_links_to_other_files() {
    let manifest: toml::Table = read("Cargo.toml").parse().expect("TOML");
    let own = manifest["package"]["readme"].as_str().expect("a path");
    for path in [
        own,
        "runtime/README.md",
        "codegen/README.md",
        "cli/README.md",
    ] {
        let text = read(path);
        assert!(text.starts_with("# "), "{path}");
        for link in text.split("](").skip(1) {
            assert!(link.starts_with("https://"), "{path}: {link}");
        }
        for block in blocks(&text, "toml")
            .into_iter()
            .filter(|it| it.contains("[api]"))
        {
            generate(&[Source::new(path, block)]).unwrap_or_else(|report| panic!("{report}"));
        }
    }
}
